"""What files are made of: rows of one conversation, read in one transaction. Times in
milliseconds."""

from __future__ import annotations

from dataclasses import dataclass

from turnout.domain.answers import Body
from turnout.domain.conversation import Conversation
from turnout.domain.events import Recorded
from turnout.domain.progress import Span


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link in its place; `number` counts from 1. `joined_at`: the first hello. `turned_away`: the
    code of the last refusal of a join with it; None for a link that somebody joined with.
    `refused`: the same code, also where somebody joined. `removed`: whoever it belongs to is out.
    `turned_away_by`: the code as it was at the end of earlier runs, (run, code), where there was
    one."""

    number: int
    pid: str
    joined_at: int | None
    turned_away: str | None = None
    removed: bool = False
    turned_away_by: tuple[tuple[int, str], ...] = ()
    refused: str | None = None


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A participant who joined; `number` is their place by first hello, from 1. `attended`: by
    `since`. `pid` is empty for the single link. `device_changes_by`: how many there were at the end
    of earlier runs, (run, number), where there were any."""

    number: int
    pid: str
    first_joined_at: int
    device_changes: int
    removed: bool
    attended: tuple[Span, ...]
    muted: bool = False
    device_changes_by: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A counted answer. `participant`: the number by first hello. `answered_at`: of this revision;
    `first_at`: of the first one. `muted`: its author is. `run`: which of the conversation's runs it
    was given in, from 1. `shown_rev`: the last event that was written when it was given;
    `Entry.shown` tells the wording and options as they were then."""

    question: int
    participant: int
    body: Body
    revision: int
    answered_at: int
    late: bool
    muted: bool
    aseq: int
    aid: str = ""
    run: int = 1
    first_at: int = 0
    shown_rev: int = 0


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`participants`: by number; `links`: by number; `answers`: by question id, then
    participant. `history`: the events that `conversation` is the fold of, in order (who was muted
    or removed when stands there too). `key`: secret bytes that were drawn once for the
    conversation; under it anonymous rows are ordered."""

    at: int
    slug: str
    conversation: Conversation
    links: tuple[LinkRow, ...]
    participants: tuple[ParticipantRow, ...]
    answers: tuple[AnswerRow, ...]
    history: tuple[Recorded, ...] = ()
    key: bytes = b""
