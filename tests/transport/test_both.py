"""What every transport owes its sessions and its peers."""

import asyncio
import struct

import pytest
from structlog.testing import capture_logs

from tests.transport.conftest import SHORT
from tests.transport.peer import CONT, masked
from tests.transport.stage import LIMIT, Stage, staged, until
from turnout.transport import Transport
from turnout.transport.frames import BINARY, CLOSE, PING, PONG


async def test_text_and_binary_come_as_they_are_meant(stage: Stage) -> None:
    peer, echo = await stage.pair()
    for text in ("", "a", "x" * 125, "y" * 126, "z" * LIMIT, "\N{SNOWMAN}"):
        peer.write(text)
        assert await peer.text() == text
    peer.write(masked(b"\x00\xff", BINARY))
    assert await peer.text() == "2 bytes"
    assert echo.received[-1] == b"\x00\xff"


@pytest.mark.parametrize("size", [1, 2, 3, 5, 7, 11])
async def test_input_in_pieces_of_any_size_is_the_same_input(stage: Stage, size: int) -> None:
    peer, _ = await stage.pair()
    whole = masked("one") + masked("t" * 130) + masked("th", fin=False) + masked("ree", CONT)
    for at in range(0, len(whole), size):
        peer.write(whole[at : at + size])
        await peer.writer.drain()
        if at % 50 == 0:
            await asyncio.sleep(0.001)
    assert [await peer.text() for _ in range(3)] == ["one", "t" * 130, "three"]


async def test_many_messages_in_one_packet_are_answered_in_order(stage: Stage) -> None:
    peer, _ = await stage.pair()
    sent = [f"number {n}" for n in range(10)]
    peer.write(*sent)
    assert [await peer.text() for _ in sent] == sent


async def test_control_frames_between_fragments(stage: Stage) -> None:
    peer, _ = await stage.pair()
    peer.write(
        masked("snow", fin=False),
        masked(b"are you there", PING),
        masked("\N{SNOWMAN}".encode()[:1], CONT, fin=False),
        masked(b"unasked", PONG),
        masked("\N{SNOWMAN}".encode()[1:], CONT),
    )
    assert await peer.frame() == (PONG, b"are you there")
    assert await peer.text() == "snow\N{SNOWMAN}"


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (masked(b"\xff\xfe"), 1007),
        (masked(b"\xed\xa0\x80"), 1007),
        (masked(b"ab\xc3", fin=False) + masked(b"\xc3", CONT), 1007),
        (masked("in the clear", mask=None), 1002),
        (masked("reserved", reserved=4), 1002),
        (masked("no such opcode", 0x3), 1002),
        (masked("what does this continue?", CONT), 1002),
        (masked("one", fin=False) + masked("another", fin=False), 1002),
        (masked(b"p" * 126, PING), 1002),
        (masked(b"p", PING, fin=False), 1002),
        (masked(b"x" * (LIMIT + 1)), 1009),
        (masked(b"x", says=1 << 40), 1009),
        (masked("x" * LIMIT, fin=False) + masked("y", CONT), 1009),
        (masked(b"\x03", CLOSE), 1002),
    ],
    ids=[
        "utf-8", "surrogate", "utf-8 in fragments", "unmasked", "reserved bits", "opcode",
        "stray continuation", "message within a message", "long ping", "ping in fragments",
        "too large", "far too large", "too large in fragments", "short close",
    ],
)  # fmt: skip
async def test_what_no_client_may_send_ends_the_socket_with_a_code(
    stage: Stage, wrong: bytes, code: int
) -> None:
    peer, echo = await stage.pair()
    peer.write(wrong)
    assert await peer.code() == code
    peer.write(masked("after the end"), masked(struct.pack("!H", code), CLOSE))
    await peer.ended()
    await until(lambda: "end" in echo.happened)
    assert "after the end" not in echo.received


