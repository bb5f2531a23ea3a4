"""What moderators do about a participant: mute, unmute, remove."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, update

from turnout.domain.events import Muted, Removed, Unmuted
from turnout.domain.refusals import Refused
from turnout.ports import Decided
from turnout.storage import audit, moves
from turnout.storage.answers import raise_aseq
from turnout.storage.joining import shut
from turnout.storage.persons import by_number
from turnout.storage.schema import answer, participant
from turnout.storage.stream import Held, was_decided, write

NOBODY = Refused("gone", "There is no participant with this number.", reason="nobody")
NOT_RUNNING = Refused(
    "phase",
    "The conversation is over. Mute the answers if they are in the way.",
    reason="over_remove",
)


def mute(
    connection: Connection, held: Held, number: int, by: str, cid: str, *, muted: bool
) -> Decided | Refused:
    """Take the answers out of the live views, or bring them back. Whoever reads answers by `aseq`
    sees them again."""
    if was_decided(connection, held.id, cid):
        return Decided(held.state, held.due)
    person = by_number(connection, held, number)
    if person is None:
        return NOBODY
    if person.muted == muted:
        return write(connection, held, (), by, cid)
    connection.execute(_mute, {"who": person.who, "at": held.now if muted else None})
    connection.execute(_touch, {"who": person.who, "new_aseq": raise_aseq(connection, held)})
    audit.note(connection, held.now, by, "muted" if muted else "unmuted", held.id, person.who)
    return write(connection, held, (Muted(number) if muted else Unmuted(number),), by, cid)


def remove(connection: Connection, held: Held, number: int, by: str, cid: str) -> Decided | Refused:
    """Out for good. After the end nobody needs to be, and the files stay as they are."""
    if was_decided(connection, held.id, cid):
        return Decided(held.state, held.due)
    person = by_number(connection, held, number)
    if person is None:
        return NOBODY
    if person.removed:
        return write(connection, held, (), by, cid)
    if shut(held.state) is not None:
        return NOT_RUNNING
    connection.execute(_remove, {"who": person.who, "at": held.now})
    moves.close(connection, person.who)
    audit.note(connection, held.now, by, "removed", held.id, person.who)
    return write(connection, held, (Removed(number),), by, cid)


_mute = (
    update(participant).where(participant.c.id == bindparam("who")).values(muted_at=bindparam("at"))
)
_remove = (
    update(participant)
    .where(participant.c.id == bindparam("who"))
    .values(removed_at=bindparam("at"))
)
_touch = (
    update(answer)
    .where(answer.c.participant == bindparam("who"))
    .values(aseq=bindparam("new_aseq"))
)
