"""What only a detached socket does: holding back, pushing back, pinging, draining."""

import asyncio

import pytest
from structlog.testing import capture_logs

from tests.transport.conftest import QUICK
from tests.transport.peer import MASK, Peer, masked
from tests.transport.stage import Echo, Stage, staged, until
from turnout.services.connections import Connection
from turnout.transport import Bounds, Session
from turnout.transport.frames import CLOSE, PING, PONG
from turnout.transport.wire import Wire

STILL = 3_600.0
"""Seconds of a tick that never comes."""


def wire_of(echo: Echo) -> Wire:
    assert isinstance(echo.connection, Wire)
    return echo.connection


def is_reading(wire: Wire) -> bool:
    return wire._transport.is_reading()


async def stuck(stage: Stage, size: int = 8_000_000) -> tuple[Peer, Echo]:
    """A peer that does not read, and has so much to read that the kernel is full."""
    peer, echo = await stage.pair()
    peer.stop_reading()
    echo.connection.send(b"x" * size)
    return peer, echo


# --- in ---------------------------------------------------------------------------------------


async def test_beyond_the_steady_pace_a_socket_is_not_read_until_the_next_tick() -> None:
    async with staged("detached", Bounds(tick=STILL, steady=3)) as stage:
        peer, echo = await stage.pair()
        peer.write("a", "b", "c")
        assert [await peer.text() for _ in "abc"] == ["a", "b", "c"]
        assert is_reading(wire_of(echo))
        peer.write("d", "e")
        assert [await peer.text() for _ in "de"] == ["d", "e"]
        assert not is_reading(wire_of(echo))
        wire_of(echo).breathe()
        assert is_reading(wire_of(echo))
        peer.write("f")
        assert await peer.text() == "f"


async def test_a_busy_client_loses_nothing(quick: Stage) -> None:
    peer, _ = await quick.pair()
    sent = [str(f"n{n}") for n in range(60)]
    for text in sent:
        peer.write(text)
        await peer.writer.drain()
    answers: list[str] = []
    while len(answers) < len(sent):
        opcode, payload = await peer.frame()
        if opcode != PING:
            answers.append(payload.decode())
    assert answers == sent


@pytest.mark.parametrize("frame", [masked("x"), masked(b"", PING), masked(b"", PONG)])
async def test_a_flood_ends_the_socket_and_is_looked_at_no_further(
    detached: Stage, frame: bytes
) -> None:
    peer, echo = await detached.pair()
    peer.write(frame * 5_000)
    assert await peer.code() == 4013
    peer.write(frame * 5_000)
    await peer.ended()
    await until(lambda: echo.happened == ["end"])
    assert len(echo.received) <= 100


async def test_a_flood_on_a_socket_that_is_closing_is_not_looked_at(detached: Stage) -> None:
    peer, echo = await detached.pair()
    echo.connection.close(4400)
    peer.write(masked("x") * 101 + masked(b"\x0f\xa0", CLOSE))
    assert await peer.code() == 4400
    await peer.ended()
    await until(lambda: echo.happened == ["end"])
    assert echo.received == []


async def test_a_broken_frame_on_a_socket_that_is_closing_ends_it(detached: Stage) -> None:
    peer, echo = await detached.pair()
    echo.connection.close(4400)
    peer.write(masked("in the clear", mask=None))
    assert await peer.code() == 4400
    await peer.ended()
    await until(lambda: echo.happened == ["end"])


async def test_too_many_messages_that_wait_end_the_socket() -> None:
    async with staged("detached", Bounds(waiting=3, linger=0.2)) as stage:
        peer, echo = await stage.pair()
        peer.write("wait")
        await until(lambda: echo.received == ["wait"])
        peer.write("1", "2", "3", "4")
        assert await peer.code() == 4013
        echo.free.set()
        await until(lambda: echo.happened == ["end"])
        assert echo.received == ["wait"]


async def test_what_waits_is_dropped_by_our_own_close(detached: Stage) -> None:
    peer, echo = await detached.pair()
    peer.write("4400", "never looked at")
    assert await peer.code() == 4400
    peer.write("nor this", masked(b"\x11\x30", CLOSE))
    await peer.ended()
    await until(lambda: echo.happened[-1:] == ["end"])
    assert echo.received == ["4400"]


