"""What happened in a rehearsal, as those who took part saw it: counts, times and troubles.

Judges nothing against the files (that is the audit) and knows no socket.
"""

from __future__ import annotations

import asyncio
import math
from array import array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from turnout.rehearsal.faults import Name

MAX_TROUBLES = 1_000
"""Troubles kept in words; the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took, in milliseconds; None where it never happened. Nearest rank."""

    p50: float | None
    p95: float | None
    p99: float | None
    max: float | None


def spread(seconds: Iterable[float]) -> Spread:
    """The spread of these durations."""
    ordered = sorted(seconds)
    if not ordered:
        return Spread(None, None, None, None)

    def rank(part: float) -> float:
        return round(ordered[max(0, math.ceil(part * len(ordered)) - 1)] * 1000, 2)

    return Spread(rank(0.5), rank(0.95), rank(0.99), rank(1.0))


class Ledger:
    """Written to by the robots and the moderator, within one event loop. Times are seconds of
    `clock`, which never goes back."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.clock = clock
        self.joined = 0
        self.answers_sent = 0
        self.accepted = 0
        self.refused = 0
        self.reconnects = 0
        self.ignored = 0
        self.faults: Counter[tuple[Name, str]] = Counter()
        """Steps of faults, as in `turnout.rehearsal.outcomes`."""
        self.troubled = 0
        self.troubles: list[str] = []
        self.duplicates: list[str] = []
        self.seen_after = array("d")
        self.accepted_after = array("d")
        self.settled: Counter[int] = Counter()
        """By the question's place among the questions: answers accepted or finally refused."""
        self.on_settled: Callable[[int], None] | None = None
        self._sent: dict[int, float] = {}
        self._changes = 0
        self._condition: Callable[[], bool] | None = None
        self._met: asyncio.Future[None] | None = None

    def item_sent(self, item: int) -> None:
        """The moderator wrote the command that sends this item."""
        self._sent[item] = self.clock()

    def item_seen(self, item: int) -> None:
        """A robot sees the item for the first time."""
        if item in self._sent:
            self.seen_after.append(self.clock() - self._sent[item])

    def robot_joined(self) -> None:
        """A robot got its first welcome."""
        self.joined += 1
        self._changed()

    def answer_sent(self) -> None:
        """An answer left for the first time."""
        self.answers_sent += 1

    def answer_accepted(self, question: int, since: float) -> None:
        """An answer that was first sent at `since` is durable. `question`: its place."""
        self.accepted += 1
        self.accepted_after.append(self.clock() - since)
        self._settle(question)

    def answer_refused(self, question: int) -> None:
        """An answer was turned down for good."""
        self.refused += 1
        self._settle(question)

    def count(self, fault: Name, step: str, times: int = 1) -> None:
        """A step of a fault has happened."""
        self.faults[fault, step] += times

    def trouble(self, what: str) -> None:
        """Something that a right server does not do."""
        self.troubled += 1
        if len(self.troubles) < MAX_TROUBLES:
            self.troubles.append(what)

    def came_to_rest(self) -> None:
        """A robot is connected again, or has nothing more to send."""
        self._changed()

    async def until(self, condition: Callable[[], bool], patience: float) -> bool:
        """Wait until `condition` holds; False if `patience` seconds pass in which no robot joined
        or came to rest and no answer was settled. One waiter at a time."""
        while not condition():
            before = self._changes
            self._condition = condition
            self._met = asyncio.get_running_loop().create_future()
            await asyncio.wait((self._met,), timeout=patience)
            self._condition = self._met = None
            if self._changes == before:
                return condition()
        return True

    def _settle(self, question: int) -> None:
        self.settled[question] += 1
        if self.on_settled is not None:
            self.on_settled(question)
        self._changed()

    def _changed(self) -> None:
        self._changes += 1
        if (
            self._met is not None
            and self._condition is not None
            and not self._met.done()
            and self._condition()
        ):
            self._met.set_result(None)
