"""Which part of a conversation a file is about."""

from dataclasses import replace

import pytest

from tests.domain.examples import MINUTE, OPEN, QUESTIONS, SINGLE, T0, asked, draft
from tests.exports.examples import HOUR, answer, flexible, person, pid, rows_of, snapshot
from turnout.domain.answers import Body
from turnout.domain.events import Recorded, Removed
from turnout.domain.progress import Span
from turnout.domain.refusals import Refused
from turnout.exports.answers import answers
from turnout.exports.participant_data import participant_data
from turnout.exports.questions import questions
from turnout.exports.runs import of_run, read_run, run_names
from turnout.exports.snapshot import Snapshot

DAY = 24 * HOUR
FLEX, AGAIN = T0 + HOUR, T0 + HOUR + 3 * DAY
twice = flexible()
yes = Body(option=1)


@pytest.fixture
def taken() -> Snapshot:
    """Anna came to all runs, Ben to live, Carl to the first flex, Dora to the last."""
    everywhere = (Span(T0, T0 + MINUTE), Span(FLEX, FLEX + MINUTE), Span(AGAIN, AGAIN + 1))
    anna = person(1, *everywhere)
    people = [
        replace(anna, device_changes=3, device_changes_by=((1, 1), (2, 2))),
        person(2, Span(T0, T0 + 10 * MINUTE)),
        person(3, Span(FLEX, FLEX + 2 * DAY), joined=FLEX),
        replace(person(4, Span(AGAIN, AGAIN + HOUR), joined=AGAIN), removed=True),
    ]
    given = [
        answer(SINGLE, 1, yes),
        replace(answer(OPEN, 1, Body(text="x")), run=2),
        answer(SINGLE, 2, yes),
        replace(answer(SINGLE, 3, yes), run=2),
        replace(answer(SINGLE, 4, yes), run=3),
    ]
    return snapshot(twice, people, given, links=6, at=AGAIN + DAY)


def numbers(taken: Snapshot, run: int | None) -> list[tuple[str, ...]]:
    columns = ("participant_id", "questions_answered", "questions_asked", "minutes_present")
    rows = rows_of(participant_data(of_run(taken, run)))
    return [tuple(row[name] for name in columns) for row in rows]


def test_runs_are_called_by_their_kind() -> None:
    assert run_names(twice) == ("live", "flex", "flex-2")
    assert run_names(draft()) == ()


@pytest.mark.parametrize(
    ("text", "run"), [("all", None), ("live", 1), ("flex", 2), ("flex-2", 3), ("1", 1), ("3", 3)]
)
def test_a_run_is_chosen_by_name_or_number(text: str, run: int | None) -> None:
    assert read_run(twice, text) == run


@pytest.mark.parametrize(
    "text", ["0", "4", "-1", "01", "flex-1", "flex-3", "Live", "", "1.0", "9" * 99]
)
def test_a_run_that_there_was_not_is_refused_in_words(text: str) -> None:
    assert read_run(twice, text) == Refused(
        "invalid",
        "There was no such run. Choose one of: live (1), flex (2), flex-2 (3); or all.",
    )


def test_before_the_start_there_is_no_run() -> None:
    refused = read_run(draft(), "live")
    assert isinstance(refused, Refused)
    assert "has not begun" in refused.why
    assert read_run(draft(), "all") is None
    with pytest.raises(ValueError, match="no run 1"):
        of_run(snapshot(draft()), 1)


def test_a_file_of_a_run_has_who_attended_it_and_what_counted_at_its_end(taken: Snapshot) -> None:
    assert numbers(taken, 1) == [(pid(1), "1", "2", "1"), (pid(2), "1", "2", "10")]
    two_days = str(2 * 24 * 60)
    assert numbers(taken, 2) == [(pid(1), "2", "5", "1"), (pid(3), "1", "5", two_days)]
    assert numbers(taken, 3) == [(pid(1), "2", "5", "0"), (pid(4), "1", "5", "60")]


def test_all_together_is_asked_in_any_run_and_answered_ever(taken: Snapshot) -> None:
    assert numbers(taken, None) == [
        (pid(1), "2", "5", "2"),
        (pid(2), "1", "5", "10"),
        (pid(3), "1", "5", str(2 * 24 * 60)),
        (pid(4), "1", "5", "60"),
    ]
    assert of_run(taken, None).answers == taken.answers


