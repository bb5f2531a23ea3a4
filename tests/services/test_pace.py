"""How often something may happen, and who is slowed down: bounded in memory, never by a clock that
was set back."""

from __future__ import annotations

import pytest

from tests.services.recorder import Clock
from turnout.services import guessing
from turnout.services.guessing import MISSES, REFILL, Guessing, network
from turnout.services.pace import Pace, full


def test_so_many_at_once_then_one_after_the_other() -> None:
    bucket = full(3, 1_000, now=0)
    assert [bucket.take(0) for _ in range(4)] == [0, 0, 0, 1_001]
    assert bucket.take(999) == 2
    assert (bucket.take(1_000), bucket.take(1_000)) == (0, 1_001)


def test_who_waits_as_long_as_told_may_go_on() -> None:
    bucket = full(1, 125, now=0)
    now = 0
    for _ in range(100):
        assert bucket.take(now) == 0
        now += bucket.take(now)


def test_a_bucket_never_holds_more_than_it_can() -> None:
    bucket = full(2, 10, now=0)
    assert [bucket.take(1_000_000) for _ in range(3)] == [0, 0, 11]


def test_a_clock_that_was_set_back_fills_nothing_and_stops_nobody_for_long() -> None:
    bucket = full(1, 1_000, now=1_000_000)
    assert bucket.take(1_000_000) == 0
    assert bucket.take(5) == 1_001
    assert bucket.take(1_005) == 0


def test_keys_do_not_slow_each_other_down(clock: Clock) -> None:
    pace = Pace(clock, burst=1, refill=1_000, keys=10)
    assert [pace.take(key) for key in ("a", "b", "a", ("a", 1))] == [0, 0, 1_001, 0]


def test_only_so_many_keys_are_remembered_and_the_quietest_is_forgotten(clock: Clock) -> None:
    pace = Pace(clock, burst=1, refill=1_000, keys=3)
    for key in "abc":
        pace.take(key)
    assert pace.take("a") > 0  # b has been quiet for longest now
    for key in "defgh":
        pace.take(key)
        assert len(pace) == 3
    assert pace.take("a") == 0


def test_misses_of_an_address_are_counted_and_others_are_not_told_to_wait(clock: Clock) -> None:
    guesses = Guessing(clock)
    assert [guesses.miss("192.0.2.1") for _ in range(MISSES)] == [0] * MISSES
    assert guesses.miss("192.0.2.1") == REFILL + 1
    assert guesses.miss("192.0.2.2") == 0
    clock.advance(REFILL)
    assert guesses.miss("192.0.2.1") == 0


def test_addresses_are_bounded_in_memory(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guessing, "ADDRESSES", 100)
    guesses = Guessing(clock)
    for number in range(1_000):
        guesses.miss(f"10.0.{number // 250}.{number % 250}")
    assert len(guesses) == 100


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff"),
        ("fe80::1%eth0", "fe80::2"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("", "unix:"),
        ("x" * 10_000, "no address either"),
    ],
)
def test_what_one_household_has_counts_together(one: str, other: str) -> None:
    assert network(one) == network(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("192.0.2.1", "192.0.2.2"),
        ("2001:db8:1:2::1", "2001:db8:1:3::1"),
        ("::ffff:192.0.2.1", "::ffff:192.0.2.2"),
        ("192.0.2.1", ""),
    ],
)
def test_what_two_households_have_counts_apart(one: str, other: str) -> None:
    assert network(one) != network(other)
