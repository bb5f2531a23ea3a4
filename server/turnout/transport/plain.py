"""A socket that stays ASGI: the same sessions where uvicorn's class is not ours.

A queue and three tasks for each socket. What comes in is held back by uvicorn, one message at a
time; a slow reader is closed (4008) rather than given a fresh state, and pongs are not seen.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Final

from starlette.websockets import WebSocket, WebSocketDisconnect

from turnout.ports import StoreUnavailable
from turnout.services.connections import SLOW_READER, STORE_AWAY, TOO_LARGE, let_go
from turnout.transport.bounds import Bounds
from turnout.transport.outbox import Outbox
from turnout.transport.sessions import Ended, Opening, Parting, Session

BROKEN: Final = frozenset({1005, 1006, 1012})
"""What uvicorn says of a connection that broke off; with any other code the peer said goodbye."""


class Socket:
    """An accepted socket as its session sees it: a `Connection`."""

    def __init__(self, websocket: WebSocket, bounds: Bounds) -> None:
        self._websocket = websocket
        self._bounds = bounds
        self._queue = Outbox(since=0)
        self._close: int | None = None
        self.left = False
        self._more = asyncio.Event()
        self._leaving = asyncio.Event()

    def send(self, frame: bytes) -> None:
        """Queue a text. Nothing happens on a socket that is closing."""
        if self._close is not None:
            return
        self._queue.add(frame)
        if self._queue.is_over(self._bounds):
            self._queue.clear()
            let_go(self, SLOW_READER)
        self._more.set()

    def close(self, code: int) -> None:
        """Close when the queue is empty. Closing twice does nothing."""
        if self._close is None:
            self._close = code
        self._leaving.set()
        self._more.set()

    @property
    def ended(self) -> str:
        """How it ended, now that it has."""
        if self._close is not None:
            return str(self._close)
        return "left" if self.left else "lost"

    async def write(self) -> None:
        """Send what is queued until the socket is closed. Ends when the peer is gone."""
        with suppress(WebSocketDisconnect, RuntimeError):
            # RuntimeError: Starlette's word for sending on a socket that the peer has closed.
            while True:
                await self._more.wait()
                self._more.clear()
                while len(self._queue):
                    text = self._queue.pop().decode()
                    await self._websocket.send({"type": "websocket.send", "text": text})
                if self._close is not None:
                    await self._websocket.close(self._close)
                    return

    async def linger(self) -> None:
        """Ends when a closing socket has had its time, for a peer that does not read."""
        await self._leaving.wait()
        await asyncio.sleep(self._bounds.tick * self._bounds.drained_within)


async def serve(
    websocket: WebSocket, opening: Opening, limit: int, bounds: Bounds, ended: Ended
) -> None:
    """Read and write until either side is done. `limit`: bytes of a message; uvicorn's own may be
    higher."""
    socket = Socket(websocket, bounds)
    session = opening(socket)
    tasks = [
        asyncio.create_task(work)
        for work in (_read(websocket, socket, session, limit), socket.write(), socket.linger())
    ]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        ended(socket.ended)
        await session.end()
        for outcome in outcomes:
            if isinstance(outcome, Exception):
                raise outcome


async def _read(websocket: WebSocket, socket: Socket, session: Session, limit: int) -> None:
    while True:
        message = await websocket.receive()
        if message["type"] == "websocket.disconnect":
            socket.left = message["code"] not in BROKEN
            if socket.left and isinstance(session, Parting):
                session.left()
            return
        frame = message.get("text")
        size = len(message["bytes"] if frame is None else frame.encode())
        if size > limit:
            let_go(socket, TOO_LARGE)
            continue
        try:
            await session.receive(message["bytes"] if frame is None else frame)
        except StoreUnavailable:
            let_go(socket, STORE_AWAY)
