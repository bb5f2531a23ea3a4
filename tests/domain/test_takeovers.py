"""Taking a link over: four letters, ten minutes, five tries, and when people may move alone."""

from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.examples import DAY, MINUTE, T0
from turnout.domain.devices import Asking
from turnout.domain.takeovers import (
    AWAY,
    COUNT,
    LETTERS,
    LIFE,
    MAX_MOVES,
    TRIES,
    Request,
    draw_letters,
    gives_way_at,
    moves_by_itself,
    read_letters,
)

keyed = Request("CDFH", "thumb", "cookie", "attempt", TRIES, T0)
plain = Request("CDFH", None, "cookie", "attempt", TRIES, T0)
"""By a browser that could make no key."""
asker = Asking("thumb", None, "another attempt")


def drawing(*numbers: int) -> Callable[[int], bytes]:
    """Randomness that gives these numbers, one after the other."""
    left: Iterator[int] = iter(numbers)
    return lambda size: next(left).to_bytes(size, "big")


def test_a_link_is_taken_over_by_four_letters_in_ten_minutes_and_five_tries() -> None:
    assert (COUNT, LIFE, TRIES) == (4, 10 * MINUTE, 5)


@given(st.integers(0, len(LETTERS) ** COUNT - 1))
def test_every_number_draws_four_letters_that_nobody_mistakes(number: int) -> None:
    letters = draw_letters(drawing(number))
    assert len(letters) == COUNT
    assert set(letters) <= set(LETTERS)
    assert not set(letters) & set("AEIOUYBGILOQSZ015")
    back = sum(LETTERS.index(one) * len(LETTERS) ** place for place, one in enumerate(letters))
    assert back == number


def test_numbers_beyond_the_last_combination_are_drawn_again() -> None:
    """Else some letters would be likelier than others."""
    too_high = len(LETTERS) ** COUNT
    assert draw_letters(drawing(too_high, 65_535, 0)) == "CCCC"
    assert draw_letters(drawing(too_high - 1)) == "XXXX"


@given(st.text(LETTERS, min_size=COUNT, max_size=COUNT), st.text(" .-_\t0123\u200b", max_size=3))
def test_letters_are_read_whatever_their_case_and_what_stands_between(
    letters: str, between: str
) -> None:
    assert read_letters(between.join(letters.lower())) == letters
    assert read_letters(f"{between}{letters.title()}{between}") == letters


@pytest.mark.parametrize("typed", ["", "CDF", "CDFHH", "CDFJ", "1234"])
def test_other_letters_are_not_those(typed: str) -> None:
    assert read_letters(typed) != keyed.letters


@pytest.mark.parametrize(("later", "waits"), [(0, True), (LIFE, True), (LIFE + 1, False)])
def test_a_request_waits_ten_minutes(later: int, waits: bool) -> None:
    assert keyed.waits(T0 + later) is waits
    assert keyed.until == T0 + LIFE


@pytest.mark.parametrize(
    ("request_", "asking", "same"),
    [
        (keyed, Asking("thumb", None, "another"), True),
        (keyed, Asking("another", "cookie", "attempt"), False),
        (keyed, Asking(None, "cookie", "attempt"), False),
        (plain, Asking("thumb", "cookie", "attempt"), False),
        (plain, Asking(None, "cookie", "another"), True),
        (plain, Asking(None, "another", "attempt"), True),
        (plain, Asking(None, None, "attempt"), True),
        (plain, Asking(None, None, "another"), False),
        (Request("CDFH", None, None, "attempt", TRIES, T0), Asking(None, None, "other"), False),
    ],
)
def test_a_request_is_bound_to_the_key_of_the_device_that_asks(
    request_: Request, asking: Asking, same: bool
) -> None:
    """Without a key to its cookie, or to its attempt while it has none."""
    assert request_.is_by(asking) is same


@pytest.mark.parametrize(("away", "moves"), [(5 * MINUTE, True), (5 * MINUTE - 1, False)])
def test_it_grants_itself_once_the_old_device_has_no_attendance_for_5_minutes(
    away: int, moves: bool
) -> None:
    assert moves_by_itself(keyed, asker, moves=0, last=T0 + 1 - away, now=T0 + 1) is moves


def test_a_device_that_never_attended_gives_way_at_once() -> None:
    assert moves_by_itself(keyed, asker, moves=0, last=0, now=T0)


@pytest.mark.parametrize(("before", "moves"), [(0, True), (1, True), (2, False), (3, False)])
def test_it_grants_itself_at_most_twice_a_link(before: int, moves: bool) -> None:
    assert MAX_MOVES == 2
    assert moves_by_itself(keyed, asker, moves=before, last=T0 - DAY, now=T0) is moves


@pytest.mark.parametrize(("before", "at"), [(0, T0 + AWAY), (1, T0 + AWAY), (2, None)])
def test_the_asking_device_can_be_told_when_that_is(before: int, at: int | None) -> None:
    assert gives_way_at(moves=before, last=T0) == at


def test_it_grants_itself_to_the_device_that_asked_while_it_waits() -> None:
    another = Asking("another", None, "attempt")
    assert not moves_by_itself(keyed, another, moves=0, last=0, now=T0)
    assert not moves_by_itself(keyed, asker, moves=0, last=0, now=T0 + LIFE + 1)
