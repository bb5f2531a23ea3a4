"""`turnout match`: two files in, one out, the sums printed, and no file written over."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from turnout.cli.commands import app

DOC = (Path(__file__).parents[2] / "docs/match.md").read_text("utf-8")
LIST, DATA, MATCHED = re.findall(r"^```csv\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL)
[PRINTED] = re.findall(r"^```text\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with the two files of the documentation."""
    monkeypatch.chdir(tmp_path)
    Path("list.csv").write_text(LIST, "utf-8")
    Path("participant_data.csv").write_text(DATA, "utf-8")
    return tmp_path


def run(*arguments: str) -> Result:
    return CliRunner().invoke(app, ["match", "list.csv", "participant_data.csv", *arguments])


def test_the_example_of_the_documentation(folder: Path) -> None:
    result = run()
    assert result.exit_code == 0
    assert result.stdout == PRINTED
    written = (folder / "list-matched.csv").read_bytes().decode("utf-8-sig")
    assert written.replace("\r\n", "\n") == MATCHED
    assert sorted(path.name for path in folder.iterdir()) == [
        "list-matched.csv",
        "list.csv",
        "participant_data.csv",
    ]


def test_json_threshold_column_and_output(folder: Path) -> None:
    result = run("--threshold", "40", "--id-column", "Link", "-o", "out.csv", "--json")
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "file": "out.csv",
        "id_column": "Link",
        "threshold": 40,
        "counts": {
            "rows_of_list": 5,
            "came": 2,
            "came_under_threshold": 0,
            "turned_away": 1,
            "never_came": 2,
            "not_on_your_list": 1,
        },
        "notes": ["1 rows of your list have no id that can be read; they never came."],
    }
    assert (folder / "out.csv").exists()


def test_an_older_file_is_written_over_only_if_it_is_named(folder: Path) -> None:
    older = folder / "list-matched.csv"
    older.write_text("mine")
    result = run()
    assert result.exit_code == 1
    assert "is there already" in result.stderr
    assert older.read_text() == "mine"
    assert run("-o", "list-matched.csv").exit_code == 0
    assert older.read_text() != "mine"


@pytest.mark.parametrize("name", ["list.csv", "participant_data.csv"])
def test_the_two_files_are_never_written_over(folder: Path, name: str) -> None:
    before = (folder / name).read_bytes()
    result = run("-o", name)
    assert result.exit_code == 2
    assert "one of the files to read" in result.stderr
    assert (folder / name).read_bytes() == before


def test_refusals_are_printed_and_write_nothing(folder: Path) -> None:
    (folder / "participant_data.csv").write_text(
        "participant_id,outcome,percent_answered\np0123456789abcdef,left,all\n"
    )
    result = run()
    assert result.exit_code == 1
    assert "The participant data, row 2, percent_answered: 'all' is no whole" in result.stderr
    as_json = run("--json")
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["problems"][0]["row"] == 2
    (folder / "list.csv").write_text("Name\nAda\n")
    (folder / "participant_data.csv").write_text(DATA)
    assert "The list: No column holds participant ids" in run().stderr
    assert not (folder / "list-matched.csv").exists()


def test_files_that_cannot_be_read_or_written(folder: Path) -> None:
    result = run("-o", "none/out.csv")
    assert result.exit_code == 1
    assert "none/out.csv can't be written" in result.stderr
    (folder / "list.csv").unlink()
    result = run()
    assert result.exit_code == 1
    assert "list.csv can't be read" in result.stderr
