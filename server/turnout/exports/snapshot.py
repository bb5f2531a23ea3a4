"""What files are made of: rows of one conversation, read in one transaction. Times in
milliseconds."""

from __future__ import annotations

from dataclasses import dataclass

from turnout.domain.answers import Body
from turnout.domain.conversation import Conversation
from turnout.domain.progress import Span


@dataclass(frozen=True, slots=True)
class LinkRow:
    """A link in its place; `number` counts from 1. `joined_at`: the first hello."""

    number: int
    pid: str
    joined_at: int | None


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A participant who joined; `number` is their place by first hello, from 1. `attended`: by
    `since`. `pid` is empty for the single link."""

    number: int
    pid: str
    first_joined_at: int
    device_changes: int
    removed: bool
    attended: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """A counted answer. `participant`: the number by first hello."""

    question: int
    participant: int
    body: Body
    revision: int
    answered_at: int
    late: bool
    muted: bool
    aseq: int


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`participants`: by number; `links`: by number; `answers`: by question id, then
    participant."""

    at: int
    slug: str
    conversation: Conversation
    links: tuple[LinkRow, ...]
    participants: tuple[ParticipantRow, ...]
    answers: tuple[AnswerRow, ...]
