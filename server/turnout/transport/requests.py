"""uvicorn's HTTP protocol with an end to patience: whoever sends a request slowly, or never reads
the answer, is let go, and so is who sends more than any request of ours holds.

uvicorn has a deadline only between two requests. PRIVATE are the names of its class that this
relies on; tests/transport/test_requests.py holds them to what is installed. Nothing here knows
what a request asks for.
"""

from __future__ import annotations

import asyncio
from typing import Any, ClassVar, Final

from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from turnout.transport.bounds import REQUESTS, RequestBounds

PRIVATE: Final = frozenset(
    {
        "connection_lost",
        "connection_made",
        "cycle",
        "data_received",
        "handle_websocket_upgrade",
        "loop",
        "on_headers_complete",
        "on_message_begin",
        "on_message_complete",
        "pause_writing",
        "pipeline",
        "resume_writing",
        "send_400_response",
        "transport",
    }
)
TOO_SLOW: Final = b"HTTP/1.1 408 Request Timeout\r\ncontent-length: 0\r\nconnection: close\r\n\r\n"


class RequestProtocol(HttpToolsProtocol):
    """For `uvicorn.Config(http=...)`. A subclass may have other `bounds`."""

    bounds: ClassVar[RequestBounds] = REQUESTS

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._deadline: asyncio.TimerHandle | None = None  # while a request is on its way
        self._in_head = False
        self._came = 0
        self._unread: asyncio.TimerHandle | None = None  # while the answer waits for its reader
        self._unread_bytes = 0

    # --- requests on their way ------------------------------------------------------------------

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """asyncio: somebody connected, and had better say something."""
        super().connection_made(transport)
        self._await_head()

    def data_received(self, data: bytes) -> None:
        """asyncio: so much came. What precedes a request, such as blank lines, counts as its
        head."""
        if self._deadline is None and not self._answering():
            self._await_head()
        self._came += len(data)
        super().data_received(data)
        if self._deadline is None or self.transport.is_closing():
            return
        if self._in_head and self._came > self.bounds.head:
            self.send_400_response("The head of the request is too large.")
        elif self._came > self.bounds.whole:
            self.transport.abort()

    def on_message_begin(self) -> None:
        """The parser: the first byte of a request."""
        super().on_message_begin()
        if not self._in_head:
            self._await_head()
            self._came += 1  # it came along with the end of the one before

    def on_headers_complete(self) -> None:
        """The parser: the whole head. Of requests that do not wait for the answers before them a
        few are kept; an error here becomes uvicorn's 400."""
        if len(self.pipeline) >= self.bounds.pipelined:
            raise ValueError("too many requests at once")
        self._in_head = False
        self._wait(self.bounds.body_within)
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        """The parser: the whole request."""
        self._came_whole()
        super().on_message_complete()

    def handle_websocket_upgrade(self) -> None:
        """The request asks for a socket: the connection is another class's from now on. What is no
        handshake to `websockets`, which is stricter than the parser here, nobody would ever
        answer or close."""
        self._came_whole()
        super().handle_websocket_upgrade()
        taken: Any = self.transport.get_protocol()
        if not taken.handshake_initiated:
            self.send_400_response("This is no handshake of a websocket.")

    def _await_head(self) -> None:
        self._in_head = True
        self._wait(self.bounds.head_within)

    def _wait(self, seconds: float) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = self.loop.call_later(seconds, self._too_slow)

    def _came_whole(self) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None
        self._in_head = False
        self._came = 0

    def _too_slow(self) -> None:
        if self._came and not self._answering():
            self.transport.write(TOO_SLOW)
        self.transport.close()

    def _answering(self) -> bool:
        cycle: RequestResponseCycle | None = self.cycle  # None before the first, whatever it says
        return cycle is not None and not cycle.response_complete

    # --- answers that nobody reads --------------------------------------------------------------

    def pause_writing(self) -> None:
        """asyncio: the kernel takes no more."""
        super().pause_writing()
        self._unread_bytes = self.transport.get_write_buffer_size()
        self._unread = self.loop.call_later(self.bounds.read_within, self._still_unread)

    def resume_writing(self) -> None:
        """asyncio: it was read."""
        super().resume_writing()
        self._read()

    def _still_unread(self) -> None:
        left = self.transport.get_write_buffer_size()
        if left >= self._unread_bytes:
            self.transport.abort()
            return
        self._unread_bytes = left
        self._unread = self.loop.call_later(self.bounds.read_within, self._still_unread)

    def _read(self) -> None:
        if self._unread is not None:
            self._unread.cancel()
        self._unread = None

    # --- the end --------------------------------------------------------------------------------

    def connection_lost(self, exc: Exception | None) -> None:
        """asyncio: the connection is gone."""
        self._came_whole()
        self._read()
        super().connection_lost(exc)
