"""`questions.csv`: one row for each question asked, in the guide's order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from turnout.domain.progress import was_present
from turnout.exports.csv_file import Cell, Table, guarded, time_text
from turnout.exports.snapshot import Snapshot

COLUMNS = (
    "question_id",
    "position",
    "type",
    "question",
    "asked_at",
    "closed_at",
    "present",
    "answered",
)


def questions(snapshot: Snapshot) -> Table:
    """The questions that count in the percentages; one that nobody answered keeps its row."""
    return Table(COLUMNS, _rows(snapshot))


def _rows(snapshot: Snapshot) -> Iterator[tuple[Cell, ...]]:
    conversation = snapshot.conversation
    in_guide = [entry.item.id for entry in conversation.entries if entry.item.is_question]
    answered: defaultdict[int, set[int]] = defaultdict(set)
    for row in snapshot.answers:
        answered[row.question].add(row.participant)
    for entry in conversation.asked:
        item, done = entry.item, answered[entry.item.id]
        present = sum(
            person.number in done or was_present(entry.windows, person.attended)
            for person in snapshot.participants
        )
        yield (
            item.id,
            in_guide.index(item.id) + 1,
            item.content.type,
            guarded(item.text),
            time_text(entry.windows[0].since),
            time_text(entry.closed_at),
            present,
            len(done),
        )
