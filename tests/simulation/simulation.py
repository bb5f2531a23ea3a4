"""One simulation: the server's side of it, the network and the faults, on a clock of its own.

The pages run in another process (`tests.simulation.pages`). Nothing travels faster than LATENCY, so
each side may run ahead of the other by as much and the result is the same as if both shared a clock.
"""

from __future__ import annotations

import heapq
from asyncio import Future
from collections.abc import Callable
from dataclasses import replace
from random import Random
from typing import Any

from tests.simulation.network import LATENCY, LOST, Carrier, Line
from tests.simulation.plan import T0, Plan, plan
from tests.simulation.process import Process, Response
from tests.simulation.record import Violation
from tests.simulation.store import Rows, SimulatedStore
from tests.simulation.witness import PageSeen, Watching
from turnout.domain import commands
from turnout.domain.due import next_due
from turnout.domain.guide import Item
from turnout.services.connections import DRAINED, let_go

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
        self.backup: Rows = self.store.rows.copied()
        self._events: list[tuple[int, int, Callable[[], None]]] = []
        self._count = 0
        self._commit_at = 0
        self._commits: list[tuple[Callable[[], Any], Future[Any]]] = []
        self._lines: dict[tuple[int, int], Line] = {}
        self._cookies: dict[int, str] = {}
        self._offline: dict[int, int] = {}
        self._pages = 0
        self._bound = NEVER
        self._violation: Violation | None = None
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
            if self._violation is not None:
                raise self._violation

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
                    self._connect(page, time, line)
                case "send", [line, frame]:
                    self._sent(number, time, line, frame)
                case "close", [line, _]:
                    self._hung_up(number, time, line)
                case "did", ["reload"]:
                    self.at(time, lambda page=page: self.reload(page))  # type: ignore[misc]
                case "http", [call, name, body]:
                    self._request(page, time, call, name, body)
                case _:
                    pass

    def _reaches(self, page: PageSeen, time: int) -> bool:
        return self._offline.get(page.device, 0) <= time

    def _connect(self, page: PageSeen, time: int, number: int) -> None:
        chance = self.chance
        line = Line(page.number, number, chance.choice([0, 20, 60, 200]))
        self._lines[page.number, number] = line
        if not self._reaches(page, time):
            if chance.random() < 0.6:
                self.order(time + LATENCY + chance.randrange(3_000), page.number, "fail", number, LOST)
            return
        self.at(line.up_at(time, chance), lambda: self._arrive(line, page))

    def _arrive(self, line: Line, page: PageSeen) -> None:
        if self.process is None:
            self.deliver(line, "fail", LOST)
            return
        carrier = line.carrier = Carrier(line, self.deliver, self._gone)
        cookie = self._cookies.get(page.device, "")
        opening = self.process.accept(carrier, cookie, lambda: self.deliver(line, "open", None))
        self.process.start(opening, self.now)

    def deliver(self, line: Line, kind: str, what: object) -> None:
        """From the server to the page, if the line lets it through."""
        self.say("server to page", line.page, "line", line.number, kind, what)
        try:
            self.watching.sent_down(kind, what)
        except Violation as violation:
            # Raised here it would look to the server like a fault of its own.
            self._violation = violation
        if line.loses and str(what).startswith('{"t":"event"'):
            line.loses -= 1
        elif not line.deaf_down:
            parts = () if what is None else (what,)
            self.order(line.down_at(self.now, self.chance), line.page, kind, line.number, *parts)

    def _gone(self, carrier: Carrier) -> None:
        if self.process is not None:
            self.process.carriers.discard(carrier)

    def _sent(self, page: int, time: int, number: int, frame: str) -> None:
        line = self._lines[page, number]
        if not line.deaf_up:
            self.at(line.up_at(time, self.chance), lambda: self._frame(line, frame))

    def _frame(self, line: Line, frame: str) -> None:
        carrier = line.carrier
        if line.deaf_up or carrier is None or carrier.is_closed or carrier.turns is None:
            return
        self.say("server hears page", line.page, "line", line.number, frame)
        turns = carrier.turns
        assert self.process is not None
        self.process.loop.call_soon(turns.take, frame)

    def _hung_up(self, page: int, time: int, number: int) -> None:
        """The page let go. A server that does not hear of it notices the silence."""
        line = self._lines[page, number]
        late = self.chance.randrange(20_000, 60_000) if line.deaf_up else 0
        self.at(line.up_at(time, self.chance) + late, lambda: self._end(line))

    def _end(self, line: Line) -> None:
        if line.carrier is not None and self.process is not None:
            self.process.loop.call_soon(line.carrier.end)

    def _request(self, page: PageSeen, time: int, call: int, name: str, body: object) -> None:
        chance = self.chance
        if not self._reaches(page, time) or chance.random() < 0.02:
            return  # the page gives it up by itself
        lost = chance.random() < 0.02

        def respond(response: Response) -> None:
            status, text, cookie = response
            if lost:
                return
            at = self.now + LATENCY + chance.randrange(200)
            if cookie is not None:
                self.at(at, lambda: self._cookies.__setitem__(page.device, cookie))
            self.order(at, page.number, "http", call, status, text.decode())

        def arrive() -> None:
            if self.process is not None:
                cookie = self._cookies.get(page.device, "")
                self.process.start(self.process.request(name, body, cookie, respond), self.now)

        self.at(time + LATENCY + chance.randrange(200), arrive)

    # --- the store ------------------------------------------------------------------------------

    def commit(self, work: Callable[[], Any], done: Future[Any]) -> None:
        """One after the other, each after a moment."""
        slow = self.chance.randrange(1_000) if self.chance.random() < 0.03 else 0
        self._commit_at = max(self._commit_at, self.now + self.chance.randrange(2, 10) + slow)
        self._commits.append((work, done))
        self.at(self._commit_at, lambda: self._committed(work, done))

    def _committed(self, work: Callable[[], Any], done: Future[Any]) -> None:
        if (work, done) not in self._commits:
            return  # the server was killed before
        self._commits.remove((work, done))
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
                self._break(kind, *parts)

    def _moderate(self, which: float, number: int) -> None:
        if self.process is None:
            return
        command = _command(self.store, which, number)
        tells = self.chance.random() < 0.9
        self.process.start(self.process.moderate(command, tells=tells), self.now)

    def _heal_all(self) -> None:
        """Nothing breaks any more. Of each device's tabs one stays."""
        self._offline.clear()
        self.back()
        self.start_server()
        for device in range(len(self.plan.devices)):
            for tab in self.watching.living(device, self.plan.end)[:-1]:
                self.close_page(tab.number)

    def close_page(self, page: int, *, rest: bool = True) -> None:
        """A page is closed, or with `rest` false killed: it has no last word."""
        at = max(self.now, self.watching.pages[page].opened_at) + LATENCY
        if rest:
            self.order(at, page, "rest")
            at += 450
        self.order(at, page, "kill")
        self.watching.closing(page, at)
        for line in self.lines_of(page):
            self.at(at + LATENCY, lambda line=line: self._end(line))  # type: ignore[misc]

    def reload(self, page: PageSeen) -> None:
        """By hand."""
        if page.closed_at is None:
            self.close_page(page.number)
            self.open_page(page.device, self.now + LATENCY + 500)

    def lines_of(self, page: int) -> list[Line]:
        """All that it had."""
        return [line for (number, _), line in self._lines.items() if number == page]

    def _break(self, kind: str, device: int, number: int) -> None:
        tabs = self.watching.living(device, self.now)
        page = tabs[number % len(tabs)].number if tabs else None
        match kind:
            case "kill server":
                self.kill_server(number)
            case "stop server":
                self.stop_server(number)
            case "restore":
                self.restore(number)
            case "store away":
                self.away(number)
            case "backup":
                self.backup = self.store.rows.copied()
            case "offline":
                self._offline[device] = self.now + 1_000 + number % 30_000
                for tab in tabs:
                    self._cut(tab.number, number)
            case "reload" if page is not None:
                self.reload(self.watching.pages[page])
            case "kill page" | "second tab" if page is not None:
                if kind == "kill page":
                    self.close_page(page, rest=False)
                self.open_page(device, self.now + LATENCY + 500)
            case "reset" | "silent" | "deaf" if page is not None:
                self._cut(page, {"reset": 0, "silent": 1, "deaf": 2}[kind])
            case "lose" if page is not None:
                for line in self.lines_of(page):
                    line.loses = 1 + number % 3
            case "clock" if page is not None:
                jump = (-3_600_000, -60_000, 60_000, 3_600_000)[number % 4]
                self.order(self.now + LATENCY, page, "clock", jump)
            case "wake" if page is not None:
                self.order(self.now + LATENCY, page, "wake")
            case "use here" if page is not None:
                self.order(self.now + LATENCY, page, "recover")
            case _:
                pass

    def _cut(self, page: int, how: int) -> None:
        """Reset, silent on both sides, or deaf towards the page alone."""
        for line in self.lines_of(page):
            if line.carrier is None or line.carrier.is_closed or line.deaf_down:
                continue
            if how % 3 == 0:
                self.order(self.now + LATENCY, page, "fail", line.number, LOST)
            line.deaf_down = True
            line.deaf_up = how % 3 != 2
            late = self.chance.choice([0, 1_000, 50_000])
            self.at(self.now + late, lambda line=line: self._end(line))  # type: ignore[misc]

    # --- the server's ends ----------------------------------------------------------------------

    def kill_server(self, number: int) -> None:
        """At once. Of what it was writing the store has some."""
        if self.process is None:
            return
        dead, self.process = self.process, None
        dead.loop.drop()
        written = self.chance.randrange(len(self._commits) + 1)
        commits, self._commits = self._commits, []
        for work, _ in commits[:written]:
            work()
        for line in self._lines.values():
            if line.carrier is not None and not line.carrier.is_closed:
                line.carrier.is_closed = True
                if number % 4:
                    self.deliver(line, "fail", LOST)
        self.at(self.now + 100 + number % 6_000, self.start_server)

    def stop_server(self, number: int) -> None:
        """As asked to: everybody is told, and what waits is written."""
        if self.process is None:
            return
        for carrier in tuple(self.process.carriers):
            self.process.loop.call_soon(let_go, carrier, DRAINED)
        self.at(self.now + 1_500, lambda: self.kill_server(number))

    def start_server(self) -> None:
        """Unless there is one."""
        if self.process is None:
            self.process = Process(self.store, self.clock, self.chance)
            self.heal()

    def restore(self, number: int) -> None:
        """From the last backup: another history begins."""
        if self.now > self.plan.healed - 10_000:
            return
        self.kill_server(number)
        self.store.restore(self.backup, self.clock())
        self.backup = self.store.rows.copied()

    def away(self, number: int) -> None:
        """The store does not answer for a while."""
        self.store.away = True
        if self.process is not None:
            self.process.loop.call_soon(self.process.degraded, True)
        self.at(self.now + 500 + number % 8_000, self.back)

    def back(self) -> None:
        """And does again."""
        if self.store.away and self.process is not None:
            self.process.loop.call_soon(self.process.degraded, False)
        self.store.away = False


def _command(store: SimulatedStore, which: float, number: int) -> commands.Command:
    """What a moderator does next, mostly what there is to do."""
    state = store.rows.conversation
    items = [entry.item for entry in state.entries]
    item = items[number % len(items)]
    if state.phase == "published":
        return commands.Start()
    if state.phase == "ended":
        return commands.UndoEnd() if which < 0.5 else commands.ReopenFlex()
    for limit, command in (
        (0.45, commands.Next()),
        (0.65, commands.Send(item.id)),
        (0.75, commands.Close()),
        (0.82, commands.Withdraw(item.id)),
        (0.90, commands.Edit(_reworded(item, number), answered=True)),
        (0.93, commands.Skip(item.id)),
    ):
        if which < limit:
            return command
    return commands.End()


def _reworded(item: Item, number: int) -> Item:
    return replace(item, text=f"Item {item.id}, {number}")
