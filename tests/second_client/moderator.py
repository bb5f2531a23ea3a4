"""A moderator with the token of the command line, over the plain staff doors: makes a conversation,
sends what is in its guide, downloads the files."""

from __future__ import annotations

import asyncio
import base64
import csv
import io
import uuid
from typing import Any

import httpx

from tests.cli.running import PATIENCE, Process

GUIDE = """
title: Our streets
items:
  - message: Welcome.
  - single_choice: Do you walk?
    options: [Often, Seldom]
    other: true
  - open_text: Why?
  - number: How many minutes a day?
    min: 0
    max: 600
"""
WELCOME, WALK, WHY, MINUTES = 1, 2, 3, 4
"""The items' ids."""


class Moderator:
    """Of one conversation. `pids`: of its links, in order."""

    def __init__(self, server: Process, slug: str) -> None:
        self._server = server
        self.slug = slug
        self.pids: list[str] = []

    async def ask(self, method: str, path: str, body: object = None) -> httpx.Response:
        """Through a door below `/api/console`."""
        async with self._server.client() as http:
            return (
                await http.request(method, f"/api/console/conversations{path}", json=body)
            ).raise_for_status()

    async def publish(self, *, seats: int = 2, guide: str = GUIDE, **choices: object) -> None:
        """A conversation with so many links that are handed out."""
        sent = {"name": "guide.yaml", "data": base64.b64encode(guide.encode()).decode()}
        new = {"slug": self.slug, "title": "Our streets", "max_participants": seats, "guide": sent}
        await self.ask("POST", "", new)
        await self.ask("POST", f"/{self.slug}/settings", {"cid": str(uuid.uuid4()), **choices})
        links = (await self.ask("GET", f"/{self.slug}/links")).json()["links"]
        self.pids = [link["pid"] for link in links]
        await self.does("publish")

    async def does(self, op: str, **fields: object) -> None:
        """A command; httpx.HTTPStatusError if it is refused."""
        body = {"cid": str(uuid.uuid4()), "op": op, **fields}
        await self.ask("POST", f"/{self.slug}/command", body)

    async def reads(self, question: int, text: str) -> None:
        """Wait until this text is among the stored answers."""
        async with asyncio.timeout(PATIENCE):
            while True:
                page = await self.ask("GET", f"/{self.slug}/answers?question={question}")
                if any(one["text"] == text for one in page.json()["answers"]):
                    return
                await asyncio.sleep(0.02)

    async def file(self, name: str) -> list[dict[str, Any]]:
        """The rows of a CSV file."""
        text = (await self.ask("GET", f"/{self.slug}/files/{name}?bom=no")).text
        return list(csv.DictReader(io.StringIO(text)))
