"""Changing a conversation's choices and guide: what may still change, and when it is too late.

A sent question keeps its id for ever. Its wording may be corrected; options may be added, and
reworded only while nobody answered: an answer names them by number.
"""

from __future__ import annotations

from dataclasses import replace

from turnout.domain.conversation import (
    Conversation,
    Entry,
    Settings,
)
from turnout.domain.events import (
    Added,
    Configured,
    Edited,
    Event,
    GuideSet,
)
from turnout.domain.guide import Item, faults, options_of
from turnout.domain.refusals import Refused

Edits = tuple[Event, ...] | Refused


def configure(conversation: Conversation, settings: Settings, handed_out: int) -> Edits:
    """Other choices, before the start. `handed_out`: unique links that exist already; they keep
    their order and more may come, but none is taken away."""
    if conversation.phase not in ("draft", "published"):
        return Refused("phase", "This can't be changed any more: the conversation has started.")
    if settings.links != conversation.settings.links:
        return Refused("invalid", "The kind of link can't change. Duplicate the conversation.")
    if settings.links == "unique" and settings.max_participants < handed_out:
        why = (
            f"Lowering to {settings.max_participants:,} would cut links you may have handed out. "
            f"Keep {handed_out:,} or more."
        )
        return Refused("invalid", why)
    return () if settings == conversation.settings else (Configured(settings),)


def set_guide(conversation: Conversation, items: tuple[Item, ...]) -> Edits:
    """Another guide, before the start."""
    if conversation.phase not in ("draft", "published"):
        return Refused("phase", "The guide was begun. Add or correct single items instead.")
    if (refused := _faulty(items)) is not None:
        return refused
    return (GuideSet(items),)


def edit(conversation: Conversation, item: Item, *, answered: bool) -> Edits:
    """Correct one item. `answered`: somebody answered it."""
    if conversation.phase == "ended":
        return Refused("phase", "The conversation is over. Its words stay as people read them.")
    entry = conversation.entry(item.id)
    if entry is None:
        return Refused("gone", "This item is not in the guide any more.")
    if entry.item == item:
        return ()
    if entry.was_sent and (why := _too_late(entry, item, answered=answered)) is not None:
        return Refused("invalid", why)
    refused = _faulty(
        tuple(item if one.item.id == item.id else one.item for one in conversation.entries)
    )
    return (Edited(item),) if refused is None else refused


def _too_late(entry: Entry, item: Item, *, answered: bool) -> str | None:
    """What can't change any more on an item that people have seen."""
    old, new = entry.item.content, item.content
    if type(old) is not type(new):
        return "A question that was sent keeps its type. Withdraw it and add another."
    before, after = options_of(old), options_of(new)
    if len(after) < len(before):
        return "Options of a question that was sent can't be taken away."
    if answered and after[: len(before)] != before:
        return "Somebody answered: options can be added, not reworded."
    if answered and not before and old != new:
        return "Somebody answered: its bounds can't change any more."
    return None


def add(conversation: Conversation, item: Item, after: int | None) -> Edits:
    """A new item; its id is the next one that was never used."""
    if conversation.phase == "ended":
        return Refused("phase", "The conversation is over. Reopen it, or duplicate it.")
    if after is not None and conversation.entry(after) is None:
        return Refused("gone", "The item before it is not in the guide any more.")
    new = replace(item, id=next_id(conversation))
    items = (*(entry.item for entry in conversation.entries), new)
    refused = _faulty(items)
    return (Added(new, after),) if refused is None else refused


def next_id(conversation: Conversation) -> int:
    """The id of the next item. Items of a guide that was sent are never taken out, so none comes
    twice."""
    return max((entry.item.id for entry in conversation.entries), default=0) + 1


def _faulty(items: tuple[Item, ...]) -> Refused | None:
    fault = next(faults(items), None)
    return None if fault is None else Refused("invalid", f"Item {fault.position}: {fault.what}")
