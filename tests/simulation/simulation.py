"""One simulation: the server's side of it, the network and the faults, on a clock of its own.

The pages run in another process (`tests.simulation.pages`). Nothing travels faster than LATENCY,
so each side may run ahead of the other by as much, as if both shared a clock.
"""

from __future__ import annotations

import heapq
from asyncio import Future
from collections.abc import Callable
from random import Random
from typing import Any

from tests.simulation.faults import Faults
from tests.simulation.lines import Lines
from tests.simulation.moderator import next_command
from tests.simulation.network import LATENCY
from tests.simulation.plan import T0, Plan, plan
from tests.simulation.process import Process
from tests.simulation.record import Violation
from tests.simulation.store import SimulatedStore
from tests.simulation.witness import SETTLES, PageSeen, Watching
from turnout.domain.due import next_due

Order = list[Any]
"""Milliseconds, page, kind, parts: for the pages."""
NEVER = float("inf")


class Simulation:
    """`trace`: every step in words, if somebody wants to read it."""

    def __init__(self, seed: int, trace: list[str] | None = None) -> None:
        self.seed = seed
        self.now = 0
        self.trace = trace
        self.orders: list[Order] = []
        self.chance = Random(seed)
        self.plan: Plan = plan(self.chance)
        self.watching = Watching(self.plan)
        self.store = SimulatedStore(self.plan.events, self.clock, self.watching)
        self.store.commit = self.commit
        self.watching.restored(self.store)
        self.process: Process | None = Process(self.store, self.clock, self.chance)
        self.lines = Lines(self)
        self.faults = Faults(self)
        self._events: list[tuple[int, int, Callable[[], None]]] = []
        self._count = 0
        self._commit_at = 0
        self.commits: list[tuple[Callable[[], Any], Future[Any]]] = []
        self._pages = 0
        self._bound = NEVER
        self.violation: Violation | None = None
        for number, device in enumerate(self.plan.devices):
            self.open_page(number, device.comes)
        for at, kind, parts in self.plan.moves:
            self.at(at, lambda kind=kind, parts=parts: self._move(kind, parts))  # type: ignore[misc]

    def clock(self) -> int:
        """The server's."""
        return T0 + self.now

    # --- time -----------------------------------------------------------------------------------

    def at(self, time: int, run: Callable[[], None]) -> None:
        """Let this happen then."""
        self._count += 1
        heapq.heappush(self._events, (max(time, self.now), self._count, run))

    @property
    def next(self) -> float:
        """When the server's side has something to do."""
        timer = NEVER if self.process is None else self.process.loop.next
        return min(timer, self._events[0][0] if self._events else NEVER)

    def run(self, pages_next: float) -> None:
        """Do all that no page can have a word in any more: until LATENCY after the pages' next
        step, or after something from here reaches them."""
        self._bound = pages_next + LATENCY
        while (at := self.next) < self._bound and at <= self.plan.end:
            self.now = int(at)
            if self._events and self._events[0][0] <= at:
                heapq.heappop(self._events)[2]()
            if self.process is not None:
                self.process.loop.run(self.now)
            if self.violation is not None:
                raise self.violation

    @property
    def over(self) -> bool:
        """Whether its time is up."""
        return self.next > self.plan.end

    def order(self, time: int, page: int, kind: str, *parts: object) -> None:
        """Have the pages do this then."""
        self.orders.append([time, page, kind, *parts])
        self._bound = min(self._bound, time + LATENCY)

    def say(self, *words: object) -> None:
        """Note a step."""
        if self.trace is not None:
            self.trace.append(f"{self.now / 1000:8.3f} " + " ".join(map(str, words)))

    # --- pages ----------------------------------------------------------------------------------

    def open_page(self, device: int, at: int) -> int:
        """A page load on this device, then somebody who looks at it until the end."""
        number = self._pages
        self._pages += 1
        made = self.plan.devices[device]
        self.watching.opened(number, device, at)
        seed = self.chance.randrange(1 << 31)
        self.order(at, number, "page", device, made.pid, made.skew, seed)
        while (at := at + 200 + int(self.chance.expovariate(1 / 2_500))) < self.plan.healed:
            self.order(at, number, "act", self.chance.randrange(1 << 30))
        healed = max(self.plan.healed, at - 200)
        for late in range(healed + 3_000, self.plan.end - 15_000, 4_000):
            self.order(late, number, "recover")
        self.order(self.plan.end - 1_000, number, "look")
        return number

    def told(self, told: list[list[Any]]) -> None:
        """What happened on the pages, in the order of time."""
        for time, number, kind, *parts in told:
            page = self.watching.pages[number]
            if self.trace is not None:
                self.trace.append(f"{time / 1000:8.3f}   page {number} {kind} {parts}")
            self.watching.told(page, time, kind, parts)
            match kind, parts:
                case "connect", [line]:
                    self.lines.connect(page, time, line)
                case "send", [line, frame]:
                    self.lines.sent(number, time, line, frame)
                case "close", [line, _]:
                    self.lines.hung_up(number, time, line)
                case "did", ["reload"]:
                    self.at(time, lambda page=page: self.reload(page))  # type: ignore[misc]
                case "http", [call, name, body]:
                    self.lines.request(page, time, call, name, body)
                case _:
                    pass

    # --- the store ------------------------------------------------------------------------------

    def commit(self, work: Callable[[], Any], done: Future[Any]) -> None:
        """One after the other, each after a moment."""
        slow = self.chance.randrange(1_000) if self.chance.random() < 0.03 else 0
        self._commit_at = max(self._commit_at, self.now + self.chance.randrange(2, 10) + slow)
        self.commits.append((work, done))
        self.at(self._commit_at, lambda: self._committed(work, done))

    def _committed(self, work: Callable[[], Any], done: Future[Any]) -> None:
        if (work, done) not in self.commits:
            return  # the server was killed before
        self.commits.remove((work, done))
        before = self.store.rows.conversation.rev
        result = work()
        if not done.done():
            done.set_result(result)
        if self.store.rows.conversation.rev > before:
            self.at(self.now + self.chance.randrange(1_000), self.heal)
        due = next_due(self.store.rows.conversation)
        if due is not None:
            self.at(due - T0 + 1, self.heal)

    def heal(self) -> None:
        """What the server's timer does once a second."""
        if self.process is not None:
            self.process.start(self.process.heal(), self.now)

    # --- what the plan says ---------------------------------------------------------------------

    def _move(self, kind: str, parts: tuple[Any, ...]) -> None:
        self.say("—", kind, *parts)
        match kind:
            case "moderate":
                self._moderate(*parts)
            case "heal":
                self._heal_all()
            case _:
                self.faults.happen(kind, *parts)

    def _moderate(self, which: float, number: int) -> None:
        if self.process is None:
            return
        command = next_command(self.store.rows.conversation, which, number)
        tells = self.chance.random() < 0.9
        self.process.start(self.process.moderate(command, tells=tells), self.now)

    def _heal_all(self) -> None:
        """Nothing breaks any more. Of each device's tabs one stays."""
        self.lines.offline.clear()
        self.faults.back()
        self.faults.start_server()
        for device in range(len(self.plan.devices)):
            for tab in self.watching.living(device, self.plan.end)[:-1]:
                self.close_page(tab.number)

    def close_page(self, page: int, *, rest: bool = True) -> None:
        """A page is closed, or with `rest` false killed: it has no last word."""
        seen = self.watching.pages[page]
        # One that slept may first keep what was typed before.
        at = max(self.now, seen.opened_at, seen.awake_at and seen.awake_at + SETTLES) + LATENCY
        if rest:
            self.order(at, page, "rest")
            at += 450
        self.order(at, page, "kill")
        self.watching.closing(page, at)
        for line in self.lines.of(page):
            self.at(at + LATENCY, lambda line=line: self.lines.end(line))  # type: ignore[misc]

    def reload(self, page: PageSeen) -> None:
        """By hand."""
        if page.closed_at is None:
            self.close_page(page.number)
            self.open_page(page.device, self.now + LATENCY + 500)
