"""Snapshots made in memory, and files read back as other programs read them."""

import csv
import io
from collections.abc import Iterable

from tests.domain.examples import MINUTE, T0, after, asked
from turnout.domain.answers import Body
from turnout.domain.commands import End, ReopenFlex
from turnout.domain.conversation import Conversation
from turnout.domain.links import make_pid
from turnout.domain.progress import Span
from turnout.domain.refusals import Refused
from turnout.exports.csv_file import Dialect, Table, render
from turnout.exports.snapshot import AnswerRow, LinkRow, ParticipantRow, Snapshot

HOUR = 3_600_000
KEY = b"a key drawn once"
SPREADSHEET = Dialect()


def pid(number: int) -> str:
    return make_pid(number.to_bytes(10, "big"))


def person(number: int, *attended: Span, removed: bool = False, joined: int = T0) -> ParticipantRow:
    """Somebody with the link of the same number."""
    return ParticipantRow(number, pid(number), joined, 0, removed, attended)


def answer(
    question: int, participant: int, body: Body, *, late: bool = False, muted: bool = False
) -> AnswerRow:
    return AnswerRow(question, participant, body, 1, T0 + participant, late, muted, 1)


def snapshot(
    conversation: Conversation,
    people: Iterable[ParticipantRow] = (),
    answers: Iterable[AnswerRow] = (),
    *,
    links: int = 0,
    at: int = T0 + HOUR,
) -> Snapshot:
    """`links`: how many there are; people hold the first ones."""
    people = tuple(people)
    joined = {row.number: row.first_joined_at for row in people}
    rows = tuple(LinkRow(n, pid(n), joined.get(n)) for n in range(1, links + 1))
    ordered = sorted(answers, key=lambda row: (row.question, row.participant))
    return Snapshot(at, "talk", conversation, rows, people, tuple(ordered), key=KEY)


def flexible(at: int = T0) -> Conversation:
    """Live for ten minutes with the first two questions sent, then flex for two days from an hour
    later, and flex again for an hour, a day after that."""
    day = 24 * HOUR
    conversation = after(asked(3), [End()], at + 10 * MINUTE)
    conversation = after(conversation, [ReopenFlex(7)], at + HOUR)
    conversation = after(conversation, [End()], at + HOUR + 2 * day)
    conversation = after(conversation, [ReopenFlex(7)], at + HOUR + 3 * day)
    return after(conversation, [End()], at + 2 * HOUR + 3 * day)


def file_of(table: Table | Refused, dialect: Dialect = SPREADSHEET) -> bytes:
    assert isinstance(table, Table)
    return b"".join(render(table, dialect))


def read(data: bytes, delimiter: str = ",") -> list[list[str]]:
    """All lines, by a strict parser."""
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return list(csv.reader(text, delimiter=delimiter, strict=True))


def rows_of(table: Table | Refused) -> list[dict[str, str]]:
    header, *rows = read(file_of(table))
    return [dict(zip(header, row, strict=True)) for row in rows]
