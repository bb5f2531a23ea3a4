"""What a group of offered answers does to the store, inside one transaction.

Offers are decided in order, each on what the one before it left, by the clock as it is once the
conversation's row is taken. Then all is written at once; whether an id was used before is the
index's to say. A group of which nothing counts writes
nothing, so `aseq` grows by one with every group that changed an answer, and by nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Dialect, bindparam, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or  # SQLite takes it too

from turnout.domain.answers import Accepted, Offer, Stored, Verdict, settle
from turnout.domain.refusals import Refused
from turnout.ports import Settled
from turnout.storage.database import StoreClock
from turnout.storage.events import body_from_text, body_to_text
from turnout.storage.persons import MAX_NUMBER
from turnout.storage.schema import answer, conversation, participant
from turnout.storage.states import States
from turnout.storage.stream import Held, hold

MAX_EARLIER = 1_000
"""Ids of replaced answers that are kept for one question: more replacements than a person makes,
and a bound for a program that does. A copy of a still older one is refused by its `base`."""
_AID = 16

_UNKNOWN = Refused("gone", "This question is not part of the conversation.")


@dataclass(frozen=True, slots=True)
class Offered:
    """An answer on its way in."""

    conversation: int
    participant: int
    offer: Offer


Key = tuple[int, int]
"""Participant and question."""
Used = tuple[int, str]
"""Participant and `aid`."""


class Settling:
    """Of one store."""

    def __init__(self, states: States, clock: StoreClock, dialect: Dialect) -> None:
        self._states = states
        self._clock = clock
        # The driver writes many rows of a compiled statement five times as fast as SQLAlchemy.
        self._write = str(_upsert.compile(dialect=dialect))
        self._find = str(_using.compile(dialect=dialect))

    def settle(self, connection: Connection, group: Sequence[Offered]) -> list[Settled]:
        """What became of each, in the same order. An offer of a conversation or participant that
        does not exist, or of one who was removed, is refused like one to an unknown question."""
        parts: dict[int, list[int]] = {}
        for place, offered in enumerate(group):
            parts.setdefault(offered.conversation, []).append(place)
        settled: dict[int, Settled] = {}
        # In one order everywhere, so that two nodes never wait for each other.
        for id, places in sorted(parts.items()):
            part = self._part(connection, id, [group[place] for place in places])
            settled.update(zip(places, part, strict=True))
        return [settled[place] for place in range(len(group))]

    def _part(self, connection: Connection, id: int, part: Sequence[Offered]) -> list[Settled]:
        """The offers to one conversation."""
        held = hold(connection, self._states, id, self._clock)
        if held is None:
            return [Settled(_UNKNOWN, 0) for _ in part]
        settled = self._settled(connection, held, part, {})
        if settled is None:  # somebody used an id for two questions: nobody else pays for looking
            settled = self._settled(connection, held, part, self._used(connection, part))
        if settled is None:
            raise AssertionError("an id that is not in use is in use")
        return settled

    def _settled(
        self, connection: Connection, held: Held, part: Sequence[Offered], used: dict[Used, int]
    ) -> list[Settled] | None:
        """None, and nothing is written, if an id turns out to count for another question. `used`:
        which questions the group's ids count for, as far as that is known."""
        stored = _stored(connection, held.id, part)
        verdicts: list[Verdict] = []
        changed: dict[Key, Accepted] = {}
        for offered in part:
            who, question = offered.participant, offered.offer.question
            verdict = _verdict(held, stored, used, offered)
            if isinstance(verdict, Accepted):
                stored[who][question] = verdict.stored
                used[who, offered.offer.aid] = question
                changed[who, question] = verdict
            verdicts.append(verdict)
        if changed and not self._write_all(connection, held, changed):
            return None
        aseq = held.aseq + 1
        return [
            Settled(verdict, aseq if isinstance(verdict, Accepted) else 0) for verdict in verdicts
        ]

    def _write_all(self, connection: Connection, held: Held, changed: dict[Key, Accepted]) -> bool:
        """False, and nothing is written, if the key (participant, aid) does not allow it."""
        rows = _rows(held, changed, held.aseq + 1)
        savepoint = connection.begin_nested()
        try:
            raise_aseq(connection, held)
            cursor = connection.connection.cursor()
            cursor.executemany(self._write, rows)
            cursor.close()
        except connection.dialect.loaded_dbapi.IntegrityError:
            savepoint.rollback()
            return False
        savepoint.commit()
        return True

    def _used(self, connection: Connection, part: Iterable[Offered]) -> dict[Used, int]:
        found: dict[Used, int] = {}
        cursor = connection.connection.cursor()
        for one in part:
            cursor.execute(self._find, (one.participant, aid_to_bytes(one.offer.aid)))
            if (row := cursor.fetchone()) is not None:
                found[one.participant, one.offer.aid] = row[0]
        cursor.close()
        return found


