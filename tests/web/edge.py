"""The whole server in this process, over real sockets: bound to a free port, on a store of its own,
with a clock that tests may move on."""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import socket
import sqlite3
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from websockets.asyncio.client import connect

from tests.web.line import PATIENCE, Line, aid
from turnout.app import Turnout, assembled, config
from turnout.domain.conversation import LinkKind, Settings
from turnout.domain.guide import Item, Message, OpenText, Option, SingleChoice
from turnout.ports import Role
from turnout.services.organising import NotCreated
from turnout.services.signing_in import token_hash
from turnout.settings import Settings as ServerSettings
from turnout.transport import Transport

HELLO, CHOICE, TEXT, LAST = 1, 2, 3, 4
GUIDE = (
    Item(HELLO, "Welcome.", Message()),
    Item(CHOICE, "Do you agree?", SingleChoice((Option("Yes"), Option("No")), other=True)),
    Item(TEXT, "Why?", OpenText()),
    Item(LAST, "And now?", OpenText()),
)


OPEN = ("publish", "start", "next", "next")
"""Commands after which a conversation is live and its first question open."""


class MovedClock:
    """The real time, and what a test put on top of it; milliseconds."""

    def __init__(self) -> None:
        self.ahead = 0

    def __call__(self) -> int:
        return time.time_ns() // 1_000_000 + self.ahead

    def advance(self, milliseconds: int) -> None:
        """Time passes."""
        self.ahead += milliseconds


