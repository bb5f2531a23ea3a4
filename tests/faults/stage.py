"""A real server process that can be hurt: killed, stopped, started again on the same socket, and
run as a mutant.

Its listening socket outlives it, so that nobody races for a port.
"""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import msgspec

from tests.cli.running import PATIENCE, Process
from tests.faults.history import History
from tests.faults.nursery import Forked, nursery
from tests.faults.robots import Robot
from tests.second_client.moderator import Moderator
from turnout import wire
from turnout.rehearsal.moderator import asked
from turnout.rehearsal.staff import FILES

AT_ONCE = 10
"""So many come in at the same time."""


class Stage:
    """`mutant`: the name of one of tests.faults.mutants, or none. `variables`: of its environment.
    `process`: the one that runs now."""

    process: Process
    power: Callable[[], Awaitable[None]] | None = None
    """Cuts the power of its disk, where there is such a disk; once the process is gone."""

    def __init__(
        self,
        data: Path,
        mutant: str = "",
        variables: dict[str, str] | None = None,
    ) -> None:
        self.data = data
        self._output = data.with_name(data.name + "-output.txt")
        self._mutant = mutant
        self._variables = variables or {}
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=1024)

    @property
    def port(self) -> int:
        """Where it listens, whether it runs or not."""
        port: int = self._listener.getsockname()[1]
        return port

    @property
    def address(self) -> str:
        """The same as an address."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Run it until it says that it serves."""
        with self._output.open("ab") as file:
            begun = file.tell()
            running = await self._run(file.fileno())
        self.process = Process(self.data, self.address, running, self._output)
        async with asyncio.timeout(PATIENCE):
            while "Staff" not in self._output.read_text()[begun:]:
                assert running.returncode is None, self._output.read_text()[begun:]
                await asyncio.sleep(0.01)

    async def _run(self, output: int) -> Forked:
        preloaded = self._variables if "LD_PRELOAD" in self._variables else {}
        return await nursery(**preloaded).fork(
            ("serve", "--data", str(self.data), "--fd", "FD"),
            self._mutant,
            self._variables,
            (self._listener.fileno(), output),
        )

    @property
    def printed(self) -> str:
        """Everything that it ever printed."""
        return self._output.read_text()

    def hurt(self, number: signal.Signals) -> None:
        """Send it a signal, if it runs."""
        if self.process.running.returncode is None:
            self.process.running.send_signal(number)

    async def ended(self) -> int:
        """Wait for its end; its exit code."""
        return await asyncio.wait_for(self.process.running.wait(), PATIENCE)

    async def died(self) -> None:
        """Wait until it was killed, and let its disk forget what it forgets then."""
        await self.ended()
        if self.power is not None:
            await self.power()

    async def restart(self, number: signal.Signals = signal.SIGKILL) -> None:
        """End it by this signal and start it again."""
        self.hurt(number)
        await self.ended()
        await self.start()

    async def close(self) -> None:
        """End it for good."""
        self._listener.close()
        if not hasattr(self, "process"):
            return
        self.hurt(signal.SIGCONT)
        self.hurt(signal.SIGTERM)
        try:
            await self.ended()
        except TimeoutError:
            self.hurt(signal.SIGKILL)
            await self.ended()


class Talk:
    """A conversation on a stage, and its history. `robot`: what kind takes part; `robots`: those
    that were made by `enter`."""

    def __init__(self, stage: Stage, robot: type[Robot] = Robot) -> None:
        self.stage = stage
        self._robot = robot
        self.history = History()
        self.moderator = Moderator(stage.process, f"talk-{uuid4().hex[:12]}")
        self.robots: list[Robot] = []

    async def begin(self, seats: int = 2, **choices: object) -> None:
        """Publish and start it."""
        await self.moderator.publish(seats=seats, **choices)  # type: ignore[arg-type] # a guide is a text
        await self.moderator.does("start")

    def device(self, place: int, address: str = "") -> Robot:
        """A new device for the link at this place, which has not joined."""
        told = self.history.of(self.moderator.pids[place])
        return self._robot(address or self.stage.address, self.moderator.slug, told)

    async def enter(self, places: int = 1, address: str = "") -> list[Robot]:
        """So many participants join and are welcomed."""
        entered = [self.device(place, address) for place in range(places)]
        gate = asyncio.Semaphore(AT_ONCE)

        async def come_in(robot: Robot) -> None:
            async with gate:
                await robot.prove("join")
                await robot.hello()

        await asyncio.gather(*(come_in(robot) for robot in entered))
        self.robots += entered
        return entered

    async def opens(self, item: int) -> None:
        """The moderator sends it, and every robot that is connected sees it."""
        await self.moderator.does("send", item=item)
        for robot in self.robots:
            await robot.until(
                lambda robot=robot: robot.items.get(item, {}).get("status") == "open"  # type: ignore[misc] # mypy knows no lambda with a default
            )

    async def audit(self) -> None:
        """Hold the files against the history."""
        state = await self.moderator.ask("GET", f"/{self.moderator.slug}")
        files = {
            name: (await self.moderator.ask("GET", f"/{self.moderator.slug}/files/{name}")).content
            for name in FILES
        }
        items = asked(msgspec.json.decode(state.content, type=wire.StaffState))
        self.history.audit(files, items)

    async def leave(self) -> None:
        """All go."""
        for robot in self.robots:
            await robot.cut()


@asynccontextmanager
async def on_stage(
    data: Path,
    mutant: str = "",
    variables: dict[str, str] | None = None,
) -> AsyncIterator[Stage]:
    """A stage for the length of a block."""
    stage = Stage(data, mutant, variables)
    try:
        await stage.start()
        yield stage
    finally:
        await stage.close()
