"""Rehearsals with faults against a small server that handles them right, and one that does not."""

from pathlib import Path

import pytest

from tests.rehearsal.examples import a_plan
from tests.rehearsal.fake_conversation import TOKEN
from tests.rehearsal.fake_server import serving
from turnout.rehearsal import Remote, Report, rehearse


async def rehearsed(tmp_path: Path, faults: str, *lies: str) -> Report:
    async with serving(tmp_path / "data", *lies) as fake:
        plan = a_plan(remote=Remote(fake.origin, TOKEN), faults=faults)
        return await rehearse(plan, lambda step: None)


@pytest.mark.parametrize(
    ("faults", "steps"),
    [
        ("drop=1", {"cut": 1, "resumed": 1}),
        ("second-device=4", {"tried": 4, "refused": 4, "socket_refused": 4}),
        (
            "lost-ack=4",
            {"thrown_away": 4, "resent": 4, "same_answer": 4, "counted_once": 4},
        ),
        (
            "double=4",
            {
                "joined_twice": 4,
                "one_seat": 4,
                "answered_twice": 14,
                "counted_once": 14,
                "frames_twice": 14,
            },
        ),
    ],
)
async def test_every_step_is_counted(tmp_path: Path, faults: str, steps: dict[str, int]) -> None:
    report = await rehearsed(tmp_path, faults)
    assert report.ok, report.details
    assert (report.joined, report.accepted) == (4, 14)
    assert list(report.faults.values()) == [steps]


async def test_whoever_is_cut_comes_back(tmp_path: Path) -> None:
    report = await rehearsed(tmp_path, "drop=20")
    assert report.ok, report.details
    drop = report.faults["drop"]  # nobody is cut who is not back from the last time
    assert 0 < drop["cut"] == drop["resumed"] <= 20


async def test_another_device_that_is_let_in_is_told(tmp_path: Path) -> None:
    report = await rehearsed(tmp_path, "second-device=1", "let_in")
    assert report.mismatches == 2
    assert "another device that joined was let in" in report.details[0]
    assert report.details[1] == "second-device: 1 other devices tried, but 0 refused"


async def test_another_device_that_is_welcomed_on_a_socket_is_told(tmp_path: Path) -> None:
    report = await rehearsed(tmp_path, "second-device=1", "welcome")
    assert any("said hello was welcomed" in what for what in report.details)
    assert report.faults["second-device"]["socket_refused"] == 0
    assert not report.ok


@pytest.mark.parametrize("faults", ["double=1", "lost-ack=1"])
async def test_an_answer_that_counts_again_is_told(tmp_path: Path, faults: str) -> None:
    report = await rehearsed(tmp_path, faults, "count_again")
    assert report.duplicated == 1
    assert "one answer as revision 1 and 2" in report.details[0]


async def test_late_answers_that_are_not_marked_are_told(tmp_path: Path) -> None:
    """The small server knows no grace."""
    report = await rehearsed(tmp_path, "late=4")
    late = report.faults["late"]
    assert late["joined_late"] == late["let_in"] == 4
    assert late["answered_late"] == 3
    assert late["marked_late"] == 0
    assert "late: 3 answered after the close, but 0 marked late" in report.details
    assert sum("late is 'no'" in what for what in report.details) == 3


async def test_a_server_that_cannot_hand_a_link_over_is_told(tmp_path: Path) -> None:
    report = await rehearsed(tmp_path, "takeover=1")
    assert report.faults["takeover"]["refused"] == 1
    assert report.faults["takeover"]["asked"] == 0
    assert any("could not be taken over: asking was refused" in what for what in report.details)
