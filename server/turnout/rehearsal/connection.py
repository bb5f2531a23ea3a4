"""One websocket as a client: a callback for each text, and nothing else per message.

Built on the protocol of `websockets` without its asyncio client, which costs a wake-up of a task
for every message; a rehearsal has hundreds of thousands of them. Must never decode a message.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import cast
from urllib.parse import urlsplit

from websockets.client import ClientProtocol
from websockets.exceptions import InvalidHandshake
from websockets.frames import Frame, Opcode
from websockets.http11 import Response
from websockets.protocol import State
from websockets.typing import Origin, Subprotocol
from websockets.uri import parse_uri

from turnout.wire import SUBPROTOCOL

ATTEMPT_TIMEOUT = 10.0
"""Seconds after which an attempt that hangs is given up."""
ABNORMAL = 1006
"""The close code of a connection that ended without one."""
MAX_MESSAGE = 8 * 1024 * 1024


class NotConnected(Exception):
    """The socket did not open. The text says why."""


class Connection(asyncio.Protocol):
    """An open websocket. `closed` ends with the close code once the connection is gone."""

    def __init__(
        self, url: str, origin: str, headers: Iterable[tuple[str, str]], on_text: OnText
    ) -> None:
        loop = asyncio.get_running_loop()
        self._on_text = on_text
        self._headers = tuple(headers)
        self._parts: list[bytes] = []
        self._transport: asyncio.Transport | None = None
        self._protocol = ClientProtocol(
            parse_uri(url),
            origin=Origin(origin),
            subprotocols=[Subprotocol(SUBPROTOCOL)],
            max_size=MAX_MESSAGE,
        )
        self.opened: asyncio.Future[None] = loop.create_future()
        self.closed: asyncio.Future[int] = loop.create_future()

    @property
    def is_open(self) -> bool:
        """Whether a text sent now has a chance to arrive."""
        return self._protocol.state is State.OPEN and not self.closed.done()

    def send(self, text: bytes) -> None:
        """Send one text. Without effect on a socket that is closing: its owner resends anyway."""
        if self.is_open:
            self._protocol.send_text(text)
            self._flush()

    def close(self, code: int = 1000) -> None:
        """Say goodbye; `closed` follows."""
        if self.is_open:
            self._protocol.send_close(code)
            self._flush()
            asyncio.get_running_loop().call_later(1.0, self.abort)

    def abort(self) -> None:
        """Drop the connection at once, as a lost network does."""
        if self._transport is not None:
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass
        request = self._protocol.connect()
        for name, value in self._headers:
            request.headers[name] = value
        self._protocol.send_request(request)
        self._flush()

    def data_received(self, data: bytes) -> None:
        self._protocol.receive_data(data)
        for event in self._protocol.events_received():
            if isinstance(event, Frame):
                self._frame(event)
            else:
                assert isinstance(event, Response)
                self._answered(event)
        self._flush()

    def eof_received(self) -> None:
        self._protocol.receive_eof()
        self._flush()

    def connection_lost(self, exc: Exception | None) -> None:
        if not self.opened.done():
            self.opened.set_exception(NotConnected("the connection ended before it was open"))
        if not self.closed.done():
            received = self._protocol.close_rcvd
            self.closed.set_result(ABNORMAL if received is None else received.code)

    def _answered(self, response: Response) -> None:
        if self.opened.done():
            return
        failed = self._protocol.handshake_exc
        if failed is None and self._protocol.subprotocol == SUBPROTOCOL:
            self.opened.set_result(None)
            return
        why = str(failed) if isinstance(failed, InvalidHandshake) else "no subprotocol of ours"
        self.opened.set_exception(NotConnected(f"HTTP {response.status_code}: {why}"))

    def _frame(self, frame: Frame) -> None:
        if frame.opcode is Opcode.TEXT and frame.fin:
            self._on_text(bytes(frame.data))
        elif frame.opcode in (Opcode.TEXT, Opcode.CONT):
            self._parts.append(bytes(frame.data))
            if frame.fin:
                text = b"".join(self._parts)
                self._parts.clear()
                self._on_text(text)

    def _flush(self) -> None:
        assert self._transport is not None
        for data in self._protocol.data_to_send():
            if data:
                self._transport.write(data)
            else:  # the protocol's sign for the end of the stream
                self._transport.close()


OnText = Callable[[bytes], None]


async def connect(
    url: str, origin: str, on_text: OnText, headers: Iterable[tuple[str, str]] = ()
) -> Connection:
    """An open socket at a ws: or wss: address, `turnout.v1` agreed. NotConnected if it does not
    open within 10 seconds, whatever the reason."""
    parts = urlsplit(url)
    secure = parts.scheme == "wss"
    host, port = parts.hostname or "", parts.port or (443 if secure else 80)
    made: list[Connection] = []

    def make() -> Connection:
        made.append(Connection(url, origin, headers, on_text))
        return made[0]

    loop = asyncio.get_running_loop()
    try:
        async with asyncio.timeout(ATTEMPT_TIMEOUT):
            await loop.create_connection(make, host, port, ssl=True if secure else None)
            await made[0].opened
    except (OSError, TimeoutError) as error:
        for connection in made:
            connection.abort()
            connection.opened.cancel()
        raise NotConnected(str(error) or "no answer in time") from error
    except NotConnected:
        made[0].abort()
        raise
    return made[0]
