"""A socket that left ASGI: a small object that is its transport's protocol.

It has no task while nothing waits for its turn, no queue while its reader keeps up, and no parser
while its input is what our clients send. It knows bytes and frames, not what they say.
"""

from __future__ import annotations

import asyncio
import socket
from typing import Any, Final, Protocol

from turnout.services.connections import (
    DRAINED,
    HEARTBEAT_LOST,
    SLOW_READER,
    TOO_FAST,
    WORDS,
    bye,
    let_go,
)
from turnout.transport.frames import PING_FRAME, close_frame
from turnout.transport.outbox import Outbox
from turnout.transport.pulse import Pulse, Ticked
from turnout.transport.reassembly import (
    NOT_UTF8,
    WHOLE_TEXT,
    Control,
    Ending,
    Reassembly,
    unmasked,
)
from turnout.transport.sessions import Opening
from turnout.transport.turns import Turns

WHOLE_PONG: Final = 0x8A

OPEN, CLOSING, DEAF, OVER, GONE = range(5)
"""CLOSING: our close frame is on its way, theirs is awaited. DEAF: what comes is dropped. OVER:
theirs came. GONE: the transport is."""

_READ = bytearray(256 * 1024)
_VIEW = memoryview(_READ)
"""One for all sockets: what was read is dealt with before anybody reads again."""


class Server(Protocol):
    """The server's books; its graceful stop waits until they are empty."""

    connections: set[Any]
    tasks: set[asyncio.Task[None]]


