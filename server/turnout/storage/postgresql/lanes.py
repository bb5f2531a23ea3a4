"""Writes about one conversation in the order in which they were asked for: those that wait together
share a transaction, each in a savepoint, as SQLite's writer has it for everything. What is about
different conversations goes on side by side."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

from sqlalchemy import Connection

from turnout.storage.database import Work
from turnout.storage.jobs import Done, Job, Outcome, settle, take
from turnout.storage.postgresql.errors import is_passing, quote_nobody, unavailable

TRIES = 5
"""How often something is tried that lost a race, or its connection before the COMMIT."""

Transact = Callable[[Sequence[Work[object]]], Awaitable[Sequence[Outcome]]]


class Lanes:
    """Of one store. `transact` runs works in one transaction and never raises."""

    def __init__(self, transact: Transact) -> None:
        self._transact = transact
        self._waiting: dict[int, deque[Job]] = {}
        self._pumps = set[asyncio.Task[None]]()

    @property
    def waiting(self) -> int:
        """How many jobs have not begun."""
        return sum(map(len, self._waiting.values()))

    def add(self, lane: int, job: Job) -> None:
        """Behind the others of this lane."""
        if (waiting := self._waiting.get(lane)) is not None:
            waiting.append(job)
            return
        self._waiting[lane] = deque((job,))
        pump = asyncio.create_task(self._work_off(lane), name="store writer")
        self._pumps.add(pump)
        pump.add_done_callback(self._pumps.discard)

    async def finished(self) -> None:
        """Wait until nothing waits."""
        while self._pumps:
            await asyncio.wait(self._pumps)

    async def _work_off(self, lane: int) -> None:
        waiting = self._waiting[lane]
        while jobs := take(waiting):
            outcomes = await self._transact([job.work for job in jobs])
            for job, outcome in zip(jobs, outcomes, strict=True):
                settle(job, outcome)
        del self._waiting[lane]


def attempted(connection: Connection, work: Work[object]) -> Outcome:
    """One of several in a transaction: what it raises is its own, and nothing of it is written. An
    error of the whole transaction is raised."""
    for tries_left in reversed(range(TRIES)):
        savepoint = connection.begin_nested()
        try:
            result = work(connection)
        except Exception as error:
            if unavailable(error) is not None:
                raise
            savepoint.rollback()
            if tries_left and is_passing(error):
                continue
            quote_nobody(error)
            return error
        savepoint.commit()
        return Done(result)
    raise AssertionError("the last try returns or raises")