async def test_a_code_is_delivered_behind_what_was_sent(stage: Stage) -> None:
    peer, echo = await stage.pair()
    echo.connection.send(b"first")
    echo.connection.close(4410)
    echo.connection.close(4400)
    echo.connection.send(b"too late")
    assert await peer.text() == "first"
    assert await peer.frame() == (CLOSE, struct.pack("!H", 4410))
    peer.write(masked(struct.pack("!H", 4410), CLOSE))
    await peer.ended()
    await until(lambda: echo.happened[-1:] == ["end"])
    await until(lambda: stage.at_rest)
    assert echo.happened.count("end") == 1


async def test_a_goodbye_is_answered_and_told(stage: Stage) -> None:
    peer, echo = await stage.pair()
    peer.write("first", masked(struct.pack("!H", 1001), CLOSE))
    assert await peer.code() == 1001
    await peer.ended()
    await until(lambda: echo.happened == ["left", "end"])
    assert echo.received == ["first"]


async def test_a_lost_peer_said_no_goodbye(stage: Stage) -> None:
    peer, echo = await stage.pair()
    peer.gone()
    await until(lambda: echo.happened == ["end"])
    echo.connection.send(b"to nobody")
    echo.connection.close(4400)
    await until(lambda: stage.at_rest)


async def test_a_peer_that_only_stops_sending_is_let_go(stage: Stage) -> None:
    peer, echo = await stage.pair()
    peer.writer.write_eof()
    await peer.ended()
    await until(lambda: echo.happened == ["end"])


async def test_a_store_that_is_away_ends_the_socket(stage: Stage) -> None:
    peer, _ = await stage.pair()
    peer.write("away")
    assert await peer.code() == 4503


async def test_an_error_ends_its_own_socket_only(
    stage: Stage, transport: Transport, caplog: pytest.LogCaptureFixture
) -> None:
    peer, echo = await stage.pair()
    other, _ = await stage.pair()
    with capture_logs() as logs:
        peer.write("boom", "never looked at")
        if transport == "detached":
            assert await peer.code() == 1011
        await peer.ended()
        await until(lambda: echo.happened[-1:] == ["end"])
    assert bool(logs) or "LookupError" in caplog.text
    assert echo.received == ["boom"]
    other.write("still here")
    assert await other.text() == "still here"


async def test_a_slow_reader_is_bounded_and_nobody_waits_for_it(stage: Stage) -> None:
    slow, echo = await stage.pair()
    quick, _ = await stage.pair()
    slow.stop_reading()
    for _ in range(3):
        for _ in range(500):
            echo.connection.send(b"x" * 20_000)
            await asyncio.sleep(0)
        quick.write("meanwhile")
        assert await quick.text() == "meanwhile"
    slow.read_on()
    assert await slow.code() == 4008


async def test_one_large_frame_is_no_pile(stage: Stage) -> None:
    peer, echo = await stage.pair()
    large = b"x" * 400_000
    echo.connection.send(large)
    echo.connection.send(b"small")
    assert len(await peer.text()) == len(large)
    assert await peer.text() == "small"


async def test_many_sockets_at_once_and_nothing_is_left(stage: Stage) -> None:
    before = asyncio.all_tasks()
    pairs = await asyncio.gather(*(stage.peer() for _ in range(200)))
    await until(lambda: len(stage.sessions) == 200)
    for peer in pairs:
        peer.write("hello")
    assert {await peer.text() for peer in pairs} == {"hello"}
    for peer in pairs:
        peer.gone()
    await until(lambda: stage.at_rest and not stage.server.server_state.connections)
    await until(lambda: asyncio.all_tasks() <= before)


async def test_a_server_that_stops_says_so(transport: Transport) -> None:
    async with staged(transport, SHORT) as stage:
        peer, echo = await stage.pair()
        stage.server.should_exit = True
        assert await peer.code() == (4000 if transport == "detached" else 1012)
        await peer.ended()
        await until(lambda: echo.happened[-1:] == ["end"])
