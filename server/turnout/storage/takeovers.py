"""Take-overs in the store: asked for, granted on the first device, released by a moderator."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or  # SQLite takes it too

from turnout.domain.devices import PROVISIONAL, Other, admit
from turnout.domain.events import Released, TakeoverAsked
from turnout.domain.refusals import Refused
from turnout.domain.takeovers import LIFE, TRIES, draw_letters, read_letters
from turnout.ports import Asked, AskingOver, Decided, Randomness, Takeover, WrongLetters
from turnout.storage import audit, devices, joining, moves
from turnout.storage.persons import Person, by_number
from turnout.storage.schema import device, participant, takeover
from turnout.storage.stream import Held, was_decided, write

NOBODY = Refused(
    "gone", "There is no participant with this number or these letters.", reason="nobody"
)
NO_DEVICES = Refused(
    "invalid",
    "The single link is for everybody; there is nothing to release.",
    reason="single_link",
)
NOT_RUNNING = Refused(
    "phase", "Links are released while people can answer.", reason="release_running"
)
BUSY = "Another device is asking to take over this link. Try again in a few minutes."
JUST_JOINED = "Somebody joined with this link a moment ago. Try again in two minutes."


def ask(
    connection: Connection, held: Held, asked: AskingOver, randomness: Randomness
) -> Asked | Refused | None:
    """Write the request down; None if the device may simply join."""
    if joining.is_spent(connection, asked.nonce):
        return joining.SPENT
    if (refused := joining.shut(held.state)) is not None:
        return refused
    target = joining.target_of(connection, held, asked.pid, asked.asking)
    if target is None:
        return joining.UNLISTED
    if target.removed:
        return joining.REMOVED
    if target.link is None or target.who is None:
        return None
    bound = devices.bound_to(connection, target.who)
    several = held.state.settings.several_devices
    admission = admit(bound, asked.asking, several=several, now=held.now)
    if not isinstance(admission, Other):
        return None
    if admission.full:
        return joining.FIVE_DEVICES
    if target.number is None:
        wait = bound[0].bound_at + PROVISIONAL + 1 - held.now
        return Refused("other_device", JUST_JOINED, retry_ms=wait)
    return _asked(connection, held, asked, target.who, target.number, randomness)


def _asked(
    connection: Connection,
    held: Held,
    asked: AskingOver,
    who: int,
    number: int,
    randomness: Randomness,
) -> Asked | Refused:
    request = moves.request_of(connection, who, held.now)
    if request is not None and not request.is_by(asked.asking):
        return Refused("slow_down", BUSY, retry_ms=request.until + 1 - held.now)
    joining.spend(connection, asked.nonce, held.now)
    moves_at = moves.gives_way(connection, held, who)
    if request is not None:
        waits = Takeover(
            number, request.letters, request.asked_at, request.until, request.tries_left
        )
        return Asked(waits, held.due, moves_at)
    letters = _new_letters(connection, held, randomness)
    connection.execute(
        _ask,
        {
            "participant": who,
            "letters": letters,
            "thumbprint": asked.asking.thumbprint,
            "cookie": asked.asking.cookie,
            "attempt": asked.asking.attempt,
            "tries_left": TRIES,
            "asked_at": held.now,
        },
    )
    decided = write(connection, held, (TakeoverAsked(number, letters),))
    made = Takeover(number, letters, held.now, held.now + LIFE, TRIES)
    return Asked(made, decided.events, moves_at)


def _new_letters(connection: Connection, held: Held, randomness: Randomness) -> str:
    """Nobody else's in this conversation, so that a moderator may go by them."""
    taken = {one.letters for one in moves.waiting(connection, held.id, held.now)}
    while (letters := draw_letters(randomness)) in taken:
        pass
    return letters


def grant(
    connection: Connection, held: Held, who: int, device_id: int, letters: str
) -> Decided | WrongLetters:
    """Letters were typed on the first device, which must still be bound. Once the conversation is
    over nobody could join with what was granted."""
    values = {"conversation_id": held.id, "who": who, "device_id": device_id}
    row = connection.execute(_first_device, values).one_or_none()
    request = moves.request_of(connection, who, held.now)
    if row is None or request is None or joining.shut(held.state) is not None:
        return WrongLetters(0)
    if request.tries_left == 0:
        return WrongLetters(0)
    if read_letters(letters) != request.letters:
        connection.execute(_wrong, {"who": who})
        return WrongLetters(request.tries_left - 1)
    moves.hand_over(connection, held, who, request)
    audit.note(connection, held.now, "", "granted", held.id, who)
    return write(connection, held, (Released(row.number),))


def release(
    connection: Connection, held: Held, participant_: int | str, by: str, cid: str
) -> Decided | Refused:
    """A moderator lets the asking device in, or without one whoever joins next."""
    if was_decided(connection, held.id, cid):
        return Decided(held.state, held.due)
    if held.state.settings.links == "single":
        return NO_DEVICES
    if joining.shut(held.state) is not None:
        return NOT_RUNNING
    person = _person(connection, held, participant_)
    if person is None:
        return NOBODY
    request = moves.request_of(connection, person.who, held.now)
    if request is not None:
        moves.hand_over(connection, held, person.who, request)
    elif devices.revoke_all(connection, person.who, held.now) == 0:
        return write(connection, held, (), by, cid)
    audit.note(connection, held.now, by, "released", held.id, person.who)
    return write(connection, held, (Released(person.number),), by, cid)


def _person(connection: Connection, held: Held, called: int | str) -> Person | None:
    """By number, or by the letters of a request that waits. Nobody who was removed."""
    number = called if isinstance(called, int) else _number(connection, held, called)
    person = None if number is None else by_number(connection, held, number)
    return None if person is None or person.removed else person


def _number(connection: Connection, held: Held, letters: str) -> int | None:
    meant = read_letters(letters)
    waiting = moves.waiting(connection, held.id, held.now)
    return next((one.participant for one in waiting if one.letters == meant), None)


_COLUMNS = ("letters", "thumbprint", "cookie", "attempt", "tries_left", "asked_at")
_insert = insert_or(takeover).values({name: bindparam(name) for name in ("participant", *_COLUMNS)})
_ask = _insert.on_conflict_do_update(
    index_elements=[takeover.c.participant],
    set_={name: _insert.excluded[name] for name in _COLUMNS},
)
_wrong = (
    update(takeover)
    .where(takeover.c.participant == bindparam("who"))
    .values(tries_left=takeover.c.tries_left - 1)
)
_first_device = (
    select(participant.c.number)
    .join(device, device.c.participant == participant.c.id)
    .where(
        participant.c.conversation == bindparam("conversation_id"),
        participant.c.id == bindparam("who"),
        participant.c.removed_at.is_(None),
        device.c.id == bindparam("device_id"),
        device.c.slot.is_not(None),
    )
)
