"""Who plays: a robot for each link, with its script, its part, and how fast it answers."""

from __future__ import annotations

import asyncio
import csv
import io
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from msgspec import UNSET

from turnout import wire
from turnout.rehearsal.door import read_link
from turnout.rehearsal.house import Answerer, House, Thought
from turnout.rehearsal.parts import Part, deal
from turnout.rehearsal.plan import Plan
from turnout.rehearsal.robot import Robot
from turnout.rehearsal.script import Script
from turnout.rehearsal.staff import RehearsalFailed

BURST = 0.03
"""Seconds over which people answer where nobody waits for the plan."""
PLAN = 60.0
"""Seconds for an item whose plan names none."""
QUICKEST, SLOWEST = 0.02, 0.2
"""Seconds from answer to answer in flex, where everybody has a pace of their own."""


@dataclass(frozen=True, slots=True)
class Actor:
    """A robot and what it is to play. It begins with its `cue`."""

    robot: Robot
    script: Script
    part: Part
    cue: asyncio.Event = field(default_factory=asyncio.Event)

    async def play(self) -> None:
        """Wait for the cue, then take part until the robot leaves or is sent away."""
        await self.cue.wait()
        await self.robot.run()

    def answers(self, number: int) -> bool:
        """Whether it answers this question in live while it is open."""
        part = self.part
        return number in self.script.answers and part.is_there(number) and number not in part.late


Cast = Sequence[Actor]


def make_cast(plan: Plan, links_file: bytes, house: House) -> Cast:
    """A robot a link, in the order of the links file and of the answers. RehearsalFailed if the
    file is not what it should be."""
    rows = list(csv.DictReader(io.StringIO(links_file.decode("utf-8-sig"), newline="")))
    if len(rows) < len(plan.scripts):
        raise RehearsalFailed(f"links.csv has {len(rows)} links for {len(plan.scripts)} robots.")
    questions = sum(item.is_question for item in plan.items)
    parts = deal(plan.faults, plan.scripts, questions, plan.seed)
    cast: list[Actor] = []
    for place, (row, script, part) in enumerate(zip(rows, plan.scripts, parts, strict=False)):
        link = read_link(row.get("link") or "")
        if link is None:
            raise RehearsalFailed(f"Row {place + 2} of links.csv holds no link of ours.")
        chance = random.Random(f"{plan.seed} {place}")
        answerer = _in_live(script, plan.speed, chance)
        cast.append(Actor(Robot(script.row, link, answerer, house, chance, part), script, part))
    return cast


def expected_answers(cast: Cast) -> Counter[int]:
    """By the place of a question, how many will answer it in live while it is open."""
    return Counter(
        number for actor in cast for number in actor.script.answers if actor.answers(number)
    )


def _in_live(script: Script, speed: float | None, chance: random.Random) -> Answerer:
    def answer(item: wire.Item) -> Thought | None:
        body = script.answers.get(item.number)
        if body is None:
            return None
        if speed is None:
            return body, chance.uniform(0, BURST)
        plan = PLAN if item.duration is UNSET else item.duration
        return body, chance.uniform(0.05, 0.8) * plan / speed

    return answer


def in_flex(script: Script, chance: random.Random) -> Answerer:
    """Whatever is open, one after the other, at a pace of one's own."""
    pace = chance.uniform(QUICKEST, SLOWEST)
    waiting = 0

    def answer(item: wire.Item) -> Thought | None:
        nonlocal waiting
        body = script.answers.get(item.number)
        if body is None:
            return None
        waiting += 1
        return body, waiting * pace

    return answer