def test_answers_and_questions_of_a_run_are_of_its_participants(taken: Snapshot) -> None:
    first, second = of_run(taken, 1), of_run(taken, 2)
    assert [row["participant_id"] for row in rows_of(answers(first))] == [pid(1), pid(2)]
    given = [(row["question_id"], row["participant_id"]) for row in rows_of(answers(second))]
    assert given == [("2", pid(1)), ("2", pid(3)), ("4", pid(1))]
    assert [row["question_id"] for row in rows_of(questions(first))] == ["2", "3"]
    rows = rows_of(questions(second))
    assert [int(row["question_id"]) for row in rows] == list(QUESTIONS)
    assert [(row["present"], row["answered"]) for row in rows[:3]] == [
        ("2", "2"),
        ("2", "0"),
        ("2", "1"),
    ]


def test_moves_to_other_devices_count_as_of_the_runs_end(taken: Snapshot) -> None:
    found = [of_run(taken, run).participants[0].device_changes for run in (1, 2, 3, None)]
    assert found == [1, 2, 3, 3]


def test_who_was_removed_later_was_not_yet_removed_in_an_earlier_run(taken: Snapshot) -> None:
    """Ben in the first flex, after he answered in live; Anna in live."""
    live_end, flex_end = twice.past[0].rev, twice.past[1].rev
    history = (
        Recorded(live_end - 1, 0, T0, Removed(1)),
        Recorded(flex_end - 1, 0, FLEX, Removed(2)),
    )
    people = tuple(replace(row, removed=row.number < 3) for row in taken.participants)
    taken = replace(taken, history=history, participants=people)

    def out(run: int | None) -> list[int]:
        return [row.number for row in of_run(taken, run).participants if row.removed]

    assert (out(1), out(2), out(3), out(None)) == ([1], [1], [1], [1, 2])
    assert of_run(taken, 1).history == history[:1]


def test_links_are_as_they_were_at_the_runs_end(taken: Snapshot) -> None:
    """The fourth link was full in live and came to the last run; the fifth was turned away in the
    first flex and later again."""
    four = replace(taken.links[3], turned_away_by=((1, "full"), (2, "over")))
    five = replace(taken.links[4], turned_away="over", turned_away_by=((2, "full"),))
    taken = replace(taken, links=(*taken.links[:3], four, five, taken.links[5]))

    def absent(run: int | None) -> dict[str, str]:
        rows = rows_of(participant_data(of_run(taken, run), include_all=True))
        return {
            row["participant_id"]: row["reason"] or row["outcome"]
            for row in rows
            if row["outcome"] in ("never_joined", "turned_away")
        }

    never = "never_joined"
    assert absent(1) == {pid(3): never, pid(4): "full", pid(5): never, pid(6): never}
    assert absent(2) == {pid(4): "over", pid(5): "full", pid(6): never}
    assert absent(3) == absent(None) == {pid(5): "over", pid(6): never}


def test_attendance_is_cut_at_the_end_and_grace_of_its_run() -> None:
    """A page that stayed open from live into flex was there in both, and not in between."""
    taken = snapshot(twice, [person(1, Span(T0, FLEX + MINUTE))])
    grace = T0 + 11 * MINUTE
    first, second = Span(T0, grace), Span(FLEX, FLEX + MINUTE)
    assert of_run(taken, 1).participants[0].attended == (first,)
    assert of_run(taken, 2).participants[0].attended == (second,)
    assert of_run(taken, 3).participants == ()
    assert of_run(taken, None).participants[0].attended == (first, second)
    late = snapshot(
        twice, [person(1, Span(grace, grace + 1)), person(2, Span(grace + 1, FLEX - 1))]
    )
    assert [row.attended for row in of_run(late, None).participants] == [(Span(grace, grace),), ()]


def test_a_run_that_goes_on_has_no_end_yet() -> None:
    taken = snapshot(asked(2), [person(1, Span(T0 - 1, T0 + HOUR))])
    assert of_run(taken, 1).participants[0].attended == (Span(T0, T0 + HOUR),)
    assert of_run(taken, 1) == of_run(taken, None)
