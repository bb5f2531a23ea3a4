"""Changes of the guide on their way to the decision: nothing is taken that would be too large for a
welcome, nor over the head of somebody who changed the same thing meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from msgspec import UNSET

from turnout import wire
from turnout.domain import commands
from turnout.domain.commands import Decision
from turnout.domain.conversation import Conversation
from turnout.domain.deciding import decide
from turnout.domain.events import Added, Edited, GuideSet
from turnout.domain.guide import Item
from turnout.domain.refusals import Refused
from turnout.domain.words import GONE
from turnout.ports import Facts
from turnout.services import views

Decide = Callable[[Conversation, Facts], Decision]

OTHER_WORDS = Refused(
    "expect",
    "Nothing was done: somebody changed this item a moment ago. Look at it again.",
    reason="changed_item",
)
OTHER_GUIDE = Refused(
    "expect",
    "Nothing was replaced: somebody changed the guide a moment ago. Look at it again.",
    reason="changed_guide",
)


def setting(items: tuple[Item, ...], seen: Sequence[str] | None) -> Decide:
    """Another guide. `seen`: the versions of the items that the sender read; None: whatever is
    there."""

    def decision(conversation: Conversation, facts: Facts) -> Decision:
        if seen is not None and list(seen) != [
            views.version(one.item) for one in conversation.entries
        ]:
            return OTHER_GUIDE
        return _fitting(commands.SetGuide(items), conversation, facts)

    return decision


def adding(asked: wire.Command) -> Decide | Refused:
    """A new item."""
    if asked.draft is UNSET:
        return Refused("invalid", "Write the item first.")
    item = views.item_from_draft(asked.draft, None)
    if isinstance(item, Refused):
        return item
    after = None if asked.after is UNSET else asked.after
    return lambda conversation, facts: _fitting(commands.Add(item, after), conversation, facts)


def editing(asked: wire.Command, id: int) -> Decide | Refused:
    """Other words for an item."""
    draft = asked.draft
    if draft is UNSET:
        return Refused("invalid", "Write the item first.")

    def decision(conversation: Conversation, facts: Facts) -> Decision:
        entry = conversation.entry(id)
        if entry is None:
            return GONE
        if asked.seen is not UNSET and asked.seen != views.version(entry.item):
            return OTHER_WORDS
        item = views.item_from_draft(draft, entry.item)
        if isinstance(item, Refused):
            return item
        return _fitting(commands.Edit(item, answered=facts.answered(id)), conversation, facts)

    return decision


def dropping(asked: wire.Command, id: int) -> Decide:
    """An item goes out of the guide."""

    def decision(conversation: Conversation, facts: Facts) -> Decision:
        entry = conversation.entry(id)
        if (
            entry is not None
            and asked.seen is not UNSET
            and asked.seen != views.version(entry.item)
        ):
            return OTHER_WORDS
        return decide(conversation, commands.Drop(id), facts.now)

    return decision


def _fitting(
    command: commands.SetGuide | commands.Edit | commands.Add,
    conversation: Conversation,
    facts: Facts,
) -> Decision:
    """What comes of it; refused if the whole state would be too large for a welcome."""
    decided = decide(conversation, command, facts.now)
    if isinstance(decided, Refused):
        return decided
    items = {entry.item.id: entry.item for entry in conversation.entries}
    for event in decided:
        match event:
            case GuideSet(items=all):
                items = {item.id: item for item in all}
            case Edited(item=item) | Added(item=item):
                items[item.id] = item
            case _:
                raise AssertionError(f"{event.kind} changes no guide")
    return views.too_large(items.values()) or decided
