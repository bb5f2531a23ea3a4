"""A disk that is full or broken, and the log that must not fill it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.contract.scenes import OPEN, Scene, Time, offer, scene
from tests.storage.conftest import writer_of
from tests.storage.jobs import MEGABYTE, idle, no_file_grows, note, notes
from turnout.domain.answers import Accepted, Body
from turnout.domain.conversation import Conversation
from turnout.ports import StoreUnavailable
from turnout.storage import open_store
from turnout.storage.engines import WAL_LIMIT, reader_engine
from turnout.storage.writer import WAL_MOST, Writer

LONG = Body(text="И ещё одно. " * 160)


def leave_room(pages: int) -> Callable[[Connection], object]:
    """As if the disk had room for so many more pages of the file."""

    def limit(connection: Connection) -> None:
        now = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count={now + pages}")

    return limit


async def test_a_full_disk_refuses_and_recovers(live: Scene, writer: Writer) -> None:
    await live.send(OPEN)
    people = [await live.enter(pid) for pid in live.pids]
    await writer.run(leave_room(8))

    stored: list[int] = []
    for who in people:
        answer = asyncio.create_task(live.answer(who, offer(OPEN, 0, LONG)))
        await asyncio.wait([answer])
        outcome = answer.exception()
        if isinstance(outcome, StoreUnavailable):
            assert "full" in str(outcome)
        else:
            stored.append(who.number)
    assert 0 < len(stored) < len(people)
    rows = await live.store.answers_after(live.id, 0)
    assert sorted(row.participant for row in rows) == stored
    assert isinstance(await live.state(), Conversation)

    await writer.run(leave_room(10_000))
    again = [await live.answer(who, offer(OPEN, 0, LONG)) for who in people]
    accepted = [isinstance(one.verdict, Accepted) for one in again]
    assert accepted == [who.number not in stored for who in people]


async def test_a_full_disk_acknowledges_nobody_in_the_group(writer: Writer) -> None:
    await writer.run(leave_room(8))

    outcomes = await asyncio.gather(
        writer.run(note("small")), writer.run(note("x" * MEGABYTE)), return_exceptions=True
    )

    assert {type(one) for one in outcomes} == {StoreUnavailable}
    assert outcomes[0] is not outcomes[1]
    assert await writer.run(notes) == []
    await writer.run(leave_room(10_000))
    await writer.run(note("x" * MEGABYTE))


async def test_an_input_output_error_is_final(path: Path, time: Time) -> None:
    told: list[str] = []
    store = await open_store(path, time, os.urandom, on_fatal=told.append)
    live = await scene(store, time)
    with no_file_grows(), pytest.raises(StoreUnavailable, match="I/O"):
        await live.go_live()

    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="I/O"):
            await live.go_live()
        with pytest.raises(StoreUnavailable, match="I/O"):
            await store.find("worries")
    assert len(told) == 1
    assert "can't be trusted" in told[0]
    await store.close()

    store = await open_store(path, time, os.urandom)
    found = await store.find("worries")
    assert found is not None
    assert found.conversation.phase == "draft"
    await store.close()


async def test_a_log_that_cannot_be_emptied_is_said(path: Path, time: Time) -> None:
    told: list[str] = []
    store = await open_store(path, time, os.urandom, on_fatal=told.append)
    await scene(store, time)
    with no_file_grows():
        await store.close()

    assert len(told) == 1
    store = await open_store(path, time, os.urandom)
    assert await store.find("worries") is not None
    await store.close()


async def test_a_log_that_was_removed_is_final(path: Path, time: Time) -> None:
    told: list[str] = []
    store = await open_store(path, time, os.urandom, on_fatal=told.append)
    await idle(writer_of(store))
    remove(path.with_name("turnout.db-wal"))
    await store.add_owner("Zoë", "hash")
    await idle(writer_of(store))

    assert len(told) == 1
    with pytest.raises(StoreUnavailable, match="log is gone"):
        await store.has_owner()
    await store.close()


def remove(file: Path) -> None:
    file.unlink()


def size(file: Path) -> int:
    return file.stat().st_size


async def test_the_log_starts_anew_when_nobody_waits(writer: Writer, path: Path) -> None:
    log = path.with_name("turnout.db-wal")
    for _ in range(20):
        await writer.run(note("x" * MEGABYTE))
        await idle(writer)
        assert size(log) < WAL_LIMIT + 2 * MEGABYTE
    assert size(path) > 15 * MEGABYTE


async def test_the_log_stays_bounded_when_somebody_always_waits(writer: Writer, path: Path) -> None:
    log, sizes = path.with_name("turnout.db-wal"), []

    async def go_on() -> None:
        for _ in range(20):
            await writer.run(note("x" * MEGABYTE))
            sizes.append(size(log))

    await asyncio.gather(*(go_on() for _ in range(3)))

    assert max(sizes) > WAL_LIMIT + 3 * MEGABYTE
    assert max(sizes) < WAL_MOST + 4 * MEGABYTE
    assert size(path) > 40 * MEGABYTE


async def test_a_reader_that_stays_does_not_stop_the_writer(writer: Writer, path: Path) -> None:
    """The log grows while somebody reads an old moment, and starts anew afterwards."""
    log = path.with_name("turnout.db-wal")
    readers = reader_engine(path)
    async with readers.begin() as connection:
        await connection.run_sync(notes)
        for _ in range(10):
            await writer.run(note("x" * MEGABYTE))
        assert size(log) > 10 * MEGABYTE
        assert await connection.run_sync(notes) == []
    await readers.dispose()
    for _ in range(2):
        await writer.run(note("x"))
        await idle(writer)
    assert size(log) <= WAL_LIMIT
