"""`answers.csv`: one row for each counted answer, by the question's position, then participant.

In an anonymous conversation nothing in a row, nor its place, may say whose it is or when it came.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterator

from turnout.domain.answers import Body, number_text
from turnout.domain.conversation import Entry
from turnout.domain.guide import Item, MultipleChoice, Option, options_of
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


def answers(snapshot: Snapshot) -> Table:
    """All counted answers, those to withdrawn questions included. `snapshot`: `of_run`."""
    if snapshot.conversation.settings.links == "single":
        return Table(COLUMNS, _anonymous(snapshot))
    return Table(COLUMNS, _tracked(snapshot))


def in_order(snapshot: Snapshot) -> Iterator[tuple[Entry, AnswerRow]]:
    """Every answer with its question, in the order of the file. Anonymous rows are shuffled under
    the conversation's key: for each question otherwise, but the same way each time."""
    anonymous = snapshot.conversation.settings.links == "single"

    def place(row: AnswerRow) -> bytes:
        name = f"{row.question} {row.participant}"
        return hmac.digest(snapshot.key, name.encode(), hashlib.sha256)

    found: dict[int, list[AnswerRow]] = {}
    for row in snapshot.answers:
        found.setdefault(row.question, []).append(row)
    for entry in snapshot.conversation.entries:
        rows = found.get(entry.item.id, [])
        ordered = sorted(rows, key=place if anonymous else _number)
        yield from ((entry, row) for row in ordered)


def _number(row: AnswerRow) -> int:
    return row.participant


def _tracked(snapshot: Snapshot) -> Iterator[tuple[Cell, ...]]:
    pids = {participant.number: participant.pid for participant in snapshot.participants}
    shown = _Shown()
    for entry, row in in_order(snapshot):
        yield (
            pids[row.participant],
            *_what(shown, entry, row),
            time_text(row.answered_at),
            yes_no(row.late),
            yes_no(row.muted),
            yes_no(entry.status == "withdrawn"),
        )


def _anonymous(snapshot: Snapshot) -> Iterator[tuple[Cell, ...]]:
    shown = _Shown()
    for entry, row in in_order(snapshot):
        what = _what(shown, entry, row)
        yield (None, *what, None, None, None, yes_no(entry.status == "withdrawn"))


class _Shown(dict[int, str]):
    """Wordings as cells, by the item's identity: each stands in thousands of rows."""

    def of(self, item: Item) -> str:
        """The wording, guarded."""
        text = self.get(id(item))
        if text is None:
            text = self[id(item)] = guarded(item.text)
        return text


def _what(shown: _Shown, entry: Entry, row: AnswerRow) -> tuple[Cell, ...]:
    """With the wording and options as they were when it was given."""
    item = entry.shown(row.shown_rev)
    several = isinstance(item.content, MultipleChoice)
    answer = _answer(row.body, options_of(item.content), several=several)
    return item.id, shown.of(item), item.content.type, answer


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
