"""What breaks in a simulation: pages, lines, the server, its store."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.simulation.network import LATENCY, LOST
from tests.simulation.process import Process
from tests.simulation.witness import PageSeen
from turnout.services.connections import DRAINED, let_go

if TYPE_CHECKING:
    from tests.simulation.simulation import Simulation


class Faults:
    """Of one simulation."""

    def __init__(self, simulation: Simulation) -> None:
        self._simulation = simulation
        self.backup = simulation.store.rows.copied()

    def happen(self, kind: str, device: int, number: int) -> None:
        """One fault: of the server, of a device, or of one of its pages, if it has one."""
        simulation = self._simulation
        tabs = simulation.watching.living(device, simulation.now)
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
                self.backup = simulation.store.rows.copied()
            case "offline":
                simulation.lines.offline[device] = simulation.now + 1_000 + number % 30_000
                for tab in tabs:
                    simulation.lines.cut(tab.number, number)
            case _ if tabs:
                self._on_page(kind, tabs[number % len(tabs)], number)
            case _:
                pass

    def _on_page(self, kind: str, page: PageSeen, number: int) -> None:
        simulation = self._simulation
        soon = simulation.now + LATENCY
        match kind:
            case "reload":
                simulation.reload(page)
            case "kill page":
                simulation.close_page(page.number, rest=False)
                simulation.open_page(page.device, soon + 500)
            case "second tab":
                simulation.open_page(page.device, soon + 500)
            case "reset" | "silent" | "deaf":
                simulation.lines.cut(page.number, {"reset": 0, "silent": 1, "deaf": 2}[kind])
            case "lose":
                for line in simulation.lines.of(page.number):
                    line.loses = 1 + number % 3
            case "sleep":
                if page.awake_at < simulation.now:
                    self._sleep(page.number, number)
            case "wake":
                simulation.order(soon, page.number, "wake")
            case "use here":
                simulation.order(soon, page.number, "recover")
            case _:
                raise ValueError(f"no fault is called {kind}")

    def _sleep(self, page: int, number: int) -> None:
        """The device sleeps, for a minute at most; its stopwatch may stand still meanwhile."""
        simulation = self._simulation
        at = simulation.now + LATENCY
        longest = max(1_000, simulation.plan.healed - at)
        lasts = 1_000 + number % min(60_000, longest)
        simulation.watching.pages[page].awake_at = at + lasts
        simulation.order(at, page, "sleep", lasts, number % 2 == 0)
        simulation.order(at + 1, page, "wake")

    # --- the server's ends ----------------------------------------------------------------------

    def kill_server(self, number: int) -> None:
        """At once. Of what it was writing the store has some."""
        if self._simulation.process is None:
            return
        dead, self._simulation.process = self._simulation.process, None
        dead.loop.drop()
        written = self._simulation.chance.randrange(len(self._simulation.commits) + 1)
        commits, self._simulation.commits = self._simulation.commits, []
        for work, _ in commits[:written]:
            work()
        for line in self._simulation.lines.all.values():
            if line.carrier is not None and not line.carrier.is_closed:
                line.carrier.is_closed = True
                if number % 4:
                    self._simulation.lines.deliver(line, "fail", LOST)
        self._simulation.at(self._simulation.now + 100 + number % 6_000, self.start_server)

    def stop_server(self, number: int) -> None:
        """As asked to: everybody is told, and what waits is written."""
        if self._simulation.process is None:
            return
        for carrier in tuple(self._simulation.process.carriers):
            self._simulation.process.loop.call_soon(let_go, carrier, DRAINED)
        self._simulation.at(self._simulation.now + 1_500, lambda: self.kill_server(number))

    def start_server(self) -> None:
        """Unless there is one."""
        if self._simulation.process is None:
            self._simulation.process = Process(
                self._simulation.store, self._simulation.clock, self._simulation.chance
            )
            self._simulation.heal()

    def restore(self, number: int) -> None:
        """From the last backup: another history begins."""
        if self._simulation.now > self._simulation.plan.healed - 10_000:
            return
        self.kill_server(number)
        self._simulation.store.restore(self.backup, self._simulation.clock())
        self.backup = self._simulation.store.rows.copied()

    def away(self, number: int) -> None:
        """The store does not answer for a while."""
        self._simulation.store.away = True
        if self._simulation.process is not None:
            self._simulation.process.loop.call_soon(self._simulation.process.degraded, True)
        self._simulation.at(self._simulation.now + 500 + number % 8_000, self.back)

    def back(self) -> None:
        """And does again."""
        if self._simulation.store.away and self._simulation.process is not None:
            self._simulation.process.loop.call_soon(self._simulation.process.degraded, False)
        self._simulation.store.away = False