class QuietServer(uvicorn.Server):
    """Leaves the process's signals alone."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@dataclass
class Talk:
    """A conversation of a test. `pids`: in link order."""

    slug: str
    pids: list[str] = field(default_factory=list)


@dataclass
class Edge:
    """A running server. `address`: where it really listens; `origin`: what its pages' Origin is."""

    address: str
    origin: str
    turnout: Turnout
    clock: MovedClock
    data: Path
    client: httpx.AsyncClient
    server: uvicorn.Server
    _standing: dict[tuple[str, ...], Talk] = field(default_factory=dict)

    async def request(
        self,
        method: str,
        path: str,
        *,
        json: object = None,
        content: bytes | None = None,
        origin: str | None = "own",
        cookie: str = "",
        token: str = "",
        headers: dict[str, str] | None = None,
    ) -> httpx.Response:
        """A request that carries exactly these cookies, from a page of ours unless told
        otherwise."""
        sent = dict(headers or {})
        if origin is not None:
            sent["Origin"] = self.origin if origin == "own" else origin
        if cookie:
            sent["Cookie"] = cookie
        if token:
            sent["Authorization"] = f"Bearer {token}"
        self.client.cookies.clear()
        response = await self.client.request(
            method,
            path,
            json=json,
            content=content,
            headers={name.encode(): value.encode("latin-1") for name, value in sent.items()},
        )
        self.client.cookies.clear()
        return response

    async def post(self, path: str, body: object = None, **more: Any) -> httpx.Response:
        """A POST from a page of ours."""
        return await self.request("POST", path, json={} if body is None else body, **more)

    async def get(self, path: str, **more: Any) -> httpx.Response:
        """A GET, without an Origin, as browsers do."""
        return await self.request("GET", path, origin=None, **more)

    async def staff_get(self, path: str) -> httpx.Response:
        """A GET of the command line's."""
        return await self.get(f"/api/console/{path}", token=self.turnout.token)

    async def staff_post(self, path: str, body: object) -> httpx.Response:
        """A POST of the command line's."""
        return await self.post(f"/api/console/{path}", body, origin=None, token=self.turnout.token)

    async def talk(
        self,
        *,
        links: LinkKind = "unique",
        several: bool = False,
        most: int = 3,
        grace: int = 60,
        items: tuple[Item, ...] = GUIDE,
        title: str = "Streets & <squares>",
        do: tuple[str, ...] = OPEN,
    ) -> Talk:
        """A conversation; without `do` it is live and its first question open."""
        settings = Settings(title, most, links=links, several_devices=several, grace=grace)
        made = await self.turnout.organising.create(settings, items, f"t-{secrets.token_hex(6)}")
        assert not isinstance(made, NotCreated)
        rows = await self.turnout.store.links(made.id)
        talk = Talk(made.slug, [row.pid for row in rows])
        for op in do:
            await self.command(talk, op)
        return talk

    async def standing(self, *do: str) -> Talk:
        """A conversation that many tests share and none moves on, with two links that no other test
        has; without `do` it is live and its first question open."""
        if do not in self._standing:
            self._standing[do] = await self.talk(most=1_000, do=do or OPEN)
        whole = self._standing[do]
        return Talk(whole.slug, [whole.pids.pop(), whole.pids.pop()])

    async def command(self, talk: Talk, op: str, **more: object) -> None:
        """A moderator's command that must succeed."""
        body = {"cid": aid(), "op": op, **more}
        response = await self.staff_post(f"conversations/{talk.slug}/command", body)
        assert response.status_code == 200, response.text

    async def staff(self, role: Role) -> str:
        """A new account with this role, signed in: its cookie header."""
        token = secrets.token_hex(32)
        name = f"{role} {secrets.token_hex(4)}"
        with contextlib.closing(sqlite3.connect(self.data / "turnout.db", timeout=5)) as database:
            row = database.execute(
                "INSERT INTO staff (name, name_key, password, role, created_at)"
                " VALUES (?, ?, 'none', ?, 0) RETURNING id",
                (name, name, role),
            ).fetchone()
            database.commit()
        until = self.clock() + 3_600_000
        await self.turnout.store.open_session(row[0], token_hash(token), until)
        return f"turnout-staff={token}"

    def dump(self) -> list[str]:
        """Everything that the database holds."""
        with contextlib.closing(sqlite3.connect(self.data / "turnout.db", timeout=5)) as database:
            return list(database.iterdump())

    @contextlib.asynccontextmanager
    async def socket(
        self,
        path: str,
        *,
        origin: str | None = "own",
        cookie: str = "",
        token: str = "",
        subprotocol: str | None = "turnout.v1",
    ) -> AsyncIterator[Line]:
        """An open socket."""
        headers = {}
        if cookie:
            headers["Cookie"] = cookie
        if token:
            headers["Authorization"] = f"Bearer {token}"
        async with connect(
            self.address.replace("http", "ws", 1) + path,
            origin=self.origin if origin == "own" else origin,  # type: ignore[arg-type]
            additional_headers=headers,
            subprotocols=None if subprotocol is None else [subprotocol],  # type: ignore[list-item]
            compression=None,
            proxy=None,
            close_timeout=2,
        ) as connection:
            yield Line(connection)

    @contextlib.asynccontextmanager
    async def console(self, talk: Talk, *, cookie: str = "") -> AsyncIterator[Line]:
        """A staff screen that said hello; by default the command line's."""
        token = "" if cookie else self.turnout.token
        async with self.socket(f"/ws/console/{talk.slug}", cookie=cookie, token=token) as line:
            await line.send({"t": "hello"})
            yield line


@contextlib.asynccontextmanager
async def running(
    data: Path,
    *,
    public: str | None = None,
    transport: Transport = "detached",
    proxies: Sequence[str] = (),
) -> AsyncIterator[Edge]:
    """A server for the length of a block."""
    clock = MovedClock()
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    # asyncio does this for the sockets that it makes itself.
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    port = listener.getsockname()[1]
    settings = ServerSettings(data, port=port, public=public)
    async with assembled(settings, clock=clock) as turnout:
        server = QuietServer(config(turnout.app, transport, proxies))
        serving = asyncio.create_task(server.serve(sockets=[listener]))
        address = f"http://127.0.0.1:{port}"
        origin = address if public is None else "/".join(public.split("/")[:3])
        async with httpx.AsyncClient(base_url=address, trust_env=False, timeout=PATIENCE) as client:
            try:
                yield Edge(address, origin, turnout, clock, data, client, server)
            finally:
                server.should_exit = True
                await serving
