"""A store that was restored from a copy: a new history, dated, and the grace once more."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.contract.scenes import MINUTE, OPEN, SECOND, Device, Scene, Time, done, offer, scene
from turnout.domain.answers import Accepted
from turnout.domain.commands import Close, End, ReopenFlex
from turnout.domain.refusals import Refused
from turnout.ports import Participant, Settled
from turnout.storage import SqlStore, open_store
from turnout.storage.copies import back_up, restore

HOUR = 60 * MINUTE
GRACE = 60 * SECOND


def restored(path: Path) -> None:
    """Put a copy of the store in its own place."""
    copy = path.with_name("copy.db")
    back_up(path, copy)
    restore(copy, path, path.with_name("kept.db"))


@asynccontextmanager
async def opened(path: Path, time: Time) -> AsyncIterator[SqlStore]:
    store = await open_store(path, time, os.urandom)
    yield store
    await store.close()


class Copy:
    """What the copy holds: a question that was asked and closed, perhaps the end; who was there
    before, on their device."""

    def __init__(self, live: Scene, who: Participant, device: Device) -> None:
        self._live, self._device = live, device
        self.who = who

    def on(self, store: SqlStore) -> Scene:
        """The conversation in the store that was made of it."""
        return replace(self._live, store=store)

    async def hello(self, store: SqlStore) -> Participant | Refused:
        return await self.on(store).hello(self._live.pids[0], self._device)


async def copied(path: Path, time: Time, *, ended: bool = False) -> Copy:
    device = Device()
    async with opened(path, time) as store:
        live = await scene(store, time)
        await live.go_live()
        await live.send(OPEN)
        who = await live.enter(live.pids[0], device)
        done(await live.command(End() if ended else Close()))
    return Copy(live, who, device)


def lateness(settled: Settled) -> bool | str:
    """Whether an accepted answer was late; the code of a refused one."""
    if isinstance(settled.verdict, Accepted):
        return settled.verdict.stored.late
    assert isinstance(settled.verdict, Refused)
    return settled.verdict.code


async def test_a_restore_begins_a_new_history_and_is_dated_once(path: Path, time: Time) -> None:
    async with opened(path, time) as store:
        first, key = store.epoch, store.key
    restored(path)
    time.pass_by(HOUR)
    for _ in range(2):
        async with opened(path, time) as store:
            assert store.epoch not in ("", first)
            assert store.key == key
            second = store.epoch
        time.pass_by(HOUR)
    with sqlite3.connect(path) as connection:
        rows = connection.execute("SELECT epoch, restored_at FROM store").fetchall()
    connection.close()
    assert rows == [(second, time.now - HOUR - HOUR)]


@pytest.mark.parametrize(
    ("after", "late"), [(0, True), (GRACE, True), (GRACE + 1, "closed"), (HOUR, "closed")]
)
async def test_the_grace_of_questions_closed_before_a_restore_runs_once_more_from_there(
    path: Path, time: Time, after: int, late: bool | str
) -> None:
    copy = await copied(path, time)
    restored(path)
    time.pass_by(HOUR)
    async with opened(path, time) as store:
        time.pass_by(after)
        assert lateness(await copy.on(store).answer(copy.who, offer())) == late


async def test_it_runs_no_further_when_the_server_starts_again(path: Path, time: Time) -> None:
    copy = await copied(path, time)
    restored(path)
    async with opened(path, time):
        time.pass_by(GRACE + 1)
    async with opened(path, time) as store:
        assert lateness(await copy.on(store).answer(copy.who, offer())) == "closed"


async def test_what_is_closed_after_a_restore_has_the_grace_of_its_close(
    path: Path, time: Time
) -> None:
    copy = await copied(path, time)
    restored(path)
    async with opened(path, time) as store:
        live = copy.on(store)
        await live.send(OPEN)
        time.pass_by(HOUR)
        done(await live.command(Close()))
        time.pass_by(GRACE)
        assert lateness(await live.answer(copy.who, offer())) is True
        other = await live.enter(live.pids[1])
        time.pass_by(1)
        assert lateness(await live.answer(other, offer())) == "closed"


async def test_a_start_that_is_no_restore_gives_no_grace(path: Path, time: Time) -> None:
    copy = await copied(path, time)
    time.pass_by(GRACE + 1)
    async with opened(path, time) as store:
        assert lateness(await copy.on(store).answer(copy.who, offer())) == "closed"


async def test_after_the_end_too_and_who_had_joined_may_say_hello_within_it(
    path: Path, time: Time
) -> None:
    copy = await copied(path, time, ended=True)
    restored(path)
    time.pass_by(HOUR)
    async with opened(path, time) as store:
        time.pass_by(GRACE)
        who = await copy.hello(store)
        assert isinstance(who, Participant)
        assert who.attendance == 0
        assert lateness(await copy.on(store).answer(who, offer())) is True
        too_soon = await copy.on(store).command(ReopenFlex(7))
        assert isinstance(too_soon, Refused)
        time.pass_by(1)
        over = await copy.hello(store)
        assert isinstance(over, Refused)
        assert over.code == "over"
        assert lateness(await copy.on(store).answer(copy.who, offer(base=1))) == "closed"
        done(await copy.on(store).command(ReopenFlex(7)))


async def test_every_way_to_a_state_knows_of_the_restore(path: Path, time: Time) -> None:
    """Whatever is kept in memory, a state that is folded anew is equal to it."""
    await copied(path, time)
    restored(path)
    async with opened(path, time) as store:
        await scene(store, time, slug="new")
        for slug in ("worries", "new"):
            kept = await store.find(slug)
            assert kept is not None
            assert kept.conversation.restored_at == time.now
