"""What all robots of a rehearsal share, and how one is told what to answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from turnout import wire
from turnout.rehearsal.door import Door
from turnout.rehearsal.ledger import Ledger

Thought = tuple[wire.Body, float]
"""What to answer, and after how many seconds."""
Answerer = Callable[[wire.Item], Thought | None]
"""What a robot answers to a question; None: nothing."""


@dataclass(frozen=True, slots=True)
class House:
    """`spread`: seconds over which robots press Join after the bell; `back_off`: the scale of their
    waits."""

    ledger: Ledger
    door: Door
    spread: float = 0.5
    back_off: float = 1.0