def raise_aseq(connection: Connection, held: Held) -> int:
    """Count one more group that touches answers or mutes; the `aseq` of its rows."""
    aseq = held.aseq + 1
    connection.execute(_raise, {"conversation_id": held.id, "new_aseq": aseq})
    return aseq


def _verdict(
    held: Held, stored: dict[int, dict[int, Stored]], used: dict[Used, int], offered: Offered
) -> Verdict:
    theirs = stored.get(offered.participant)
    if theirs is None:
        return _UNKNOWN
    offer = offered.offer
    counted = theirs.get(offer.question)
    elsewhere = used.get((offered.participant, offer.aid), offer.question) != offer.question
    return settle(held.state, counted, offer, held.now, elsewhere=elsewhere)


def _stored(
    connection: Connection, id: int, part: Iterable[Offered]
) -> dict[int, dict[int, Stored]]:
    """What counts now, by participant and question, for everybody in the group who may answer.
    Nobody else is in it."""
    part = tuple(part)
    rows = connection.execute(
        _counted,
        {
            "conversation_id": id,
            "participants": sorted({offered.participant for offered in part}),
            "questions": sorted(
                {one.offer.question for one in part if 0 < one.offer.question <= MAX_NUMBER}
            ),
        },
    )
    found: dict[int, dict[int, Stored]] = {}
    for row in rows:
        theirs = found.setdefault(row.id, {})
        if row.question is not None:
            theirs[row.question] = Stored(
                aid_from_bytes(row.aid),
                row.revision,
                body_from_text(row.body),
                row.late,
                row.run,
                _unpacked(row.earlier),
            )
    return found


def _rows(held: Held, changed: dict[Key, Accepted], aseq: int) -> list[tuple[Any, ...]]:
    """In the order of `_upsert`."""
    return [
        (
            held.id,
            person,
            question,
            accepted.stored.revision,
            aid_to_bytes(accepted.stored.aid),
            _packed(accepted.stored.earlier),
            body_to_text(accepted.stored.body),
            held.state.rev,
            accepted.stored.run,
            held.now,
            held.now,
            accepted.stored.late,
            aseq,
        )
        for (person, question), accepted in changed.items()
    ]


def aid_to_bytes(aid: str) -> bytes:
    """A UUID in lower case, as the wire has it. ValueError for anything else."""
    plain = bytes.fromhex(aid.replace("-", ""))
    if aid_from_bytes(plain) != aid:
        raise ValueError("an answer's id is a UUID in lower case")
    return plain


def aid_from_bytes(plain: bytes) -> str:
    """The text of a UUID."""
    text = plain.hex()
    return f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:20]}-{text[20:]}"


def _packed(earlier: Sequence[str]) -> bytes:
    return b"".join(map(aid_to_bytes, earlier[-MAX_EARLIER:]))


def _unpacked(earlier: bytes) -> tuple[str, ...]:
    places = range(0, len(earlier), _AID)
    return tuple(aid_from_bytes(earlier[place : place + _AID]) for place in places)


_counted = (
    select(
        participant.c.id,
        answer.c.question,
        answer.c.aid,
        answer.c.revision,
        answer.c.body,
        answer.c.late,
        answer.c.run,
        answer.c.earlier,
    )
    .outerjoin(
        answer,
        (answer.c.conversation == participant.c.conversation)
        & (answer.c.participant == participant.c.id)
        & answer.c.question.in_(bindparam("questions", expanding=True)),
    )
    .where(
        participant.c.conversation == bindparam("conversation_id"),
        participant.c.id.in_(bindparam("participants", expanding=True)),
        participant.c.number.is_not(None),
        participant.c.removed_at.is_(None),
    )
)

_using = select(answer.c.question).where(
    answer.c.participant == bindparam("who"), answer.c.aid == bindparam("aid")
)

_raise = (
    update(conversation)
    .where(conversation.c.id == bindparam("conversation_id"))
    .values(aseq=bindparam("new_aseq"))
)

_COLUMNS = (
    "conversation",
    "participant",
    "question",
    "revision",
    "aid",
    "earlier",
    "body",
    "shown_rev",
    "run",
    "first_at",
    "answered_at",
    "late",
    "aseq",
)
_insert = insert_or(answer).values({name: bindparam(name) for name in _COLUMNS})
# Inline: nobody asks for the ids.
_upsert = _insert.inline().on_conflict_do_update(
    index_elements=[answer.c.conversation, answer.c.participant, answer.c.question],
    set_={
        name: _insert.excluded[name]
        for name in _COLUMNS
        if name not in ("conversation", "participant", "question", "first_at")
    },
)
