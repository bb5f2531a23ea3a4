"""A robot at the door: joining until it is in, or is told why not."""

from __future__ import annotations

import asyncio
import random

import httpx
from msgspec import UNSET

from turnout import wire
from turnout.rehearsal.backoff import BackOff
from turnout.rehearsal.connection import ABNORMAL
from turnout.rehearsal.device import Device
from turnout.rehearsal.door import Link
from turnout.rehearsal.house import House


async def arrive(
    link: Link, device: Device, house: House, chance: random.Random, *, twice: bool
) -> str:
    """Join, again after every answer that was lost; empty once the device is in, else why it cannot
    be. `twice`: each try is two joins at the same moment."""
    await asyncio.sleep(chance.uniform(0, house.spread))
    back_off = BackOff(chance, house.back_off)
    while True:
        try:
            answer = await _knock(link, device, house, twice=twice)
        except httpx.TransportError:
            await asyncio.sleep(back_off.wait(ABNORMAL, 0))
            continue
        except wire.Malformed as error:
            return f"the answer to its join cannot be read: {error}"
        if isinstance(answer, wire.Joined):
            return ""
        if answer.retry_ms is UNSET:
            return f"it could not join: {answer.code} ({answer.why})"
        await asyncio.sleep(answer.retry_ms / 1000)


async def _knock(
    link: Link, device: Device, house: House, *, twice: bool
) -> wire.Joined | wire.Refusal:
    if not twice:
        return await house.door.join(link, device)
    answers = await house.door.join_twice(link, device)
    for answer in answers:
        if isinstance(answer, wire.Refusal):
            return answer
    house.ledger.count("double", "joined_twice")
    return answers[1]
