"""The conversation stream in the store: created, decided on, read. Each function is a part of one
transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, Integer, Row, bindparam, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or  # SQLite takes it too

from turnout.domain.commands import Decision
from turnout.domain.conversation import Conversation
from turnout.domain.due import due
from turnout.domain.events import (
    Configured,
    Created,
    GuideSet,
    Recorded,
    Reopened,
    apply,
    begin,
    record,
)
from turnout.domain.refusals import Refused
from turnout.exports.snapshot import LinkRow
from turnout.ports import Decided, Facts, Head, Listed, Located, NewConversation
from turnout.storage import audit
from turnout.storage.database import StoreClock
from turnout.storage.schema import answer, conversation, link, participant, run_end, storable
from turnout.storage.states import States
from turnout.storage.stream import Held, append, was_decided, write


class Line(NamedTuple):
    """One of the list, with the state as it is written (`listed` has what came due since)."""

    id: int
    written: Conversation
    listed: Listed


def create(
    connection: Connection, states: States, new: NewConversation, now: int, anonymous_key: bytes
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
    append(connection, id, events)
    _add_links(connection, id, 0, new.pids)
    return Located(id, new.slug, states.dated(state), 0)


def _beginning(new: NewConversation, now: int) -> tuple[Conversation, tuple[Recorded, ...]]:
    created = Recorded(1, 0, now, Created(new.settings))
    state = begin(created)
    guide = record(state, GuideSet(new.items), now)
    return apply(state, guide), (created, guide)


def decide(
    connection: Connection,
    held: Held,
    decision: Callable[[Conversation, Facts], Decision],
    by: str,
    cid: str,
    new_pids: Callable[[int], Sequence[str]] | None,
) -> Decided | Refused:
    """Decide on the row that is held: nothing can come in between, so nothing is tried again
    (docs/adr/0002)."""
    if was_decided(connection, held.id, cid):
        return Decided(held.state, held.due)
    links = _last_link(connection, held.id)
    facts = Facts(held.now, links, lambda question: _is_answered(connection, held.id, question))
    outcome = decision(held.state, facts)
    if isinstance(outcome, Refused):
        return outcome
    decided = write(connection, held, outcome, by, cid)
    if any(isinstance(one, Configured) for one in outcome):
        _append_links(connection, held, decided.conversation, links, by, new_pids)
    if any(isinstance(one, Reopened) for one in outcome):
        values = {"conversation_id": held.id, "run": len(held.state.runs)}
        connection.execute(_keep_run_end, values)
    return decided


def _append_links(
    connection: Connection,
    held: Held,
    state: Conversation,
    links: int,
    by: str,
    new_pids: Callable[[int], Sequence[str]] | None,
) -> None:
    """The links that a raised Max participants lacks, behind those that were handed out."""
    missing = state.settings.max_participants - links
    if state.settings.links == "single" or missing <= 0:
        return
    if new_pids is None:
        raise ValueError(f"{missing} links are missing, and there are no pids for them")
    _add_links(connection, held.id, links, tuple(new_pids(missing)))
    audit.note(connection, held.now, by, "added_links", held.id)


def _add_links(connection: Connection, id: int, after: int, pids: Sequence[str]) -> None:
    if pids:
        connection.execute(
            insert(link),
            [
                {"conversation": id, "number": number, "pid": pid}
                for number, pid in enumerate(pids, start=after + 1)
            ],
        )


def _last_link(connection: Connection, id: int) -> int:
    """How many links there are: they are numbered without a gap."""
    highest: int | None = connection.execute(_highest, {"conversation_id": id}).scalar_one()
    return highest or 0


def _is_answered(connection: Connection, id: int, question: int) -> bool:
    values = {"conversation_id": id, "question_id": question}
    return connection.execute(_one_answer, values).one_or_none() is not None


def find(connection: Connection, states: States, slug: str) -> Located | None:
    """The conversation with this slug."""
    if not storable(slug):
        return None
    row = connection.execute(
        select(conversation.c.id, conversation.c.rev, conversation.c.aseq).where(
            conversation.c.slug == slug
        )
    ).one_or_none()
    if row is None:
        return None
    return Located(row.id, slug, states.at(connection, row.id, row.rev), row.aseq)


def listed(connection: Connection, states: States, clock: StoreClock) -> tuple[Line, ...]:
    """All conversations, newest first."""
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
    now = clock(connection)
    return tuple(_line(row, states.at(connection, row.id, row.rev), now) for row in rows)


def _line(row: Row[*tuple[Any, ...]], written: Conversation, now: int) -> Line:
    state, _ = due(written, written.time(now))
    return Line(row.id, written, Listed(row.slug, state, row.created_at, row.joined))


def heads(connection: Connection, ids: Sequence[int]) -> dict[int, Head]:
    """How far each has come; one that does not exist is left out."""
    rows = connection.execute(
        select(
            conversation.c.id, conversation.c.rev, conversation.c.aseq, conversation.c.damaged
        ).where(conversation.c.id.in_(ids))
    )
    return {row.id: Head(row.rev, row.aseq, row.damaged) for row in rows}


def count_damaged(connection: Connection, id: int, count: int) -> None:
    """So many more reports of damaged links."""
    connection.execute(
        update(conversation)
        .where(conversation.c.id == id)
        .values(damaged=conversation.c.damaged + count)
    )


def links(connection: Connection, id: int) -> tuple[LinkRow, ...]:
    """The links in order."""
    rows = connection.execute(
        select(
            link.c.number,
            link.c.pid,
            participant.c.confirmed_at,
            link.c.turned_away,
            link.c.removed_at,
            participant.c.removed_at.label("who_removed_at"),
        )
        .outerjoin(participant, participant.c.link == link.c.id)
        .where(link.c.conversation == id)
        .order_by(link.c.number)
    )
    return tuple(
        LinkRow(
            row.number,
            row.pid,
            row.confirmed_at,
            row.turned_away if row.confirmed_at is None else None,
            row.removed_at is not None or row.who_removed_at is not None,
            refused=row.turned_away,
        )
        for row in rows
    )


_changes = func.coalesce(participant.c.device_changes, 0)
_keep_run_end = insert(run_end).from_select(
    ["link", "run", "device_changes", "turned_away"],
    select(link.c.id, bindparam("run", type_=Integer), _changes, link.c.turned_away)
    .outerjoin(participant, participant.c.link == link.c.id)
    .where(
        link.c.conversation == bindparam("conversation_id"),
        or_(_changes > 0, link.c.turned_away.is_not(None)),
    ),
)
_highest = select(func.max(link.c.number)).where(
    link.c.conversation == bindparam("conversation_id")
)
_one_answer = (
    select(answer.c.id)
    .where(
        answer.c.conversation == bindparam("conversation_id"),
        answer.c.question == bindparam("question_id"),
    )
    .limit(1)
)
