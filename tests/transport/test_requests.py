"""Requests that come slowly, without end, or whose answers nobody reads; on both transports."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import inspect
import re
from collections.abc import AsyncIterator
from typing import Any

import pytest
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from tests.transport.conftest import SHORT
from tests.transport.peer import PATIENCE, REQUEST, Peer
from tests.transport.stage import LARGE, Stage, staged, until
from turnout.app import config
from turnout.transport import RequestBounds, RequestProtocol, Transport
from turnout.transport import requests as module
from turnout.transport.bounds import REQUESTS
from turnout.transport.frames import PING, TEXT
from turnout.transport.requests import PRIVATE

GET = b"GET /nothing HTTP/1.1\r\nHost: x\r\n\r\n"
HANDSHAKE = REQUEST.format(path="/").encode()


class Hasty(RequestProtocol):
    """The real rules, in quick time."""

    bounds = RequestBounds(head_within=0.5, body_within=1.0, read_within=0.5)


@pytest.fixture
async def hasty(transport: Transport) -> AsyncIterator[Stage]:
    """A server on either transport that does not wait long."""
    async with staged(transport, SHORT, requests=Hasty) as stage:
        yield stage


class Patient(RequestProtocol):
    """The real rules, in less quick time."""

    bounds = RequestBounds(head_within=3.0, body_within=3.0, read_within=3.0)


@pytest.fixture
async def patient(transport: Transport) -> AsyncIterator[Stage]:
    """A server on either transport that waits a little."""
    async with staged(transport, SHORT, requests=Patient) as stage:
        yield stage


async def opened(stage: Stage, *pieces: bytes) -> Peer:
    """A connection on which this was sent."""
    reader, writer = await asyncio.open_connection("127.0.0.1", stage.port, limit=2**24)
    peer = Peer(reader, writer)
    stage.peers.append(peer)
    peer.writer.write(b"".join(pieces))
    return peer


async def rest(peer: Peer) -> bytes:
    """Everything that the server sends until it ends the connection."""
    said = b""
    async with asyncio.timeout(PATIENCE):
        with contextlib.suppress(ConnectionResetError):
            while data := await peer.reader.read(65_536):
                said += data
    return said


async def drip(peer: Peer, data: bytes) -> None:
    """Send a byte at a time, for ever."""
    with contextlib.suppress(ConnectionError):
        while not peer.writer.is_closing():
            for at in range(len(data)):
                peer.writer.write(data[at : at + 1])
                await asyncio.sleep(0.02)


@pytest.mark.parametrize(
    "begun",
    [
        b"G",
        b"GET /nothing HTTP/1.1\r\nHost: x\r\n",
        b"POST /body HTTP/1.1\r\n",
        HANDSHAKE[:-2],
        b"\r\n",
        GET + b"GET /",
    ],
)
async def test_a_head_that_does_not_end_ends_the_connection(hasty: Stage, begun: bytes) -> None:
    said = await rest(await opened(hasty, begun))
    assert said.count(b"HTTP/1.1 408 ") == 1
    assert said.count(b"HTTP/1.1 404 ") == begun.count(GET)


async def test_who_says_nothing_is_let_go_without_a_word(hasty: Stage) -> None:
    assert await rest(await opened(hasty)) == b""


@pytest.mark.parametrize(
    ("begun", "drops"),
    [
        (b"GET /nothing HTTP/1.1\r\n", b"X-Slow: loris\r\n"),
        (HANDSHAKE[:-2], b"X-Slow: loris\r\n"),
        (b"", b"\r\n"),
        (GET, b"\r\n"),
        (b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 9000\r\n\r\n", b"x"),
        (b"POST /nothing HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
        (b"POST /body HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"A: b\r\n"),
    ],
)
async def test_nobody_keeps_a_connection_by_a_byte_now_and_then(
    hasty: Stage, begun: bytes, drops: bytes
) -> None:
    peer = await opened(hasty, begun)
    dripping = asyncio.create_task(drip(peer, drops))
    await rest(peer)
    dripping.cancel()
    await until(lambda: not hasty.server.server_state.connections)


async def test_a_body_that_comes_in_time_is_taken(patient: Stage) -> None:
    head = b"POST /body HTTP/1.1\r\nHost: x\r\nContent-Length: 20\r\n\r\n"
    peer = await opened(patient)
    for _ in range(3):  # together they take longer than one may
        peer.writer.write(head)
        for _ in range(4):
            await asyncio.sleep(0.3)
            peer.writer.write(b"12345")
        answer = await peer.reader.readuntil(b"\r\n\r\n20")
        assert answer.startswith(b"HTTP/1.1 200 ")


async def test_a_socket_outlives_the_deadlines_of_requests(hasty: Stage) -> None:
    peer, _ = await hasty.pair()
    await asyncio.sleep(Hasty.bounds.head_within + Hasty.bounds.body_within)
    peer.write("here")
    while (frame := await peer.frame())[0] == PING:
        pass
    assert frame == (TEXT, b"here")


ENDLESS = 64 * 1024 * 1024
"""Bytes that nobody would send who is not up to something."""


async def pour(peer: Peer, data: bytes) -> int:
    """Send this again and again until the server has enough; how many bytes it let come."""
    sent = 0
    with contextlib.suppress(ConnectionError):
        while sent < ENDLESS:
            peer.writer.write(data)
            await peer.writer.drain()
            sent += len(data)
    await peer.ended()
    return sent


@pytest.mark.parametrize("line", [b"X: " + b"y" * 8_000 + b"\r\n", b"X: y\r\n", b"y" * 9])
async def test_a_head_without_end_is_refused_long_before_the_clock(
    detached: Stage, line: bytes
) -> None:
    peer = await opened(detached, b"GET /nothing HTTP/1.1\r\nX: y" + b"\r\n" * (line[:1] == b"X"))
    assert await pour(peer, line * (65_536 // len(line))) < ENDLESS


@pytest.mark.parametrize(
    "begun",
    [
        b"POST /nothing HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n",
        b"POST /nothing HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5f5e0ff\r\n",
    ],
    ids=["length", "chunk"],
)
async def test_a_request_is_not_read_without_end(transport: Transport, begun: bytes) -> None:
    class Short(RequestProtocol):
        bounds = RequestBounds(whole=1024 * 1024)

    async with staged(transport, SHORT, requests=Short) as stage:
        assert await pour(await opened(stage, begun), b"x" * 65_536) < ENDLESS


async def test_requests_that_wait_for_none_before_them_are_few(hasty: Stage) -> None:
    peer = await opened(hasty, GET * 10)
    for _ in range(10):
        assert (await peer.reader.readuntil(b"\r\n\r\nNot Found")).startswith(b"HTTP/1.1 404 ")
    said = await rest(await opened(hasty, GET * 5_000))
    assert said.count(b"HTTP/1.1 404 ") <= REQUESTS.pipelined + 1
    assert said.count(b"HTTP/1.1 400 ") == 1


@pytest.mark.parametrize(
    "more",
    [
        b"".join(b"X-%d: y\r\n" % number for number in range(200)),
        b"X-Long: " + b"y" * 20_000 + b"\r\n",
        b"X-Odd: \xff\xfe\r\n",
        b"Content-Length: 5\r\n",
        b"Transfer-Encoding: chunked\r\n",
    ],
    ids=["many", "long", "odd", "body", "chunked"],
)
async def test_what_is_no_handshake_to_the_second_parser_is_answered(
    hasty: Stage, more: bytes
) -> None:
    peer = await opened(hasty, HANDSHAKE[:-2], more, b"\r\n")
    head = await peer.reader.readuntil(b"\r\n")
    assert re.match(rb"HTTP/1.1 (101|400|431) ", head), head
    peer.gone()
    await until(lambda: hasty.at_rest)


async def test_who_does_not_read_the_answer_is_let_go(hasty: Stage) -> None:
    peer = await opened(hasty, b"GET /large HTTP/1.1\r\nHost: x\r\n\r\n")
    await peer.reader.readuntil(b"\r\n\r\n")
    peer.stop_reading()
    await until(lambda: not hasty.server.server_state.connections)


async def test_who_reads_slowly_gets_the_whole_answer(hasty: Stage) -> None:
    peer = await opened(hasty, b"GET /large HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    await peer.reader.readuntil(b"\r\n\r\n")
    left = LARGE
    while left:
        left -= len(await peer.reader.readexactly(min(left, 4 * 1024 * 1024)))
        await asyncio.sleep(Hasty.bounds.read_within / 3)


def test_the_server_waits_ten_seconds_for_a_head() -> None:
    async def nothing(*_: Any) -> None:
        """No application."""

    for transport in ("detached", "asgi"):
        assert config(nothing, transport).http is RequestProtocol
    assert RequestProtocol.bounds.head_within == 10


def test_every_private_name_is_named_and_is_there() -> None:
    tree = ast.parse(inspect.getsource(module))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
        and not node.attr.startswith("_")
    }
    overridden = {name for name in vars(RequestProtocol) if not name.startswith("_")}
    assert (used | overridden) - {"bounds"} == PRIVATE
    theirs = inspect.getsource(HttpToolsProtocol)
    for name in PRIVATE:
        assert re.search(rf"\bself\.{name}\b|\bdef {name}\b", theirs), name
