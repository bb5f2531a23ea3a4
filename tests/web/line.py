"""One end of a socket, for tests: JSON objects in and out."""

from __future__ import annotations

import asyncio
import contextlib
import json
import uuid
from dataclasses import dataclass
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.exceptions import ConnectionClosed

PATIENCE = 30.0
"""Seconds after which a test gives up waiting."""


def aid() -> str:
    """A new answer's id, or a command's."""
    return str(uuid.uuid4())


@dataclass
class Line:
    """One end of a socket. Frames are JSON objects."""

    connection: ClientConnection

    async def send(self, message: dict[str, Any] | str | bytes) -> None:
        """Send one frame."""
        frame = json.dumps(message) if isinstance(message, dict) else message
        await self.connection.send(frame)

    async def receive(self) -> dict[str, Any]:
        """The next frame."""
        frame = await asyncio.wait_for(self.connection.recv(), PATIENCE)
        message: dict[str, Any] = json.loads(frame)
        return message

    async def next(self, t: str) -> dict[str, Any]:
        """The next frame of this type; others are passed over."""
        while (message := await self.receive())["t"] != t:
            pass
        return message

    async def code(self) -> int:
        """The close code, once the server has closed."""
        with contextlib.suppress(ConnectionClosed):
            while True:
                await asyncio.wait_for(self.connection.recv(), PATIENCE)
        code = self.connection.close_code
        assert code is not None
        return code

    async def bye(self) -> tuple[int, str]:
        """The close code and the words that came before it."""
        message = await self.next("bye")
        code = await self.code()
        assert code == message["code"]
        return code, message["why"]

    async def beat(self) -> int:
        """What the server says when it is asked whether it is there."""
        await self.send({"t": "beat", "rev": 0})
        rev: int = (await self.next("beat"))["rev"]
        return rev

    async def answer(
        self, question: int, body: dict[str, Any], *, base: int = 0, id: str = ""
    ) -> dict[str, Any]:
        """Offer an answer; what the server says to it."""
        sent = id or aid()
        await self.send(
            {"t": "answer", "aid": sent, "question": question, "base": base, "body": body}
        )
        while True:
            message = await self.receive()
            if message["t"] in ("accepted", "refused"):
                return message
