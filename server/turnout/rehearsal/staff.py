"""The staff's HTTP API, as a rehearsal uses it: create, publish, links, files."""

from __future__ import annotations

import base64
import json
import uuid
from typing import Annotated, TypeVar

import httpx
import msgspec

from turnout import wire

T = TypeVar("T")
FILES = ("links.csv", "participant_data.csv", "answers.csv", "questions.csv")


class RehearsalFailed(Exception):
    """The rehearsal could not be held, or not to its end. The text says why, in words."""


class Created(msgspec.Struct, frozen=True):
    """What creating a conversation answers."""

    slug: str
    links: Annotated[int, msgspec.Meta(ge=0)]


class IssuedLink(msgspec.Struct, frozen=True):
    """A link of the staff's list."""

    number: int
    link: str
    joined: bool


class IssuedLinks(msgspec.Struct, frozen=True):
    """The staff's list of links, in link order."""

    links: list[IssuedLink]


class Staff:
    """`client` carries the token. Every method raises RehearsalFailed where the server refuses or
    cannot be reached."""

    def __init__(self, client: httpx.AsyncClient, url: str) -> None:
        self._client = client
        self._api = f"{url}/api/console/conversations"

    async def create(self, title: str, guide_name: str, guide: bytes, participants: int) -> str:
        """A conversation with unique links for so many participants; its slug."""
        body = {
            "title": title,
            "max_participants": participants,
            "links": "unique",
            "guide": {"name": guide_name, "data": base64.b64encode(guide).decode()},
        }
        created = _read(await self._call("POST", "", body), Created)
        if created.links != participants:
            raise RehearsalFailed(f"{created.links} links were made for {participants} people.")
        return created.slug

    async def command(self, slug: str, command: wire.Command) -> None:
        """A command without a socket, such as publish."""
        body = {"cid": command.cid, "op": command.op}
        await self._call("POST", f"/{slug}/command", body)

    async def shorten_grace(self, slug: str, seconds: int) -> None:
        """How long answers may come late in this conversation; before its start."""
        await self._call("POST", f"/{slug}/settings", {"cid": str(uuid.uuid4()), "grace": seconds})

    async def state(self, slug: str) -> wire.StaffState:
        """The conversation as staff see it."""
        return _read(await self._call("GET", f"/{slug}"), wire.StaffState)

    async def links(self, slug: str) -> list[IssuedLink]:
        """Every link, and whether somebody joined with it."""
        return _read(await self._call("GET", f"/{slug}/links"), IssuedLinks).links

    async def files(self, slug: str) -> dict[str, bytes]:
        """All exports, as they come, by name."""
        return {name: await self.file(slug, name) for name in FILES}

    async def file(self, slug: str, name: str, run: str = "") -> bytes:
        """An export, as it comes; of one run alone, if it is named."""
        query = f"?run={run}" if run else ""
        return await self._call("GET", f"/{slug}/files/{name}{query}")

    async def _call(self, method: str, path: str, body: object = None) -> bytes:
        content = None if body is None else json.dumps(body).encode()
        headers = {} if body is None else {"Content-Type": "application/json"}
        try:
            response = await self._client.request(
                method, f"{self._api}{path}", content=content, headers=headers
            )
        except httpx.TransportError as error:
            why = str(error) or type(error).__name__
            raise RehearsalFailed(f"The server does not answer: {why}") from error
        if response.is_success:
            return response.content
        raise RehearsalFailed(_refused(method, path, response))


def _read(data: bytes, kind: type[T]) -> T:
    try:
        return wire.decode_body(data, kind)
    except wire.Malformed as error:
        raise RehearsalFailed(f"The server's answer is no {kind.__name__}: {error}") from error


def _refused(method: str, path: str, response: httpx.Response) -> str:
    try:
        why = wire.decode_body(response.content, wire.Refusal).why
    except wire.Malformed:
        why = "no reason given"
    return f"The server refused {method} {path or '/'}: {response.status_code}, {why}"
