"""A robot: one participant with a device of its own, from the waiting room to the thank-you page.

Does over its sockets what docs/protocol.md asks of the page: waits in the lobby, joins at the bell,
keeps an outbox, comes back. What it answers is decided by the `Answerer` that it was given.
"""

from __future__ import annotations

import asyncio
import random
import uuid
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

import httpx
import msgspec
from msgspec import UNSET

from turnout import wire
from turnout.rehearsal.backoff import BackOff, stops
from turnout.rehearsal.connection import ABNORMAL, Connection, NotConnected, connect
from turnout.rehearsal.device import Device
from turnout.rehearsal.door import Door, Link
from turnout.rehearsal.frames import read
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.participant import Participant, Pending

MAX_IN_FLIGHT = 16
MAX_A_SECOND = 8
SILENCE = 40.0
"""Seconds without any frame after which a connection is taken for lost."""
APP = "rehearsal"

Thought = tuple[wire.Body, float]
"""What to answer, and after how many seconds."""
Answerer = Callable[[wire.Item], Thought | None]
"""What a robot answers to a question; None: nothing."""


@dataclass(frozen=True, slots=True)
class House:
    """What all robots of a rehearsal share. `spread`: seconds over which they press Join after the
    bell; `back_off`: the scale of their waits."""

    ledger: Ledger
    door: Door
    spread: float = 0.5
    back_off: float = 1.0


