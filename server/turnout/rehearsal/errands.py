"""What befalls robots while a question is open: late arrivals, cut sockets, other devices, leaving
early.

Whatever does not go as it should is a trouble in the ledger; every step that does is counted there.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable

from turnout.rehearsal.casting import Actor, Cast
from turnout.rehearsal.house import House
from turnout.rehearsal.intruder import intrude
from turnout.rehearsal.moderator import Moderator
from turnout.rehearsal.robot import Robot
from turnout.rehearsal.takeover import take_over

PATIENCE = 30.0
"""Seconds that one errand may wait for one thing."""


class Errands:
    """The errands of a whole cast, by question."""

    def __init__(self, cast: Cast, house: House, moderator: Moderator) -> None:
        self._house = house
        self._moderator = moderator
        self._cuts: defaultdict[int, list[tuple[Robot, float]]] = defaultdict(list)
        self._busy: defaultdict[int, list[Actor]] = defaultdict(list)
        self._leaving: defaultdict[int, list[Actor]] = defaultdict(list)
        for actor in cast:
            self._note(actor)

    def _note(self, actor: Actor) -> None:
        part = actor.part
        for number, after in part.cuts:
            self._cuts[number].append((actor.robot, after))
        for number in {part.comes or 0, part.tried or 0, part.move.number if part.move else 0}:
            self._busy[number].append(actor)
        if part.goes is not None:
            self._leaving[part.goes].append(actor)

    async def during(self, number: int) -> None:
        """Run those of this question, all at once; done when the last one is."""
        if number == 0:  # a message
            return
        for robot, after in self._cuts[number]:
            asyncio.get_running_loop().call_later(after, robot.cut)
        await asyncio.gather(*(self._visit(actor, number) for actor in self._busy[number]))

    async def after(self, number: int) -> None:
        """Those who leave early go once all they sent was acknowledged."""
        for actor in self._leaving[number]:
            if not await settled(actor.robot, lambda robot=actor.robot: robot.is_quiet):  # type: ignore[misc]
                self._trouble(actor, "it could not leave: not all was acknowledged")
            actor.robot.leave()

    async def _visit(self, actor: Actor, number: int) -> None:
        part = actor.part
        if part.comes == number:
            await self._arrival(actor)
        if part.tried == number:
            await intrude(actor.robot, self._house)
        if part.move is not None and part.move.number == number:
            await take_over(actor.robot, part.move.how, self._house, self._moderator)

    async def _arrival(self, actor: Actor) -> None:
        ledger, robot = self._house.ledger, actor.robot
        ledger.count("late", "joined_late")
        actor.cue.set()
        if await settled(robot, lambda: robot.joined):
            ledger.count("late", "let_in")
        else:
            self._trouble(actor, "it came late and did not get in")

    def _trouble(self, actor: Actor, what: str) -> None:
        self._house.ledger.trouble(f"{actor.robot.row}: {what}")


async def settled(robot: Robot, condition: Callable[[], bool]) -> bool:
    """Whether it came to hold while the robot was still there."""
    held = await robot.news.until(lambda: bool(robot.gone) or condition(), PATIENCE)
    return held and not robot.gone
