"""A participant's socket, from the challenge to the end: hello, answers, resync, beats.

One `Visit` a socket. It believes nothing that was not proved on this socket, and says `accepted`
only after the store has.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from msgspec import UNSET

from turnout import wire
from turnout.domain.links import read_pid
from turnout.domain.refusals import Refused
from turnout.metrics import Metrics
from turnout.ports import (
    Arriving,
    Participant,
    Store,
    StoreUnavailable,
    Takeover,
    WrongLetters,
)
from turnout.services.answering import RETRY_MS, Answering
from turnout.services.connections import (
    MALFORMED,
    NOT_USABLE,
    OTHER_DEVICE,
    OVER,
    REMOVED,
    STORE_AWAY,
    TOO_FAST,
    TOO_LARGE,
    TRY_LATER,
    WORDS,
    Connection,
    farewell,
    let_go,
)
from turnout.services.guessing import GUESSES, SLOW_DOWN, Guessing
from turnout.services.hellos import Hellos
from turnout.services.joining import cookie_mac
from turnout.services.lobby import room_for
from turnout.services.proofs import Purpose, thumbprint
from turnout.services.rooms import Member, Person, Room, Rooms

RESYNC_EVERY = 2_000
"""Milliseconds from one resync to the next."""
HURRIED = 3
"""Resyncs in a row that may come too soon. Each is answered late, and whoever is gone by then would
seem to be here for as long."""
CROWDED = "Very many people wait here. This page comes back by itself."
BUSY = "Very many people are coming in at once. This page tries again by itself."
_CLOSE_CODES = {
    "other_device": OTHER_DEVICE,
    "removed": REMOVED,
    "over": OVER,
}


@dataclass(frozen=True, slots=True)
class Handshake:
    """What the upgrade request said. `cookie`: of this conversation, empty if none came.
    `address`: where it came from, to slow down who guesses; kept nowhere else."""

    origin: str
    cookie: str
    nonce: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """What all visits of this process share."""

    hellos: Hellos
    guessing: Guessing
    metrics: Metrics


class Visit:
    """The state of one participant socket."""

    def __init__(
        self,
        room: Room,
        rooms: Rooms,
        store: Store,
        connection: Connection,
        shake: Handshake,
        node: Node,
    ) -> None:
        self._room = room
        self._rooms = rooms
        self._store = store
        self._connection = connection
        self._shake = shake
        self._node = node
        self._member: Member | None = None
        self._parted = False
        self._next_resync = 0
        self._hurried = 0
        self._answering = Answering(room, rooms, store, connection, node.metrics)

    def begin(self) -> None:
        """Send the challenge, and let the socket wait in the lobby."""
        now = self._rooms.now()
        self._connection.send(wire.encode(wire.Challenge(self._shake.nonce, now)))
        self._room.waiting.add(self._connection)
        most = room_for(self._room.conversation.settings.max_participants)
        for connection in self._room.waiting.crowded_out(most):
            farewell(connection, TRY_LATER, CROWDED)
        self._connection.send(wire.encode(self._room.lobby(now)))

    def left(self) -> None:
        """They said goodbye: they were here until now, not only until their last message."""
        self._parted = True
        if self._member is not None:
            self._member.last_seen = self._rooms.now()

    async def end(self) -> None:
        """The socket is gone. Who they are is known here until their answers are stored: it is
        what the next socket of theirs is told."""
        self._room.waiting.discard(self._connection)
        await self._answering.answered()
        if self._member is not None:
            self._room.leave(self._member)
        if self._member is not None and self._member.attendance:
            with suppress(StoreUnavailable):  # then their last half minute is not recorded
                await self._store.attend([(self._member.attendance, self._member.last_seen)])

    def alive(self) -> None:
        """They answered a ping: they are here."""
        if self._member is not None:
            self._member.last_seen = self._rooms.now()

    def resync_needed(self) -> None:
        """They read too slowly, and all that waited was dropped: tell them how things stand."""
        now = self._rooms.now()
        if self._member is None:
            self._connection.send(wire.encode(self._room.lobby(now)))
        else:
            welcome = self._room.welcome(self._member.person, None, now)
            self._connection.send(wire.encode(welcome))

    async def receive(self, frame: bytes | str) -> None:
        """Take one frame. Whatever it holds, the answer is a message or a close, never an error."""
        if self._member is not None:
            self._member.last_seen = self._rooms.now()
        if wire.is_larger(frame, wire.MAX_FRAME):
            let_go(self._connection, TOO_LARGE)
            return
        try:
            message = wire.decode_participant(frame)
        except wire.UnknownMessage:
            self._node.metrics.unknown("participant")
            return
        except wire.Malformed:
            self._malformed(frame)
            return
        await self._handle(message)

    async def _handle(self, message: wire.FromParticipant) -> None:
        match message:
            case wire.Hello():
                await self._hello(message)
            case wire.Answer():
                self._answer(message)
            case wire.Resync():
                await self._resync(message)
            case wire.Grant():
                await self._grant(message)
            case wire.Beat():
                rev = self._room.conversation.seen_rev
                self._connection.send(wire.encode(wire.Pulse(rev, self._rooms.now())))

    def _malformed(self, frame: bytes | str) -> None:
        """A bad answer with a readable aid is refused and leaves the outbox; the socket stays."""
        aid = wire.readable_aid(frame)
        if aid is None or self._member is None:
            farewell(self._connection, MALFORMED, "This page sent something that makes no sense.")
            return
        self._answering.refuse_malformed(aid)

    # --- hello --------------------------------------------------------------------------------

    async def _hello(self, hello: wire.Hello) -> None:
        if self._member is not None:
            farewell(self._connection, MALFORMED, "This page said hello twice.")
            return
        async with self._node.hellos.turn() as turn:
            if self._parted:
                return
            if not turn:
                self._node.metrics.hello("busy")
                farewell(self._connection, TRY_LATER, BUSY, self._node.hellos.retry_ms())
                return
            await self._arrive(hello)

    async def _arrive(self, hello: wire.Hello) -> None:
        arriving = self._arriving(hello)
        if isinstance(arriving, Refused):
            self._refuse(arriving)
            return
        try:
            participant = await self._store.arrive(arriving, attend=True)
        except StoreUnavailable:
            self._node.metrics.hello("unavailable")
            farewell(self._connection, STORE_AWAY, WORDS[STORE_AWAY], RETRY_MS)
            return
        if isinstance(participant, Refused):
            self._refuse(participant)
            return
        self._enter(participant, hello)

    def _arriving(self, hello: wire.Hello) -> Arriving | Refused:
        """Who claims to be here, as far as this socket can prove it."""
        link = "" if hello.link is UNSET else hello.link
        pid = None
        if self._room.conversation.settings.links == "unique":
            pid = read_pid(link)
            if pid is None:
                return Refused("damaged", "Part of the link was lost on the way.")
        mac = cookie_mac(self._shake.cookie, pid or self._room.slug)
        if hello.proof is UNSET:
            return Arriving(self._room.id, pid, None, mac)
        purpose = Purpose("hello", self._shake.nonce, self._shake.origin, self._room.slug, link, "")
        proved = thumbprint(hello.proof, purpose)
        return proved if isinstance(proved, Refused) else Arriving(self._room.id, pid, proved, mac)

    def _refuse(self, refused: Refused) -> None:
        if refused.code in GUESSES and (wait := self._node.guessing.miss(self._shake.address)):
            self._node.metrics.hello("slow_down")
            farewell(self._connection, TRY_LATER, SLOW_DOWN, wait)
            return
        self._node.metrics.hello(refused.code)
        code = _CLOSE_CODES.get(refused.code, NOT_USABLE)
        reason: Literal["removed"] | None = "removed" if refused.code == "removed" else None
        farewell(self._connection, code, refused.why, refused.retry_ms, reason)

    def _enter(self, participant: Participant, hello: wire.Hello) -> None:
        now = self._rooms.now()
        person = self._room.people.get(participant.id) or Person(
            participant.id,
            participant.number,
            participant.pid,
            {counted.question: counted for counted in participant.answers},
            participant.attended,
        )
        member = Member(
            person,
            self._connection,
            participant.device,
            hello.tab,
            participant.attendance,
            now,
            now,
        )
        self._room.waiting.discard(self._connection)
        if not self._room.enter(member):
            self._node.metrics.hello("other_tab")
        else:
            self._node.metrics.hello("welcomed")
            self._member = member
            resume = None if hello.resume is UNSET else hello.resume
            self._connection.send(wire.encode(self._room.welcome(person, resume, now)))
            if participant.takeover is not None:
                self._ask_to_grant(participant.takeover, now)

    def _ask_to_grant(self, asked: Takeover, now: int) -> None:
        since = max(0.0, (now - asked.asked_at) / 1000)
        self._connection.send(wire.encode(wire.Takeover(since, asked.tries_left)))

    async def _grant(self, message: wire.Grant) -> None:
        """The one with the first device typed letters: they move, or have one try less."""
        if self._member is None:
            farewell(self._connection, MALFORMED, "This page granted before it said hello.")
            return
        member = self._member
        try:
            outcome = await self._store.grant(
                self._room.id, member.person.id, member.device, message.letters
            )
        except StoreUnavailable:
            self._connection.send(wire.encode(wire.Degraded("away", RETRY_MS)))
            return
        if isinstance(outcome, WrongLetters):
            self._connection.send(wire.encode(wire.Takeover(0, outcome.tries_left)))
        else:
            await self._rooms.tell(self._room, outcome.events)

    async def _resync(self, message: wire.Resync) -> None:
        if self._member is None:
            farewell(self._connection, MALFORMED, "This page asked before it said hello.")
            return
        wait = min(RESYNC_EVERY, self._next_resync - self._rooms.now())
        self._hurried = self._hurried + 1 if wait > 0 else 0
        if self._hurried > HURRIED:
            let_go(self._connection, TOO_FAST)
            return
        if wait > 0:
            await asyncio.sleep(wait / 1000)  # what comes behind it waits as well
        await self._answering.answered()  # the welcome knows of every answer sent before
        self._next_resync = self._rooms.now() + RESYNC_EVERY
        resume = wire.Resume(message.epoch, message.rev)
        welcome = self._room.welcome(self._member.person, resume, self._rooms.now())
        self._connection.send(wire.encode(welcome))

    def _answer(self, message: wire.Answer) -> None:
        if self._member is None:
            farewell(self._connection, MALFORMED, "This page answered before it said hello.")
        else:
            self._answering.offer(self._member, message)
