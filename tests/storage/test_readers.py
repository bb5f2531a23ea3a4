"""Reading beside the writer."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from tests.contract.scenes import OPEN, Scene, offer
from turnout.ports import StoreUnavailable
from turnout.storage.engines import writer_engine
from turnout.storage.faults import Faults
from turnout.storage.readers import Readers


async def test_readers_that_were_cancelled_leave_nothing_behind(live: Scene) -> None:
    await live.send(OPEN)
    who = await live.enter(live.pids[0])
    await live.answer(who, offer())
    for turns in range(12):
        tasks = [asyncio.create_task(live.store.snapshot(live.id)) for _ in range(4)]
        for _ in range(turns):
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    assert len((await live.store.snapshot(live.id)).answers) == 1


@pytest.fixture
def file(path: Path) -> Path:
    engine = writer_engine(path)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE t (a INTEGER)")
    engine.dispose()
    return path


async def test_closing_waits_for_what_is_being_read(file: Path) -> None:
    readers = Readers(file, Faults(print))

    def read(connection: Connection) -> int:
        seven: int = connection.execute(text("SELECT 7")).scalar_one()
        return seven

    reading = asyncio.create_task(readers.read(read))
    await asyncio.sleep(0)
    assert not reading.done()
    await readers.close()

    assert reading.done()
    assert await reading == 7
    with pytest.raises(StoreUnavailable, match="closed"):
        await readers.read(read)


async def test_what_cannot_be_read_is_said(file: Path) -> None:
    told: list[str] = []
    readers = Readers(file, Faults(told.append))
    with pytest.raises(StoreUnavailable, match="no such table"):
        await readers.read(lambda connection: connection.execute(text("SELECT * FROM gone")))

    def clash(_connection: Connection) -> None:
        raise IntegrityError("", {}, sqlite3.IntegrityError())

    with pytest.raises(IntegrityError):
        await readers.read(clash)
    assert told == []
    await readers.close()


async def test_a_damaged_file_is_final(tmp_path: Path) -> None:
    letter = write_letter(tmp_path / "letter.db")
    told: list[str] = []
    readers = Readers(letter, Faults(told.append))
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="not a database"):
            await readers.read(lambda connection: connection.execute(text("SELECT 1 FROM t")))
    assert len(told) == 1
    await readers.close()


def write_letter(file: Path) -> Path:
    file.write_text("This is no database, whatever it is called. " * 100)
    return file
