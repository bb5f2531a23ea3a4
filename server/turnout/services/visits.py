"""A participant's socket, from the challenge to the end: hello, answers, resync, beats.

One `Visit` a socket. It believes nothing that was not proved on this socket, and says `accepted`
only after the store has.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass

from msgspec import UNSET

from turnout import wire
from turnout.domain.answers import Accepted, Known, Offer, Stored, Superseded
from turnout.domain.links import read_pid
from turnout.domain.refusals import Refused
from turnout.ports import (
    Arriving,
    Counted,
    Participant,
    Settled,
    Store,
    StoreUnavailable,
    Takeover,
    WrongLetters,
)
from turnout.services import views
from turnout.services.connections import (
    MALFORMED,
    NOT_USABLE,
    OTHER_DEVICE,
    OVER,
    REMOVED,
    STORE_AWAY,
    Connection,
    farewell,
)
from turnout.services.joining import cookie_mac
from turnout.services.proofs import Purpose, thumbprint
from turnout.services.rooms import Member, Person, Room, Rooms

RETRY_MS = 2_000
MISSING_PROOF = "This device could not prove its key. Reload the page and try again."
_CLOSE_CODES = {
    "other_device": OTHER_DEVICE,
    "removed": REMOVED,
    "over": OVER,
}


@dataclass(frozen=True, slots=True)
class Handshake:
    """What the upgrade request said. `cookie`: of this conversation, empty if none came."""

    origin: str
    cookie: str
    nonce: str


class Visit:
    """The state of one participant socket."""

    def __init__(
        self, room: Room, rooms: Rooms, store: Store, connection: Connection, shake: Handshake
    ) -> None:
        self._room = room
        self._rooms = rooms
        self._store = store
        self._connection = connection
        self._shake = shake
        self._member: Member | None = None

    def begin(self) -> None:
        """Send the challenge, and let the socket wait in the lobby."""
        now = self._rooms.now()
        self._connection.send(wire.encode(wire.Challenge(self._shake.nonce, now)))
        self._room.waiting.add(self._connection)
        self._connection.send(wire.encode(self._room.lobby(now)))

    def left(self) -> None:
        """They said goodbye: they were here until now, not only until their last message."""
        if self._member is not None:
            self._member.last_seen = self._rooms.now()

    async def end(self) -> None:
        """The socket is gone."""
        self._room.waiting.discard(self._connection)
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
            farewell(self._connection, 1009, "A message was too large.")
            return
        try:
            message = wire.decode_participant(frame)
        except wire.UnknownMessage:
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
                await self._answer(message)
            case wire.Resync():
                self._resync(message)
            case wire.Grant():
                await self._grant(message)
            case wire.Beat():
                rev = self._room.conversation.seen_rev
                self._connection.send(wire.encode(wire.Beat(rev)))

    def _malformed(self, frame: bytes | str) -> None:
        """A bad answer with a readable aid is refused and leaves the outbox; the socket stays."""
        aid = wire.readable_aid(frame)
        if aid is None or self._member is None:
            farewell(self._connection, MALFORMED, "This page sent something that makes no sense.")
            return
        why = "This is no answer that the question takes."
        self._connection.send(wire.encode(wire.Refused(aid, "invalid", why)))

    # --- hello --------------------------------------------------------------------------------

    async def _hello(self, hello: wire.Hello) -> None:
        if self._member is not None:
            farewell(self._connection, MALFORMED, "This page said hello twice.")
            return
        arriving = self._arriving(hello)
        if isinstance(arriving, Refused):
            self._refuse(arriving)
            return
        try:
            participant = await self._store.arrive(arriving, attend=True)
        except StoreUnavailable:
            farewell(self._connection, STORE_AWAY, "The server can't save just now.", RETRY_MS)
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
        code = _CLOSE_CODES.get(refused.code, NOT_USABLE)
        farewell(self._connection, code, refused.why, refused.retry_ms)

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
        if self._room.enter(member):
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

    def _resync(self, message: wire.Resync) -> None:
        if self._member is None:
            farewell(self._connection, MALFORMED, "This page asked before it said hello.")
            return
        resume = wire.Resume(message.epoch, message.rev)
        welcome = self._room.welcome(self._member.person, resume, self._rooms.now())
        self._connection.send(wire.encode(welcome))

    # --- answers ------------------------------------------------------------------------------

    async def _answer(self, message: wire.Answer) -> None:
        if self._member is None:
            farewell(self._connection, MALFORMED, "This page answered before it said hello.")
            return
        body = views.body_from_wire(message.body)
        offer = Offer(message.aid, message.question, message.base, body)
        try:
            settled = await self._store.answer(self._room.id, self._member.person.id, offer)
        except StoreUnavailable:
            why = "Saving takes longer than usual."
            refused = wire.Refused(message.aid, "retry", why, retry_ms=RETRY_MS)
            self._connection.send(wire.encode(refused))
            return
        self._settled(self._member, offer, settled)

    def _settled(self, member: Member, offer: Offer, settled: Settled) -> None:
        match settled.verdict:
            case Accepted(stored=stored):
                self._accepted(member, offer.question, stored)
                self._tell_others(member, offer.question, stored)
            case Known(stored=stored):
                self._accepted(member, offer.question, stored)
            case Superseded(stored=stored):
                self._superseded(offer.aid, stored)
            case Refused(code=code, why=why):
                match code:
                    case "retry" | "closed" | "invalid" | "gone":
                        self._connection.send(wire.encode(wire.Refused(offer.aid, code, why)))
                    case _:
                        raise AssertionError(f"no answer is refused as {code}")

    def _accepted(self, member: Member, question: int, stored: Stored) -> None:
        known = member.person.answers.get(question)
        if known is None or known.revision < stored.revision:
            member.person.answers[question] = Counted(
                question, stored.aid, stored.revision, stored.body, stored.run
            )
        progress = views.progress(self._room.progress(member.person))
        frame = wire.Accepted(stored.aid, stored.revision, progress, stored.late)
        self._connection.send(wire.encode(frame))

    def _tell_others(self, member: Member, question: int, stored: Stored) -> None:
        others = [other for other in member.person.members if other is not member]
        if not others:
            return
        frame = wire.encode(
            wire.MineFrame(
                question,
                stored.aid,
                stored.revision,
                views.body_to_wire(stored.body),
                views.progress(self._room.progress(member.person)),
            )
        )
        for other in others:
            other.connection.send(frame)

    def _superseded(self, aid: str, stored: Stored | None) -> None:
        why = "Another answer of yours counts."
        counted = (
            UNSET
            if stored is None
            else wire.Counted(stored.aid, stored.revision, views.body_to_wire(stored.body))
        )
        self._connection.send(wire.encode(wire.Refused(aid, "superseded", why, stored=counted)))
