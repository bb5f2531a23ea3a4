"""What is dealt: the same for a seed, and never two faults that would hide each other."""

import pytest

from turnout import wire
from turnout.rehearsal.faults import Fault, UnknownFault, parse_faults
from turnout.rehearsal.parts import Move, Part, deal
from turnout.rehearsal.script import Script

QUESTIONS = 12
SCRIPTS = tuple(
    Script(
        f"r{robot}",
        {number: wire.Body(text="x") for number in range(1, QUESTIONS + 1) if (robot + number) % 4},
    )
    for robot in range(60)
)


def dealt(faults: str, seed: int = 1, scripts: tuple[Script, ...] = SCRIPTS) -> tuple[Part, ...]:
    read = parse_faults(faults)
    assert not isinstance(read, UnknownFault)
    return deal(read, scripts, QUESTIONS, seed)


def test_without_faults_nothing_befalls_anybody() -> None:
    assert set(dealt("")) == {Part()}
    assert set(dealt("kill")) == {Part()}


def test_the_same_seed_deals_the_same() -> None:
    assert dealt("all", 7) == dealt("all", 7)
    assert dealt("all", 7) != dealt("all", 8)


@pytest.mark.parametrize("seed", range(20))
def test_as_much_is_dealt_as_was_asked_for(seed: int) -> None:
    parts = dealt(
        "late=9,drop=80,double=8,second-device=7,lost-ack=90,takeover=6,flex=12,kill=3", seed
    )
    assert sum(bool(part.comes) for part in parts) == 9
    assert sum(len(part.late) for part in parts) == 9
    assert sum(part.doubles for part in parts) == 8
    assert sum(part.tried is not None for part in parts) == 7
    assert sum(part.move is not None for part in parts) == 6
    assert sum(part.returns for part in parts) == 12
    assert sum(len(part.lost) for part in parts) == 90
    assert 70 <= sum(len(part.cuts) for part in parts) <= 80  # some have no room for one


@pytest.mark.parametrize("seed", range(20))
def test_everything_befalls_robots_that_are_there(seed: int) -> None:
    for part, script in zip(dealt("all,late=20,flex=20", seed), SCRIPTS, strict=True):
        numbers = {number for number, _ in part.cuts} | part.late | part.lost
        numbers |= {part.tried} if part.tried is not None else set()
        numbers |= {part.move.number} if part.move is not None else set()
        assert all(part.is_there(number) for number in numbers)
        assert part.late | part.lost <= script.answers.keys()
        assert not part.late & part.lost
        assert not (part.returns and (part.late or part.comes))
        assert part.returns == (part.comes is None or part.goes is not None)


@pytest.mark.parametrize("seed", range(20))
def test_who_answers_late_is_not_kept_from_it(seed: int) -> None:
    for part in dealt("late=60,drop=600,takeover=60", seed):
        assert all(part.comes is not None and number >= part.comes for number in part.late)
        away = {number for number, _ in part.cuts}
        assert not away & (part.late | {number - 1 for number in part.late})
        assert part.move is None or part.move.number not in part.late


def test_take_overs_are_granted_in_turn_by_letters_and_by_the_moderator() -> None:
    moves = [part.move for part in dealt("takeover=10") if part.move is not None]
    assert sorted(move.how for move in moves) == ["letters"] * 5 + ["release"] * 5


def test_one_in_three_of_those_in_flex_was_not_in_live() -> None:
    back = [part for part in dealt("flex=9") if part.returns]
    assert sum(part.comes is None for part in back) == 3


def test_where_there_is_no_room_less_is_dealt() -> None:
    silent = (Script("a", {}), Script("b", {}))
    parts = dealt("late=2,lost-ack=5,flex=2", scripts=silent)
    assert [(part.returns, part.lost, part.late) for part in parts] == [
        (True, frozenset(), frozenset())
    ] * 2
    assert deal((Fault("drop", 3),), (), QUESTIONS, 1) == ()
    assert deal((Fault("drop", 3),), silent, 0, 1) == (Part(), Part())


def test_who_is_there_is_told_by_question() -> None:
    part = Part(comes=3, goes=5, move=Move(4, "letters"))
    assert [number for number in range(1, 8) if part.is_there(number)] == [3, 4, 5]
    assert not Part(comes=None).is_there(1)
    assert Part().is_there(99)
