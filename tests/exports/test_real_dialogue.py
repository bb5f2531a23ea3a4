"""What 600 real participants answered to 116 questions, as files.

The expected numbers are counted from the input with the csv module alone.
"""

import csv
import math
from pathlib import Path

import pytest

from tests.domain.examples import MINUTE, T0, after, live
from tests.exports.examples import file_of, person, pid, read, rows_of, snapshot
from turnout.domain.answers import Body, checked
from turnout.domain.commands import End, Next
from turnout.domain.guide import Item, Message, MultipleChoice, Question, SingleChoice
from turnout.domain.progress import Span
from turnout.exports.answers import answers
from turnout.exports.csv_file import guarded
from turnout.exports.participant_data import participant_data
from turnout.exports.questions import questions
from turnout.exports.snapshot import AnswerRow, Snapshot
from turnout.guides import GuideFile, read_guide

pytestmark = pytest.mark.data


@pytest.fixture(scope="module")
def given(shared_data: Path) -> list[dict[str, str]]:
    """The input's rows: `participant`, then one cell a question, empty where there is no answer."""
    with (shared_data / "dialogue" / "answers.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def dialogue(shared_data: Path, given: list[dict[str, str]]) -> Snapshot:
    """The whole guide sent, an item a minute, and everybody there all the time."""
    guide = read_guide("guide.csv", (shared_data / "dialogue" / "guide.csv").read_bytes())
    assert isinstance(guide, GuideFile)
    sent = after(live(guide.items), [Next()] * len(guide.items), T0, MINUTE)
    end = T0 + len(guide.items) * MINUTE
    items = [item for item in guide.items if item.is_question]
    rows = [
        AnswerRow(item.id, number, body_of(item, cell), 1, end, False, False, number)
        for number, row in enumerate(given, start=1)
        for item, cell in zip(items, list(row.values())[1:], strict=True)
        if cell
    ]
    people = [person(number, Span(T0, end)) for number in range(1, len(given) + 1)]
    return snapshot(after(sent, [End()], end), people, rows, at=end + 10 * MINUTE)


def body_of(item: Item, cell: str) -> Body:
    """The cell as the server would have taken it."""
    assert not isinstance(item.content, Message)
    body = _body_of(item.content, cell)
    assert checked(item.content, body) == body
    return body


def _body_of(question: Question, cell: str) -> Body:
    if not isinstance(question, SingleChoice | MultipleChoice):
        return Body(text=cell)
    numbers = {option.text: number for number, option in enumerate(question.options, start=1)}
    if isinstance(question, SingleChoice):
        return Body(option=numbers[cell.strip()])
    return Body(options=tuple(sorted(numbers[text.strip()] for text in cell.split("|"))))


def test_all_600_percentages_are_those_counted_by_hand(
    dialogue: Snapshot, given: list[dict[str, str]]
) -> None:
    rows = rows_of(participant_data(dialogue))
    assert len(rows) == 600
    counted = [sum(bool(cell) for cell in list(row.values())[1:]) for row in given]
    for number, (row, count) in enumerate(zip(rows, counted, strict=True), start=1):
        assert row["participant_id"] == pid(number)
        assert row["questions_asked"] == "116"
        assert row["questions_answered"] == str(count)
        assert row["percent_answered"] == str(math.floor(100 * count / 116))
        assert row["percent_while_present"] == row["percent_answered"]
        assert row["minutes_present"] == "117"
        assert row["outcome"] == "complete"
    assert counted.count(116) == sum(row["percent_answered"] == "100" for row in rows) == 292
    assert counted.count(0) == sum(row["percent_answered"] == "0" for row in rows) == 4


def test_every_answer_comes_back_as_it_was_given(
    dialogue: Snapshot, given: list[dict[str, str]]
) -> None:
    columns = [name for name in given[0] if name != "participant"]
    expected = [
        (name, n, row[name]) for name in columns for n, row in enumerate(given) if row[name]
    ]
    found = rows_of(answers(dialogue))
    assert len(found) == len(expected)
    ids = [entry.item.id for entry in dialogue.conversation.asked]
    for row, (name, number, cell) in zip(found, expected, strict=True):
        assert row["participant_id"] == pid(number + 1)
        assert row["question_id"] == str(ids[columns.index(name)])
        if row["type"] == "open_text":
            assert row["answer"] == guarded(cell)
        else:
            chosen = sorted(text.strip() for text in cell.split("|"))
            assert sorted(row["answer"].removeprefix("'").split("|")) == chosen


def test_every_question_tells_how_many_answered(
    dialogue: Snapshot, given: list[dict[str, str]]
) -> None:
    rows = rows_of(questions(dialogue))
    assert [row["position"] for row in rows] == [str(n) for n in range(1, 117)]
    for row in rows:
        assert row["answered"] == str(sum(bool(one[f"q{row['position']}"]) for one in given))
        assert row["present"] == "600"
    assert len(read(file_of(questions(dialogue)))) == 117
