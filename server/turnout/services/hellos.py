"""Hellos take turns, so that thousands who come back at once do not keep each other, and everybody
who is here already, waiting for the store.

Decides nothing about who may come in.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from typing import Final

AT_ONCE: Final = 200
PATIENCE: Final = 10.0
"""Seconds that a hello waits for its turn."""
SOONEST: Final = 5_000
SPREAD: Final = 10_000
"""Milliseconds: who was sent away comes back after the first at the soonest, and within the
second."""
_GOLDEN = 0.6180339887


class Hellos:
    """Of one process. `waiting`: how many wait for their turn now."""

    def __init__(self, at_once: int = AT_ONCE, patience: float = PATIENCE) -> None:
        self._turns = asyncio.Semaphore(at_once)
        self._patience = patience
        self._sent_away = 0
        self.waiting = 0

    @contextlib.asynccontextmanager
    async def turn(self) -> AsyncIterator[bool]:
        """Wait in order for a turn, which lasts as long as the block. False if none came in time:
        then this hello is not worked on."""
        if not await self._begin():
            yield False
            return
        try:
            yield True
        finally:
            self._turns.release()

    async def _begin(self) -> bool:
        self.waiting += 1
        try:
            async with asyncio.timeout(self._patience):
                await self._turns.acquire()
        except TimeoutError:
            return False
        finally:
            self.waiting -= 1
        return True

    def retry_ms(self) -> int:
        """When one that got no turn may try again: spread evenly, so that those who are sent away
        together do not come back together."""
        self._sent_away += 1
        return SOONEST + int(self._sent_away * _GOLDEN % 1 * SPREAD)
