"""Progress: the number this exists for.

    percent_answered = floor(100 x distinct questions answered / distinct questions asked)

Computed from rows, never kept as a counter, and the same on every screen, node and file.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass

from turnout.domain.conversation import MINUTE, Conversation, Window


@dataclass(frozen=True, slots=True)
class Span:
    """A time of attendance: one connection, from its hello to the last sign of life.
    Milliseconds."""

    since: int
    until: int


@dataclass(frozen=True, slots=True)
class Progress:
    """What one participant answered. The percentages are None where nothing was asked."""

    asked: int
    answered: int
    percent_answered: int | None
    present: int
    answered_while_present: int
    percent_while_present: int | None


def percent(part: int, whole: int) -> int | None:
    """Floored, so that 100 means all; None of nothing, which is neither 0 nor 100."""
    return 100 * part // whole if whole else None


def progress_of(
    conversation: Conversation, answered: Set[int], attended: Sequence[Span]
) -> Progress:
    """`answered`: ids of the questions with a counted answer; `attended`: in any order. A question
    counts as present if attendance overlaps a time it was open, or it was answered. For the numbers
    at the end of a run give `Conversation.after_run`."""
    asked = conversation.asked
    done = {entry.item.id for entry in asked} & answered
    present = done | {entry.item.id for entry in asked if was_present(entry.windows, attended)}
    return Progress(
        asked=len(asked),
        answered=len(done),
        percent_answered=percent(len(done), len(asked)),
        present=len(present),
        answered_while_present=len(done),
        percent_while_present=percent(len(done), len(present)),
    )


def was_present(windows: Iterable[Window], attended: Sequence[Span]) -> bool:
    """Whether one of these spans overlaps a time at which the question was open."""
    return any(_overlap(window, span) for window in windows for span in attended)


def _overlap(window: Window, span: Span) -> bool:
    return span.until >= window.since and (window.until is None or span.since <= window.until)


def minutes(attended: Iterable[Span], until: int | None) -> int:
    """Whole minutes of the union of these spans, cut at `until` (the end and its grace)."""
    total, covered = 0, 0
    for span in sorted(attended, key=lambda span: span.since):
        end = span.until if until is None else min(span.until, until)
        total += max(0, end - max(span.since, covered))
        covered = max(covered, end)
    return total // MINUTE
