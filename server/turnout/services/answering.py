"""A participant's answers on one socket: each is offered to the store, and only what the store said
is passed on. Must never say `accepted` before the answer is durable.
"""

from __future__ import annotations

import asyncio

import structlog
from msgspec import UNSET

from turnout import wire
from turnout.domain.answers import Accepted, Known, Offer, Stored, Superseded
from turnout.domain.refusals import Refused
from turnout.metrics import Metrics
from turnout.ports import Counted, Settled, Store, StoreUnavailable
from turnout.services import views
from turnout.services.connections import FAILED, Connection, let_go
from turnout.services.pace import full
from turnout.services.rooms import LIMITS, Member, Room, Rooms

RETRY_MS = 2_000
EVERY = 125
"""Milliseconds: 8 answers a second, once as many as may be unacknowledged came at once."""

log = structlog.get_logger()


class Answering:
    """Of one socket."""

    def __init__(
        self, room: Room, rooms: Rooms, store: Store, connection: Connection, metrics: Metrics
    ) -> None:
        self._room = room
        self._rooms = rooms
        self._store = store
        self._connection = connection
        self._metrics = metrics
        self._pace = full(LIMITS.unacknowledged, EVERY, rooms.now())
        self._under_way: tuple[asyncio.Task[None], ...] = ()

    def refuse_malformed(self, aid: str) -> None:
        """A frame that is no answer, but has an aid: it leaves the outbox."""
        why = "This is no answer that the question takes."
        self._metrics.answer("invalid")
        self._connection.send(wire.encode(wire.Refused(aid, "invalid", why)))

    def offer(self, member: Member, message: wire.Answer) -> None:
        """Offer one to the store; what became of it is said once that is durable. Those that come
        meanwhile are offered beside it, and share a transaction; beyond as many as may be
        unacknowledged they are told to come again."""
        if len(self._under_way) >= LIMITS.unacknowledged:
            self._retry(message.aid, "Too many answers are on their way.", RETRY_MS)
            return
        if wait := self._pace.take(self._rooms.now()):
            self._retry(message.aid, "Answers came too fast.", wait)
            return
        body = views.body_from_wire(message.body)
        offer = Offer(message.aid, message.question, message.base, body)
        task = asyncio.get_running_loop().create_task(self._settle(member, offer))
        self._under_way = (*self._under_way, task)
        task.add_done_callback(self._done)

    async def answered(self) -> None:
        """Wait until all that was offered so far is accepted or refused."""
        if self._under_way:
            await asyncio.wait(self._under_way)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._under_way = tuple(other for other in self._under_way if other is not task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("an answer failed", exc_info=error)
            let_go(self._connection, FAILED)

    async def _settle(self, member: Member, offer: Offer) -> None:
        try:
            settled = await self._store.answer(self._room.id, member.person.id, offer)
        except StoreUnavailable:
            self._retry(offer.aid, "Saving takes longer than usual.", RETRY_MS)
            return
        self._settled(member, offer, settled)

    def _retry(self, aid: str, why: str, retry_ms: int) -> None:
        """Not now: the page keeps it and sends it again."""
        self._metrics.answer("retry")
        self._connection.send(wire.encode(wire.Refused(aid, "retry", why, retry_ms=retry_ms)))

    def _settled(self, member: Member, offer: Offer, settled: Settled) -> None:
        match settled.verdict:
            case Accepted(stored=stored):
                self._metrics.answer("late" if stored.late else "accepted")
                self._accepted(member, offer.question, stored)
                self._tell_others(member, offer.question, stored)
            case Known(stored=stored):
                self._metrics.answer("known")
                self._accepted(member, offer.question, stored)
            case Superseded(stored=stored):
                self._metrics.answer("superseded")
                self._superseded(offer.aid, stored)
            case Refused(code=code, why=why):
                match code:
                    case "retry" | "closed" | "invalid" | "gone":
                        self._metrics.answer(code)
                        self._connection.send(wire.encode(wire.Refused(offer.aid, code, why)))
                    case _:
                        raise AssertionError(f"no answer is refused as {code}")

    def _accepted(self, member: Member, question: int, stored: Stored) -> None:
        known = member.person.answers.get(question)
        if known is None or known.revision < stored.revision:
            member.person.answers[question] = Counted(
                question, stored.aid, stored.revision, stored.body, stored.run
            )
        progress = self._room.progress(member.person)
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
                self._room.progress(member.person),
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
