"""Answers in a store: which one counts, and that everybody reads the same."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace

import pytest

from tests.contract.scenes import (
    MULTIPLE,
    NUMBER,
    OPEN,
    SCALE,
    SECOND,
    SINGLE,
    TEXTS,
    WELCOME,
    Device,
    Scene,
    Time,
    done,
    new_id,
    offer,
    scene,
    text,
)
from turnout.domain.answers import Accepted, Body, Known, Offer, Stored, Superseded
from turnout.domain.commands import Close
from turnout.domain.refusals import Refused
from turnout.exports.snapshot import AnswerRow
from turnout.ports import Participant, Settled, Store


@pytest.fixture
async def asked(live: Scene) -> Scene:
    """An open question."""
    await live.send(OPEN)
    return live


def accepted(settled: Settled) -> Stored:
    assert isinstance(settled.verdict, Accepted), settled
    return settled.verdict.stored


def refusal(settled: Settled) -> str:
    assert isinstance(settled.verdict, Refused), settled
    assert settled.aseq == 0
    return settled.verdict.code


async def rows(scene: Scene) -> tuple[AnswerRow, ...]:
    return await scene.store.answers_after(scene.id, 0)


@pytest.mark.parametrize(
    ("question", "body"),
    [
        *((OPEN, Body(text=one)) for one in TEXTS),
        (SINGLE, Body(option=2)),
        (SINGLE, Body(other="ما بين الاثنين")),
        (MULTIPLE, Body(options=(1, 2))),
        (SCALE, Body(number=4)),
        (NUMBER, Body(number=7.5)),
    ],
)
async def test_an_answer_comes_back_as_it_was_typed(live: Scene, question: int, body: Body) -> None:
    await live.send(question)
    who = await live.enter(live.pids[0])
    given = offer(question, 0, body)

    settled = await live.answer(who, given)

    assert accepted(settled) == Stored(given.aid, 1, body)
    now, rev = live.time.now, (await live.state()).rev
    expected = AnswerRow(
        question, 1, body, 1, now, False, False, settled.aseq, given.aid, 1, now, rev
    )
    assert await rows(live) == (expected,)
    assert (await live.store.snapshot(live.id)).answers == (expected,)


async def test_the_same_answer_five_times_counts_once(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    given = offer()

    settled = await asyncio.gather(*(asked.answer(who, given) for _ in range(5)))
    late = await asked.answer(who, replace(given, base=7))

    assert [type(one.verdict) for one in settled] == [Accepted, *[Known] * 4]
    assert late.verdict == Known(accepted(settled[0]))
    assert {one.aseq for one in (*settled[1:], late)} == {0}
    assert [(row.revision, row.aseq) for row in await rows(asked)] == [(1, settled[0].aseq)]


async def test_an_answer_replaces_the_one_it_names(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    first, second, third = offer(base=0), offer(base=1, body=text(1)), offer(base=1, body=text(2))
    await asked.answer(who, first)
    counted = accepted(await asked.answer(who, second))
    assert counted == Stored(second.aid, 2, text(1), earlier=(first.aid,))

    assert (await asked.answer(who, third)).verdict == Superseded(counted)
    for late in (first, replace(first, base=2)):
        assert (await asked.answer(who, late)).verdict == Superseded(counted)
    assert [row.body for row in await rows(asked)] == [text(1)]


async def test_offers_at_the_same_time_see_each_other_in_order(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    offers = [offer(base=base, body=text(base)) for base in range(50)]

    settled = await asyncio.gather(*(asked.answer(who, one) for one in offers))

    assert [accepted(one).revision for one in settled] == list(range(1, 51))
    again = await asyncio.gather(*(asked.answer(who, one) for one in offers))
    assert {type(one.verdict) for one in again[:-1]} == {Superseded}
    assert isinstance(again[-1].verdict, Known)
    assert [(row.revision, row.body) for row in await rows(asked)] == [(50, text(49))]


async def test_an_answer_may_be_late_but_not_too_late(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    other = await asked.enter(asked.pids[1])
    third = await asked.enter(asked.pids[2])
    grace = asked.located.conversation.settings.grace * SECOND

    assert isinstance((await asked.answer(other, offer())).verdict, Accepted)
    done(await asked.command(Close()))
    asked.time.pass_by(grace)
    given = offer()
    settled = await asked.answer(who, given)
    assert accepted(settled).late
    asked.time.pass_by(1)
    assert refusal(await asked.answer(third, offer())) == "closed"
    assert (await asked.answer(who, given)).verdict == Known(accepted(settled))
    assert [(row.participant, row.late) for row in await rows(asked)] == [(2, False), (1, True)]


async def test_no_answer_to_what_was_not_asked(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    await asked.send(WELCOME)

    for question in (SINGLE, WELCOME, 4711):
        assert refusal(await asked.answer(who, offer(question))) == "gone"
    assert refusal(await asked.answer(who, offer(OPEN, 0, Body(text="\u200b")))) == "invalid"
    assert await rows(asked) == ()
    assert (await asked.store.heads([asked.id]))[asked.id].aseq == 0


async def test_a_strange_offer_harms_no_other(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    joined_only = await asked.enter(asked.pids[1])
    store, given = asked.store, offer()

    settled = await asyncio.gather(
        store.answer(4711, who.id, offer()),
        store.answer(asked.id, 4711, offer()),
        store.answer(asked.id, who.id, Offer("no uuid", OPEN, 0, text(0))),
        store.answer(asked.id, joined_only.id, Offer(new_id().upper(), OPEN, 0, text(0))),
        store.answer(asked.id, who.id, given),
        return_exceptions=True,
    )

    assert [
        one.verdict.code
        for one in settled[:2]
        if isinstance(one, Settled) and isinstance(one.verdict, Refused)
    ] == ["gone", "gone"]
    assert isinstance(settled[2], ValueError)
    assert isinstance(settled[3], ValueError)
    assert isinstance(settled[4], Settled)
    assert accepted(settled[4]).aid == given.aid
    assert len(await rows(asked)) == 1


async def test_who_has_not_said_hello_does_not_answer(asked: Scene) -> None:
    device = Device()
    await asked.join(asked.pids[0], device)
    who = await asked.hello(asked.pids[0], device, attend=False)
    assert isinstance(who, Participant)

    assert refusal(await asked.answer(who, offer())) == "gone"


async def test_thousands_at_once(store: Store, time: Time) -> None:
    crowd = await scene(store, time, max_participants=400)
    await crowd.go_live()
    people = await asyncio.gather(*(crowd.enter(pid) for pid in crowd.pids))
    for question in (OPEN, SINGLE, MULTIPLE, SCALE, NUMBER):
        await crowd.send(question)
    bodies = {
        OPEN: text(3),
        SINGLE: Body(option=1),
        MULTIPLE: Body(options=(2,)),
        SCALE: Body(number=2),
        NUMBER: Body(number=12),
    }
    offers = [(who, offer(q, 0, body)) for who in people for q, body in bodies.items()]
    random.Random(7).shuffle(offers)
    before, read = (await store.heads([crowd.id]))[crowd.id].aseq, set[tuple[int, int, int]]()

    async def follow() -> None:
        """A screen that pages through the answers while they arrive."""
        seen = before
        while len(read) < len(offers):
            page = await store.answers_after(crowd.id, seen)
            assert [row.aseq for row in page] == sorted(row.aseq for row in page)
            new = {(row.participant, row.question, row.revision) for row in page}
            assert len(new) == len(page)
            assert not new & read
            read.update(new)
            seen = page[-1].aseq if page else seen
            await asyncio.sleep(0)

    async def look() -> None:
        """Snapshots in between hold whole groups: what has an aseq is all there."""
        for _ in range(5):
            snapshot = await store.snapshot(crowd.id)
            highest = max((row.aseq for row in snapshot.answers), default=0)
            later = await store.answers_after(crowd.id, 0)
            upto = [row for row in later if row.aseq <= highest]
            assert len(upto) == len(snapshot.answers)

    settled, *_ = await asyncio.gather(
        asyncio.gather(*(crowd.answer(who, given) for who, given in offers)), follow(), look()
    )

    assert len(offers) == 2_000
    assert {accepted(one).revision for one in settled} == {1}
    assert len(read) == 2_000
    aseqs = {one.aseq for one in settled}
    assert aseqs == set(range(before + 1, before + 1 + len(aseqs)))
    snapshot = await store.snapshot(crowd.id)
    assert [(row.question, row.participant) for row in snapshot.answers] == [
        (question, number) for question in sorted(bodies) for number in range(1, 401)
    ]


async def test_aseq_grows_with_every_change_and_only_then(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    other = await asked.enter(asked.pids[1])
    first = await asked.answer(who, offer())
    second = await asked.answer(other, offer())
    third = await asked.answer(who, offer(base=1))
    assert [one.aseq for one in (first, second, third)] == [1, 2, 3]

    assert [row.participant for row in await asked.store.answers_after(asked.id, 1)] == [2, 1]
    assert [row.aseq for row in await asked.store.answers_after(asked.id, 2)] == [3]
    assert await asked.store.answers_after(asked.id, 3) == ()
    found = await asked.store.find("worries")
    assert found is not None
    assert found.aseq == 3
