"""Scenes in which a server dies, or its disk loses power, in the middle of answers."""

from __future__ import annotations

import asyncio
import signal

import httpx

from tests.faults.robots import Robot, settled
from tests.faults.stage import Talk
from tests.second_client.moderator import WHY

CHANGES = 6


async def crash(talk: Talk) -> None:
    """kill -9 on the very acknowledgement of an answer, then everybody comes back."""
    robots = await burst(talk)
    await blow(talk, robots)
    await talk.moderator.does("end")
    await talk.audit()


async def power(talk: Talk) -> None:
    """The same with the power of the disk, soon after a start: so far all is in the database, and
    what comes now in its log alone."""
    robots = await burst(talk)
    await talk.stage.restart(signal.SIGTERM)
    for robot in robots:
        await robot.come_back()
    try:
        await blow(talk, robots)
        await talk.moderator.does("end")
    except (AssertionError, TimeoutError, httpx.HTTPStatusError) as error:
        talk.history.broken("I1", f"the store does not know the conversation any more: {error}")
        return
    await talk.audit()


async def burst(talk: Talk) -> list[Robot]:
    """Four are in, and three of them have answered."""
    await talk.begin(seats=4)
    robots = await talk.enter(4)
    await talk.opens(WHY)
    for robot in robots[1:]:
        await robot.answer(WHY, text="Before.")
    await asyncio.gather(*(settled(robot) for robot in robots[1:]))
    return robots


async def blow(talk: Talk, robots: list[Robot]) -> None:
    """All answer at once, and the server dies as the first of them is told that it is saved."""
    robots[0].told.on_accepted = lambda: talk.stage.hurt(signal.SIGKILL)
    answering = [asyncio.create_task(change(robot, CHANGES)) for robot in robots]
    try:
        await talk.stage.died()
        robots[0].told.on_accepted = lambda: None
        await talk.stage.start()
        for robot in robots:
            await robot.come_back()
        await asyncio.gather(*answering)
        for robot in robots:
            await robot.resent()
    finally:
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering, return_exceptions=True)


async def change(robot: Robot, times: int) -> None:
    """One answer after the other to the same question, through whatever happens."""
    for number in range(times):
        await robot.answer(WHY, text=f"Number {number} of {robot.pid[-4:]}")
        await robot.resent()
