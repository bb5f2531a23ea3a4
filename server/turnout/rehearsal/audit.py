"""The files of a conversation held against what the robots know. Pure.

Reads CSV and nothing else, and shares no code with the exports: what both got wrong would not be
found.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from turnout import wire
from turnout.rehearsal.cells import is_shown, same_text
from turnout.rehearsal.faults import Name

COLUMNS = {
    "links.csv": ("participant_id", "link"),
    "participant_data.csv": (
        "participant_id",
        "percent_answered",
        "questions_answered",
        "questions_asked",
        "percent_while_present",
        "minutes_present",
        "first_joined_at",
        "last_seen_at",
        "device_changes",
        "outcome",
        "reason",
    ),
    "answers.csv": (
        "participant_id",
        "question_id",
        "question",
        "type",
        "answer",
        "answered_at",
        "late",
        "muted",
        "withdrawn",
    ),
    "questions.csv": (
        "question_id",
        "position",
        "type",
        "question",
        "asked_at",
        "closed_at",
        "present",
        "answered",
    ),
}
Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Witness:
    """What one robot knows. `answers`: acknowledged, by question id. `open`: questions whose answer
    was sent and neither acknowledged nor refused. `at_end`: it was connected when an end came.
    `late`: which answers came late, of those where it knows. `moves`: how often another device took
    the link over. `marks`: steps of faults that the row of an answer confirms, with the questions.
    `tokens`: those that its row in the participants' file confirms."""

    row: str
    pid: str
    joined: bool
    at_end: bool
    answers: Mapping[int, wire.Body]
    open: frozenset[int] = frozenset()
    late: Mapping[int, bool] = field(default_factory=dict)
    moves: int = 0
    marks: Mapping[tuple[Name, str], frozenset[int]] = field(default_factory=dict)
    tokens: frozenset[tuple[Name, str]] = frozenset()


@dataclass(slots=True)
class Findings:
    """What is wrong, in words, one line a case. `confirmed`: the steps of faults that the files
    bear out."""

    lost: list[str] = field(default_factory=list)
    duplicated: list[str] = field(default_factory=list)
    mismatches: list[str] = field(default_factory=list)
    confirmed: Counter[tuple[Name, str]] = field(default_factory=Counter)


def audit(
    files: Mapping[str, bytes], asked: Sequence[wire.Item], witnesses: Sequence[Witness]
) -> Findings:
    """Every difference between the four files and the witnesses. `asked`: the questions that were
    asked and not withdrawn, in guide order. Each witness has a link of its own, and nobody else
    was there."""
    found = Findings()
    tables: dict[str, list[Row]] = {}
    for name, columns in COLUMNS.items():
        rows = _rows(files.get(name, b""), columns)
        if isinstance(rows, str):
            found.mismatches.append(f"{name}: {rows}")
        else:
            tables[name] = rows
    if "links.csv" in tables:
        found.mismatches += _links(tables["links.csv"], witnesses)
    if "answers.csv" in tables:
        _answers(tables["answers.csv"], asked, witnesses, found)
    if "participant_data.csv" in tables:
        found.mismatches += _people(tables["participant_data.csv"], asked, witnesses)
        found.confirmed += _confirmed_people(tables["participant_data.csv"], witnesses)
    if "questions.csv" in tables:
        found.mismatches += _questions(tables["questions.csv"], asked, witnesses)
    for witness in witnesses:
        if witness.open:
            what = f"{len(witness.open)} answers were neither acknowledged nor refused"
            found.mismatches.append(f"{witness.row}: {what}")
    return found


def _rows(data: bytes, columns: Sequence[str]) -> list[Row] | str:
    try:
        text = data.decode("utf-8-sig")
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        return f"cannot be read: {error}"
    if not records:
        return "is empty"
    if tuple(records[0]) != tuple(columns):
        return f"has the columns {', '.join(records[0])}"
    for number, record in enumerate(records, start=1):
        if len(record) != len(columns):
            return f"row {number} has {len(record)} cells"
    return [dict(zip(columns, record, strict=True)) for record in records[1:]]


def _links(rows: Sequence[Row], witnesses: Sequence[Witness]) -> Iterator[str]:
    pids = Counter(row["participant_id"] for row in rows)
    yield from (f"links.csv: {pid} stands there {n} times" for pid, n in pids.items() if n > 1)
    for witness in witnesses:
        if witness.pid not in pids:
            yield f"{witness.row}: {witness.pid} is missing in links.csv"
    for row in rows:
        if not row["link"].endswith(f"?pid={row['participant_id']}"):
            yield f"links.csv: the link of {row['participant_id']} is not its own"


