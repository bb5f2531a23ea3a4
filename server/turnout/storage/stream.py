"""A conversation's stream inside a transaction: its row is taken, what is due is written, events
are appended.

Everything that decides about a conversation begins with `hold`, so that all of it happens in one
order, on a state on which nothing is due any more.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, insert, select, update

from turnout.domain.conversation import Conversation
from turnout.domain.due import due
from turnout.domain.events import Event, Recorded, apply, record
from turnout.ports import Decided
from turnout.storage.database import StoreClock
from turnout.storage.events import event_to_text
from turnout.storage.schema import command, conversation, event
from turnout.storage.states import States


class Held(NamedTuple):
    """A conversation that nobody else changes before this transaction is over. `state`: with what
    has come `due`, which is written; `now`: the time to go by; `aseq`: as it stands in the row."""

    id: int
    state: Conversation
    due: tuple[Recorded, ...]
    now: int
    aseq: int


def hold(connection: Connection, states: States, id: int, clock: StoreClock) -> Held | None:
    """Take the conversation's row, read the clock, write what is due; None if there is no such
    conversation. SQLite's writer has taken the whole file by then."""
    row = connection.execute(_take, {"id": id}).one_or_none()
    if row is None:
        return None
    state = states.at(connection, id, row.rev)
    now = state.time(clock(connection))
    state, came = due(state, now)
    if came:
        append(connection, id, came)
    return Held(id, state, came, now, row.aseq)


def write(
    connection: Connection, held: Held, events: Sequence[Event], by: str = "", cid: str = ""
) -> Decided:
    """Append what was decided, behind what was due. `cid`: of the command, to be remembered also if
    there was nothing left to do: a late copy of a "close" must not close the next question."""
    state, done = held.state, list[Recorded]()
    for one in events:
        done.append(record(state, one, held.now, by))
        state = apply(state, done[-1])
    if done:
        append(connection, held.id, done)
    if cid:
        connection.execute(
            insert(command).values(conversation=held.id, cid=cid, rev=state.rev, at=held.now, by=by)
        )
    return Decided(state, (*held.due, *done))


def was_decided(connection: Connection, id: int, cid: str) -> bool:
    """Whether a command with this id was decided before."""
    query = select(command.c.rev).where(command.c.conversation == id, command.c.cid == cid)
    return connection.execute(query).one_or_none() is not None


def append(connection: Connection, id: int, events: Iterable[Recorded]) -> None:
    """Write events, at least one, and raise the conversation's rev to the last one's."""
    rows = [
        {
            "conversation": id,
            "rev": recorded.rev,
            "prev": recorded.prev,
            "at": recorded.at,
            "kind": recorded.event.kind,
            "body": event_to_text(recorded.event),
            "by": recorded.by,
        }
        for recorded in events
    ]
    connection.execute(insert(event), rows)
    connection.execute(
        update(conversation).where(conversation.c.id == id).values(rev=rows[-1]["rev"])
    )


# Made once: what a statement costs is mostly its making.
_take = (
    select(conversation.c.rev, conversation.c.aseq)
    .where(conversation.c.id == bindparam("id"))
    .with_for_update()
)
