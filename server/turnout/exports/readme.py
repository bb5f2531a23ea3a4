"""The README of a bundle: what stands in it, how percentages are computed, what must add up."""

from __future__ import annotations

from collections.abc import Iterator

from turnout.exports.answers import answers
from turnout.exports.csv_file import Cell, Table, time_text
from turnout.exports.file_names import is_interim
from turnout.exports.participant_data import participant_data
from turnout.exports.questions import questions
from turnout.exports.runs import run_names
from turnout.exports.snapshot import Snapshot

FORMULA = """\
    percent_answered = floor(100 x distinct questions answered / distinct questions asked)

Asked: questions that were sent to everybody and not taken back, each once however often it was
sent; in flex every question that was not taken back. Messages are no questions. Answered: an
answer that counts. Floored, so that 100 means all. Where nothing was asked it is empty.
percent_while_present is the same over the questions at which somebody was present: connected
while the question was open, or answered.
"""
ANONYMOUS = """\
This conversation is anonymous: nothing connects answers to people. So there is no participant
file, the columns participant_id, answered_at, late and muted of answers.csv are empty, and the
rows of each question are shuffled.
"""


def readme(snapshot: Snapshot, run: int | None) -> str:
    """Plain text. `snapshot`: `of_run` of this run (from 1; None: all together)."""
    title = " ".join(snapshot.conversation.settings.title.split())
    parts = [
        f"{title}\n{'=' * len(title)}\n",
        "\n".join(_scope(snapshot, run)) + "\n",
        f"The percentages\n---------------\n{FORMULA}",
        "What must add up\n----------------\n" + "\n".join(_sums(snapshot)) + "\n",
        f"The files\n---------\n{_FILES}",
    ]
    if snapshot.conversation.settings.links == "single":
        parts.insert(2, ANONYMOUS)
    return "\n".join(parts)


_FILES = """\
data_dictionary.csv        what every column means
links.csv                  the links
participant_data.csv       a row for each participant who joined
participant_data_all.csv   the same, and then every link that nobody joined with
answers.csv                a row for each answer that counts
questions.csv              a row for each question that was asked
data.json                  all of it with the exact texts: in the CSV files a text that a
                           spreadsheet would run has an apostrophe in front

Times are UTC. The entries of this archive are dated at the end of the conversation.
"""


def _scope(snapshot: Snapshot, run: int | None) -> Iterator[str]:
    conversation = snapshot.conversation
    names = run_names(conversation)
    if run is None:
        yield "These files are about all runs together."
    else:
        yield (
            f"These files are about the run {names[run - 1]}: participants with attendance in it, "
            "answers that counted at its end."
        )
    for name, one in zip(names, conversation.runs, strict=True):
        until = "goes on" if one.until is None else f"until {time_text(one.until)}"
        yield f"{name}: from {time_text(one.since)} {until}"
    if is_interim(snapshot):
        yield "INTERIM: these files were made before the end and its grace; answers can still come."


def _sums(snapshot: Snapshot) -> Iterator[str]:
    """Counted in the very tables that stand beside it."""
    asked = questions(snapshot)
    per_question = _column(asked, "answered")
    people = participant_data(snapshot, include_all=True)
    given = _column(answers(snapshot), "withdrawn")
    counted = sum(cell == "no" for cell in given)
    if isinstance(people, Table):
        rows = list(people.rows)
        outcomes = [row[people.header.index("outcome")] for row in rows]
        absent = sum(outcome in ("never_joined", "turned_away") for outcome in outcomes)
        per_person = _column(Table(people.header, rows), "questions_answered")
        yield f"{len(rows) - absent} rows in participant_data.csv"
        yield f"{len(rows)} rows in participant_data_all.csv, {absent} of them nobody joined with"
        yield (
            f"{_sum(per_person)} = sum of questions_answered in participant_data.csv"
            f" = {_sum(per_question)} = sum of answered in questions.csv"
            f" = {counted} = rows in answers.csv with withdrawn = no"
        )
    else:
        yield (
            f"{_sum(per_question)} = sum of answered in questions.csv"
            f" = {counted} = rows in answers.csv with withdrawn = no"
        )
    yield f"{len(given) - counted} rows in answers.csv with withdrawn = yes"
    yield f"{len(per_question)} rows in questions.csv = questions_asked of everybody"


def _column(table: Table, name: str) -> list[Cell]:
    place = table.header.index(name)
    return [row[place] for row in table.rows]


def _sum(cells: list[Cell]) -> int:
    return sum(cell for cell in cells if isinstance(cell, int))
