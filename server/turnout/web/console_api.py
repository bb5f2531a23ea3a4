"""The staff's doors for conversations: make them, list them, command them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec import UNSET
from starlette.requests import Request
from starlette.responses import Response

from turnout import wire
from turnout.domain.conversation import Settings
from turnout.ports import Staff, Store, StoreUnavailable
from turnout.services import views
from turnout.services.moderating import MAY_COMMAND, Moderation
from turnout.services.organising import NotCreated, Organising
from turnout.services.rooms import Room, Rooms
from turnout.services.tallies import Board, Boards
from turnout.web.console_bodies import (
    Checked,
    Created,
    GuideUpload,
    Lines,
    NewConversation,
    Rev,
    TextLine,
    TextLines,
    instant,
    line,
    questions_in,
    read_upload,
    remarks,
    whole_number,
)
from turnout.web.failures import json, refusal
from turnout.web.participant_api import AWAY
from turnout.web.requests import MAX_UPLOAD, read_body
from turnout.web.sign_in import Access

SIGN_IN = "You are not signed in. Sign in and try again."
NO_CONVERSATION = "There is no conversation with this address."
ROLE = "Your account can look and download, not change anything. Ask the owner."


class ConsoleApi:
    """JSON in, JSON out. Every door checks who asks."""

    def __init__(
        self,
        store: Store,
        rooms: Rooms,
        organising: Organising,
        moderation: Moderation,
        boards: Boards,
        access: Access,
    ) -> None:
        self._store = store
        self._rooms = rooms
        self._organising = organising
        self._moderation = moderation
        self._boards = boards
        self._access = access

    # --- conversations ------------------------------------------------------------------------

    async def list(self, request: Request) -> Response:
        """`GET /api/console/conversations`"""

        async def answer(_staff: Staff) -> Response:
            return json(Lines([line(listed) for listed in await self._store.list()]))

        return await self._signed_in(request, answer)

    async def check_guide(self, request: Request) -> Response:
        """`POST /api/console/guides/check`"""

        async def answer(_staff: Staff) -> Response:
            upload = await read_body(request, GuideUpload, MAX_UPLOAD)
            if isinstance(upload, Response):
                return upload
            guide = await read_upload(upload)
            if isinstance(guide, Response):
                return guide
            return json(
                Checked(guide.title, len(guide.items), questions_in(guide), remarks(guide.remarks))
            )

        return await self._signed_in(request, answer)

    async def create(self, request: Request) -> Response:
        """`POST /api/console/conversations`"""

        async def answer(staff: Staff) -> Response:
            if staff.role not in MAY_COMMAND:
                return refusal("role", ROLE)
            asked = await read_body(request, NewConversation, MAX_UPLOAD)
            return asked if isinstance(asked, Response) else await self._create(asked)

        return await self._signed_in(request, answer)

    async def _create(self, asked: NewConversation) -> Response:
        guide = await read_upload(asked.guide)
        if isinstance(guide, Response):
            return guide
        starts_at = None if asked.starts_at is UNSET else instant(asked.starts_at)
        if isinstance(starts_at, Response):
            return starts_at
        settings = Settings(
            title=asked.title.strip(),
            max_participants=asked.max_participants,
            links=asked.links,
            several_devices=asked.several_devices,
            starts_at=starts_at,
            zone=asked.zone,
            duration=asked.duration,
            demo=asked.demo,
        )
        slug = None if asked.slug is UNSET else asked.slug
        made = await self._organising.create(settings, guide.items, slug)
        if isinstance(made, NotCreated):
            return refusal(made.code, made.why, reason=made.reason, number=made.number)
        links = settings.max_participants if settings.links == "unique" else 1
        created = Created(
            made.slug, len(guide.items), questions_in(guide), links, remarks(guide.remarks)
        )
        return json(created, 201)

    # --- one conversation ---------------------------------------------------------------------

    async def show(self, request: Request) -> Response:
        """`GET /api/console/conversations/SLUG`"""

        async def answer(_staff: Staff, room: Room) -> Response:
            return json(views.staff_state(room.located))

        return await self._in_room(request, answer)

    async def command(self, request: Request) -> Response:
        """`POST /api/console/conversations/SLUG/command`"""

        async def answer(staff: Staff, room: Room) -> Response:
            command = await read_body(request, wire.Command)
            if isinstance(command, Response):
                return command
            done = await self._moderation.command(room, command, name=staff.name, role=staff.role)
            if isinstance(done, wire.CommandRefused):
                return refusal(done.code, done.why, done.retry_ms, done.reason, done.number)
            return json(Rev(done.rev))

        return await self._in_room(request, answer)

    async def answers(self, request: Request) -> Response:
        """`GET /api/console/conversations/SLUG/answers?question=ID&after=ASEQ`"""

        async def answer(staff: Staff, room: Room) -> Response:
            question = whole_number(request, "question")
            after = whole_number(request, "after") or 0
            if question is None:
                return refusal("malformed", "Say which question's answers.")
            unique = room.conversation.settings.links == "unique"
            named = staff.role != "observer" and unique
            veiled = staff.role != "observer" and not unique
            rows = await self._store.answers_after(room.id, after)
            board = await self._board(room) if named else None
            lines = [
                TextLine(
                    row.participant if named else 0,
                    "" if board is None else board.pid(row.participant),
                    text,
                    row.late,
                    row.answered_at,
                    row.aseq,
                    self._moderation.author(room, question, row.participant) if veiled else "",
                )
                for row in rows
                if row.question == question
                and not row.muted
                and (text := row.body.text or row.body.other)
            ]
            return json(TextLines(max((row.aseq for row in rows), default=after), lines))

        return await self._in_room(request, answer)

    async def _board(self, room: Room) -> Board:
        """Who is who: the board of the screens that look, or one for this answer alone."""
        board = self._boards.get(room) or Board(await self._store.snapshot(room.id))
        board.observe(room, self._rooms.now())
        return board

    # --- who asks -----------------------------------------------------------------------------

    async def _signed_in(
        self, request: Request, answer: Callable[[Staff], Awaitable[Response]]
    ) -> Response:
        try:
            staff = await self._access.staff(request)
            return refusal("signed_out", SIGN_IN) if staff is None else await answer(staff)
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)

    async def _in_room(
        self, request: Request, answer: Callable[[Staff, Room], Awaitable[Response]]
    ) -> Response:
        async def inside(staff: Staff) -> Response:
            room = await self._rooms.find(request.path_params["slug"])
            if room is None:
                return refusal("unknown", NO_CONVERSATION)
            return await answer(staff, room)

        return await self._signed_in(request, inside)
