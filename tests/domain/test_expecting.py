"""What the sender's screen showed: of two moderators who press Next together one wins."""

from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.domain.examples import (
    MINUTE,
    MULTIPLE,
    OPEN,
    SINGLE,
    T0,
    WELCOME,
    after,
    asked,
    ended,
    flex,
    live,
    refused,
    reworded,
    with_events,
)
from tests.domain.histories import Button, buttons, histories, seen
from turnout.domain.commands import (
    Add,
    Close,
    Edit,
    End,
    Expect,
    Next,
    Publish,
    Send,
    Skip,
    Start,
    UndoEnd,
    Withdraw,
)
from turnout.domain.conversation import UNDO_END
from turnout.domain.deciding import decide
from turnout.domain.events import Closed, Opened, Recorded, fold
from turnout.domain.guide import Item, OpenText
from turnout.domain.refusals import Refused


def test_expect_names_the_rev_of_the_last_event_that_sent_an_item() -> None:
    conversation = live()
    assert conversation.sent_rev == 0
    conversation = after(conversation, [Next(), Next(), Close(), Skip(OPEN)])
    assert conversation.rev - conversation.sent_rev == 2


@pytest.mark.parametrize("button", [Next, End, lambda e: Send(OPEN, e), lambda e: Skip(OPEN, e)])
def test_who_is_late_is_told_what_was_sent_meanwhile(button: Button) -> None:
    screen = seen(asked(2))
    conversation = after(asked(2), [Next(screen)], T0 + 2 * MINUTE)
    decision = decide(conversation, button(screen), T0 + 2 * MINUTE + 4_400)
    why = "Nothing was done: question 2 was sent 4 s ago."
    assert decision == Refused("expect", why, reason="item_sent")


def test_a_close_of_what_was_open_closes_nothing_that_was_sent_since() -> None:
    screen = seen(asked(2))
    conversation = after(asked(2), [Next(screen)])
    assert "question 2" in refused(conversation, Close(None, screen), "expect")


def test_the_item_that_was_sent_last_is_named_whatever_its_place_in_the_guide() -> None:
    conversation = after(asked(4), [Send(SINGLE), Send(WELCOME)], T0 + 5 * MINUTE)
    why = refused(conversation, Next(seen(asked(4))), "expect", T0 + 5 * MINUTE)
    assert why == "Nothing was done: message 1 was sent 1 s ago."


def test_what_was_sent_again_is_named_by_its_last_opening() -> None:
    conversation = after(asked(3), [Send(SINGLE)], T0 + 5 * MINUTE)
    why = refused(conversation, Next(seen(asked(3))), "expect", T0 + 5 * MINUTE + 7_000)
    assert why == "Nothing was done: question 1 was sent 7 s ago."


def test_a_screen_ahead_of_a_conversation_where_nothing_was_sent_is_told_so() -> None:
    why = refused(live(), Next(Expect("live", 7)), "expect")
    assert why == "Nothing was done: nothing was sent yet."


def test_who_saw_another_phase_is_told_the_phase() -> None:
    why = refused(ended(), Next(seen(asked(3))), "expect")
    assert why == "Nothing was done: the conversation was ended."


def test_next_passes_after_a_question_has_closed_by_itself() -> None:
    """Whether what was sent last is still open makes no difference."""
    screen = seen(asked(2))
    conversation = with_events(asked(2), [Closed(SINGLE)], T0 + MINUTE)
    assert decide(conversation, Next(screen), T0 + MINUTE) == (Opened(MULTIPLE),)


def test_two_who_close_the_same_question_are_both_done() -> None:
    screen = seen(asked(2))
    conversation = after(asked(2), [Close(SINGLE, screen)])
    assert decide(conversation, Close(SINGLE, screen), T0) == ()


def test_two_who_take_an_end_back_one_wins() -> None:
    """What was cut opens again, so the other's screen shows something else."""
    screen = seen(ended())
    now = ended().at + UNDO_END
    conversation = after(ended(), [UndoEnd(screen)], now)
    assert refused(conversation, UndoEnd(screen), "expect", now)


def test_in_flex_the_last_question_that_was_sent_again_is_named() -> None:
    conversation = after(flex(), [Withdraw(SINGLE)])
    screen = seen(conversation)
    conversation = after(conversation, [Send(SINGLE, screen)], conversation.at + MINUTE)
    why = refused(conversation, Send(SINGLE, screen), "expect", conversation.at)
    assert why == "Nothing was done: question 1 was sent 1 s ago."


@pytest.mark.parametrize(
    "command",
    [
        Withdraw(SINGLE),
        Edit(reworded(asked(2), SINGLE, text="Do you agree with it?"), answered=True),
        Add(Item(1, "One more?", OpenText()), WELCOME),
    ],
)
def test_all_other_commands_do_the_same_whatever_was_sent_since(
    command: Withdraw | Edit | Add,
) -> None:
    for conversation in (asked(2), asked(3), asked(6)):
        decision = decide(conversation, command, T0)
        assert not isinstance(decision, Refused)
        assert len(decision) == 1


moving = st.one_of(
    st.sampled_from([Next, Publish, Start, End]),
    st.builds(lambda item: lambda expect: Send(item, expect), st.sampled_from([1, 2, 3, 4, 5, 6])),
)


@given(histories(), moving, moving, st.integers(0, 10_000))
def test_of_two_moderators_with_the_same_screen_exactly_one_wins(
    events: tuple[Recorded, ...], first: Button, second: Button, apart: int
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


@given(histories(), buttons, st.sampled_from([None, False, True]))
def test_a_refusal_changes_nothing_and_says_why(
    events: tuple[Recorded, ...], button: Button, stale: bool | None
) -> None:
    conversation = fold(events)
    expect = None if stale is None else seen(conversation, stale=stale)
    decision = decide(conversation, button(expect), events[-1].at)
    if isinstance(decision, Refused):
        assert decision.code in ("phase", "expect", "invalid", "gone", "nothing_left")
        assert decision.why[0].isupper()
        assert decision.why.endswith(".")
    assert conversation == fold(events)


again = st.one_of(
    st.sampled_from([Publish(), Start(), End(), Close(), UndoEnd()]),
    st.builds(Send, st.sampled_from([1, 2, 3, 4, 5, 6])),
    st.builds(Close, st.sampled_from([1, 2, 3, 4, 5, 6])),
    st.builds(Skip, st.sampled_from([1, 2, 3, 4, 5, 6])),
    st.builds(Withdraw, st.sampled_from([1, 2, 3, 4, 5, 6])),
)


@given(histories(), again)
def test_what_is_so_already_is_done_again_without_an_event(
    events: tuple[Recorded, ...],
    command: Publish | Start | End | Close | UndoEnd | Send | Skip | Withdraw,
) -> None:
    """All commands but Next and Add, which have no target of their own: their `cid` guards them."""
    conversation = fold(events)
    decision = decide(conversation, command, events[-1].at)
    assume(not isinstance(decision, Refused))
    assert not isinstance(decision, Refused)
    later = with_events(conversation, decision, events[-1].at)
    assert decide(later, command, events[-1].at) == ()


def test_a_clock_that_steps_back_undoes_nothing() -> None:
    """What was too late stays too late."""
    conversation = replace(ended(), at=ended().at + UNDO_END + 1)
    assert "too late" in refused(conversation, UndoEnd(), "phase", T0)
