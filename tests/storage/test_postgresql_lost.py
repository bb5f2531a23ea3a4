"""A PostgreSQL that goes away, comes back, or is replaced by its copy."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg
import pytest
from sqlalchemy.ext.asyncio import AsyncConnection

from tests.contract.scenes import OPEN, Scene, Time, offer, scene
from tests.postgres import Server, running
from turnout.domain.answers import Accepted, Known
from turnout.ports import StoreUnavailable
from turnout.storage import SqlStore, groups, open_shared_store
from turnout.storage.database import OutcomeUnknown
from turnout.storage.postgresql import pooled


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """To be killed: nobody else's."""
    with running() as server:
        yield server


@pytest.fixture
async def address(server: Server) -> AsyncIterator[str]:
    async with server.database() as address:
        yield address


@pytest.fixture
async def store(address: str, time: Time) -> AsyncIterator[SqlStore]:
    store = await open_shared_store(address, os.urandom, clock=time)
    yield store
    await store.close()


@pytest.fixture
async def asked(store: SqlStore, time: Time) -> Scene:
    asked = await scene(store, time)
    await asked.go_live()
    await asked.send(OPEN)
    return asked


async def hang_up(server: Server, address: str, but: int = 0) -> None:
    """All of the store's connections are ended by the server."""
    name = address.rpartition("/")[2]
    await server.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        f"WHERE datname = '{name}' AND pid != {but}"
    )


async def test_what_was_acknowledged_outlives_the_server(asked: Scene, server: Server) -> None:
    people = [await asked.enter(pid) for pid in asked.pids]
    for who in people:
        await asked.answer(who, offer())
    server.stop(signal.SIGKILL)
    try:
        with pytest.raises(StoreUnavailable):
            await asked.answer(people[0], offer(OPEN, 1))
        with pytest.raises(StoreUnavailable):
            await asked.store.find("worries")
        with pytest.raises(StoreUnavailable):
            await asked.store.probe()
    finally:
        server.start()

    await asked.store.probe()
    assert len((await asked.store.snapshot(asked.id)).answers) == len(people)
    again = await asked.answer(people[0], offer(OPEN, 1))
    assert isinstance(again.verdict, Accepted)


async def test_connections_that_were_closed_meanwhile_are_noticed_by_nobody(
    asked: Scene, server: Server, address: str
) -> None:
    who = await asked.enter(asked.pids[0])
    for base in range(3):
        await hang_up(server, address)
        assert await asked.store.find("worries") is not None
        assert isinstance((await asked.answer(who, offer(OPEN, base))).verdict, Accepted)


@pytest.mark.parametrize("committed", [True, False])
async def test_a_commit_of_unknown_outcome_is_looked_up(
    asked: Scene,
    server: Server,
    address: str,
    monkeypatch: pytest.MonkeyPatch,
    *,
    committed: bool,
) -> None:
    who = await asked.enter(asked.pids[0])
    commit, lost = pooled._commit, list[AsyncConnection]()

    async def lose(connection: AsyncConnection) -> None:
        if lost:
            await commit(connection)
            return
        lost.append(connection)
        if committed:
            await connection.commit()
        await hang_up(server, address)
        if committed:
            raise OutcomeUnknown("as if the answer to the COMMIT were lost")
        await commit(connection)

    monkeypatch.setattr(pooled, "_commit", lose)
    settled = await asked.answer(who, offer())

    assert len(lost) == 1
    assert isinstance(settled.verdict, Known if committed else Accepted)
    [row] = await asked.store.answers_after(asked.id, 0)
    assert (row.revision, row.aseq) == (1, 1)


async def test_whose_outcome_stays_unknown_is_told_to_come_again(
    asked: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    who = await asked.enter(asked.pids[0])
    given = offer()

    async def lose(_connection: AsyncConnection) -> None:
        raise OutcomeUnknown("gone")

    with monkeypatch.context() as patched:
        patched.setattr(groups, "LOOKING", 0.2)
        patched.setattr(pooled, "_commit", lose)
        with pytest.raises(StoreUnavailable):
            await asked.answer(who, given)
    assert isinstance((await asked.answer(who, given)).verdict, Accepted)


async def test_a_caller_that_was_cancelled_leaves_nothing_half_done(asked: Scene) -> None:
    for turns in range(12):
        tasks = [
            asyncio.create_task(asked.store.count_damaged(asked.id)),
            asyncio.create_task(asked.store.snapshot(asked.id)),
        ]
        for _ in range(turns):
            await asyncio.sleep(0)
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)
    await asked.store.count_damaged(asked.id)
    assert 1 <= (await asked.store.heads([asked.id]))[asked.id].damaged <= 13


async def test_a_copy_that_takes_the_place_has_a_history_of_its_own(
    asked: Scene, server: Server, address: str
) -> None:
    told: list[str] = []
    node = await open_shared_store(address, os.urandom, on_fatal=told.append)
    epoch = node.epoch
    server.stop()
    Path(server.folder, "data", "standby.signal").touch()
    server.start()
    with pytest.raises(StoreUnavailable, match="takes no writes"):
        await open_shared_store(address, os.urandom)
    await server.execute("SELECT pg_promote()")

    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="another history"):
            await node.has_owner()
    assert len(told) == 1
    await node.close()

    promoted = await open_shared_store(address, os.urandom)
    assert promoted.epoch.partition(".")[0] == epoch.partition(".")[0]
    assert promoted.epoch != epoch
    found = await promoted.find("worries")
    assert found is not None
    assert found.conversation.restored_at > 0
    await promoted.close()


async def test_the_server_that_is_asked_is_named_in_no_error(asked: Scene, server: Server) -> None:
    """Its address may hold a password."""
    server.stop()
    try:
        with pytest.raises(StoreUnavailable) as raised:
            await asked.store.find("worries")
    finally:
        server.start()
    assert "postgresql://" not in str(raised.value)
    assert isinstance(raised.value.__cause__, OSError | asyncpg.PostgresError)
