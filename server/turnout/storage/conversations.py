"""The conversation stream in the store: created, decided on, read. Each function is a part of one
transaction."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from turnout.domain.commands import Decision
from turnout.domain.conversation import (
    Conversation,
)
from turnout.domain.events import (
    Created,
    Event,
    GuideSet,
    Recorded,
    apply,
    begin,
    record,
)
from turnout.domain.refusals import Refused
from turnout.exports.snapshot import LinkRow
from turnout.ports import Clock, Decided, Head, Listed, Located, NewConversation
from turnout.storage.events import event_to_text
from turnout.storage.schema import command, conversation, event, link, participant
from turnout.storage.states import States


class Taken(NamedTuple):
    """A conversation's row, which nobody else changes before this transaction is over."""

    rev: int
    aseq: int


def take(connection: Connection, id: int) -> Taken | None:
    """Take the conversation's row, as every command and every group of answers does first, so that
    their order is one order. SQLite's writer has taken the whole file by then."""
    row = connection.execute(_take, {"id": id}).one_or_none()
    return None if row is None else Taken(row.rev, row.aseq)


_take = (
    select(conversation.c.rev, conversation.c.aseq)
    .where(conversation.c.id == bindparam("id"))
    .with_for_update()
)


def create(
    connection: Connection, new: NewConversation, now: int, anonymous_key: bytes
) -> Located | None:
    """The conversation with its links and first events; None if the slug is taken."""
    state, events = _beginning(new, now)
    id = connection.execute(
        insert_or(conversation)
        .values(slug=new.slug, rev=state.rev, created_at=now, anonymous_key=anonymous_key)
        .on_conflict_do_nothing(index_elements=[conversation.c.slug])
        .returning(conversation.c.id)
    ).scalar_one_or_none()
    if id is None:
        return None
    _append(connection, id, events)
    if new.pids:
        connection.execute(
            insert(link),
            [
                {"conversation": id, "number": number, "pid": pid}
                for number, pid in enumerate(new.pids, start=1)
            ],
        )
    return Located(id, new.slug, state, 0)


def _beginning(new: NewConversation, now: int) -> tuple[Conversation, tuple[Recorded, ...]]:
    created = Recorded(1, 0, now, Created(new.settings))
    state = begin(created)
    guide = record(state, GuideSet(new.items), now)
    return apply(state, guide), (created, guide)


def _append(connection: Connection, id: int, events: Iterable[Recorded]) -> None:
    connection.execute(
        insert(event),
        [
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
        ],
    )


def decide(
    connection: Connection,
    states: States,
    id: int,
    decision: Callable[[Conversation, int], Decision],
    clock: Clock,
    by: str,
    cid: str,
) -> Decided | Refused:
    """Decide on the row that is held, by the clock as it is then: nothing can come in between, so
    nothing is tried again (docs/adr/0002). LookupError for a conversation that does not exist."""
    taken = take(connection, id)
    if taken is None:
        raise LookupError(f"there is no conversation {id}")
    state = states.at(connection, id, taken.rev)
    if _was_decided(connection, id, cid):
        return Decided(state, ())
    now = clock()
    outcome = decision(state, now)
    if isinstance(outcome, Refused):
        return outcome
    state, events = _recorded(state, outcome, now, by)
    if events:
        _append(connection, id, events)
        connection.execute(
            update(conversation).where(conversation.c.id == id).values(rev=state.rev)
        )
    connection.execute(
        insert(command).values(conversation=id, cid=cid, rev=state.rev, at=now, by=by)
    )
    return Decided(state, events)


def _was_decided(connection: Connection, id: int, cid: str) -> bool:
    query = select(command.c.rev).where(command.c.conversation == id, command.c.cid == cid)
    return connection.execute(query).one_or_none() is not None


def _recorded(
    state: Conversation, events: Sequence[Event], now: int, by: str
) -> tuple[Conversation, tuple[Recorded, ...]]:
    done: list[Recorded] = []
    for one in events:
        done.append(record(state, one, now, by))
        state = apply(state, done[-1])
    return state, tuple(done)


def find(connection: Connection, states: States, slug: str) -> Located | None:
    """The conversation with this slug."""
    row = connection.execute(
        select(conversation.c.id, conversation.c.rev, conversation.c.aseq).where(
            conversation.c.slug == slug
        )
    ).one_or_none()
    if row is None:
        return None
    return Located(row.id, slug, states.at(connection, row.id, row.rev), row.aseq)


def listed(connection: Connection, states: States) -> tuple[tuple[int, Listed], ...]:
    """All conversations with their ids, newest first."""
    joined = (
        select(func.count(participant.c.number))
        .where(participant.c.conversation == conversation.c.id)
        .scalar_subquery()
    )
    rows = connection.execute(
        select(
            conversation.c.id,
            conversation.c.slug,
            conversation.c.rev,
            conversation.c.created_at,
            joined.label("joined"),
        ).order_by(conversation.c.created_at.desc(), conversation.c.id.desc())
    ).all()
    return tuple((row.id, _listed(connection, states, row)) for row in rows)


def _listed(connection: Connection, states: States, row: Row[*tuple[Any, ...]]) -> Listed:
    state = states.at(connection, row.id, row.rev)
    return Listed(row.slug, state, row.created_at, row.joined)


def heads(connection: Connection, ids: Sequence[int]) -> dict[int, Head]:
    """How far each has come; one that does not exist is left out."""
    rows = connection.execute(
        select(conversation.c.id, conversation.c.rev, conversation.c.aseq).where(
            conversation.c.id.in_(ids)
        )
    )
    return {row.id: Head(row.rev, row.aseq) for row in rows}


def links(connection: Connection, id: int) -> tuple[LinkRow, ...]:
    """The links in order."""
    rows = connection.execute(
        select(link.c.number, link.c.pid, participant.c.confirmed_at)
        .outerjoin(participant, participant.c.link == link.c.id)
        .where(link.c.conversation == id)
        .order_by(link.c.number)
    )
    return tuple(LinkRow(number, pid, joined_at) for number, pid, joined_at in rows)
