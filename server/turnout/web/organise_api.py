"""The staff's doors for an organiser: choices, the guide, a copy, the end of it all."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Literal

from msgspec import UNSET, UnsetType
from starlette.requests import Request
from starlette.responses import Response

from turnout import wire
from turnout.domain.conversation import Settings
from turnout.domain.refusals import Refused
from turnout.exports.file_names import content_disposition
from turnout.guides import GuideFile, write_template, write_yaml
from turnout.ports import Decided, Role, Staff, Store, StoreUnavailable
from turnout.services.moderating import MAY_COMMAND, Moderation
from turnout.services.organising import NotCreated, Organising
from turnout.services.rooms import Room, Rooms
from turnout.web.console_bodies import (
    GuideUpload,
    Rev,
    instant,
    read_upload,
)
from turnout.web.failures import json, refusal, refused
from turnout.web.participant_api import AWAY
from turnout.web.requests import MAX_UPLOAD, read_body
from turnout.web.sign_in import Access
from turnout.web.staff_api import Nothing

NO_CONVERSATION = "There is no conversation with this address."
NOT_YOURS = "Your account can look and download, not change anything. Ask the owner."
NAME_IT = "Type the conversation's name as it stands there, to be sure."
OWNERS: frozenset[Role] = frozenset({"owner"})


class Choices(wire.Part, frozen=True):
    """Body of `POST settings`: what is to change. `starts_at`: ISO 8601 with zone, null for
    none."""

    cid: wire.Aid
    title: str | UnsetType = UNSET
    links: Literal["unique", "single"] | UnsetType = UNSET
    max_participants: int | UnsetType = UNSET
    several_devices: bool | UnsetType = UNSET
    starts_at: str | UnsetType | None = UNSET
    zone: str | UnsetType = UNSET
    duration: int | UnsetType = UNSET
    grace: int | UnsetType = UNSET
    auto_start: bool | UnsetType = UNSET
    people_may_move: bool | UnsetType = UNSET


class NewGuide(wire.Part, frozen=True):
    """Body of `POST guide`: another guide before the start. `seen`: the versions of the items that
    the sender read, in their order."""

    cid: wire.Aid
    guide: GuideUpload
    seen: list[wire.Raw] | UnsetType = UNSET


class Copy(wire.Part, frozen=True):
    """Body of `POST duplicate`."""

    title: str | UnsetType = UNSET
    slug: str | UnsetType = UNSET


class Copied(wire.Part, frozen=True):
    """The new conversation."""

    slug: str


class Erase(wire.Part, frozen=True):
    """Body of `POST erase`: its title, typed."""

    title: str


class OrganiseApi:
    """JSON in, JSON out; the guide as a file."""

    def __init__(
        self,
        store: Store,
        rooms: Rooms,
        organising: Organising,
        moderation: Moderation,
        access: Access,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._organising = organising
        self._moderation = moderation
        self._access = access

    async def settings(self, request: Request) -> Response:
        """`POST /api/console/conversations/SLUG/settings`"""

        async def answer(staff: Staff, room: Room) -> Response:
            asked = await read_body(request, Choices)
            if isinstance(asked, Response):
                return asked
            settings = _changed(room.conversation.settings, asked)
            if isinstance(settings, Response):
                return settings
            outcome = await self._moderation.configure(
                room, settings, name=staff.name, cid=asked.cid
            )
            return _done(outcome)

        return await self._in_room(request, answer)

    async def set_guide(self, request: Request) -> Response:
        """`POST /api/console/conversations/SLUG/guide`"""

        async def answer(staff: Staff, room: Room) -> Response:
            asked = await read_body(request, NewGuide, MAX_UPLOAD)
            if isinstance(asked, Response):
                return asked
            guide = await read_upload(asked.guide)
            if isinstance(guide, Response):
                return guide
            outcome = await self._moderation.set_guide(
                room,
                guide.items,
                name=staff.name,
                cid=asked.cid,
                seen=None if asked.seen is UNSET else asked.seen,
            )
            return _done(outcome)

        return await self._in_room(request, answer)

    async def guide(self, request: Request) -> Response:
        """`GET /api/console/conversations/SLUG/guide?as=yaml|template`"""

        async def answer(_staff: Staff, room: Room) -> Response:
            form: Literal["yaml", "template"] = (
                "template" if request.query_params.get("as") == "template" else "yaml"
            )
            settings = room.conversation.settings
            guide = GuideFile(
                tuple(entry.item for entry in room.conversation.entries), settings.title
            )
            if form == "yaml":
                text, name, media = write_yaml(guide), "guide.yaml", "application/yaml"
            else:
                text, name, media = write_template(guide), "guide.csv", "text/csv"
            headers = {
                "Content-Disposition": content_disposition(room.slug, settings.title, name),
                "Cache-Control": "no-store",
            }
            return Response(text, headers=headers, media_type=f"{media}; charset=utf-8")

        return await self._in_room(request, answer, frozenset({"owner", "moderator", "researcher"}))

    async def duplicate(self, request: Request) -> Response:
        """`POST /api/console/conversations/SLUG/duplicate`: a draft with links of its own."""

        async def answer(_staff: Staff, room: Room) -> Response:
            asked = await read_body(request, Copy)
            if isinstance(asked, Response):
                return asked
            old = room.conversation.settings
            title = old.title if asked.title is UNSET else asked.title
            settings = replace(old, title=title, starts_at=None, auto_start=False)
            items = tuple(entry.item for entry in room.conversation.entries)
            slug = None if asked.slug is UNSET else asked.slug
            made = await self._organising.create(settings, items, slug)
            if isinstance(made, NotCreated):
                return refusal(made.code, made.why, reason=made.reason, number=made.number)
            return json(Copied(made.slug), 201)

        return await self._in_room(request, answer)

    async def erase(self, request: Request) -> Response:
        """`POST /api/console/conversations/SLUG/erase`: everything goes."""

        async def answer(staff: Staff, room: Room) -> Response:
            asked = await read_body(request, Erase)
            if isinstance(asked, Response):
                return asked
            if asked.title.strip() != room.conversation.settings.title.strip():
                return refusal("invalid", NAME_IT, reason="title_differs")
            outcome = await self._store.erase(room.id, by=staff.name)
            if isinstance(outcome, Refused):
                return refused(outcome)
            self._rooms.forget(room)
            return json(Nothing())

        return await self._in_room(request, answer, OWNERS)

    async def _in_room(
        self,
        request: Request,
        answer: Callable[[Staff, Room], Awaitable[Response]],
        may: frozenset[Role] = MAY_COMMAND,
    ) -> Response:
        try:
            staff = await self._access.staff(request)
            if staff is None:
                return refusal("signed_out", "You are not signed in. Sign in and try again.")
            if staff.role not in may:
                return refusal("role", NOT_YOURS)
            room = await self._rooms.find(request.path_params["slug"])
            if room is None:
                return refusal("unknown", NO_CONVERSATION)
            return await answer(staff, room)
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)


def _changed(settings: Settings, asked: Choices) -> Settings | Response:
    """The settings with what was asked for. A time without zone is refused."""
    names = (
        "title",
        "links",
        "max_participants",
        "several_devices",
        "zone",
        "duration",
        "grace",
        "auto_start",
        "people_may_move",
    )
    changes = {name: value for name in names if (value := getattr(asked, name)) is not UNSET}
    if asked.starts_at is not UNSET:
        starts_at = None if asked.starts_at is None else instant(asked.starts_at)
        if isinstance(starts_at, Response):
            return starts_at
        changes["starts_at"] = starts_at
    return replace(settings, **changes)


def _done(outcome: Decided | Refused) -> Response:
    if isinstance(outcome, Refused):
        return refused(outcome)
    return json(Rev(outcome.conversation.rev))
