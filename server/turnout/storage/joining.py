"""The tap on Join in the store: nonce, link, device and seat in one transaction, or a refusal.

A refusal changes nothing but the link's last code, which tells the organiser why somebody never got
in. Must never take a seat or bind a device on anything but a join.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from turnout.domain.conversation import Conversation
from turnout.domain.devices import (
    MAX_DEVICES,
    Asking,
    Assurance,
    Bind,
    Bound,
    Other,
    Rekey,
    Same,
    admit,
)
from turnout.domain.refusals import Refused
from turnout.ports import Joining
from turnout.storage import devices, moves
from turnout.storage.schema import link, nonce, participant, storable
from turnout.storage.seats import place_for, take_place
from turnout.storage.stream import Held

NONCES_KEPT = 10 * 60 * 1000
"""Milliseconds; a nonce is good for one minute."""

UNLISTED = Refused("unlisted", "This link is not on the list. Ask whoever sent it for a new one.")
REMOVED = Refused("removed", "A moderator has removed this link from the conversation.")
OVER = Refused("over", "This conversation is over.")
NOT_OPEN = Refused("not_open", "This conversation is not open yet. Come back at its start.")
FULL = Refused("full", "All places in this conversation are taken.")
ELSEWHERE = Refused(
    "other_device",
    "This link is used on another device. Go back to it, or ask the organiser to release the link.",
)
FIVE_DEVICES = Refused(
    "other_device",
    f"This link is used on {MAX_DEVICES} devices, which is the most. Go back to one of them.",
)
SPENT = Refused("proof", "This try was used before. Try again.")


class Target(NamedTuple):
    """Whom a join is for. `link`: None for the single link; `who`: None before the first join;
    `number`: None before the first hello."""

    link: int | None
    who: int | None
    number: int | None
    removed: bool
    turned_away: str | None


def check(connection: Connection, conversation: int, pid: str) -> Refused | None:
    """Whether this link is on the list and not removed."""
    target = _by_pid(connection, conversation, pid)
    if target is None:
        return UNLISTED
    return REMOVED if target.removed else None


def join(connection: Connection, held: Held, joining: Joining) -> Assurance | Refused:
    """In one transaction with what was due."""
    if is_spent(connection, joining.nonce):
        return SPENT
    target = target_of(connection, held, joining.pid, joining.asking)
    admitted = _admitted(connection, held, joining, target)
    if not isinstance(admitted, Refused):
        spend(connection, joining.nonce, held.now)
    elif target is not None and target.link is not None and target.turned_away != admitted.code:
        _turn_away(connection, target.link, admitted.code)
    return admitted


def shut(state: Conversation) -> Refused | None:
    """Why nobody joins in this phase, whoever they are."""
    if state.phase in ("draft", "published"):
        return NOT_OPEN
    return OVER if state.phase == "ended" else None


def _admitted(
    connection: Connection, held: Held, joining: Joining, target: Target | None
) -> Assurance | Refused:
    """Everything is decided before anything is written, but for a move that grants itself."""
    if (refused := shut(held.state)) is not None:
        return refused
    if target is None:
        return UNLISTED
    if target.removed:
        return REMOVED
    now, who = held.now, target.who
    bound = () if who is None else devices.bound_to(connection, who)
    several = held.state.settings.several_devices and target.link is not None
    admission = admit(bound, joining.asking, several=several, now=now)
    if isinstance(admission, Other):
        if target.link is None:
            # The single link tells browsers apart, and this one is none that it knows.
            who, admission = None, Bind(1)
        elif admission.full:
            return FIVE_DEVICES
        elif who is None or not moves.by_itself(connection, held, who, joining.asking):
            return ELSEWHERE
        else:
            bound = devices.bound_to(connection, who)
            admission = Same(bound[0].slot)
    place = place_for(connection, held.id, who, held.state.settings.max_participants, now)
    if place is None:
        return FULL
    if who is None:
        who = _newcomer(connection, held.id, target.link, now)
    take_place(connection, held.id, place, who, now, confirmed=False)
    returns = target.number is not None and who == target.who
    if isinstance(admission, Bind) and returns and not several:
        moves.count_change(connection, who)
    return _admit(connection, joining, admission, who, bound, now)


def _admit(
    connection: Connection,
    joining: Joining,
    admission: Same | Rekey | Bind,
    who: int,
    bound: Sequence[Bound],
    now: int,
) -> Assurance:
    match admission:
        case Same(slot=slot):
            known = next(device for device in bound if device.slot == slot)
            devices.refresh(connection, joining, who, known, now)
            return known.assurance
        case Rekey(slot=slot):
            devices.rekey(connection, joining, who, slot, now)
            return "key"
        case Bind(slot=slot):
            lapsed = any(device.slot == slot for device in bound)
            return devices.bind(connection, joining, who, slot, lapsed, now)


def target_of(connection: Connection, held: Held, pid: str | None, asking: Asking) -> Target | None:
    """None for a link that is not on the list."""
    if held.state.settings.links == "unique":
        return None if pid is None else _by_pid(connection, held.id, pid)
    return _by_browser(connection, held.id, asking) if pid is None else None


def _by_pid(connection: Connection, conversation: int, pid: str) -> Target | None:
    if not storable(pid):
        return None
    row = connection.execute(_link, {"conversation_id": conversation, "pid": pid}).one_or_none()
    if row is None:
        return None
    removed = row.removed_at is not None or row.who_removed_at is not None
    return Target(row.id, row.who, row.number, removed, row.turned_away)


def _by_browser(connection: Connection, conversation: int, asking: Asking) -> Target:
    who = devices.anonymous_owner(connection, conversation, asking)
    if who is None:
        return Target(None, None, None, removed=False, turned_away=None)
    row = connection.execute(_participant, {"who": who}).one()
    return Target(None, who, row.number, row.removed_at is not None, None)


def _newcomer(connection: Connection, conversation: int, link_id: int | None, now: int) -> int:
    values = {"conversation": conversation, "link": link_id, "joined_at": now}
    id: int = connection.execute(_add, values).scalar_one()
    return id


def is_spent(connection: Connection, value: str | None) -> bool:
    """Whether this nonce was accepted before."""
    if value is None:
        return False
    return connection.execute(_spent, {"value": value}).one_or_none() is not None


def spend(connection: Connection, value: str | None, now: int) -> None:
    """Nobody gets in with this nonce again."""
    if value is not None:
        connection.execute(_sweep, {"before": now - NONCES_KEPT})
        connection.execute(_spend_one, {"nonce": value, "spent_at": now})


def _turn_away(connection: Connection, link_id: int, code: str) -> None:
    connection.execute(update(link).where(link.c.id == link_id).values(turned_away=code))


# Made once: what a statement costs is mostly its making.
_link = (
    select(
        link.c.id,
        link.c.turned_away,
        link.c.removed_at,
        participant.c.id.label("who"),
        participant.c.number,
        participant.c.removed_at.label("who_removed_at"),
    )
    .outerjoin(participant, participant.c.link == link.c.id)
    .where(link.c.conversation == bindparam("conversation_id"), link.c.pid == bindparam("pid"))
)
_participant = select(participant.c.number, participant.c.removed_at).where(
    participant.c.id == bindparam("who")
)
_add = (
    insert(participant)
    .values({name: bindparam(name) for name in ("conversation", "link", "joined_at")})
    .returning(participant.c.id)
)
_spent = select(nonce.c.nonce).where(nonce.c.nonce == bindparam("value"))
_sweep = delete(nonce).where(nonce.c.spent_at < bindparam("before"))
_spend_one = insert(nonce).values(nonce=bindparam("nonce"), spent_at=bindparam("spent_at"))
