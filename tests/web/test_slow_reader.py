"""Pressure on the way out: who does not read is let go, and nobody else waits for them."""

import asyncio

import pytest

from tests.web.browser import Browser
from tests.web.edge import Edge
from tests.web.line import PATIENCE
from turnout.web import sockets


async def test_a_reader_that_lets_frames_pile_up_is_closed_and_others_are_served(
    edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sockets, "LINGER", 0.2)
    talk = await edge.talk()
    slow, quick = (Browser(edge, talk, pid) for pid in talk.pids[:2])
    for browser in (slow, quick):
        assert (await browser.join()).status_code == 200
    room = await edge.turnout.rooms.find(talk.slug)
    assert room is not None
    async with slow.arrived() as stuck, quick.arrived() as line:
        stuck.connection.transport.pause_reading()
        frame = b'{"t":"later","x":"' + b"x" * 20_000 + b'"}'
        member = next(m for m in room.members() if m.person.pid == talk.pids[0])
        # A little at a time, so that the network's own buffers are full before the queue is.
        async with asyncio.timeout(PATIENCE):
            while room.present == 2:
                for _ in range(5):
                    member.connection.send(frame)
                await asyncio.sleep(0.01)
        assert await line.beat() > 0
        stuck.connection.transport.abort()


async def test_a_slow_reader_that_reads_on_learns_why_it_was_closed(edge: Edge) -> None:
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    room = await edge.turnout.rooms.find(talk.slug)
    assert room is not None
    async with browser.arrived() as line:
        member = next(room.members())
        for _ in range(sockets.MAX_FRAMES + 1):
            member.connection.send(b'{"t":"later"}')
        member.connection.send(b'{"t":"after the end"}')
        member.connection.close(4400)  # it is closing already
        assert await line.code() == 4008


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
