"""Pressure on the way out: who does not read is let go, and nobody else waits for them."""

import asyncio

import pytest

from tests.web.browser import Browser
from tests.web.edge import Edge


async def test_a_reader_that_lets_frames_pile_up_gets_one_state_and_others_are_served(
    edge: Edge,
) -> None:
    talk = await edge.talk()
    slow, quick = (Browser(edge, talk, pid) for pid in talk.pids[:2])
    for browser in (slow, quick):
        assert (await browser.join()).status_code == 200
    async with slow.arrived() as stuck, quick.arrived() as line:
        stuck.connection.transport.pause_reading()
        await pour(edge, talk.slug, talk.pids[0])
        assert await line.beat() > 0
        stuck.connection.transport.resume_reading()
        while (message := await stuck.receive())["t"] != "welcome":
            assert message["t"] == "later"
        assert message["state"]["items"]
        assert await stuck.beat() > 0


@pytest.mark.parametrize("edge", ["asgi"], indirect=True, scope="session")
async def test_a_slow_reader_that_reads_on_learns_why_it_was_closed(edge: Edge) -> None:
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        line.connection.transport.pause_reading()
        await pour(edge, talk.slug, talk.pids[0])
        line.connection.transport.resume_reading()
        assert await line.code() == 4008


@pytest.mark.both_transports
async def test_one_large_frame_is_no_pile(edge: Edge) -> None:
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    room = await edge.turnout.rooms.find(talk.slug)
    assert room is not None
    async with browser.arrived() as line:
        member = next(room.members())
        member.connection.send(b'{"t":"later","x":"' + b"x" * 400_000 + b'"}')
        assert (await line.receive())["t"] == "later"
        assert await line.beat() > 0


async def pour(edge: Edge, slug: str, pid: str) -> None:
    """Send somebody more than kernels keep, little by little."""
    room = await edge.turnout.rooms.find(slug)
    assert room is not None
    (member,) = (member for member in room.members() if member.person.pid == pid)
    for _ in range(1_500):
        member.connection.send(b'{"t":"later","x":"' + b"x" * 20_000 + b'"}')
        await asyncio.sleep(0)
