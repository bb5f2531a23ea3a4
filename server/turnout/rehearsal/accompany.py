"""Robots that take part in a conversation that somebody else moderates: for demonstrations."""

from __future__ import annotations

import asyncio
import random
import time

from turnout import wire
from turnout.rehearsal.choices import plausible
from turnout.rehearsal.door import Door, http_client, read_link
from turnout.rehearsal.house import Answerer, House, Thought
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.robot import Robot
from turnout.rehearsal.staff import RehearsalFailed, Staff

QUICKEST = 1.0
SLOWEST = 15.0
"""Seconds that a robot takes to answer; most are quick."""
AFTER_THE_BELL = 8.0


async def accompany(
    server_url: str, slug: str, token: str, count: int, seed: int
) -> tuple[str, ...]:
    """Join through up to `count` unused links and answer until the conversation is over and its
    sockets are closed, or until cancelled. Never raises for what a server or network does; gives
    what went wrong, in words."""
    ledger = Ledger(time.monotonic)
    async with http_client(token) as staff_client, http_client() as client:
        try:
            issued = await Staff(staff_client, server_url).links(slug)
        except RehearsalFailed as failed:
            return (str(failed),)
        unused = [read_link(link.link) for link in issued if not link.joined]
        house = House(ledger, Door(client), spread=AFTER_THE_BELL)
        robots = []
        for place, link in enumerate(link for link in unused[:count] if link is not None):
            chance = random.Random(f"{seed} {place}")
            robots.append(Robot(f"robot {place + 1}", link, _answerer(chance), house, chance))
        await asyncio.gather(*(robot.run() for robot in robots))
    return (*ledger.troubles, *ledger.duplicates)


def _answerer(chance: random.Random) -> Answerer:
    def answer(item: wire.Item) -> Thought | None:
        body = plausible(item, chance)
        if body is None:
            return None
        return body, chance.triangular(QUICKEST, SLOWEST, QUICKEST)

    return answer
