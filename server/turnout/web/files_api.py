"""The staff's door to the files. One consistent snapshot, written to a temporary file first, so
that its length is known before the first byte and a broken download cannot look complete."""

from __future__ import annotations

import asyncio
import errno
import hmac
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from hashlib import sha256
from typing import BinaryIO

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from turnout.domain.refusals import Refused
from turnout.exports.answers import answers
from turnout.exports.csv_file import Dialect, Table, render
from turnout.exports.file_names import content_disposition, is_interim
from turnout.exports.links import links
from turnout.exports.participant_data import participant_data
from turnout.exports.questions import questions
from turnout.exports.snapshot import Snapshot
from turnout.ports import Store, StoreUnavailable
from turnout.services.rooms import Room, Rooms
from turnout.web.console_api import NO_CONVERSATION, SIGN_IN
from turnout.web.failures import refusal
from turnout.web.participant_api import AWAY
from turnout.web.sign_in import Access

PIECE = 64 * 1024
NO_FILES = "Your account can look on, not download. Ask the owner."
NO_ROOM = "Not enough disk to make this file. Nothing was changed."
NO_SUCH_FILE = "The files are links.csv, participant_data.csv, answers.csv and questions.csv."
WRONG_OPTION = "The options are bom=no, delimiter=semicolon and, for participant_data, include=all."


class FilesApi:
    """`GET /api/console/conversations/SLUG/files/NAME`"""

    def __init__(self, store: Store, rooms: Rooms, access: Access, address: str) -> None:
        self._store = store
        self._rooms = rooms
        self._access = access
        self._address = address

    async def download(self, request: Request) -> Response:
        """One file, with the options of docs/files.md."""
        try:
            staff = await self._access.staff(request)
            if staff is None:
                return refusal("signed_out", SIGN_IN)
            if staff.role == "observer":
                return refusal("role", NO_FILES)
            room = await self._rooms.find(request.path_params["slug"])
            if room is None:
                return refusal("unknown", NO_CONVERSATION)
            return await self._file(request, room, request.path_params["name"])
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)

    async def _file(self, request: Request, room: Room, name: str) -> Response:
        make = self._tables(room.id, include_all=request.query_params.get("include") == "all")
        if name not in make:
            return refusal("unknown", NO_SUCH_FILE)
        dialect = _dialect(request)
        if dialect is None:
            return refusal("invalid", WRONG_OPTION)
        snapshot = room.up_to_date(await self._store.snapshot(room.id))
        table = make[name](snapshot)
        if isinstance(table, Refused):
            return refusal("anonymous", table.why)
        try:
            written = await asyncio.to_thread(_write, table, dialect)
        except OSError as error:
            if error.errno not in (errno.ENOSPC, errno.EDQUOT):
                raise
            return refusal("no_room", NO_ROOM)
        title = snapshot.conversation.settings.title
        interim = name != "links.csv" and is_interim(snapshot)
        headers = {
            "Content-Disposition": content_disposition(snapshot.slug, title, name, interim=interim),
            "Content-Length": str(written.tell()),
            "Cache-Control": "no-store",
        }
        media_type = "text/csv; charset=utf-8"
        return StreamingResponse(_pieces(written), headers=headers, media_type=media_type)

    def _tables(
        self, conversation: int, *, include_all: bool
    ) -> dict[str, Callable[[Snapshot], Table | Refused]]:
        key = hmac.digest(self._store.key, b"files %d" % conversation, sha256)
        return {
            "links.csv": lambda snapshot: links(snapshot, self._address),
            "participant_data.csv": lambda snapshot: participant_data(
                snapshot, include_all=include_all
            ),
            "answers.csv": lambda snapshot: answers(snapshot, key=key),
            "questions.csv": questions,
        }


def _dialect(request: Request) -> Dialect | None:
    """The dialect that the query asks for; None for an option that there is not."""
    query = request.query_params
    allowed = {"bom": {"yes", "no"}, "delimiter": {"comma", "semicolon"}, "include": {"all"}}
    if any(value not in allowed.get(name, set()) for name, value in query.multi_items()):
        return None
    return Dialect(
        bom=query.get("bom") != "no",
        delimiter=";" if query.get("delimiter") == "semicolon" else ",",
    )


def _write(table: Table, dialect: Dialect) -> BinaryIO:
    """The whole file, on the disk and without a name: it is gone when it is closed, however a
    download ends."""
    with ExitStack() as unless_done:
        file = unless_done.enter_context(tempfile.TemporaryFile(prefix="turnout-"))
        for piece in render(table, dialect):
            file.write(piece)
        file.flush()
        unless_done.pop_all()
    return file


def _pieces(file: BinaryIO) -> Iterator[bytes]:
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
