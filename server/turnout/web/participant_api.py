"""The participants' doors: what a conversation is, whether a link works, joining."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from starlette.requests import Request
from starlette.responses import Response

from turnout import wire
from turnout.domain.refusals import Refused
from turnout.ports import StoreUnavailable
from turnout.services.joining import Joins
from turnout.services.rooms import Room, Rooms
from turnout.web.failures import json, refusal, refused, unlisted
from turnout.web.requests import Origins, read_body

COOKIE_LIFE = 400 * 24 * 60 * 60
"""Seconds: as long as browsers allow, and longer than the longest flex."""

AWAY = "The server can't save just now. Try again in a moment."
FOREIGN = "This request came from another site."


def cookie_name(slug: str) -> str:
    """The cookie of one conversation."""
    return f"turnout-{slug}"


class ParticipantApi:
    """JSON in, JSON out; every refusal in words."""

    def __init__(self, joins: Joins, rooms: Rooms, origins: Origins) -> None:
        self._joins = joins
        self._rooms = rooms
        self._origins = origins

    async def about(self, request: Request) -> Response:
        """`GET /api/c/SLUG`"""

        async def answer(room: Room) -> Response:
            return json(self._joins.about(room))

        return await self._in_room(request, answer)

    async def check(self, request: Request) -> Response:
        """`POST /api/c/SLUG/check`"""

        async def answer(room: Room) -> Response:
            asked = await read_body(request, wire.Check)
            if isinstance(asked, Response):
                return asked
            ready = await self._joins.check(room, asked)
            return refused(ready) if isinstance(ready, Refused) else json(ready)

        return await self._post(request, answer)

    async def nonce(self, request: Request) -> Response:
        """`POST /api/c/SLUG/nonce`"""

        async def answer(room: Room) -> Response:
            return json(self._joins.nonce())

        return await self._post(request, answer)

    async def join(self, request: Request) -> Response:
        """`POST /api/c/SLUG/join`"""

        async def answer(room: Room) -> Response:
            asked = await read_body(request, wire.Join)
            if isinstance(asked, Response):
                return asked
            name = cookie_name(room.slug)
            origin = self._origins.of(request) or ""
            admission = await self._joins.join(room, asked, origin, request.cookies.get(name, ""))
            if isinstance(admission, Refused):
                return refused(admission)
            response = json(admission.joined)
            response.set_cookie(
                name,
                admission.cookie,
                max_age=COOKIE_LIFE,
                secure=self._origins.secure,
                httponly=True,
                samesite="lax",
            )
            return response

        return await self._post(request, answer)

    async def _post(
        self, request: Request, answer: Callable[[Room], Awaitable[Response]]
    ) -> Response:
        if self._origins.of(request) is None:
            return refusal("origin", FOREIGN)
        return await self._in_room(request, answer)

    async def _in_room(
        self, request: Request, answer: Callable[[Room], Awaitable[Response]]
    ) -> Response:
        try:
            room = await self._rooms.find(request.path_params["slug"])
            return unlisted() if room is None else await answer(room)
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)
