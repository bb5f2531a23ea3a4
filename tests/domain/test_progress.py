"""The percentage, presence and the minutes."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.examples import (
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
)
from tests.domain.histories import histories
from turnout.domain.commands import Close, End, Send, Skip, Withdraw
from turnout.domain.conversation import Window
from turnout.domain.events import Recorded, fold
from turnout.domain.progress import Progress, Span, minutes, percent, progress_of, was_present

everywhere = Span(T0, T0 + 60 * MINUTE)


@given(st.integers(0, 500), st.integers(1, 500))
def test_a_percentage_is_floored(part: int, whole: int) -> None:
    part = min(part, whole)
    exact = Fraction(100 * part, whole)
    floored = percent(part, whole)
    assert floored is not None
    assert floored <= exact < floored + 1
    assert (floored == 100) == (part == whole)


def test_of_nothing_there_is_no_percentage() -> None:
    assert percent(0, 0) is None
    assert progress_of(live(), {SINGLE}, [everywhere]) == Progress(0, 0, None, 0, 0, None)
    only_a_message = progress_of(asked(1), set(), [everywhere])
    assert only_a_message == Progress(0, 0, None, 0, 0, None)


def test_asked_are_questions_that_were_sent_once_each_and_not_withdrawn() -> None:
    conversation = after(
        live(), [Send(WELCOME), Send(SINGLE), Send(OPEN), Send(SINGLE), Skip(MULTIPLE)]
    )
    assert progress_of(conversation, {SINGLE, MULTIPLE, WELCOME, NOBODY}, []).asked == 2
    assert progress_of(conversation, {SINGLE, MULTIPLE, WELCOME, NOBODY}, []).answered == 1


def test_a_withdrawn_question_leaves_the_percentage_and_counts_again_when_sent_again() -> None:
    conversation = after(asked(3), [Withdraw(SINGLE)])
    assert progress_of(conversation, {SINGLE}, []) == Progress(1, 0, 0, 0, 0, None)
    conversation = after(conversation, [Send(SINGLE)])
    assert progress_of(conversation, {SINGLE}, []) == Progress(2, 1, 50, 1, 1, 100)


def test_in_flex_every_question_of_the_guide_is_asked_but_those_withdrawn() -> None:
    """Those skipped in live and never sent included; what was answered in live counts."""
    end = T0 + 10 * MINUTE
    conversation = flex(after(asked(3), [Skip(OPEN), Withdraw(MULTIPLE), End()], end))
    progress = progress_of(conversation, {SINGLE}, [])
    assert (progress.asked, progress.answered, progress.percent_answered) == (4, 1, 25)


def test_of_a_run_count_the_questions_that_were_asked_by_its_end() -> None:
    conversation = flex(ended(3))
    assert progress_of(conversation.after_run(1), {SINGLE, OPEN}, []).percent_answered == 50
    assert progress_of(conversation.after_run(2), {SINGLE, OPEN}, []).percent_answered == 40


def test_in_flex_whoever_is_there_is_present_at_every_question() -> None:
    conversation = flex()
    there = Span(conversation.at + MINUTE, conversation.at + 2 * MINUTE)
    assert progress_of(conversation, set(), [there]) == Progress(5, 0, 0, 5, 0, 0)


def test_late_comers_are_asked_the_same_but_were_present_at_less() -> None:
    conversation = after(asked(4), [End()], T0 + 4 * MINUTE)
    late = Span(T0 + 3 * MINUTE + 1, T0 + 4 * MINUTE)
    assert progress_of(conversation, {OPEN}, [late]) == Progress(3, 1, 33, 1, 1, 100)
    assert progress_of(conversation, set(), [late]) == Progress(3, 0, 0, 1, 0, 0)


def test_who_answered_was_present() -> None:
    assert progress_of(asked(4), {SINGLE}, []) == Progress(3, 1, 33, 1, 1, 100)


windows = (Window(T0, T0 + 10), Window(T0 + 100, T0 + 110))
"""Of a question that was sent twice."""


@pytest.mark.parametrize(
    ("since", "until", "present"),
    [
        (-5, -1, False),
        (-5, 0, True),
        (3, 4, True),
        (10, 99, True),
        (11, 99, False),
        (50, 100, True),
        (111, 200, False),
        (-5, 200, True),
    ],
)
def test_presence_is_attendance_that_overlaps_a_time_it_was_open(
    since: int, until: int, present: bool
) -> None:
    assert was_present(windows, [Span(T0 + since, T0 + until)]) is present
    elsewhere = Span(T0 + 300, T0 + 400)
    assert was_present(windows, [elsewhere, Span(T0 + since, T0 + until)]) is present


def test_presence_at_an_open_question_and_at_none() -> None:
    assert was_present([Window(T0)], [Span(T0 + 500, T0 + 600)])
    assert not was_present([Window(T0)], [Span(T0 - 5, T0 - 1)])
    assert not was_present([Window(T0)], [])
    assert not was_present((), [everywhere])


spans = st.lists(
    st.builds(
        lambda since, length: Span(T0 + since, T0 + since + length),
        st.integers(0, 40 * MINUTE),
        st.integers(0, 20 * MINUTE),
    ),
    max_size=6,
)
answered_sets = st.sets(st.sampled_from([WELCOME, *QUESTIONS, NOBODY]))


@given(histories(), answered_sets, spans)
def test_progress_is_a_percentage_and_never_falls_by_answering(
    events: tuple[Recorded, ...], answered: set[int], attended: list[Span]
) -> None:
    """I7. Both numbers lie in 0..100 or are blank, and one more answer lowers neither."""
    conversation = fold(events)
    progress = progress_of(conversation, answered, attended)
    assert 0 <= progress.answered <= progress.present <= progress.asked
    assert progress.answered == progress.answered_while_present
    assert_percentage(progress.percent_answered, progress.answered, progress.asked)
    assert_percentage(progress.percent_while_present, progress.answered, progress.present)
    for another in QUESTIONS:
        more = progress_of(conversation, answered | {another}, attended)
        assert (more.percent_answered or 0) >= (progress.percent_answered or 0)
        assert (more.percent_while_present or 0) >= (progress.percent_while_present or 0)


def assert_percentage(number: int | None, part: int, whole: int) -> None:
    if whole == 0:
        assert number is None
    else:
        assert number == int(Fraction(100 * part, whole))
        assert 0 <= number <= 100
        assert (number == 100) == (part == whole)


def test_asking_more_lowers_and_closing_changes_nothing() -> None:
    closed = after(asked(2), [Close()])
    assert progress_of(asked(2), {SINGLE}, []) == progress_of(closed, {SINGLE}, [])
    assert progress_of(asked(3), {SINGLE}, []).percent_answered == 50


@given(spans, st.none() | st.integers(0, 60 * MINUTE))
def test_minutes_are_those_of_the_union_cut_at_the_end(
    attended: Sequence[Span], cut: int | None
) -> None:
    end = None if cut is None else T0 + cut
    assert minutes(attended, end) == union(attended, end) // MINUTE
    assert minutes([*attended, *attended], end) == minutes(attended, end)


def union(attended: Sequence[Span], end: int | None) -> int:
    """Milliseconds, counted piece by piece between all edges."""
    edges = sorted({edge for span in attended for edge in (span.since, span.until)} | {end or T0})
    return sum(
        right - left
        for left, right in pairwise(edges)
        if any(span.since <= left and right <= span.until for span in attended)
        and (end is None or right <= end)
    )


def test_only_whole_minutes_count() -> None:
    assert minutes([Span(T0, T0 + MINUTE - 1)], None) == 0
    assert minutes([Span(T0, T0 + MINUTE)], None) == 1
    assert minutes([], None) == 0
    assert minutes([Span(T0, T0 + 9 * MINUTE)], T0 - 1) == 0
