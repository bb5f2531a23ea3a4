"""I2: an aid never counts twice. One that a client used for two questions counts for the first."""

from __future__ import annotations

import asyncio

import pytest

from tests.contract.scenes import OPEN, SINGLE, Device, Scene, done, new_id, text
from turnout.domain.answers import Accepted, Body, Known, Offer, Verdict
from turnout.domain.commands import End, ReopenFlex
from turnout.domain.refusals import Refused
from turnout.ports import Participant

YES = Body(option=1)


@pytest.fixture
async def flex(live: Scene) -> Scene:
    """Every question is open at once."""
    done(await live.command(End()))
    live.time.pass_by(11 * 60_000)
    done(await live.command(ReopenFlex(7)))
    return live


async def entered(scene: Scene) -> Participant:
    return await scene.enter(scene.pids[0], Device())


def outcome(verdict: Verdict) -> str:
    """Accepted, known, or the refusal's code."""
    match verdict:
        case Accepted():
            return "accepted"
        case Known():
            return "known"
        case Refused(code=code):
            return code
        case _:
            return "superseded"


async def counted(scene: Scene) -> dict[int, str]:
    """Which answer counts, by question."""
    return {row.question: row.aid for row in await scene.store.answers_after(scene.id, 0)}


async def test_across_groups_the_second_question_is_refused_for_good(flex: Scene) -> None:
    who, aid = await entered(flex), new_id()
    told = [
        outcome((await flex.answer(who, Offer(aid, question, 0, body))).verdict)
        for question, body in ((OPEN, text(0)), (SINGLE, YES), (OPEN, text(0)), (SINGLE, YES))
    ]
    assert told == ["accepted", "invalid", "known", "invalid"]
    assert await counted(flex) == {OPEN: aid}


async def test_in_one_group_too_and_nobody_else_in_it_is_harmed(flex: Scene) -> None:
    who, aid = await entered(flex), new_id()
    other = await flex.enter(flex.pids[1])
    others = Offer(new_id(), OPEN, 0, text(1))
    settled = await asyncio.gather(
        flex.answer(who, Offer(aid, OPEN, 0, text(0))),
        flex.answer(other, others),
        flex.answer(who, Offer(aid, SINGLE, 0, YES)),
        flex.answer(other, others),
    )
    assert [outcome(one.verdict) for one in settled] == ["accepted", "accepted", "invalid", "known"]
    assert len(await flex.store.answers_after(flex.id, 0)) == 2


async def test_an_id_from_an_earlier_group_beside_good_answers(flex: Scene) -> None:
    who, aid = await entered(flex), new_id()
    other = await flex.enter(flex.pids[1])
    await flex.answer(who, Offer(aid, OPEN, 0, text(0)))
    settled = await asyncio.gather(
        flex.answer(other, Offer(new_id(), OPEN, 0, text(1))),
        flex.answer(who, Offer(aid, SINGLE, 0, YES)),
        flex.answer(who, Offer(new_id(), OPEN, 1, text(2))),
    )
    assert [outcome(one.verdict) for one in settled] == ["accepted", "invalid", "accepted"]
    assert [one.aseq for one in settled] == [2, 0, 2]


async def test_a_replacement_is_held_to_it_as_well(flex: Scene) -> None:
    who, first, second = await entered(flex), new_id(), new_id()
    await flex.answer(who, Offer(first, OPEN, 0, text(0)))
    await flex.answer(who, Offer(second, SINGLE, 0, YES))
    settled = await flex.answer(who, Offer(first, SINGLE, 1, Body(option=2)))
    assert outcome(settled.verdict) == "invalid"
    assert await counted(flex) == {OPEN: first, SINGLE: second}


async def test_the_same_id_of_another_participant_is_another_answer(flex: Scene) -> None:
    who, other, aid = await entered(flex), await flex.enter(flex.pids[1]), new_id()
    assert outcome((await flex.answer(who, Offer(aid, OPEN, 0, text(0)))).verdict) == "accepted"
    assert outcome((await flex.answer(other, Offer(aid, SINGLE, 0, YES))).verdict) == "accepted"
