"""Rooms: events told in order and without gaps, tabs, and catching up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import UNSET

from tests.domain.examples import SINGLE, T0, WELCOME, beginning
from tests.services.places import aid, answered, arrived, command, made
from tests.services.recorder import Clock, Recorder
from turnout import wire
from turnout.domain.answers import Body
from turnout.domain.events import (
    Closed,
    Event,
    Opened,
    Published,
    Recorded,
    Started,
    Withdrawn,
    apply,
    fold,
    record,
)
from turnout.domain.progress import progress_of
from turnout.ports import Counted, Located, Staff, Store
from turnout.services import views
from turnout.services.rooms import MAX_DELTAS, Member, Person, Room, Rooms

EPOCH = "epoch"


def history(*events: Event) -> list[Recorded]:
    """A stream that begins with the guide."""
    stream = list(beginning())
    conversation = fold(stream)
    for event in events:
        recorded = record(conversation, event, T0)
        stream.append(recorded)
        conversation = apply(conversation, recorded)
    return stream


def room_of(stream: list[Recorded]) -> Room:
    return Room(Located(1, "talk", fold(stream), 0), stream, EPOCH)


def person(number: int = 1) -> Person:
    return Person(number, number, f"p{number}", {}, ())


def member(of: Person, *, device: int = 1, tab: int = 1) -> tuple[Member, Recorder]:
    connection = Recorder()
    return Member(of, connection, device, tab, 0, T0, T0), connection


OPENED: list[Event] = [Opened(SINGLE), Closed(SINGLE)]


def test_events_are_told_to_everybody_once_and_in_order() -> None:
    stream = history(Published(), Started(), *OPENED)
    room = room_of(stream[:4])
    screen, waiting = Recorder(), Recorder()
    somebody, connection = member(person())
    room.enter(somebody)
    room.screens[screen] = Staff(1, "Amara", "", "moderator")
    room.waiting.add(waiting)
    assert room.advance(stream[4:], T0)
    assert room.advance(stream[4:], T0)  # known already
    assert [m["event"]["kind"] for m in connection.messages] == ["opened", "closed"]
    assert [(m["rev"], m["prev"]) for m in connection.messages] == [(5, 4), (6, 5)]
    assert [m["kind"] for m in screen.messages] == ["opened", "closed"]
    assert waiting.messages == []


def test_an_event_behind_a_gap_waits_for_what_is_missing() -> None:
    stream = history(Published(), Started(), *OPENED)
    room = room_of(stream[:3])
    assert not room.advance(stream[4:], T0)
    assert room.conversation.rev == 3
    assert room.advance(stream[3:], T0)
    assert room.conversation.rev == 6


def test_who_waits_is_told_of_every_phase() -> None:
    stream = history(Published(), Started())
    room = room_of(stream[:2])
    waiting = Recorder()
    room.waiting.add(waiting)
    room.advance(stream[2:], T0)
    assert [m["phase"] for m in waiting.messages] == ["published", "live"]


def test_state_and_events_come_to_the_later_state() -> None:
    stream = history(Published(), Started(), Opened(WELCOME), *OPENED, Opened(SINGLE))
    room = room_of(stream)
    for recorded in stream[2:]:
        resume = wire.Resume(EPOCH, recorded.rev)
        deltas = room.welcome(person(), resume, T0).deltas
        assert deltas is not UNSET
        assert [delta.rev for delta in deltas] == [r.rev for r in stream if r.rev > recorded.rev]


def test_a_gap_of_200_events_is_told_and_a_longer_one_is_not() -> None:
    stream = history(Published(), Started(), *(OPENED * (MAX_DELTAS // 2 + 1)))
    room = room_of(stream)
    rev = room.conversation.rev
    told = room.welcome(person(), wire.Resume(EPOCH, rev - MAX_DELTAS), T0)
    assert told.deltas is not UNSET
    assert len(told.deltas) == MAX_DELTAS
    assert told.state is UNSET
    whole = room.welcome(person(), wire.Resume(EPOCH, rev - MAX_DELTAS - 1), T0)
    assert whole.deltas is UNSET
    assert whole.state == room.state()


@pytest.mark.parametrize("answers", [(), (SINGLE,), (SINGLE, 999)])
def test_an_acknowledgement_says_the_progress_that_everything_else_says(
    answers: tuple[int, ...],
) -> None:
    stream = history(Published(), Started())
    for event in (None, Opened(SINGLE), Closed(SINGLE), Withdrawn(SINGLE), Opened(SINGLE)):
        if event is not None:
            stream.append(record(fold(stream), event, T0))
        room = room_of(stream)
        one = person()
        one.answers = {n: Counted(n, aid(), 1, Body(option=1), 1) for n in answers}
        whole = progress_of(room.conversation, one.answers.keys(), ())
        assert room.progress(one) == views.progress(whole)


def test_progress_follows_the_events() -> None:
    stream = history(Published(), Started())
    room = room_of(stream)
    one = person()
    one.answers = {SINGLE: Counted(SINGLE, aid(), 1, Body(option=1), 1)}
    assert room.progress(one) == wire.Progress(0, 0, None)
    for event, said in (
        (Opened(SINGLE), wire.Progress(1, 1, 100)),
        (Withdrawn(SINGLE), wire.Progress(0, 0, None)),
    ):
        room.advance([record(room.conversation, event, T0)], T0)
        assert room.progress(one) == said


def test_the_state_is_made_once_for_each_rev() -> None:
    stream = history(Published(), Started(), *OPENED)
    room = room_of(stream[:5])
    first = room.state()
    assert room.state() is first
    room.advance(stream[5:], T0)
    assert room.state() is not first


@pytest.mark.parametrize(
    ("older", "newer", "code_of_older", "code_of_newer"),
    [(1, 2, 4408, None), (2, 2, 4009, None), (3, 2, None, 4408)],
)
def test_of_two_tabs_of_a_device_one_talks(
    older: int, newer: int, code_of_older: int | None, code_of_newer: int | None
) -> None:
    room = room_of(history(Published(), Started()))
    somebody = person()
    one, first = member(somebody, tab=older)
    other, second = member(somebody, tab=newer)
    assert room.enter(one)
    assert room.enter(other) is (code_of_newer is None)
    assert (first.code, second.code) == (code_of_older, code_of_newer)
    assert first.kinds() == (["bye"] if code_of_older == 4408 else [])
    assert len(list(room.members())) == room.present == 1


def test_each_device_has_a_talking_tab_of_its_own() -> None:
    room = room_of(history(Published(), Started()))
    somebody = person()
    for device in (1, 2):
        assert room.enter(member(somebody, device=device)[0])
    assert len(list(room.members())) == 2
    assert room.present == 1


def test_who_leaves_was_present_until_their_last_sign_of_life() -> None:
    stream = history(Published(), Started(), Opened(SINGLE))
    room = room_of(stream)
    somebody, _ = member(person())
    room.enter(somebody)
    somebody.last_seen = T0 + 5
    room.leave(somebody)
    room.leave(somebody)
    assert room.present == 0
    assert len(somebody.person.attended) == 1
    assert room.welcome(somebody.person, None, T0).progress.present == 1


@given(st.lists(st.none() | st.integers(0, 5), max_size=12))
def test_who_came_and_did_not_leave_is_told_in_whatever_order_sockets_end(
    steps: list[int | None],
) -> None:
    """None: a new tab of somebody's says hello; a number: that socket ends, be it for the second
    time, as one that was sent away does later."""
    room = room_of(history(Published(), Started()))
    came: list[Member] = []
    here: list[Member] = []
    for step in steps:
        if step is None:
            somebody = room.people.get(1) or person()
            came.append(member(somebody, tab=len(came))[0])
            assert room.enter(came[-1])
            here = came[-1:]
        elif step < len(came):
            room.leave(came[step])
            here = [one for one in here if one is not came[step]]
        assert list(room.members()) == here
        assert room.present == len(here)


def test_every_open_socket_is_a_connection() -> None:
    room = room_of(history(Published(), Started()))
    somebody, connection = member(person())
    room.enter(somebody)
    waiting, screen = Recorder(), Recorder()
    room.waiting.add(waiting)
    room.screens[screen] = Staff(1, "Amara", "", "observer")
    assert list(room.connections()) == [connection, waiting, screen]


# --- rooms of a store ---


async def test_a_room_is_opened_once(store: Store, clock: Clock) -> None:
    located = await made(store)
    rooms = Rooms(store, store.epoch, clock)
    assert list(rooms) == []
    room = await rooms.find(located.slug)
    assert room is not None
    assert await rooms.find(located.slug) is room
    assert list(rooms) == [room]
    assert await rooms.find("nothing-here") is None


async def test_what_another_node_decided_is_caught_up_with(store: Store, clock: Clock) -> None:
    located = await made(store)
    here, there = (Rooms(store, store.epoch, clock) for _ in range(2))
    room, other = await here.find(located.slug), await there.find(located.slug)
    assert room is not None
    assert other is not None
    waiting = Recorder()
    room.waiting.add(waiting)
    await command(store, there, other, "publish", "start", "next")
    assert room.conversation.phase == "draft"
    await here.heal()
    assert room.conversation == other.conversation
    assert [message["phase"] for message in waiting.messages] == ["published", "live"]
    await here.heal()
    assert len(waiting.messages) == 2


async def test_a_node_that_missed_something_catches_up_when_it_decides(
    store: Store, clock: Clock
) -> None:
    located = await made(store)
    here, there = (Rooms(store, store.epoch, clock) for _ in range(2))
    room, other = await here.find(located.slug), await there.find(located.slug)
    assert room is not None
    assert other is not None
    await command(store, there, other, "publish", "start")
    await command(store, here, room, "next")
    assert room.conversation.rev == other.conversation.rev + 1
    await command(store, there, other, "next")
    assert room.conversation.rev + 1 == other.conversation.rev


async def test_a_second_tab_of_somebody_here_shares_what_is_known_of_them(
    store: Store, clock: Clock
) -> None:
    located = await made(store)
    rooms = Rooms(store, store.epoch, clock)
    room = await rooms.find(located.slug)
    assert room is not None
    await command(store, rooms, room, "publish", "start", "next", "next")
    pid = (await store.links(located.id))[0].pid
    visit, first = await arrived(store, rooms, room, pid, tab=1)
    await answered(visit, wire.encode(wire.Answer(aid(), SINGLE, 0, wire.Body(option=1))))
    _, second = await arrived(store, rooms, room, pid, tab=2)
    assert first.kinds() == ["challenge", "lobby", "welcome", "accepted", "bye"]
    assert second.messages[-1]["mine"][0]["body"] == {"option": 1}
    await visit.end()
    assert room.present == 1
