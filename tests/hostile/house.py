"""The whole server without a network: connections are objects in memory, so that a hundred
thousand of them take seconds. Everything from uvicorn's HTTP protocol on is the real thing, on
either transport."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import structlog.testing
from uvicorn.server import ServerState
from websockets.exceptions import InvalidState

from tests.hostile.corpus import framed
from tests.services.places import COOKIE, node
from tests.transport.peer import REQUEST
from turnout.app import Turnout, assembled, config
from turnout.services.connections import Connection
from turnout.services.rooms import Room
from turnout.services.visits import Handshake, Visit
from turnout.settings import Settings
from turnout.transport import PROTOCOL, Transport
from turnout.transport.frames import CLOSE, PING, PONG, TEXT
from turnout.transport.pulse import Pulse
from turnout.transport.wire import Wire
from turnout.wire import MAX_FRAME

ORIGIN = "http://localhost"
SHAKE = Handshake(ORIGIN, COOKIE, "a nonce that nobody made", "192.0.2.1")
UPGRADED = b"HTTP/1.1 101 "
SAID_BY_UVICORN = "Invalid UTF-8 sequence received from client."
"""Of a text that is none, on the transport that stays in ASGI; it closes with 1007."""
SERIOUS = ("warning", "error", "critical")


class Kernel:
    """What stands for the socket."""

    def getpeername(self) -> tuple[str, int]:
        """Everybody comes from here."""
        return "192.0.2.1", 1

    def getsockname(self) -> tuple[str, int]:
        """The server's own."""
        return "127.0.0.1", 80

    def setsockopt(self, *_: int) -> None:
        """Nothing."""


KERNEL = Kernel()


class Line(asyncio.Transport):
    """A connection: the server's transport on one side, the client on the other. A client that
    takes all at once, and is not asked to wait."""

    def __init__(self) -> None:
        super().__init__()
        self._protocol: Any = None
        self._closing = False
        self.said = bytearray()
        """What the server wrote, as far as the client did not look at it."""

    # --- the client -----------------------------------------------------------------------------

    def feed(self, data: bytes) -> None:
        """Send these bytes to the server; nothing happens on a line that is over."""
        if self._closing:
            return
        if isinstance(self._protocol, asyncio.BufferedProtocol):
            buffer = memoryview(self._protocol.get_buffer(len(data)))
            for at in range(0, len(data), len(buffer)):
                piece = data[at : at + len(buffer)]
                buffer[: len(piece)] = piece
                self._protocol.buffer_updated(len(piece))
        else:
            try:
                self._protocol.data_received(data)
            except InvalidState:
                # uvicorn's class closes a line for a text that is none, also one that is closing
                # already. asyncio then says so and lets go of it.
                self.abort()

    def gone(self) -> None:
        """Leave without a word."""
        self.abort()

    def frames(self) -> list[tuple[int, bytes]]:
        """The frames that came since the last look, whole ones."""
        found, said, at = [], self.said, 0
        while len(said) - at >= 2:
            length, head = said[at + 1], 2
            if length > 125:
                head = 4 if length == 126 else 10
                length = int.from_bytes(said[at + 2 : at + head])
            if len(said) - at < head + length:
                break
            found.append((said[at] & 0x0F, bytes(said[at + head : at + head + length])))
            at += head + length
        del said[:at]
        return found

    @property
    def is_over(self) -> bool:
        """Whether the server is done with it."""
        return self._closing

    # --- asyncio.Transport ----------------------------------------------------------------------

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.said += data

    def is_closing(self) -> bool:
        return self._closing

    def close(self) -> None:
        if not self._closing:
            self._closing = True
            asyncio.get_running_loop().call_soon(self._lost)

    def abort(self) -> None:
        self.close()

    def _lost(self) -> None:
        protocol, self._protocol = self._protocol, None
        protocol.connection_lost(None)

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._protocol = protocol

    def get_protocol(self) -> asyncio.BaseProtocol:
        protocol: asyncio.BaseProtocol = self._protocol
        return protocol

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return KERNEL if name == "socket" else default

    def pause_reading(self) -> None:
        """The client sends on."""

    def resume_reading(self) -> None:
        """The client never stopped."""

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Nothing waits."""

    def get_write_buffer_size(self) -> int:
        return 0


class House:
    """A server. `trouble`: everything that it logged from warnings on, and what nobody caught."""

    def __init__(self, turnout: Turnout, transport: Transport) -> None:
        self.turnout = turnout
        self.state = ServerState()
        self.trouble: list[str] = []
        self._config = config(turnout.app, transport)
        self._config.load()
        self._node = node()
        self._pulse = Pulse(PROTOCOL)

    async def connect(self, path: str, *headers: str) -> Line:
        """A line after its handshake, which must succeed."""
        line = Line()
        protocol: Any = self._config.http_protocol_class
        line.set_protocol(protocol(self._config, self.state, {}))
        line.get_protocol().connection_made(line)
        lines = "".join(f"{header}\r\n" for header in headers)
        line.feed(REQUEST.format(path=path).removesuffix("\r\n").encode() + f"{lines}\r\n".encode())
        while b"\r\n\r\n" not in line.said:
            assert not line.is_over, bytes(line.said)
            await asyncio.sleep(0)
        assert line.said.startswith(UPGRADED), bytes(line.said)
        del line.said[: line.said.index(b"\r\n\r\n") + 4]
        return line

    def shortcut(self, room: Room) -> Line:
        """A line in a lobby, on the transport that leaves ASGI: without the handshake and the door,
        which take longer than all that follows."""

        def visit(connection: Connection) -> Visit:
            visit = Visit(
                room, self.turnout.rooms, self.turnout.store, connection, SHAKE, self._node
            )
            visit.begin()
            return visit

        line, wire = Line(), Wire(self._pulse, MAX_FRAME)
        wire.attach(line, self.state)
        wire.begin(visit)
        return line

    async def text(self, line: Line, word: bytes) -> bytes:
        """The last text that came with this word in it. Pings are answered on the way."""
        found = b""
        async with asyncio.timeout(10):
            while not found:
                for opcode, payload in line.frames():
                    assert opcode != CLOSE, payload
                    if opcode == PING:
                        line.feed(framed(payload, PONG))
                    elif opcode == TEXT and word in payload:
                        found = payload
                if not found:
                    await asyncio.sleep(0.001)
        return found

    async def emptied(self) -> None:
        """Wait until nothing is left of anybody."""
        async with asyncio.timeout(10):
            while self.state.connections or self.state.tasks:
                await asyncio.sleep(0.01)


class _Listener(logging.Handler):
    def __init__(self, house: House) -> None:
        super().__init__(logging.WARNING)
        self._house = house

    def emit(self, record: logging.LogRecord) -> None:
        if record.getMessage() != SAID_BY_UVICORN:
            self._house.trouble.append(record.getMessage())


@contextlib.asynccontextmanager
async def housed(data: Path, transport: Transport) -> AsyncIterator[House]:
    """A server for the length of a block. What it logs is kept, and said nowhere."""
    library = logging.getLogger("uvicorn.error")
    loop = asyncio.get_running_loop()
    async with assembled(Settings(data)) as turnout:
        house = House(turnout, transport)
        heard = _Listener(house)
        library.addHandler(heard)
        library.propagate = False
        loop.set_exception_handler(lambda _loop, context: house.trouble.append(str(context)))
        try:
            with structlog.testing.capture_logs() as logged:
                yield house
                await house.emptied()
            house.trouble += [str(line) for line in logged if line["log_level"] in SERIOUS]
        finally:
            loop.set_exception_handler(None)
            library.propagate = True
            library.removeHandler(heard)
