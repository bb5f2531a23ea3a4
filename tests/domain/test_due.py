"""What comes due by itself: dated when it was due, whoever looks, and whenever."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.examples import (
    DAY,
    GUIDE,
    HOUR,
    MINUTE,
    NUMBER,
    OPEN,
    SINGLE,
    T0,
    WELCOME,
    after,
    draft,
    ended,
    entry,
    flex,
    live,
    refused,
    reworded,
    settings,
    with_events,
)
from tests.domain.histories import TIMED, histories
from turnout.domain.commands import (
    Close,
    Edit,
    End,
    Next,
    Publish,
    Send,
    Start,
    UndoEnd,
    Unpublish,
    Withdraw,
)
from turnout.domain.conversation import Conversation
from turnout.domain.due import due, next_due
from turnout.domain.events import Closed, Ended, Event, Recorded, Started, fold

START = T0 + HOUR
SECOND = 1_000


def announced(*, auto_start: bool) -> Conversation:
    chosen = replace(settings(), starts_at=START, auto_start=auto_start)
    return after(draft(chosen=chosen), [Publish()])


def asking(at: int = T0) -> Conversation:
    """Live from `T0`; a question that closes by itself after 90 s was sent at `at`."""
    return after(live(TIMED), [Send(OPEN)], at)


def came(conversation: Conversation, now: int) -> list[tuple[int, Event]]:
    return [(recorded.at, recorded.event) for recorded in due(conversation, now)[1]]


@pytest.mark.parametrize(
    ("conversation", "at", "event"),
    [
        (announced(auto_start=True), START, Started()),
        (asking(T0 + 7), T0 + 7 + 90 * SECOND, Closed(OPEN)),
        (live(), T0 + 2 * HOUR, Ended(by_hand=False)),
        (flex(days=1), T0 + HOUR + DAY, Ended(by_hand=False)),
    ],
    ids=["auto_start", "auto_close", "the end of live", "the end of flex"],
)
def test_what_comes_due_is_dated_when_it_was_due(
    conversation: Conversation, at: int, event: Event
) -> None:
    assert next_due(conversation) == at
    assert came(conversation, at - 1) == []
    assert due(conversation, at - 1)[0] is conversation
    for now in (at, at + 10 * SECOND):
        assert came(conversation, now)[0] == (at, event)


@pytest.mark.parametrize(
    "conversation",
    [
        draft(chosen=replace(settings(), starts_at=START, auto_start=True)),
        announced(auto_start=False),
        after(announced(auto_start=True), [Unpublish()]),
        ended(),
    ],
    ids=["a draft", "a start by hand", "unpublished", "ended"],
)
def test_nothing_else_comes_due(conversation: Conversation) -> None:
    assert next_due(conversation) is None
    assert due(conversation, T0 + 100 * DAY) == (conversation, ())


@pytest.mark.parametrize("duration", [1, 30, 60])
def test_live_ends_an_hour_after_the_planned_end_counted_from_the_real_start(duration: int) -> None:
    chosen = replace(settings(), duration=duration, starts_at=START)
    conversation = after(draft(chosen=chosen), [Publish(), Start()], T0)
    assert next_due(conversation) == T0 + duration * MINUTE + HOUR


def test_a_question_stays_open_past_its_plan_until_the_moderator_moves_on() -> None:
    guide = tuple(replace(item, duration=90) for item in GUIDE)
    conversation = after(live(guide), [Send(SINGLE)])
    assert due(conversation, T0 + HOUR)[0] == conversation


@pytest.mark.parametrize("command", [Close(), Withdraw(OPEN), Send(SINGLE)])
def test_what_was_closed_before_does_not_close_by_itself(command: Close | Withdraw | Send) -> None:
    conversation = after(asking(), [command], T0 + SECOND)
    assert came(conversation, T0 + HOUR) == []


def test_a_message_below_it_changes_nothing() -> None:
    conversation = after(asking(), [Send(WELCOME)], T0 + SECOND)
    assert came(conversation, T0 + HOUR) == [(T0 + 90 * SECOND, Closed(OPEN))]


def test_a_question_that_is_sent_again_has_its_whole_time_again() -> None:
    conversation = after(asking(), [Close(), Send(OPEN)], T0 + MINUTE)
    assert next_due(conversation) == T0 + MINUTE + 90 * SECOND


def test_an_undo_of_an_end_gives_it_its_whole_time_again() -> None:
    conversation = after(asking(), [End(), UndoEnd()], T0 + MINUTE, MINUTE)
    assert next_due(conversation) == T0 + 2 * MINUTE + 90 * SECOND


def test_in_flex_no_question_closes_by_itself() -> None:
    conversation = flex(after(live(TIMED), [End()], T0 + MINUTE))
    assert entry(conversation, OPEN).status == "open"
    assert next_due(conversation) == conversation.ends_at


def test_a_shorter_time_that_is_over_already_closes_at_the_edit() -> None:
    conversation = after(live(), [Send(NUMBER)], T0)
    item = reworded(conversation, NUMBER, duration=30, auto_close=True)
    conversation = after(conversation, [Edit(item, answered=True)], T0 + MINUTE)
    assert came(conversation, T0 + MINUTE) == [(T0 + MINUTE, Closed(NUMBER))]


def test_a_clock_that_steps_back_does_not_make_it_undue() -> None:
    conversation = after(live(), [Send(NUMBER)], T0)
    item = reworded(conversation, NUMBER, duration=30, auto_close=True)
    conversation = after(conversation, [Edit(item, answered=True)], T0 + MINUTE)
    assert came(conversation, T0) == [(T0 + MINUTE, Closed(NUMBER))]


def test_all_that_came_due_while_nobody_looked_comes_in_order() -> None:
    """As after a night without the server."""
    chosen = replace(settings(), starts_at=START, auto_start=True)
    conversation = after(draft(chosen=chosen), [Publish()])
    assert came(conversation, T0 + DAY) == [
        (START, Started()),
        (START + 2 * HOUR, Ended(by_hand=False)),
    ]


def test_of_two_at_the_same_moment_the_question_closes_before_the_end() -> None:
    end = T0 + 2 * HOUR
    assert came(asking(end - 90 * SECOND), end) == [
        (end, Closed(OPEN)),
        (end, Ended(by_hand=False)),
    ]


def test_the_events_are_ordinary_ones_of_the_server_itself() -> None:
    conversation = announced(auto_start=True)
    (started,) = due(conversation, START)[1]
    assert started == Recorded(conversation.rev + 1, conversation.seen_rev, START, Started())
    assert due(conversation, START)[0] == with_events(conversation, [Started()], START)


def test_an_undone_end_ends_by_itself_at_the_same_time_as_before() -> None:
    conversation = after(ended(), [UndoEnd()], ended().at + MINUTE)
    assert next_due(conversation) == T0 + 2 * HOUR


def test_a_command_after_the_end_was_due_finds_it_ended() -> None:
    conversation, _ = due(live(), T0 + 3 * HOUR)
    assert refused(conversation, Next(), "phase", T0 + 3 * HOUR)
    assert conversation.ended_at == T0 + 2 * HOUR


@given(histories(), st.lists(st.integers(0, 3 * HOUR), max_size=6), st.integers(0, 10 * DAY))
def test_how_often_anybody_looks_makes_no_difference(
    events: tuple[Recorded, ...], looks: list[int], last: int
) -> None:
    conversation = fold(events)
    at_once = due(conversation, conversation.at + last)
    seen: list[Recorded] = []
    state = conversation
    for wait in sorted(looks):
        state, new = due(state, min(conversation.at + wait, conversation.at + last))
        seen += new
    state, new = due(state, conversation.at + last)
    assert (state, (*seen, *new)) == at_once


@given(histories(), st.integers(0, 70 * DAY))
def test_afterwards_nothing_is_due(events: tuple[Recorded, ...], wait: int) -> None:
    now = events[-1].at + wait
    conversation, new = due(fold(events), now)
    assert fold((*events, *new)) == conversation
    assert due(conversation, now) == (conversation, ())
    coming = next_due(conversation)
    assert coming is None or coming > now
    assert all(recorded.at <= now for recorded in new)
