"""Answers that arrive together are stored together: one sync to disk for all of them.

Without company an answer waits 5 ms for some; while a group is being stored, the next one gathers.
Must never tell anybody that an answer is stored before its group is.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Sequence

from turnout.ports import Settled, StoreUnavailable
from turnout.storage.answers import Offered, Settling
from turnout.storage.database import Database, OutcomeUnknown

WAIT = 0.005
"""Seconds."""
LOOKING, LOOK_AGAIN = 5.0, 0.1
"""Seconds: how long a commit's unknown outcome is looked up, and between two tries."""
MAX_GROUP = 500
MAX_WAITING = 25_000
MAX_BYTES = 32 * 1024 * 1024
"""Answers that are not settled yet, in the whole process: how many, and what they take up."""
_BESIDES = 512
"""Bytes that an answer takes up beside its texts."""


class Groups:
    """Of one store. `unsettled`: how many answers are not settled yet."""

    def __init__(self, database: Database, settling: Settling) -> None:
        self._database = database
        self._settling = settling
        self._waiting: deque[tuple[Offered, asyncio.Future[Settled]]] = deque()
        self._bytes = 0
        self.unsettled = 0
        self._timer: asyncio.TimerHandle | None = None
        self._pump: asyncio.Task[None] | None = None

    async def answer(self, offered: Offered) -> Settled:
        """What became of it, once that is durable. StoreUnavailable if nobody knows. A caller that
        is cancelled takes nothing back."""
        size = _size(offered)
        if self.unsettled >= MAX_WAITING or self._bytes + size > MAX_BYTES:
            raise StoreUnavailable("Too many answers are waiting to be stored.")
        loop = asyncio.get_running_loop()
        future: asyncio.Future[Settled] = loop.create_future()
        self._waiting.append((offered, future))
        self.unsettled += 1
        self._bytes += size
        if self._pump is None:
            if len(self._waiting) >= MAX_GROUP:
                self._begin()
            elif self._timer is None:
                self._timer = loop.call_later(WAIT, self._begin)
        return await future

    async def close(self) -> None:
        """Store what waits."""
        if self._timer is not None:
            self._begin()
        if self._pump is not None:
            await self._pump

    def _begin(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._pump = asyncio.create_task(self._work_off(), name="answers' groups")

    async def _work_off(self) -> None:
        while self._waiting:
            size = min(MAX_GROUP, len(self._waiting))
            group = [self._waiting.popleft() for _ in range(size)]
            outcomes = await self._settled([offered for offered, _ in group])
            self.unsettled -= size
            self._bytes -= sum(_size(offered) for offered, _ in group)
            for (_, future), outcome in zip(group, outcomes, strict=True):
                if future.done():
                    continue
                if isinstance(outcome, Settled):
                    future.set_result(outcome)
                else:
                    future.set_exception(outcome)
        self._pump = None

    async def _settled(self, group: Sequence[Offered]) -> Sequence[Settled | Exception]:
        """The group's outcomes. If an offer breaks the rules' code it must not take the others with
        it, over and over, as they are sent again: then each is settled alone."""
        try:
            return await self._looked_up(group)
        except StoreUnavailable as error:
            return [StoreUnavailable(*error.args) for _ in group]
        except Exception as error:  # noqa: BLE001 - it belongs to whoever offered this
            if len(group) == 1:
                return [error]
        return [outcome for one in group for outcome in await self._settled([one])]

    async def _looked_up(self, group: Sequence[Offered]) -> Sequence[Settled]:
        """The group's outcomes. If a commit's outcome is unknown, nobody is told anything until the
        group was offered once more, and the ids of its answers say what had come of it. Not for
        long: whoever is told to come again does no harm by it."""
        loop = asyncio.get_running_loop()
        until = None
        while True:
            try:
                return await self._database.write(
                    lambda connection: self._settling.settle(connection, group)
                )
            except StoreUnavailable as error:
                if until is None and isinstance(error, OutcomeUnknown):
                    until = loop.time() + LOOKING
                if until is None or loop.time() >= until:
                    raise
            await asyncio.sleep(LOOK_AGAIN)


def _size(offered: Offered) -> int:
    """About how many bytes it takes up: four for each character, which is the most."""
    body = offered.offer.body
    return _BESIDES + 4 * (len(body.text or "") + len(body.other or ""))
