"""A server with nothing but sockets: sessions that echo, and what a test needs to look behind
them."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.websockets import WebSocket

from tests.transport.peer import PATIENCE, Peer, connected
from turnout.ports import StoreUnavailable
from turnout.services.connections import Connection
from turnout.transport import (
    PROTOCOL,
    Bounds,
    Carrier,
    Ended,
    RequestProtocol,
    Session,
    Transport,
    protocol_class,
)
from turnout.transport.sessions import untold

LIMIT = 32 * 1024
LARGE = 16 * 1024 * 1024
"""Bytes of an answer that no kernel keeps for a reader that does not read."""


async def until(true: Callable[[], bool]) -> None:
    """Wait until this holds."""
    async with asyncio.timeout(PATIENCE):
        while not true():
            await asyncio.sleep(0.002)


class Echo:
    """Answers every message with itself, and remembers what happened."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.received: list[str | bytes] = []
        self.happened: list[str] = []
        self.working = 0
        self.free = asyncio.Event()
        self.free.set()

    async def receive(self, frame: str | bytes) -> None:
        """`boom` is an error, `away` the store's absence, `wait` stops until `free`, `pour` sends
        30 MB, a number closes with that code; the rest comes back."""
        self.working += 1
        assert self.working == 1, "one at a time"
        self.received.append(frame)
        if frame == "wait":
            self.free.clear()
        await self.free.wait()
        self.working -= 1
        match frame:
            case "boom":
                raise LookupError("as the test wished")
            case "away":
                raise StoreUnavailable("as the test wished")
            case "pour":
                for _ in range(1_500):
                    self.connection.send(b"x" * 20_000)
            case str() if frame.isdigit():
                self.connection.close(int(frame))
            case str():
                self.connection.send(frame.encode())
            case bytes():
                self.connection.send(b"%d bytes" % len(frame))

    def left(self) -> None:
        """Parting."""
        self.happened.append("left")

    async def end(self) -> None:
        """Session."""
        await asyncio.sleep(0)
        self.happened.append("end")


@dataclass
class Stage:
    """A running server. `sessions`: of all sockets so far; `waiting`: what endpoints that dawdle
    wait for."""

    port: int
    server: uvicorn.Server
    sessions: list[Session] = field(default_factory=list)
    session: Callable[[Connection], Session] = Echo
    limit: int = LIMIT
    peers: list[Peer] = field(default_factory=list)
    waiting: list[asyncio.Event] = field(default_factory=list)

    async def peer(self, path: str = "/") -> Peer:
        """A client after its handshake."""
        peer, head = await connected(self.port, path)
        assert b" 101 " in head, head
        self.peers.append(peer)
        return peer

    async def pair(self) -> tuple[Peer, Echo]:
        """A client and its echo."""
        peer = await self.peer()
        await until(lambda: len(self.sessions) == len(self.peers))
        echo = self.sessions[-1]
        assert isinstance(echo, Echo)
        return peer, echo

    def opening(self, connection: Connection) -> Session:
        """A socket's session."""
        self.sessions.append(self.session(connection))
        return self.sessions[-1]

    async def cleared(self) -> None:
        """Let everybody go, so that another test finds an empty stage."""
        for peer in self.peers:
            peer.gone()
        for event in self.waiting:
            event.set()
        for session in self.sessions:
            if isinstance(session, Echo):
                session.free.set()
        await until(lambda: self.at_rest and not self.server.server_state.connections)
        self.session = Echo
        for kept in (self.peers, self.waiting, self.sessions):
            kept.clear()

    @property
    def at_rest(self) -> bool:
        """Whether the server has nothing to do for anybody."""
        return not self.server.server_state.tasks


class QuietServer(uvicorn.Server):
    """Leaves the process's signals alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def uvicorn_config(
    app: Starlette,
    transport: Transport,
    keys: tuple[Path, Path] | None,
    limit: int,
    requests: type[RequestProtocol],
) -> uvicorn.Config:
    """As turnout.app does it."""
    certificate, key = keys or (None, None)
    return uvicorn.Config(
        app,
        ws=protocol_class(transport),
        http=requests,
        ws_max_size=2 * limit,
        ws_per_message_deflate=False,
        ws_ping_interval=None if transport == "detached" else 20,
        lifespan="off",
        access_log=False,
        log_level="warning",
        timeout_graceful_shutdown=2,
        ssl_certfile=certificate,
        ssl_keyfile=key,
    )


@contextlib.asynccontextmanager
async def staged(
    transport: Transport,
    bounds: Bounds = PROTOCOL,
    keys: tuple[Path, Path] | None = None,
    limit: int = LIMIT,
    ended: Ended = untold,
    requests: type[RequestProtocol] = RequestProtocol,
) -> AsyncIterator[Stage]:
    """A server until the end of the block. What its paths do, the routes below say."""
    carrier = Carrier(bounds, ended)

    async def carried(websocket: WebSocket) -> None:
        asked = "turnout.v1" in websocket.scope["subprotocols"]
        await websocket.accept(subprotocol="turnout.v1" if asked else None)
        await carrier.carry(websocket, stage.opening, stage.limit)

    async def refused(websocket: WebSocket) -> None:
        await websocket.close()

    async def stays(websocket: WebSocket) -> None:
        await websocket.accept()
        async for text in websocket.iter_text():
            await websocket.send_text(text)

    async def changes_its_mind(websocket: WebSocket) -> None:
        await websocket.accept()
        await websocket.receive_text()
        await carrier.carry(websocket, stage.opening, stage.limit)

    async def dawdles(websocket: WebSocket) -> None:
        await websocket.accept()
        free = asyncio.Event()
        stage.waiting.append(free)
        await free.wait()
        await carrier.carry(websocket, stage.opening, stage.limit)

    async def large(request: Request) -> Response:
        return PlainTextResponse("x" * LARGE)

    async def body(request: Request) -> Response:
        return PlainTextResponse(str(len(await request.body())))

    app = Starlette(
        routes=[
            WebSocketRoute("/", carried),
            WebSocketRoute("/refused", refused),
            WebSocketRoute("/stays", stays),
            WebSocketRoute("/changes-its-mind", changes_its_mind),
            WebSocketRoute("/dawdles", dawdles),
            Route("/large", large),
            Route("/body", body, methods=["POST"]),
        ]
    )
    with socket.create_server(("127.0.0.1", 0), backlog=512) as listener:
        listener.setblocking(False)
        server = QuietServer(uvicorn_config(app, transport, keys, limit, requests))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        stage = Stage(listener.getsockname()[1], server, limit=limit)
        await until(lambda: server.started)
        try:
            yield stage
        finally:
            await stage.cleared()
            server.should_exit = True
            await serving
