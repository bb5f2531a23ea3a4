"""Before a close of ours stands `bye`, in words for people, with the code of the close."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.transport.conftest import QUICK, SHORT
from tests.transport.peer import Peer, masked
from tests.transport.stage import LIMIT, Echo, Stage, staged, until
from turnout.services.connections import WORDS
from turnout.transport import Bounds, Transport
from turnout.transport.frames import CLOSE, TEXT


async def goodbye(peer: Peer) -> tuple[Any, int]:
    """The last text before the close frame as JSON (None if there was none), and its code."""
    last: Any = None
    while True:
        opcode, payload = await peer.frame()
        if opcode == CLOSE:
            return last, int.from_bytes(payload[:2])
        if opcode == TEXT:
            last = json.loads(payload) if payload.startswith(b"{") else payload


def is_said(last: Any, code: int) -> bool:
    return bool(last == {"t": "bye", "code": code, "why": WORDS[code]})


@pytest.mark.parametrize(
    ("frame", "code"), [(masked("away"), 4503), (masked(b"x" * (LIMIT + 1)), 1009)]
)
async def test_on_either_transport(stage: Stage, frame: bytes, code: int) -> None:
    peer, _ = await stage.pair()
    peer.write(frame)
    last, told = await goodbye(peer)
    assert (told, is_said(last, code)) == (code, True)


async def test_a_slow_reader_who_reads_again_learns_why(stage: Stage) -> None:
    peer, echo = await stage.pair()
    peer.stop_reading()
    for _ in range(500):
        echo.connection.send(b"x" * 20_000)
    peer.read_on()
    last, told = await goodbye(peer)
    assert (told, is_said(last, 4008)) == (4008, True)


async def test_an_error_of_ours(detached: Stage) -> None:
    peer, _ = await detached.pair()
    peer.write("boom")
    last, told = await goodbye(peer)
    assert (told, is_said(last, 1011)) == (1011, True)


@pytest.mark.parametrize("frames", [5_000, 150])
async def test_who_sends_too_fast(detached: Stage, frames: int) -> None:
    peer, _ = await detached.pair()
    peer.write(masked("x") * frames)
    last, told = await goodbye(peer)
    assert (told, is_said(last, 4013)) == (4013, True)


async def test_whose_frames_pile_up() -> None:
    async with staged("detached", Bounds(waiting=3)) as stage:
        peer, echo = await stage.pair()
        peer.write("wait")
        await until(lambda: echo.received == ["wait"])
        peer.write("a", "b", "c", "d", "e")
        last, told = await goodbye(peer)
        assert (told, is_said(last, 4013)) == (4013, True)
        echo.free.set()


async def test_who_fell_silent() -> None:
    async with staged("detached", QUICK) as stage:
        peer, _ = await stage.pair()
        last, told = await goodbye(peer)
        assert (told, is_said(last, 4009)) == (4009, True)


async def test_a_server_that_stops() -> None:
    async with staged("detached", SHORT) as stage:
        peer, _ = await stage.pair()
        stage.server.should_exit = True
        last, told = await goodbye(peer)
        assert (told, is_said(last, 4000)) == (4000, True)


async def test_a_server_that_stops_once_its_peers_had_time_to_go_elsewhere() -> None:
    class Drained(Echo):
        def drain(self) -> float:
            return 0.01

    async with staged("detached", SHORT) as stage:
        stage.session = Drained
        peer, _ = await stage.pair()
        stage.server.should_exit = True
        last, told = await goodbye(peer)
        assert (told, is_said(last, 4000)) == (4000, True)


@pytest.mark.parametrize(
    ("wrong", "code"), [(masked(b"\xff\xfe"), 1007), (masked("in the clear", mask=None), 1002)]
)
async def test_who_breaks_the_rules_of_websockets_is_told_by_the_code_alone(
    stage: Stage, transport: Transport, wrong: bytes, code: int
) -> None:
    peer, _ = await stage.pair()
    peer.write(wrong)
    assert await goodbye(peer) == (None, code)


async def test_a_goodbye_of_theirs_is_answered_without_words(detached: Stage) -> None:
    peer, _ = await detached.pair()
    peer.write(masked(b"\x0f\xa8", CLOSE))  # 4008, as if it were ours
    assert await goodbye(peer) == (None, 4008)
