"""Scenes with people who do not keep up."""

from __future__ import annotations

import asyncio
import select
import socket

from tests.faults.stage import Talk
from tests.second_client.moderator import WHY

TEXT = "\u00e9" * 1_900
EDITS = 200
"""So many events of this size are more than a socket's buffers and its queue hold together."""
PATIENCE = 20.0
"""Seconds in which a reader that does not read is cut: ten of them are its own."""


async def never_reads(talk: Talk) -> None:
    """One does not read while much happens: it is cut, and everybody else hears everything."""
    await talk.begin()
    idle, robot = await talk.enter(2)
    await talk.opens(WHY)
    assert idle._socket is not None
    line = idle._socket.transport.get_extra_info("socket")
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
    idle._socket.transport.pause_reading()
    for number in range(EDITS):
        text = f"{number} {TEXT}"
        await talk.moderator.does("edit", item=WHY, draft={"type": "open_text", "text": text})
    await robot.until(lambda: robot.items[WHY]["item"]["text"] == text)
    if not await is_cut(line.fileno()):
        talk.history.broken("I11", "who never reads is never cut")
    idle._socket.transport.resume_reading()
    await idle.cut()
    await idle.come_back()
    if idle.items != robot.items:
        talk.history.broken("I5", "who was cut does not see what the others see")


async def is_cut(line: int) -> bool:
    """Whether the other end of this socket gives it up in time."""
    poll = select.poll()
    poll.register(line, select.POLLHUP | select.POLLERR | select.POLLRDHUP)
    for _ in range(int(PATIENCE / 0.1)):
        if poll.poll(0):
            return True
        await asyncio.sleep(0.1)
    return False
