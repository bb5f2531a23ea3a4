"""The moderator of a simulation."""

from __future__ import annotations

from dataclasses import replace

from turnout.domain import commands
from turnout.domain.conversation import Conversation
from turnout.domain.guide import Item


def next_command(state: Conversation, which: float, number: int) -> commands.Command:
    """What a moderator does next, mostly what there is to do."""
    items = [entry.item for entry in state.entries]
    item = items[number % len(items)]
    if state.phase == "published":
        return commands.Start()
    if state.phase == "ended":
        return commands.UndoEnd() if which < 0.5 else commands.ReopenFlex()
    for limit, command in (
        (0.45, commands.Next()),
        (0.65, commands.Send(item.id)),
        (0.75, commands.Close()),
        (0.82, commands.Withdraw(item.id)),
        (0.90, commands.Edit(_reworded(item, number), answered=True)),
        (0.93, commands.Skip(item.id)),
    ):
        if which < limit:
            return command
    return commands.End()


def _reworded(item: Item, number: int) -> Item:
    return replace(item, text=f"Item {item.id}, {number}")
