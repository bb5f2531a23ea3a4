"""Runs: which part of a conversation a file is about, and the snapshot of that part.

A run's file never changes once its end, grace and undo are past, except by a mute: what later runs
did to the rows is taken off here, so that tables need not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from turnout.domain.conversation import Conversation, Window
from turnout.domain.events import Removed
from turnout.domain.progress import Span
from turnout.domain.refusals import Refused
from turnout.exports.snapshot import LinkRow, ParticipantRow, Snapshot

ALL = "all"
"""All runs together; what a file is about unless told otherwise."""


def run_names(conversation: Conversation) -> tuple[str, ...]:
    """What the runs are called, in order: `live`, then `flex`, `flex-2`, `flex-3` ..."""
    names, flexes = [], 0
    for run in conversation.runs:
        flexes += run.kind == "flex"
        names.append(run.kind if flexes < 2 else f"flex-{flexes}")
    return tuple(names)


def read_run(conversation: Conversation, text: str) -> int | Refused | None:
    """The run that is meant by its name or its number (from 1); None for all together. Refused
    (`invalid`) if there was no such run."""
    if text == ALL:
        return None
    names = run_names(conversation)
    if text in names:
        return names.index(text) + 1
    if re.fullmatch("[1-9][0-9]{0,3}", text) and int(text) <= len(names):
        return int(text)
    if not names:
        return Refused("invalid", "The conversation has not begun, so there is no run to choose.")
    known = ", ".join(f"{name} ({number})" for number, name in enumerate(names, start=1))
    return Refused("invalid", f"There was no such run. Choose one of: {known}; or {ALL}.")


def of_run(snapshot: Snapshot, run: int | None) -> Snapshot:
    """The snapshot as the files of one run (from 1) see it: the state at its end, participants with
    attendance in it, and of that alone; answers that counted at its end, earlier runs' included.
    For all runs together (None) everything, with attendance cut at the end and grace of each run.
    ValueError if there was no such run."""
    whole = snapshot.conversation
    if run is None:
        bounds = [_bounds(whole, number) for number in range(1, len(whole.runs) + 1)]
        people = (_within(row, bounds) for row in snapshot.participants)
        return replace(snapshot, participants=tuple(people))
    state = whole.after_run(run)
    attended = (_within(row, [_bounds(whole, run)]) for row in snapshot.participants)
    people = (row for row in attended if row.attended)
    links: Iterable[LinkRow] = snapshot.links
    history = snapshot.history
    if run < len(whole.runs):
        history = tuple(recorded for recorded in history if recorded.rev <= state.rev)
        out = {one.event.participant for one in history if isinstance(one.event, Removed)}
        people = (_person_then(row, run, removed=row.number in out) for row in people)
        links = (_link_then(row, run, whole.runs[run].since) for row in links)
    participants = tuple(people)
    numbers = {row.number for row in participants}
    return replace(
        snapshot,
        conversation=state,
        links=tuple(links),
        participants=participants,
        answers=tuple(
            row for row in snapshot.answers if row.run <= run and row.participant in numbers
        ),
        history=history,
    )


def _bounds(conversation: Conversation, number: int) -> Window:
    """From the run's start to its end and grace; of one that goes on, without an end."""
    run = conversation.runs[number - 1]
    grace = conversation.settings.grace * 1000
    return Window(run.since, None if run.until is None else run.until + grace)


def _within(row: ParticipantRow, bounds: Iterable[Window]) -> ParticipantRow:
    """With the attendance inside these times alone."""
    inside = (cut for bound in bounds for cut in _cut(row.attended, bound))
    return replace(row, attended=tuple(inside))


def _cut(spans: Iterable[Span], bound: Window) -> Iterator[Span]:
    for span in spans:
        until = span.until if bound.until is None else min(span.until, bound.until)
        since = max(span.since, bound.since)
        if since <= until:
            yield Span(since, until)


def _person_then(row: ParticipantRow, run: int, *, removed: bool) -> ParticipantRow:
    changes = dict(row.device_changes_by).get(run, 0)
    return replace(row, device_changes=changes, removed=removed)


def _link_then(row: LinkRow, run: int, next_since: int) -> LinkRow:
    """`next_since`: when the run after this one began. Nobody joins between two runs."""
    joined_at = row.joined_at
    if joined_at is not None and joined_at < next_since:
        return row
    return replace(row, joined_at=None, turned_away=dict(row.turned_away_by).get(run))
