"""The faults that a rehearsal can cause on purpose: their names, and how a list of them is read.

Must never cause one: that is the business of whoever runs the rehearsal.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass

DEFAULT_KILLS = 20
MAX_KILLS = 1_000


@dataclass(frozen=True, slots=True)
class Kill:
    """kill -9 of the rehearsal's own server, `times` over the guide, in the middle of answers."""

    times: int = DEFAULT_KILLS


Fault = Kill


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


_WORD = re.compile(r"(?P<name>[a-z-]+)(?:=(?P<count>[0-9]{1,4}))?")
_NAMES = "kill (or kill=5 for five times)"


def parse_faults(text: str) -> tuple[Fault, ...] | UnknownFault:
    """The faults in a list such as "kill" or "kill=5"; an empty list is none."""
    words = [word.strip().lower() for word in text.split(",") if word.strip()]
    faults: list[Fault] = []
    for word in words:
        match = _WORD.fullmatch(word)
        if match is None or match["name"] != "kill":
            return UnknownFault(f"'{word}' is no fault that can be rehearsed. There is: {_NAMES}.")
        if faults:
            return UnknownFault("'kill' stands twice in the list of faults. Name it once.")
        times = int(match["count"] or DEFAULT_KILLS)
        if not 1 <= times <= MAX_KILLS:
            return UnknownFault(f"kill takes from 1 to {MAX_KILLS:,} times, not {times}.")
        faults.append(Kill(times))
    return tuple(faults)


def blows(kill: Kill, numbers: Sequence[int], seed: int) -> tuple[Blow, ...]:
    """When to strike: spread over `numbers` (the questions that somebody answers), the same for the
    same seed, in guide order and, within a question, by fraction. Empty if nobody answers."""
    if not numbers:
        return ()
    chance = random.Random(f"kill {seed}")
    chosen = chance.sample(numbers, k=min(kill.times, len(numbers)))
    chosen += chance.choices(numbers, k=kill.times - len(chosen))
    struck = (Blow(number, chance.uniform(0.02, 0.98)) for number in chosen)
    return tuple(sorted(struck, key=lambda blow: (blow.number, blow.fraction)))
