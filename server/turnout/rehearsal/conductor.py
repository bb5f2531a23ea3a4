"""The moderator's way through the guide: start, every item in its turn, the end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from msgspec import UNSET

from turnout import wire
from turnout.rehearsal.casting import PLAN, Cast
from turnout.rehearsal.errands import Errands
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.moderator import Moderator, next_item
from turnout.rehearsal.staff import RehearsalFailed

PATIENCE = 30.0
"""Seconds without any join or settled answer after which it goes on, and says so."""


@dataclass(frozen=True, slots=True)
class Step:
    """How far a rehearsal has come: `done` of `of`."""

    what: str
    done: int
    of: int


class Conductor:
    """`speed`: None goes on as soon as everybody has answered; else how many times faster than
    planned. The errands of a question are done before the next item is sent."""

    def __init__(
        self,
        moderator: Moderator,
        ledger: Ledger,
        cast: Cast,
        errands: Errands,
        speed: float | None,
        progress: Callable[[Step], None],
    ) -> None:
        self._moderator = moderator
        self._ledger = ledger
        self._cast = cast
        self._errands = errands
        self._speed = speed
        self._progress = progress

    async def conduct(self) -> None:
        """From Start to the last outbox. What does not go as it should is a trouble in the ledger;
        RehearsalFailed where it cannot go on."""
        punctual = [actor for actor in self._cast if actor.part.comes == 0]
        for actor in punctual:
            actor.cue.set()
        await self._command("start")
        await self._everybody_in(punctual)
        state = await self._moderator.ready()
        total = len(state.items)
        while (item := next_item(state)) is not None:
            await self._send(item)
            state = await self._moderator.ready()
            left = sum(1 for entry in state.items if entry.status == "queued")
            if next_item(state) == item:
                raise RehearsalFailed(f"Item {item.id} cannot be sent.")
            await self._play(item)
            self._progress(Step("items", total - left, total))
        await self._command("end")
        if not await self._ledger.until(self._all_at_rest, PATIENCE):
            self._ledger.trouble("outboxes were still full when the waiting ended")

    async def _everybody_in(self, punctual: Cast) -> None:
        robots = len(punctual)

        def all_in() -> bool:
            self._progress(Step("joined", self._ledger.joined, robots))
            gone = sum(bool(actor.robot.gone) for actor in punctual)
            return self._ledger.joined + gone >= robots

        if not await self._ledger.until(all_in, PATIENCE):
            self._ledger.trouble(f"only {self._ledger.joined} of {robots} robots came in")

    async def _send(self, item: wire.Item) -> None:
        outcome = await self._moderator.command("next", lambda: self._ledger.item_sent(item.id))
        if isinstance(outcome, wire.CommandRefused):
            what = f"Next was refused with '{outcome.code}' although nobody else moderates"
            self._ledger.trouble(f"moderator: {what}: {outcome.why}")

    async def _play(self, item: wire.Item) -> None:
        errands = asyncio.create_task(self._errands.during(item.number))
        try:
            await self._answers(item)
            await errands
        finally:
            errands.cancel()
        await self._errands.after(item.number)

    async def _answers(self, item: wire.Item) -> None:
        if self._speed is not None:
            plan = PLAN if item.duration is UNSET else item.duration
            await asyncio.sleep(plan / self._speed)
            return
        number = item.number
        if item.type == "message":
            return
        expected = sum(
            actor.answers(number)
            for actor in self._cast
            if not actor.robot.gone and (actor.robot.joined or actor.part.comes == number)
        )
        settled = self._ledger.settled
        if not await self._ledger.until(lambda: settled[number] >= expected, PATIENCE):
            what = f"{expected - settled[number]} of {expected} answers were not acknowledged"
            self._ledger.trouble(f"question {item.id}: {what} within {PATIENCE:g} s")

    async def _command(self, op: wire.Op) -> None:
        outcome = await self._moderator.command(op)
        if isinstance(outcome, wire.CommandRefused):
            raise RehearsalFailed(f"The moderator's '{op}' was refused: {outcome.why}")

    def _all_at_rest(self) -> bool:
        return all(
            actor.robot.gone or actor.robot.is_quiet
            for actor in self._cast
            if actor.robot.joined and actor.part.goes is None
        )
