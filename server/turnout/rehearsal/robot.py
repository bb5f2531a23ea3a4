"""A robot: one participant with a device of its own, from the waiting room to the thank-you page.

Does over its sockets what docs/protocol.md asks of the page: waits in the lobby, joins at the bell,
keeps an outbox, comes back. What it answers is decided by the `Answerer` that it was given; which
faults befall it, by its `Part` and by whoever cuts its socket or moves its link.
"""

from __future__ import annotations

import asyncio
import random

import msgspec
from msgspec import UNSET

from turnout import wire
from turnout.rehearsal.arriving import arrive
from turnout.rehearsal.backoff import BackOff, stops
from turnout.rehearsal.connection import ABNORMAL, Connection, NotConnected, connect
from turnout.rehearsal.device import Device
from turnout.rehearsal.door import Link
from turnout.rehearsal.frames import read
from turnout.rehearsal.house import Answerer, House
from turnout.rehearsal.moving import RELEASED, Moving
from turnout.rehearsal.news import News
from turnout.rehearsal.outgoing import Outgoing
from turnout.rehearsal.participant import Participant
from turnout.rehearsal.parts import Part
from turnout.rehearsal.thinking import Thinking

SILENCE = 40.0
"""Seconds without any frame after which a connection is taken for lost."""
APP = "rehearsal"
NO_FAULTS = Part()


