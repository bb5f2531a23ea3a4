"""Hostile frames in great number, against the whole server in memory: whatever comes, nothing fails
inside it, nobody else notices, and nothing is left of it.

`python -m tests.hostile.frames 1000000 [SEED]` sends as many as you like; `frames` is what other
programs call.
"""

from __future__ import annotations

import asyncio
import gc
import itertools
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import uvloop

from tests.hostile.corpus import BEAT, framed
from tests.hostile.house import House, Line, housed
from tests.hostile.mill import Door, Mill
from tests.services.places import COOKIE, aid
from tests.web.edge import GUIDE, OPEN
from turnout import wire
from turnout.domain.conversation import Settings
from turnout.domain.devices import Asking
from turnout.domain.refusals import Refused
from turnout.ports import Joining
from turnout.services.joining import cookie_mac
from turnout.services.organising import NotCreated
from turnout.services.rooms import Room
from turnout.transport import Transport
from turnout.transport.frames import CLOSE

SLUG: Final = "hostile"
WORKERS: Final = 24
DOORS: Final[tuple[Door, ...]] = ("lobby", "member", "member", "staff")
MOST: Final = 24
"""Frames on one line."""
SHORT: Final = 0.95
"""Of the lines on the transport that leaves ASGI, those that are in a lobby by the shortcut."""
ASGI: Final = 20
"""One frame in so many is for the transport that stays in ASGI, which is slower."""
FEW: Final = 3_000
"""Objects that may be there at the end and were not after the first third: what the process
remembers of those who came, which is bounded, and no more."""


class Wrong(AssertionError):
    """What must not happen did."""


@dataclass
class Siege:
    """One server, and those who are up to no good. `codes`: how their lines ended."""

    house: House
    transport: Transport
    room: Room
    pids: list[str]
    seed: int
    fed: int = 0
    codes: Counter[int] = field(default_factory=Counter)
    beats: int = 0

    async def enter(self, door: Door, pid: str) -> Line:
        """A line behind this door; a member was welcomed."""
        if door == "staff":
            token = self.house.turnout.token
            return await self.house.connect(f"/ws/console/{SLUG}", f"Authorization: Bearer {token}")
        line = await self.house.connect(f"/ws/c/{SLUG}", f"Cookie: turnout-{SLUG}={COOKIE}")
        if door == "member":
            line.feed(framed(wire.encode(wire.Hello(1, link=pid))))
            await self.house.text(line, b'"welcome"')
        return line

    async def attack(self, pid: str, until: int, numbers: Iterator[int]) -> None:
        """Open one line after the other, until so many frames were sent by all together."""
        while self.fed < until:
            label = f"{self.seed}/{next(numbers)}"
            chance = random.Random(label)
            short = self.transport == "detached" and chance.random() < SHORT
            door = "lobby" if short else chance.choice(DOORS)
            line = self.house.shortcut(self.room) if short else await self.enter(door, pid)
            mill = Mill(chance)
            sent = []
            for _ in range(chance.randrange(1, MOST)):
                sent.append(mill.frame(door))
                line.feed(sent[-1])
                self.fed += 1
                await asyncio.sleep(0)
                await asyncio.sleep(0)
                if self.ended(line, f"{label} {door}: {sent[-3:]!r}"):
                    break
            line.gone()
            await asyncio.sleep(0)

    def ended(self, line: Line, what: str) -> bool:
        """Whether the server closed this line, and that it did so for a reason of theirs."""
        for opcode, payload in line.frames():
            if b'"code":1011' in payload or b'"code":4503' in payload:
                raise Wrong(f"{payload!r} after {what}")
            if opcode == CLOSE:
                self.codes[int.from_bytes(payload[:2])] += 1
                return True
        if self.house.trouble:
            raise Wrong(f"{self.house.trouble[:3]} after {what}")
        return line.is_over

    async def bystander(self, pid: str) -> None:
        """Somebody honest, who is answered all the time."""
        line = await self.enter("member", pid)
        try:
            while True:
                line.feed(framed(BEAT))
                await self.house.text(line, b'"beat"')
                self.beats += 1
                await asyncio.sleep(0.1)
        finally:
            line.gone()


async def besieged(house: House, transport: Transport, seed: int) -> Siege:
    """A live conversation whose question is open, and people who joined it."""
    turnout = house.turnout
    choices = Settings("Siege", WORKERS + 1)
    made = await turnout.organising.create(choices, GUIDE, SLUG)
    assert not isinstance(made, NotCreated)
    room = await turnout.rooms.find(SLUG)
    assert room is not None
    for op in OPEN:
        command = wire.Command(aid(), op)  # type: ignore[arg-type]
        done = await turnout.moderation.command(room, command, name="Ada", role="owner")
        assert isinstance(done, wire.Done), done
    pids = [row.pid for row in await turnout.store.links(made.id)]
    for pid in pids:
        mac = cookie_mac(COOKIE, pid)
        assert mac is not None
        asking = Asking(None, mac, "0" * 32)
        joined = await turnout.store.join(Joining(room.id, pid, asking, mac, None))
        assert not isinstance(joined, Refused)
    return Siege(house, transport, room, pids, seed)


async def hold(count: int, seed: int, folder: Path, transport: Transport) -> Siege:
    """So many frames on one transport. Wrong if anything is."""
    async with housed(folder, transport) as house:
        siege = await besieged(house, transport, seed)
        numbers = itertools.count()
        kept = []
        for until in (count // 3, count):
            bystander = asyncio.create_task(siege.bystander(siege.pids[-1]))
            async with asyncio.TaskGroup() as group:
                for pid in siege.pids[:-1]:
                    group.create_task(siege.attack(pid, until, numbers))
            if bystander.done():
                await bystander
            bystander.cancel()
            await asyncio.gather(bystander, return_exceptions=True)
            await house.emptied()
            await asyncio.sleep(1.2)  # closed lines are kept for a second
            gc.collect()
            kept.append(len(gc.get_objects()))
        if kept[1] - kept[0] > FEW:
            raise Wrong(f"{kept[1] - kept[0]} objects were left over")
        if siege.room.waiting or any(True for _ in siege.room.members()) or siege.room.screens:
            raise Wrong("somebody is still in the room")
        if not siege.beats:
            raise Wrong("nobody else was served")
    if house.trouble:
        raise Wrong(str(house.trouble[:3]))
    return siege


async def frames(count: int, seed: int) -> int:
    """So many hostile frames, on both transports; how many were sent. Wrong if anything failed."""
    with tempfile.TemporaryDirectory() as folder:
        few = count // ASGI
        sieges = [
            await hold(count - few, seed, Path(folder, "detached"), "detached"),
            await hold(few, seed, Path(folder, "asgi"), "asgi"),
        ]
    return sum(siege.fed for siege in sieges)


def main(count: int, seed: int) -> None:
    """Say what was sent, and how long it took."""
    began = time.monotonic()
    sent = uvloop.run(frames(count, seed))
    print(f"frames {sent}, seed {seed}, in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main(*map(int, [*sys.argv[1:], "6"][:2]))
