"""A real server process on a scratch folder, and what a moderator's program does with it. It knows
no browser."""

from __future__ import annotations

import asyncio
import base64
import contextlib
import re
import uuid
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from tests.web.front import Front
from turnout.rehearsal.own_server import SERVE, OwnServer

OWNER, PASSWORD = "Amara", "a long enough password"
PATIENCE = 10.0
"""Seconds after which a test gives up waiting."""
FIRST_RUN = re.compile(r"\S+/console/first-run#\S+")


@dataclass(frozen=True)
class Talk:
    """A conversation of a test. `links`: in link order, as they are handed out."""

    slug: str
    links: list[str]

    @property
    def pids(self) -> list[str]:
        """The links' secrets."""
        return [link.partition("?pid=")[2] for link in self.links]


@dataclass
class Site:
    """A running server. `client` carries the command line's token."""

    server: OwnServer
    log: Path
    client: httpx.AsyncClient

    @property
    def address(self) -> str:
        """The server as its links name it."""
        return str(self.client.base_url).rstrip("/")

    @property
    def origin(self) -> str:
        """What its pages' Origin is."""
        return "/".join(self.address.split("/")[:3])

    async def first_run_link(self) -> str:
        """The link that the server printed for its first moderator."""
        async with asyncio.timeout(PATIENCE):
            while not (found := FIRST_RUN.search(self.log.read_text("utf-8"))):
                await asyncio.sleep(0.02)
        return found[0]

    async def sign_in(self) -> dict[str, str]:
        """The session cookie of the owner, who gets an account at the first call."""
        body = {"name": OWNER, "password": PASSWORD}
        me = await self.client.get("/api/console/me", headers={"Authorization": ""})
        first = me.json()["first_run"]
        if first:
            body["secret"] = (await self.first_run_link()).partition("#")[2]
        door = "first-run" if first else "sign-in"
        response = await self._post(f"/api/console/{door}", body)
        cookies = dict(response.cookies)
        self.client.cookies.clear()
        return cookies

    async def colleague(self, name: str, role: str) -> dict[str, str]:
        """The session cookie of somebody whom the owner invited."""
        secret = (await self._post("/api/console/accounts/invite", {"role": role})).json()["secret"]
        body = {"secret": secret, "name": name, "password": PASSWORD}
        cookies = dict((await self._post("/api/console/invitation/accept", body)).cookies)
        self.client.cookies.clear()
        return cookies

    async def talk(
        self, guide: str, *do: str, title: str = "Our streets", people: int = 3, **more: object
    ) -> Talk:
        """A conversation of this YAML guide with unique links, after these commands. `more`: what
        else the form for a new one takes."""
        file = {"name": "guide.yaml", "data": base64.b64encode(guide.encode()).decode()}
        body = {"title": title, "max_participants": people, "guide": file, **more}
        made = (await self._post("/api/console/conversations", body)).json()
        talk = Talk(made["slug"], [])
        talk.links.extend(link["link"] for link in await self.links(talk))
        await self.command(talk, *do)
        return talk

    async def command(self, talk: Talk, *ops: str) -> None:
        """A moderator's commands that must succeed, one after the other."""
        for op in ops:
            await self.do(talk, op)

    async def do(self, talk: Talk, op: str, **more: object) -> None:
        """One command with more to say, such as which item."""
        await self._about(talk, "command", {"op": op, **more})

    async def configure(self, talk: Talk, **choices: object) -> None:
        """Change settings."""
        await self._about(talk, "settings", choices)

    async def links(self, talk: Talk) -> list[dict[str, Any]]:
        """The staff's list of links: number, link, pid, joined."""
        answer = await self._get(talk, "links")
        links: list[dict[str, Any]] = answer.json()["links"]
        return links

    async def file(self, talk: Talk, name: str) -> str:
        """An export."""
        return (await self._get(talk, f"files/{name}?bom=no")).text

    async def _about(self, talk: Talk, door: str, body: dict[str, object]) -> None:
        path = f"/api/console/conversations/{talk.slug}/{door}"
        await self._post(path, {"cid": str(uuid.uuid4()), **body})

    async def _get(self, talk: Talk, path: str) -> httpx.Response:
        response = await self.client.get(f"/api/console/conversations/{talk.slug}/{path}")
        assert response.is_success, response.text
        return response

    async def _post(self, path: str, body: object) -> httpx.Response:
        response = await self.client.post(path, json=body, headers={"Origin": self.origin})
        assert response.is_success, response.text
        return response


@contextlib.asynccontextmanager
async def running(folder: Path, before: Front | None = None) -> AsyncIterator[Site]:
    """A server for the length of a block. It may be killed and restarted meanwhile. `before`: the
    proxy through which everybody comes."""
    log = folder / "log"
    public = () if before is None else ("--public", before.address)
    server = OwnServer(folder / "data", log, (*SERVE, *public))
    try:
        await server.start()
        address = server.url.replace("127.0.0.1", "localhost")
        if before is not None:
            before.lead_to(server.url)
            address = before.address
        headers = {"Authorization": f"Bearer {server.token}"}
        async with httpx.AsyncClient(
            base_url=address, headers=headers, trust_env=False, timeout=PATIENCE
        ) as client:
            yield Site(server, log, client)
    finally:
        await server.stop()
