"""What comes of a moderator's command: events, nothing, or a refusal in words."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.domain.examples import (
    GUIDE,
    MINUTE,
    MULTIPLE,
    NOBODY,
    OPEN,
    SINGLE,
    T0,
    WELCOME,
    after,
    asked,
    draft,
    live,
    settings,
    with_events,
)
from tests.domain.test_conversation import buttons, histories, seen
from turnout.domain.commands import (
    MAX_DURATION,
    MAX_GRACE,
    MAX_TITLE,
    Close,
    Command,
    Decision,
    End,
    Expect,
    Next,
    Publish,
    Send,
    Skip,
    Start,
    decide,
    name_of,
    settings_faults,
)
from turnout.domain.conversation import (
    MAX_PARTICIPANTS,
    Conversation,
    Settings,
)
from turnout.domain.events import (
    Closed,
    Ended,
    Opened,
    Published,
    Recorded,
    Skipped,
    Started,
    fold,
)
from turnout.domain.guide import Item, Message, OpenText
from turnout.domain.refusals import CommandCode, Refused

published = after(draft(), [Publish()])
ended = after(asked(3), [End()], T0 + 5 * MINUTE)


def refused(conversation: Conversation, command: Command, code: CommandCode) -> str:
    decision = decide(conversation, command, T0)
    assert isinstance(decision, Refused)
    assert decision.code == code
    assert decision.retry_ms is None
    return decision.why


# --- each command in each phase ---


@pytest.mark.parametrize(
    ("conversation", "command", "decision"),
    [
        (draft(), Publish(), (Published(),)),
        (published, Publish(), ()),
        (published, Start(), (Started(),)),
        (live(), Start(), ()),
        (live(), End(), (Ended(),)),
        (ended, End(), ()),
    ],
)
def test_phases_move_along(
    conversation: Conversation, command: Command, decision: Decision
) -> None:
    assert decide(conversation, command, T0) == decision


@pytest.mark.parametrize(
    ("conversation", "command", "now"),
    [
        (live(), Publish(), "the conversation was started."),
        (ended, Publish(), "the conversation was ended."),
        (replace(ended, phase="flex"), Publish(), "the conversation was reopened."),
        (draft(), Start(), "the conversation is a draft."),
        (ended, Start(), "the conversation was ended."),
        (draft(), End(), "the conversation is a draft."),
        (published, End(), "the conversation was published and has not started."),
        *((draft(), command, "a draft.") for command in (Next(), Close())),
        *((published, command, "not started.") for command in (Send(SINGLE), Skip(SINGLE))),
        *((ended, command, "ended.") for command in (Next(), Close(), Send(OPEN), Skip(OPEN))),
    ],
)
def test_anything_else_is_refused_with_what_is_so(
    conversation: Conversation, command: Command, now: str
) -> None:
    assert refused(conversation, command, "phase").endswith(now)


def test_a_guide_that_asks_nothing_is_not_published() -> None:
    for items in ((), (GUIDE[0],)):
        assert "asks no question" in refused(draft(items), Publish(), "invalid")


def test_a_faulty_guide_is_not_published() -> None:
    items = (*GUIDE, Item(7, " ", OpenText()))
    why = refused(draft(items), Publish(), "invalid")
    assert why == "Item 7: The text is empty. Write what people should read."


def test_next_goes_through_the_guide_passing_what_was_sent_or_skipped() -> None:
    conversation = after(live(), [Skip(MULTIPLE), Send(OPEN)])
    sent = []
    while not isinstance(decision := decide(conversation, Next(), T0), Refused):
        sent += [event.item for event in decision if isinstance(event, Opened)]
        conversation = with_events(conversation, decision, T0)
    assert sent == [1, 2, 5, 6]
    assert decision.code == "nothing_left"


def test_opening_a_question_closes_the_open_one_first() -> None:
    assert decide(asked(2), Next(), T0) == (Closed(SINGLE), Opened(MULTIPLE))
    assert decide(asked(2), Send(OPEN), T0) == (Closed(SINGLE), Opened(OPEN))


def test_a_message_closes_no_question() -> None:
    assert decide(asked(3), Send(WELCOME), T0) == (Opened(WELCOME),)


def test_a_closed_or_skipped_item_may_be_sent() -> None:
    conversation = after(asked(2), [Close(), Skip(OPEN)])
    assert decide(conversation, Send(SINGLE), T0) == (Opened(SINGLE),)
    assert decide(conversation, Send(OPEN), T0) == (Opened(OPEN),)


def test_the_open_question_is_closed_with_or_without_its_id() -> None:
    assert decide(asked(2), Close(), T0) == (Closed(SINGLE),)
    assert decide(asked(2), Close(SINGLE), T0) == (Closed(SINGLE),)


def test_closing_what_is_not_open_is_done_already() -> None:
    conversation = after(asked(2), [Close()])
    for command in (Close(), Close(SINGLE), Close(OPEN), Close(WELCOME)):
        assert decide(conversation, command, T0) == ()
    assert decide(asked(3), Close(SINGLE), T0) == ()


def test_only_what_was_never_sent_can_be_skipped() -> None:
    assert decide(asked(2), Skip(OPEN), T0) == (Skipped(OPEN),)
    why = "Question 1 was sent already and can't be skipped."
    assert refused(asked(2), Skip(SINGLE), "invalid") == why
    assert refused(asked(3), Skip(SINGLE), "invalid") == why


@pytest.mark.parametrize("command", [Send(NOBODY), Skip(NOBODY), Close(NOBODY)])
def test_an_item_that_is_not_in_the_guide_is_gone(command: Command) -> None:
    assert "not in the guide" in refused(asked(2), command, "gone")


# --- what the sender's screen showed ---


def test_who_is_late_is_told_what_was_sent_meanwhile() -> None:
    screen = seen(asked(2))
    conversation = after(asked(2), [Next(screen)], T0 + 2 * MINUTE)
    for command in (Next(screen), Send(OPEN, screen), Close(None, screen), Skip(OPEN, screen)):
        decision = decide(conversation, command, T0 + 2 * MINUTE + 4_400)
        assert decision == Refused("expect", "Nothing was done: question 2 was sent 4 s ago.")


def test_at_least_a_second_has_passed() -> None:
    conversation = after(live(), [Next()])
    decision = decide(conversation, Next(seen(live())), T0)
    assert decision == Refused("expect", "Nothing was done: message 1 was sent 1 s ago.")


def test_a_screen_ahead_of_a_conversation_where_nothing_was_sent_is_told_so() -> None:
    why = refused(live(), Next(Expect("live", 7)), "expect")
    assert why == "Nothing was done: nothing was sent yet."


def test_who_saw_another_phase_is_told_the_phase() -> None:
    why = refused(ended, Next(seen(asked(3))), "expect")
    assert why == "Nothing was done: the conversation was ended."


def test_next_passes_after_a_question_has_closed_by_itself() -> None:
    screen = seen(asked(2))
    conversation = with_events(asked(2), [Closed(SINGLE)], T0 + MINUTE)
    assert decide(conversation, Next(screen), T0 + MINUTE) == (Opened(MULTIPLE),)


def test_two_who_close_the_same_question_are_both_done() -> None:
    screen = seen(asked(2))
    conversation = after(asked(2), [Close(SINGLE, screen)])
    assert decide(conversation, Close(SINGLE, screen), T0) == ()


moving = st.one_of(
    st.sampled_from([Next, Publish, Start, End]),
    st.builds(lambda item: lambda expect: Send(item, expect), st.sampled_from([1, 2, 3, 4, 5, 6])),
)


@given(histories(), moving, moving, st.integers(0, 10_000))
def test_of_two_moderators_with_the_same_screen_exactly_one_wins(
    events: tuple[Recorded, ...],
    first: Callable[[Expect], Command],
    second: Callable[[Expect], Command],
    apart: int,
) -> None:
    conversation = fold(events)
    now = events[-1].at + apart
    screen = seen(conversation)
    decision = decide(conversation, first(screen), now)
    assume(not isinstance(decision, Refused) and decision)
    assert not isinstance(decision, Refused)
    later = with_events(conversation, decision, now)
    loser = decide(later, second(screen), now + apart)
    assert isinstance(loser, Refused)
    assert loser.code == "expect"


# --- properties ---


@given(histories(), buttons, st.sampled_from([None, False, True]))
def test_a_refusal_changes_nothing_and_says_why(
    events: tuple[Recorded, ...],
    command: Callable[[Expect | None], Command],
    stale: bool | None,
) -> None:
    conversation = fold(events)
    expect = None if stale is None else seen(conversation, stale=stale)
    decision = decide(conversation, command(expect), events[-1].at)
    if isinstance(decision, Refused):
        assert decision.code in ("phase", "expect", "invalid", "gone", "nothing_left")
        assert decision.why[0].isupper()
        assert decision.why.endswith(".")
    assert (decision == ()) <= (stale is not True)
    assert conversation == fold(events)


again = st.one_of(
    st.sampled_from([Publish(), Start(), End(), Close()]),
    st.builds(Send, st.sampled_from([1, 2, 3, 4, 5, 6])),
    st.builds(Close, st.sampled_from([1, 2, 3, 4, 5, 6])),
    st.builds(Skip, st.sampled_from([1, 2, 3, 4, 5, 6])),
)


@given(histories(), again)
def test_what_is_so_already_is_done_again_without_an_event(
    events: tuple[Recorded, ...], command: Command
) -> None:
    """All commands but Next, which has no target of its own: its `expect` and `cid` guard it."""
    conversation = fold(events)
    decision = decide(conversation, command, events[-1].at)
    assume(not isinstance(decision, Refused))
    assert not isinstance(decision, Refused)
    later = with_events(conversation, decision, events[-1].at)
    assert decide(later, command, events[-1].at) == ()


# --- names and settings ---


def test_items_are_called_by_their_place_among_their_kind() -> None:
    items = (*GUIDE, Item(7, "Thanks.", Message()))
    conversation = draft(items)
    assert [name_of(conversation, entry) for entry in conversation.entries] == [
        "message 1",
        *(f"question {place}" for place in range(1, 6)),
        "message 2",
    ]


@pytest.mark.parametrize(
    "chosen",
    [
        settings(),
        Settings("x", 1, duration=1, grace=0),
        Settings("x" * MAX_TITLE, MAX_PARTICIPANTS, duration=MAX_DURATION, grace=MAX_GRACE),
    ],
)
def test_settings_within_their_bounds_have_no_fault(chosen: Settings) -> None:
    assert settings_faults(chosen) == ()


@pytest.mark.parametrize(
    ("chosen", "what"),
    [
        (Settings(" \n", 10), "The title is empty."),
        (Settings("x" * (MAX_TITLE + 1), 10), "more than 200 characters"),
        (Settings("a\0b", 10), "cannot be stored"),
        (Settings("a\ud800b", 10), "cannot be stored"),
        (Settings("x", 0), "from 1 to 100,000"),
        (Settings("x", MAX_PARTICIPANTS + 1), "from 1 to 100,000"),
        (Settings("x", 10, duration=0), "from 1 to 1,440 minutes"),
        (Settings("x", 10, duration=MAX_DURATION + 1), "from 1 to 1,440 minutes"),
        (Settings("x", 10, grace=-1), "from 0 to 600 seconds"),
        (Settings("x", 10, grace=MAX_GRACE + 1), "from 0 to 600 seconds"),
    ],
)
def test_each_fault_of_settings_is_named(chosen: Settings, what: str) -> None:
    (fault,) = settings_faults(chosen)
    assert what in fault
    assert fault.endswith(".")


def test_all_faults_of_settings_are_told_at_once() -> None:
    assert len(settings_faults(Settings("", 0, duration=0, grace=-1))) == 4
