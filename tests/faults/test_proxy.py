"""The bad network does what it says, and nothing else."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from tests.faults.proxy import FAIR, Proxy, Weather, proxy

PATIENCE = 10.0


@dataclass
class Echo:
    """A server that gives back what it gets. `got`: of each connection, in order; `ended`: how."""

    port: int = 0
    got: list[bytearray] = field(default_factory=list)
    ended: list[str] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection."""
        got = bytearray()
        self.got.append(got)
        try:
            while data := await reader.read(65_536):
                got += data
                writer.write(data)
                await writer.drain()
            self.ended.append("eof")
        except ConnectionError:
            self.ended.append("reset")
        finally:
            writer.transport.abort()


@pytest.fixture
async def echo() -> AsyncIterator[Echo]:
    made = Echo()
    server = await asyncio.start_server(made.serve, "127.0.0.1", 0)
    made.port = server.sockets[0].getsockname()[1]
    async with server:
        yield made


@pytest.fixture
async def between(echo: Echo) -> AsyncIterator[Proxy]:
    async with proxy(("127.0.0.1", echo.port), seed=7) as made:
        yield made


async def opened(between: Proxy) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """A connection that has carried something both ways."""
    reader, writer = await asyncio.open_connection("127.0.0.1", between.port)
    writer.write(b"hello")
    assert await reader.readexactly(5) == b"hello"
    return reader, writer


async def until(holds: object) -> None:
    """Wait until this callable says yes."""
    assert callable(holds)
    async with asyncio.timeout(PATIENCE):
        while not holds():
            await asyncio.sleep(0.005)


async def test_in_fair_weather_every_byte_arrives_and_so_does_the_end(
    between: Proxy, echo: Echo
) -> None:
    reader, writer = await opened(between)
    data = bytes(range(256)) * 2_000
    writer.write(data)
    assert await reader.readexactly(len(data)) == data
    writer.write_eof()
    await until(lambda: echo.ended == ["eof"])
    assert bytes(echo.got[0]) == b"hello" + data
    writer.close()
    await until(lambda: between.open == 0)


async def test_bad_weather_keeps_the_order(between: Proxy) -> None:
    between.weather = Weather(delay=0.001, jitter=0.004, loss=0.3, stall=0.02)
    reader, writer = await opened(between)
    data = b"".join(number.to_bytes(4, "big") for number in range(40_000))
    writer.write(data)
    assert await reader.readexactly(len(data)) == data
    assert between.counts["stalled"] > 0
    writer.transport.abort()


async def test_delay_and_bandwidth_take_time(between: Proxy) -> None:
    reader, writer = await opened(between)
    between.weather = Weather(delay=0.05, bandwidth=100_000)
    begun = time.monotonic()
    writer.write(bytes(10_000))
    await reader.readexactly(10_000)
    assert time.monotonic() - begun >= 2 * (0.05 + 10_000 / 100_000) - 0.01
    writer.transport.abort()


async def test_a_reset_reaches_both_ends(between: Proxy, echo: Echo) -> None:
    reader, _ = await opened(between)
    assert between.reset(1.0) == 1
    with pytest.raises(ConnectionResetError):
        await reader.read(1)
    await until(lambda: echo.ended == ["reset"])
    await until(lambda: between.open == 0)


async def test_half_open_the_server_is_not_told(between: Proxy, echo: Echo) -> None:
    reader, _ = await opened(between)
    other_reader, other = await opened(between)
    between.half_open(1.0)
    for gone in (reader, other_reader):
        with pytest.raises(ConnectionResetError):
            await gone.read(1)
    other.transport.abort()
    await asyncio.sleep(0.05)
    assert echo.ended == []
    assert between.open == 2
    assert between.reset(1.0) == 0  # who is gone is not reset


async def test_frozen_nothing_moves_and_thawed_all_of_it_does(between: Proxy, echo: Echo) -> None:
    reader, writer = await opened(between)
    between.freeze()
    writer.write(b"later")
    _, newcomer = await asyncio.open_connection("127.0.0.1", between.port)
    newcomer.write(b"me too")
    await asyncio.sleep(0.05)
    assert bytes(echo.got[0]) == b"hello"
    between.thaw()
    assert await reader.readexactly(5) == b"later"
    await until(lambda: [bytes(got) for got in echo.got] == [b"hellolater", b"me too"])
    for end in (writer, newcomer):
        end.transport.abort()


@pytest.mark.parametrize("size", [1, 7, 20_000])
async def test_it_is_cut_at_the_byte(between: Proxy, echo: Echo, size: int) -> None:
    between.weather = Weather(cut=("up", size))
    _, writer = await asyncio.open_connection("127.0.0.1", between.port)
    writer.write(bytes(30_000))
    await until(lambda: between.counts["cut"] == 1 and between.open == 0)
    await until(lambda: len(echo.ended) == 1)
    assert len(echo.got[0]) == size
    writer.transport.abort()


async def test_it_is_cut_on_the_way_back(between: Proxy) -> None:
    between.weather = Weather(cut=("down", 3))
    reader, writer = await asyncio.open_connection("127.0.0.1", between.port)
    writer.write(b"hello")
    assert await reader.readexactly(3) == b"hel"
    assert await reader.read(1) == b""
    writer.transport.abort()


async def test_the_same_seed_chooses_the_same(echo: Echo) -> None:
    drawn = []
    for _ in range(2):
        async with proxy(("127.0.0.1", echo.port), seed=3) as made:
            made.weather = FAIR
            ends = [await opened(made) for _ in range(12)]
            drawn.append(made.reset(0.5))
            for _, writer in ends:
                writer.transport.abort()
    assert drawn[0] == drawn[1]
    assert 0 < drawn[0] < 12


async def test_a_server_that_is_not_there_resets_who_comes() -> None:
    async with proxy(("127.0.0.1", 9)) as made:
        reader, writer = await asyncio.open_connection("127.0.0.1", made.port)
        assert await reader.read() == b""
        writer.transport.abort()
