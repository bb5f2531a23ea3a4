"""What comes due by itself: the start, the close of a timed question, the end of live and of flex.

These are rules over the store's clock, evaluated wherever they matter: whoever decides a command or
an answer, or looks, applies what is due first. Each becomes an ordinary event, dated when it was
due; the key (conversation, rev) makes it one, whichever node sees it first.
"""

from __future__ import annotations

from collections.abc import Iterator

from turnout.domain.conversation import Conversation
from turnout.domain.events import Closed, Ended, Event, Recorded, Started, apply, record


def due(conversation: Conversation, now: int) -> tuple[Conversation, tuple[Recorded, ...]]:
    """The state in which nothing is due any more at `now` (milliseconds), and the events that led
    there. How often anybody looks in between makes no difference."""
    events: list[Recorded] = []
    while (coming := _first(conversation)) is not None:
        at, event = coming
        if at > conversation.time(now):
            break
        events.append(record(conversation, event, at))
        conversation = apply(conversation, events[-1])
    return conversation, tuple(events)


def next_due(conversation: Conversation) -> int | None:
    """When the next thing comes due, in milliseconds; None if nothing will."""
    coming = _first(conversation)
    return None if coming is None else coming[0]


def _first(conversation: Conversation) -> tuple[int, Event] | None:
    return min(_coming(conversation), key=lambda coming: coming[0], default=None)


def _coming(conversation: Conversation) -> Iterator[tuple[int, Event]]:
    """What will happen by itself, and when; of two at the same moment the first goes first. A
    question that closes by itself does so in live only: in flex people take their time."""
    settings = conversation.settings
    if conversation.phase == "published" and settings.auto_start and settings.starts_at is not None:
        yield settings.starts_at, Started()
    question = conversation.open_question
    if question is not None and question.item.auto_close and question.item.duration is not None:
        yield question.windows[-1].since + question.item.duration * 1000, Closed(question.item.id)
    if conversation.ends_at is not None:
        yield conversation.ends_at, Ended(by_hand=False)
