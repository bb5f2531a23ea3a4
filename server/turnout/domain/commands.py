"""What moderators may ask for, and what comes of it: events, or a refusal in words.

A command carries what the sender's screen showed (`expect`). If that no longer holds nothing
happens, and the sender is told what did, so that of two moderators who press Next together one
wins.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from turnout.domain.answers import is_storable
from turnout.domain.conversation import (
    MAX_PARTICIPANTS,
    Closed,
    Conversation,
    Ended,
    Entry,
    Event,
    Opened,
    Phase,
    Published,
    Settings,
    Skipped,
    Started,
)
from turnout.domain.guide import Fault, faults
from turnout.domain.refusals import Refused

MAX_TITLE = 200
MAX_DURATION = 24 * 60
"""Planned minutes."""
MAX_GRACE = 600
"""Seconds."""


@dataclass(frozen=True, slots=True)
class Expect:
    """What the sender saw: the phase, and the rev of the last event that sent an item (0: none)."""

    phase: Phase
    sent: int


@dataclass(frozen=True, slots=True)
class Publish:
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Start:
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """Open this item now, whatever its place in the guide; one that was closed opens again."""

    item: int
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """Open the first item of the guide that was neither sent nor skipped."""

    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Close:
    """Close the open question, or this one; closing a closed question is done already."""

    item: int | None = None
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class Skip:
    """Pass over an item that was never sent. It may still be sent later."""

    item: int
    expect: Expect | None = None


@dataclass(frozen=True, slots=True)
class End:
    expect: Expect | None = None


Command = Publish | Start | Send | Next | Close | Skip | End
Decision = tuple[Event, ...] | Refused
"""Events in order (none: it is so already), or why nothing happens."""


def decide(conversation: Conversation, command: Command, now: int) -> Decision:
    """What this command does to this state. `now`: milliseconds by the store's clock."""
    if (stale := _unexpected(conversation, command.expect, now)) is not None:
        return stale
    match command:
        case Publish():
            return _publish(conversation)
        case Start():
            return _start(conversation)
        case Send(item=item):
            return _send(conversation, item)
        case Next():
            return _next(conversation)
        case Close(item=item):
            return _close(conversation, item)
        case Skip(item=item):
            return _skip(conversation, item)
        case End():
            return _end(conversation)
        case _:
            assert_never(command)


def settings_faults(settings: Settings) -> tuple[str, ...]:
    """What is wrong with an organiser's choices, in words."""
    found: list[str] = []
    if not settings.title.strip():
        found.append("The title is empty. Write what the conversation is about.")
    if len(settings.title) > MAX_TITLE:
        found.append(f"The title has more than {MAX_TITLE} characters. Shorten it.")
    if not is_storable(settings.title):
        found.append("The title holds a character that cannot be stored. Write it again.")
    if not 1 <= settings.max_participants <= MAX_PARTICIPANTS:
        found.append(f"Max participants must be from 1 to {MAX_PARTICIPANTS:,}.")
    if not 1 <= settings.duration <= MAX_DURATION:
        found.append(f"The planned duration must be from 1 to {MAX_DURATION:,} minutes.")
    if not 0 <= settings.grace <= MAX_GRACE:
        found.append(f"The grace for late answers must be from 0 to {MAX_GRACE} seconds.")
    return tuple(found)


def _unexpected(conversation: Conversation, expect: Expect | None, now: int) -> Refused | None:
    if expect is None:
        return None
    if expect.phase != conversation.phase:
        return Refused("expect", f"Nothing was done: {_phase_words(conversation.phase)}")
    if expect.sent != conversation.sent_rev:
        return Refused("expect", f"Nothing was done: {_sent_words(conversation, now)}")
    return None


def _phase_words(phase: Phase) -> str:
    words: dict[Phase, str] = {
        "draft": "the conversation is a draft.",
        "published": "the conversation was published and has not started.",
        "live": "the conversation was started.",
        "ended": "the conversation was ended.",
        "flex": "the conversation was reopened.",
    }
    return words[phase]


