"""Everybody on the stage: robots and moderator at once, through live and, if asked for, flex."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from turnout.rehearsal.casting import Cast
from turnout.rehearsal.conductor import Conductor, Step
from turnout.rehearsal.errands import Errands
from turnout.rehearsal.flex import play_flex, wait_for_grace
from turnout.rehearsal.house import House
from turnout.rehearsal.moderator import Moderator
from turnout.rehearsal.plan import Plan
from turnout.rehearsal.staff import RehearsalFailed
from turnout.rehearsal.striker import Striker
from turnout.rehearsal.weighing import Weighing


@dataclass(frozen=True, slots=True)
class Play:
    """Who takes part, and what they are to do."""

    plan: Plan
    cast: Cast
    house: House
    moderator: Moderator
    striker: Striker | None
    weighing: Weighing
    progress: Callable[[Step], None]

    async def perform(self, died: asyncio.Future[str] | None) -> None:
        """All acts, until nobody is connected any more. `died` ends with words if there is no
        server any more; RehearsalFailed then, and where it cannot go on."""
        tasks = [
            asyncio.create_task(self.moderator.run()),
            *(asyncio.create_task(actor.play()) for actor in self.cast),
        ]
        guiding = asyncio.create_task(self._guide())
        gone = asyncio.Future[str]() if died is None else died
        try:
            waiting: set[asyncio.Future[Any]] = {guiding, gone, *tasks}
            while not guiding.done():
                done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
                if gone.done():
                    raise RehearsalFailed(gone.result())
                for future in done:
                    future.result()
            await asyncio.gather(*tasks)
        finally:
            for task in (*tasks, guiding):
                task.cancel()
            await asyncio.gather(*tasks, guiding, return_exceptions=True)
            if self.striker is not None:
                await self.striker.stop()

    async def _guide(self) -> None:
        ledger, speed = self.house.ledger, self.plan.speed
        errands = Errands(self.cast, self.house, self.moderator)
        conductor = Conductor(self.moderator, ledger, self.cast, errands, speed, self.progress)
        await conductor.conduct()
        if self.striker is not None:
            await self.striker.done()
        self.weighing.live_ended()
        for actor in self.cast:
            actor.robot.leave()
            actor.cue.set()
        if self.plan.has("flex"):
            await wait_for_grace(self.progress)
            await self.weighing.before_flex()
            seed = self.plan.seed
            here = await play_flex(self.cast, self.moderator, ledger, seed, self.progress)
            self.weighing.flex_ended(here)
        self.moderator.leave()
