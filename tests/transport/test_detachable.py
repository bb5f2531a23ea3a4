"""Leaving ASGI, staying in it, and the private names that this takes."""

import ast
import asyncio
import inspect
import re
from importlib.metadata import version

import pytest
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from tests.transport.peer import connected
from tests.transport.stage import Stage, until
from turnout.transport import detachable
from turnout.transport.detachable import PRIVATE, DetachableProtocol

OURS = {"__dict__", "detach", "detached", "received", "server_state"}


def test_the_installed_uvicorn_is_the_one_that_was_looked_at() -> None:
    assert version("uvicorn").startswith("0.54.")


def test_every_private_name_is_named_and_is_there() -> None:
    tree = ast.parse(inspect.getsource(detachable))
    used = {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "self"
    }
    overridden = {name for name in vars(DetachableProtocol) if not name.startswith("__")}
    assert (used | overridden | {"run_asgi"}) - OURS == PRIVATE
    theirs = inspect.getsource(WebSocketsSansIOProtocol)
    for name in PRIVATE:
        assert re.search(rf"\bself\.{name}\b|\bdef {name}\b", theirs), name
    assert theirs.count("server_state.connections") == theirs.count("server_state.tasks") == 1


def test_what_uvicorn_does_when_the_endpoint_has_returned() -> None:
    last = inspect.getsource(WebSocketsSansIOProtocol.run_asgi).rstrip().splitlines()[-2:]
    assert [line.strip() for line in last] == [
        "if self.close_timer is None:",
        "self.transport.close()",
    ]


async def test_a_refusal_stays_a_refusal(stage: Stage) -> None:
    peer, head = await connected(stage.port, "/refused")
    assert head.startswith(b"HTTP/1.1 403 ")
    await peer.ended()
    peer.gone()


async def test_a_handshake_that_is_none(detached: Stage) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", detached.port)
    writer.write(b"GET / HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n")
    assert (await reader.readuntil(b"\r\n")).startswith(b"HTTP/1.1 400 ")
    writer.transport.abort()


async def test_an_endpoint_that_stays_in_asgi(detached: Stage) -> None:
    peer = await detached.peer("/stays")
    for text in ("one", "two", "x" * 20_000):
        peer.write(text)
        assert await peer.text() == text
    peer.write("a", "b", "c")
    assert [await peer.text() for _ in "abc"] == ["a", "b", "c"]


async def test_frames_that_come_before_the_session_wait_for_it(detached: Stage) -> None:
    peer = await detached.peer("/dawdles")
    peer.write("early", "bird")
    await peer.writer.drain()
    await until(lambda: len(detached.waiting) == 1)
    detached.waiting[0].set()
    assert [await peer.text() for _ in range(2)] == ["early", "bird"]


async def test_who_received_already_cannot_leave(
    detached: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    peer = await detached.peer("/changes-its-mind")
    peer.write("one")
    await peer.ended()
    assert "detach after accept, and before receive" in caplog.text
    assert detached.sessions == []


async def test_who_is_gone_by_then_gets_no_session(
    detached: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    peer = await detached.peer("/dawdles")
    await until(lambda: len(detached.waiting) == 1)
    (protocol,) = detached.server.server_state.connections
    protocol.transport.abort()
    await peer.ended()
    detached.waiting[0].set()
    await until(lambda: detached.at_rest)
    assert detached.sessions == []
    assert caplog.text == ""


async def test_nothing_of_asgi_is_left_behind(detached: Stage) -> None:
    peer = await detached.peer("/dawdles")
    await until(lambda: len(detached.waiting) == 1)
    (protocol,) = detached.server.server_state.connections
    assert isinstance(protocol, DetachableProtocol)
    detached.waiting[0].set()
    peer.write("hello")
    assert await peer.text() == "hello"
    await until(lambda: detached.at_rest)
    assert vars(protocol) == {}
    assert protocol not in detached.server.server_state.connections
