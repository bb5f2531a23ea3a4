"""`participant_data.csv`: one row for each participant who joined; the file this exists for.

The percentages come from `turnout.domain.progress` alone, so that every screen shows the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Set
from typing import Literal

from turnout.domain.conversation import Run
from turnout.domain.progress import Progress, Span, minutes, progress_of
from turnout.domain.refusals import Refused
from turnout.exports.csv_file import Cell, Table, time_text
from turnout.exports.snapshot import LinkRow, ParticipantRow, Snapshot

Outcome = Literal["complete", "left", "removed", "never_joined", "turned_away"]

COLUMNS = (
    "participant_id",
    "percent_answered",
    "questions_answered",
    "questions_asked",
    "percent_while_present",
    "minutes_present",
    "first_joined_at",
    "last_seen_at",
    "device_changes",
    "outcome",
    "reason",
)
LAST_STRETCH = 60_000
"""Milliseconds before the end of a run: who was there then has stayed to the end."""


ANONYMOUS = Refused(
    "anonymous",
    "There is no participant file: this conversation is anonymous, so nothing connects answers to "
    "people.",
)


def participant_data(snapshot: Snapshot, *, include_all: bool = False) -> Refused | Table:
    """Participants by first join; with `include_all`, then every link that nobody joined with.
    Refused for a single link, where nothing connects answers to people. `snapshot`: `of_run`."""
    if snapshot.conversation.settings.links == "single":
        return ANONYMOUS
    return Table(COLUMNS, _rows(snapshot, include_all))


def _rows(snapshot: Snapshot, include_all: bool) -> Iterator[tuple[Cell, ...]]:
    for participant, answered in with_answered(snapshot):
        yield _row(snapshot, participant, answered)
    if include_all:
        nothing_known = (None,) * (len(COLUMNS) - 3)
        for link in snapshot.links:
            if link.joined_at is None:
                yield (link.pid, *nothing_known, absence(link), link.turned_away)


def with_answered(snapshot: Snapshot) -> Iterator[tuple[ParticipantRow, Set[int]]]:
    """Participants by number, each with the ids of the questions they answered."""
    answered: defaultdict[int, set[int]] = defaultdict(set)
    for answer in snapshot.answers:
        answered[answer.participant].add(answer.question)
    for participant in snapshot.participants:
        yield participant, answered[participant.number]


def _row(snapshot: Snapshot, participant: ParticipantRow, answered: Set[int]) -> tuple[Cell, ...]:
    progress = progress_of(snapshot.conversation, answered, participant.attended)
    seen = max((participant.first_joined_at, *(span.until for span in participant.attended)))
    return (
        participant.pid,
        progress.percent_answered,
        progress.answered,
        progress.asked,
        progress.percent_while_present,
        minutes(participant.attended, None),
        time_text(participant.first_joined_at),
        time_text(seen),
        participant.device_changes,
        outcome(snapshot, participant, progress),
        None,
    )


def absence(link: LinkRow) -> Outcome:
    """Why nobody joined with this link."""
    return "never_joined" if link.turned_away is None else "turned_away"


def outcome(snapshot: Snapshot, participant: ParticipantRow, progress: Progress) -> Outcome:
    """How it went for somebody who joined."""
    if participant.removed:
        return "removed"
    if 0 < progress.asked == progress.answered:
        return "complete"
    stayed = any(
        _reaches_end(run, span, snapshot.at)
        for run in snapshot.conversation.runs
        for span in participant.attended
    )
    return "complete" if stayed else "left"


def _reaches_end(run: Run, span: Span, at: int) -> bool:
    """`at` stands for the end of a run that goes on."""
    end = at if run.until is None else run.until
    return span.since <= end and span.until >= max(run.since, end - LAST_STRETCH)
