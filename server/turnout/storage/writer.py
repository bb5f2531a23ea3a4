"""The one thread that writes. Jobs that wait together share a transaction and its sync to disk.

A job is a plain function of a connection. Each runs in a savepoint of its own, in the order in
which it was asked for, so that one that fails changes nothing and harms no other; the group then
commits as one, and only after that does any caller hear of it. A caller that was cancelled never
leaves half a job: what has not begun is dropped, what has is finished.
"""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from turnout.ports import StoreUnavailable
from turnout.storage.database import OnCommit, Work
from turnout.storage.engines import WAL_LIMIT, writer_engine
from turnout.storage.faults import Faults
from turnout.storage.jobs import Done, Job, Outcome, settle, take

WAL_MOST = 4 * WAL_LIMIT
"""Bytes of the log at which a checkpoint is made although somebody waits."""
_EMPTY = "PRAGMA wal_checkpoint(TRUNCATE)"

T = TypeVar("T")


class Writer:
    """Made by `open_writer`; closed once."""

    def __init__(
        self,
        engine: Engine,
        thread: ThreadPoolExecutor,
        wal: Path,
        faults: Faults,
        on_commit: OnCommit,
    ) -> None:
        self._engine = engine
        self._on_commit = on_commit
        self._thread = thread
        self._wal = wal
        self._faults = faults
        self._waiting: deque[Job] = deque()
        self._pump: asyncio.Task[None] | None = None
        self._closed = False

    async def run(self, work: Work[T]) -> T:
        """What `work` returns, once it is durable. It is called in the writer's thread, inside a
        transaction; what it raises is raised here and nothing of it was written. StoreUnavailable
        if the database could not, or if nobody knows whether it did."""
        if self._closed:
            raise StoreUnavailable("The store is closed.")
        self._faults.refuse_if_fatal()
        future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
        self._waiting.append(Job(work, future))  # type: ignore[arg-type] # it gets a T
        if self._pump is None:
            self._pump = asyncio.create_task(self._work_off(), name="store writer")
        return await future

    @property
    def waiting(self) -> int:
        """How many jobs have not begun."""
        return len(self._waiting)

    async def empty_log(self) -> bool:
        """Move the log into the database and cut it to nothing, so that what was overwritten there
        is in neither. Nobody may be reading. False if somebody is, from another program."""
        if self._closed:
            raise StoreUnavailable("The store is closed.")
        self._faults.refuse_if_fatal()
        loop = asyncio.get_running_loop()
        row = await loop.run_in_executor(self._thread, self._raw, _EMPTY)
        return row is not None and row[0] == 0

    async def close(self) -> None:
        """Finish what waits, empty the log into the database, let go of the file."""
        self._closed = True
        if self._pump is not None:
            await self._pump
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._thread, self._finish)
        self._thread.shutdown()

    # --- in the loop --------------------------------------------------------------------------

    async def _work_off(self) -> None:
        loop = asyncio.get_running_loop()
        while jobs := take(self._waiting):
            works = [job.work for job in jobs]
            begun = time.perf_counter()
            outcomes = await loop.run_in_executor(self._thread, self._transaction, works)
            self._on_commit(time.perf_counter() - begun)
            for job, outcome in zip(jobs, outcomes, strict=True):
                settle(job, outcome)
            # Whoever was answered may ask for more before a checkpoint is considered.
            await asyncio.sleep(0)
            if self._checkpoint_is_due():
                await loop.run_in_executor(self._thread, self._checkpoint)
        self._pump = None

    def _checkpoint_is_due(self) -> bool:
        """The log's file keeps its size when it starts anew, but no more than WAL_LIMIT: a larger
        one has grown since."""
        try:
            return self._wal.stat().st_size > (WAL_MOST if self._waiting else WAL_LIMIT)
        except OSError as error:
            self._faults.fail(f"The database's log is gone: {error}.")
            return False

    # --- in the thread ------------------------------------------------------------------------

    def _transaction(self, works: Sequence[Work[object]]) -> Sequence[Outcome]:
        try:
            self._faults.refuse_if_fatal()
            with self._engine.begin() as connection:
                return [self._attempt(connection, work) for work in works]
        except Exception as error:  # noqa: BLE001 - every caller hears of it, or waits for ever
            # One apiece: an exception that is raised in many places collects all their tracebacks.
            return [self._unavailable(error) for _ in works]

    def _unavailable(self, error: Exception) -> Exception:
        if isinstance(error, StoreUnavailable):
            return StoreUnavailable(*error.args)
        return self._faults.unavailable(error) or error

    def _attempt(self, connection: Connection, work: Work[object]) -> Outcome:
        savepoint = connection.begin_nested()
        try:
            result = work(connection)
        except Exception as error:
            if self._faults.unavailable(error) is not None:
                raise
            savepoint.rollback()
            return error
        savepoint.commit()
        return Done(result)

    def _checkpoint(self) -> None:
        """Outside every commit. PASSIVE waits for nobody; what it can't do now, the next one does:
        until then the log holds everything."""
        self._raw("PRAGMA wal_checkpoint(PASSIVE)")

    def _finish(self) -> None:
        if not self._faults.are_fatal:
            self._raw(_EMPTY)
        self._engine.dispose()

    def _raw(self, sql: str) -> tuple[int, ...] | None:
        """Outside a transaction: SQLAlchemy would begin one. The first row, None if it failed."""
        pooled = self._engine.raw_connection()
        try:
            cursor = pooled.cursor()
            row: tuple[int, ...] | None = cursor.execute(sql).fetchone()
            cursor.close()
            return row
        except sqlite3.Error as error:
            self._faults.unavailable(error)
            return None
        finally:
            pooled.close()


async def open_writer(
    path: Path,
    faults: Faults,
    prepare: Callable[[Engine], None],
    on_commit: OnCommit,
) -> Writer:
    """Start the thread, and let `prepare` bring the schema up to date in it."""
    thread = ThreadPoolExecutor(1, "turnout-writer")
    engine = writer_engine(path)
    try:
        await asyncio.get_running_loop().run_in_executor(thread, prepare, engine)
    except BaseException as error:
        thread.submit(engine.dispose)
        thread.shutdown()
        if isinstance(error, SQLAlchemyError | sqlite3.Error):
            raise faults.unavailable(error) or error from error
        raise
    return Writer(engine, thread, path.with_name(path.name + "-wal"), faults, on_commit)
