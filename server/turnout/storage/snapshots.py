"""One consistent reading of a conversation, and pages of its answers.

Rows are read in a transaction of the store and made into values outside of it, in a thread: sixty
thousand answers take long enough to hold up everybody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Select, select

from turnout.domain.conversation import Conversation
from turnout.domain.due import due
from turnout.domain.events import Recorded
from turnout.domain.progress import Span
from turnout.exports.snapshot import AnswerRow, LinkRow, ParticipantRow, Snapshot
from turnout.storage.answers import aid_from_bytes
from turnout.storage.conversations import links
from turnout.storage.database import StoreClock
from turnout.storage.events import body_from_text
from turnout.storage.schema import answer, attendance, conversation, link, participant, run_end
from turnout.storage.states import States, events_between


@dataclass(frozen=True, slots=True)
class Reading:
    """The rows of a snapshot, as they came. `written`: the state without what has come due."""

    at: int
    slug: str
    written: Conversation
    conversation: Conversation
    history: tuple[Recorded, ...]
    links: tuple[LinkRow, ...]
    participants: Sequence[Any]
    attended: Sequence[Any]
    answers: Sequence[Any]
    run_ends: Sequence[Any]
    key: bytes

    def snapshot(self) -> Snapshot:
        """Made into values."""
        attended: dict[int, list[Span]] = {}
        for id, since, until in self.attended:
            attended.setdefault(id, []).append(Span(since, until))
        changes: dict[str, list[tuple[int, int]]] = {}
        refusals: dict[str, list[tuple[int, str]]] = {}
        for row in self.run_ends:
            changes.setdefault(row.pid, []).append((row.run, row.device_changes))
            if row.turned_away is not None:
                refusals.setdefault(row.pid, []).append((row.run, row.turned_away))
        participants = tuple(
            ParticipantRow(
                row.number,
                row.pid or "",
                row.confirmed_at,
                row.device_changes,
                row.removed_at is not None or row.link_removed_at is not None,
                tuple(attended.get(row.id, ())),
                row.muted_at is not None,
                tuple(changes.get(row.pid, ())),
            )
            for row in self.participants
        )
        return Snapshot(
            self.at,
            self.slug,
            self.conversation,
            tuple(
                replace(row, turned_away_by=tuple(refusals[row.pid]))
                if row.pid in refusals
                else row
                for row in self.links
            ),
            participants,
            answer_rows(self.answers),
            self.history,
            self.key,
        )


def read(connection: Connection, states: States, id: int, clock: StoreClock) -> Reading:
    """Everything at one moment. LookupError for a conversation that does not exist."""
    row = connection.execute(
        select(conversation.c.slug, conversation.c.rev, conversation.c.anonymous_key).where(
            conversation.c.id == id
        )
    ).one_or_none()
    if row is None:
        raise LookupError(f"there is no conversation {id}")
    written = states.at(connection, id, row.rev)
    at = written.time(clock(connection))
    state, came = due(written, at)
    return Reading(
        at,
        row.slug,
        written,
        state,
        (*events_between(connection, id, 0, row.rev), *came),
        links(connection, id),
        connection.execute(_participants(id)).all(),
        connection.execute(_attended(id)).all(),
        connection.execute(_answers(id).order_by(answer.c.question, participant.c.number)).all(),
        connection.execute(_run_ends(id)).all(),
        row.anonymous_key,
    )


def answers_after(connection: Connection, id: int, aseq: int) -> Sequence[Any]:
    """Rows of the answers behind `aseq`, in its order, for `answer_rows`."""
    order = (answer.c.aseq, answer.c.question, participant.c.number)
    return connection.execute(_answers(id).where(answer.c.aseq > aseq).order_by(*order)).all()


def answer_rows(rows: Iterable[Any]) -> tuple[AnswerRow, ...]:
    """Rows made into values."""
    return tuple(
        AnswerRow(
            row.question,
            row.number,
            body_from_text(row.body),
            row.revision,
            row.answered_at,
            row.late,
            row.muted_at is not None,
            row.aseq,
            aid_from_bytes(row.aid),
            row.run,
            row.first_at,
            row.shown_rev,
        )
        for row in rows
    )


def _answers(id: int) -> Select[Any]:
    return (
        select(
            answer.c.question,
            participant.c.number,
            answer.c.body,
            answer.c.revision,
            answer.c.answered_at,
            answer.c.late,
            participant.c.muted_at,
            answer.c.aseq,
            answer.c.aid,
            answer.c.run,
            answer.c.first_at,
            answer.c.shown_rev,
        )
        .join(participant, participant.c.id == answer.c.participant)
        .where(answer.c.conversation == id)
    )


def _participants(id: int) -> Select[Any]:
    return (
        select(
            participant.c.id,
            participant.c.number,
            link.c.pid,
            participant.c.confirmed_at,
            participant.c.device_changes,
            participant.c.removed_at,
            participant.c.muted_at,
            link.c.removed_at.label("link_removed_at"),
        )
        .outerjoin(link, link.c.id == participant.c.link)
        .where(participant.c.conversation == id, participant.c.number.is_not(None))
        .order_by(participant.c.number)
    )


def _attended(id: int) -> Select[Any]:
    return (
        select(attendance.c.participant, attendance.c.since, attendance.c.until)
        .join(participant, participant.c.id == attendance.c.participant)
        .where(participant.c.conversation == id)
        .order_by(attendance.c.since, attendance.c.id)
    )


def _run_ends(id: int) -> Select[Any]:
    return (
        select(link.c.pid, run_end.c.run, run_end.c.device_changes, run_end.c.turned_away)
        .join(link, link.c.id == run_end.c.link)
        .where(link.c.conversation == id)
        .order_by(link.c.number, run_end.c.run)
    )
