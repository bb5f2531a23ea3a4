"""The main job, whole: real questions, what real people answered, a real server, real sockets; and
the percentage of every one of them, counted again from the answers with nothing but csv."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.rehearsal.test_real_server import assert_counted_by_hand

QUESTIONS = 116


def rehearse(data: Path, out: Path, robots: int, *more: str) -> dict[str, Any]:
    """The report of `turnout rehearse --json` on the real dialogue."""
    dialogue = data / "dialogue"
    command = [sys.executable, "-m", "turnout.cli", "rehearse", str(dialogue / "guide.csv")]
    command += ["--answers", str(dialogue / "answers.csv"), "--participants", str(robots)]
    command += ["--json", "--output", str(out), *more]
    done = subprocess.run(command, capture_output=True, text=True, timeout=900, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    report: dict[str, Any] = json.loads(done.stdout)
    return report


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def counted_by_hand(data: Path, robots: int) -> dict[str, int]:
    """Answers of each of the first people, by the first cell of their row."""
    with (data / "dialogue/answers.csv").open(encoding="utf-8-sig", newline="") as file:
        _, *people = csv.reader(file)
    return {person[0]: sum(cell != "" for cell in person[1:]) for person in people[:robots]}


def check(data: Path, out: Path, robots: int, report: dict[str, Any]) -> None:
    by_hand = counted_by_hand(data, robots)
    assert len(by_hand) == robots
    assert report["joined"] == robots
    assert report["accepted"] == report["answers_sent"] == sum(by_hand.values())
    assert (report["lost"], report["duplicated"], report["mismatches"]) == (0, 0, 0)
    who = {row["participant_id"]: row["row"] for row in rows(out / "robots.csv")}
    exported = {
        who[row["participant_id"]]: (row["questions_answered"], row["percent_answered"])
        for row in rows(out / "participant_data.csv")
    }
    expected = {
        name: (str(count), str(100 * count // QUESTIONS)) for name, count in by_hand.items()
    }
    assert exported == expected


def test_sixty_people_get_the_percentage_that_a_count_by_hand_gives(
    shared_data: Path, tmp_path: Path
) -> None:
    report = rehearse(shared_data, tmp_path, 60)
    check(shared_data, tmp_path, 60, report)


@pytest.mark.long
def test_six_hundred_people_get_the_percentage_that_a_count_by_hand_gives(
    shared_data: Path, tmp_path: Path
) -> None:
    report = rehearse(shared_data, tmp_path, 600)
    check(shared_data, tmp_path, 600, report)
    assert report["accepted"] == 66_830


@pytest.mark.long
def test_twenty_kills_in_answer_bursts_lose_nothing_and_double_nothing(
    shared_data: Path, tmp_path: Path
) -> None:
    report = rehearse(shared_data, tmp_path, 200, "--faults", "kill")
    check(shared_data, tmp_path, 200, report)
    assert report["restarts"] == 20


@pytest.mark.long
@pytest.mark.every_fault
def test_six_hundred_people_and_every_fault(shared_data: Path, tmp_path: Path) -> None:
    report = rehearse(shared_data, tmp_path, 600, "--faults", "all")
    assert report["joined"] == 600
    assert (report["lost"], report["duplicated"], report["mismatches"]) == (0, 0, 0)
    assert report["restarts"] == 20
    faults = report["faults"]
    assert faults["second-device"] == {"tried": 60, "refused": 60, "socket_refused": 60}
    assert (faults["late"]["joined_late"], faults["late"]["let_in"]) == (60, 60)
    assert faults["takeover"]["moved"] == faults["takeover"]["audited"] == 30
    assert faults["lost-ack"]["counted_once"] > 200  # a kill makes some acknowledgements vain too
    assert (faults["flex"]["let_in"], faults["flex"]["runs_right"]) == (150, 2)
    assert_counted_by_hand(tmp_path)
