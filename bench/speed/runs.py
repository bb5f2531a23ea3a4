"""A whole run of the bench: what is measured, how often, in which order. Servers that are compared
take turns, so that what else this machine does befalls all of them."""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bench.speed import measures
from bench.speed.builds import Built
from bench.speed.export import export
from bench.speed.measures import Numbers
from bench.speed.servers import PEERS, Peer

Results = dict[str, list[Numbers]]
"""By what was measured, such as `fan_out/5000/turnout`: the numbers of every run."""


@dataclass(frozen=True, slots=True)
class Plan:
    """How much is measured. `people`: of what is compared; `sizes`, `conversations`: how cost
    grows; `otree`: its participants; `hour`: questions and seconds from one to the next; `export`:
    people and questions."""

    runs: int = 3
    rounds: int = 7
    people: int = 5_000
    sizes: tuple[int, ...] = (100, 1_000, 10_000, 20_000)
    conversations: tuple[int, ...] = (30, 100, 300)
    otree: int = 300
    bursts: int = 3
    spreads: int = 2
    hour: tuple[int, float] = (30, 2.0)
    export: tuple[int, int] = (5_000, 100)


QUICK = Plan(
    runs=1,
    rounds=7,
    people=1_000,
    sizes=(300,),
    conversations=(30,),
    otree=100,
    bursts=2,
    spreads=1,
    hour=(5, 2.0),
    export=(1_000, 50),
)


@dataclass(slots=True)
class Run:
    """Measures by plan. What fails is said and left out: a peer that does not start is no reason to
    lose an hour."""

    built: Built
    plan: Plan
    results: Results = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    def all(self) -> None:
        """Everything."""
        for number in range(1, self.plan.runs + 1):
            self._say(f"run {number} of {self.plan.runs}")
            self._compared()
        self._say("how cost grows")
        for size in self.plan.sizes:
            self._limit(size)
            self._crowd("detached", size, bursts=1, spreads=0)
        for count in self.plan.conversations:
            self._conversations(count)
        self._say("a live hour in miniature")
        questions, seconds = self.plan.hour
        self._measure(
            f"hour/{self.plan.people}",
            lambda: measures.live_hour(self.built, self.plan.people, questions, seconds),
        )
        self._say("export")
        people, asked = self.plan.export
        self._measure(f"export/{people}x{asked}", lambda: export(people, asked))

    def _compared(self) -> None:
        people = self.plan.people
        self._limit(people)
        self._crowd("detached", people, self.plan.bursts, self.plan.spreads)
        for name in PEERS:
            self._peer(name, people)
        self._measure(
            f"joins/{self.plan.otree}/otree",
            lambda: measures.admissions("otree", self.built, self.plan.otree),
        )
        self._crowd("asgi", people, self.plan.bursts, self.plan.spreads)
        self._limit(people)
        self._peer("otree", self.plan.otree)

    def _conversations(self, count: int) -> None:
        self._measure(
            f"conversations/{count}", lambda: measures.open_conversations(self.built, count)
        )

    def _limit(self, people: int) -> None:
        self._peer("limit", people)

    def _peer(self, name: Peer, people: int) -> None:
        self._measure(
            f"fan_out/{people}/{name}",
            lambda: measures.fan_out_of_peer(name, self.built, people, self.plan.rounds),
        )

    def _crowd(self, transport: measures.Transport, people: int, bursts: int, spreads: int) -> None:
        name = "turnout" if transport == "detached" else "turnout through ASGI"
        rounds = self.plan.rounds

        def measured() -> Mapping[str, Numbers]:
            return measures.crowd(transport, self.built, people, rounds, bursts, spreads)

        self._measure_many(people, name, measured)

    def _measure(self, what: str, measured: Callable[[], Numbers]) -> None:
        try:
            numbers = measured()
        except Exception as error:  # noqa: BLE001 - said, and the rest goes on
            self._failed(what, error)
            return
        self.results.setdefault(what, []).append(numbers)

    def _measure_many(
        self, people: int, name: str, measured: Callable[[], Mapping[str, Numbers]]
    ) -> None:
        try:
            found = measured()
        except Exception as error:  # noqa: BLE001 - said, and the rest goes on
            self._failed(f"{people}/{name}", error)
            return
        for what, numbers in found.items():
            self.results.setdefault(f"{what}/{people}/{name}", []).append(numbers)

    def _failed(self, what: str, error: Exception) -> None:
        self.failures[what] = f"{type(error).__name__}: {error}"[:500]
        self._say(f"{what} failed: {self.failures[what]}")

    @staticmethod
    def _say(what: str) -> None:
        print(what, file=sys.stderr, flush=True)


def middle(results: Results, what: str, number: str) -> float | None:
    """The median of the runs; None if it was not measured."""
    found = [run[number] for run in results.get(what, []) if number in run]
    return statistics.median(found) if found else None


def ratio(one: float | None, other: float | None) -> float | None:
    """Of two medians of the same run."""
    return None if one is None or not other else round(one / other, 3)


def summary(results: Results, plan: Plan) -> dict[str, float | None]:
    """The seven numbers that stand for the rest; None for what could not be measured."""
    people, otree = plan.people, plan.otree
    fan = f"fan_out/{people}"

    def of(what: str, number: str) -> float | None:
        return middle(results, what, number)

    turnout = of(f"{fan}/turnout", "ms")
    python = [of(f"{fan}/{name}", "ms") for name in ("picows", "websockets", "socketio")]
    best = min((ms for ms in python if ms is not None), default=None)
    exported = f"export/{plan.export[0]}x{plan.export[1]}"
    return {
        "fan_out_to_limit": ratio(turnout, of(f"{fan}/limit", "ms")),
        "fan_out_to_best_python_peer": ratio(turnout, best),
        "kib_per_participant": of(f"memory/{people}/turnout", "kib"),
        "burst_p99_to_plain_asgi": ratio(
            of(f"burst/{people}/turnout", "p99_ms"),
            of(f"burst/{people}/turnout through ASGI", "p99_ms"),
        ),
        "cpu_us_per_answer": of(f"burst/{people}/turnout", "cpu_us"),
        "joins_to_otree": ratio(
            of(f"joins/{people}/turnout", "per_second"),
            of(f"joins/{otree}/otree", "per_second"),
        ),
        "export_to_csv_writer": ratio(
            of(exported, "rows_per_second"), of(exported, "bare_rows_per_second")
        ),
    }
