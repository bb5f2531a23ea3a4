"""`answers.csv`: one row for each counted answer, by the question's position, then participant.

In an anonymous conversation nothing in a row, nor its place, may say whose it is or when it came.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

from turnout.domain.answers import Body, number_text
from turnout.domain.conversation import Entry
from turnout.domain.guide import MultipleChoice, Option, options_of
from turnout.exports.csv_file import Cell, Table, guarded, time_text, yes_no
from turnout.exports.snapshot import AnswerRow, Snapshot

COLUMNS = (
    "participant_id",
    "question_id",
    "question",
    "type",
    "answer",
    "answered_at",
    "late",
    "muted",
    "withdrawn",
)


def answers(snapshot: Snapshot, *, key: bytes) -> Table:
    """All counted answers, those to withdrawn questions included. `key`: secret bytes drawn once
    for the conversation; under it anonymous rows are shuffled, the same way each time."""
    if snapshot.conversation.settings.links == "single":
        return Table(COLUMNS, _anonymous(snapshot, key))
    return Table(COLUMNS, _tracked(snapshot))


def _tracked(snapshot: Snapshot) -> Iterator[tuple[Cell, ...]]:
    pids = {participant.number: participant.pid for participant in snapshot.participants}
    for entry, rows in _by_question(snapshot):
        for row in sorted(rows, key=lambda row: row.participant):
            yield (
                pids[row.participant],
                *_what(entry, row.body),
                time_text(row.answered_at),
                yes_no(row.late),
                yes_no(row.muted),
                yes_no(entry.status == "withdrawn"),
            )


def _anonymous(snapshot: Snapshot, key: bytes) -> Iterator[tuple[Cell, ...]]:
    def place(row: AnswerRow) -> bytes:
        name = f"{row.question} {row.participant}"
        return hmac.digest(key, name.encode(), hashlib.sha256)

    for entry, rows in _by_question(snapshot):
        for row in sorted(rows, key=place):
            withdrawn = yes_no(entry.status == "withdrawn")
            yield (None, *_what(entry, row.body), None, None, None, withdrawn)


def _by_question(snapshot: Snapshot) -> Iterator[tuple[Entry, list[AnswerRow]]]:
    found: dict[int, list[AnswerRow]] = {}
    for row in snapshot.answers:
        found.setdefault(row.question, []).append(row)
    for entry in snapshot.conversation.entries:
        yield entry, found.get(entry.item.id, [])


def _what(entry: Entry, body: Body) -> tuple[Cell, ...]:
    item = entry.item
    several = isinstance(item.content, MultipleChoice)
    answer = _answer(body, options_of(item.content), several=several)
    return item.id, guarded(item.text), item.content.type, answer


def _answer(body: Body, options: tuple[Option, ...], *, several: bool) -> str:
    """Of several choices, the options in the guide's order and then the own text. A `|` inside one
    becomes a broken bar, so that splitting at `|` always gives the choices."""
    if body.number is not None:
        return number_text(body.number)
    if not several:
        chosen = options[body.option - 1].text if body.option else None
        return guarded(chosen or body.other or body.text or "")
    parts = [options[number - 1].text for number in sorted(body.options or ())]
    if body.other is not None:
        parts.append(body.other)
    return guarded("|".join(part.replace("|", "¦") for part in parts))
