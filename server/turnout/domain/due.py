"""What comes due by itself: the start, the close of a timed question, the end of live and of flex.

These are rules over the store's clock, evaluated wherever they matter: whoever decides a command or
an answer, or looks, applies what is due first. Each becomes an ordinary event, dated when it was
due; the key (conversation, rev) makes it one, whichever node sees it first.
"""

from __future__ import annotations

from turnout.domain.conversation import (
    MINUTE,
    OVERTIME,
    Conversation,
)
from turnout.domain.events import (
    Closed,
    Ended,
    Recorded,
    Started,
    apply,
    record,
)


def due(conversation: Conversation, now: int) -> tuple[Conversation, tuple[Recorded, ...]]:
    """The state in which nothing is due any more at `now`, and the events that led there."""
    events: list[Recorded] = []
    while (event := _next(conversation, now)) is not None:
        events.append(event)
        conversation = apply(conversation, event)
    return conversation, tuple(events)


def next_due(conversation: Conversation) -> int | None:
    """When the next thing comes due, in milliseconds; None if nothing will."""
    times = [
        at
        for at in (_start_at(conversation), _close_at(conversation), end_at(conversation))
        if at is not None
    ]
    return min(times, default=None)


def end_at(conversation: Conversation) -> int | None:
    """When what runs now ends by itself."""
    if not conversation.runs:
        return None
    run = conversation.runs[-1]
    match conversation.phase:
        case "live":
            return run.since + conversation.settings.duration * MINUTE + OVERTIME
        case "flex":
            return run.due
        case _:
            return None


def _next(conversation: Conversation, now: int) -> Recorded | None:
    """The earliest of what is due."""
    close_at, last_at = _close_at(conversation), end_at(conversation)
    start_at = _start_at(conversation)
    if start_at is not None and start_at <= now:
        return record(conversation, Started(), start_at)
    ends = last_at is not None and last_at <= now
    if close_at is not None and close_at <= now and not (ends and (last_at or 0) < close_at):
        question = conversation.open_question
        assert question is not None
        return record(conversation, Closed(question.item.id), close_at)
    if ends and last_at is not None:
        return record(conversation, Ended(by_hand=False), last_at)
    return None


def _start_at(conversation: Conversation) -> int | None:
    settings = conversation.settings
    waits = conversation.phase == "published" and settings.auto_start
    return settings.starts_at if waits else None


def _close_at(conversation: Conversation) -> int | None:
    question = conversation.open_question
    if question is None or not question.item.auto_close or question.item.duration is None:
        return None
    return question.windows[-1].since + question.item.duration * 1000
