"""Steps of faults held against each other, and told."""

from collections import Counter

import pytest

from turnout.rehearsal.faults import MOST, Fault, Name
from turnout.rehearsal.outcomes import STEPS, broken, lines, missing, outcomes

EVERY = tuple(Fault(name, 4) for name in MOST)


def all_steps(times: int) -> Counter[tuple[Name, str]]:
    return Counter(
        {
            (name, key): times
            for name, chains in STEPS.items()
            for chain in chains
            for key, _ in chain
        }
    )


def test_what_happened_as_it_should_breaks_nothing() -> None:
    found = outcomes(EVERY, all_steps(4))
    assert list(found) == list(MOST)
    assert list(broken(found)) == []
    assert list(missing(EVERY, 10, found)) == []


@pytest.mark.parametrize(
    ("name", "key"),
    [(name, key) for name, chains in STEPS.items() for chain in chains for key, _ in chain[1:]],
)
@pytest.mark.parametrize("times", [3, 5])
def test_a_step_that_happened_more_or_less_often_is_told(name: Name, key: str, times: int) -> None:
    counted = all_steps(4)
    counted[name, key] = times
    (words,) = broken(outcomes(EVERY, counted))
    assert words.startswith(f"{name}: 4 ")
    assert f"but {times} " in words


def test_only_the_faults_of_the_plan_are_told() -> None:
    found = outcomes((Fault("late"),), all_steps(4))
    assert list(found) == ["late"]
    assert found["late"]["let_in"] == 4


def test_what_did_not_happen_as_often_as_asked_is_a_remark() -> None:
    found = outcomes((Fault("drop", 9),), all_steps(4))
    assert list(missing((Fault("drop", 9),), 10, found)) == [
        "drop: asked for 9 times, happened 4 times"
    ]


def test_in_words() -> None:
    counted = all_steps(1_200)
    counted["takeover", "by_letters"] = 600
    second, moved = lines(outcomes((Fault("second-device"), Fault("takeover")), counted))
    assert second == (
        "second-device: 1,200 other devices tried, 1,200 refused, 1,200 refused on the socket too"
    )
    assert moved.endswith("in the files; 600 by typing the letters, 0 by the moderator, 0 first "
                          "devices told goodbye")  # fmt: skip
