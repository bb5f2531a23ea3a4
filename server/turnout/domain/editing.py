"""Changing the guide: what may still change, and when it is too late.

A sent question keeps its id for ever. Its wording may be corrected; options may be added, and
reworded only while nobody answered: an answer names them by number.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from turnout.domain.commands import Decision
from turnout.domain.conversation import Conversation, Entry
from turnout.domain.events import Added, Edited, GuideSet
from turnout.domain.guide import Content, Item, MultipleChoice, SingleChoice, faults, options_of
from turnout.domain.refusals import Reason, Refused
from turnout.domain.words import GONE


def set_guide(conversation: Conversation, items: tuple[Item, ...]) -> Decision:
    """Another guide, before the start."""
    if conversation.phase not in ("draft", "published"):
        why = "The guide was begun. Add or correct single items instead."
        return Refused("phase", why, reason="guide_begun")
    entries = tuple(Entry(item) for item in items)
    if entries == conversation.entries:
        return ()
    return _refused(conversation, entries) or (GuideSet(items),)


def edit(conversation: Conversation, item: Item, *, answered: bool) -> Decision:
    """Correct one item. `answered`: somebody answered it."""
    if conversation.phase == "ended":
        why = "The conversation is over. Its words stay as people read them."
        return Refused("phase", why, reason="over_edit")
    entry = conversation.entry(item.id)
    if entry is None:
        return GONE
    if entry.item == item:
        return ()
    if conversation.runs and entry.item.is_question != item.is_question:
        why = "It would give other questions another number. Add a new item."
        return Refused("invalid", why, reason="kind_stays")
    if entry.was_sent:
        late = _too_late(entry.item.content, item.content, answered=answered)
        if late is not None:
            return late
    entries = (
        replace(one, item=item) if one.item.id == item.id else one for one in conversation.entries
    )
    return _refused(conversation, tuple(entries)) or (Edited(item),)


def _too_late(old: Content, new: Content, *, answered: bool) -> Refused | None:
    """What can't change any more on an item that people have seen; an answer may be on its way."""
    if old == new:
        return None
    if type(old) is not type(new):
        return _fixed(
            "A question that was sent keeps its type. Withdraw it and add another.", "type_stays"
        )
    before, after = options_of(old), options_of(new)
    if len(after) < len(before) or (_takes_other(old) and not _takes_other(new)):
        return _fixed("Options of a question that was sent can't be taken away.", "options_stay")
    if answered and after[: len(before)] != before:
        return _fixed("Somebody answered: options can be added, not reworded.", "reworded")
    if answered and not isinstance(old, SingleChoice | MultipleChoice):
        return _fixed(
            "Somebody answered: its bounds and labels can't change any more.", "bounds_stay"
        )
    return None


def _fixed(why: str, reason: Reason) -> Refused:
    return Refused("invalid", why, reason=reason)


def _takes_other(content: Content) -> bool:
    return isinstance(content, SingleChoice | MultipleChoice) and content.other


def add(conversation: Conversation, item: Item, after: int | None) -> Decision:
    """A new item; its id is the next one that was never used. A question goes behind all that were
    sent: people know those by their number."""
    if conversation.phase == "ended":
        return Refused(
            "phase", "The conversation is over. Reopen it, or duplicate it.", reason="over_add"
        )
    if after is not None and conversation.entry(after) is None:
        return GONE
    new = replace(item, id=next_id(conversation))
    if new.is_question:
        after = _behind_sent(conversation, after)
    return _refused(conversation, (*conversation.entries, Entry(new))) or (Added(new, after),)


def _behind_sent(conversation: Conversation, after: int | None) -> int | None:
    """The later of this place and the last question that was sent. Not a reason to refuse: another
    moderator may have sent one a second ago."""
    sent = [e.item.id for e in conversation.entries if e.item.is_question and e.was_sent]
    ids = [entry.item.id for entry in conversation.entries]
    places = [ids.index(id) for id in (after, *sent[-1:]) if id is not None]
    return ids[max(places)] if places else None


def move(conversation: Conversation, item: int, after: int | None) -> Decision:
    """Another place in the guide, before the start; later items are sent in any order anyway."""
    if conversation.phase not in ("draft", "published"):
        why = "The guide was begun. You can send its items in any order."
        return Refused("phase", why, reason="order_begun")
    moved = conversation.entry(item)
    if moved is None or (after is not None and conversation.entry(after) is None):
        return GONE
    if after == item:
        return ()
    items = [entry.item for entry in conversation.entries if entry is not moved]
    place = 0 if after is None else [one.id for one in items].index(after) + 1
    return set_guide(conversation, (*items[:place], moved.item, *items[place:]))


def drop(conversation: Conversation, item: int) -> Decision:
    """Out of the guide, before the start. Whoever dropped it first has done it."""
    if conversation.phase not in ("draft", "published"):
        return Refused(
            "phase", "The guide was begun. Skip the item, or take it back.", reason="drop_begun"
        )
    return set_guide(
        conversation, tuple(one.item for one in conversation.entries if one.item.id != item)
    )


def next_id(conversation: Conversation) -> int:
    """The id of the next item. Items of a guide that was sent are never taken out, so none comes
    twice."""
    return max((entry.item.id for entry in conversation.entries), default=0) + 1


def unfit(entries: Iterable[Entry]) -> Refused | None:
    """Refused if this is no guide to publish."""
    items = tuple(entry.item for entry in entries)
    if not any(item.is_question for item in items):
        why = "The guide asks no question. A conversation needs one at least."
        return Refused("invalid", why, reason="no_question")
    return _faulty(items)


def _refused(conversation: Conversation, entries: tuple[Entry, ...]) -> Refused | None:
    """A draft may still ask nothing; what people were invited to may not."""
    if conversation.phase == "draft":
        return _faulty(tuple(entry.item for entry in entries))
    return unfit(entries)


def _faulty(items: tuple[Item, ...]) -> Refused | None:
    fault = next(faults(items), None)
    return None if fault is None else Refused("invalid", f"Item {fault.position}: {fault.what}")
