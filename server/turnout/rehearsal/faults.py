"""The faults that a rehearsal can cause on purpose: their names, and how a list of them is read.

Must never cause one: that is the business of whoever runs the rehearsal.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Name = Literal["kill", "late", "drop", "double", "second-device", "lost-ack", "takeover", "flex"]

MOST: Mapping[Name, int] = {
    "kill": 1_000,
    "late": 100_000,
    "drop": 100_000,
    "double": 100_000,
    "second-device": 100_000,
    "lost-ack": 100_000,
    "takeover": 100_000,
    "flex": 100_000,
}
"""How often each may be asked for. In the order in which they are told."""
FAULTS: tuple[Name, ...] = tuple(MOST)
"""Their names."""
OF_ROBOTS: frozenset[Name] = frozenset({"late", "double", "second-device", "takeover", "flex"})
"""Each of these happens to so many robots, once to each."""
DEFAULT_KILLS = 20
ROBOTS_PER_FAULT: Mapping[Name, int] = {
    "late": 10,
    "drop": 1,
    "double": 5,
    "second-device": 10,
    "lost-ack": 2,
    "takeover": 20,
    "flex": 4,
}
"""One in so many, where no number is given."""


@dataclass(frozen=True, slots=True)
class Fault:
    """`times`: how often it happens, or to how many robots; None: to the usual part of them."""

    name: Name
    times: int | None = None

    def among(self, robots: int) -> int:
        """How often it happens where so many robots take part; at least once."""
        if self.times is not None:
            return self.times
        if self.name == "kill":
            return DEFAULT_KILLS
        return max(1, robots // ROBOTS_PER_FAULT[self.name])


@dataclass(frozen=True, slots=True)
class UnknownFault:
    """A fault list that cannot be read. `why`: one sentence, with what to write instead."""

    why: str


@dataclass(frozen=True, slots=True)
class Blow:
    """One kill: when `fraction` (0 to 1) of the answers to a question have been accepted. `number`:
    the question's place among the questions of the guide, from 1."""

    number: int
    fraction: float


_WORD = re.compile(r"(?P<name>[a-z-]+)(?:=(?P<count>[0-9]{1,9}))?")
_NAMES = f"{', '.join(FAULTS)} (each perhaps with a number, as in kill=5), or all"


def parse_faults(text: str) -> tuple[Fault, ...] | UnknownFault:
    """The faults in a list such as "kill=5,late"; an empty list is none. `all` names every one, and
    beside it others may stand with a number of their own."""
    found: dict[Name, Fault] = {}
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    for word in words:
        if word == "all":
            continue
        fault = _fault(word)
        if isinstance(fault, UnknownFault):
            return fault
        if fault.name in found:
            why = f"'{fault.name}' stands twice in the list of faults. Name it once."
            return UnknownFault(why)
        found[fault.name] = fault
    if "all" in words:
        return tuple(found.get(name, Fault(name)) for name in FAULTS)
    return tuple(found[name] for name in FAULTS if name in found)


def _fault(word: str) -> Fault | UnknownFault:
    match = _WORD.fullmatch(word)
    name = None if match is None else next((n for n in FAULTS if n == match["name"]), None)
    if match is None or name is None:
        return UnknownFault(f"'{word}' is no fault that can be rehearsed. There is: {_NAMES}.")
    if match["count"] is None:
        return Fault(name)
    times = int(match["count"])
    if not 1 <= times <= MOST[name]:
        return UnknownFault(f"{name} takes from 1 to {MOST[name]:,} times, not {times}.")
    return Fault(name, times)


def blows(times: int, numbers: Sequence[int], seed: int) -> tuple[Blow, ...]:
    """When to strike: spread over `numbers` (the questions that somebody answers), the same for the
    same seed, in guide order and, within a question, by fraction. Empty if nobody answers."""
    if not numbers:
        return ()
    chance = random.Random(f"kill {seed}")
    chosen = chance.sample(numbers, k=min(times, len(numbers)))
    chosen += chance.choices(numbers, k=times - len(chosen))
    struck = (Blow(number, chance.uniform(0.02, 0.98)) for number in chosen)
    return tuple(sorted(struck, key=lambda blow: (blow.number, blow.fraction)))
