"""Every socket that ends is told of once, with its code; and what waits for its turn is bounded."""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import AsyncIterator

import pytest

from tests.transport.conftest import SHORT
from tests.transport.peer import masked
from tests.transport.stage import Stage, staged, until
from turnout.transport import Transport
from turnout.transport.frames import CLOSE, PING, TEXT


class Told:
    """Counts ends by code."""

    def __init__(self) -> None:
        self.codes: Counter[str] = Counter()

    def __call__(self, code: str) -> None:
        self.codes[code] += 1


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def heard(transport: Transport, told: Told) -> AsyncIterator[Stage]:
    """A server on either transport that tells of its sockets' ends."""
    async with staged(transport, SHORT, ended=told) as stage:
        yield stage
        await stage.cleared()


async def test_our_codes_are_told_as_they_are(heard: Stage, told: Told) -> None:
    for code in ("4404", "4000", "4404"):
        peer, _ = await heard.pair()
        peer.write(code)
        assert await peer.code() == int(code)
        peer.gone()
    await until(lambda: told.codes.total() == 3)
    assert told.codes == {"4404": 2, "4000": 1}


async def test_a_peer_that_closes_left_whatever_code_it_gives(heard: Stage, told: Told) -> None:
    for code in (1000, 1001, 4999):
        peer, _ = await heard.pair()
        peer.write(masked(struct.pack("!H", code), CLOSE))
        await peer.ended()
    await until(lambda: told.codes.total() == 3)
    assert told.codes == {"left": 3}


async def test_a_peer_that_is_gone_was_lost(heard: Stage, told: Told) -> None:
    peer, _ = await heard.pair()
    peer.gone()
    await until(lambda: told.codes.total() == 1)
    assert told.codes == {"lost": 1}


async def test_a_socket_of_the_detached_transport_is_told_of_once_whoever_ends_it(
    told: Told,
) -> None:
    async with staged("detached", SHORT, ended=told) as stage:
        peer, _ = await stage.pair()
        peer.write("4404", masked(struct.pack("!H", 1000), CLOSE), "4000")
        await peer.ended()
        peer, _ = await stage.pair()
        peer.write(masked(b"\xff"))
        assert await peer.code() == 1007
        await peer.ended()
        await stage.cleared()
    assert told.codes.total() == 2
    assert told.codes["1007"] == 1


async def test_a_socket_whose_frames_pile_up_unread_is_closed(told: Told) -> None:
    async with staged("detached", SHORT, ended=told) as stage:
        peer, echo = await stage.pair()
        peer.write("wait")
        await until(lambda: echo.received == ["wait"])
        for _ in range(17):  # beyond half a mebibyte, in fewer frames than may wait
            peer.write("x" * (32 * 1024 - 1))
        assert await peer.code() == 4013
        echo.free.set()
        await peer.ended()
        await until(lambda: echo.happened == ["end"])
        assert echo.received == ["wait"]
        await stage.cleared()
    assert told.codes == {"4013": 1}


async def test_as_many_of_the_longest_answers_as_may_be_on_their_way_are_taken() -> None:
    async with staged("detached", SHORT) as stage:
        peer, echo = await stage.pair()
        peer.write("wait")
        await until(lambda: echo.received == ["wait"])
        for _ in range(16):
            peer.write("x" * 24_000)
        echo.free.set()
        lengths: list[int] = []
        while len(lengths) < 17:
            opcode, payload = await peer.frame()
            assert opcode in (TEXT, PING)
            lengths += [len(payload)] if opcode == TEXT else []
        assert lengths == [4] + [24_000] * 16
        await stage.cleared()