def _answers(
    rows: Sequence[Row],
    asked: Sequence[wire.Item],
    witnesses: Sequence[Witness],
    found: Findings,
) -> None:
    items = {str(item.id): item for item in asked}
    by_key: dict[tuple[str, str], Row] = {}
    doubled = set()
    for row in rows:
        key = row["participant_id"], row["question_id"]
        if key in by_key:
            doubled.add(key)
            found.duplicated.append(f"{key[0]}, question {key[1]}: two rows in answers.csv")
        by_key.setdefault(key, row)
        found.mismatches += _answer_row(row, items.get(row["question_id"]))
    unclaimed = set(by_key)
    for witness in witnesses:
        for question in witness.open:
            unclaimed.discard((witness.pid, str(question)))
        for question, body in witness.answers.items():
            key = witness.pid, str(question)
            unclaimed.discard(key)
            where = f"{witness.row} ({witness.pid}), question {question}"
            if key not in by_key:
                found.lost.append(f"{where}: acknowledged, but not in answers.csv")
            elif str(question) in items and not is_shown(
                by_key[key]["answer"], items[str(question)], body
            ):
                found.lost.append(f"{where}: answers.csv has another answer than was acknowledged")
            else:
                found.mismatches += _lateness(by_key[key], where, witness.late.get(question))
                if key not in doubled:
                    found.confirmed.update(_confirmed(by_key[key], witness, question))
    for pid, id in sorted(unclaimed):
        what = "answers.csv has an answer that nobody was told is saved"
        found.mismatches.append(f"{pid}, question {id}: {what}")


def _lateness(row: Row, where: str, late: bool | None) -> Iterator[str]:
    expected = {True: ("yes",), False: ("no",), None: ("yes", "no")}[late]
    if row["late"] not in expected:
        yield f"{where}: late is {row['late']!r} in answers.csv, not {expected[0]!r}"


def _confirmed(row: Row, witness: Witness, question: int) -> Iterator[tuple[Name, str]]:
    for mark, questions in witness.marks.items():
        if question in questions and (mark[0] != "late" or row["late"] == "yes"):
            yield mark


def _answer_row(row: Row, item: wire.Item | None) -> Iterator[str]:
    where = f"answers.csv, {row['participant_id']}, question {row['question_id']}"
    if item is None:
        yield f"{where}: this question was not asked"
        return
    if row["type"] != item.type:
        yield f"{where}: the type is {row['type']}, not {item.type}"
    if not same_text(row["question"], item.text):
        yield f"{where}: the wording is not the guide's"
    for column in ("muted", "withdrawn"):
        if row[column] == "yes":
            yield f"{where}: {column}, but nobody did that"


def _people(
    rows: Sequence[Row], asked: Sequence[wire.Item], witnesses: Sequence[Witness]
) -> Iterator[str]:
    by_pid: dict[str, Row] = {}
    for row in rows:
        if by_pid.setdefault(row["participant_id"], row) is not row:
            yield f"participant_data.csv: {row['participant_id']} has two rows"
    joined = [witness for witness in witnesses if witness.joined]
    if len(rows) != len(joined):
        yield f"participant_data.csv: {len(rows)} rows, but {len(joined)} robots joined"
    for pid in by_pid.keys() - {witness.pid for witness in joined}:
        yield f"participant_data.csv: {pid} has a row and did not join"
    ids = {item.id for item in asked}
    for witness in joined:
        if witness.pid not in by_pid:
            yield f"{witness.row}: {witness.pid} joined and has no row in participant_data.csv"
        else:
            yield from _person(by_pid[witness.pid], witness, ids)


def _confirmed_people(
    rows: Sequence[Row], witnesses: Sequence[Witness]
) -> Counter[tuple[Name, str]]:
    times = Counter(row["participant_id"] for row in rows)
    changes = {row["participant_id"]: row["device_changes"] for row in rows}
    found: Counter[tuple[Name, str]] = Counter()
    for witness in witnesses:
        if times[witness.pid] == 1:
            found.update(witness.tokens)
            if changes[witness.pid] == str(witness.moves):
                found["takeover", "audited"] += witness.moves
    return found


def _person(row: Row, witness: Witness, ids: set[int]) -> Iterator[str]:
    answered, asked = len(ids & set(witness.answers)), len(ids)
    expected = {
        "questions_answered": str(answered),
        "questions_asked": str(asked),
        "percent_answered": str(answered * 100 // asked) if asked else "",
        "device_changes": str(witness.moves),
    }
    if witness.at_end or (asked and answered == asked):
        expected["outcome"] = "complete"
    for column, value in expected.items():
        if row[column] != value:
            what = f"{column} is {row[column]!r}, not {value!r}"
            yield f"{witness.row} ({witness.pid}) in participant_data.csv: {what}"
    present = row["percent_while_present"]
    if present and not (
        present.isdigit() and answered * 100 // max(asked, 1) <= int(present) <= 100
    ):
        what = f"percent_while_present is {present!r}"
        yield f"{witness.row} ({witness.pid}) in participant_data.csv: {what}"


def _questions(
    rows: Sequence[Row], asked: Sequence[wire.Item], witnesses: Sequence[Witness]
) -> Iterator[str]:
    found = [row["question_id"] for row in rows]
    right = [str(item.id) for item in asked]
    if found != right:
        what = f"{len(found)} rows for {len(right)} questions, or in another order than the guide"
        yield f"questions.csv: {what}"
        return
    counts = Counter(question for witness in witnesses for question in witness.answers)
    joined = sum(witness.joined for witness in witnesses)
    for row, item in zip(rows, asked, strict=True):
        if row["answered"] != str(counts[item.id]):
            what = f"answered is {row['answered']!r}, but {counts[item.id]} were acknowledged"
            yield f"questions.csv, question {item.id}: {what}"
        present = row["present"]
        if not (present.isdigit() and counts[item.id] <= int(present) <= joined):
            what = f"present is {present!r}, with {counts[item.id]} answers and {joined} people"
            yield f"questions.csv, question {item.id}: {what}"
