"""The rehearsal's robots and the real server."""

import csv
import io
import json
from collections import Counter
from pathlib import Path

import pytest

from tests.rehearsal.examples import GUIDE, a_plan, answers_of
from turnout.rehearsal import Plan, flex, make_plan, rehearse


async def test_the_real_server_is_killed_twice_and_loses_nothing(tmp_path: Path) -> None:
    plan = a_plan(faults="kill=2", out=tmp_path / "out")
    report = await rehearse(plan, lambda step: None)
    assert report.ok, report.details
    assert (report.joined, report.accepted, report.refused, report.restarts) == (4, 14, 0, 2)


async def test_thirty_robots_and_every_fault(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flex, "GRACE", 8)
    faults = "all,kill=1,late=5,drop=20,double=8,second-device=6,lost-ack=15,takeover=4,flex=8"
    plan = make_plan("guide.yaml", GUIDE, answers_of(30), faults=faults, out=tmp_path)
    assert isinstance(plan, Plan)
    report = await rehearse(plan, lambda step: None)
    assert report.ok, report.details
    assert report.joined == 30
    found = report.faults
    assert found["kill"] == {"killed": 1, "restarted": 1}
    assert (found["late"]["joined_late"], found["late"]["let_in"]) == (5, 5)
    assert found["late"]["answered_late"] == found["late"]["marked_late"] > 0
    assert found["drop"]["cut"] == found["drop"]["resumed"] > 0
    assert found["double"]["one_seat"] == found["double"]["joined_twice"] == 8
    assert set(found["second-device"].values()) == {6}
    (lost,) = set(found["lost-ack"].values())
    assert 10 <= lost <= 15  # the kill makes some acknowledgements vain before
    takeover = dict(found["takeover"])
    assert (takeover.pop("by_letters"), takeover.pop("by_release")) == (2, 2)
    assert 0 < takeover.pop("told") <= 4  # one that is cut at that moment is not told
    assert set(takeover.values()) == {4}
    assert (found["flex"]["let_in"], found["flex"]["audited"]) == (8, 8)
    assert (found["flex"]["runs"], found["flex"]["runs_right"]) == (2, 2)
    assert_counted_by_hand(tmp_path)


def assert_counted_by_hand(out: Path) -> None:
    """Nothing but csv: every percentage from the rows of answers, late answers and take-overs."""
    rows = {
        name: list(csv.DictReader(io.StringIO((out / name).read_text("utf-8-sig"), newline="")))
        for name in ("participant_data.csv", "answers.csv", "questions.csv")
    }
    asked = len(rows["questions.csv"])
    answered = Counter(row["participant_id"] for row in rows["answers.csv"])
    for row in rows["participant_data.csv"]:
        count = answered[row["participant_id"]]
        assert row["questions_answered"] == str(count)
        assert row["percent_answered"] == str(100 * count // asked)
    report = json.loads((out / "report.json").read_text("utf-8"))
    late = sum(row["late"] == "yes" for row in rows["answers.csv"])
    assert late >= report["faults"]["late"]["marked_late"]
    changes = sum(int(row["device_changes"]) for row in rows["participant_data.csv"])
    assert changes == report["faults"]["takeover"]["moved"]
