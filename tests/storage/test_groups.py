"""Answers are stored in groups."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import event

from tests.contract.scenes import OPEN, SCALE, Scene, offer, scene, text
from turnout.domain.answers import Accepted, Body, Known, Offer, Superseded
from turnout.ports import StoreUnavailable
from turnout.storage import SqlStore, groups
from turnout.storage.answers import MAX_EARLIER
from turnout.storage.writer import Writer


@pytest.fixture
async def asked(live: Scene) -> Scene:
    await live.send(OPEN)
    return live


@pytest.fixture
def commits(writer: Writer) -> list[object]:
    """Grows with each commit of the writer."""
    seen: list[object] = []
    event.listen(writer._engine, "commit", seen.append)
    return seen


async def test_answers_that_come_together_share_a_transaction(
    asked: Scene, commits: list[object]
) -> None:
    people = [await asked.enter(pid) for pid in asked.pids]
    commits.clear()

    settled = await asyncio.gather(*(asked.answer(who, offer()) for who in people))

    assert len(commits) == 1
    assert {one.aseq for one in settled} == {1}


async def test_a_lone_answer_waits_for_nobody_in_particular(
    asked: Scene, commits: list[object]
) -> None:
    who = await asked.enter(asked.pids[0])
    commits.clear()
    for base in range(3):
        await asked.answer(who, offer(OPEN, base))
    assert len(commits) == 3


async def test_a_full_group_goes_at_once(
    asked: Scene, commits: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MAX_GROUP", 4)
    monkeypatch.setattr(groups, "WAIT", 3600)
    people = [await asked.enter(pid) for pid in asked.pids]
    commits.clear()

    settled = await asyncio.gather(*(asked.answer(who, offer()) for who in people))

    assert [one.aseq for one in settled] == [1] * 4 + [2] * 4 + [3] * 2
    assert len(commits) == 3


async def test_too_many_answers_are_told_to_come_again(
    asked: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MAX_WAITING", 5)
    people = [await asked.enter(pid) for pid in asked.pids]

    outcomes = await asyncio.gather(
        *(asked.answer(who, offer()) for who in people), return_exceptions=True
    )

    assert [isinstance(one, StoreUnavailable) for one in outcomes] == [False] * 5 + [True] * 5
    again = await asked.answer(people[9], offer())
    assert isinstance(again.verdict, Accepted)


async def test_a_caller_that_was_cancelled_takes_nothing_back(asked: Scene) -> None:
    who, other = [await asked.enter(pid) for pid in asked.pids[:2]]
    given = offer()
    task = asyncio.create_task(asked.answer(who, given))
    await asyncio.sleep(0)
    task.cancel()
    await asked.answer(other, offer())

    assert task.cancelled()
    assert isinstance((await asked.answer(who, given)).verdict, Known)


async def test_a_group_of_copies_writes_nothing(asked: Scene, store: SqlStore) -> None:
    who = await asked.enter(asked.pids[0])
    given = offer()
    await asked.answer(who, given)
    before = await store.heads([asked.id])

    for _ in range(3):
        assert isinstance((await asked.answer(who, given)).verdict, Known)
    assert await store.heads([asked.id]) == before


async def test_several_conversations_in_a_group_count_apart(asked: Scene) -> None:
    other = await scene(asked.store, asked.time, "other")
    await other.go_live()
    await other.send(SCALE)
    here, there = await asked.enter(asked.pids[0]), await other.enter(other.pids[0])

    settled = await asyncio.gather(
        asked.answer(here, offer()),
        other.answer(there, offer(SCALE, 0, Body(number=3))),
        # A person of one conversation is nobody in another.
        other.answer(here, offer(SCALE, 0, Body(number=3))),
        asked.answer(here, offer(OPEN, 1)),
    )

    assert [type(one.verdict).__name__ for one in settled] == [
        "Accepted",
        "Accepted",
        "Refused",
        "Accepted",
    ]
    assert [one.aseq for one in settled] == [1, 1, 0, 1]
    assert [row.question for row in await other.store.answers_after(other.id, 0)] == [SCALE]


async def test_the_ids_of_replaced_answers_are_bounded(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    offers = [offer(OPEN, base) for base in range(MAX_EARLIER + 10)]
    await asyncio.gather(*(asked.answer(who, one) for one in offers))
    for base in range(MAX_EARLIER + 10, MAX_EARLIER + 12):
        await asked.answer(who, offer(OPEN, base))

    kept = await asked.answer(who, Offer(offers[-1].aid, OPEN, MAX_EARLIER + 12, text(0)))
    assert isinstance(kept.verdict, Superseded)
    assert kept.verdict.stored is not None
    assert len(kept.verdict.stored.earlier) == MAX_EARLIER
    copy = await asked.answer(who, offers[0])
    assert isinstance(copy.verdict, Superseded)
