"""What the store on PostgreSQL promises beside what every store does."""

from __future__ import annotations

import asyncio
import os
import re
import sys
from collections.abc import AsyncIterator

import asyncpg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.exc import IntegrityError

from tests.contract.scenes import GUIDE, NINE_O_CLOCK, OPEN, Device, Scene, Time, offer, scene
from tests.postgres import Server, running
from turnout.domain.answers import Accepted
from turnout.domain.conversation import Settings
from turnout.ports import NewConversation, StoreUnavailable
from turnout.storage import SqlStore, open_shared_store
from turnout.storage.migrations import StoreTooNew
from turnout.storage.schema import metadata


@pytest.fixture
async def address(postgres: Server) -> AsyncIterator[str]:
    async with postgres.database() as address:
        yield address


async def opened(address: str, time: Time | None = None) -> SqlStore:
    return await open_shared_store(address, os.urandom, clock=time)


@pytest.fixture
async def store(address: str, time: Time) -> AsyncIterator[SqlStore]:
    store = await opened(address, time)
    yield store
    await store.close()


@pytest.fixture
async def other(address: str, store: SqlStore, time: Time) -> AsyncIterator[SqlStore]:
    """Another node on the same database."""
    other = await opened(address, time)
    yield other
    await other.close()


async def at(address: str, statement: str) -> object:
    """One value, on a connection of its own."""
    connection = await asyncpg.connect(address)
    try:
        return await connection.fetchval(statement)
    finally:
        await connection.close()


# --- what is refused ------------------------------------------------------------------------------


async def test_a_database_that_does_not_wait_for_its_disk_is_refused(address: str) -> None:
    name = address.rpartition("/")[2]
    await at(address, f"ALTER DATABASE {name} SET synchronous_commit = off")
    with pytest.raises(StoreUnavailable, match="synchronous_commit off"):
        await opened(address)
    await at(address, f"ALTER DATABASE {name} RESET synchronous_commit")


async def test_a_server_that_never_syncs_is_refused() -> None:
    with running("fsync=off") as server, pytest.raises(StoreUnavailable, match="fsync off"):
        await opened(server.address())


@pytest.mark.parametrize(
    ("wrong", "why"),
    [
        ("postgresql://postgres@127.0.0.1:1/x", "Connect call failed|refused"),
        ("postgresql://postgres@127.0.0.1:not-a-port/x", "makes no sense"),
    ],
)
async def test_what_is_no_database_is_said(wrong: str, why: str) -> None:
    with pytest.raises(StoreUnavailable, match=why):
        await opened(wrong)


async def test_a_database_that_does_not_exist_is_said(postgres: Server) -> None:
    with pytest.raises(StoreUnavailable, match='"nowhere" does not exist'):
        await opened(postgres.address("nowhere"))


async def test_without_its_driver_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "asyncpg", None)
    for name in [name for name in sys.modules if name.startswith("turnout.storage.postgresql.")]:
        monkeypatch.delitem(sys.modules, name)
    with pytest.raises(StoreUnavailable, match=re.escape("turnout[postgresql]")):
        await opened("postgresql://localhost/x")


async def test_a_newer_store_is_refused_in_words(address: str) -> None:
    await at(address, "UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreTooNew, match="newer version of Turnout"):
        await opened(address)
    await at(address, "UPDATE alembic_version SET version_num = '0003'")


# --- schema, clock, words -------------------------------------------------------------------------


async def test_the_migrations_make_the_tables_of_the_schema(store: SqlStore) -> None:
    def differences(connection: Connection) -> object:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        return compare_metadata(context, metadata)

    assert await store._read(differences) == []


async def test_processes_that_start_together_find_one_store(postgres: Server) -> None:
    await postgres.execute("CREATE DATABASE together")
    stores = await asyncio.gather(*(opened(postgres.address("together")) for _ in range(3)))
    assert len({store.epoch for store in stores}) == 1
    assert len({store.key for store in stores}) == 1
    for store in stores:
        await store.close()
    await postgres.execute("DROP DATABASE together")


async def test_time_is_the_databases(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 0)
    store = await opened(address)
    located = await store.create(NewConversation("a", Settings("A", 1), GUIDE, ("p1",)))
    assert located is not None
    assert (await store.list())[0].created_at > NINE_O_CLOCK
    await store.close()


async def test_readers_cannot_write(store: SqlStore) -> None:
    with pytest.raises(StoreUnavailable, match="read-only"):
        await store._read(lambda connection: connection.execute(text("DELETE FROM nonce")))


async def test_a_process_that_is_stopped_holds_up_nobody_for_long(store: SqlStore) -> None:
    """Its transaction is ended by the server."""
    setting = text("SHOW idle_in_transaction_session_timeout")
    assert await store._write(lambda connection: connection.execute(setting).scalar_one()) == "5s"


async def test_what_the_store_says_of_an_error_quotes_nobody(store: SqlStore) -> None:
    pid = "p0000000000000000"
    new = NewConversation("a", Settings("A", 2), GUIDE, (pid, pid))
    alone = await asyncio.gather(store.create(new), return_exceptions=True)
    beside = await asyncio.gather(*(store.create(new) for _ in range(2)), return_exceptions=True)
    for error in (*alone, *beside):
        assert isinstance(error, IntegrityError)
        told: BaseException | None = error
        while told is not None:
            assert pid not in str(told)
            told = told.__cause__
    assert await store.find("a") is None


# --- several nodes --------------------------------------------------------------------------------


async def test_of_first_joins_on_two_nodes_one_binds(
    store: SqlStore, other: SqlStore, time: Time
) -> None:
    here = await scene(store, time)
    await here.go_live()
    there = Scene(other, time, here.located, here.pids)
    for pid in here.pids[:5]:
        joins = [node.join(pid, Device()) for node in (here, there) for _ in range(4)]
        outcomes = await asyncio.gather(*joins)
        assert sum(1 for outcome in outcomes if outcome == "key") == 1


async def test_answers_on_two_nodes_count_in_one_order(
    store: SqlStore, other: SqlStore, time: Time
) -> None:
    here = await scene(store, time)
    await here.go_live()
    await here.send(OPEN)
    there = Scene(other, time, here.located, here.pids)
    people = [await here.enter(pid) for pid in here.pids]
    for base in range(4):
        settled = await asyncio.gather(
            *(node.answer(who, offer(OPEN, base)) for who in people for node in (here, there))
        )
        accepted = [one for one in settled if isinstance(one.verdict, Accepted)]
        assert len(accepted) == len(people)
    one, two = [await node.snapshot(here.id) for node in (store, other)]
    assert one.answers == two.answers
    assert {row.revision for row in one.answers} == {4}
    heads = await asyncio.gather(store.heads([here.id]), other.heads([here.id]))
    assert heads[0] == heads[1]
    assert heads[0][here.id].aseq == max(row.aseq for row in one.answers)


async def test_nodes_that_move_attendance_of_the_same_people_never_wait_for_each_other(
    store: SqlStore, other: SqlStore, time: Time
) -> None:
    rooms = [await scene(store, time, slug) for slug in ("one", "two", "three")]
    rows: list[tuple[int, int]] = []
    for room in rooms:
        await room.go_live()
        people = [await room.enter(pid) for pid in room.pids[:3]]
        rows += [(who.attendance, time.now + 1) for who in people]
    for _ in range(10):
        moved = [node.attend(order) for node in (store, other) for order in (rows, rows[::-1])]
        await asyncio.wait_for(asyncio.gather(*moved), 60)
    spans = (await store.snapshot(rooms[0].id)).participants[0].attended
    assert [span.until for span in spans] == [time.now + 1]
