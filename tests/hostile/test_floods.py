"""One who sends as much as they can, by one link or with none, and everybody else meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections import Counter

import pytest

from tests.cases.crowd import joined, table
from tests.hostile.corpus import framed
from tests.web.browser import Browser
from tests.web.edge import TEXT, Edge, Talk
from tests.web.line import PATIENCE, Line, aid
from turnout.services.lobby import room_for
from turnout.transport.frames import PING

FLOOD = 400


async def served(edge: Edge, talk: Talk, place: int) -> None:
    """Somebody honest joins, answers twice, and is acknowledged."""
    async with (await joined(edge, talk, place)).arrived() as line:
        for base in range(2):
            said = await line.answer(TEXT, {"text": "mine"}, base=base)
            assert said["t"] == "accepted"


@pytest.fixture
async def talk(edge: Edge) -> Talk:
    """Its question takes a text."""
    talk = await edge.talk(most=4, do=("publish", "start"))
    await edge.command(talk, "send", item=TEXT)
    return talk


async def flooded(line: Line) -> Counter[str]:
    """Answers without end on one socket, each one new; what became of them until it was closed."""
    told: Counter[str] = Counter()

    async def listen() -> None:
        with contextlib.suppress(Exception):
            while True:
                message = await line.receive()
                told[str(message.get("code", message["t"]))] += 1

    listening = asyncio.create_task(listen())
    frames = [
        framed(
            json.dumps(
                {
                    "t": "answer",
                    "aid": aid(),
                    "question": TEXT,
                    "base": number,
                    "body": {"text": "x"},
                }
            ).encode()
        )
        for number in range(FLOOD)
    ]
    line.connection.transport.write(b"".join(frames))
    await asyncio.wait_for(listening, 30)
    return told


async def test_answers_without_end_by_one_link_end_that_socket_alone(
    edge: Edge, talk: Talk
) -> None:
    browser = await joined(edge, talk)
    async with browser.arrived() as line:
        told, _ = await asyncio.gather(flooded(line), served(edge, talk, 1))
    assert line.connection.close_code == 4013
    assert told["accepted"] <= 100
    rows = await table(edge, talk, "answers.csv")
    assert [row["answer"] for row in rows if row["participant_id"] == talk.pids[1]] == ["mine"]
    async with browser.arrived() as again:  # it may come back, and is heard
        assert await again.beat() > 0


@pytest.mark.parametrize("payload", [b"", b"x" * 125])
async def test_pings_without_end_are_not_all_answered(
    edge: Edge, talk: Talk, payload: bytes
) -> None:
    async with Browser(edge, talk).open() as line:
        await line.next("lobby")
        line.connection.transport.write(framed(payload, PING) * FLOOD)
        assert await line.code() == 4013
    await served(edge, talk, 2)


async def test_resyncs_without_end_are_slowed_then_refused_and_leave_no_ghost(
    edge: Edge, talk: Talk
) -> None:
    browser = await joined(edge, talk, 3)
    room = await edge.turnout.rooms.find(talk.slug)
    assert room is not None
    async with browser.arrived() as line:
        for _ in range(60):
            await line.send({"t": "resync", "epoch": "x", "rev": 0})
        await line.next("welcome")
        await served(edge, talk, 2)
    # Gone without having waited for the answers: nobody seems to be here for minutes.
    async with asyncio.timeout(PATIENCE):
        while any(True for _ in room.members()):
            await asyncio.sleep(0.05)


async def test_lines_without_end_that_never_say_hello_are_bounded_and_keep_nobody_out(
    edge: Edge, talk: Talk
) -> None:
    room = await edge.turnout.rooms.find(talk.slug)
    assert room is not None
    most = room_for(4)
    async with contextlib.AsyncExitStack() as stack:
        lines = [
            await stack.enter_async_context(Browser(edge, talk).open()) for _ in range(most + 8)
        ]
        assert len(room.waiting) <= most
        for line in lines[:8]:
            assert (await line.bye())[0] == 1013
        await served(edge, talk, 2)
        assert await lines[-1].beat() > 0
