"""The sockets: a bounded way out for each, and the loop that reads it.

A socket's frames go out through a queue of its own, so that one slow reader delays nobody; a reader
that lets 64 frames or 256 KiB pile up is closed (4008) and comes back by resync.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import suppress

from starlette.websockets import WebSocket, WebSocketDisconnect

from turnout import wire
from turnout.ports import Staff, Store, StoreUnavailable
from turnout.services.connections import SLOW_READER, STORE_AWAY
from turnout.services.moderating import Moderation
from turnout.services.nonces import Nonces
from turnout.services.rooms import Room, Rooms
from turnout.services.screens import Screen
from turnout.services.tallies import Boards
from turnout.services.visits import Handshake, Visit
from turnout.web.participant_api import cookie_name
from turnout.web.requests import Origins
from turnout.web.sign_in import Access

MAX_FRAMES = 64
MAX_BYTES = 256 * 1024
LINGER = 10.0
"""Seconds that a closing socket has for what is queued."""


BROKEN = frozenset({1005, 1006, 1012})
"""What uvicorn says of a connection that broke off; with any other code the peer said goodbye."""


class Socket:
    """An accepted socket as the services see it."""

    def __init__(self, websocket: WebSocket) -> None:
        self._websocket = websocket
        self._queue: deque[bytes] = deque()
        self._bytes = 0
        self._largest = 0
        self._close: int | None = None
        self._more = asyncio.Event()
        self._leaving = asyncio.Event()

    def send(self, frame: bytes) -> None:
        """Queue a frame. A single large one (a welcome) may pass the bound; a pile may not."""
        if self._close is not None:
            return
        self._queue.append(frame)
        self._bytes += len(frame)
        self._largest = max(self._largest, len(frame))
        if len(self._queue) > MAX_FRAMES or self._bytes > MAX_BYTES + self._largest:
            self._queue.clear()
            self.close(SLOW_READER)
        self._more.set()

    def close(self, code: int) -> None:
        """Close when the queue is empty."""
        if self._close is None:
            self._close = code
        self._leaving.set()
        self._more.set()

    async def write(self) -> None:
        """Send what is queued until the socket is closed. Ends when the peer is gone."""
        with suppress(WebSocketDisconnect, RuntimeError):
            # RuntimeError: Starlette's word for sending on a socket that the peer has closed.
            while True:
                await self._more.wait()
                self._more.clear()
                while self._queue:
                    frame = self._queue.popleft()
                    self._bytes -= len(frame)
                    await self._websocket.send({"type": "websocket.send", "text": frame.decode()})
                if self._close is not None:
                    await self._websocket.close(self._close)
                    return

    async def linger(self) -> None:
        """Ends when a closing socket has had its time, for a peer that does not read."""
        await self._leaving.wait()
        await asyncio.sleep(LINGER)


class Sockets:
    """The two socket doors."""

    def __init__(
        self,
        store: Store,
        rooms: Rooms,
        boards: Boards,
        moderation: Moderation,
        nonces: Nonces,
        origins: Origins,
        access: Access,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._boards = boards
        self._moderation = moderation
        self._nonces = nonces
        self._origins = origins
        self._access = access

    async def participant(self, websocket: WebSocket) -> None:
        """`GET /ws/c/SLUG`"""
        origin = self._origins.of(websocket)
        room = await self._room(websocket)
        if origin is None or room is None or not _speaks_ours(websocket):
            await websocket.close()  # before the upgrade: 403
            return
        cookie = websocket.cookies.get(cookie_name(room.slug), "")
        await websocket.accept(subprotocol=wire.SUBPROTOCOL)
        socket = Socket(websocket)
        shake = Handshake(origin, cookie, self._nonces.make())
        visit = Visit(room, self._rooms, self._store, socket, shake)
        visit.begin()
        try:
            await _serve(websocket, socket, visit)
        finally:
            await visit.end()

    async def console(self, websocket: WebSocket) -> None:
        """`GET /ws/console/SLUG`"""
        staff = await self._staff(websocket)
        room = None if staff is None else await self._room(websocket)
        if staff is None or room is None or not _speaks_ours(websocket):
            await websocket.close()
            return
        await websocket.accept(subprotocol=wire.SUBPROTOCOL)
        socket = Socket(websocket)
        screen = Screen(
            room,
            self._rooms,
            self._boards,
            self._store,
            self._moderation,
            socket,
            staff,
            lambda: self._access.staff(websocket),
        )
        try:
            await _serve(websocket, socket, screen)
        finally:
            screen.end()

    async def _room(self, websocket: WebSocket) -> Room | None:
        """None too while the store is away: who is not let in tries again."""
        with suppress(StoreUnavailable):
            return await self._rooms.find(websocket.path_params["slug"])
        return None

    async def _staff(self, websocket: WebSocket) -> Staff | None:
        with suppress(StoreUnavailable):
            return await self._access.staff(websocket)
        return None


def _speaks_ours(websocket: WebSocket) -> bool:
    return wire.SUBPROTOCOL in websocket.scope["subprotocols"]


async def _serve(websocket: WebSocket, socket: Socket, session: Visit | Screen) -> None:
    """Read and write until either side is done."""
    tasks = [
        asyncio.create_task(work)
        for work in (_read(websocket, socket, session), socket.write(), socket.linger())
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Exception):
                raise outcome


async def _read(websocket: WebSocket, socket: Socket, session: Visit | Screen) -> None:
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            if message["code"] not in BROKEN:
                session.left()
            return
        frame = message.get("text")
        if frame is None:
            frame = message["bytes"]
        try:
            await session.receive(frame)
        except StoreUnavailable:
            socket.close(STORE_AWAY)
