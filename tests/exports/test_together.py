"""The files of one snapshot agree with each other, with themselves, and with docs/files.md."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.examples import live
from tests.exports.examples import file_of, rows_of, snapshot
from tests.exports.worlds import snapshots
from turnout.exports import answers, links, participant_data, questions
from turnout.exports.csv_file import Table
from turnout.exports.file_names import final_at
from turnout.exports.snapshot import Snapshot

COLUMNS = {
    "links.csv": links.COLUMNS,
    "participant_data.csv": participant_data.COLUMNS,
    "answers.csv": answers.COLUMNS,
    "questions.csv": questions.COLUMNS,
}


def tables(taken: Snapshot) -> tuple[Table, ...]:
    people = participant_data.participant_data(taken, include_all=True)
    assert isinstance(people, Table)
    return (
        links.links(taken, "https://turnout.example"),
        people,
        answers.answers(taken),
        questions.questions(taken),
    )


@given(snapshots())
def test_i7_the_counts_add_up(taken: Snapshot) -> None:
    people, asked = (
        rows_of(participant_data.participant_data(taken)),
        rows_of(questions.questions(taken)),
    )
    given = rows_of(answers.answers(taken))
    counted = [row for row in given if row["withdrawn"] == "no"]
    assert {row["questions_asked"] for row in people} <= {str(len(asked))}
    answered = sum(int(row["questions_answered"]) for row in people)
    assert answered == sum(int(row["answered"]) for row in asked) == len(counted)
    for row in people:
        numbers = row["percent_answered"], row["percent_while_present"]
        assert all(number == "" or 0 <= int(number) <= 100 for number in numbers)
        if asked:
            exact = 100 * int(row["questions_answered"]) // len(asked)
            assert row["percent_answered"] == str(exact)
    present = sum(int(row["present"]) for row in asked)
    assert answered <= present <= len(asked) * len(people)


@given(snapshots(), st.integers(1, 10**9))
def test_files_made_after_the_end_and_its_grace_are_the_same_bytes(
    taken: Snapshot, later: int
) -> None:
    final = final_at(taken.conversation)
    if final is None:
        final = taken.at
        later = 0
    first, second = (replace(taken, at=at) for at in (final + 1, final + 1 + later))
    for one, other in zip(tables(first), tables(second), strict=True):
        assert file_of(one) == file_of(other)


def documented(name: str) -> tuple[str, ...]:
    """The columns in the table below the file's heading."""
    text = (Path(__file__).parents[2] / "docs" / "files.md").read_text()
    (section,) = re.findall(rf"^## `{re.escape(name)}`\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    table = section.split("| column | meaning |\n")[1].split("\n\n")[0]
    return tuple(re.findall(r"^\| `(\w+)` \|", table, re.M))


@pytest.mark.parametrize("name", COLUMNS)
def test_the_columns_are_those_that_are_documented(name: str) -> None:
    assert COLUMNS[name] == documented(name)


def test_every_file_has_its_columns() -> None:
    taken = snapshot(live())
    for table, columns in zip(tables(taken), COLUMNS.values(), strict=True):
        assert table.header == columns


def test_every_outcome_is_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "files.md").read_text()
    for outcome in ("complete", "left", "removed", "never_joined", "turned_away"):
        assert f"| `{outcome}` |" in text
