import random

import pytest

from turnout.rehearsal.backoff import BackOff, slowly, stops


@pytest.mark.parametrize("code", [1000, 1007, 1009, 4400, 4404, 4410, 4411, 4426])
def test_these_codes_stop(code: int) -> None:
    assert stops(code)


@pytest.mark.parametrize("code", [1001, 1006, 1011, 1012, 1013, 4000, 4001, 4008, 4009, 4503])
def test_these_codes_come_back(code: int) -> None:
    assert not stops(code)
    assert slowly(code) == (code in (1013, 4503))


def test_waits_grow_up_to_a_limit_and_are_jittered() -> None:
    back_off = BackOff(random.Random(1))
    waits = [back_off.wait(1006, 0) for _ in range(40)]
    assert waits[0] <= 0.5
    assert waits[1] <= 1.0
    assert max(waits) <= 20
    assert max(waits) > 10
    assert min(waits[10:]) < 5


def test_after_a_long_life_failures_are_forgotten() -> None:
    back_off = BackOff(random.Random(1))
    for _ in range(9):
        back_off.wait(1006, 0)
    assert back_off.wait(1006, 29.9) > 0
    assert back_off.failures == 10
    assert back_off.wait(1006, 30) <= 0.5
    assert back_off.failures == 1


def test_the_servers_wish_wins() -> None:
    assert BackOff(random.Random(1)).wait(1013, 0, retry_ms=1234) == 1.234


def test_after_a_drain_the_first_try_takes_up_to_three_seconds() -> None:
    waits = [BackOff(random.Random(seed)).wait(4000, 0) for seed in range(50)]
    assert 2 < max(waits) <= 3
    again = BackOff(random.Random(1))
    again.wait(4000, 0)
    assert again.wait(4000, 0) <= 1.0


def test_a_local_server_is_looked_for_sooner_and_a_busy_one_later() -> None:
    near = [BackOff(random.Random(seed), 0.1).wait(1006, 0) for seed in range(50)]
    busy = [BackOff(random.Random(seed)).wait(1013, 0) for seed in range(50)]
    assert max(near) <= 0.05
    assert 2 < max(busy) <= 2.5
