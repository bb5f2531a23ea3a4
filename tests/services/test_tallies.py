"""Boards: filled from the store, so that they equal the files."""

from dataclasses import replace

from msgspec import UNSET

from tests.domain.examples import MULTIPLE, NUMBER, OPEN, SCALE, SINGLE, T0, asked, beginning
from tests.services.recorder import Recorder
from turnout.domain.answers import Body
from turnout.domain.progress import Span
from turnout.exports.snapshot import AnswerRow, ParticipantRow, Snapshot
from turnout.ports import Located, Staff
from turnout.services.rooms import Member, Person, Room
from turnout.services.tallies import Board, Boards, seen_by


def answer(question: int, participant: int, body: Body, aseq: int) -> AnswerRow:
    return AnswerRow(question, participant, body, 1, T0, late=False, muted=False, aseq=aseq)


def snapshot(*answers: AnswerRow, people: int = 1, items: int = 6) -> Snapshot:
    rows = tuple(
        ParticipantRow(n, f"p{n}", T0, 0, removed=False, attended=(Span(T0, T0),))
        for n in range(1, people + 1)
    )
    return Snapshot(T0, "talk", asked(items), (), rows, answers)


def room(items: int = 6) -> Room:
    return Room(Located(1, "talk", asked(items), 0), beginning(), "epoch")


def test_each_type_of_answer_is_counted_in_its_own_way() -> None:
    board = Board(
        snapshot(
            answer(SINGLE, 1, Body(option=2), 1),
            answer(SINGLE, 2, Body(other="mine"), 2),
            answer(MULTIPLE, 1, Body(options=(1, 2), other="too"), 3),
            answer(OPEN, 1, Body(text="because"), 4),
            answer(NUMBER, 1, Body(number=0.5), 5),
            answer(SCALE, 1, Body(number=3), 6),
            people=2,
        )
    )
    here = room()
    board.observe(here, T0)
    tally = board.tally(here, T0, whole=True)
    counted = {q.question: (q.answered, q.counts, q.other) for q in tally.questions}
    assert counted == {
        SINGLE: (2, {"2": 1}, 1),
        MULTIPLE: (1, {"1": 1, "2": 1}, 1),
        OPEN: (1, {}, 0),
        NUMBER: (1, {"0.5": 1}, 0),
        SCALE: (1, {"3": 1}, 0),
    }
    assert [(p.pid, p.answered, p.percent_answered) for p in tally.people] == [
        ("p1", 5, 100),
        ("p2", 1, 20),
    ]
    assert tally.aseq == 6


def test_an_answer_that_was_replaced_counts_once() -> None:
    board = Board(snapshot(answer(SINGLE, 1, Body(option=1), 1)))
    board.absorb([answer(SINGLE, 1, Body(option=2), 2)])
    here = room()
    board.observe(here, T0)
    (single, *_) = board.tally(here, T0, whole=True).questions
    assert (single.answered, single.counts) == (1, {"2": 1})


def test_an_answer_that_comes_before_its_author_was_seen_counts_for_them_later() -> None:
    board = Board(snapshot(people=0))
    here = room()
    board.absorb([answer(SINGLE, 7, Body(option=1), 1)])
    here.met[7] = "p7"
    board.observe(here, T0)
    (person,) = board.tally(here, T0).people
    assert (person.pid, person.answered, person.here) == ("p7", 1, False)
    assert board.pid(7) == "p7"
    assert board.pid(8) == ""


def test_a_question_that_was_asked_since_changes_everybodys_percentage() -> None:
    board = Board(snapshot(answer(SINGLE, 1, Body(option=1), 1), items=2))
    here = room(2)
    board.observe(here, T0)
    assert board.tally(here, T0).people[0].percent_answered == 100
    later = room(3)
    board.observe(later, T0)
    tally = board.tally(later, T0)
    assert [q.question for q in tally.questions] == [MULTIPLE]
    assert tally.people[0].percent_answered == 50
    assert tally.people[0].percent_while_present == 100


def test_observers_see_no_people() -> None:
    board = Board(snapshot())
    here = room()
    board.observe(here, T0)
    tally = board.tally(here, T0, whole=True)
    assert len(tally.people) == 1
    assert seen_by("observer", tally).people == []
    assert seen_by("researcher", tally) is tally


def test_a_room_has_one_board_as_long_as_somebody_looks() -> None:
    boards, here = Boards(), room()
    assert boards.get(here) is None
    board = boards.put(here, snapshot())
    assert boards.put(here, snapshot()) is board
    assert boards.get(here) is board
    boards.drop(here)
    boards.drop(here)
    assert boards.get(here) is None


def test_late_answers_and_absences_stand_on_the_row() -> None:
    board = Board(snapshot())
    board.absorb([replace(answer(SINGLE, 1, Body(option=1), 1), late=True)])
    here = room()
    board.observe(here, T0)
    assert [(p.late, p.gone_at) for p in board.tally(here, T0).people] == [(1, T0)]
    somebody = Member(Person(1, 1, "p1", {}, ()), Recorder(), 1, 1, 0, T0, T0)
    here.enter(somebody)
    board.observe(here, T0 + 1)
    assert [p.gone_at for p in board.tally(here, T0).people] == [UNSET]
    here.leave(somebody)
    board.observe(here, T0 + 2)
    assert [p.gone_at for p in board.tally(here, T0).people] == [T0 + 2]
    board.absorb([answer(SINGLE, 1, Body(option=2), 2)])  # in time, once more
    assert [p.late for p in board.tally(here, T0).people] == [0]


def test_a_tally_names_everybody_who_looks_once() -> None:
    board, here = Board(snapshot()), room()
    for name in ("Chidi", "Amara", "Amara"):
        here.screens[Recorder()] = Staff(1, name, "", "observer")
    assert board.tally(here, T0).looking == ["Amara", "Chidi"]
