"""Elsewhere a client that did not read made everybody wait, or queues grew until the process
died."""

from __future__ import annotations

import asyncio
from pathlib import Path

from prometheus_client import generate_latest

from tests.cases.crowd import joined, room_of
from tests.web.edge import Edge, running
from tests.web.line import PATIENCE, Line
from turnout.services.rooms import Room
from turnout.transport import PROTOCOL
from turnout.transport.wire import Wire

PEOPLE, STUCK, SENT = 20, 4, 600
FRAME = b'{"t":"later","x":"' + b"x" * 20_000 + b'"}'
"""Of a type that no client knows, so that nothing else comes of it."""
MOST = PROTOCOL.out_bytes + PROTOCOL.send_buffer + 2 * len(FRAME)
"""Bytes that may wait for one reader, as it is stated: the queue, what the transport holds, and a
frame that is let through."""


class Reader:
    """Somebody who reads on. `read`: how many of the frames."""

    def __init__(self, line: Line) -> None:
        self.read = 0
        self._line = line

    async def reads(self) -> None:
        """All of them."""
        while self.read < SENT:
            await self._line.next("later")
            self.read += 1


def waiting(room: Room) -> list[int]:
    """Bytes that wait for each reader, in this process."""
    held = []
    for member in room.members():
        wire = member.connection
        assert isinstance(wire, Wire)
        queued = 0 if wire._outbox is None else wire._outbox._bytes
        held.append(queued + wire._transport.get_write_buffer_size())
    return held


async def test_the_others_are_served_while_some_do_not_read_and_what_waits_is_bounded(
    edge: Edge,
) -> None:
    talk = await edge.talk(most=PEOPLE)
    room = await edge.turnout.rooms.find(talk.slug)
    assert room is not None
    browsers = [await joined(edge, talk, place) for place in range(PEOPLE)]
    async with room_of(browsers) as lines:
        stuck, others = lines[:STUCK], lines[STUCK:]
        for line in stuck:
            line.connection.transport.pause_reading()
        readers = [Reader(line) for line in others]
        reading = [asyncio.create_task(reader.reads()) for reader in readers]
        most = 0
        for number in range(SENT):
            for member in room.members():
                member.connection.send(FRAME)
            while min(reader.read for reader in readers) < number - 3:
                await asyncio.sleep(0)
            most = max(most, *waiting(room))
        await asyncio.wait_for(asyncio.gather(*reading), PATIENCE)
        assert len(FRAME) < most <= MOST
        for line in stuck:  # who reads again is told how things stand, or comes again
            line.connection.transport.resume_reading()
            while (message := await line.receive())["t"] == "later":
                pass
            assert message["t"] in ("welcome", "bye")
            assert message.get("code", 4008) == 4008


async def test_who_never_reads_is_let_go(tmp_path: Path) -> None:
    async with running(tmp_path) as edge:
        talk = await edge.talk()
        room = await edge.turnout.rooms.find(talk.slug)
        assert room is not None
        async with (await joined(edge, talk)).arrived() as line:
            line.connection.transport.pause_reading()
            (member,) = room.members()
            wire = member.connection
            assert isinstance(wire, Wire)
            async with asyncio.timeout(PATIENCE * 3):
                while any(True for _ in room.members()):
                    for _ in range(SENT):  # more than the kernels keep
                        wire.send(FRAME)
                    wire._pulse.ticks += 1  # ten seconds pass quickly
                    await asyncio.sleep(0.02)
        assert 'turnout_closes_total{code="4008"} 1.0' in measured(edge)


def measured(edge: Edge) -> str:
    """What the operator sees."""
    return generate_latest(edge.turnout.metrics.registry).decode()
