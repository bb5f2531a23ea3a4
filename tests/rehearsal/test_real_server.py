"""The rehearsal's robots and the real server."""

from pathlib import Path

from tests.rehearsal.examples import a_plan
from turnout.rehearsal import rehearse


async def test_the_real_server_is_killed_twice_and_loses_nothing(tmp_path: Path) -> None:
    plan = a_plan(faults="kill=2", out=tmp_path / "out")
    report = await rehearse(plan, lambda step: None)
    assert report.ok, report.details
    assert (report.joined, report.accepted, report.refused, report.restarts) == (4, 14, 0, 2)
