"""How transactions are run on PostgreSQL: on connections from two small pools.

Who decides about a conversation takes its row first, so that all decisions about it, on whatever
node, come one after the other; nothing is held in Python. What must happen once is a key's to say.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from typing import TypeVar

from sqlalchemy import BigInteger, Connection, Dialect, func, select
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from turnout.ports import Clock, StoreUnavailable
from turnout.storage.database import OnCommit, OutcomeUnknown, Work
from turnout.storage.jobs import Done, Job, Outcome
from turnout.storage.migrations import migrate_shared
from turnout.storage.postgresql.errors import is_lost, is_passing, quote_nobody, unavailable
from turnout.storage.postgresql.lanes import TRIES, Lanes, attempted
from turnout.storage.postgresql.sessions import Sessions

WRITERS, READERS = 6, 4
"""Connections of one process."""

T = TypeVar("T")


class PostgresqlDatabase:
    """A `turnout.storage.database.Database`. Made by `open_pooled`, closed once."""

    def __init__(self, sessions: Sessions, clock: Clock | None, on_commit: OnCommit) -> None:
        self._sessions = sessions
        self._clock = clock
        self._on_commit = on_commit
        self._writers = sessions.engine(WRITERS, isolation_level="READ COMMITTED")
        self._readers = sessions.engine(
            READERS, isolation_level="REPEATABLE READ", postgresql_readonly=True
        )
        self._lanes = Lanes(self._transacted)
        self._reading = set[asyncio.Task[object]]()
        self._closed = False

    @property
    def dialect(self) -> Dialect:
        """PostgreSQL's, with asyncpg's way to name parameters."""
        return self._writers.dialect

    @property
    def history(self) -> str:
        """The timeline: a replica that takes the place of the server begins another."""
        return self._sessions.timeline

    @property
    def waiting(self) -> int:
        """How many writes have not begun."""
        return self._lanes.waiting

    def now(self, connection: Connection) -> int:
        """By the database's clock, as it is now and not at the transaction's beginning."""
        if self._clock is not None:
            return self._clock()
        at: int = connection.execute(_now).scalar_one()
        return at

    async def write(self, work: Work[T], about: int = 0) -> T:
        """See `turnout.storage.database`."""
        self._refuse_if_closed()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._lanes.add(about, Job(work, future))  # type: ignore[arg-type] # it gets a T
        return await future

    async def read(self, work: Work[T]) -> T:
        """In a transaction that sees one moment and can't write. A caller who is cancelled leaves;
        the reading goes on to its end."""
        self._refuse_if_closed()
        task = asyncio.create_task(self._tried(self._readers, work))
        self._reading.add(task)
        task.add_done_callback(self._read)
        return await asyncio.shield(task)

    async def overwrite(self) -> None:
        """Rows that were deleted are PostgreSQL's to overwrite, when it vacuums and recycles its
        log (docs/deployment.md)."""

    async def close(self) -> None:
        """Wait for what is under way, then close all connections."""
        self._closed = True
        await self._lanes.finished()
        while self._reading:
            await asyncio.wait(self._reading)
        await self._writers.dispose()
        await self._readers.dispose()

    def _refuse_if_closed(self) -> None:
        if self._closed:
            raise StoreUnavailable("The store is closed.")

    def _read(self, task: asyncio.Task[object]) -> None:
        self._reading.discard(task)
        task.exception()  # heard, also if nobody waits for it any more

    async def _transacted(self, works: Sequence[Work[object]]) -> Sequence[Outcome]:
        begun = time.perf_counter()
        try:
            if len(works) == 1:
                return [Done(await self._tried(self._writers, works[0]))]
            return await self._tried(
                self._writers, lambda connection: [attempted(connection, work) for work in works]
            )
        except StoreUnavailable as error:
            # One apiece: an exception that is raised in many places collects all their tracebacks.
            return [type(error)(*error.args) for _ in works]
        except Exception as error:  # noqa: BLE001 - every caller hears of it, or waits for ever
            return [error for _ in works]
        finally:
            self._on_commit(time.perf_counter() - begun)

    async def _tried(self, engine: AsyncEngine, work: Work[T]) -> T:
        for tries_left in reversed(range(TRIES)):
            try:
                return await self._transaction(engine, work)
            except StoreUnavailable:
                raise
            except Exception as error:
                if tries_left and is_passing(error):
                    continue
                quote_nobody(error)
                if (away := unavailable(error)) is None:
                    raise
                raise away from error
        raise AssertionError("the last try returns or raises")

    async def _transaction(self, engine: AsyncEngine, work: Work[T]) -> T:
        """Errors are the driver's, but for StoreUnavailable: there is no connection to be had, or
        nobody knows what became of the COMMIT."""
        connection = await _connected(engine)
        try:
            result = await connection.run_sync(work)
            await _commit(connection)
        except Exception as error:
            if is_lost(error):
                await connection.invalidate()
            raise
        finally:
            await connection.close()
        return result


async def _connected(engine: AsyncEngine) -> AsyncConnection:
    try:
        return await engine.connect()
    except Exception as error:
        if (away := unavailable(error)) is None:
            raise
        raise away from error


async def _commit(connection: AsyncConnection) -> None:
    try:
        await connection.commit()
    except Exception as error:
        if not is_lost(error):
            raise
        await connection.invalidate()
        raise OutcomeUnknown("The database went away while it was saving.") from error


_now = select(func.floor(func.extract("epoch", func.clock_timestamp()) * 1000).cast(BigInteger))


async def open_pooled(
    address: str, clock: Clock | None, on_fatal: Callable[[str], None], on_commit: OnCommit
) -> PostgresqlDatabase:
    """See `turnout.storage.postgresql.open_postgresql`."""
    sessions = Sessions(address, on_fatal)
    engine = sessions.engine(1, limited=False)
    try:
        await migrate_shared(engine)
    except Exception as error:
        if (away := unavailable(error)) is None:
            raise
        raise away from error
    finally:
        await engine.dispose()
    return PostgresqlDatabase(sessions, clock, on_commit)
