"""The files and the explanations of the command line."""

import json
import zipfile
from pathlib import Path

import pytest

from tests.cli.running import Outcome, turnout
from turnout.cli.exporting import told

PID = "p0000000000000000"


@pytest.fixture
async def data(tmp_path: Path, guide: Path) -> Path:
    """A live conversation `streets`, two links, nobody there; and an anonymous one."""
    folder = tmp_path / "data"
    for slug, more in (("streets", ()), ("all", ("--single-link",))):
        made = ("new", guide, "--title", "Streets", "--max-participants", "2", "--slug", slug)
        for command in ((*made, *more), ("publish", slug), ("start", slug)):
            assert (await turnout(*command, "--data", folder)).code == 0
    return folder


async def export(data: Path, file: Path, *options: str) -> Outcome:
    return await turnout("export", "streets", file, *options, "--data", data)


@pytest.mark.parametrize(
    ("name", "begins"),
    [
        ("data.json", b'{\n"format": 1'),
        ("answers.JSON", b'{\n"format": 1'),
        ("bundle.zip", b"PK"),
        ("questions.csv", b"\xef\xbb\xbfquestion_id,"),
        ("links.txt", b"\xef\xbb\xbfparticipant_id,link"),
        ("data.csv", b"\xef\xbb\xbfparticipant_id,percent_answered"),
        ("monday", b"\xef\xbb\xbfparticipant_id,percent_answered"),
    ],
)
async def test_the_name_says_what_is_written(
    data: Path, tmp_path: Path, name: str, begins: bytes
) -> None:
    outcome = await export(data, tmp_path / name)
    assert outcome.code == 0, outcome.err
    assert (tmp_path / name).read_bytes().startswith(begins)


async def test_options_reach_the_file(data: Path, tmp_path: Path) -> None:
    bundle = tmp_path / "all.zip"
    options = ("--run", "live", "--no-bom", "--semicolon", "--json")
    outcome = await export(data, bundle, *options)
    assert outcome.json == {
        "file": str(bundle),
        "what": "bundle",
        "bytes": bundle.stat().st_size,
    }
    with zipfile.ZipFile(bundle) as files:
        assert files.read("links.csv").startswith(b"participant_id;link\r\n")
        assert b"about the run live" in files.read("README.txt")
        assert json.loads(files.read("data.json"))["run"] == "live"


async def test_a_run_that_there_was_not_is_said_in_words(data: Path, tmp_path: Path) -> None:
    outcome = await export(data, tmp_path / "flex.csv", "--run", "flex")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == "There was no such run. Choose one of: live (1); or all.\n"
    assert not (tmp_path / "flex.csv").exists()


async def test_a_link_is_explained(data: Path, tmp_path: Path) -> None:
    assert (await export(data, tmp_path / "links.csv", "--no-bom")).code == 0
    pid = (tmp_path / "links.csv").read_text().splitlines()[1].partition(",")[0]
    outcome = await turnout("explain", "streets", pid, "--data", data)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.splitlines() == [
        f"{pid}: never_joined",
        "Nobody joined with this link, so there is nothing to compute.",
    ]
    as_json = await turnout("explain", "streets", pid, "--json", "--run", "1", "--data", data)
    assert as_json.json["outcome"] == "never_joined"


@pytest.mark.parametrize(
    ("slug", "pid", "why"),
    [
        ("streets", PID, "There is nobody with this number or link in these files."),
        ("streets", "7", "There is nobody with this number or link in these files."),
        ("streets", "x", "This is no number of a link: it is a p and 16 letters and digits."),
        ("all", "1", "nothing connects answers to people."),
        ("nothing-here", "1", "There is no conversation with this address."),
    ],
)
async def test_what_cannot_be_explained_is_said_in_words(
    data: Path, slug: str, pid: str, why: str
) -> None:
    outcome = await turnout("explain", slug, pid, "--data", data)
    assert (outcome.code, outcome.out) == (1, "")
    assert why in outcome.err
    assert len(outcome.err.splitlines()) == 1


def test_an_explanation_reads_question_by_question() -> None:
    line = {"question": 2, "position": 1, "text": "Do you\nwalk?", "why": "So it counts."}
    marks = {"asked": True, "present": True, "answered": False}
    explained = {
        "participant": 1,
        "pid": PID,
        "outcome": "left",
        "lines": [line | marks, line | {"position": 2, "text": "x" * 99, "why": "It was."} | marks],
        "arithmetic": ["percent_answered = floor(100 x 0 answered / 2 asked) = 0"],
    }
    assert list(told(explained)) == [
        f"Participant 1, {PID}: left",
        "1. Do you walk?",
        "   asked · present · not answered. So it counts.",
        "2. " + "x" * 71 + "…",
        "   asked · present · not answered. It was.",
        "percent_answered = floor(100 x 0 answered / 2 asked) = 0",
    ]
    assert next(told(explained | {"participant": None, "outcome": None})) == PID
