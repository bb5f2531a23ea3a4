"""The browsers that visit a conversation: they join, say hello, and keep their key and cookie."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.web.device import Device, claims
from tests.web.edge import Edge, Talk
from tests.web.line import Line


@dataclass
class Browser:
    """A browser profile that visits one conversation. `keyless`: it can make no key."""

    edge: Edge
    talk: Talk
    pid: str | None = None
    keyless: bool = False
    device: Device = field(default_factory=Device)

    async def nonce(self) -> str:
        """A nonce for a join."""
        response = await self.edge.post(f"/api/c/{self.talk.slug}/nonce")
        nonce: str = response.json()["nonce"]
        return nonce

    def proof(self, use: str, nonce: str, /, **changes: str) -> str:
        """A proof that is right but for `changes`."""
        said = claims(use, nonce, self.edge.origin, self.talk.slug, self.pid or "")
        if use == "join":
            said["attempt"] = self.device.attempt
        return self.device.sign(self.device.header, said | changes)

    async def join(self, **changes: object) -> httpx.Response:
        """A tap on Join. `changes`: of the body."""
        body: dict[str, object] = {"attempt": self.device.attempt}
        if self.pid is not None:
            body["pid"] = self.pid
        if not self.keyless and "proof" not in changes:
            body["proof"] = self.proof("join", await self.nonce())
        body.update(changes)
        response = await self.edge.post(
            f"/api/c/{self.talk.slug}/join", body, cookie=self._cookie()
        )
        kept = response.cookies.get(f"turnout-{self.talk.slug}")
        if kept is not None:
            self.device.cookie = kept
        return response

    def _cookie(self) -> str:
        kept = self.device.cookie
        return f"turnout-{self.talk.slug}={kept}" if kept else ""

    def open(self) -> contextlib.AbstractAsyncContextManager[Line]:
        """A socket that waits in the lobby."""
        return self.edge.socket(f"/ws/c/{self.talk.slug}", cookie=self._cookie())

    async def hello(self, line: Line, *, tab: int = 1, **changes: object) -> None:
        """Say hello on a socket whose challenge was not read yet."""
        challenge = await line.next("challenge")
        message: dict[str, Any] = {"t": "hello", "tab": tab}
        if self.pid is not None:
            message["link"] = self.pid
        if not self.keyless:
            message["proof"] = self.proof("hello", challenge["nonce"])
        message.update(changes)
        await line.send({name: value for name, value in message.items() if value is not None})

    @contextlib.asynccontextmanager
    async def arrived(self, *, tab: int = 1, **changes: object) -> AsyncIterator[Line]:
        """A socket that was welcomed; the welcome was read."""
        async with self.open() as line:
            await self.hello(line, tab=tab, **changes)
            await line.next("welcome")
            yield line
