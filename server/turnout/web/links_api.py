"""The staff's doors to the links: the table of the audience, and links as QR codes.

A pid never stands in an address here: a link is asked for by its number.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import segno
from starlette.requests import Request
from starlette.responses import Response

from turnout.domain.links import link
from turnout.exports.snapshot import LinkRow
from turnout.ports import Staff, Store, StoreUnavailable
from turnout.services.rooms import Room, Rooms
from turnout.web.console_api import NO_CONVERSATION, SIGN_IN
from turnout.web.console_bodies import LinkLine, LinkLines, QrLine, QrLines, whole_number
from turnout.web.failures import json, refusal
from turnout.web.participant_api import AWAY
from turnout.web.sign_in import Access
from turnout.web.staff_api import Nothing

NO_LINKS = "Your account can look on, not see links. Ask the owner."
MOST_CODES = 100
"""Of one answer: drawing one takes some milliseconds."""


class LinksApi:
    """Every door checks who asks: owners, moderators and researchers. `address`: what links begin
    with; `public`: whether it leads anywhere but to this computer."""

    def __init__(
        self, store: Store, rooms: Rooms, access: Access, address: str, *, public: bool
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._access = access
        self._address = address
        self._public = public

    async def links(self, request: Request) -> Response:
        """`GET /api/console/conversations/SLUG/links`"""

        async def answer(room: Room, _staff: Staff) -> Response:
            if _is_single(room):
                link = self._link(room, None)
                single = LinkLine(1, link, "", joined=False, refused=None, removed=False)
                return json(LinkLines(self._public, [single], None, None))
            lines = [
                LinkLine(
                    row.number,
                    self._link(room, row),
                    row.pid,
                    row.joined_at is not None,
                    row.refused,
                    row.removed,
                )
                for row in await self._store.links(room.id)
            ]
            taken_at = await self._store.links_taken_at(room.id)
            added_at = await self._store.links_added_at(room.id)
            return json(LinkLines(self._public, lines, taken_at, added_at))

        return await self._in_room(request, answer)

    async def taken(self, request: Request) -> Response:
        """`POST /api/console/conversations/SLUG/links`: they are being downloaded. The page says so
        because no GET writes anything."""

        async def answer(room: Room, staff: Staff) -> Response:
            await self._store.note_links_taken(room.id, by=staff.name)
            return json(Nothing())

        return await self._in_room(request, answer)

    async def codes(self, request: Request) -> Response:
        """`GET /api/console/conversations/SLUG/qr?from=NUMBER&count=HOW_MANY`"""

        async def answer(room: Room, _staff: Staff) -> Response:
            first = whole_number(request, "from") or 1
            count = min(whole_number(request, "count") or 1, MOST_CODES)
            numbered = [(1, self._link(room, None))]
            if not _is_single(room):
                rows = await self._store.links(room.id)
                numbered = [(row.number, self._link(room, row)) for row in rows]
            chosen = numbered[first - 1 : first - 1 + count]
            codes = await asyncio.to_thread(lambda: [_code(*line) for line in chosen])
            return json(QrLines(codes))

        return await self._in_room(request, answer)

    def _link(self, room: Room, row: LinkRow | None) -> str:
        return link(self._address, room.slug, None if row is None else row.pid)

    async def _in_room(
        self, request: Request, answer: Callable[[Room, Staff], Awaitable[Response]]
    ) -> Response:
        try:
            staff = await self._access.staff(request)
            if staff is None:
                return refusal("signed_out", SIGN_IN)
            room = await self._rooms.find(request.path_params["slug"])
            if room is None:
                return refusal("unknown", NO_CONVERSATION)
            if staff.role == "observer":
                return refusal("role", NO_LINKS)
            return await answer(room, staff)
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)


def _is_single(room: Room) -> bool:
    return room.conversation.settings.links == "single"


def _code(number: int, text: str) -> QrLine:
    """A code that a phone still reads if a seventh of it is smudged, without its quiet zone."""
    rows = [tuple(row) for row in segno.make(text, error="m", micro=False).matrix]
    return QrLine(number, len(rows), "".join(_runs(y, row) for y, row in enumerate(rows)))


def _runs(y: int, row: tuple[int, ...]) -> str:
    """The dark modules of a row as rectangles, each as wide as it can be."""
    path, x = "", 0
    while x < len(row):
        width = 0
        while x + width < len(row) and row[x + width]:
            width += 1
        if width:
            path += f"M{x} {y}h{width}v1h-{width}z"
        x += max(width, 1)
    return path