class Wire(asyncio.BufferedProtocol):
    """A detached socket; a `Connection` to its session. `limit`: bytes of a message.

    `attach` comes first, then `begin`; the rest is called by the session, the transport, the timer
    and uvicorn."""

    __slots__ = (
        "_heard",
        "_limit",
        "_outbox",
        "_pulse",
        "_rest",
        "_server",
        "_state",
        "_taken",
        "_transport",
        "_turns",
        "group",
    )

    group: set[Ticked]
    _server: Server
    _transport: asyncio.Transport

    def __init__(self, pulse: Pulse, limit: int) -> None:
        self._pulse = pulse
        self._limit = limit
        self._state = OPEN
        self._heard = pulse.ticks
        self._taken = 0
        self._turns: Turns | None = None
        self._rest: Reassembly | None = None  # while input is unfinished
        self._outbox: Outbox | None = None  # while the reader does not keep up

    def attach(self, transport: asyncio.Transport, server: Server) -> None:
        """Become the protocol of this transport. Nothing is read before the caller resumes it."""
        self._transport = transport
        self._server = server
        # As soon as bytes wait for the kernel, the rest waits here, where it can be dropped. Not 0,
        # with which asyncio's TLS would take an empty buffer for a full one.
        transport.set_write_buffer_limits(high=1, low=0)
        kernel = transport.get_extra_info("socket")
        kernel.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, self._pulse.bounds.send_buffer)
        transport.set_protocol(self)
        server.connections.add(self)
        self._pulse.add(self)

    def begin(self, opening: Opening) -> None:
        """Make the session. If that fails, nobody would read this socket: it is let go."""
        try:
            self._turns = Turns(self, opening(self), self._server.tasks)
        except BaseException:
            self._transport.abort()
            raise

    # --- out: Connection ----------------------------------------------------------------------

    def send(self, frame: bytes) -> None:
        """Send a text of these bytes, or queue it. Nothing happens on a socket that is closing."""
        if self._state != OPEN:
            return
        ready = self._pulse.frame(frame)
        if self._outbox is None:
            self._transport.write(ready)
            return
        self._outbox.add(ready)
        if self._outbox.is_over(self._pulse.bounds):
            self._replace(self._outbox)

    def close(self, code: int) -> None:
        """Send what is queued, then close. Closing twice does nothing."""
        if self._state == OPEN:
            self._leave(close_frame(code), CLOSING)

    def _replace(self, outbox: Outbox) -> None:
        """Put one fresh state in the place of what waits, or give the reader up."""
        outbox.clear()
        if self._turns is not None and not outbox.replacing:
            outbox.replacing = True
            replaced = self._turns.resync()
            outbox.replacing = False
            if replaced:
                return
        let_go(self, SLOW_READER)

    def _leave(self, last: bytes, state: int) -> None:
        """Send one more frame, which closes, behind what is queued."""
        self._pulse.ended("left" if state == OVER else str(int.from_bytes(last[2:4])))
        self._state = state
        self._rest = None
        if self._turns is not None and state != OVER:
            self._turns.drop()
        if self._outbox is None:
            self._transport.write(last)
            self._linger()
        else:
            self._outbox.add(last)

    def _fail(self, last: bytes, state: int = DEAF) -> None:
        """The same, but of what is queued nothing is sent any more, and in its place why."""
        if self._outbox is not None:
            self._outbox.clear()
        if state != OVER and (code := int.from_bytes(last[2:4])) in WORDS:
            self.send(bye(code))
        self._leave(last, state)

    def _linger(self) -> None:
        """Read on for a moment. Closing with unread input resets the connection, and the peer may
        lose our close frame; `close` alone never ends where the peer does not read."""
        if self._state == OVER:
            self._transport.close()
        loop = asyncio.get_running_loop()
        loop.call_later(self._pulse.bounds.linger, self._transport.abort)

    # --- in -----------------------------------------------------------------------------------

    def get_buffer(self, sizehint: int) -> memoryview:
        """asyncio: where to read to."""
        return _VIEW

    def buffer_updated(self, nbytes: int) -> None:
        """asyncio: so much was read. First what nearly every packet is: one whole text frame, or
        the pong to our ping."""
        self._heard = self._pulse.ticks
        if self._rest is None and self._state == OPEN:
            first, second = _READ[0], _READ[1]
            if first == WHOLE_TEXT:
                head = 0
                if 0x80 <= second < 0xFE and nbytes == (second & 0x7F) + 6:
                    head = 6
                elif second == 0xFE and nbytes == (_READ[2] << 8 | _READ[3]) + 8:
                    head = 8
                if head and nbytes - head <= self._limit:
                    self._text(unmasked(_VIEW[head:nbytes], _READ[head - 4 : head]))
                    return
            elif first == WHOLE_PONG and second == 0x80 and nbytes == 6:
                self._control(Control(b"", pong=True))
                return
        if self._state in (OPEN, CLOSING):
            self._feed(bytes(_VIEW[:nbytes]))

    def _text(self, payload: bytes) -> None:
        try:
            text = payload.decode()
        except UnicodeDecodeError:
            self._fail(close_frame(NOT_UTF8))
            return
        self._take(text)

    def _feed(self, data: bytes) -> None:
        rest = Reassembly(self._limit) if self._rest is None else self._rest
        for part in rest.feed(data):
            match part:
                case str() | bytes():
                    self._take(part)
                case Control():
                    self._control(part)
                case Ending():
                    self._ending(part)
            if self._state not in (OPEN, CLOSING):
                return
        self._rest = None if rest.idle else rest

    def _take(self, message: str | bytes) -> None:
        """Give a message its turn."""
        if not self._counted() or self._turns is None or self._state != OPEN:
            return
        bounds = self._pulse.bounds
        if self._turns.take(message) >= bounds.waiting or self._turns.size > bounds.waiting_bytes:
            self._fail(close_frame(TOO_FAST))

    def _control(self, control: Control) -> None:
        if not self._counted():
            return
        if control.pong and self._turns is not None:
            self._turns.alive()
        # A peer that does not read is not told that we are here: that would pile up.
        if control.answer and self._state == OPEN and self._outbox is None:
            self._transport.write(control.answer)

    def _ending(self, ending: Ending) -> None:
        if ending.by_peer and self._turns is not None:
            self._turns.left()
        state = OVER if ending.by_peer else DEAF
        if self._state == OPEN:
            self._fail(ending.answer, state)
            return
        self._state = state
        if state == OVER and self._outbox is None:
            self._transport.close()

    def _counted(self) -> bool:
        """Count a frame: too many, and the socket is not read for a while. False if it is over."""
        bounds = self._pulse.bounds
        self._taken += 1
        if self._taken == 1:
            self._pulse.busy.append(self)
        elif self._taken == bounds.steady + 1:
            self._transport.pause_reading()
        elif self._taken > bounds.most:
            if self._state == OPEN:
                self._fail(close_frame(TOO_FAST))
            self._state = DEAF
            return False
        return True

    # --- the timer ----------------------------------------------------------------------------

    def breathe(self) -> None:
        """A tick passed since frames came."""
        if self._taken > self._pulse.bounds.steady and not self._transport.is_closing():
            self._transport.resume_reading()
        self._taken = 0

    def press(self) -> None:
        """A tick passed, and frames wait."""
        outbox = self._outbox
        if outbox is None or self._pulse.ticks - outbox.since < self._pulse.bounds.drained_within:
            return
        if self._state == OPEN:
            self._fail(close_frame(SLOW_READER), CLOSING)
        else:
            self._transport.abort()

    def ping(self) -> None:
        """The peer's turn to be asked."""
        if self._state != OPEN:
            return
        if self._pulse.ticks - self._heard >= self._pulse.bounds.silence:
            self._fail(close_frame(HEARTBEAT_LOST), CLOSING)
        elif self._outbox is None:
            self._transport.write(PING_FRAME)

    # --- the transport and uvicorn ------------------------------------------------------------

    def pause_writing(self) -> None:
        """asyncio: the kernel takes no more. From now on frames are queued here."""
        if self._outbox is None:
            self._outbox = Outbox(self._pulse.ticks)
            self._pulse.congested.add(self)
        self._outbox.blocked = True

    def resume_writing(self) -> None:
        """asyncio: the kernel took what it had been given."""
        outbox = self._outbox
        if outbox is None:
            return
        outbox.blocked = False
        while len(outbox) and not outbox.blocked:
            self._transport.write(outbox.pop())
        if outbox.blocked:
            return
        self._outbox = None
        self._pulse.congested.discard(self)
        if self._state != OPEN:
            self._linger()

    def eof_received(self) -> None:
        """asyncio: the peer sends no more. The transport closes itself."""

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: the transport is gone. What was read still has its turn."""
        if self._state == OPEN:
            self._pulse.ended("lost")
        self._state = GONE
        self._rest = self._outbox = None
        self._server.connections.discard(self)
        self._pulse.remove(self)
        turns, self._turns = self._turns, None  # they know us: no circle is left behind
        if turns is not None:
            turns.end()

    def shutdown(self) -> None:
        """uvicorn stops: it waits until we are gone, but not for long."""
        seconds = 0.0 if self._turns is None else self._turns.drain()
        if seconds:
            asyncio.get_running_loop().call_later(seconds, let_go, self, DRAINED)
        else:
            let_go(self, DRAINED)
