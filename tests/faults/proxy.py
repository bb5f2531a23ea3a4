"""A bad network between clients and a server: a TCP proxy that delays, stalls, throttles, resets,
freezes, forgets to close, and cuts a connection at a chosen byte.

The same seed and the same bytes give the same faults. Must never look into what it carries.
"""

from __future__ import annotations

import asyncio
import random
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Literal

CHUNK = 16 * 1024
Way = Literal["up", "down"]
"""To the server, and from it."""
_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER of no seconds: what closes then sends RST."""


@dataclass(frozen=True, slots=True)
class Weather:
    """What befalls every chunk. `delay`, `jitter`: seconds, of which jitter is drawn. `loss`: how
    likely (0 to 1) a chunk is lost, which in TCP shows as a stall of `stall` seconds for it and all
    behind it. `bandwidth`: bytes a second each way; None: no limit. `cut`: a new connection is
    reset once so many bytes went that way."""

    delay: float = 0.0
    jitter: float = 0.0
    loss: float = 0.0
    stall: float = 0.2
    bandwidth: int | None = None
    cut: tuple[Way, int] | None = None


FAIR = Weather()


@dataclass(eq=False, slots=True)
class Pair:
    """One carried connection. `carried`: bytes that reached the other end, each way."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    cut: tuple[Way, int] | None
    flowing: asyncio.Event = field(default_factory=asyncio.Event)
    carried: dict[Way, int] = field(default_factory=lambda: {"up": 0, "down": 0})
    mute: bool = False

    def reset(self, *, client: bool = True, server: bool = True) -> None:
        """RST to both ends, or to one."""
        for writer, meant in ((self.client, client), (self.server, server)):
            if meant and not writer.is_closing():
                sock = writer.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET)
                writer.transport.abort()


class Proxy:
    """Made by `proxy`. `weather` may be changed at any time. `counts`: what was done, by name."""

    def __init__(self, upstream: tuple[str, int], seed: int) -> None:
        self.weather = FAIR
        self.counts = {"carried": 0, "reset": 0, "half_open": 0, "cut": 0, "stalled": 0}
        self._upstream = upstream
        self._chance = random.Random(f"proxy {seed}")
        self._server: asyncio.Server | None = None
        self._pairs: set[Pair] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._frozen = False

    @property
    def port(self) -> int:
        """Where clients connect, on the loopback."""
        assert self._server is not None
        port: int = self._server.sockets[0].getsockname()[1]
        return port

    @property
    def url(self) -> str:
        """The same as an address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def open(self) -> int:
        """How many connections it carries."""
        return len(self._pairs)

    def reset(self, share: float) -> int:
        """Reset about this share of the connections, 0 to 1; how many it were."""
        chosen = self._chosen(share)
        for pair in chosen:
            pair.reset()
        self.counts["reset"] += len(chosen)
        return len(chosen)

    def half_open(self, share: float) -> int:
        """The client's end is gone, and the server is not told: it may notice by silence alone."""
        chosen = self._chosen(share)
        for pair in chosen:
            pair.mute = True
            pair.reset(server=False)
        self.counts["half_open"] += len(chosen)
        return len(chosen)

    def freeze(self) -> None:
        """Nothing goes either way, and nobody is told; who connects waits."""
        self._frozen = True
        for pair in self._pairs:
            pair.flowing.clear()

    def thaw(self) -> None:
        """All that waited goes on, in order."""
        self._frozen = False
        for pair in self._pairs:
            pair.flowing.set()

    def _chosen(self, share: float) -> list[Pair]:
        alive = [pair for pair in self._pairs if not pair.mute]
        alive.sort(key=lambda pair: str(pair.client.get_extra_info("peername")))
        return [pair for pair in alive if self._chance.random() < share]

    async def start(self) -> None:
        """Listen."""
        self._server = await asyncio.start_server(self._accept, "127.0.0.1", 0, backlog=4096)

    async def close(self) -> None:
        """Reset everything."""
        assert self._server is not None
        self._server.close()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._server.wait_closed()

    # --- one connection ---------------------------------------------------------------------

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._carry(reader, writer)
        except asyncio.CancelledError:
            writer.transport.abort()  # only `close` cancels, and asyncio would log it
        finally:
            self._tasks.discard(task)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            theirs, up = await asyncio.open_connection(*self._upstream)
        except OSError:
            writer.transport.abort()
            return
        pair = Pair(writer, up, self.weather.cut)
        self._pairs.add(pair)
        self.counts["carried"] += 1
        if not self._frozen:
            pair.flowing.set()
        # Two dice, so that what one way draws does not depend on how the two interleave.
        dice = [random.Random(self._chance.random()) for _ in range(2)]
        pumps = (
            asyncio.create_task(self._pump(pair, "up", reader, up, dice[0])),
            asyncio.create_task(self._pump(pair, "down", theirs, writer, dice[1])),
        )
        try:
            await asyncio.gather(*pumps)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            self._pairs.discard(pair)
            for end in (writer, up):
                end.close()

    async def _pump(
        self,
        pair: Pair,
        way: Way,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        dice: random.Random,
    ) -> None:
        try:
            while chunk := await reader.read(CHUNK):
                await self._hold_back(len(chunk), dice)
                await pair.flowing.wait()
                if not await self._pass_on(pair, way, chunk, writer):
                    return
            if not pair.mute and writer.can_write_eof():
                writer.write_eof()
        except ConnectionError:
            pass  # the other end went first
        if pair.mute and way == "up":
            await asyncio.Event().wait()  # the server must not hear of it
        if reader.exception() is not None and not pair.mute:
            pair.reset()

    async def _hold_back(self, size: int, dice: random.Random) -> None:
        weather = self.weather
        wait = weather.delay + weather.jitter * dice.random()
        if weather.loss and dice.random() < weather.loss:
            wait += weather.stall
            self.counts["stalled"] += 1
        if weather.bandwidth is not None:
            wait += size / weather.bandwidth
        if wait:
            await asyncio.sleep(wait)

    async def _pass_on(
        self, pair: Pair, way: Way, chunk: bytes, writer: asyncio.StreamWriter
    ) -> bool:
        """False once the connection was cut."""
        if pair.mute:
            return True  # into the void
        if pair.cut is not None and pair.cut[0] == way:
            chunk = chunk[: max(0, pair.cut[1] - pair.carried[way])]
        writer.write(chunk)
        await writer.drain()
        pair.carried[way] += len(chunk)
        if pair.cut is not None and pair.cut[0] == way and pair.carried[way] >= pair.cut[1]:
            self.counts["cut"] += 1
            # What was let through must arrive: the end that sent it is reset, the other one closed.
            pair.reset(client=way == "up", server=way == "down")
            writer.close()
            return False
        return True


@asynccontextmanager
async def proxy(upstream: tuple[str, int], seed: int = 1) -> AsyncIterator[Proxy]:
    """A proxy for the length of a block."""
    made = Proxy(upstream, seed)
    await made.start()
    try:
        yield made
    finally:
        await made.close()
