"""The curve that staff screens draw: for each quarter of a minute, who was here and how many
answers came.

It is filled from rows when somebody begins to look, and by the clock from then on, so that a screen
that is opened again shows what was before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from itertools import accumulate

from turnout import wire
from turnout.exports.snapshot import AnswerRow, ParticipantRow, Snapshot

QUARTER = 15_000
MOST = 480
"""Moments that are kept: two hours of them."""


class Curve:
    """The moments of one room. `answers` of a moment are those that came in it; of what was there
    before anybody looked, each where it was given last. `here`: the numbers of who is here now."""

    def __init__(self, snapshot: Snapshot, here: Container[int] = ()) -> None:
        runs = snapshot.conversation.runs
        self._now = snapshot.at // QUARTER
        self._begun = (runs[-1].since if runs else snapshot.at) // QUARTER
        self._here = _presence(snapshot, here, first=max(self._begun, self._now - MOST))
        self._answers: Counter[int] = Counter()
        self._fresh: set[int] = set()
        self.add(snapshot.answers)

    def add(self, rows: Iterable[AnswerRow]) -> None:
        """Answers that came."""
        for row in rows:
            moment = row.answered_at // QUARTER
            self._answers[moment] += 1
            if moment in self._here:
                self._fresh.add(moment)

    def observe(self, present: int, now: int) -> None:
        """Take in how many are here. Moments that are over since the last time are fresh."""
        current = now // QUARTER
        for moment in range(max(self._now, current - MOST), current):
            self._here[moment] = present
            self._fresh.add(moment)
        self._now = max(self._now, current)
        for old in [moment for moment in self._here if moment < self._now - MOST]:
            del self._here[old]

    def moments(self, *, whole: bool) -> list[wire.Moment]:
        """Those that are over and were not told yet, or all."""
        told = sorted(self._here if whole else self._fresh & self._here.keys())
        return [wire.Moment(at * QUARTER, self._here[at], self._answers[at]) for at in told]

    def told(self) -> None:
        """Everybody has what was fresh."""
        self._fresh.clear()


def _presence(snapshot: Snapshot, here: Container[int], first: int) -> dict[int, int]:
    """By their attendance, how many were here at the end of each moment."""
    last = snapshot.at // QUARTER
    steps: Counter[int] = Counter()
    for row in snapshot.participants:
        for begin, end in _stays(row, snapshot.at if row.number in here else 0):
            steps[max(begin, first)] += 1
            steps[max(end, first)] -= 1
    moments = range(first, last)
    return dict(zip(moments, accumulate(steps[moment] for moment in moments), strict=True))


def _stays(row: ParticipantRow, until: int) -> Iterable[tuple[int, int]]:
    """The moments at whose ends this person was here, as ranges that do not overlap. `until`: their
    last attendance goes on to then."""
    covered = 0
    for n, span in enumerate(row.attended, 1):
        end = max(span.until, until if n == len(row.attended) else 0) // QUARTER
        begin = max(-(-span.since // QUARTER) - 1, covered)
        if end > begin:
            yield begin, end
            covered = end
