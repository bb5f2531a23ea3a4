"""Reaching a data folder's server: the running one over HTTP, or else the same application inside
this process, so that every command has one way to work."""

from __future__ import annotations

import json
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import httpx

from turnout.app import DATABASE, assembled, read_token
from turnout.ports import StoreInUse
from turnout.settings import Settings, read_settings

ADDRESS_FILE = "server.json"
TIMEOUT = 60.0
"""Seconds; a large file takes a while."""


class OutOfReach(Exception):
    """No server answers for this data folder. The text says why and what to do."""


class Refusal(Exception):
    """The server turned a request down. `why` is for people, `body` what it said, whole."""

    def __init__(self, body: dict[str, object]) -> None:
        self.body = body
        self.why = str(body.get("why", "The server refused without a word."))
        super().__init__(self.why)


def settings_of(data: Path | None) -> Settings:
    """The settings of the environment, with this data folder if one is named."""
    values = dict(os.environ)
    if data is not None:
        values["TURNOUT_DATA"] = str(data)
    return read_settings(values)


def write_address(data: Path, address: str) -> None:
    """Leave word where the server of this folder listens."""
    (data / ADDRESS_FILE).write_text(json.dumps({"url": address}) + "\n")


@asynccontextmanager
async def reach(settings: Settings, *, create: bool = False) -> AsyncIterator[httpx.AsyncClient]:
    """A client that is signed in to the folder's server. OutOfReach if none can be had, and if
    there is no such folder yet, unless it may be made."""
    here = settings.database is None
    if here and not create and not (settings.data / DATABASE).exists():
        raise OutOfReach(f"There are no conversations in {settings.data}. Is --data right?")
    try:
        async with assembled(settings) as turnout:
            transport = httpx.ASGITransport(app=turnout.app)
            async with _client(settings.address, turnout.token, transport) as client:
                yield client
            return
    except StoreInUse as error:
        in_use = error
    url = _running(settings.data)
    if url is None:
        raise OutOfReach(str(in_use)) from in_use
    async with _client(url, read_token(settings.data), None) as client:
        yield client


def _client(url: str, token: str, transport: httpx.AsyncBaseTransport | None) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {token}"}
    return httpx.AsyncClient(
        base_url=url, headers=headers, transport=transport, timeout=TIMEOUT, trust_env=False
    )


def _running(data: Path) -> str | None:
    try:
        said = json.loads((data / ADDRESS_FILE).read_text())
    except (OSError, ValueError):
        return None
    return str(said["url"]) if isinstance(said, dict) and "url" in said else None


async def ask(
    client: httpx.AsyncClient, method: str, path: str, body: object = None
) -> httpx.Response:
    """One request. Refusal if the server turns it down, OutOfReach if it does not answer."""
    try:
        response = await client.request(method, f"/api/console/{path}", json=body)
    except httpx.HTTPError as error:
        raise OutOfReach("The server does not answer. Is it still running?") from error
    if response.is_success:
        return response
    try:
        said = response.json()
    except ValueError:
        said = {}
    raise Refusal(said if isinstance(said, dict) else {})
