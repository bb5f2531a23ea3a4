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
from turnout.exports.file_names import final_at
from turnout.exports.snapshot import ParticipantRow, Snapshot

Outcome = Literal["complete", "left", "removed", "never_joined"]

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


def participant_data(snapshot: Snapshot, *, include_all: bool = False) -> Refused | Table:
    """Participants by first join; with `include_all`, then every link that nobody joined with.
    Refused for a single link, where nothing connects answers to people."""
    if snapshot.conversation.settings.links == "single":
        return Refused(
            "anonymous",
            "There is no participant file: this conversation is anonymous, so nothing connects "
            "answers to people.",
        )
    return Table(COLUMNS, _rows(snapshot, include_all))


def _rows(snapshot: Snapshot, include_all: bool) -> Iterator[tuple[Cell, ...]]:
    answered: defaultdict[int, set[int]] = defaultdict(set)
    for answer in snapshot.answers:
        answered[answer.participant].add(answer.question)
    for participant in snapshot.participants:
        yield _row(snapshot, participant, answered[participant.number])
    if include_all:
        nothing_known = (None,) * (len(COLUMNS) - 3)
        for link in snapshot.links:
            if link.joined_at is None:
                yield (link.pid, *nothing_known, "never_joined", None)


def _row(snapshot: Snapshot, participant: ParticipantRow, answered: Set[int]) -> tuple[Cell, ...]:
    conversation = snapshot.conversation
    progress = progress_of(conversation, answered, participant.attended)
    final = final_at(conversation)
    seen = max((participant.first_joined_at, *(span.until for span in participant.attended)))
    return (
        participant.pid,
        progress.percent_answered,
        progress.answered,
        progress.asked,
        progress.percent_while_present,
        minutes(participant.attended, final),
        time_text(participant.first_joined_at),
        time_text(seen if final is None else min(seen, final)),
        participant.device_changes,
        _outcome(snapshot, participant, progress),
        None,
    )


def _outcome(snapshot: Snapshot, participant: ParticipantRow, progress: Progress) -> Outcome:
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
