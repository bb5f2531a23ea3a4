"""Several runs of a conversation in a store: an undone End, flex, and what stays locked."""

from __future__ import annotations

import asyncio

import pytest

from tests.contract.scenes import (
    MINUTE,
    OPEN,
    SCALE,
    SECOND,
    Device,
    Scene,
    code,
    done,
    offer,
    text,
)
from turnout.domain.answers import Accepted, Body, Known
from turnout.domain.commands import Close, End, ReopenFlex, UndoEnd
from turnout.domain.progress import Span
from turnout.ports import Counted, Participant, Settled

GRACE = 60 * SECOND
"""Of the scene's settings."""


@pytest.fixture
async def asked(live: Scene) -> Scene:
    await live.send(OPEN)
    return live


async def reopen(room: Scene) -> None:
    """Past the grace of the end, as flex."""
    room.time.pass_by(GRACE + 1)
    done(await room.command(ReopenFlex(7)))


def verdict(settled: Settled) -> str:
    name = type(settled.verdict).__name__
    return code(settled.verdict) if name == "Refused" else name


async def test_the_acknowledgement_of_a_late_answer_says_late_again(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    done(await asked.command(Close()))
    asked.time.pass_by(SECOND)
    given = offer()
    first = await asked.answer(who, given)
    asked.time.pass_by(10 * MINUTE)
    again = await asked.answer(who, given)

    assert isinstance(first.verdict, Accepted)
    assert first.verdict.stored.late
    assert again.verdict == Known(first.verdict.stored)


async def test_what_was_answered_in_an_earlier_run_is_locked(asked: Scene) -> None:
    device, pid = Device(), asked.pids[0]
    who, other = await asked.enter(pid, device), await asked.enter(asked.pids[1])
    given = offer()
    await asked.answer(who, given)
    done(await asked.command(End()))
    await reopen(asked)

    changed = await asked.answer(who, offer(OPEN, 1, text(2)))
    again = await asked.answer(who, given)
    new = await asked.answer(other, offer(OPEN, 0, text(3)))
    never_sent = await asked.answer(who, offer(SCALE, 0, Body(number=3)))

    assert [verdict(one) for one in (changed, again, new, never_sent)] == [
        "closed",
        "Known",
        "Accepted",
        "Accepted",
    ]
    rows = await asked.store.answers_after(asked.id, 0)
    assert [(row.participant, row.question, row.run) for row in rows] == [
        (1, OPEN, 1),
        (2, OPEN, 2),
        (1, SCALE, 2),
    ]
    back = await asked.hello(pid, device)
    assert isinstance(back, Participant)
    assert [(one.question, one.run) for one in back.answers] == [(OPEN, 1), (SCALE, 2)]
    assert back.answers[0] == Counted(OPEN, given.aid, 1, text(0), 1)


async def test_within_a_run_an_answer_may_be_replaced(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    first = asked.time.now
    await asked.answer(who, offer())
    asked.time.pass_by(SECOND)
    await asked.answer(who, offer(OPEN, 1, text(1)))

    row = (await asked.store.snapshot(asked.id)).answers[0]
    assert (row.first_at, row.answered_at, row.revision, row.run) == (first, first + SECOND, 2, 1)


async def test_an_undone_end_is_the_same_run(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    await asked.answer(who, offer())
    done(await asked.command(End()))
    asked.time.pass_by(5 * MINUTE)
    assert verdict(await asked.answer(who, offer(OPEN, 1))) == "closed"
    done(await asked.command(UndoEnd()))

    assert verdict(await asked.answer(who, offer(OPEN, 1))) == "Accepted"
    assert [row.run for row in (await asked.store.snapshot(asked.id)).answers] == [1]


async def test_the_same_links_open_again(asked: Scene) -> None:
    device, pid = Device(), asked.pids[0]
    who = await asked.enter(pid, device)
    done(await asked.command(End()))
    await reopen(asked)

    back = await asked.enter(pid, device)
    new = await asked.enter(asked.pids[1])

    assert (back.id, back.number) == (who.id, 1)
    assert new.number == 2
    asked.time.pass_by(7 * 24 * 60 * MINUTE)
    assert code(await asked.join(pid, device)) == "over"


async def test_attendance_stops_at_the_end_and_its_grace(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    began = asked.time.now
    asked.time.pass_by(MINUTE)
    done(await asked.command(End()))
    asked.time.pass_by(5 * MINUTE)
    await asked.store.attend([(who.attendance, asked.time.now)])

    row = (await asked.store.snapshot(asked.id)).participants[0]
    assert row.attended == (Span(began, began + MINUTE + GRACE),)


async def test_attendance_goes_on_if_the_end_is_undone(asked: Scene) -> None:
    who = await asked.enter(asked.pids[0])
    began = asked.time.now
    done(await asked.command(End()))
    asked.time.pass_by(5 * MINUTE)
    await asked.store.attend([(who.attendance, asked.time.now)])
    done(await asked.command(UndoEnd()))
    await asked.store.attend([(who.attendance, asked.time.now)])

    row = (await asked.store.snapshot(asked.id)).participants[0]
    assert row.attended == (Span(began, asked.time.now),)


async def test_a_connection_that_outlives_its_run_attends_the_next_one_too(asked: Scene) -> None:
    """Nobody's socket is closed at an End: they are there when it opens again."""
    people = [await asked.enter(pid) for pid in asked.pids[:3]]
    began = asked.time.now
    done(await asked.command(End()))
    ended = asked.time.now
    await reopen(asked)
    reopened = asked.time.now
    asked.time.pass_by(MINUTE)
    rows = [(one.attendance, asked.time.now) for one in people[:2]]
    # The third was gone before it opened again.
    rows.append((people[2].attendance, reopened - 1))
    for _ in range(2):
        await asked.store.attend(rows)
    asked.time.pass_by(MINUTE)
    await asked.store.attend([(people[0].attendance, asked.time.now)])
    await asked.store.attend(rows)

    spans = [row.attended for row in (await asked.store.snapshot(asked.id)).participants]
    first = Span(began, ended + GRACE)
    assert spans == [
        (first, Span(reopened, reopened + 2 * MINUTE)),
        (first, Span(reopened, reopened + MINUTE)),
        (first,),
    ]


async def test_attendance_of_thousands_of_connections(asked: Scene) -> None:
    """More rows than one statement takes, of several conversations, some of them nobody's."""
    who = await asked.enter(asked.pids[0])
    asked.time.pass_by(SECOND)
    rows = [(row, asked.time.now) for row in range(40_000, 0, -1)]

    await asyncio.gather(asked.store.attend(rows), asked.store.attend([]))

    row = (await asked.store.snapshot(asked.id)).participants[0]
    assert [span.until for span in row.attended] == [asked.time.now]
    assert who.attendance in range(1, 40_001)
