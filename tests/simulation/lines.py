"""All lines of a simulation, and the requests beside them: what is on its way, what gets lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulation.network import LATENCY, LOST, Carrier, Line
from tests.simulation.process import Response
from tests.simulation.record import Violation
from tests.simulation.witness import PageSeen

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation


class Lines:
    """Of one simulation. `offline`: until when a device reaches nothing."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        self.all: dict[tuple[int, int], Line] = {}
        self.offline: dict[int, int] = {}
        self._cookies: dict[int, str] = {}

    def _reaches(self, page: PageSeen, time: int) -> bool:
        return self.offline.get(page.device, 0) <= time

    def connect(self, page: PageSeen, time: int, number: int) -> None:
        chance = self._simulation.chance
        line = Line(page.number, number, chance.choice([0, 20, 60, 200]))
        self.all[page.number, number] = line
        if not self._reaches(page, time):
            if chance.random() < 0.6:
                self._simulation.order(
                    time + LATENCY + chance.randrange(3_000), page.number, "fail", number, LOST
                )
            return
        self._simulation.at(line.up_at(time, chance), lambda: self._arrive(line, page))

    def _arrive(self, line: Line, page: PageSeen) -> None:
        if self._simulation.process is None:
            self.deliver(line, "fail", LOST)
            return
        carrier = line.carrier = Carrier(line, self.deliver, self._gone)
        cookie = self._cookies.get(page.device, "")
        opening = self._simulation.process.accept(
            carrier, cookie, lambda: self.deliver(line, "open", None)
        )
        self._simulation.process.start(opening, self._simulation.now)

    def deliver(self, line: Line, kind: str, what: object) -> None:
        """From the server to the page, if the line lets it through."""
        self._simulation.say("server to page", line.page, "line", line.number, kind, what)
        try:
            self._simulation.watching.sent_down(kind, what)
        except Violation as violation:
            # Raised here it would look to the server like a fault of its own.
            self._simulation.violation = violation
        if line.loses and str(what).startswith('{"t":"event"'):
            line.loses -= 1
        elif not line.deaf_down:
            parts = () if what is None else (what,)
            self._simulation.order(
                line.down_at(self._simulation.now, self._simulation.chance),
                line.page,
                kind,
                line.number,
                *parts,
            )

    def _gone(self, carrier: Carrier) -> None:
        if self._simulation.process is not None:
            self._simulation.process.carriers.discard(carrier)

    def sent(self, page: int, time: int, number: int, frame: str) -> None:
        line = self.all[page, number]
        if not line.deaf_up:
            self._simulation.at(
                line.up_at(time, self._simulation.chance), lambda: self._frame(line, frame)
            )

    def _frame(self, line: Line, frame: str) -> None:
        carrier = line.carrier
        if line.deaf_up or carrier is None or carrier.is_closed or carrier.turns is None:
            return
        self._simulation.say("server hears page", line.page, "line", line.number, frame)
        turns = carrier.turns
        assert self._simulation.process is not None
        self._simulation.process.loop.call_soon(turns.take, frame)

    def hung_up(self, page: int, time: int, number: int) -> None:
        """The page let go. A server that does not hear of it notices the silence."""
        line = self.all[page, number]
        late = self._simulation.chance.randrange(20_000, 60_000) if line.deaf_up else 0
        self._simulation.at(
            line.up_at(time, self._simulation.chance) + late, lambda: self.end(line)
        )

    def end(self, line: Line) -> None:
        if line.carrier is not None and self._simulation.process is not None:
            self._simulation.process.loop.call_soon(line.carrier.end)

    def request(self, page: PageSeen, time: int, call: int, name: str, body: object) -> None:
        chance = self._simulation.chance
        if not self._reaches(page, time) or chance.random() < 0.02:
            return  # the page gives it up by itself
        lost = chance.random() < 0.02

        def respond(response: Response) -> None:
            status, text, cookie = response
            if lost:
                return
            at = self._simulation.now + LATENCY + chance.randrange(200)
            if cookie is not None:
                self._simulation.at(at, lambda: self._cookies.__setitem__(page.device, cookie))
            self._simulation.order(at, page.number, "http", call, status, text.decode())

        def arrive() -> None:
            if self._simulation.process is not None:
                cookie = self._cookies.get(page.device, "")
                self._simulation.process.start(
                    self._simulation.process.request(name, body, cookie, respond),
                    self._simulation.now,
                )

        self._simulation.at(time + LATENCY + chance.randrange(200), arrive)

    def of(self, page: int) -> list[Line]:
        """All that it had."""
        return [line for (number, _), line in self.all.items() if number == page]

    def cut(self, page: int, how: int) -> None:
        """Reset, silent on both sides, or deaf towards the page alone."""
        for line in self.of(page):
            if line.carrier is None or line.carrier.is_closed or line.deaf_down:
                continue
            if how % 3 == 0:
                self._simulation.order(
                    self._simulation.now + LATENCY, page, "fail", line.number, LOST
                )
            line.deaf_down = True
            line.deaf_up = how % 3 != 2
            late = self._simulation.chance.choice([0, 1_000, 50_000])
            self._simulation.at(self._simulation.now + late, lambda line=line: self.end(line))  # type: ignore[misc]
