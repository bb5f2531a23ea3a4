"""Participants as staff call them: by the number that their first hello gave them."""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from turnout.storage.schema import participant
from turnout.storage.stream import Held

MAX_NUMBER = 2**31 - 1
"""What the column takes on every database."""


class Person(NamedTuple):
    """`who`: the id inside."""

    who: int
    number: int
    muted: bool
    removed: bool


def by_number(connection: Connection, held: Held, number: int) -> Person | None:
    """Who has this number in the conversation, whatever number it is."""
    if not 0 < number <= MAX_NUMBER:
        return None
    values = {"conversation_id": held.id, "number": number}
    row = connection.execute(_by_number, values).one_or_none()
    if row is None:
        return None
    return Person(row.id, row.number, row.muted_at is not None, row.removed_at is not None)


_by_number = select(
    participant.c.id, participant.c.number, participant.c.muted_at, participant.c.removed_at
).where(
    participant.c.conversation == bindparam("conversation_id"),
    participant.c.number == bindparam("number"),
)
