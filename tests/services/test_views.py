"""From the domain's types to the messages: nothing is lost, nothing is invented."""

from dataclasses import replace
from typing import Any

import pytest
from msgspec import UNSET

from tests.domain.examples import (
    GUIDE,
    MULTIPLE,
    NUMBER,
    OPEN,
    SCALE,
    SINGLE,
    T0,
    WELCOME,
    after,
    draft,
    live,
    settings,
)
from turnout import wire
from turnout.domain.answers import Body
from turnout.domain.commands import Close, End, Next, Publish, Send, Skip, Start
from turnout.domain.events import Recorded, Skipped
from turnout.domain.guide import Item, Message, OpenText
from turnout.domain.progress import progress_of
from turnout.ports import Counted, Located
from turnout.services import views

BODIES = [
    Body(option=2),
    Body(other="mine"),
    Body(options=(1, 3)),
    Body(options=(), other="mine"),
    Body(text="\u0434\u0430"),
    Body(number=0.5),
    Body(number=0),
]


@pytest.mark.parametrize("body", BODIES)
def test_a_body_goes_out_and_comes_back_as_it_was(body: Body) -> None:
    frame = wire.encode(
        wire.Answer("00000000-0000-4000-8000-000000000001", 1, 0, views.body_to_wire(body))
    )
    message = wire.decode_participant(frame)
    assert isinstance(message, wire.Answer)
    assert views.body_from_wire(message.body) == body


def test_every_type_of_item_is_shown_with_what_belongs_to_it() -> None:
    numbers = views.numbers_of(draft())
    shown = {item.id: views.item_to_wire(item, numbers[item.id]) for item in GUIDE}
    assert shown[WELCOME] == wire.Item(WELCOME, "message", 0, "Welcome.")
    assert shown[SINGLE] == wire.Item(
        SINGLE,
        "single_choice",
        1,
        "Do you agree?",
        options=[wire.Choice("Yes"), wire.Choice("No")],
        other=True,
    )
    assert shown[MULTIPLE].options[2] == wire.Choice("None of the above", exclusive=True)
    assert shown[OPEN] == wire.Item(OPEN, "open_text", 3, "Why?")
    number = shown[NUMBER]
    assert (number.min, number.max, number.step) == (0, 1, 0.1)
    scale = shown[SCALE]
    assert (scale.number, scale.min, scale.max, scale.step) == (5, 1, 5, 1)
    assert (scale.min_label, scale.max_label) == ("never", "always")


def test_a_duration_is_shown_where_there_is_one() -> None:
    item = replace(GUIDE[1], duration=90)
    assert views.item_to_wire(item, 1).duration == 90


def test_participants_see_what_was_sent_in_the_order_in_which_it_was_last_sent() -> None:
    conversation = after(
        draft(),
        [Publish(), Start(), Next(), Next(), Send(SCALE), Send(SINGLE), Skip(OPEN)],
        step=1_000,
    )
    state = views.state(conversation)
    assert [seen.item.id for seen in state.items] == [WELCOME, SCALE, SINGLE]
    assert [seen.status for seen in state.items] == ["closed", "closed", "open"]
    assert state.phase == "live"


def test_a_participants_progress_goes_out_whole_only_on_request() -> None:
    numbers = progress_of(after(live(), [Next(), Next()]), {SINGLE}, ())
    assert views.progress(numbers) == wire.Progress(1, 1, 100)
    assert views.progress(numbers, whole=True) == wire.Progress(
        1, 1, 100, present=1, percent_while_present=100
    )


def test_counted_answers_are_mine() -> None:
    one = Counted(SINGLE, "an-aid", 3, Body(option=1))
    assert views.mine([one], 1) == [wire.Mine(SINGLE, "an-aid", 3, wire.Body(option=1))]


def test_participants_get_no_event_that_is_staffs_alone() -> None:
    assert views.seen_event(Skipped(OPEN), live(), live()) is None


def test_what_is_left_of_a_plan_is_that_of_what_was_sent_last() -> None:
    timed = tuple(replace(item, duration=60) for item in GUIDE)
    conversation = after(draft(timed), [Publish(), Start()])
    assert views.plan_left(conversation, T0) is None
    opened = after(conversation, [Next()])
    since = opened.entries[0].windows[-1].since
    assert views.plan_left(opened, since + 15_500) == 44.5
    assert views.plan_left(opened, since + 75_000) == -15
    closed = after(opened, [Next(), Close()])
    assert views.plan_left(closed, since) is None
    assert views.plan_left(after(live(), [Next()]), since) is None


def test_a_start_that_was_announced_comes_nearer_and_does_not_pass() -> None:
    announced = draft(chosen=replace(settings(), starts_at=T0 + 90_000))
    assert views.starts_in(announced, T0) == 90
    assert views.starts_in(announced, T0 + 100_000) == 0
    assert views.starts_in(draft(), T0) is None


def test_staff_see_the_whole_guide_and_when_what_was_sent() -> None:
    conversation = after(draft(), [Publish(), Start(), Next(), Next(), Close(), Skip(OPEN), End()])
    state = views.staff_state(Located(1, "talk", conversation, 0))
    assert [item.status for item in state.items] == [
        "closed",
        "closed",
        "queued",
        "skipped",
        "queued",
        "queued",
    ]
    assert state.items[1].sent_at is not UNSET
    assert state.items[1].closed_at is not UNSET
    assert state.items[2].sent_at is UNSET
    assert (state.started_at, state.ended_at) == (
        conversation.runs[0].since,
        conversation.runs[0].until,
    )


@pytest.mark.parametrize(
    "change",
    [
        {"text": "Why not?"},
        {"content": Message()},
        {"section": "One"},
        {"tag": "t"},
        {"notes": "n"},
        {"duration": 20},
        {"auto_close": True},
        {"onboarding": True},
    ],
)
def test_an_item_has_another_version_as_soon_as_it_says_something_else(
    change: dict[str, Any],
) -> None:
    item = Item(OPEN, "Why?", OpenText())
    assert views.version(replace(item, **change)) != views.version(item)
    assert views.version(replace(item)) == views.version(item)


def test_a_staff_event_names_its_item_and_who_did_it() -> None:
    conversation = live()
    state = views.staff_state(Located(1, "talk", conversation, 0))
    event = views.staff_event(Recorded(9, 8, T0, Skipped(OPEN), "Ada"), 8, state)
    assert (event.kind, event.item, event.by, event.rev, event.prev) == (
        "skipped",
        OPEN,
        "Ada",
        9,
        8,
    )
