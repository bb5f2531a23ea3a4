"""Another device takes a link over: refused, asks, shows letters, is granted, and goes on."""

from __future__ import annotations

import asyncio

from turnout import wire
from turnout.rehearsal.device import Device
from turnout.rehearsal.house import House
from turnout.rehearsal.moderator import Moderator
from turnout.rehearsal.parts import How
from turnout.rehearsal.robot import Robot
from turnout.rehearsal.staff import RehearsalFailed
from turnout.rehearsal.trying import PATIENCE, answered, is_elsewhere, words

GRANT_AGAIN = 1.0
"""Seconds after which letters are typed again: what was sent may have been lost with its socket."""


async def take_over(robot: Robot, how: How, house: House, moderator: Moderator) -> None:
    """All of it, once the robot waits for nothing: what the first device had not sent yet would be
    lost with it."""
    await robot.news.until(lambda: bool(robot.gone) or robot.is_quiet, PATIENCE)
    house.ledger.count("takeover", "tried")
    device = Device()
    robot.moving.begin()
    went_on = False
    try:
        await _move(robot, device, how, house, moderator)
        went_on = True
    except (RehearsalFailed, TimeoutError, wire.Malformed) as failed:
        why = str(failed) or "no answer in time"
        house.ledger.trouble(f"{robot.row}: its link could not be taken over: {why}")
    finally:
        robot.moving.end(device if went_on else None)
    if went_on:
        await _goes_on(robot, house)


async def _move(robot: Robot, device: Device, how: How, house: House, moderator: Moderator) -> None:
    ledger, door, link = house.ledger, house.door, robot.link
    refused = await answered(lambda: door.join(link, device))
    if not is_elsewhere(refused):
        raise RehearsalFailed(f"before it asked, the other device was {words(refused)}")
    ledger.count("takeover", "refused")
    asked = await answered(lambda: door.ask(link, device))
    if isinstance(asked, wire.Refusal):
        raise RehearsalFailed(f"asking was {words(asked)} ({asked.why})")
    ledger.count("takeover", "asked")
    if how == "letters":
        await _type(robot, asked.letters)
        ledger.count("takeover", "by_letters")
    else:
        await _release(robot, asked.letters, moderator)
        ledger.count("takeover", "by_release")
    ledger.count("takeover", "granted")
    joined = await answered(lambda: door.join(link, device))
    if not isinstance(joined, wire.Joined):
        raise RehearsalFailed(f"after it was granted, the other device was {words(joined)}")


async def _type(robot: Robot, letters: str) -> None:
    """On the first device, once it was told that another one asks."""
    if not await robot.news.until(lambda: robot.moving.was_asked, PATIENCE):
        raise RehearsalFailed("the first device was not told that another one asks")
    async with asyncio.timeout(PATIENCE):
        while not robot.moving.is_out:
            robot.grant(letters)
            await robot.news.until(lambda: robot.moving.is_out, GRANT_AGAIN)


async def _release(robot: Robot, letters: str, moderator: Moderator) -> None:
    """In the control room, where the letters stand too."""
    await moderator.sees_asking(letters)
    outcome = await moderator.command("release", letters=letters)
    if isinstance(outcome, wire.CommandRefused):
        raise RehearsalFailed(f"the moderator's release was refused: {outcome.why}")
    if not await robot.news.until(lambda: robot.moving.is_out, PATIENCE):
        raise RehearsalFailed("the first device was not sent away")


async def _goes_on(robot: Robot, house: House) -> None:
    moves = house.ledger
    if await robot.news.until(lambda: robot.connected and not robot.moving.is_out, PATIENCE):
        moves.count("takeover", "moved")
    else:
        moves.trouble(f"{robot.row}: it did not come back on the other device")
