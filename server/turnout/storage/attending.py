"""Attendance: rows that grow while somebody is there, never past the run in which they began.

A connection may outlive its run: nobody's socket is closed at an End, and the conversation may be
reopened as flex. What it lives on then is another row.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, case, insert, select, update

from turnout.domain.conversation import Conversation, Run
from turnout.storage.database import StoreClock
from turnout.storage.schema import attendance, participant
from turnout.storage.states import States
from turnout.storage.stream import hold

CHUNK = 1_000
"""Rows in one statement."""


class _Sign(NamedTuple):
    """Somebody was there: `row` began at `since`; the last sign of life came at `at`."""

    row: int
    who: int
    since: int
    at: int


def attend(
    connection: Connection, states: States, rows: Sequence[tuple[int, int]], clock: StoreClock
) -> None:
    """Move the `until` of attendance rows to (row, milliseconds), never backwards."""
    last: dict[int, int] = {}
    for row, at in rows:
        last[row] = max(at, last.get(row, at))
    # In one order everywhere, so that two nodes never wait for each other.
    for id, signs in sorted(_by_conversation(connection, last).items()):
        held = hold(connection, states, id, clock)
        if held is None or not held.state.runs:
            continue
        _move(connection, held.state, signs)


def _by_conversation(connection: Connection, last: dict[int, int]) -> dict[int, list[_Sign]]:
    found: defaultdict[int, list[_Sign]] = defaultdict(list)
    ids = sorted(last)
    for place in range(0, len(ids), CHUNK):
        rows = connection.execute(_rows, {"rows": ids[place : place + CHUNK]})
        for row, who, since, conversation in rows:
            found[conversation].append(_Sign(row, who, since, last[row]))
    return found


def _move(connection: Connection, state: Conversation, signs: Sequence[_Sign]) -> None:
    connection.execute(
        _extend,
        [
            {"row": sign.row, "moved": _within(state, _run_of(state, sign.since), sign.at)}
            for sign in signs
        ],
    )
    for who, at in _outlived(state, signs):
        values = {"who": who, "began": state.runs[-1].since, "moved": at}
        if connection.execute(_extend_later, values).rowcount == 0:
            connection.execute(_open_later, values)


def _outlived(state: Conversation, signs: Iterable[_Sign]) -> Iterator[tuple[int, int]]:
    """Who was there in the last run on a connection of an earlier one, and until when."""
    last = state.runs[-1]
    for sign in signs:
        if sign.at >= last.since and _run_of(state, sign.since) is not last:
            yield sign.who, _within(state, last, sign.at)


def _run_of(state: Conversation, since: int) -> Run:
    begun = [run for run in state.runs if run.since <= since]
    return begun[-1] if begun else state.runs[0]


def _within(state: Conversation, run: Run, at: int) -> int:
    """Not later than the end of the run and its grace."""
    return at if run.until is None else min(at, run.until + state.settings.grace * 1000)


_rows = (
    select(attendance.c.id, participant.c.id, attendance.c.since, participant.c.conversation)
    .join(participant, participant.c.id == attendance.c.participant)
    .where(attendance.c.id.in_(bindparam("rows", expanding=True)))
)
_extend = (
    update(attendance)
    .where(attendance.c.id == bindparam("row"), attendance.c.until < bindparam("moved"))
    .values(until=bindparam("moved"))
)
# One row a participant for what older connections live on.
_extend_later = (
    update(attendance)
    .where(attendance.c.participant == bindparam("who"), attendance.c.since == bindparam("began"))
    .values(
        until=case(
            (attendance.c.until < bindparam("moved"), bindparam("moved")), else_=attendance.c.until
        )
    )
)
_open_later = insert(attendance).values(
    participant=bindparam("who"), since=bindparam("began"), until=bindparam("moved")
)
