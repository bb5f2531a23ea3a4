from pathlib import Path

import pytest

from tests.rehearsal.examples import ANSWERS, GUIDE, a_plan
from turnout.rehearsal import Plan, PlanRefused, Remote, make_plan, remote_of
from turnout.rehearsal.faults import Fault

REMOTE = Remote("http://127.0.0.1:1", "t")


def test_a_plan_holds_the_first_rows() -> None:
    plan = a_plan(participants=2, faults="kill=3", seed=7)
    assert plan.title == "A small talk"
    assert [script.row for script in plan.scripts] == ["ann", "bob"]
    assert (plan.seed, plan.faults, plan.speed) == (7, (Fault("kill", 3),), None)
    assert (plan.has("kill"), plan.has("flex")) == (True, False)
    assert len(a_plan().scripts) == 4


def test_a_guide_without_title_is_named_after_its_file(shared_data: Path) -> None:
    folder = shared_data / "dialogue"
    guide, answers = (folder / "guide.csv").read_bytes(), (folder / "answers.csv").read_bytes()
    plan = make_plan("guide.csv", guide, answers)
    assert isinstance(plan, Plan)
    assert plan.title == "Rehearsal of guide"
    assert sum(len(script.answers) for script in plan.scripts) == 66_830


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"participants": 5}, "5 participants, but the answers file has only 4 rows."),
        ({"participants": 0}, "at least one participant"),
        ({"speed": 0.0}, "speed"),
        ({"speed": float("nan")}, "speed"),
        ({"speed": 1e9}, "speed"),
        ({"faults": "rain"}, "'rain' is no fault"),
        ({"faults": "kill", "remote": REMOTE}, "leave --server out"),
        ({"faults": "all", "remote": REMOTE}, "leave --server out"),
        ({"faults": "late=5"}, "late for 5 robots, but only 4 take part."),
    ],
)
def test_what_cannot_be_held_is_refused_in_words(change: dict[str, object], why: str) -> None:
    refused = make_plan("g.yaml", GUIDE, ANSWERS, **change)  # type: ignore[arg-type]
    assert isinstance(refused, PlanRefused)
    assert why in " ".join(refused.why)


def test_mistakes_of_both_files_name_row_and_column() -> None:
    refused = make_plan("g.yaml", b"title: x\nitems:\n  - nonsense: 1\n", ANSWERS)
    assert isinstance(refused, PlanRefused)
    assert refused.why[0].startswith("The guide, row 3")
    refused = make_plan("g.yaml", GUIDE, ANSWERS.replace(b"2.5", b"2.4"))
    assert isinstance(refused, PlanRefused)
    assert refused.why[0].startswith("The answers, row 2, column q4: '2.4'")


def test_an_address_is_read() -> None:
    assert remote_of(" https://talk.example.org/ ", "t\n") == Remote(
        "https://talk.example.org", "t"
    )
    assert remote_of("https://example.org/our/town/", "t") == Remote(
        "https://example.org/our/town", "t"
    )


@pytest.mark.parametrize(
    "url",
    [
        "talk.example.org",
        "ftp://x",
        "http://",
        "http://x/console",
        "http://x/town/console/talk",
        "http://x/town?y",
        "http://x/#y",
    ],
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    assert isinstance(remote_of(url, "t"), PlanRefused)


def test_an_empty_token_is_refused() -> None:
    refused = remote_of("http://x", " ")
    assert isinstance(refused, PlanRefused)
    assert "token" in refused.why[0]
