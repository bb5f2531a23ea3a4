"""Which events travel to participants, and how they are chained."""

from dataclasses import replace

import pytest

from tests.domain.examples import (
    DAY,
    GUIDE,
    OPEN,
    SINGLE,
    T0,
    WELCOME,
    asked,
    flex,
    live,
    reworded,
    settings,
    with_events,
)
from turnout.domain.conversation import Conversation
from turnout.domain.events import (
    Added,
    Closed,
    Configured,
    Created,
    Edited,
    Ended,
    EndUndone,
    Event,
    GuideSet,
    Muted,
    Opened,
    PersonEvent,
    Published,
    Recorded,
    Released,
    Removed,
    Reopened,
    Skipped,
    Started,
    TakeoverAsked,
    Unmuted,
    Unpublished,
    Withdrawn,
    apply,
    participants_see,
    record,
)
from turnout.domain.guide import Item, Message, OpenText

PERSON_EVENTS: tuple[PersonEvent, ...] = (
    Muted(1),
    Unmuted(1),
    Removed(1),
    TakeoverAsked(1, "CDFH"),
    Released(1),
)
question, message = Item(7, "One more?", OpenText()), Item(7, "By the way.", Message())


@pytest.mark.parametrize(
    ("event", "visible"),
    [
        (Created(settings()), False),
        (Configured(settings()), False),
        (GuideSet(GUIDE), False),
        (Skipped(SINGLE), False),
        *((event, False) for event in PERSON_EVENTS),
        *((event, True) for event in (Published(), Unpublished(), Started())),
        *((event, True) for event in (Opened(SINGLE), Closed(SINGLE), Withdrawn(SINGLE))),
        *((event, True) for event in (Ended(), Ended(by_hand=False), EndUndone())),
        (Reopened(T0 + DAY), True),
    ],
)
def test_which_events_travel_to_participants(event: Event, visible: bool) -> None:
    assert participants_see(live(), event) is visible


@pytest.mark.parametrize(
    ("conversation", "item", "visible"),
    [(asked(2), SINGLE, True), (asked(2), WELCOME, True), (asked(2), OPEN, False)],
)
def test_everybody_sees_the_correction_of_what_was_sent(
    conversation: Conversation, item: int, visible: bool
) -> None:
    edited = Edited(reworded(conversation, item, text="Better words"))
    assert participants_see(conversation, edited) is visible


@pytest.mark.parametrize(
    ("conversation", "item", "visible"),
    [
        (live(), question, False),
        (live(), message, False),
        (flex(), question, True),
        (flex(), message, False),
    ],
)
def test_an_added_item_travels_where_it_is_open_at_once(
    conversation: Conversation, item: Item, visible: bool
) -> None:
    added = Added(item, None)
    assert participants_see(conversation, added) is visible
    later = with_events(conversation, [added], conversation.at)
    assert (later.seen_rev == later.rev) is visible
    assert later.entries[0].was_sent is visible


@pytest.mark.parametrize("event", PERSON_EVENTS)
def test_what_happens_to_a_person_moves_the_rev_alone(event: PersonEvent) -> None:
    conversation = asked(2)
    later = with_events(conversation, [event], conversation.at)
    assert later == replace(conversation, rev=conversation.rev + 1)


def test_what_participants_see_is_chained_by_prev() -> None:
    conversation = live()
    assert (conversation.rev, conversation.seen_rev) == (4, 4)
    skipped = record(conversation, Skipped(SINGLE), T0)
    conversation = apply(conversation, skipped)
    assert (skipped.prev, conversation.rev, conversation.seen_rev) == (4, 5, 4)
    opened = record(conversation, Opened(OPEN), T0, "Amara")
    assert opened == Recorded(6, 4, T0, Opened(OPEN), "Amara")
    assert apply(conversation, opened).seen_rev == 6
