"""The two ways into a SQLite file: one connection that writes and checkpoints, a few that read.

SQLite before 3.51.3 can corrupt a log that two connections reset, so nobody but the writer may
ever checkpoint.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, StaticPool, create_engine, event
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from turnout.ports import StoreUnavailable

READERS = 2
BUSY_MS = 5_000
"""How long a connection waits for another program that holds the file's lock."""
WAL_LIMIT = 4 * 1024 * 1024
"""Bytes of the log that are kept when it starts anew, and from which on a checkpoint is due."""


def writer_engine(path: Path) -> Engine:
    """For one thread, which must also dispose of it."""
    engine = create_engine(
        URL.create("sqlite", database=str(path)), poolclass=StaticPool, hide_parameters=True
    )
    event.listen(engine, "connect", _prepare_writer)
    event.listen(engine, "begin", _begin_immediate)
    return engine


def reader_engine(path: Path) -> AsyncEngine:
    """Every transaction is a snapshot. Must be disposed of."""
    engine = create_async_engine(
        URL.create("sqlite+aiosqlite", database=str(path)),
        pool_size=READERS,
        max_overflow=0,
        hide_parameters=True,  # pids and answers, in the words of an error
    )
    event.listen(engine.sync_engine, "connect", _prepare_reader)
    event.listen(engine.sync_engine, "begin", _begin)
    return engine


def _prepare_writer(connection: Any, _record: object) -> None:
    # The driver's own BEGIN is off: SQLAlchemy's "begin" event decides.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    mode = cursor.execute("PRAGMA journal_mode=WAL").fetchone()[0]
    if mode != "wal":
        raise StoreUnavailable("This disk can't keep a write-ahead log. Use a local disk.")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA wal_autocheckpoint=0")
    # What is deleted or replaced is overwritten: an erased conversation leaves no words behind.
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.execute(f"PRAGMA journal_size_limit={WAL_LIMIT}")
    cursor.close()


def _prepare_reader(connection: Any, _record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA query_only=ON")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
