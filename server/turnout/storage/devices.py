"""The devices of a participant, as rows. Who may come in is decided in `turnout.domain.devices`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, bindparam, insert, or_, select, update

from turnout.domain.devices import Asking, Assurance, Bound
from turnout.domain.takeovers import Request
from turnout.ports import Joining
from turnout.storage import audit
from turnout.storage.schema import device, participant


def bound_to(connection: Connection, who: int) -> tuple[Bound, ...]:
    """The devices that this participant's link works on, lapsed joins included."""
    rows = connection.execute(_bound, {"who": who})
    return tuple(
        Bound(
            row.slot,
            row.assurance,
            row.thumbprint,
            row.cookie,
            row.attempt,
            row.bound_at,
            row.confirmed_at is not None,
            row.rekeyed_at,
        )
        for row in rows
    )


def anonymous_owner(connection: Connection, conversation: int, asking: Asking) -> int | None:
    """Whose browser this is in a conversation with a single link: by its key, else by its cookie,
    else by the attempt whose answer may have been lost. None for a new one."""
    traits = (
        (asking.thumbprint, _by_thumbprint),
        (asking.cookie, _by_cookie),
        (asking.attempt, _by_attempt),
    )
    for value, query in traits:
        if value is None:
            continue
        values = {"conversation_id": conversation, "value": value}
        who: int | None = connection.execute(query, values).scalar_one_or_none()
        if who is not None:
            return who
    return None


def bind(
    connection: Connection, joining: Joining, who: int, slot: int, lapsed: bool, now: int
) -> Assurance:
    """Put the device into the slot. `lapsed`: a join stands there that gives way."""
    if lapsed:
        _change(connection, who, slot, {"slot": None, "revoked_at": now})
    asking = joining.asking
    assurance: Assurance = "cookie" if asking.thumbprint is None else "key"
    connection.execute(
        _bind,
        {
            "conversation": joining.conversation,
            "participant": who,
            "slot": slot,
            "assurance": assurance,
            "thumbprint": asking.thumbprint,
            "cookie": joining.cookie,
            "attempt": asking.attempt,
            "bound_at": now,
        },
    )
    return assurance


def bind_asker(
    connection: Connection, conversation: int, who: int, request: Request, now: int
) -> None:
    """Put the device that asked to take over into the first slot, as if it had just joined: its
    next join is known again, and without one in two minutes the link is free."""
    connection.execute(
        _bind,
        {
            "conversation": conversation,
            "participant": who,
            "slot": 1,
            "assurance": "cookie" if request.thumbprint is None else "key",
            "thumbprint": request.thumbprint,
            "cookie": request.cookie or "",
            "attempt": request.attempt,
            "bound_at": now,
        },
    )


def revoke_all(connection: Connection, who: int, now: int) -> int:
    """Nobody's device is bound to this participant's link any more; how many were."""
    return connection.execute(_revoke_all, {"who": who, "now": now}).rowcount


def forget(connection: Connection, who: int, row: Any, *, keeps_slot: bool, now: int) -> None:
    """Nothing is left that the device in `row` (device, thumbprint, cookie) could be known by, in
    no row of its owner. With its slot kept, their link stays taken."""
    same = [device.c.id == row.device, device.c.cookie == row.cookie]
    if row.thumbprint is not None:
        same.append(device.c.thumbprint == row.thumbprint)
    # Without a time, an empty attempt is nobody's either.
    traits = {"thumbprint": None, "cookie": "", "attempt": "", "bound_at": 0}
    connection.execute(update(device).where(device.c.participant == who, or_(*same)).values(traits))
    if not keeps_slot:
        connection.execute(
            update(device).where(device.c.id == row.device).values(slot=None, revoked_at=now)
        )


def refresh(connection: Connection, joining: Joining, who: int, known: Bound, now: int) -> None:
    """The same device joins again: it holds the cookie of this answer from now on, and one that has
    not said hello has another two minutes for it."""
    changes: dict[str, object] = {"cookie": joining.cookie}
    if not known.confirmed:
        changes["bound_at"] = now
    _change(connection, who, known.slot, changes)


def rekey(connection: Connection, joining: Joining, who: int, slot: int, now: int) -> None:
    """The browser lost its key and made another."""
    changes = {
        "thumbprint": joining.asking.thumbprint,
        "cookie": joining.cookie,
        "attempt": joining.asking.attempt,
        "rekeyed_at": now,
    }
    _change(connection, who, slot, changes)
    audit.note(connection, now, "", "rekeyed", joining.conversation, who)


def confirm(connection: Connection, id: int, now: int) -> None:
    """It has said hello."""
    connection.execute(_confirm, {"device_id": id, "now": now})


def _change(connection: Connection, who: int, slot: int, changes: Mapping[str, object]) -> None:
    connection.execute(
        update(device).where(device.c.participant == who, device.c.slot == slot).values(changes)
    )


def shown_by(rows: Sequence[Any], thumbprint: str | None, cookie: str | None) -> Any | None:
    """The row of the bound device that said hello: with a key the key decides, without one the
    cookie."""
    for row in rows:
        if row.slot is None:
            continue
        if row.assurance == "key":
            if thumbprint is not None and thumbprint == row.thumbprint:
                return row
        elif cookie is not None and cookie == row.cookie:
            return row
    return None


# Made once: what a statement costs is mostly its making.
_bound = (
    select(
        device.c.slot,
        device.c.assurance,
        device.c.thumbprint,
        device.c.cookie,
        device.c.attempt,
        device.c.bound_at,
        device.c.confirmed_at,
        device.c.rekeyed_at,
    )
    .where(device.c.participant == bindparam("who"), device.c.slot.is_not(None))
    .order_by(device.c.slot)
)
_bind = insert(device).values(
    {
        name: bindparam(name)
        for name in (
            "conversation",
            "participant",
            "slot",
            "assurance",
            "thumbprint",
            "cookie",
            "attempt",
            "bound_at",
        )
    }
)
_revoke_all = (
    update(device)
    .where(device.c.participant == bindparam("who"), device.c.slot.is_not(None))
    .values(slot=None, revoked_at=bindparam("now"))
)
_confirm = (
    update(device)
    .where(device.c.id == bindparam("device_id"))
    .values(confirmed_at=bindparam("now"))
)


def _owner_by(column: ColumnElement[Any]) -> Select[int]:
    return (
        select(device.c.participant)
        .join(participant, participant.c.id == device.c.participant)
        .where(
            device.c.conversation == bindparam("conversation_id"),
            column == bindparam("value"),
            device.c.slot.is_not(None),
            participant.c.link.is_(None),
        )
        .order_by(device.c.id.desc())
        .limit(1)
    )


_by_thumbprint = _owner_by(device.c.thumbprint)
_by_cookie = _owner_by(device.c.cookie)
_by_attempt = _owner_by(device.c.attempt)
