"""Robots that write down every frame: the second client, which knows the protocol's page and not a
line of ours, with a history.

Must never check anything itself: that is the history's business.
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable
from typing import Any

from websockets.exceptions import InvalidHandshake

from tests.faults.history import Place, Told, stops
from tests.second_client.client import Client, Json

PATIENCE = 15.0
"""Seconds until a robot gives up waiting."""


class Robot(Client):
    """One participant on one device; `told` may be shared by several devices of one link.
    `welcomed_at`: when its socket was last good again, by the monotonic clock."""

    def __init__(self, address: str, slug: str, told: Told) -> None:
        super().__init__(address, slug, told.pid)
        self.told = told
        self.place = Place()
        self.welcomed_at = 0.0
        self._coming_back = asyncio.Lock()

    async def send(self, t: str, **fields: Any) -> None:
        """Write it down, then send it."""
        self.told.took({"t": t, **fields})
        await super().send(t, **fields)

    async def until(self, holds: Callable[[], bool]) -> None:
        """As the client does it, with less patience."""
        async with asyncio.timeout(PATIENCE):
            await super().until(holds)

    async def _take(self, message: Json) -> None:
        match message["t"]:
            case "accepted":
                self.told.accepted(message)
            case "refused":
                self.told.refused(message)
            case "welcome":
                self.welcomed_at = time.monotonic()
                self.told.welcome(message, self.place)
            case "event" if self._welcomed and not self._asking:
                self.told.event(message, self.place)
            case "mine":
                about = message["question"], message["aid"], message["revision"], message["body"]
                self.told.durable(*about)
        await super()._take(message)
        for question, one in self.mine.items():
            self.told.shows(question, one["revision"])

    async def _send_outbox(self, *, again: bool = False) -> None:
        for one in self.outbox.values():
            self.told.gave(one)
        await super()._send_outbox(again=again)

    @property
    def is_stopped(self) -> bool:
        """Whether the server closed the last socket for good."""
        code = self.last.get("bye", {}).get("code")
        return code is not None and stops(code)

    async def come_back(self) -> None:
        """Connect again, as often as it takes, and say hello; but not after a code that stops."""
        async with asyncio.timeout(3 * PATIENCE), self._coming_back:
            while not self._welcomed and not self.is_stopped:
                self.told.returns(self.last.get("bye", {}).get("code"))
                with contextlib.suppress(OSError, InvalidHandshake, TimeoutError):
                    await self.connect()
                    await self.hello()
                if not self._welcomed:
                    await asyncio.sleep(0.05)

    async def resent(self) -> None:
        """Wait until the server has settled everything, coming back where needed."""
        async with asyncio.timeout(3 * PATIENCE):
            while self.outbox and not self.is_stopped:
                if not self._welcomed:
                    await self.come_back()
                with contextlib.suppress(TimeoutError):
                    await self.until(lambda: not self.outbox or not self._welcomed)


async def settled(robot: Robot) -> None:
    """Wait until nothing is in the outbox."""
    await robot.until(lambda: not robot.outbox)
