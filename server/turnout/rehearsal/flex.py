"""After the end: the conversation is reopened as flex, some robots come back and answer the rest,
and what the live run left behind stays as it was."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

from turnout import wire
from turnout.rehearsal.casting import Actor, Cast, in_flex
from turnout.rehearsal.conductor import PATIENCE, Step
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.moderator import Moderator
from turnout.rehearsal.staff import RehearsalFailed

GRACE = 20
"""Seconds that answers may come late where a rehearsal goes on to flex, which waits for them: long
enough for a server that was killed and is slow to come back."""
AFTER_GRACE = 1.5
"""Seconds until everything that belongs to an end is written."""


async def wait_for_grace(progress: Callable[[Step], None]) -> None:
    """Until nothing of the live run can change any more."""
    progress(Step("grace", 0, 1))
    await asyncio.sleep(GRACE + AFTER_GRACE)


async def play_flex(
    cast: Cast,
    moderator: Moderator,
    ledger: Ledger,
    seed: int,
    progress: Callable[[Step], None],
) -> set[str]:
    """Reopen, let those who return answer all they have to say, end. Gives the names of those who
    were connected then; all have left. RehearsalFailed if it cannot be held."""
    returning = [actor for actor in cast if actor.part.returns]
    await _command(moderator, "reopen_flex")
    before = ledger.accepted
    for actor in returning:
        chance = random.Random(f"flex {seed} {actor.robot.row}")
        actor.robot.come_back(in_flex(actor.script, chance))
    ledger.count("flex", "came_back", len(returning))
    tasks = [asyncio.create_task(actor.robot.run()) for actor in returning]
    try:
        if not await ledger.until(lambda: all(map(_is_done, returning)), PATIENCE):
            ledger.trouble("flex: not all was answered when the waiting ended")
        ledger.count("flex", "let_in", sum(actor.robot.connected for actor in returning))
        ledger.count("flex", "answered", ledger.accepted - before)
        progress(Step("flex", len(returning), len(returning)))
        await _command(moderator, "end")
        here = {actor.robot.row for actor in returning if actor.robot.connected}
        for actor in returning:
            actor.robot.leave()
        await asyncio.gather(*tasks)
        return here
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _is_done(actor: Actor) -> bool:
    """Whether it is sent away, or all its script holds is acknowledged."""
    robot = actor.robot
    if robot.gone:
        return True
    return robot.is_quiet and len(robot.participant.kept) >= len(actor.script.answers)


async def _command(moderator: Moderator, op: wire.Op) -> None:
    outcome = await moderator.command(op)
    if isinstance(outcome, wire.CommandRefused):
        raise RehearsalFailed(f"The moderator's '{op}' was refused: {outcome.why}")
