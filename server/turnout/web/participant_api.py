"""The participants' doors: what a conversation is, whether a link works, joining."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Literal

from msgspec import UNSET
from starlette.requests import Request
from starlette.responses import Response

from turnout import wire
from turnout.domain.refusals import Refused
from turnout.ports import StoreUnavailable
from turnout.services.guessing import GUESSES, SLOW_DOWN
from turnout.services.joining import Joins
from turnout.services.rooms import Room, Rooms
from turnout.services.visits import Node
from turnout.web import failures
from turnout.web.failures import STATUS, json, refusal, unlisted
from turnout.web.requests import Origins, address_of, cookie_of, read_body
from turnout.web.sign_in import Access

COOKIE_LIFE = 400 * 24 * 60 * 60
"""Seconds: as long as browsers allow, and longer than the longest flex."""

PREVIEW = "You are signed in as staff: you see what participants see, and take no seat."
MAY_JOIN = "Nothing stands in the way any more. Tap Join."
AWAY = "The server can't save just now. Try again in a moment."
FOREIGN = "This request came from another site."


def cookie_name(slug: str) -> str:
    """The cookie of one conversation."""
    return f"turnout-{slug}"


class ParticipantApi:
    """JSON in, JSON out; every refusal in words."""

    def __init__(
        self, joins: Joins, rooms: Rooms, origins: Origins, access: Access, node: Node
    ) -> None:
        self._joins = joins
        self._rooms = rooms
        self._origins = origins
        self._access = access
        self._node = node

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
            if isinstance(ready, Refused):
                return self._refused(request, room, ready)
            return json(ready)

        return await self._post(request, answer)

    async def damaged(self, request: Request) -> Response:
        """`POST /api/c/SLUG/damaged`"""

        async def answer(room: Room) -> Response:
            if self._slowed(request) is None:
                await self._joins.count_damaged(room)
            return json(wire.Damaged())

        return await self._post(request, answer)

    async def nonce(self, request: Request) -> Response:
        """`POST /api/c/SLUG/nonce`"""

        async def answer(room: Room) -> Response:
            return json(self._joins.nonce())

        return await self._post(request, answer)

    async def join(self, request: Request) -> Response:
        """`POST /api/c/SLUG/join`"""

        async def answer(room: Room, asked: wire.Join, origin: str, cookie: str) -> Response:
            if await self._is_preview(request, room):
                self._node.metrics.join("preview")
                return refusal("preview", PREVIEW)
            admission = await self._joins.join(room, asked, origin, cookie)
            if isinstance(admission, Refused):
                self._node.metrics.join(admission.code)
                return self._refused(request, room, admission)
            self._node.metrics.join("joined")
            response = json(admission.joined)
            response.set_cookie(
                cookie_name(room.slug),
                admission.cookie,
                max_age=COOKIE_LIFE,
                path=self._origins.cookie_path,
                secure=self._origins.secure,
                httponly=True,
                samesite="lax",
            )
            return response

        return await self._proved(request, answer)

    async def takeover(self, request: Request) -> Response:
        """`POST /api/c/SLUG/takeover`"""

        async def answer(room: Room, asked: wire.Join, origin: str, cookie: str) -> Response:
            outcome = await self._joins.ask_takeover(room, asked, origin, cookie)
            if outcome is None:
                return refusal("other_device", MAY_JOIN)
            if isinstance(outcome, Refused):
                return self._refused(request, room, outcome)
            return json(outcome)

        return await self._proved(request, answer)

    async def forget(self, request: Request) -> Response:
        """`POST /api/c/SLUG/forget`"""

        async def answer(room: Room, asked: wire.Join, origin: str, cookie: str) -> Response:
            refused = await self._joins.forget(room, asked, origin, cookie)
            if refused is not None:
                return self._refused(request, room, refused)
            return json(wire.Damaged())

        return await self._proved(request, answer)

    async def _proved(
        self,
        request: Request,
        answer: Callable[[Room, wire.Join, str, str], Awaitable[Response]],
    ) -> Response:
        """Doors whose body carries a proof."""

        async def inside(room: Room) -> Response:
            asked = await read_body(request, wire.Join)
            if isinstance(asked, Response):
                return asked
            origin = self._origins.of(request) or ""
            cookie = cookie_of(request, cookie_name(room.slug))
            return await answer(room, asked, origin, cookie)

        return await self._post(request, inside)

    async def _is_preview(self, request: Request, room: Room) -> bool:
        """Signed-in staff look on; in a demonstration they may join."""
        if room.conversation.settings.demo:
            return False
        return await self._access.signed_in(request) is not None

    def _refused(self, request: Request, room: Room, refused: Refused) -> Response:
        """A refusal in words; who guesses is told to wait."""
        if refused.code in GUESSES and (slow := self._slowed(request)) is not None:
            return slow
        if refused.code != "other_device":
            return failures.refused(refused)
        several = room.conversation.settings.several_devices
        unique = room.conversation.settings.links == "unique"
        reason: Literal["five_devices", "may_ask"] = "five_devices" if several else "may_ask"
        body = wire.Refusal(
            refused.code,
            refused.why,
            UNSET if refused.retry_ms is None else refused.retry_ms,
            reason if unique else UNSET,
        )
        return json(body, STATUS["other_device"])

    def _slowed(self, request: Request) -> Response | None:
        """Count a wrong link; a refusal if too many came from this address."""
        wait = self._node.guessing.miss(address_of(request))
        return refusal("slow_down", SLOW_DOWN, wait) if wait else None

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
