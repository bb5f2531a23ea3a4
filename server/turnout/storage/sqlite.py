"""The store's database in one SQLite file: a lock, one connection that writes, a few that read."""

from __future__ import annotations

import os
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Dialect
from sqlalchemy.dialects import sqlite

from turnout.ports import Clock, StoreUnavailable
from turnout.storage.database import OnCommit, Work
from turnout.storage.faults import Faults
from turnout.storage.lock import Lock
from turnout.storage.migrations import migrate
from turnout.storage.readers import Readers
from turnout.storage.writer import Writer, open_writer

STILL_READ = "It is erased, but another program reads the database: traces of it are still there."

T = TypeVar("T")


class SqliteDatabase:
    """A `turnout.storage.database.Database`. Made by `open_sqlite`, closed once. The clock is this
    machine's: nobody else has the file open."""

    def __init__(self, lock: Lock, writer: Writer, readers: Readers, clock: Clock) -> None:
        self.writer, self.readers = writer, readers
        self._lock = lock
        self._clock = clock

    @property
    def dialect(self) -> Dialect:
        """SQLite's."""
        return sqlite.dialect()

    @property
    def history(self) -> str:
        """A file has one history."""
        return ""

    @property
    def waiting(self) -> int:
        """How many writes have not begun; a group of answers is one."""
        return self.writer.waiting

    def now(self, _connection: Connection) -> int:
        """Milliseconds since the Unix epoch."""
        return self._clock()

    def write(self, work: Work[T], about: int = 0) -> Coroutine[Any, Any, T]:
        """In the writer's thread, everything in order."""
        return self.writer.run(work)

    def read(self, work: Work[T]) -> Coroutine[Any, Any, T]:
        """Beside the writer."""
        return self.readers.read(work)

    async def overwrite(self) -> None:
        """The database holds zeros where the rows were; the log must not say more."""
        async with self.readers.held_off():
            if not await self.writer.empty_log():
                raise StoreUnavailable(STILL_READ)

    async def close(self) -> None:
        """The writer closes last: the last connection to close a database checkpoints it, and no
        reader may."""
        await self.readers.close()
        await self.writer.close()
        self._lock.release()


async def open_sqlite(
    path: Path, clock: Clock, on_fatal: Callable[[str], None], on_commit: OnCommit
) -> SqliteDatabase:
    """Open the file, made if there is none, in a folder that exists; its schema is brought up to
    date. StoreInUse if another process has it open; StoreUnavailable if it can't be used."""
    lock = Lock(path.parent)
    faults = Faults(on_fatal)
    try:
        _make_private(path)
        writer = await open_writer(path, faults, migrate, on_commit)
    except BaseException:
        lock.release()
        raise
    return SqliteDatabase(lock, writer, Readers(path, faults), clock)


def _make_private(path: Path) -> None:
    """It holds password hashes and the store's key. SQLite gives its other files the same mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreUnavailable(f"The database {path} can't be used: {error}.") from error
