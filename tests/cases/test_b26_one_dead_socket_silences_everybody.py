"""Elsewhere a client that vanished stayed in the list of connections, and every later message
stopped before it reached the others."""

from __future__ import annotations

import asyncio
import functools
import gc
import socket
import struct
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from tests.cases.crowd import joined, room_of
from tests.web.edge import Edge, Talk, running
from tests.web.line import PATIENCE, Line
from turnout import app
from turnout.domain.guide import Item, Message, OpenText
from turnout.transport import Bounds, Carrier

PEOPLE, RESET, VANISHED, SENT = 60, 6, 6, 20
ITEMS = (
    *(Item(number, f"Message {number}", Message()) for number in range(1, SENT + 1)),
    Item(SENT + 1, "Why?", OpenText()),
)
QUICK = functools.partial(Carrier, Bounds(tick=0.05, ping_every=10, silence=40))
"""The rules of every socket, with a second that lasts a twentieth."""


def reset(line: Line) -> None:
    """The connection is gone at once, and says so to nobody but the kernel."""
    kernel = line.connection.transport.get_extra_info("socket")
    kernel.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    line.connection.transport.abort()


async def all_messages(line: Line) -> list[int]:
    """The items of all messages, in the order in which they came."""
    seen: list[int] = []
    while len(seen) < SENT:
        event = (await line.next("event"))["event"]
        if event["kind"] == "message":
            seen.append(event["item"]["id"])
    return seen


async def test_the_others_hear_everything_in_order_and_the_dead_leave_the_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "Carrier", QUICK)
    with capture_logs() as logged:
        async with running(tmp_path) as edge:
            await the_show_goes_on(edge)
            left = [name for name in map(type, gc.get_objects()) if name.__name__ == "Visit"]
    assert [line for line in logged if line["log_level"] in ("warning", "error")] == []
    assert len(left) <= 1  # the last one is let go of with the loop's next turn


async def the_show_goes_on(edge: Edge) -> None:
    talk = await edge.talk(most=PEOPLE + SENT, items=ITEMS, do=("publish", "start"))
    room = await edge.turnout.rooms.find(talk.slug)
    assert room is not None
    browsers = [await joined(edge, talk, place) for place in range(PEOPLE)]
    async with room_of(browsers) as lines:
        dead, silent = lines[:RESET], lines[RESET : RESET + VANISHED]
        alive = lines[RESET + VANISHED :]
        hearing = [asyncio.create_task(all_messages(line)) for line in alive]
        for line in silent:
            line.connection.transport.pause_reading()  # no answer to anything any more
        for number in range(SENT):
            await edge.command(talk, "next")
            if number == SENT // 3:
                for line in dead:
                    reset(line)
            if number % 5 == 0:
                await come_and_go(edge, talk, PEOPLE + number)
        heard = await asyncio.wait_for(asyncio.gather(*hearing), PATIENCE)
        assert heard == [list(range(1, SENT + 1))] * len(alive)
        async with asyncio.timeout(PATIENCE):
            while sum(1 for _ in room.members()) > len(alive):
                await asyncio.sleep(0.02)
        assert await alive[0].beat() > 0
    async with asyncio.timeout(PATIENCE):
        while any(True for _ in room.members()) or edge.server.server_state.tasks:
            await asyncio.sleep(0.02)


async def come_and_go(edge: Edge, talk: Talk, place: int) -> None:
    """Somebody joins and leaves meanwhile."""
    async with (await joined(edge, talk, place)).arrived() as line:
        assert await line.beat() > 0
