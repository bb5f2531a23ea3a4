"""`questions.csv`"""

from dataclasses import replace

from tests.domain.examples import (
    GUIDE,
    MINUTE,
    MULTIPLE,
    OPEN,
    SINGLE,
    T0,
    after,
    asked,
    draft,
    live,
)
from tests.exports.examples import answer, person, rows_of, snapshot
from turnout.domain.answers import Body
from turnout.domain.commands import Close, Send
from turnout.domain.progress import Span
from turnout.exports.questions import questions

yes = Body(option=1)


def test_a_row_says_what_was_asked_when_and_how_many_were_there() -> None:
    """The first question is open in minutes 1 to 2 and again in 4 to 5."""
    conversation = after(asked(3), [Send(SINGLE), Close()], T0 + 4 * MINUTE, MINUTE)
    people = [
        person(1, Span(T0, T0 + 5 * MINUTE)),
        person(2, Span(T0 + 4 * MINUTE + 1, T0 + 5 * MINUTE)),
        person(3, Span(T0 + 5 * MINUTE + 1, T0 + 6 * MINUTE)),
        person(4),
    ]
    given = [answer(SINGLE, 1, yes), answer(SINGLE, 4, yes, muted=True)]
    first, second = rows_of(questions(snapshot(conversation, people, given)))
    assert first == {
        "question_id": "2",
        "position": "1",
        "type": "single_choice",
        "question": "Do you agree?",
        "asked_at": "2026-11-25T09:01:00.000Z",
        "closed_at": "2026-11-25T09:05:00.000Z",
        "present": "3",
        "answered": "2",
    }
    assert (second["present"], second["answered"]) == ("1", "0")


def test_an_open_question_has_no_end_yet() -> None:
    (row,) = rows_of(questions(snapshot(asked(2))))
    assert row["closed_at"] == ""
    assert (row["present"], row["answered"]) == ("0", "0")


def test_the_position_counts_the_guides_questions() -> None:
    conversation = after(live(), [Send(OPEN), Send(SINGLE)])
    rows = rows_of(questions(snapshot(conversation)))
    assert [(row["question_id"], row["position"]) for row in rows] == [("2", "1"), ("4", "3")]


def test_what_was_not_asked_or_taken_back_has_no_row() -> None:
    assert rows_of(questions(snapshot(draft()))) == []
    conversation = asked(3)
    first, second, *others = conversation.entries
    entries = (first, replace(second, status="withdrawn"), *others)
    taken = snapshot(replace(conversation, entries=entries), (), [answer(SINGLE, 1, yes)])
    assert [row["question_id"] for row in rows_of(questions(taken))] == [str(MULTIPLE)]


def test_b50_a_wording_that_would_run_is_guarded() -> None:
    conversation = after(live((replace(GUIDE[1], text="=1+1"),)), [Send(SINGLE)])
    (row,) = rows_of(questions(snapshot(conversation)))
    assert row["question"] == "'=1+1"
