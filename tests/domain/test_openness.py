"""Whether an answer may still be given: open, late, closed or gone."""

from dataclasses import replace

import pytest

from tests.domain.examples import (
    DAY,
    MINUTE,
    MULTIPLE,
    NOBODY,
    OPEN,
    QUESTIONS,
    SINGLE,
    T0,
    WELCOME,
    after,
    asked,
    ended,
    flex,
    live,
    settings,
)
from turnout.domain.answers import (
    Openness,
    openness,
)
from turnout.domain.commands import Close, End, Send, Skip, UndoEnd, Withdraw
from turnout.domain.conversation import Conversation

GRACE = 60_000


closed = after(asked(2), [Close()], T0 + 2 * MINUTE)
"""The first question was open from minute 1 to minute 2."""


@pytest.mark.parametrize(
    ("after_close", "state"),
    [(-1, "late"), (0, "late"), (GRACE, "late"), (GRACE + 1, "closed"), (10**9, "closed")],
)
def test_i8_a_closed_question_takes_answers_within_its_grace(
    after_close: int, state: Openness
) -> None:
    assert openness(closed, SINGLE, T0 + 2 * MINUTE + after_close) == state


def test_without_grace_the_close_is_the_end() -> None:
    conversation = after(live(chosen=settings(grace=0)), [Send(SINGLE), Close()], T0)
    assert openness(conversation, SINGLE, T0) == "late"
    assert openness(conversation, SINGLE, T0 + 1) == "closed"


def test_an_open_question_stays_open_until_it_is_closed() -> None:
    assert openness(asked(2), SINGLE, T0 + 1_000 * MINUTE) == "open"


def test_a_question_that_is_sent_again_is_open_again() -> None:
    conversation = after(closed, [Send(SINGLE)], T0 + 10 * MINUTE)
    assert openness(conversation, SINGLE, T0 + 11 * MINUTE) == "open"
    conversation = after(conversation, [Send(OPEN)], T0 + 12 * MINUTE)
    assert openness(conversation, SINGLE, T0 + 12 * MINUTE + GRACE) == "late"
    assert openness(conversation, SINGLE, T0 + 12 * MINUTE + GRACE + 1) == "closed"


def test_a_message_in_between_closes_nothing() -> None:
    conversation = after(asked(2), [Send(WELCOME)], T0 + 2 * MINUTE)
    assert openness(conversation, SINGLE, T0 + 9 * MINUTE) == "open"


def test_the_grace_follows_the_end_too() -> None:
    end = T0 + 5 * MINUTE
    conversation = after(asked(3), [End()], end)
    assert openness(conversation, MULTIPLE, end + GRACE) == "late"
    assert openness(conversation, MULTIPLE, end + GRACE + 1) == "closed"
    assert openness(conversation, SINGLE, end) == "closed"


def test_the_grace_is_as_long_as_the_organiser_chose() -> None:
    conversation = after(live(chosen=settings(grace=600)), [Send(SINGLE), Close()], T0)
    assert openness(conversation, SINGLE, T0 + 600_000) == "late"
    assert openness(conversation, SINGLE, T0 + 600_001) == "closed"


def test_withdrawing_an_open_question_gives_it_the_same_grace() -> None:
    conversation = after(asked(2), [Withdraw(SINGLE)], T0 + 2 * MINUTE)
    assert openness(conversation, SINGLE, T0 + 2 * MINUTE + GRACE) == "late"
    assert openness(conversation, SINGLE, T0 + 2 * MINUTE + GRACE + 1) == "closed"


def test_withdrawing_a_closed_question_does_not_begin_its_grace_anew() -> None:
    conversation = after(closed, [Withdraw(SINGLE)], T0 + 2 * MINUTE + 30_000)
    assert openness(conversation, SINGLE, T0 + 2 * MINUTE + GRACE) == "late"
    assert openness(conversation, SINGLE, T0 + 2 * MINUTE + GRACE + 1) == "closed"


def test_an_undo_opens_what_the_end_closed() -> None:
    end = T0 + 5 * MINUTE
    conversation = after(ended(3, end), [UndoEnd()], end + MINUTE)
    assert openness(conversation, MULTIPLE, end + 9 * MINUTE) == "open"
    assert openness(conversation, SINGLE, end + MINUTE) == "closed"


def test_in_flex_every_question_is_open_until_its_end_and_grace() -> None:
    conversation = flex()
    assert {openness(conversation, item, conversation.at) for item in QUESTIONS} == {"open"}
    assert openness(conversation, WELCOME, conversation.at) == "gone"
    end = T0 + DAY
    conversation = after(conversation, [End()], end)
    assert {openness(conversation, item, end + GRACE) for item in QUESTIONS} == {"late"}
    assert {openness(conversation, item, end + GRACE + 1) for item in QUESTIONS} == {"closed"}


def test_a_clock_that_steps_back_opens_nothing_again() -> None:
    later = after(closed, [Skip(OPEN)], T0 + 9 * MINUTE)
    assert openness(later, SINGLE, T0) == "closed"


def test_what_was_never_asked_is_gone() -> None:
    conversation = after(asked(2), [Skip(OPEN)])
    for item in (NOBODY, WELCOME, MULTIPLE, OPEN):
        assert openness(conversation, item, T0) == "gone"


def restored(conversation: Conversation, at: int) -> Conversation:
    return replace(conversation, restored_at=at)


@pytest.mark.parametrize(("later", "state"), [(0, "late"), (GRACE, "late"), (GRACE + 1, "closed")])
def test_the_grace_of_questions_closed_before_a_restore_runs_once_more_from_there(
    later: int, state: Openness
) -> None:
    at = T0 + DAY
    assert openness(restored(closed, at), SINGLE, at + later) == state


def test_a_close_after_a_restore_has_its_own_grace() -> None:
    conversation = restored(closed, T0)
    assert openness(conversation, SINGLE, T0 + 2 * MINUTE + GRACE) == "late"
    assert openness(conversation, SINGLE, T0 + 2 * MINUTE + GRACE + 1) == "closed"


def test_the_grace_after_an_end_before_a_restore_runs_once_more_but_nobody_attends_in_it() -> None:
    at = T0 + DAY
    conversation = restored(ended(), at)
    assert conversation.final_at == conversation.over_at == at + GRACE
    assert conversation.attended_until == T0 + 10 * MINUTE + GRACE
