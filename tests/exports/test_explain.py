"""Why a participant's numbers are what they are."""

from dataclasses import replace

import pytest
from hypothesis import given

from tests.domain.examples import (
    MINUTE,
    MULTIPLE,
    OPEN,
    SINGLE,
    T0,
    after,
    asked,
    draft,
    live,
    settings,
)
from tests.exports.examples import answer, flexible, person, pid, rows_of, snapshot
from tests.exports.worlds import snapshots
from turnout.domain.answers import Body
from turnout.domain.commands import End, Next, Send, Skip, Withdraw
from turnout.domain.conversation import Conversation
from turnout.domain.progress import Span
from turnout.domain.refusals import Refused
from turnout.exports.explain import Explanation, Line, explain
from turnout.exports.participant_data import ANONYMOUS, participant_data
from turnout.exports.runs import of_run
from turnout.exports.snapshot import Snapshot

yes = Body(option=1)


def explained(taken: Snapshot, who: int | str = 1) -> Explanation:
    found = explain(taken, who)
    assert isinstance(found, Explanation)
    return found


def line(found: Explanation, question: int) -> Line:
    return next(one for one in found.lines if one.question == question)


@pytest.fixture
def conversation() -> Conversation:
    """Questions 2, 3 and 4 asked in minutes 1, 2 and 3; 4 taken back; 5 skipped; 6 never sent."""
    return after(asked(4), [Withdraw(OPEN), Skip(5), End()], T0 + 4 * MINUTE, MINUTE)


def test_question_by_question_and_the_arithmetic(conversation: Conversation) -> None:
    given = [answer(SINGLE, 1, yes), answer(OPEN, 1, Body(text="x"))]
    found = explained(snapshot(conversation, [person(1, Span(T0, T0 + 150_000))], given))
    assert [(one.position, one.text) for one in found.lines] == [
        (1, "Do you agree?"),
        (2, "How do you travel?"),
        (3, "Why?"),
        (4, "Which share?"),
        (5, "How often?"),
    ]
    assert [(one.asked, one.present, one.answered) for one in found.lines] == [
        (True, True, True),
        (True, True, False),
        (False, False, True),
        (False, False, False),
        (False, False, False),
    ]
    assert [one.why for one in found.lines] == [
        "Answered at 2026-11-25T09:00:00.001Z: counts as answered.",
        "Connected while it was open and did not answer: counts as asked and as present.",
        "It was taken back, so it counts for nobody. The answer stays in answers.csv, marked.",
        "It was skipped, so it counts for nobody.",
        "It was never sent, so it counts for nobody.",
    ]
    assert [one.counts for one in found.lines] == [
        "answered", "present", "withdrawn", "skipped", "unsent",
    ]  # fmt: skip
    assert [one.answered_at for one in found.lines] == [T0 + 1, None, T0 + 1, None, None]
    assert not any(one.late or one.muted for one in found.lines)
    assert found.arithmetic == (
        "percent_answered = floor(100 x 1 answered / 2 asked) = 50",
        "percent_while_present = floor(100 x 1 answered / 2 present) = 50",
    )
    assert (found.number, found.pid, found.outcome, found.reason) == (1, pid(1), "left", None)


def test_who_was_not_there(conversation: Conversation) -> None:
    found = explained(snapshot(conversation, [person(1)]))
    assert line(found, SINGLE).why == (
        "Not connected while it was open: counts as asked, as for everybody, not as present."
    )
    assert line(found, SINGLE).counts == "absent"
    assert line(found, OPEN).why == "It was taken back, so it counts for nobody."
    assert found.arithmetic == (
        "percent_answered = floor(100 x 0 answered / 2 asked) = 0",
        "percent_while_present is empty: present at no question.",
    )


def test_what_is_special_about_an_answer_is_said(conversation: Conversation) -> None:
    given = [answer(SINGLE, 1, yes, late=True, muted=True)]
    said = line(explained(snapshot(conversation, [person(1)], given)), SINGLE)
    assert (said.counts, said.late, said.muted) == ("answered", True, True)
    assert said.why == (
        "Answered at 2026-11-25T09:00:00.001Z, late but within the grace: counts as answered. "
        "Muted answers count like all others. "
        "Answered, so present, though no connection was recorded."
    )


def test_where_nothing_was_asked_there_is_nothing_to_compute() -> None:
    found = explained(snapshot(after(live(), [Next(), End()]), [person(1)]))
    assert found.arithmetic == ("Nothing was asked, so there is no percentage: neither 0 nor 100.",)
    assert {one.why for one in found.lines} == {"It was never sent, so it counts for nobody."}


def test_somebody_is_found_by_number_or_pid_and_nobody_else(conversation: Conversation) -> None:
    taken = snapshot(conversation, [person(1), person(2)], links=4)
    assert explained(taken, 2) == explained(taken, pid(2))
    for who in (0, 3, pid(9), "", "2"):
        found = explain(taken, who)
        assert isinstance(found, Refused)
        assert found.code == "unlisted"


def test_a_link_that_nobody_joined_with(conversation: Conversation) -> None:
    taken = snapshot(conversation, [person(1)], links=3)
    links = (*taken.links[:2], replace(taken.links[2], turned_away="full"))
    never, away = (explained(replace(taken, links=links), pid(number)) for number in (2, 3))
    assert (never.number, never.outcome, never.lines) == (None, "never_joined", ())
    assert never.arithmetic == ("Nobody joined with this link, so there is nothing to compute.",)
    assert (away.outcome, away.reason, away.progress) == ("turned_away", "full", None)
    assert away.arithmetic == ("Nobody joined with this link; the last try was turned away: full.",)


def test_who_came_to_another_run() -> None:
    taken = snapshot(flexible(), [person(1, Span(T0, T0 + MINUTE))], links=1)
    assert explained(of_run(taken, 1), pid(1)).outcome == "left"
    elsewhere = explained(of_run(taken, 2), pid(1))
    assert (elsewhere.number, elsewhere.outcome) == (None, None)
    assert "not connected in this run" in elsewhere.arithmetic[0]


def test_an_anonymous_conversation_explains_nobody() -> None:
    assert explain(snapshot(draft(chosen=settings(links="single"))), 1) == ANONYMOUS


def test_a_question_that_was_sent_again_is_one_question() -> None:
    conversation = after(asked(3), [Send(SINGLE), End()], T0 + 4 * MINUTE, MINUTE)
    found = explained(
        snapshot(conversation, [person(1, Span(T0 + 4 * MINUTE + 1, T0 + 5 * MINUTE))])
    )
    assert line(found, SINGLE).present
    assert not line(found, MULTIPLE).present
    assert found.progress is not None
    assert found.progress.asked == 2


@given(snapshots())
def test_it_tells_the_same_as_the_file(taken: Snapshot) -> None:
    taken = of_run(taken, None)
    for row in rows_of(participant_data(taken)):
        found = explained(taken, row["participant_id"])
        counted = [one for one in found.lines if one.asked]
        assert row["questions_asked"] == str(len(counted))
        assert row["questions_answered"] == str(sum(one.answered for one in counted))
        assert row["outcome"] == found.outcome
        assert sum(one.present for one in found.lines) == sum(one.present for one in counted)
        for name, whole in (
            ("percent_answered", len(counted)),
            ("percent_while_present", sum(one.present for one in counted)),
        ):
            exact = str(100 * sum(one.answered for one in counted) // whole) if whole else ""
            assert row[name] == exact
            told = [one for one in found.arithmetic if one.startswith(name)]
            assert all(one.endswith((f"= {exact}", "at no question.")) for one in told)
