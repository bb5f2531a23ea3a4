"""Some rounds of what tests/hostile/crowds.py does by the thousand."""

from pathlib import Path

from tests.hostile.crowds import joins, visits


async def test_of_a_hundred_devices_at_once_one_has_the_link(tmp_path: Path) -> None:
    told = await joins(3, tmp_path)
    assert told["joined"] == 3
    assert told.total() == 300
    assert set(told) <= {"joined", "other_device", "slow_down"}


async def test_robots_that_only_look_take_nothing(tmp_path: Path) -> None:
    statuses = await visits(500, tmp_path)
    assert set(statuses) <= {200, 206, 304, 307, 400, 401, 404, 405}
    assert statuses[200] > 200
