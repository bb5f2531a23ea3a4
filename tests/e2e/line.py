"""The network between a phone and the server, with the faults that networks have."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Literal

Mode = Literal["open", "silent", "no sockets"]
LONGEST = 64 * 1024
"""Bytes of a request's head, and of what is passed on at once."""
REFUSED = b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"


@dataclass
class Line:
    """`mode`: `open` passes everything on; `silent` takes connections and bytes and never answers,
    as a network does that lost its way; `no sockets` refuses what would become a websocket, as some
    firewalls do. What went silent stays so for ever."""

    inner: tuple[str, int]
    mode: Mode = "open"
    port: int = 0
    _lost: set[asyncio.Event] = field(default_factory=set)
    _connections: set[asyncio.Task[None]] = field(default_factory=set)

    def lose(self) -> None:
        """From now on everything is silent; nobody is told."""
        self.mode = "silent"
        for lost in self._lost:
            lost.set()

    def accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection of the phone's."""
        task = asyncio.create_task(self._serve(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def end(self) -> None:
        """End every connection."""
        tasks = list(self._connections)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        lost = asyncio.Event()
        self._lost.add(lost)
        if self.mode == "silent":
            lost.set()
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            if self.mode == "no sockets" and b"upgrade: websocket" in head.lower():
                writer.write(REFUSED)
            else:
                await self._pass_on(head, reader, writer, lost)
        except (asyncio.IncompleteReadError, ConnectionError):
            pass  # the phone hung up
        finally:
            self._lost.discard(lost)
            writer.close()

    async def _pass_on(
        self,
        head: bytes,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        lost: asyncio.Event,
    ) -> None:
        there, back = await asyncio.open_connection(*self.inner)
        if not lost.is_set():
            back.write(head)
        ways = [_pipe(reader, back, lost), _pipe(there, writer, lost)]
        tasks = [asyncio.create_task(way) for way in ways]
        try:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            back.close()


async def _pipe(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, lost: asyncio.Event
) -> None:
    while data := await reader.read(LONGEST):
        if not lost.is_set():
            writer.write(data)
            await writer.drain()
    if lost.is_set():
        await asyncio.Event().wait()  # nor is anybody told that the other end is gone


@contextlib.asynccontextmanager
async def line_to(address: str) -> AsyncIterator[Line]:
    """A line for the length of a block to the server at `http://HOST:PORT`."""
    host, _, port = address.partition("//")[2].rpartition(":")
    line = Line((host, int(port)))
    server = await asyncio.start_server(line.accept, "127.0.0.1", 0, limit=LONGEST)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        await line.end()
