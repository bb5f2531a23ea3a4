"""Commands about single items: send, next, close, skip, take back.

In live one question is open at a time; in flex every question is that was not taken back.
"""

from __future__ import annotations

from turnout.domain.commands import Decision
from turnout.domain.conversation import Conversation, Entry
from turnout.domain.events import Closed, Opened, Skipped, Withdrawn
from turnout.domain.refusals import Refused
from turnout.domain.words import GONE, name_of, wrong_phase


def send(conversation: Conversation, item: int) -> Decision:
    """Open this item. In flex that is left to do for a question that was taken back alone."""
    if conversation.phase not in ("live", "flex"):
        return _not_live(conversation)
    entry = conversation.entry(item)
    if entry is None:
        return GONE
    if entry.status == "open":
        return ()
    if conversation.phase == "live":
        return _opening(conversation, entry)
    if not entry.item.is_question:
        why = "People go at their own pace now; messages are not sent any more."
        return Refused("phase", why, reason="own_pace")
    return (Opened(item),)


def send_next(conversation: Conversation) -> Decision:
    """Open the first item that was neither sent nor skipped."""
    if conversation.phase != "live":
        return _not_live(conversation)
    entry = conversation.next_queued
    if entry is None:
        why = "Everything in the guide was sent or skipped. Send an item again, add one, or end."
        return Refused("nothing_left", why)
    return _opening(conversation, entry)


def _opening(conversation: Conversation, entry: Entry) -> Decision:
    """Opening a question closes the one that is open: in live there is one at a time. A message
    asks nothing, so the open question stays answerable below it."""
    current = conversation.open_question
    if current is not None and entry.item.is_question:
        return (Closed(current.item.id), Opened(entry.item.id))
    return (Opened(entry.item.id),)


def close(conversation: Conversation, item: int | None) -> Decision:
    """Close the open question. One that is not open is closed already."""
    if conversation.phase != "live":
        return wrong_phase(
            conversation, "Questions are closed while the conversation is live.", "close_live"
        )
    if item is not None and conversation.entry(item) is None:
        return GONE
    current = conversation.open_question
    if current is None or item not in (None, current.item.id):
        return ()
    return (Closed(current.item.id),)


def skip(conversation: Conversation, item: int) -> Decision:
    """Pass over an item that nobody has seen."""
    if conversation.phase != "live":
        return _not_live(conversation)
    entry = conversation.entry(item)
    if entry is None:
        return GONE
    if entry.status == "skipped":
        return ()
    if entry.was_sent:
        name = name_of(conversation, entry)
        why = f"{name.capitalize()} was sent already and can't be skipped."
        return Refused("invalid", why, reason="sent_already")
    return (Skipped(item),)


def withdraw(conversation: Conversation, item: int) -> Decision:
    """Take an item back that people have seen: it closes, and a question counts for nobody."""
    if conversation.phase not in ("live", "flex"):
        return wrong_phase(
            conversation, "Items are taken back while people can answer.", "withdraw_running"
        )
    entry = conversation.entry(item)
    if entry is None:
        return GONE
    if entry.status == "withdrawn":
        return ()
    if not entry.was_sent:
        return Refused("invalid", "It was never sent. Skip it instead.", reason="never_sent")
    return (Withdrawn(item),)


def _not_live(conversation: Conversation) -> Refused:
    return wrong_phase(conversation, "Items are sent while the conversation is live.", "send_live")
