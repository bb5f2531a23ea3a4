"""The staff's doors to what a conversation leaves behind: the files, and why a participant's
numbers are what they are. Everything of one answer comes from one consistent snapshot.

A pid never stands in an address here: `explain` takes it in the body of a POST.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import BinaryIO

from msgspec import UNSET, UnsetType
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from turnout import wire
from turnout.domain.links import read_pid
from turnout.domain.refusals import Refused
from turnout.exports.bundle import bundle, dated
from turnout.exports.csv_file import Dialect
from turnout.exports.explain import Counts, Explanation, explain
from turnout.exports.file_names import content_disposition, is_interim, labelled
from turnout.exports.files import BUNDLE, NAMES, Options, pieces
from turnout.exports.runs import ALL, of_run, read_run
from turnout.exports.snapshot import Snapshot
from turnout.ports import Store, StoreUnavailable
from turnout.services.rooms import Room, Rooms
from turnout.web.console_api import NO_CONVERSATION, SIGN_IN
from turnout.web.failures import json, refusal, refused
from turnout.web.participant_api import AWAY
from turnout.web.requests import read_body
from turnout.web.sign_in import Access
from turnout.web.spool import NoRoom, drained, spooled, zipped

NO_FILES = "Your account can look on, not download. Ask the owner."
NO_ROOM = "Not enough disk to make this file. Nothing was changed."
NO_SUCH_FILE = f"The files are {', '.join(NAMES[:-1])} and {NAMES[-1]}."
WRONG_OPTION = "The options are run=live, bom=no, delimiter=semicolon and include=all."
DAMAGED = "This is no number of a link: it is a p and 16 letters and digits."
SAY_WHO = "Say whom to explain: a participant's number, or the number in their link."
LINKS = "links.csv"
MEDIA_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "zip": "application/zip",
}
ALLOWED = {"bom": {"yes", "no"}, "delimiter": {"comma", "semicolon"}, "include": {"all", "joined"}}


class Explain(wire.Part, frozen=True):
    """Body of `POST explain`: `participant` (their number) or `pid`, of which the number wins.
    `run`: as in files."""

    participant: int | UnsetType = UNSET
    pid: str | UnsetType = UNSET
    run: str = ALL


class ExplainedLine(wire.Part, frozen=True):
    """A question of the guide; `position` counts its questions from 1. `counts`: what it counts
    for; `why`: the same in a sentence. `late` and `muted` are about the answer."""

    question: int
    position: int
    text: str
    asked: bool
    present: bool
    answered: bool
    counts: Counts
    answered_at: int | None
    late: bool
    muted: bool
    why: str


class Explained(wire.Part, frozen=True):
    """A participant's numbers, question by question. `participant` is null for a link that nobody
    joined with; all numbers and `lines` are then missing. `outcome` and `reason` as in
    participant_data.csv, null where the file has no row or says nothing."""

    participant: int | None
    pid: str
    outcome: str | None
    reason: str | None
    asked: int | None
    answered: int | None
    percent_answered: int | None
    present: int | None
    answered_while_present: int | None
    percent_while_present: int | None
    lines: list[ExplainedLine]
    arithmetic: list[str]


class FilesApi:
    """Every door checks who asks: owners, moderators and researchers."""

    def __init__(self, store: Store, rooms: Rooms, access: Access, address: str) -> None:
        self._store = store
        self._rooms = rooms
        self._access = access
        self._address = address

    async def download(self, request: Request) -> Response:
        """`GET /api/console/conversations/SLUG/files/NAME`: one file, with the options of
        docs/files.md."""

        async def answer(room: Room) -> Response:
            return await self._file(request, room, request.path_params["name"])

        return await self._in_room(request, answer)

    async def explain(self, request: Request) -> Response:
        """`POST /api/console/conversations/SLUG/explain`"""

        async def answer(room: Room) -> Response:
            asked = await read_body(request, Explain)
            if isinstance(asked, Response):
                return asked
            who = asked.participant if asked.participant is not UNSET else _pid(asked)
            if isinstance(who, Response):
                return who
            snapshot = await self._snapshot(room)
            run = read_run(snapshot.conversation, asked.run)
            if isinstance(run, Refused):
                return refused(run)
            found = await asyncio.to_thread(lambda: explain(of_run(snapshot, run), who))
            return refused(found) if isinstance(found, Refused) else json(_explained(found))

        return await self._in_room(request, answer)

    async def _file(self, request: Request, room: Room, name: str) -> Response:
        if name not in NAMES:
            return refusal("unknown", NO_SUCH_FILE)
        query = request.query_params
        if any(
            name != "run" and value not in ALLOWED.get(name, set())
            for name, value in query.multi_items()
        ):
            return refusal("invalid", WRONG_OPTION)
        whole = await self._snapshot(room)
        run = read_run(whole.conversation, query.get("run", ALL))
        if isinstance(run, Refused):
            return refused(run)
        options = Options(
            self._address,
            run,
            include_all=query.get("include") == "all",
            dialect=Dialect(
                bom=query.get("bom") != "no",
                delimiter=";" if query.get("delimiter") == "semicolon" else ",",
            ),
        )
        return await asyncio.to_thread(_download, name, whole, options)

    async def _snapshot(self, room: Room) -> Snapshot:
        return room.up_to_date(await self._store.snapshot(room.id))

    async def _in_room(
        self, request: Request, answer: Callable[[Room], Awaitable[Response]]
    ) -> Response:
        try:
            staff = await self._access.staff(request)
            if staff is None:
                return refusal("signed_out", SIGN_IN)
            if staff.role == "observer":
                return refusal("role", NO_FILES)
            room = await self._rooms.find(request.path_params["slug"])
            if room is None:
                return refusal("unknown", NO_CONVERSATION)
            return await answer(room)
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)


def _pid(asked: Explain) -> str | Response:
    if asked.pid is UNSET:
        return refusal("invalid", SAY_WHO)
    pid = read_pid(asked.pid)
    return refusal("damaged", DAMAGED) if pid is None else pid


def _explained(found: Explanation) -> Explained:
    numbers = found.progress
    return Explained(
        participant=found.number,
        pid=found.pid,
        outcome=found.outcome,
        reason=found.reason,
        asked=None if numbers is None else numbers.asked,
        answered=None if numbers is None else numbers.answered,
        percent_answered=None if numbers is None else numbers.percent_answered,
        present=None if numbers is None else numbers.present,
        answered_while_present=None if numbers is None else numbers.answered_while_present,
        percent_while_present=None if numbers is None else numbers.percent_while_present,
        lines=[
            ExplainedLine(
                line.question,
                line.position,
                line.text,
                line.asked,
                line.present,
                line.answered,
                line.counts,
                line.answered_at,
                line.late,
                line.muted,
                line.why,
            )
            for line in found.lines
        ],
        arithmetic=list(found.arithmetic),
    )


def _download(name: str, whole: Snapshot, options: Options) -> Response:
    """The file as a response; takes a while, so it is called beside the loop."""
    snapshot = of_run(whole, options.run)
    try:
        written = _written(name, snapshot, options)
    except NoRoom:
        return refusal("no_room", NO_ROOM)
    if isinstance(written, Refused):
        return refused(written)
    interim = name != LINKS and is_interim(snapshot)
    called = labelled(name, whole.conversation, options.run)
    title = snapshot.conversation.settings.title
    headers = {
        "Content-Disposition": content_disposition(whole.slug, title, called, interim=interim),
        "Content-Length": str(written.tell()),
        "Cache-Control": "no-store",
    }
    media_type = MEDIA_TYPES[name.rpartition(".")[2]]
    return Download(written, headers=headers, media_type=media_type)


class Download(StreamingResponse):
    """A written file on its way out; closed also if its reader is gone before the first byte."""

    def __init__(self, file: BinaryIO, headers: dict[str, str], media_type: str) -> None:
        super().__init__(drained(file), headers=headers, media_type=media_type)
        self._file = file

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        with self._file:
            await super().__call__(scope, receive, send)


def _written(name: str, snapshot: Snapshot, options: Options) -> BinaryIO | Refused:
    if name == BUNDLE:
        return zipped(bundle(snapshot, options), dated(snapshot))
    made = pieces(name, snapshot, options)
    return made if isinstance(made, Refused) else spooled(made)
