"""The lean client against the sans-I/O server side of the same library."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve

from turnout.rehearsal import connection as under_test
from turnout.rehearsal.connection import ABNORMAL, NotConnected, connect
from turnout.wire import SUBPROTOCOL

Handler = Callable[[ServerConnection], Awaitable[None]]


@asynccontextmanager
async def server(handler: Handler, **options: Any) -> AsyncIterator[str]:
    options = {"subprotocols": [SUBPROTOCOL], "origins": ["http://here"], **options}
    async with serve(handler, "127.0.0.1", 0, **options) as running:
        yield f"ws://127.0.0.1:{running.sockets[0].getsockname()[1]}/ws/c/talk"


async def test_texts_go_both_ways_and_the_code_comes_back() -> None:
    heard: list[bytes] = []

    async def echo(websocket: ServerConnection) -> None:
        assert websocket.request is not None
        assert websocket.request.headers["Cookie"] == "a=b"
        await websocket.ping()
        await websocket.send("first")
        await websocket.send(["in ", "three ", "parts"])
        assert await websocket.recv() == "bye"
        await websocket.close(4411)

    async with server(echo) as url:
        connection = await connect(url, "http://here", heard.append, [("Cookie", "a=b")])
        before = connection.is_open
        connection.send(b"bye")
        assert await connection.closed == 4411
        assert (before, connection.is_open) == (True, False)
        connection.send(b"too late")
        connection.close()
    assert heard == [b"first", b"in three parts"]


async def test_it_can_say_goodbye() -> None:
    codes: list[int | None] = []

    async def wait(websocket: ServerConnection) -> None:
        await websocket.wait_closed()
        codes.append(websocket.close_code)

    async with server(wait) as url:
        connection = await connect(url, "http://here", lambda text: None)
        connection.close()
        assert await connection.closed == 1000
    assert codes == [1000]


async def test_a_lost_network_is_abnormal() -> None:
    async def drop(websocket: ServerConnection) -> None:
        await websocket.send("x")
        websocket.transport.abort()

    async with server(drop) as url:
        connection = await connect(url, "http://here", lambda text: None)
        assert await connection.closed == ABNORMAL


async def test_a_refused_handshake_is_told() -> None:
    async def never(websocket: ServerConnection) -> None:
        raise AssertionError("not reached")

    async with server(never) as url:
        with pytest.raises(NotConnected, match="HTTP 403"):
            await connect(url, "http://elsewhere", lambda text: None)


async def test_a_server_without_our_subprotocol_is_refused() -> None:
    async def wait(websocket: ServerConnection) -> None:
        await websocket.wait_closed()

    async with server(wait, subprotocols=None) as url:
        with pytest.raises(NotConnected, match="no subprotocol of ours"):
            await connect(url, "http://here", lambda text: None)


async def test_nobody_there_is_told() -> None:
    with pytest.raises(NotConnected):
        await connect("ws://127.0.0.1:9/ws/c/talk", "http://here", lambda text: None)


async def test_a_server_that_hangs_or_hangs_up_is_given_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(under_test, "ATTEMPT_TIMEOUT", 0.1)
    hang_up = False

    async def accept(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        if not hang_up:
            await reader.read()
        writer.close()

    async with await asyncio.start_server(accept, "127.0.0.1", 0) as raw:
        url = f"ws://127.0.0.1:{raw.sockets[0].getsockname()[1]}/"
        with pytest.raises(NotConnected, match="no answer in time"):
            await connect(url, "http://here", lambda text: None)
        hang_up = True
        with pytest.raises(NotConnected):
            await connect(url, "http://here", lambda text: None)
