import json
from dataclasses import replace

import pytest

from turnout.rehearsal.ledger import Spread
from turnout.rehearsal.report import TOLD, Report

GOOD = Report(
    joined=600,
    answers_sent=66_830,
    accepted=66_830,
    refused=0,
    lost=0,
    duplicated=0,
    mismatches=0,
    send_to_seen_ms=Spread(1.5, 2, 3, 4),
    answer_to_accepted_ms=Spread(None, None, None, None),
    seconds=40.25,
)


def test_nothing_wrong_is_ok() -> None:
    assert GOOD.ok


@pytest.mark.parametrize("what", ["lost", "duplicated", "mismatches"])
def test_anything_wrong_is_not(what: str) -> None:
    assert not replace(GOOD, **{what: 1}).ok  # type: ignore[arg-type]


def test_the_json_form_has_these_keys() -> None:
    found = json.loads(json.dumps(GOOD.as_dict()))
    assert found["answers_sent"] == 66_830
    assert found["send_to_seen_ms"] == {"p50": 1.5, "p95": 2, "p99": 3, "max": 4}
    assert found["answer_to_accepted_ms"]["max"] is None
    wanted = "joined accepted refused lost duplicated mismatches seconds restarts details"
    assert set(wanted.split()) <= set(found)


def test_the_words_tell_the_first_details() -> None:
    bad = replace(GOOD, restarts=3, details=tuple(f"case {n}" for n in range(TOLD + 2)))
    text = "\n".join(bad.lines())
    assert "600 joined, 66,830 answers sent, in 40.2 s" in text
    assert "restarted 3 times" in text
    assert "case 19" in text
    assert "case 20" not in text
    assert "and 2 more" in text
    assert "(never)" in text
    assert "restarted" not in "\n".join(GOOD.lines())
