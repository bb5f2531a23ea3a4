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
    Assurance,
    Bind,
    Bound,
    Other,
    Rekey,
    Same,
    admit,
)
from turnout.domain.refusals import Refused
from turnout.ports import Clock, Joining
from turnout.storage import devices
from turnout.storage.conversations import take
from turnout.storage.schema import link, nonce, participant
from turnout.storage.seats import place_for, take_place
from turnout.storage.states import States

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
    """Whom a join is for. `link`: None for the single link; `who`: None before the first join."""

    link: int | None
    who: int | None
    confirmed: bool
    removed: bool
    turned_away: str | None


def check(connection: Connection, conversation: int, pid: str) -> Refused | None:
    """Whether this link is on the list and not removed."""
    target = _by_pid(connection, conversation, pid)
    if target is None:
        return UNLISTED
    return REMOVED if target.removed else None


def join(
    connection: Connection, states: States, joining: Joining, clock: Clock
) -> Assurance | Refused:
    """LookupError for a conversation that does not exist."""
    taken = take(connection, joining.conversation)
    if taken is None:
        raise LookupError(f"there is no conversation {joining.conversation}")
    if _is_spent(connection, joining.nonce):
        return SPENT
    state = states.at(connection, joining.conversation, taken.rev)
    now = clock()
    target = _target(connection, state, joining)
    admitted = _admitted(connection, state, joining, target, now)
    if not isinstance(admitted, Refused):
        _spend(connection, joining.nonce, now)
    elif target is not None and target.link is not None and target.turned_away != admitted.code:
        _turn_away(connection, target.link, admitted.code)
    return admitted


def _admitted(
    connection: Connection, state: Conversation, joining: Joining, target: Target | None, now: int
) -> Assurance | Refused:
    """Everything is decided before anything is written."""
    if state.phase in ("draft", "published"):
        return NOT_OPEN
    if state.phase == "ended":
        return OVER
    if target is None:
        return UNLISTED
    if target.removed:
        return REMOVED
    who = target.who
    bound = () if who is None else devices.bound_to(connection, who)
    several = state.settings.several_devices and target.link is not None
    admission = admit(bound, joining.asking, several=several, now=now)
    if isinstance(admission, Other):
        if target.link is not None:
            return FIVE_DEVICES if admission.full else ELSEWHERE
        # The single link tells browsers apart, and this one is none that it knows.
        who, admission = None, Bind(1)
    most = state.settings.max_participants
    place = place_for(connection, joining.conversation, who, most, now)
    if place is None:
        return FULL
    if who is None:
        who = _newcomer(connection, joining.conversation, target.link, now)
    take_place(connection, joining.conversation, place, who, now, confirmed=False)
    if isinstance(admission, Bind) and target.confirmed and who == target.who and not several:
        _count_change(connection, who)
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


def _target(connection: Connection, state: Conversation, joining: Joining) -> Target | None:
    """None for a link that is not on the list."""
    if state.settings.links == "unique":
        if joining.pid is None:
            return None
        return _by_pid(connection, joining.conversation, joining.pid)
    if joining.pid is not None:
        return None
    return _by_browser(connection, joining)


def _by_pid(connection: Connection, conversation: int, pid: str) -> Target | None:
    row = connection.execute(_link, {"conversation_id": conversation, "pid": pid}).one_or_none()
    if row is None:
        return None
    removed = row.removed_at is not None or row.who_removed_at is not None
    return Target(row.id, row.who, row.number is not None, removed, row.turned_away)


def _by_browser(connection: Connection, joining: Joining) -> Target:
    who = devices.anonymous_owner(connection, joining.conversation, joining.asking)
    if who is None:
        return Target(None, None, confirmed=False, removed=False, turned_away=None)
    row = connection.execute(_participant, {"who": who}).one()
    return Target(None, who, row.number is not None, row.removed_at is not None, None)


def _newcomer(connection: Connection, conversation: int, link_id: int | None, now: int) -> int:
    values = {"conversation": conversation, "link": link_id, "joined_at": now}
    id: int = connection.execute(_add, values).scalar_one()
    return id


def _count_change(connection: Connection, who: int) -> None:
    connection.execute(
        update(participant)
        .where(participant.c.id == who)
        .values(device_changes=participant.c.device_changes + 1)
    )


def _is_spent(connection: Connection, value: str | None) -> bool:
    if value is None:
        return False
    return connection.execute(_spent, {"value": value}).one_or_none() is not None


def _spend(connection: Connection, value: str | None, now: int) -> None:
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
