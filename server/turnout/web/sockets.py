"""The socket doors: who may come in, and whose session it becomes. What carries frames from then on
is turnout.transport's, and is handed in: nothing here reads or writes one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import Protocol

from starlette.websockets import WebSocket

from turnout import wire
from turnout.ports import Staff, Store, StoreUnavailable
from turnout.services.connections import Connection
from turnout.services.moderating import Moderation
from turnout.services.nonces import Nonces
from turnout.services.rooms import Room, Rooms
from turnout.services.screens import Screen
from turnout.services.tallies import Boards
from turnout.services.visits import Handshake, Node, Visit
from turnout.web.participant_api import cookie_name
from turnout.web.requests import Origins, address_of, cookie_of
from turnout.web.sign_in import Access


class Carrier(Protocol):
    """What carries accepted sockets."""

    async def carry(
        self, websocket: WebSocket, opening: Callable[[Connection], Visit | Screen], limit: int
    ) -> None:
        """Give an accepted websocket its session; its door returns when this does. `limit`: bytes
        of a message."""


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
        carrier: Carrier,
        node: Node,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._boards = boards
        self._moderation = moderation
        self._nonces = nonces
        self._origins = origins
        self._access = access
        self._carrier = carrier
        self._node = node

    async def participant(self, websocket: WebSocket) -> None:
        """`GET /ws/c/SLUG`"""
        origin = self._origins.of(websocket)
        room = await self._room(websocket)
        if origin is None or room is None or not _speaks_ours(websocket):
            await websocket.close()  # before the upgrade: 403
            return
        cookie = cookie_of(websocket, cookie_name(room.slug))
        await websocket.accept(subprotocol=wire.SUBPROTOCOL)
        shake = Handshake(origin, cookie, self._nonces.make(), address_of(websocket))

        def visit(connection: Connection) -> Visit:
            visit = Visit(room, self._rooms, self._store, connection, shake, self._node)
            visit.begin()
            return visit

        await self._carrier.carry(websocket, visit, wire.MAX_FRAME)

    async def console(self, websocket: WebSocket) -> None:
        """`GET /ws/console/SLUG`"""
        staff = await self._staff(websocket)
        room = None if staff is None else await self._room(websocket)
        if staff is None or room is None or not _speaks_ours(websocket):
            await websocket.close()
            return
        await websocket.accept(subprotocol=wire.SUBPROTOCOL)

        def screen(connection: Connection) -> Screen:
            return Screen(
                room,
                self._rooms,
                self._boards,
                self._store,
                self._moderation,
                connection,
                staff,
                lambda: self._access.staff(websocket),
                self._node.metrics,
            )

        await self._carrier.carry(websocket, screen, wire.MAX_STAFF_FRAME)

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
