"""Seats: rows numbered 1 to Max under a unique key, so that no race can overrun them.

A seat whose join lapsed (two minutes without a hello) is as good as free, to its own participant
and to anybody else. No timer frees it: whoever needs it takes it.
"""

from __future__ import annotations

from typing import NamedTuple

from sqlalchemy import Connection, bindparam, func, insert, select, update

from turnout.domain.devices import PROVISIONAL
from turnout.storage.schema import seat


class Place(NamedTuple):
    """A seat that may be had. `exists`: its row does, for who holds it or let it lapse."""

    number: int
    exists: bool
    confirmed: bool


def place_for(
    connection: Connection, conversation: int, who: int | None, most: int, now: int
) -> Place | None:
    """Their own seat, else the next of `most`, else one that lapsed; None if the room is full.
    Writes nothing."""
    own = None if who is None else _own(connection, who)
    if own is not None:
        return own
    highest = connection.execute(_highest, {"conversation_id": conversation}).scalar_one()
    number = 1 if highest is None else highest + 1
    if number <= most:
        return Place(number, exists=False, confirmed=False)
    return _lapsed(connection, conversation, now)


def take_place(
    connection: Connection,
    conversation: int,
    place: Place,
    who: int,
    now: int,
    *,
    confirmed: bool,
) -> None:
    """Seat them, for two minutes unless `confirmed`. A confirmed seat stays as it is."""
    if place.confirmed:
        return
    connection.execute(
        _give if place.exists else _add,
        {
            "conversation_id": conversation,
            "place": place.number,
            "who": who,
            "now": now,
            "final": confirmed,
        },
    )


def _own(connection: Connection, who: int) -> Place | None:
    row = connection.execute(_seat_of, {"who": who}).one_or_none()
    return None if row is None else Place(row.number, exists=True, confirmed=row.confirmed)


def _lapsed(connection: Connection, conversation: int, now: int) -> Place | None:
    number = connection.execute(
        _longest_lapsed, {"conversation_id": conversation, "before": now - PROVISIONAL}
    ).scalar_one_or_none()
    return None if number is None else Place(number, exists=True, confirmed=False)


# Made once: what a statement costs is mostly its making.
_highest = select(func.max(seat.c.number)).where(
    seat.c.conversation == bindparam("conversation_id")
)
_seat_of = select(seat.c.number, seat.c.confirmed).where(seat.c.participant == bindparam("who"))
_longest_lapsed = (
    select(seat.c.number)
    .where(
        seat.c.conversation == bindparam("conversation_id"),
        seat.c.confirmed.is_(False),
        seat.c.taken_at < bindparam("before"),
    )
    .order_by(seat.c.taken_at)
    .limit(1)
)
_add = insert(seat).values(
    conversation=bindparam("conversation_id"),
    number=bindparam("place"),
    participant=bindparam("who"),
    taken_at=bindparam("now"),
    confirmed=bindparam("final"),
)
_give = (
    update(seat)
    .where(seat.c.conversation == bindparam("conversation_id"), seat.c.number == bindparam("place"))
    .values(participant=bindparam("who"), taken_at=bindparam("now"), confirmed=bindparam("final"))
)