async def test_what_came_before_the_end_still_has_its_turn(detached: Stage) -> None:
    peer, echo = await detached.pair()
    peer.write("wait")
    await until(lambda: echo.received == ["wait"])
    peer.write("an answer")
    await peer.writer.drain()
    peer.writer.close()
    await until(lambda: not detached.server.server_state.connections)
    assert echo.happened == []
    echo.free.set()
    await until(lambda: echo.happened == ["end"])
    assert echo.received == ["wait", "an answer"]


async def test_the_masks_of_every_place_are_undone(detached: Stage) -> None:
    peer, _ = await detached.pair()
    for mask in (b"\0\0\0\0", b"\xff\xff\xff\xff", MASK[::-1]):
        for text in ("abcde", "x" * 300, "y" * 20_000):
            peer.write(masked(text, mask=mask))
            assert await peer.text() == text


# --- out --------------------------------------------------------------------------------------


class Fresh(Echo):
    """Has a state to send. `states`: how many, and how many frames each."""

    def __init__(self, connection: Connection, frames: int = 1) -> None:
        super().__init__(connection)
        self.frames = frames

    def resync_needed(self) -> None:
        """Resyncing."""
        self.happened.append("resync")
        for _ in range(self.frames):
            self.connection.send(b"fresh" + b"!" * 190_000)


@pytest.mark.parametrize("size", [1, 30_000], ids=["by number", "by size"])
async def test_a_pile_is_replaced_by_one_fresh_state(detached: Stage, size: int) -> None:
    detached.session = Fresh
    peer, echo = await stuck(detached)
    while "resync" not in echo.happened:
        echo.connection.send(b"y" * size)
    peer.read_on()
    assert len(await peer.text()) == 8_000_000
    assert (await peer.text()).startswith("fresh")
    peer.write("hello")
    assert await peer.text() == "hello"
    assert echo.happened == ["resync"]


async def test_a_state_that_is_a_pile_itself_ends_the_socket(detached: Stage) -> None:
    detached.session = lambda connection: Fresh(connection, frames=3)
    peer, echo = await stuck(detached)
    while "resync" not in echo.happened:
        echo.connection.send(b"y")
    peer.read_on()
    assert await peer.code() == 4008
    assert echo.happened[0] == "resync"


async def test_a_queue_in_order_and_in_full(detached: Stage) -> None:
    peer, echo = await stuck(detached)
    sent = [f"{n}" + "z" * 4_000 for n in range(60)]
    for text in sent:
        echo.connection.send(text.encode())
    echo.connection.close(4410)
    peer.read_on()
    assert len(await peer.text()) == 8_000_000
    assert [await peer.text() for _ in sent] == sent
    assert await peer.code() == 4410


@pytest.mark.parametrize("reads_on", [True, False])
async def test_a_queue_that_does_not_drain_in_time_ends_the_socket(reads_on: bool) -> None:
    async with staged("detached", Bounds(tick=STILL, drained_within=2, linger=0.2)) as stage:
        peer, echo = await stuck(stage)
        echo.connection.send(b"dropped")
        pulse = wire_of(echo)._pulse
        for _ in range(2):
            assert pulse.congested == {wire_of(echo)}
            pulse.ticks += 1
            wire_of(echo).press()
        if reads_on:
            peer.read_on()
            assert len(await peer.text()) == 8_000_000
            assert await peer.code() == 4008
        else:
            wire_of(echo).press()
        await until(lambda: echo.happened == ["end"])
        assert not pulse.congested


async def test_a_reader_that_never_reads_is_let_go_by_the_clock(quick: Stage) -> None:
    _, echo = await stuck(quick)
    await until(lambda: echo.happened == ["end"])


async def test_a_peer_that_left_while_the_kernel_is_full(detached: Stage) -> None:
    peer, echo = await stuck(detached)
    peer.write(masked(b"", PING), masked(b"\x03\xe9", CLOSE))
    await until(lambda: echo.happened == ["left"])
    peer.read_on()
    assert len(await peer.text()) == 8_000_000
    assert await peer.frame() == (CLOSE, b"\x03\xe9")
    await peer.ended()


async def test_their_close_crosses_ours_while_the_kernel_is_full(detached: Stage) -> None:
    peer, echo = await stuck(detached)
    echo.connection.close(4410)
    peer.write(masked(b"\x03\xe9", CLOSE))
    await until(lambda: echo.happened == ["left"])
    peer.read_on()
    assert await peer.code() == 4410
    await peer.ended()
    await until(lambda: echo.happened == ["left", "end"])


