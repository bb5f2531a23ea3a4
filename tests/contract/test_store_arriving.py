"""A hello in a store, and the attendance that follows it."""

from __future__ import annotations

import pytest

from tests.contract.scenes import (
    MINUTE,
    OPEN,
    SECOND,
    Device,
    Scene,
    Time,
    done,
    offer,
    scene,
    text,
)
from turnout.domain.answers import Accepted, Body
from turnout.domain.commands import End
from turnout.domain.conversation import UNDO_END
from turnout.domain.links import make_pid
from turnout.domain.progress import Span
from turnout.domain.refusals import Refused
from turnout.ports import Arriving, Counted, Participant, Store


async def test_the_first_hello_gives_the_number(live: Scene) -> None:
    devices = [Device() for _ in range(3)]
    for place in (2, 0, 1):
        await live.join(live.pids[place], devices[place])
    asked = await live.hello(live.pids[1], devices[1], attend=False)
    assert isinstance(asked, Participant)
    assert (asked.number, asked.attendance) == (0, 0)

    for number, place in enumerate((1, 2, 0), start=1):
        live.time.pass_by(SECOND)
        said = await live.hello(live.pids[place], devices[place])
        assert isinstance(said, Participant)
        assert (said.number, said.pid) == (number, live.pids[place])

    snapshot = await live.store.snapshot(live.id)
    assert [row.pid for row in snapshot.participants] == [live.pids[n] for n in (1, 2, 0)]
    joined_at = {row.pid: row.first_joined_at for row in snapshot.participants}
    assert {link.pid: link.joined_at for link in snapshot.links} == {
        pid: joined_at.get(pid) for pid in live.pids
    }


async def test_asking_who_it_is_makes_nothing_final(live: Scene) -> None:
    device, pid = Device(), live.pids[0]
    await live.join(pid, device)
    await live.hello(pid, device, attend=False)

    snapshot = await live.store.snapshot(live.id)
    assert snapshot.participants == ()
    assert {link.joined_at for link in snapshot.links} == {None}


async def test_nobody_says_hello_before_a_join(live: Scene) -> None:
    for pid in (live.pids[0], make_pid(b"ten bytes.")):
        refused = await live.hello(pid, Device())
        assert isinstance(refused, Refused)
        assert refused.code == "unlisted"
    with pytest.raises(LookupError):
        await live.store.arrive(Arriving(4711, live.pids[0], "key", None), attend=True)


async def test_a_hello_brings_everything_that_counts(live: Scene) -> None:
    device, pid = Device(), live.pids[0]
    who = await live.enter(pid, device)
    await live.send(OPEN)
    given = offer(OPEN, 0, text(2))
    await live.answer(who, given)
    live.time.pass_by(MINUTE)
    await live.store.attend([(who.attendance, live.time.now)])

    again = await live.hello(pid, device)

    assert isinstance(again, Participant)
    assert again.answers == (Counted(OPEN, given.aid, 1, text(2)),)
    began = live.time.now - MINUTE
    assert again.attended == (Span(began, live.time.now),)
    assert again.attendance not in (0, who.attendance)
    assert (again.device, again.assurance) == (who.device, "key")


async def test_attendance_never_moves_back(live: Scene) -> None:
    who = await live.enter(live.pids[0])
    began = live.time.now
    for until in (began + MINUTE, began + SECOND, began + MINUTE - 1):
        await live.store.attend([(who.attendance, until), (0, until)])
    await live.store.attend([])

    row = (await live.store.snapshot(live.id)).participants[0]
    assert row.attended == (Span(began, began + MINUTE),)


async def test_who_had_joined_may_come_back_until_an_end_cannot_be_undone(live: Scene) -> None:
    device, pid = Device(), live.pids[0]
    await live.enter(pid, device)
    never, other = Device(), live.pids[1]
    await live.join(other, never)
    done(await live.command(End()))

    refused = await live.hello(other, never)
    assert isinstance(refused, Refused)
    assert refused.code == "over"
    live.time.pass_by(UNDO_END)
    assert isinstance(await live.hello(pid, device), Participant)
    live.time.pass_by(1)
    late = await live.hello(pid, device)
    assert isinstance(late, Refused)
    assert late.code == "over"


async def test_no_attendance_is_written_after_the_end_and_its_grace(live: Scene) -> None:
    device, pid = Device(), live.pids[0]
    await live.enter(pid, device)
    done(await live.command(End()))
    live.time.pass_by(live.located.conversation.settings.grace * SECOND)
    within = await live.hello(pid, device)
    live.time.pass_by(1)
    after = await live.hello(pid, device)

    assert isinstance(within, Participant)
    assert isinstance(after, Participant)
    assert within.attendance > 0
    assert after.attendance == 0
    assert len(after.attended) == 2


async def test_what_was_answered_on_one_device_shows_on_the_other(store: Store, time: Time) -> None:
    room = await scene(store, time, several_devices=True)
    await room.go_live()
    await room.send(OPEN)
    phone, laptop = Device(), Device()
    who = await room.enter(room.pids[0], phone)
    settled = await room.answer(who, offer(OPEN, 0, Body(text="sim")))
    assert isinstance(settled.verdict, Accepted)

    other = await room.enter(room.pids[0], laptop)

    assert other.id == who.id
    assert [one.body.text for one in other.answers] == ["sim"]