def _sent_words(conversation: Conversation, now: int) -> str:
    """What somebody else sent since: "question 29 was sent 2 s ago"."""
    sent = [entry for entry in conversation.entries if entry.was_sent]
    if not sent:
        return "nothing was sent yet."
    last = max(sent, key=lambda entry: entry.sent_rev)
    seconds = max(1, round((now - last.windows[-1].since) / 1000))
    return f"{name_of(conversation, last)} was sent {seconds} s ago."


def name_of(conversation: Conversation, entry: Entry) -> str:
    """How staff call an item: "question 7" by its place among the questions, or "message 2"."""
    same = [e for e in conversation.entries if e.item.is_question == entry.item.is_question]
    word = "question" if entry.item.is_question else "message"
    return f"{word} {same.index(entry) + 1}"


def _wrong_phase(conversation: Conversation, needs: str) -> Refused:
    return Refused("phase", f"{needs} Now {_phase_words(conversation.phase)}")


def _publish(conversation: Conversation) -> Decision:
    if conversation.phase == "published":
        return ()
    if conversation.phase != "draft":
        return _wrong_phase(conversation, "Only a draft can be published.")
    if not any(entry.item.is_question for entry in conversation.entries):
        return Refused("invalid", "The guide asks no question. Add one before you publish.")
    items = tuple(entry.item for entry in conversation.entries)
    if (fault := next(faults(items), None)) is not None:
        return Refused("invalid", _fault_words(fault))
    return (Published(),)


def _fault_words(fault: Fault) -> str:
    return f"Item {fault.position}: {fault.what}"


def _start(conversation: Conversation) -> Decision:
    match conversation.phase:
        case "live":
            return ()
        case "published":
            return (Started(),)
        case _:
            return _wrong_phase(conversation, "Only a published conversation can be started.")


def _sendable(conversation: Conversation, item: int) -> Entry | Refused:
    if conversation.phase != "live":
        return _wrong_phase(conversation, "Items are sent while the conversation is live.")
    entry = conversation.entry(item)
    return entry or Refused("gone", "This item is not in the guide any more.")


def _send(conversation: Conversation, item: int) -> Decision:
    entry = _sendable(conversation, item)
    if isinstance(entry, Refused):
        return entry
    if entry.status == "open":
        return ()
    return _opening(conversation, entry)


def _next(conversation: Conversation) -> Decision:
    if conversation.phase != "live":
        return _wrong_phase(conversation, "Items are sent while the conversation is live.")
    entry = conversation.next_queued
    if entry is None:
        return Refused("nothing_left", "Everything in the guide was sent or skipped.")
    return _opening(conversation, entry)


def _opening(conversation: Conversation, entry: Entry) -> Decision:
    """Opening a question closes the one that is open: in live there is one at a time. A message
    asks nothing, so the open question stays answerable below it."""
    current = conversation.open_question
    if current is not None and entry.item.is_question:
        return (Closed(current.item.id), Opened(entry.item.id))
    return (Opened(entry.item.id),)


def _close(conversation: Conversation, item: int | None) -> Decision:
    if conversation.phase != "live":
        return _wrong_phase(conversation, "Questions are closed while the conversation is live.")
    current = conversation.open_question
    if item is not None and conversation.entry(item) is None:
        return Refused("gone", "This item is not in the guide any more.")
    if current is None or item not in (None, current.item.id):
        return ()
    return (Closed(current.item.id),)


def _skip(conversation: Conversation, item: int) -> Decision:
    entry = _sendable(conversation, item)
    if isinstance(entry, Refused):
        return entry
    if entry.status == "skipped":
        return ()
    if entry.was_sent:
        name = name_of(conversation, entry)
        return Refused("invalid", f"{name.capitalize()} was sent already and can't be skipped.")
    return (Skipped(item),)


def _end(conversation: Conversation) -> Decision:
    match conversation.phase:
        case "ended":
            return ()
        case "live":
            return (Ended(),)
        case _:
            return _wrong_phase(conversation, "Only a live conversation can be ended.")
