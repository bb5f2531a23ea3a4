"""What comes due by itself is written by whoever comes first, before anything is decided."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from tests.contract.scenes import (
    GUIDE,
    MINUTE,
    OPEN,
    SCALE,
    SECOND,
    Device,
    Scene,
    Time,
    code,
    done,
    kinds,
    offer,
    scene,
)
from turnout.domain.answers import Accepted
from turnout.domain.commands import Close, Expect, Next, Publish, Send, Start
from turnout.domain.due import next_due
from turnout.domain.events import Closed, Ended, Started, fold
from turnout.domain.refusals import Refused
from turnout.ports import Decided, Participant, Store

TIMED = tuple(
    replace(item, duration=30, auto_close=True) if item.id == OPEN else item for item in GUIDE
)


@pytest.fixture
async def timed(store: Store, time: Time) -> Scene:
    """Live; its open question closes after 30 s, and all ends after two hours."""
    timed = await scene(store, time, guide=TIMED)
    await timed.go_live()
    await timed.send(OPEN)
    return timed


@pytest.fixture
async def planned(store: Store, time: Time) -> Scene:
    """Published, to start by itself in ten minutes."""
    starts_at = time.now + 10 * MINUTE
    planned = await scene(store, time, auto_start=True, starts_at=starts_at)
    done(await planned.command(Publish()))
    return planned


async def test_catching_up_writes_what_is_due_dated_when_it_was(timed: Scene) -> None:
    opened = timed.time.now
    assert await timed.store.catch_up(timed.id) == Decided(await timed.state(), ())
    timed.time.pass_by(3 * 60 * MINUTE)

    decided = await timed.store.catch_up(timed.id)

    assert [(one.event, one.by, one.at) for one in decided.events] == [
        (Closed(OPEN), "", opened + 30 * SECOND),
        (Ended(by_hand=False), "", opened + 120 * MINUTE),
    ]
    assert decided.conversation.phase == "ended"
    assert await timed.state() == decided.conversation
    assert fold(await timed.store.events_after(timed.id, 0)) == decided.conversation
    assert (await timed.store.catch_up(timed.id)).events == ()


async def test_a_room_knows_when_to_look(timed: Scene) -> None:
    for kind in ("closed", "ended"):
        at = next_due(await timed.state())
        assert at is not None
        timed.time.now = at - 1
        assert (await timed.store.catch_up(timed.id)).events == ()
        timed.time.now = at
        assert kinds(await timed.store.catch_up(timed.id)) == [kind]
    assert next_due(await timed.state()) is None


async def test_of_many_who_look_at_once_one_writes(planned: Scene) -> None:
    planned.time.pass_by(20 * MINUTE)
    device, pid = Device(), planned.pids[0]

    looks = [planned.store.catch_up(planned.id) for _ in range(10)]
    commands = [planned.command(Next()) for _ in range(5)]
    found, moderated, joined = await asyncio.gather(
        asyncio.gather(*looks), asyncio.gather(*commands), planned.join(pid, device)
    )

    events = await planned.store.events_after(planned.id, 0)
    started = [one for one in events if isinstance(one.event, Started)]
    assert [(one.at, one.by) for one in started] == [(planned.time.now - 10 * MINUTE, "")]
    assert [one.rev for one in events] == list(range(1, len(events) + 1))
    told = [one for look in found for one in look.events]
    told += [one for outcome in moderated for one in done(outcome).events]
    assert [one for one in told if one in started] == started
    assert joined == "key"


async def test_a_command_is_decided_on_what_has_come_due(timed: Scene) -> None:
    sent = (await timed.state()).sent_rev
    timed.time.pass_by(MINUTE)

    decided = done(await timed.command(Send(SCALE, Expect("live", sent))))

    assert kinds(decided) == ["closed", "opened"]
    assert [one.by for one in decided.events] == ["", "Mona"]


async def test_what_was_due_stays_if_the_command_is_refused(timed: Scene) -> None:
    timed.time.pass_by(3 * 60 * MINUTE)

    assert code(await timed.command(Next(), cid="late")) == "phase"

    state = await timed.state()
    assert (state.phase, state.entries[1].closed_at is not None) == ("ended", True)
    assert (await timed.store.catch_up(timed.id)).events == ()


async def test_what_was_due_stays_if_the_command_was_decided_before(timed: Scene) -> None:
    done(await timed.command(Close(), cid="once"))
    timed.time.pass_by(3 * 60 * MINUTE)

    again = done(await timed.command(Close(), cid="once"))

    assert kinds(again) == ["ended"]
    assert again.conversation == await timed.state()


async def test_an_answer_is_judged_on_what_has_come_due(timed: Scene) -> None:
    first, second = [await timed.enter(pid) for pid in timed.pids[:2]]
    closes = timed.time.now + 30 * SECOND
    timed.time.now = closes + timed.located.conversation.settings.grace * SECOND
    within = await timed.answer(first, offer())
    timed.time.pass_by(1)
    after = await timed.answer(second, offer())

    assert isinstance(within.verdict, Accepted)
    assert within.verdict.stored.late
    assert code(after.verdict) == "closed"
    last = (await timed.store.events_after(timed.id, 0))[-1]
    assert (last.event, last.at) == (Closed(OPEN), closes)
    row = (await timed.store.snapshot(timed.id)).answers[0]
    assert row.shown_rev == last.rev


async def test_what_was_due_stays_if_the_answer_is_refused(timed: Scene) -> None:
    who = await timed.enter(timed.pids[0])
    timed.time.pass_by(2 * MINUTE)

    assert code((await timed.answer(who, offer())).verdict) == "closed"

    assert (await timed.store.catch_up(timed.id)).events == ()
    assert (await timed.store.heads([timed.id]))[timed.id].aseq == 0


async def test_the_door_opens_by_itself_and_closes_by_itself(planned: Scene) -> None:
    device, pid = Device(), planned.pids[0]
    assert code(await planned.join(pid, device)) == "not_open"
    planned.time.pass_by(10 * MINUTE)
    assert await planned.join(pid, device) == "key"
    assert isinstance(await planned.hello(pid, device), Participant)
    planned.time.pass_by(120 * MINUTE)

    assert code(await planned.join(planned.pids[1], Device())) == "over"
    assert (await planned.state()).phase == "ended"
    grace = planned.located.conversation.settings.grace * SECOND
    planned.time.pass_by(grace)
    assert isinstance(await planned.hello(pid, device), Participant)
    planned.time.pass_by(1)
    # After an automatic end nothing can be undone, so nobody may wait for it.
    assert code(await planned.hello(pid, device)) == "over"


async def test_a_hello_alone_ends_what_is_over(timed: Scene) -> None:
    device, pid = Device(), timed.pids[0]
    await timed.enter(pid, device)
    timed.time.pass_by(120 * MINUTE + 61 * SECOND)

    refused = await timed.hello(pid, device)

    assert isinstance(refused, Refused)
    assert (await timed.state()).phase == "ended"


async def test_attendance_alone_ends_what_is_over(timed: Scene) -> None:
    who, began = await timed.enter(timed.pids[0]), timed.time.now
    timed.time.pass_by(180 * MINUTE)
    await timed.store.attend([(who.attendance, timed.time.now)])

    assert (await timed.state()).phase == "ended"
    span = (await timed.store.snapshot(timed.id)).participants[0].attended[0]
    assert span.until == began + 121 * MINUTE


async def test_looking_shows_what_is_due_and_writes_nothing(timed: Scene) -> None:
    before = await timed.store.events_after(timed.id, 0)
    timed.time.pass_by(180 * MINUTE)

    snapshot = await timed.store.snapshot(timed.id)
    listed = await timed.store.list()

    assert snapshot.conversation.phase == listed[0].conversation.phase == "ended"
    assert snapshot.conversation == fold(snapshot.history)
    assert await timed.store.events_after(timed.id, 0) == before
    assert (await timed.state()).phase == "live"
    caught_up = await timed.store.catch_up(timed.id)
    assert caught_up.conversation == snapshot.conversation
    assert snapshot.history == await timed.store.events_after(timed.id, 0)


async def test_a_clock_that_steps_back_undoes_nothing(timed: Scene) -> None:
    who = await timed.enter(timed.pids[0])
    timed.time.pass_by(MINUTE)
    done(await timed.command(Send(SCALE)))
    last = timed.time.now
    timed.time.pass_by(-30 * SECOND)

    decided = done(await timed.command(Close()))
    settled = await timed.answer(who, offer())

    assert [one.at for one in decided.events] == [last]
    assert isinstance(settled.verdict, Accepted)
    assert [row.answered_at for row in await timed.store.answers_after(timed.id, 0)] == [last]
    assert (await timed.store.snapshot(timed.id)).at == last


async def test_starting_by_hand_comes_first(planned: Scene) -> None:
    done(await planned.command(Start()))
    planned.time.pass_by(10 * MINUTE)
    assert (await planned.store.catch_up(planned.id)).events == ()


async def test_there_is_nothing_to_catch_up_with_in_what_does_not_exist(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.catch_up(4711)
