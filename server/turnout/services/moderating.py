"""Commands to a conversation: who may, what the rules say, and telling everybody what came of
it."""

from __future__ import annotations

from msgspec import UNSET

from turnout import wire
from turnout.domain import commands
from turnout.domain.commands import Command, Expect, decide
from turnout.domain.refusals import Refused
from turnout.ports import Conversations, Role, StoreUnavailable
from turnout.services.rooms import Room, Rooms

MAY_COMMAND: frozenset[Role] = frozenset({"owner", "moderator"})
UNAVAILABLE = "The server can't save just now. Nothing was done; try again in a moment."


class Moderation:
    """Takes commands, for sockets and plain requests alike."""

    def __init__(self, store: Conversations, rooms: Rooms) -> None:
        self._store = store
        self._rooms = rooms

    async def command(
        self, room: Room, asked: wire.Command, *, name: str, role: Role
    ) -> wire.Done | wire.CommandRefused:
        """Do it, durably, and tell the room; or say why nothing was done. Idempotent by `cid`."""
        if role not in MAY_COMMAND:
            why = "You can look and download, not send. Ask a moderator."
            return self._refused(room, asked, Refused("role", why))
        command = _command(asked)
        if isinstance(command, Refused):
            return self._refused(room, asked, command)
        try:
            decided = await self._store.decide(
                room.id,
                lambda conversation, now: decide(conversation, command, now),
                by=name,
                cid=asked.cid,
            )
        except StoreUnavailable:
            return wire.CommandRefused(asked.cid, "unavailable", room.conversation.rev, UNAVAILABLE)
        if isinstance(decided, Refused):
            return self._refused(room, asked, decided)
        if not room.advance(decided.events, self._rooms.now()):
            await self._rooms.catch_up(room)
        return wire.Done(asked.cid, decided.conversation.rev)

    @staticmethod
    def _refused(room: Room, asked: wire.Command, refused: Refused) -> wire.CommandRefused:
        match refused.code:
            case "phase" | "expect" | "invalid" | "gone" | "nothing_left" | "too_many" | "role":
                return wire.CommandRefused(
                    asked.cid, refused.code, room.conversation.rev, refused.why
                )
            case code:
                raise AssertionError(f"no command is refused as {code}")


def _command(asked: wire.Command) -> Command | Refused:
    expect = None if asked.expect is UNSET else Expect(asked.expect.phase, asked.expect.sent)
    item = None if asked.item is UNSET else asked.item
    match asked.op:
        case "publish":
            return commands.Publish(expect)
        case "start":
            return commands.Start(expect)
        case "next":
            return commands.Next(expect)
        case "close":
            return commands.Close(item, expect)
        case "end":
            return commands.End(expect)
        case "send" | "skip" if item is None:
            return Refused("invalid", f"Say which item to {asked.op}.")
        case "send":
            return commands.Send(item, expect)
        case "skip":
            return commands.Skip(item, expect)
