"""What the store takes on at once, and what it tells whoever watches over it."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.contract.scenes import OPEN, Scene, Time, offer
from turnout.domain.answers import Accepted, Body
from turnout.ports import StoreUnavailable
from turnout.storage import SqlStore, groups, open_store

LONG = "\N{GRINNING FACE}" * 2_000


async def test_answers_that_take_up_too_much_are_told_to_come_again(
    live: Scene, store: SqlStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MAX_BYTES", 20_000)
    await live.send(OPEN)
    people = [await live.enter(pid) for pid in live.pids[:5]]
    bodies = [Body(text=LONG), Body(text="short"), Body(text=LONG), Body(text=LONG)]
    given = [
        live.answer(who, offer(OPEN, 0, body)) for who, body in zip(people, bodies, strict=False)
    ]
    outcomes = await asyncio.gather(*given, return_exceptions=True)
    assert [isinstance(one, StoreUnavailable) for one in outcomes] == [False, False, False, True]
    assert store.answers_waiting == 0
    again = await live.answer(people[3], offer(OPEN, 0, Body(text=LONG)))
    assert isinstance(again.verdict, Accepted)


async def test_what_waits_can_be_counted(live: Scene, store: SqlStore) -> None:
    await live.send(OPEN)
    people = [await live.enter(pid) for pid in live.pids[:3]]
    tasks = [asyncio.create_task(live.answer(who, offer())) for who in people]
    await asyncio.sleep(0)
    assert store.answers_waiting == 3
    probes = [asyncio.create_task(store.probe()) for _ in range(4)]
    await asyncio.sleep(0)
    assert store.writes_waiting >= 1
    await asyncio.gather(*tasks, *probes)
    assert (store.answers_waiting, store.writes_waiting) == (0, 0)


async def test_a_probe_writes_and_changes_nothing(path: Path, time: Time) -> None:
    store = await open_store(path, time, os.urandom)
    before = dump(path)
    log = path.with_name("turnout.db-wal")
    written = log.read_bytes()
    await store.probe()
    assert log.read_bytes() != written
    assert dump(path) == before
    await store.close()
    with pytest.raises(StoreUnavailable):
        await store.probe()


async def test_each_transaction_is_timed_also_one_that_fails(path: Path, time: Time) -> None:
    seconds: list[float] = []
    store = await open_store(path, time, os.urandom, on_commit=seconds.append)
    before = len(seconds)
    await store.probe()
    assert len(seconds) == before + 1
    with pytest.raises(ZeroDivisionError):
        await store._write(lambda _connection: 1 // 0)
    assert len(seconds) == before + 2
    assert all(one >= 0 for one in seconds)
    await store.close()


async def test_what_the_store_says_of_an_error_quotes_nobody(store: SqlStore) -> None:
    secret = "p0000000000000000"
    statement = text("INSERT INTO nonce (nonce, spent_at) VALUES (:nonce, NULL)")
    with pytest.raises(IntegrityError) as raised:
        await store._write(lambda connection: connection.execute(statement, {"nonce": secret}))
    assert "NOT NULL" in str(raised.value)
    assert secret not in str(raised.value)


def dump(path: Path) -> list[str]:
    database = sqlite3.connect(path)
    try:
        return list(database.iterdump())
    finally:
        database.close()