class Robot:
    """`row`: its name. `run` until it was let go or sent away; `leave` lets it go."""

    def __init__(
        self, row: str, link: Link, answerer: Answerer, house: House, chance: random.Random
    ) -> None:
        self.row = row
        self.link = link
        self.gone = ""
        """Why it was sent away or could not join; empty while all is well."""
        self.participant = Participant(row, house.ledger, self._think)
        self._answerer = answerer
        self._house = house
        self._ledger = house.ledger
        self._chance = chance
        self._device = Device()
        self._back_off = BackOff(chance, house.back_off)
        self._connection: Connection | None = None
        self._nonce = ""
        self._bye: wire.Bye | None = None
        self._joining: asyncio.Task[None] | None = None
        self._joined = self._leaving = self._welcomed = False
        self._thinking: set[int] = set()
        self._recent: deque[float] = deque(maxlen=MAX_A_SECOND)
        self._heard = self._resynced = 0.0
        self._timers: dict[str, asyncio.TimerHandle] = {}

    @property
    def joined(self) -> bool:
        """Whether it was ever welcomed: that is what counts as joined."""
        return bool(self.participant.epoch)

    @property
    def connected(self) -> bool:
        """Whether it was welcomed on a connection that is still open."""
        return self._welcomed

    def leave(self) -> None:
        """Close the tab."""
        self._leaving = True
        if self._connection is not None:
            self._connection.close()

    async def run(self) -> None:
        """Stay until it leaves or is sent away."""
        loop = asyncio.get_running_loop()
        try:
            while not self._is_over():
                opened, code = loop.time(), ABNORMAL
                try:
                    self._connection = await self._connect()
                except NotConnected:
                    opened = loop.time()
                else:
                    self._hello()  # the challenge may have come along with the handshake
                    code = await self._connection.closed
                    self._disconnected()
                if not self._is_over():
                    await self._between(code, loop.time() - opened)
        finally:
            for timer in self._timers.values():
                timer.cancel()
            if self._joining is not None:
                self._joining.cancel()

    def _is_over(self) -> bool:
        return self._leaving or bool(self.gone)

    async def _connect(self) -> Connection:
        self._heard = self._ledger.clock()
        cookie = self._device.cookie
        headers = (("Cookie", cookie),) if cookie else ()
        return await connect(self.link.socket, self.link.origin, self._text, headers)

    async def _between(self, code: int, lived: float) -> None:
        bye, self._bye = self._bye, None
        if stops(code):
            self._go(f"its socket was closed with {code} ({bye.why if bye else 'no reason'})")
            return
        self._ledger.reconnects += 1
        wish = bye.retry_ms if bye is not None and bye.retry_ms is not UNSET else None
        await asyncio.sleep(self._back_off.wait(code, lived, wish))

    def _disconnected(self) -> None:
        self._connection, self._nonce, self._welcomed = None, "", False
        self.participant.disconnected()

    def _go(self, why: str) -> None:
        self.gone = why
        if self.participant.phase != "ended":
            self._ledger.trouble(f"{self.row}: {why}")
        if self._connection is not None:
            self._connection.close()

    # --- frames -----------------------------------------------------------------------------

    def _text(self, text: bytes) -> None:
        self._heard = self._ledger.clock()
        message = read(_decoder, text, self.row, self._ledger)
        if message is not None:
            self._message(message)

    def _message(self, message: wire.ToParticipant) -> None:
        match message:
            case wire.Accepted():
                self.participant.accepted(message)
                self._pump()
            case wire.EventFrame():
                if not self.participant.event(message):
                    self._resync()
            case wire.Challenge():
                self._nonce = message.nonce
                self._hello()
            case wire.Lobby():
                self._lobby(message.phase)
            case wire.Welcome():
                self._welcome(message)
            case wire.Refused():
                self.participant.refused(message)
                self._pump()
            case wire.MineFrame():
                self.participant.mine(message)
            case wire.Beat():
                if self._welcomed and message.rev > self.participant.rev:
                    self._resync()
            case wire.Bye():
                self._bye = message
            case wire.Degraded():
                self._ledger.ignored += 1

    def _send(self, message: msgspec.Struct) -> None:
        if self._connection is not None:
            self._connection.send(wire.encode(message))

    def _hello(self) -> None:
        if not (self._joined and self._nonce and self._connection is not None):
            return
        link, nonce = self.link, self._nonce
        self._nonce = ""
        self._send(
            wire.Hello(
                tab=1,
                link=link.pid or UNSET,
                proof=self._device.proof("hello", nonce, link.origin, link.slug, link.pid),
                resume=self.participant.resume or UNSET,
                app=APP,
            )
        )

    def _welcome(self, message: wire.Welcome) -> None:
        first = not self.joined
        self._welcomed = True
        self.participant.welcome(message)
        if first:
            self._ledger.robot_joined()
        if "beat" not in self._timers:
            self._later("beat", self._beat_after(message.heartbeat_ms), self._beat)
        self._pump()

    def _resync(self) -> None:
        """At most once in two seconds."""
        now = self._ledger.clock()
        where = self.participant.resume
        if where is not None and now - self._resynced >= 2:
            self._resynced = now
            self._send(wire.Resync(where.epoch, where.rev))

    def _beat(self) -> None:
        """The client's own test of the connection."""
        del self._timers["beat"]
        if self._connection is not None:
            if self._ledger.clock() - self._heard > SILENCE:
                self._connection.abort()
            elif self._welcomed:
                self._send(wire.Beat(self.participant.rev))
        self._later("beat", self._beat_after(wire.HEARTBEAT_MS), self._beat)

    def _beat_after(self, heartbeat_ms: int) -> float:
        return heartbeat_ms / 1000 * self._chance.uniform(0.8, 1.2)

    # --- joining ----------------------------------------------------------------------------

    def _lobby(self, phase: wire.Phase) -> None:
        if phase in ("live", "flex") and not self._joined and self._joining is None:
            self._joining = asyncio.create_task(self._join())
        elif phase == "ended" and not self._joined:
            self._go("the conversation was over before it joined")

    async def _join(self) -> None:
        await asyncio.sleep(self._chance.uniform(0, self._house.spread))
        back_off = BackOff(self._chance, self._house.back_off)
        while not self._leaving:
            try:
                answer = await self._house.door.join(self.link, self._device)
            except httpx.TransportError:
                await asyncio.sleep(back_off.wait(ABNORMAL, 0))
                continue
            except wire.Malformed as error:
                self._go(f"the answer to its join cannot be read: {error}")
                return
            if isinstance(answer, wire.Joined):
                self._joined = True
                self._hello()
                return
            if answer.retry_ms is UNSET:
                self._go(f"it could not join: {answer.code} ({answer.why})")
                return
            await asyncio.sleep(answer.retry_ms / 1000)

    # --- answering --------------------------------------------------------------------------

    def _think(self, item: wire.Item) -> None:
        if item.id in self._thinking:
            return
        thought = self._answerer(item)
        if thought is None:
            return
        body, after = thought
        self._thinking.add(item.id)
        asyncio.get_running_loop().call_later(after, self._answer, item.id, body)

    def _answer(self, question: int, body: wire.Body) -> None:
        self._thinking.discard(question)
        if not self._leaving and self.participant.answer(question, str(uuid.uuid4()), body):
            self._pump()

    def _pump(self) -> None:
        """Send what may be sent now; look again when more may."""
        if not self._welcomed:
            return
        now = self._ledger.clock()
        flying = sum(pending.in_flight for pending in self.participant.outbox.values())
        for pending in self.participant.outbox.values():
            if pending.in_flight:
                continue
            if flying >= MAX_IN_FLIGHT:
                return  # the next acknowledgement looks again
            pace = self._recent[0] + 1 if len(self._recent) == MAX_A_SECOND else now
            wait = max(pending.not_before, pace) - now
            if wait > 0:
                self._later("pump", wait, self._pump_later)
                continue
            flying += 1
            self._send_answer(pending, now)

    def _pump_later(self) -> None:
        del self._timers["pump"]
        self._pump()

    def _send_answer(self, pending: Pending, now: float) -> None:
        pending.in_flight = True
        self._recent.append(now)
        if pending.sent_at is None:
            pending.sent_at = now
            self._ledger.answer_sent()
        self._send(wire.Answer(pending.aid, pending.question, pending.base, pending.body))

    def _later(self, name: str, after: float, what: Callable[[], None]) -> None:
        """One timer of each name."""
        if name not in self._timers:
            self._timers[name] = asyncio.get_running_loop().call_later(after, what)


_decoder: msgspec.json.Decoder[wire.ToParticipant] = msgspec.json.Decoder(wire.ToParticipant)
