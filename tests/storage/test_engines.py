"""What the connections are set to, and what they leave behind."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from sqlalchemy import Connection, insert, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from tests.contract.scenes import Scene, Time, scene
from turnout.ports import StoreUnavailable
from turnout.storage import SqlStore, answers, open_store, schema
from turnout.storage.engines import reader_engine, writer_engine
from turnout.storage.migrations import migrate

PRAGMAS = (
    "foreign_keys",
    "busy_timeout",
    "synchronous",
    "wal_autocheckpoint",
    "query_only",
    "secure_delete",
)


def pragmas(connection: Connection) -> dict[str, object]:
    return {
        name: connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()
        for name in (*PRAGMAS, "journal_mode", "journal_size_limit")
    }


def test_the_writer_is_durable(tmp_path: Path) -> None:
    engine = writer_engine(tmp_path / "w.db")
    with engine.begin() as connection:
        assert pragmas(connection) == {
            "journal_mode": "wal",
            "synchronous": 2,
            "wal_autocheckpoint": 0,
            "foreign_keys": 1,
            "busy_timeout": 5000,
            "query_only": 0,
            "secure_delete": 1,
            "journal_size_limit": 4 * 1024 * 1024,
        }
    engine.dispose()


def test_a_store_needs_a_write_ahead_log() -> None:
    engine = writer_engine(Path(":memory:"))
    with pytest.raises(StoreUnavailable, match="log"):
        engine.connect()
    engine.dispose()


async def test_readers_cannot_write(store: SqlStore, path: Path) -> None:
    readers = reader_engine(path)
    async with readers.begin() as connection:
        found = await connection.run_sync(pragmas)
        assert (found["query_only"], found["foreign_keys"]) == (1, 1)
        with pytest.raises(OperationalError, match="readonly"):
            await connection.execute(insert(schema.nonce).values(nonce="n", spent_at=1))
    await readers.dispose()


async def test_a_reader_sees_one_moment(live: Scene, path: Path) -> None:
    readers: AsyncEngine = reader_engine(path)
    query = select(schema.conversation.c.rev)
    async with readers.begin() as connection:
        before = (await connection.execute(query)).scalar_one()
        await live.send(2)
        assert (await connection.execute(query)).scalar_one() == before
    async with readers.begin() as connection:
        assert (await connection.execute(query)).scalar_one() == before + 1
    await readers.dispose()


def open_to_others(folder: Path) -> dict[str, int]:
    return {file.name: file.stat().st_mode & 0o077 for file in folder.iterdir()}


async def test_a_closed_store_is_one_file_for_its_owner(tmp_path: Path, time: Time) -> None:
    """The log is emptied into it, so that it may be copied. It holds secrets."""
    path = tmp_path / "turnout.db"
    store = await open_store(path, time, os.urandom)
    await scene(store, time)
    log = path.with_name("turnout.db-wal")
    assert log.stat().st_size > 0
    modes = open_to_others(tmp_path)
    await store.close()

    assert set(modes) == {"turnout.db", "turnout.db-wal", "turnout.db-shm", "turnout.lock"}
    assert set(modes.values()) == {0}
    assert set(open_to_others(tmp_path)) == {"turnout.db", "turnout.lock"}


def test_the_answers_of_a_group_are_found_by_their_keys(tmp_path: Path) -> None:
    """A plan that reads a whole table would be slower with every answer."""
    engine = writer_engine(tmp_path / "w.db")
    migrate(engine)
    values = {"conversation_id": 1, "participants": [1, 2, 3], "questions": [4, 5]}
    query = answers._counted.params(values).compile(engine, compile_kwargs={"literal_binds": True})
    with engine.begin() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}").all()
    engine.dispose()
    steps = [row[-1] for row in plan]
    assert len(steps) >= 2
    assert not [step for step in steps if step.startswith("SCAN")], steps