class Robot:
    """`row`: its name. `run` until it was let go or sent away; `leave` lets it go, and after
    `come_back` it runs once more."""

    def __init__(
        self,
        row: str,
        link: Link,
        answerer: Answerer,
        house: House,
        chance: random.Random,
        part: Part = NO_FAULTS,
    ) -> None:
        self.row = row
        self.link = link
        self.gone = ""
        """Why it was sent away or could not join; empty while all is well."""
        self.moves = 0
        """How often another device took its link over."""
        self.joined = False
        """Whether it was ever welcomed: that is what counts as joined."""
        self.participant = Participant(row, house.ledger, lambda item: self._thinking.ask(item))
        self._thinking = Thinking(self.participant, answerer, part.late, self._pump)
        self.outgoing = Outgoing(
            self.participant, house.ledger, part, self._send, lambda s: self._later("pump", s)
        )
        self._part = part
        self._house = house
        self._ledger = house.ledger
        self._chance = chance
        self._device = Device()
        self.moving = Moving()
        self._back_off = BackOff(chance, house.back_off)
        self._connection: Connection | None = None
        self._nonce = ""
        self._bye: wire.Bye | None = None
        self._joining: asyncio.Task[None] | None = None
        self._admitted = self._leaving = self._welcomed = False
        self._deaf = False
        self._cut = 0
        self._heard = self._resynced = 0.0
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self.news = News()

    @property
    def connected(self) -> bool:
        """Whether it was welcomed on a connection that is still open."""
        return self._welcomed

    @property
    def is_quiet(self) -> bool:
        """Whether it is connected and waits for nothing."""
        return self._welcomed and self.outgoing.is_empty

    def leave(self) -> None:
        """Close the tab."""
        self._leaving = True
        self._thinking.stop()
        if self._connection is not None:
            self._connection.close()

    def come_back(self, answerer: Answerer) -> None:
        """Open the same link again, in the same browser, to answer with this one."""
        self._leaving = False
        self._thinking.begin_again(answerer)
        self._back_off = BackOff(self._chance, self._house.back_off)
        self.participant.came_back()

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
            self._timers.clear()
            if self._joining is not None:
                self._joining.cancel()

    # --- faults -----------------------------------------------------------------------------

    def cut(self) -> None:
        """Lose the network, if it is connected."""
        if self._welcomed and self._connection is not None:
            self._cut += 1
            self._ledger.count("drop", "cut")
            self._lose(self._connection)

    def grant(self, letters: str) -> None:
        """Type these letters on this device."""
        if self._welcomed:
            self._send(wire.Grant(letters))

    def _lose(self, connection: Connection) -> None:
        self._welcomed, self._deaf = False, True
        connection.abort()

    async def _go_on_elsewhere(self, code: int, told: bool) -> None:
        """This device was sent away, because another one has the link."""
        self.moving.is_out = True
        self.news.tell()
        if told:
            self._ledger.count("takeover", "told")
        device = await self.moving.next_device()
        if device is None:
            self._go(f"its link went to another device ({code}), which could not go on")
            return
        self._device = device
        self.moves += 1
        self.participant.moved()

    def _is_over(self) -> bool:
        return self._leaving or bool(self.gone)

    async def _connect(self) -> Connection:
        self._heard = self._ledger.clock()
        self._deaf = False
        cookie = self._device.cookie
        headers = (("Cookie", cookie),) if cookie else ()
        return await connect(self.link.socket, self.link.origin, self._text, headers)

    async def _between(self, code: int, lived: float) -> None:
        bye, self._bye = self._bye, None
        if self.moving.expects(code):
            told = code == RELEASED and bye is not None and bye.reason == "released"
            await self._go_on_elsewhere(code, told)
            return
        if stops(code):
            self._go(f"its socket was closed with {code} ({bye.why if bye else 'no reason'})")
            return
        self._ledger.reconnects += 1
        wish = bye.retry_ms if bye is not None and bye.retry_ms is not UNSET else None
        await asyncio.sleep(self._back_off.wait(code, lived, wish))

    def _disconnected(self) -> None:
        self._connection, self._nonce, self._welcomed = None, "", False
        self.participant.disconnected()
        self.news.tell()

    def _go(self, why: str) -> None:
        self.gone = why
        if self.participant.phase != "ended":
            self._ledger.trouble(f"{self.row}: {why}")
        if self._connection is not None:
            self._connection.close()
        self.news.tell()
        self._ledger.came_to_rest()

    # --- frames -----------------------------------------------------------------------------

    def _text(self, text: bytes) -> None:
        if self._deaf:  # what came in one packet with the last frame is lost as well
            return
        self._heard = self._ledger.clock()
        message = read(_decoder, text, self.row, self._ledger)
        if message is not None:
            self._message(message)
            self.news.tell()

    def _message(self, message: wire.ToParticipant) -> None:
        match message:
            case wire.Accepted():
                self._accepted(message)
            case wire.EventFrame():
                if not self.participant.event(message):
                    self._resync()
                elif self._part.late:
                    self._pump()  # what waited for the close of its question leaves now
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
            case wire.Pulse():
                if self._welcomed and message.rev > self.participant.rev:
                    self._resync()
            case wire.Bye():
                self._bye = message
            case wire.Takeover():
                self.moving.was_asked = True
            case wire.Degraded() | wire.Drain():
                self._ledger.ignored += 1

    def _send(self, message: msgspec.Struct) -> None:
        if self._connection is None:
            return
        frame = wire.encode(message)
        self._connection.send(frame)
        if self._part.doubles and not isinstance(message, wire.Hello):  # a challenge is good once
            self._connection.send(frame)
            self._ledger.count("double", "frames_twice")

    def _accepted(self, message: wire.Accepted) -> None:
        if self._connection is not None and self.outgoing.throws_away(message):
            self._lose(self._connection)
            return
        self.participant.accepted(message)
        self.outgoing.acknowledged(message)
        self._pump()

    def _hello(self) -> None:
        if not (self._admitted and self._nonce and self._connection is not None):
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
        first, self.joined, self._welcomed = not self.joined, True, True
        self.participant.welcome(message)
        if first:
            self._ledger.robot_joined()
        self._ledger.count("drop", "resumed", self._cut)
        self._cut = 0
        self.outgoing.welcomed()
        if "beat" not in self._timers:
            self._later("beat", self._beat_after(message.heartbeat_ms))
        self._pump()
        self._ledger.came_to_rest()

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
        self._later("beat", self._beat_after(wire.HEARTBEAT_MS))

    def _beat_after(self, heartbeat_ms: int) -> float:
        return heartbeat_ms / 1000 * self._chance.uniform(0.8, 1.2)

    # --- joining ----------------------------------------------------------------------------

    def _lobby(self, phase: wire.Phase) -> None:
        if phase in ("live", "flex") and not self._admitted and self._joining is None:
            self._joining = asyncio.create_task(self._join())
        elif phase == "ended" and not self._admitted:
            self._go("the conversation was over before it joined")

    async def _join(self) -> None:
        twice = self._part.doubles
        why = await arrive(self.link, self._device, self._house, self._chance, twice=twice)
        if why:
            self._go(why)
        else:
            self._admitted = True
            self._hello()

    # --- answering --------------------------------------------------------------------------

    def _pump(self) -> None:
        if self._welcomed:
            self.outgoing.pump()

    def _pump_later(self) -> None:
        del self._timers["pump"]
        self._pump()

    def _later(self, name: str, after: float) -> None:
        """One timer of each name."""
        if name not in self._timers:
            what = self._beat if name == "beat" else self._pump_later
            self._timers[name] = asyncio.get_running_loop().call_later(after, what)


_decoder: msgspec.json.Decoder[wire.ToParticipant] = msgspec.json.Decoder(wire.ToParticipant)
