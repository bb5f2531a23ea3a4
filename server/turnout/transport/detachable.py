"""uvicorn's websocket protocol, from which an endpoint can take the connection away.

The handshake stays ASGI: routing, Origin, cookies, refusals, subprotocol. After `accept` the
endpoint calls `scope["extensions"][EXTENSION](wire)` and returns; from then on the wire is the
transport's protocol, and nothing of ASGI is left. An endpoint that calls `receive` instead stays.

uvicorn has no such door. PRIVATE are the names of its class that this relies on, which is why
pyproject.toml pins it; tests/transport/test_detachable.py holds them to what is installed.
"""

from __future__ import annotations

import asyncio
from typing import Any, Final

from uvicorn.config import Config
from uvicorn.protocols.utils import ClientDisconnected
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from uvicorn.server import ServerState
from websockets.http11 import Request

from turnout.transport.wire import Wire

EXTENSION: Final = "turnout.detach"

PRIVATE: Final = frozenset(
    {
        "close_sent",
        "connections",
        "disconnected",
        "handle_connect",
        "handshake_complete",
        "on_task_complete",
        "queue",
        "read_paused",
        "receive",
        "response",
        "run_asgi",
        "scope",
        "stop_keepalive",
        "transport",
    }
)


class DetachableProtocol(WebSocketsSansIOProtocol):
    """For `uvicorn.Config(ws=...)`, with `ws_ping_interval=None` and no compression."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self.server_state = server_state
        self.detached = False
        self.received = False

    def handle_connect(self, event: Request) -> None:
        """Begin the handshake. No frame may reach this class's parser before the endpoint chose."""
        super().handle_connect(event)
        if self.response.status_code == 101:  # the endpoint's task is made, and has not run yet
            extensions: dict[str, Any] = self.scope["extensions"]
            extensions[EXTENSION] = self.detach
            self.transport.pause_reading()
            self.read_paused = True

    async def receive(self) -> Any:
        """ASGI's. The first is `connect`; a second one says that the endpoint stays."""
        if not self.handshake_complete:
            return await self.queue.get()
        self.received = True
        if self.read_paused and self.queue.empty():
            self.read_paused = False
            self.transport.resume_reading()
        return await super().receive()

    def detach(self, wire: Wire) -> None:
        """Hand the connection over, after `accept` and before any other `receive` (RuntimeError
        else). ClientDisconnected if the peer is gone already, which uvicorn knows and does not
        log."""
        if self.disconnected or self.close_sent or self.transport.is_closing():
            raise ClientDisconnected
        if self.received or not self.handshake_complete:
            raise RuntimeError("detach after accept, and before receive")
        transport, self.transport = self.transport, _GONE
        self.stop_keepalive()
        self.detached = self.close_sent = True
        wire.attach(transport, self.server_state)
        self.connections.discard(self)
        transport.resume_reading()

    def on_task_complete(self, task: asyncio.Task[None]) -> None:
        """The endpoint returned. What it leaves behind is a circle of objects: break it."""
        super().on_task_complete(task)
        if self.detached:
            self.__dict__.clear()


class _Gone:
    """What uvicorn closes when the endpoint has returned, in place of the connection."""

    def close(self) -> None:
        """Nothing."""


_GONE: Any = _Gone()
