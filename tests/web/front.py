"""A reverse proxy as an operator puts it before the server, which serves one path of its host and
knows nothing of the rest: whatever a page asks for outside that path is not found."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

LONGEST = 64 * 1024
"""Bytes of a request's head."""


@dataclass
class Front:
    """Where it stands before the server. `base`: the path that is the server's; `cut`: whether it
    is taken off on the way. `lost`: what was asked for outside of it."""

    base: str
    cut: bool
    listener: socket.socket
    inner: tuple[str, int] = ("", 0)
    lost: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """The server as people type it; a host for which browsers make keys without TLS."""
        return f"http://localhost:{self.listener.getsockname()[1]}{self.base}"

    def lead_to(self, address: str) -> None:
        """The server behind, such as `http://127.0.0.1:8000`."""
        host, _, port = address.partition("//")[2].rpartition(":")
        self.inner = (host, int(port))

    def _rewritten(self, head: bytes) -> bytes | None:
        """The request's head for the server; None if it is not the server's."""
        first, *lines = head.decode("latin-1").split("\r\n")
        method, target, version = first.split(" ")
        if not target.startswith(f"{self.base}/"):
            self.lost.append(target)
            return None
        inner = target.removeprefix(self.base) if self.cut else target
        fields = [line for line in lines if line and not line.lower().startswith("host:")]
        upgrades = any(line.lower().startswith("upgrade:") for line in fields)
        if not upgrades:  # one request a connection
            fields = [line for line in fields if not line.lower().startswith("connection:")]
            fields.append("Connection: close")
        fields.append("Host: inner.local:8000")
        return "\r\n".join([f"{method} {inner} {version}", *fields, "", ""]).encode("latin-1")

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of somebody outside."""
        with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
            head = self._rewritten(await reader.readuntil(b"\r\n\r\n"))
            if head is None:
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
            else:
                there, back = await asyncio.open_connection(*self.inner)
                back.write(head)
                sending = asyncio.create_task(_pipe(reader, back))
                try:
                    await _pipe(there, writer)
                finally:
                    sending.cancel()
                    await asyncio.gather(sending, return_exceptions=True)
                    back.close()
        writer.close()


async def _pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while data := await reader.read(LONGEST):
            writer.write(data)
            await writer.drain()


@contextlib.asynccontextmanager
async def front(base: str, *, cut: bool) -> AsyncIterator[Front]:
    """A proxy for the length of a block; it has an address before there is a server behind it."""
    with socket.create_server(("127.0.0.1", 0), backlog=128) as listener:
        standing = Front(base, cut, listener)
        server = await asyncio.start_server(standing.serve, sock=listener, limit=LONGEST)
        try:
            yield standing
        finally:
            server.close()
