"""Which faults befall which robot, and when: dealt from a seed before anything starts. Pure.

Questions are named by their place among the questions of the guide, from 1. Faults of one robot are
dealt so that each can be told from the others in what comes of it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from turnout.rehearsal.faults import Fault, Name
from turnout.rehearsal.script import Script

How = Literal["letters", "release"]
"""How a take-over is granted: typed on the first device, or by the moderator."""
SOON = 0.06
"""Seconds after a question was sent within which a socket is cut."""


@dataclass(frozen=True, slots=True)
class Move:
    """Another device takes the link over while question `number` is open."""

    number: int
    how: How


@dataclass(frozen=True, slots=True)
class Part:
    """What befalls one robot. `comes`: while this question is open; 0: at the bell; None: not
    before flex. `goes`: it leaves after this one. `returns`: it takes part in flex. `late`: it
    answers these after their close. `lost`: it throws the acknowledgement of these away. `cuts`:
    its socket is cut so many seconds after this question was sent. `tried`: another device tries
    its link while this one is open. `doubles`: it sends everything twice."""

    comes: int | None = 0
    goes: int | None = None
    returns: bool = False
    late: frozenset[int] = frozenset()
    lost: frozenset[int] = frozenset()
    cuts: tuple[tuple[int, float], ...] = ()
    tried: int | None = None
    move: Move | None = None
    doubles: bool = False

    def is_there(self, number: int) -> bool:
        """Whether it takes part in live when this question is asked."""
        if self.comes is None:
            return False
        return self.comes <= number and (self.goes is None or number <= self.goes)


@dataclass(slots=True)
class _Table:
    """`numbers`: the places of all questions. `scripts` and `parts` in one order."""

    scripts: Sequence[Script]
    numbers: Sequence[int]
    parts: list[Part]

    def numbers_of(self, robot: int) -> list[int]:
        """The questions that find this robot there in live."""
        return [number for number in self.numbers if self.parts[robot].is_there(number)]

    def there(self) -> list[int]:
        return [robot for robot in range(len(self.parts)) if self.numbers_of(robot)]


def deal(
    faults: Sequence[Fault], scripts: Sequence[Script], questions: int, seed: int
) -> tuple[Part, ...]:
    """A part for each script, the same for the same seed. Fewer faults than were asked for are
    dealt where there is no room for more."""
    table = _Table(scripts, range(1, questions + 1), [Part() for _ in scripts])
    times = {fault.name: fault.among(len(scripts)) for fault in faults}
    for name, dealer in _DEALERS:
        if name in times and questions:
            dealer(table, times[name], random.Random(f"{name} {seed}"))
    return tuple(table.parts)


def _flex(table: _Table, times: int, chance: random.Random) -> None:
    """They leave in the first two thirds; one in three does not come before flex."""
    robots = range(len(table.parts))
    for place, robot in enumerate(chance.sample(robots, k=min(times, len(robots)))):
        last = chance.choice(table.numbers[: max(1, len(table.numbers) * 2 // 3)])
        if place % 3 == 2:
            table.parts[robot] = Part(comes=None, returns=True)
        else:
            table.parts[robot] = Part(goes=last, returns=True)


def _late(table: _Table, times: int, chance: random.Random) -> None:
    """They join late and then answer one question late. Nobody who leaves early."""
    staying = [robot for robot, part in enumerate(table.parts) if not part.returns]
    for robot in chance.sample(staying, k=min(times, len(staying))):
        last = max(table.scripts[robot].answers, default=2)
        early = min(len(table.numbers) * 2 // 3, last - 1)
        comes = chance.choice(table.numbers[: max(1, early)])
        later = [n for n in table.scripts[robot].answers if n >= comes]
        late = frozenset({chance.choice(later)}) if later else frozenset[int]()
        table.parts[robot] = Part(comes=comes, late=late)


def _takeover(table: _Table, times: int, chance: random.Random) -> None:
    there = table.there()
    for place, robot in enumerate(chance.sample(there, k=min(times, len(there)))):
        part = table.parts[robot]
        numbers = [n for n in table.numbers_of(robot) if n not in part.late]
        if numbers:
            how: How = "release" if place % 2 else "letters"
            table.parts[robot] = replace(part, move=Move(chance.choice(numbers), how))


def _second_device(table: _Table, times: int, chance: random.Random) -> None:
    there = table.there()
    for robot in chance.sample(there, k=min(times, len(there))):
        number = chance.choice(table.numbers_of(robot))
        table.parts[robot] = replace(table.parts[robot], tried=number)


def _drop(table: _Table, times: int, chance: random.Random) -> None:
    """Not around a late answer: who is away when its question is sent never begins it."""
    there = table.there()
    for _ in range(times if there else 0):
        robot = chance.choice(there)
        part = table.parts[robot]
        spared = part.late | {n - 1 for n in part.late} | {n for n, _ in part.cuts}
        numbers = [n for n in table.numbers_of(robot) if n not in spared]
        if numbers:
            cut = (chance.choice(numbers), chance.uniform(0, SOON))
            table.parts[robot] = replace(part, cuts=(*part.cuts, cut))


def _double(table: _Table, times: int, chance: random.Random) -> None:
    robots = range(len(table.parts))
    for robot in chance.sample(robots, k=min(times, len(robots))):
        table.parts[robot] = replace(table.parts[robot], doubles=True)


def _lost_ack(table: _Table, times: int, chance: random.Random) -> None:
    answers = [
        (robot, number)
        for robot, part in enumerate(table.parts)
        for number in sorted(table.scripts[robot].answers)
        if part.is_there(number) and number not in part.late
    ]
    for robot, number in chance.sample(answers, k=min(times, len(answers))):
        part = table.parts[robot]
        table.parts[robot] = replace(part, lost=part.lost | {number})


_DEALERS: tuple[tuple[Name, Callable[[_Table, int, random.Random], None]], ...] = (
    ("flex", _flex),
    ("late", _late),
    ("takeover", _takeover),
    ("second-device", _second_device),
    ("drop", _drop),
    ("double", _double),
    ("lost-ack", _lost_ack),
)
"""In this order: who is there is decided first."""
