"""kill -9 in the middle of answers: when it falls, and the restart after it."""

from __future__ import annotations

import asyncio
import math
from collections import deque
from collections.abc import Iterable, Mapping

from turnout.rehearsal.faults import Blow
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.own_server import OwnServer
from turnout.rehearsal.staff import RehearsalFailed


class Striker:
    """Strikes as planned while it is the ledger's `on_settled`. `expected`: by the place of a
    question, how many answers will be settled. A blow that finds the server down waits for its
    return."""

    def __init__(
        self, server: OwnServer, ledger: Ledger, blows: Iterable[Blow], expected: Mapping[int, int]
    ) -> None:
        self.struck = 0
        self.restarts = 0
        self._stopped = False
        self._server = server
        self._ledger = ledger
        self._blows = deque(blows)
        self._expected = expected
        self._restarting: asyncio.Task[None] | None = None

    @property
    def left(self) -> int:
        """Blows that have not fallen."""
        return len(self._blows)

    def settled(self, number: int) -> None:
        """An answer to this question was settled; the server may have to go now."""
        if self._stopped or not self._blows or not self._server.up or not self._is_due(number):
            return
        self._blows.popleft()
        self.struck += 1
        self._server.kill()
        self._restarting = asyncio.create_task(self._restart())

    async def done(self) -> None:
        """Wait for a restart that is on its way."""
        if self._restarting is not None:
            await self._restarting

    async def stop(self) -> None:
        """No more blows, and no restart that would outlive the rehearsal."""
        self._stopped = True
        if self._restarting is not None:
            self._restarting.cancel()
            await asyncio.wait((self._restarting,))

    def _is_due(self, number: int) -> bool:
        blow = self._blows[0]
        if number != blow.number:
            return number > blow.number
        most = self._expected.get(number, 1)
        return self._ledger.settled[number] >= max(1, math.ceil(blow.fraction * most))

    async def _restart(self) -> None:
        try:
            await self._server.restart()
        except RehearsalFailed as failed:
            self._server.give_up(str(failed))
        else:
            self.restarts += 1
