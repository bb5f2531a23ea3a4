"""Bursts of answers, and a server that dies in the middle of each: everybody answers everything at
once, the blow falls on an acknowledgement that chance has chosen, everybody comes back.

One burst is some hundreds of acknowledgements, so that a thousand blows are about a million.
"""

from __future__ import annotations

import asyncio
import random
import signal

from tests.faults.history import History
from tests.faults.robots import Robot
from tests.faults.stage import Stage, Talk

QUESTIONS = 16
"""As many answers as may be unacknowledged on one socket."""
PEOPLE = 50
A_MOMENT = 0.3
"""Seconds in which a server settles a burst."""
GUIDE = "title: Everything at once\nitems:\n" + "".join(
    f"  - open_text: Question {number}?\n" for number in range(1, QUESTIONS + 1)
)


class Hail:
    """One conversation in which every question is open, and blow after blow on its server."""

    def __init__(self, stage: Stage, people: int, chance: random.Random) -> None:
        self._talk = Talk(stage)
        self._people = people
        self._chance = chance
        self._left = 0

    @property
    def history(self) -> History:
        """Of all bursts so far."""
        return self._talk.history

    async def begin(self) -> None:
        """Everybody is in, and every question is open: that is what a reopened conversation is."""
        talk = self._talk
        await talk.begin(seats=self._people, guide=GUIDE, grace=0)
        await talk.moderator.does("end")
        await talk.moderator.does("reopen_flex", days=3)
        await talk.enter(self._people)
        for robot in talk.robots:
            robot.told.on_accepted = self._acknowledged

    async def burst(self) -> None:
        """Everybody answers everything, or changes it; the server dies on one of the
        acknowledgements or at any moment; all come back and settle what they sent."""
        robots = self._talk.robots
        answering = [asyncio.create_task(self._answers(robot)) for robot in robots]
        if self._chance.random() < 0.5:
            self._left = self._chance.randint(1, len(robots) * QUESTIONS // 2)
        else:
            await asyncio.sleep(self._chance.uniform(0, A_MOMENT))
            self._talk.stage.hurt(signal.SIGKILL)
        await self._talk.stage.died()
        await asyncio.gather(*answering)
        await self._talk.stage.start()
        await asyncio.gather(*(self._comes_back(robot) for robot in robots))

    async def end(self) -> None:
        """Then the files are audited."""
        await self._talk.moderator.does("end")
        await self._talk.audit()

    async def leave(self) -> None:
        """All go."""
        await self._talk.leave()

    def _acknowledged(self) -> None:
        self._left -= 1
        if self._left == 0:
            self._talk.stage.hurt(signal.SIGKILL)

    async def _comes_back(self, robot: Robot) -> None:
        await robot.come_back()
        await robot.resent()

    async def _answers(self, robot: Robot) -> None:
        for question in range(1, QUESTIONS + 1):
            await robot.answer(question, text=f"Number {self._chance.random()}.")


async def hail(stage: Stage, people: int, blows: int, seed: int) -> History:
    """So many bursts and blows. Who waited in vain is a violation."""
    falling = Hail(stage, people, random.Random(f"hail {seed}"))
    try:
        await falling.begin()
        for _ in range(blows):
            await falling.burst()
        await falling.end()
    except TimeoutError:
        falling.history.broken("I6", "somebody waited in vain")
    finally:
        await falling.leave()
    return falling.history
