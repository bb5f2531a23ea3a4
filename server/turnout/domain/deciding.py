"""What comes of a command: events, or a refusal in words.

If what the sender's screen showed no longer holds nothing happens, and the sender is told what did,
so that of two moderators who press Next together one wins.
"""

from __future__ import annotations

from typing import assert_never

from turnout.domain import configuring, editing, phases, sending
from turnout.domain.commands import (
    Add,
    Close,
    Command,
    Configure,
    Decision,
    Drop,
    Edit,
    End,
    Expect,
    Expecting,
    Move,
    Next,
    Publish,
    ReopenFlex,
    Send,
    SetGuide,
    Skip,
    Start,
    UndoEnd,
    Unpublish,
    Withdraw,
)
from turnout.domain.conversation import Conversation
from turnout.domain.refusals import Refused
from turnout.domain.words import name_of, phase_words


def decide(conversation: Conversation, command: Command, now: int) -> Decision:
    """What this command does to this state, on which nothing is due any more
    (`turnout.domain.due`). `now`: milliseconds by the store's clock."""
    now = conversation.time(now)
    match command:
        case Configure(settings=settings, handed_out=handed_out):
            return configuring.configure(conversation, settings, handed_out, now)
        case SetGuide(items=items):
            return editing.set_guide(conversation, items)
        case Edit(item=item, answered=answered):
            return editing.edit(conversation, item, answered=answered)
        case Add(item=item, after=after):
            return editing.add(conversation, item, after)
        case Move(item=item, after=after):
            return editing.move(conversation, item, after)
        case Drop(item=item):
            return editing.drop(conversation, item)
        case Withdraw(item=item):
            return sending.withdraw(conversation, item)
        case _:
            stale = None if command.expect is None else _stale(conversation, command.expect, now)
            return stale or _expected(conversation, command, now)


def _expected(conversation: Conversation, command: Expecting, now: int) -> Decision:
    match command:
        case Publish():
            return phases.publish(conversation, now)
        case Unpublish():
            return phases.unpublish(conversation, now)
        case Start():
            return phases.start(conversation)
        case End():
            return phases.end(conversation)
        case UndoEnd():
            return phases.undo_end(conversation, now)
        case ReopenFlex(days=days):
            return phases.reopen(conversation, days, now)
        case Send(item=item):
            return sending.send(conversation, item)
        case Next():
            return sending.send_next(conversation)
        case Close(item=item):
            return sending.close(conversation, item)
        case Skip(item=item):
            return sending.skip(conversation, item)
        case _:
            assert_never(command)


def _stale(conversation: Conversation, expect: Expect, now: int) -> Refused | None:
    if expect.phase != conversation.phase:
        why = f"Nothing was done: {phase_words(conversation.phase)}"
        return Refused("expect", why, reason="phase_moved")
    if expect.sent != conversation.sent_rev:
        why = f"Nothing was done: {_sent_words(conversation, now)}"
        return Refused("expect", why, reason="item_sent")
    return None


def _sent_words(conversation: Conversation, now: int) -> str:
    """What somebody else sent since: "question 29 was sent 2 s ago"."""
    sent = [entry for entry in conversation.entries if entry.was_sent]
    if not sent:
        return "nothing was sent yet."
    last = max(sent, key=lambda entry: entry.sent_rev)
    seconds = max(1, round((now - last.windows[-1].since) / 1000))
    return f"{name_of(conversation, last)} was sent {seconds} s ago."