async def test_the_kernel_keeps_little(detached: Stage) -> None:
    peer, echo = await stuck(detached)
    unsent = wire_of(echo)._transport.get_write_buffer_size()
    assert unsent > 0
    peer.gone()
    await until(lambda: echo.happened == ["end"])


# --- the clock --------------------------------------------------------------------------------


class Alive(Echo):
    """Counts signs of life."""

    def alive(self) -> None:
        """Living."""
        self.happened.append("alive")


async def test_a_silent_peer_is_pinged_and_then_given_up(quick: Stage) -> None:
    peer, echo = await quick.pair()
    assert await peer.frame() == (PING, b"")
    assert await peer.code() == 4009
    await peer.ended()
    await until(lambda: echo.happened == ["end"])


async def test_pongs_keep_a_socket_and_renew_presence(quick: Stage) -> None:
    quick.session = Alive
    peer, echo = await quick.pair()
    for pings in range(10):
        assert await peer.frame() == (PING, b"")
        peer.write(masked(b"", PONG) if pings % 2 else masked(b"odd", PONG))
    await until(lambda: echo.happened.count("alive") == 10)
    assert "end" not in echo.happened


async def test_frames_keep_a_socket_without_pongs(quick: Stage) -> None:
    peer, _ = await quick.pair()
    for _ in range(10):
        assert await peer.frame() == (PING, b"")
        peer.write("here")
        assert await peer.text() == "here"


async def test_a_stage_that_is_empty_has_no_timer(quick: Stage) -> None:
    peer, echo = await quick.pair()
    pulse = wire_of(echo)._pulse
    peer.write("busy")
    peer.gone()
    await until(lambda: echo.happened == ["end"])
    before = pulse.ticks
    again, echo = await quick.pair()
    assert await again.frame() == (PING, b"")
    assert pulse.ticks > before
    assert wire_of(echo)._pulse is pulse


async def test_sockets_are_pinged_in_groups(detached: Stage) -> None:
    for _ in range(40):
        _, echo = await detached.pair()
    groups = wire_of(echo)._pulse._groups
    assert [len(group) for group in groups] == [2] * 20


# --- the end ----------------------------------------------------------------------------------


class Drained(Echo):
    """Its peer may go elsewhere first."""

    def drain(self) -> float:
        """Draining."""
        self.connection.send(b"drain")
        return 0.05


async def test_a_server_that_stops_lets_peers_go_elsewhere_first() -> None:
    async with staged("detached") as stage:
        stage.session = Drained
        peer, echo = await stage.pair()
        stage.server.should_exit = True
        assert await peer.text() == "drain"
        peer.write("still served")
        assert await peer.text() == "still served"
        assert await peer.code() == 4000
        peer.write(masked(b"\x0f\xa0", CLOSE))
        await until(lambda: echo.happened[-1:] == ["end"])


async def test_work_that_never_ends_is_cancelled_when_the_server_stops(detached: Stage) -> None:
    peer, echo = await detached.pair()
    peer.write("wait")
    await until(lambda: echo.received == ["wait"])
    (task,) = detached.server.server_state.tasks
    task.cancel()
    assert await peer.code() == 4000
    await peer.ended()
    assert echo.happened == []


async def test_an_end_that_fails_is_logged() -> None:
    class Fails(Echo):
        async def end(self) -> None:
            raise LookupError("as the test wished")

    async with staged("detached", QUICK) as stage:
        stage.session = Fails
        peer, _ = await stage.pair()
        with capture_logs() as logs:
            peer.gone()
            await until(lambda: bool(logs))
        assert logs[0]["event"] == "a session did not end well"


async def test_a_session_that_cannot_be_made_ends_the_socket(
    detached: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(connection: Connection) -> Session:
        raise LookupError("as the test wished")

    detached.session = fails
    peer = await detached.peer()
    await peer.ended()
    assert "LookupError" in caplog.text
    await until(lambda: not detached.server.server_state.connections)


async def test_an_object_of_few_bytes(detached: Stage) -> None:
    _, echo = await detached.pair()
    wire = wire_of(echo)
    assert not hasattr(wire, "__dict__")
    assert wire._rest is None
    assert wire._outbox is None
    assert asyncio.all_tasks() >= {asyncio.current_task()}
    assert detached.at_rest
