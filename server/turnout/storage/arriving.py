"""A hello in the store: who this is, and their first one makes the join final.

Nobody's device is bound here and nobody new is let in: that takes a join.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from turnout.domain.conversation import Conversation
from turnout.domain.progress import Span
from turnout.domain.refusals import Refused
from turnout.ports import Arriving, Counted, Participant
from turnout.storage import audit, devices, moves, seats
from turnout.storage.answers import aid_from_bytes
from turnout.storage.events import body_from_text
from turnout.storage.joining import ELSEWHERE, FULL, NOT_OPEN, OVER, REMOVED, UNLISTED
from turnout.storage.schema import answer, attendance, device, link, participant
from turnout.storage.stream import Held

_Row = Row[*tuple[Any, ...]]

NOT_JOINED = Refused("unlisted", "Nobody has joined with this link on this device. Tap Join first.")


def arrive(
    connection: Connection, held: Held, arriving: Arriving, *, attend: bool
) -> Participant | Refused:
    """In one transaction with what was due."""
    state, now = held.state, held.now
    row = _admitted(connection, state, arriving, now)
    if isinstance(row, Refused):
        return row
    number = row.number
    if attend and number is None:
        number = _first_hello(connection, state, held.id, row.id, now)
        if isinstance(number, Refused):
            return number
    if attend and row.device_confirmed_at is None:
        devices.confirm(connection, row.device, now)
    attended = _attended(connection, row.id)
    # Nothing is attended once the end and its grace are past.
    counts = attend and (state.attended_until is None or now <= state.attended_until)
    return Participant(
        id=row.id,
        number=0 if number is None else number,
        pid="" if row.pid is None else row.pid,
        device=row.device,
        assurance=row.assurance,
        attendance=_open_attendance(connection, row.id, now) if counts else 0,
        answers=_counted(connection, held.id, row.id),
        attended=attended,
        takeover=moves.waiting_for(connection, row.id, now),
    )


def forget(connection: Connection, held: Held, arriving: Arriving) -> Refused | None:
    """Remove what this device is known by, in any phase. Its slot stays taken, unless the link has
    several."""
    rows = _rows(connection, held.state, arriving)
    row = devices.shown_by(rows, arriving.thumbprint, arriving.cookie)
    if row is None:
        return _unknown(held.state, rows)
    several = held.state.settings.several_devices and row.pid is not None
    devices.forget(connection, row.id, row, keeps_slot=not several, now=held.now)
    audit.note(connection, held.now, "", "forgot", held.id, row.id)
    return None


def _admitted(
    connection: Connection, state: Conversation, arriving: Arriving, now: int
) -> _Row | Refused:
    """The participant and the device that proved to be theirs, if they may be here now."""
    rows = _rows(connection, state, arriving)
    first = rows[0] if rows else None
    if first is not None and (first.removed_at or first.link_removed_at) is not None:
        return REMOVED
    over_at = state.over_at
    if first is not None and over_at is not None and (first.number is None or now > over_at):
        return OVER
    known: _Row | None = devices.shown_by(rows, arriving.thumbprint, arriving.cookie)
    return _unknown(state, rows) if known is None else known


def _unknown(state: Conversation, rows: Sequence[_Row]) -> Refused:
    """Why the device that asks is none of theirs."""
    unique = state.settings.links == "unique"
    if unique and not rows:
        return UNLISTED
    if unique and rows[0].device is not None:
        return ELSEWHERE
    if state.phase == "ended":
        return OVER
    return NOT_OPEN if state.phase in ("draft", "published") else NOT_JOINED


def _rows(connection: Connection, state: Conversation, arriving: Arriving) -> Sequence[_Row]:
    """Of the link, or of the browser where there is one link for all; none if it is the wrong kind
    of link."""
    unique = state.settings.links == "unique"
    if (arriving.pid is not None) != unique:
        return ()
    return _by_pid(connection, arriving) if unique else _by_browser(connection, arriving)


def _by_pid(connection: Connection, arriving: Arriving) -> Sequence[_Row]:
    """One row for each device that the link ever had, one without a device if it had none; nothing
    for a link that is not on the list."""
    values = {"conversation_id": arriving.conversation, "pid": arriving.pid}
    return connection.execute(_of_link, values).all()


def _by_browser(connection: Connection, arriving: Arriving) -> Sequence[_Row]:
    """The rows of the device with this key, without a key of the one with this cookie."""
    if arriving.thumbprint is None:
        query, value = _of_cookie, arriving.cookie
    else:
        query, value = _of_key, arriving.thumbprint
    values = {"conversation_id": arriving.conversation, "value": value}
    return connection.execute(query, values).all()


def _first_hello(
    connection: Connection, state: Conversation, conversation: int, who: int, now: int
) -> int | Refused:
    """The join is final: their number, their seat. If their seat was given away after two minutes,
    they need a free one like anyone."""
    place = seats.place_for(connection, conversation, who, state.settings.max_participants, now)
    if place is None:
        return FULL
    seats.take_place(connection, conversation, place, who, now, confirmed=True)
    highest = connection.execute(_highest, {"conversation_id": conversation}).scalar_one()
    number: int = 1 if highest is None else highest + 1
    connection.execute(_number, {"who": who, "place": number, "now": now})
    return number


def _counted(connection: Connection, conversation: int, who: int) -> tuple[Counted, ...]:
    rows = connection.execute(_answers, {"conversation_id": conversation, "who": who})
    return tuple(
        Counted(question, aid_from_bytes(aid), revision, body_from_text(body), run)
        for question, aid, revision, body, run in rows
    )


def _attended(connection: Connection, who: int) -> tuple[Span, ...]:
    return tuple(Span(since, until) for since, until in connection.execute(_spans, {"who": who}))


def _open_attendance(connection: Connection, who: int, now: int) -> int:
    id: int = connection.execute(_open, {"who": who, "now": now}).scalar_one()
    return id


# Made once: what a statement costs is mostly its making.
_whom = select(
    participant.c.id,
    participant.c.number,
    participant.c.removed_at,
    link.c.pid,
    link.c.removed_at.label("link_removed_at"),
    device.c.id.label("device"),
    device.c.slot,
    device.c.assurance,
    device.c.thumbprint,
    device.c.cookie,
    device.c.confirmed_at.label("device_confirmed_at"),
)
_of_link = _whom.select_from(
    link.outerjoin(participant, participant.c.link == link.c.id).outerjoin(
        device, device.c.participant == participant.c.id
    )
).where(link.c.conversation == bindparam("conversation_id"), link.c.pid == bindparam("pid"))
_of_browser = (
    _whom.select_from(
        device.join(participant, participant.c.id == device.c.participant).outerjoin(
            link, link.c.id == participant.c.link
        )
    )
    .where(
        device.c.conversation == bindparam("conversation_id"),
        device.c.slot.is_not(None),
        participant.c.link.is_(None),
    )
    .order_by(device.c.id.desc())
)
_of_key = _of_browser.where(device.c.thumbprint == bindparam("value"))
_of_cookie = _of_browser.where(device.c.cookie == bindparam("value"))
_highest = select(func.max(participant.c.number)).where(
    participant.c.conversation == bindparam("conversation_id")
)
_number = (
    update(participant)
    .where(participant.c.id == bindparam("who"))
    .values(number=bindparam("place"), confirmed_at=bindparam("now"))
)
_answers = (
    select(answer.c.question, answer.c.aid, answer.c.revision, answer.c.body, answer.c.run)
    .where(
        answer.c.conversation == bindparam("conversation_id"),
        answer.c.participant == bindparam("who"),
    )
    .order_by(answer.c.question)
)
_spans = (
    select(attendance.c.since, attendance.c.until)
    .where(attendance.c.participant == bindparam("who"))
    .order_by(attendance.c.since, attendance.c.id)
)
_open = (
    insert(attendance)
    .values(participant=bindparam("who"), since=bindparam("now"), until=bindparam("now"))
    .returning(attendance.c.id)
)
