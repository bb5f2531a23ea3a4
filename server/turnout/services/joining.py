"""Joining, over plain requests: what the conversation is, whether a link works, and the tap on
Join.

Nothing here changes anything except `join`, which is one transaction of the store.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from hashlib import sha256

from msgspec import UNSET, UnsetType

from turnout import wire
from turnout.domain.devices import Asking
from turnout.domain.links import read_pid
from turnout.domain.refusals import Refused
from turnout.ports import Arriving, AskingOver, Joining, Randomness, Store
from turnout.services import views
from turnout.services.nonces import LIFETIME, Nonces
from turnout.services.pace import Pace
from turnout.services.proofs import Purpose, Use, nonce_of, thumbprint
from turnout.services.rooms import Person, Room, Rooms

COOKIE_BYTES = 16
JOINS = 20
"""Joins with one link at once."""
JOIN_EVERY = 2_000
"""Milliseconds in which it may be joined with once more."""
LINKS = 50_000
"""Links that are remembered for it."""
OFTEN = "This link is joined with very often. Wait a moment."
DAMAGED = "Part of the link was lost on the way. Tap it in the original message again."


def cookie_mac(cookie: str, place: str) -> str | None:
    """How a cookie is stored: HMAC(cookie, link), or for the single link HMAC(cookie, slug), so
    that rows of one browser cannot be put together. None without a cookie."""
    if not cookie:
        return None
    return hmac.digest(cookie.encode("utf-8", "replace"), place.encode(), sha256).hex()


@dataclass(frozen=True, slots=True)
class Admission:
    """A join that went well. `cookie`: what the browser shall keep for this conversation."""

    joined: wire.Joined
    cookie: str


class Joins:
    """The doors that need no socket."""

    def __init__(self, store: Store, rooms: Rooms, nonces: Nonces, randomness: Randomness) -> None:
        self._store = store
        self._rooms = rooms
        self._nonces = nonces
        self._randomness = randomness
        self._pace = Pace(rooms.now, burst=JOINS, refill=JOIN_EVERY, keys=LINKS)

    def about(self, room: Room) -> wire.About:
        """What anybody may know who has the address."""
        settings = room.conversation.settings
        now = self._rooms.now()
        return wire.About(
            title=settings.title,
            phase=room.conversation.phase,
            links=settings.links,
            zone=settings.zone,
            duration=settings.duration,
            max_participants=settings.max_participants,
            starts_in=views.starts_in(room.conversation, now),
            now=now,
            ended_ago=views.known(views.ended_ago(room.conversation, now)),
            ends_in=views.known(views.ends_in(room.conversation, now)),
        )

    def nonce(self) -> wire.Nonce:
        """A nonce for one proof."""
        return wire.Nonce(self._nonces.make(), LIFETIME)

    async def check(self, room: Room, asked: wire.Check) -> wire.Ready | Refused:
        """Whether this link will work; changes nothing."""
        pid = self._pid(room, asked.pid)
        if isinstance(pid, Refused):
            return pid
        if pid is not None and (refused := await self._store.check(room.id, pid)) is not None:
            return refused
        phase = room.conversation.phase
        if phase == "draft":
            return Refused("not_open", "The organiser has not opened this conversation.")
        if phase == "ended":
            return Refused("over", "This conversation is over.")
        return wire.Ready(ready=True, phase=phase)

    async def join(
        self, room: Room, asked: wire.Join, origin: str, cookie: str
    ) -> Admission | Refused:
        """Bind the device and take a seat. `cookie`: what the browser sent, empty if nothing."""
        pid = self._pid(room, asked.pid)
        if isinstance(pid, Refused):
            return pid
        proved = self._proved(room, asked, origin, "join")
        if isinstance(proved, Refused):
            return proved
        key, nonce = proved
        if pid is not None and (wait := self._pace.take((room.id, pid))):
            return Refused("slow_down", OFTEN, wait)
        kept = cookie or self._randomness(COOKIE_BYTES).hex()
        place = pid or room.slug
        mac = cookie_mac(kept, place)
        assert mac is not None
        asking = Asking(key, cookie_mac(cookie, place), asked.attempt)
        assurance = await self._store.join(Joining(room.id, pid, asking, mac, nonce))
        if isinstance(assurance, Refused):
            return assurance
        participant = await self._store.arrive(Arriving(room.id, pid, key, mac), attend=False)
        if isinstance(participant, Refused):
            return participant
        person = Person(
            participant.id,
            participant.number,
            participant.pid,
            {counted.question: counted for counted in participant.answers},
            participant.attended,
        )
        welcome = room.welcome(person, None, self._rooms.now())
        return Admission(wire.Joined(assurance, welcome), kept)

    async def ask_takeover(
        self, room: Room, asked: wire.Join, origin: str, cookie: str
    ) -> wire.TakeoverAsked | Refused | None:
        """This device was refused because another has the link: ask to go on here. None if it may
        simply join."""
        pid = self._pid(room, asked.pid)
        if isinstance(pid, Refused):
            return pid
        proved = self._proved(room, asked, origin, "takeover")
        if isinstance(proved, Refused):
            return proved
        key, nonce = proved
        asking = Asking(key, cookie_mac(cookie, pid or room.slug), asked.attempt)
        outcome = await self._store.ask_takeover(AskingOver(room.id, pid, asking, nonce))
        if outcome is None or isinstance(outcome, Refused):
            return outcome
        await self._rooms.tell(room, outcome.events)
        now = self._rooms.now()
        left = max(0, outcome.takeover.until - now) // 1000
        moves_at = outcome.moves_at
        moves_in = UNSET if moves_at is None else max(0, moves_at - now + 999) // 1000
        return wire.TakeoverAsked(outcome.takeover.letters, left, moves_in)

    async def forget(
        self, room: Room, asked: wire.Join, origin: str, cookie: str
    ) -> Refused | None:
        """This browser is shared: the server forgets what it knows it by."""
        pid = self._pid(room, asked.pid)
        if isinstance(pid, Refused):
            return pid
        proved = self._proved(room, asked, origin, "forget")
        if isinstance(proved, Refused):
            return proved
        key, _ = proved
        arriving = Arriving(room.id, pid, key, cookie_mac(cookie, pid or room.slug))
        return await self._store.forget(arriving)

    async def count_damaged(self, room: Room) -> None:
        """A page saw a damaged link."""
        await self._store.count_damaged(room.id)

    def _pid(self, room: Room, raw: str | UnsetType) -> str | Refused | None:
        """The pid that was meant; None for the single link, which has none."""
        if room.conversation.settings.links == "single":
            return None
        pid = None if raw is UNSET else read_pid(raw)
        return Refused("damaged", DAMAGED) if pid is None else pid

    def _proved(
        self, room: Room, asked: wire.Join, origin: str, use: Use
    ) -> tuple[str | None, str | None] | Refused:
        """The key's thumbprint and the nonce that it was proved with; neither where there is no
        key."""
        if asked.proof is UNSET:
            return None, None
        nonce = nonce_of(asked.proof)
        if nonce is None or not self._nonces.holds(nonce):
            return Refused("proof", "This took too long. Try again.")
        said = "" if asked.pid is UNSET else asked.pid
        purpose = Purpose(use, nonce, origin, room.slug, said, asked.attempt)
        proved = thumbprint(asked.proof, purpose)
        return proved if isinstance(proved, Refused) else (proved, nonce)
