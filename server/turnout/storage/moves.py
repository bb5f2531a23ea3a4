"""A participant's link moves to the device that asked for it: the request's row, and the move.

Whether it may is decided by whoever calls (`turnout.storage.takeovers`, or a join where people may
move by themselves).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, delete, func, select, update

from turnout.domain.devices import Asking
from turnout.domain.events import Released
from turnout.domain.takeovers import LIFE, Request, gives_way_at, moves_by_itself
from turnout.ports import Takeover
from turnout.storage import audit, devices
from turnout.storage.schema import attendance, participant, takeover
from turnout.storage.stream import Held, write


def request_of(connection: Connection, who: int, now: int) -> Request | None:
    """What waits for this participant."""
    row = connection.execute(_request, {"who": who}).one_or_none()
    if row is None:
        return None
    request = Request(
        row.letters, row.thumbprint, row.cookie, row.attempt, row.tries_left, row.asked_at
    )
    return request if request.waits(now) else None


def waiting_for(connection: Connection, who: int, now: int) -> Takeover | None:
    """The same, as everybody else sees it."""
    values = {"who": who, "since": now - LIFE}
    row = connection.execute(_waiting_for, values).one_or_none()
    return None if row is None else _takeover(row)


def waiting(connection: Connection, conversation: int, now: int) -> tuple[Takeover, ...]:
    """All that wait in a conversation, oldest first."""
    values = {"conversation_id": conversation, "since": now - LIFE}
    rows: Sequence[Row[*tuple[Any, ...]]] = connection.execute(_waiting, values).all()
    return tuple(_takeover(row) for row in rows)


def _takeover(row: Row[*tuple[Any, ...]]) -> Takeover:
    return Takeover(row.number, row.letters, row.asked_at, row.asked_at + LIFE, row.tries_left)


def hand_over(connection: Connection, held: Held, who: int, request: Request) -> None:
    """The asking device is bound, all others are out. The event is the caller's to write."""
    devices.revoke_all(connection, who, held.now)
    devices.bind_asker(connection, held.id, who, request, held.now)
    count_change(connection, who)
    connection.execute(_close, {"who": who})


def gives_way(connection: Connection, held: Held, who: int) -> int | None:
    """When the first device gives way if it stays away; None if it never does."""
    if not held.state.settings.people_may_move:
        return None
    row = connection.execute(_standing, {"who": who}).one()
    last: int = connection.execute(_last_attended, {"who": who}).scalar_one() or 0
    return gives_way_at(moves=row.self_moves, last=last)


def by_itself(connection: Connection, held: Held, who: int, asking: Asking) -> bool:
    """Move the link to the device that joins, if it asked and the rules let it without anybody's
    leave; whether they did."""
    request = request_of(connection, who, held.now)
    if request is None or not held.state.settings.people_may_move:
        return False
    row = connection.execute(_standing, {"who": who}).one()
    last: int = connection.execute(_last_attended, {"who": who}).scalar_one() or 0
    if not moves_by_itself(request, asking, moves=row.self_moves, last=last, now=held.now):
        return False
    hand_over(connection, held, who, request)
    connection.execute(_count_move, {"who": who})
    audit.note(connection, held.now, "", "moved", held.id, who)
    write(connection, held, (Released(row.number),))
    return True


def count_change(connection: Connection, who: int) -> None:
    """One more device change in the files."""
    connection.execute(_count_change, {"who": who})


def close(connection: Connection, who: int) -> None:
    """Nobody asks for this participant's link any more."""
    connection.execute(_close, {"who": who})


def _requests() -> Select[Any]:
    return (
        select(
            participant.c.number,
            takeover.c.letters,
            takeover.c.asked_at,
            takeover.c.tries_left,
        )
        .join(participant, participant.c.id == takeover.c.participant)
        .where(takeover.c.asked_at >= bindparam("since"))
    )


# Made once: what a statement costs is mostly its making.
_request = select(
    takeover.c.letters,
    takeover.c.thumbprint,
    takeover.c.cookie,
    takeover.c.attempt,
    takeover.c.tries_left,
    takeover.c.asked_at,
).where(takeover.c.participant == bindparam("who"))
_waiting_for = _requests().where(takeover.c.participant == bindparam("who"))
_waiting = (
    _requests()
    .where(participant.c.conversation == bindparam("conversation_id"))
    .order_by(takeover.c.asked_at, participant.c.number)
)
_standing = select(participant.c.number, participant.c.self_moves).where(
    participant.c.id == bindparam("who")
)
_last_attended = select(func.max(attendance.c.until)).where(
    attendance.c.participant == bindparam("who")
)
_count_move = (
    update(participant)
    .where(participant.c.id == bindparam("who"))
    .values(self_moves=participant.c.self_moves + 1)
)
_count_change = (
    update(participant)
    .where(participant.c.id == bindparam("who"))
    .values(device_changes=participant.c.device_changes + 1)
)
_close = delete(takeover).where(takeover.c.participant == bindparam("who"))
