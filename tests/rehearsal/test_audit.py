"""Files that are right are passed, and every way in which they may lie is found."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.rehearsal.examples import ITEMS
from turnout import wire
from turnout.rehearsal.audit import COLUMNS, Findings, Witness, audit
from turnout.rehearsal.cells import is_shown

ANN = Witness(
    "ann",
    "p1",
    True,
    True,
    {
        2: wire.Body(option=1),
        3: wire.Body(options=[2, 1], other="a|b"),
        4: wire.Body(text="=1+1"),
        5: wire.Body(number=2.5),
    },
)
BOB = Witness("bob", "p2", True, True, {2: wire.Body(other="Mauve, so")})
CID = Witness("cid", "p3", False, False, {})
WITNESSES = (ANN, BOB, CID)

Tables = dict[str, list[list[str]]]


def right() -> Tables:
    when = "2026-11-25T09:00:00.000Z"
    end = [when, "no", "no", "no"]
    return {
        "links.csv": [[pid, f"https://x.org/c/talk?pid={pid}"] for pid in ("p1", "p2", "p3")],
        "participant_data.csv": [
            ["p1", "100", "4", "4", "100", "1", when, when, "0", "complete", ""],
            ["p2", "25", "1", "4", "25", "1", when, when, "0", "complete", ""],
        ],
        "answers.csv": [
            ["p1", "2", "One?", "single_choice", "Red", *end],
            ["p2", "2", "One?", "single_choice", "Mauve, so", *end],
            ["p1", "3", "Several?", "multiple_choice", "Bus|Tram¦Metro|a¦b", *end],
            ["p1", "4", "'=Why?", "open_text", "'=1+1", *end],
            ["p1", "5", "How many?", "number", "2.5", *end],
        ],
        "questions.csv": [
            ["2", "1", "single_choice", "One?", when, when, "2", "2"],
            ["3", "2", "multiple_choice", "Several?", when, when, "2", "1"],
            ["4", "3", "open_text", "=Why?", when, when, "2", "1"],
            ["5", "4", "number", "How many?", when, when, "2", "1"],
        ],
    }


def written(tables: Tables) -> dict[str, bytes]:
    files = {}
    for name, rows in tables.items():
        text = io.StringIO(newline="")
        csv.writer(text).writerows([COLUMNS[name], *rows])
        files[name] = ("\ufeff" + text.getvalue()).encode()
    return files


def audited(change: Callable[[Tables], object], witnesses: tuple[Witness, ...]) -> Findings:
    tables = right()
    change(tables)
    return audit(written(tables), ITEMS, witnesses)


def test_right_files_are_passed() -> None:
    assert audit(written(right()), ITEMS, WITNESSES) == Findings()


def test_where_nothing_was_asked_the_percentage_is_blank() -> None:
    nobody = replace(BOB, answers={})
    row = ["p2", "", "0", "0", "", "1", "t", "t", "0", "complete", ""]
    tables: Tables = {
        "links.csv": right()["links.csv"],
        "participant_data.csv": [row],
        "answers.csv": [],
        "questions.csv": [],
    }
    assert audit(written(tables), (), (nobody, CID)) == Findings()
    row[1] = "0"
    assert len(audit(written(tables), (), (nobody, CID)).mismatches) == 1


def set_cell(table: str, row: int, column: str, value: str) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        tables[table][row][COLUMNS[table].index(column)] = value

    return change


def drop(table: str, row: int) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        del tables[table][row]

    return change


def repeat(table: str, row: int) -> Callable[[Tables], None]:
    def change(tables: Tables) -> None:
        tables[table].append(tables[table][row])

    return change


PEOPLE, ANSWERS, QUESTIONS = "participant_data.csv", "answers.csv", "questions.csv"


@pytest.mark.parametrize("row", range(5))
def test_an_acknowledged_answer_that_is_missing_is_lost(row: int) -> None:
    found = audited(drop(ANSWERS, row), WITNESSES)
    assert len(found.lost) == 1
    assert "not in answers.csv" in found.lost[0]


@pytest.mark.parametrize(
    ("row", "text"),
    [(0, "Blue"), (0, ""), (1, "Mauve"), (2, "Bus"), (2, "Tram¦Metro|Bus|a¦b"), (3, "=1+2"),
     (4, "2"), (4, "two")],
)  # fmt: skip
def test_another_answer_than_was_acknowledged_is_lost(row: int, text: str) -> None:
    found = audited(set_cell(ANSWERS, row, "answer", text), WITNESSES)
    assert len(found.lost) == 1
    assert "another answer" in found.lost[0]


@pytest.mark.parametrize("row", range(5))
def test_a_second_row_is_a_duplicate(row: int) -> None:
    found = audited(repeat(ANSWERS, row), WITNESSES)
    assert len(found.duplicated) == 1
    assert not found.lost


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (set_cell("links.csv", 0, "link", "https://x.org/c/talk?pid=p2"), "not its own"),
        (drop("links.csv", 2), "p3 is missing in links.csv"),
        (repeat("links.csv", 0), "p1 stands there 2 times"),
        (set_cell(PEOPLE, 1, "percent_answered", "26"), "percent_answered is '26', not '25'"),
        (set_cell(PEOPLE, 1, "questions_answered", "2"), "questions_answered is '2', not '1'"),
        (set_cell(PEOPLE, 1, "questions_asked", "5"), "questions_asked is '5', not '4'"),
        (set_cell(PEOPLE, 1, "device_changes", "1"), "device_changes is '1'"),
        (set_cell(PEOPLE, 1, "outcome", "left"), "outcome is 'left', not 'complete'"),
        (set_cell(PEOPLE, 1, "percent_while_present", "24"), "percent_while_present is '24'"),
        (set_cell(PEOPLE, 1, "percent_while_present", "101"), "percent_while_present is '101'"),
        (set_cell(PEOPLE, 1, "percent_while_present", "-1"), "percent_while_present is '-1'"),
        (set_cell(ANSWERS, 0, "type", "open_text"), "the type is open_text"),
        (set_cell(ANSWERS, 0, "question", "Won?"), "wording"),
        (set_cell(ANSWERS, 0, "muted", "yes"), "muted"),
        (set_cell(ANSWERS, 0, "withdrawn", "yes"), "withdrawn"),
        (set_cell(QUESTIONS, 0, "answered", "1"), "answered is '1', but 2 were acknowledged"),
        (set_cell(QUESTIONS, 0, "present", "1"), "present is '1'"),
        (set_cell(QUESTIONS, 0, "present", "3"), "present is '3'"),
        (set_cell(QUESTIONS, 0, "present", ""), "present is ''"),
        (drop(QUESTIONS, 1), "3 rows for 4 questions"),
        (lambda tables: tables[QUESTIONS].reverse(), "another order"),
    ],
)
def test_a_wrong_number_is_a_mismatch(change: Callable[[Tables], object], words: str) -> None:
    found = audited(change, WITNESSES)
    assert len(found.mismatches) == 1
    assert words in found.mismatches[0]
    assert not found.lost


def test_people_who_are_missing_or_too_many_are_found() -> None:
    assert len(audited(drop(PEOPLE, 1), WITNESSES).mismatches) == 2
    assert "has two rows" in audited(repeat(PEOPLE, 1), WITNESSES).mismatches[0]
    stranger = audited(set_cell(PEOPLE, 1, "participant_id", "p3"), WITNESSES).mismatches
    assert any("p3 has a row and did not join" in what for what in stranger)
    assert any("p2 joined and has no row" in what for what in stranger)


def test_an_answer_that_nobody_was_told_is_saved_is_found() -> None:
    silent = replace(BOB, answers={})
    found = audit(written(right()), ITEMS, (ANN, silent, CID))
    assert any("nobody was told is saved" in what for what in found.mismatches)
    assert not found.lost


def test_an_answer_without_any_reply_may_be_there_or_not_but_is_told() -> None:
    waiting = replace(BOB, answers={}, open=frozenset({2}))
    found = audit(written(right()), ITEMS, (ANN, waiting, CID))
    assert any("1 answers were neither" in what for what in found.mismatches)
    assert not any("nobody was told" in what for what in found.mismatches)


def test_who_left_may_be_called_left() -> None:
    gone = replace(BOB, at_end=False)
    assert audited(set_cell(PEOPLE, 1, "outcome", "left"), (ANN, gone, CID)) == Findings()


def test_who_answered_everything_is_complete_even_when_gone() -> None:
    gone = replace(ANN, at_end=False)
    found = audited(set_cell(PEOPLE, 0, "outcome", "left"), (gone, BOB, CID))
    assert len(found.mismatches) == 1


def test_an_answer_to_a_question_that_was_not_asked_is_found() -> None:
    found = audit(written(right()), ITEMS[:3], WITNESSES)
    assert any("was not asked" in what for what in found.mismatches)


@pytest.mark.parametrize("name", list(COLUMNS))
@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is empty"),
        (b"a,b\r\n", "has the columns a, b"),
        (b"\xff\xfe", "cannot be read"),
        (b'"a', "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_a_mismatch(name: str, data: bytes, words: str) -> None:
    found = audit(written(right()) | {name: data}, ITEMS, WITNESSES)
    assert [what for what in found.mismatches if words in what and name in what]
    del (files := written(right()))[name]
    assert audit(files, ITEMS, WITNESSES).mismatches


def test_a_row_that_is_cut_short_is_a_mismatch() -> None:
    files = written(right())
    files[ANSWERS] = files[ANSWERS] + b"p1,2,On"
    assert "row 7 has 3 cells" in audit(files, ITEMS, WITNESSES).mismatches[0]


@pytest.mark.parametrize(
    "text", ["=1", "+1", "-1", "@x", "\uff1d1", " =1", "\u200b-", "\tx", "\rx"]
)
def test_text_that_a_spreadsheet_would_run_may_be_guarded(text: str) -> None:
    assert is_shown(f"'{text}", ITEMS[2], wire.Body(text=text))
    assert is_shown(text, ITEMS[2], wire.Body(text=text))


@pytest.mark.parametrize("text", ["1", "a=1", " x", "", "x\ty"])
def test_other_text_may_not(text: str) -> None:
    assert not is_shown(f"'{text}", ITEMS[2], wire.Body(text=text))


@pytest.mark.parametrize(("cell", "same"), [("3", True), ("3.0", True), ("3.01", False)])
def test_numbers_are_compared_as_numbers(cell: str, same: bool) -> None:
    assert is_shown(cell, ITEMS[3], wire.Body(number=3)) is same


def test_answers_that_robots_know_to_be_late_are_marked() -> None:
    ann = replace(ANN, late={2: True, 3: False}, marks={("late", "marked_late"): frozenset({2})})
    people = (ann, BOB, CID)
    wrong = audited(lambda tables: None, people)
    assert ["late is 'no' in answers.csv, not 'yes'" in what for what in wrong.mismatches] == [True]
    assert wrong.confirmed["late", "marked_late"] == 0

    def mark(tables: Tables) -> None:
        tables["answers.csv"][0][6] = "yes"

    right_now = audited(mark, people)
    assert right_now.mismatches == []
    assert right_now.confirmed["late", "marked_late"] == 1

    def mark_both(tables: Tables) -> None:
        mark(tables)
        tables["answers.csv"][2][6] = "yes"

    (told,) = audited(mark_both, people).mismatches
    assert "late is 'yes' in answers.csv, not 'no'" in told


def test_a_take_over_stands_in_the_participants_file() -> None:
    people = (replace(ANN, moves=1), BOB, CID)
    wrong = audited(lambda tables: None, people)
    assert ["device_changes is '0', not '1'" in what for what in wrong.mismatches] == [True]
    assert wrong.confirmed["takeover", "audited"] == 0

    def moved(tables: Tables) -> None:
        tables["participant_data.csv"][0][8] = "1"

    found = audited(moved, people)
    assert (found.mismatches, found.confirmed["takeover", "audited"]) == ([], 1)
    assert ["device_changes is '1'" in what for what in audited(moved, WITNESSES).mismatches] == [
        True
    ]


def test_steps_of_faults_are_confirmed_by_one_row_only() -> None:
    ann = replace(
        ANN,
        marks={("lost-ack", "counted_once"): frozenset({2, 5})},
        tokens=frozenset({("double", "one_seat")}),
    )
    people = (ann, BOB, CID)
    found = audited(lambda tables: None, people).confirmed
    assert (found["lost-ack", "counted_once"], found["double", "one_seat"]) == (2, 1)

    def double(tables: Tables) -> None:
        tables["answers.csv"].append(tables["answers.csv"][0])
        tables["participant_data.csv"].append(tables["participant_data.csv"][0])

    found = audited(double, people).confirmed
    assert (found["lost-ack", "counted_once"], found["double", "one_seat"]) == (1, 0)
