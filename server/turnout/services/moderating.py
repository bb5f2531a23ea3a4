"""Commands to a conversation: who may, what the rules say, and telling everybody what came of
it."""

from __future__ import annotations

import hmac
from collections.abc import Sequence
from hashlib import sha256

from msgspec import UNSET

from turnout import wire
from turnout.domain import commands
from turnout.domain.commands import Decision, Expect
from turnout.domain.conversation import Conversation, Settings
from turnout.domain.deciding import decide
from turnout.domain.guide import Item
from turnout.domain.links import PID_BYTES, make_pid
from turnout.domain.refusals import Refused
from turnout.ports import Decided, Facts, Randomness, Role, Store, StoreUnavailable
from turnout.services import guide_changes, views
from turnout.services.guide_changes import Decide
from turnout.services.rooms import Room, Rooms

MAY_COMMAND: frozenset[Role] = frozenset({"owner", "moderator"})
RETRY_MS = 2_000
UNAVAILABLE = "The server can't save just now. Nothing was done; try again in a moment."
ROLE = "You can look and download, not send. Ask a moderator."


class Moderation:
    """Takes commands, for sockets and plain requests alike."""

    def __init__(self, store: Store, rooms: Rooms, randomness: Randomness) -> None:
        self._store = store
        self._rooms = rooms
        self._randomness = randomness

    async def command(
        self, room: Room, asked: wire.Command, *, name: str, role: Role
    ) -> wire.Done | wire.CommandRefused:
        """Do it, durably, and tell the room; or say why nothing was done. Idempotent by `cid`."""
        if role not in MAY_COMMAND:
            return _refused(room, asked.cid, Refused("role", ROLE))
        try:
            outcome = await self._do(room, asked, name)
        except StoreUnavailable:
            rev = room.conversation.rev
            return wire.CommandRefused(asked.cid, "unavailable", rev, UNAVAILABLE, RETRY_MS)
        if isinstance(outcome, Refused):
            await self._rooms.let_come_due(room)
            return _refused(room, asked.cid, outcome)
        await self._rooms.tell(room, outcome.events)
        return wire.Done(asked.cid, outcome.conversation.rev)

    async def _do(self, room: Room, asked: wire.Command, name: str) -> Decided | Refused:
        if asked.op in ("mute", "unmute", "remove", "release"):
            return await self._about_person(room, asked, name)
        decision = _decision(asked)
        if isinstance(decision, Refused):
            return decision
        return await self._store.decide(room.id, decision, by=name, cid=asked.cid)

    async def _about_person(self, room: Room, asked: wire.Command, name: str) -> Decided | Refused:
        who = self._participant(room, asked)
        if who is None:
            return Refused("invalid", "Say which participant.")
        match asked.op, who:
            case "release", _:
                return await self._store.release(room.id, who, by=name, cid=asked.cid)
            case "mute", int():
                return await self._store.mute(room.id, who, by=name, cid=asked.cid)
            case "unmute", int():
                return await self._store.unmute(room.id, who, by=name, cid=asked.cid)
            case "remove", int():
                return await self._store.remove(room.id, who, by=name, cid=asked.cid)
            case _:
                return Refused("invalid", "Letters are for releasing a link.")

    def _participant(self, room: Room, asked: wire.Command) -> int | str | None:
        """Whom a command is about: a number, letters, or the author of a text."""
        if asked.participant is not UNSET:
            return asked.participant
        if asked.letters is not UNSET:
            return asked.letters
        if asked.question is UNSET or asked.author is UNSET:
            return None
        numbers = range(1, room.conversation.settings.max_participants + 1)
        return next(
            (
                number
                for number in numbers
                if self.author(room, asked.question, number) == asked.author
            ),
            None,
        )

    def author(self, room: Room, question: int, number: int) -> str:
        """What stands for the author of a text on staff screens: the same for one person and one
        question, of no use to put answers together."""
        place = f"author {room.id} {question} {number}"
        return hmac.digest(self._store.key, place.encode(), sha256)[:8].hex()

    async def configure(
        self, room: Room, settings: Settings, *, name: str, cid: str
    ) -> Decided | Refused:
        """Other choices before the start; more links if more participants may come."""

        def decision(conversation: Conversation, facts: Facts) -> Decision:
            command = commands.Configure(settings, facts.links)
            return decide(conversation, command, facts.now)

        outcome = await self._store.decide(room.id, decision, by=name, cid=cid, new_pids=self._pids)
        return await self._told(room, outcome)

    async def set_guide(
        self,
        room: Room,
        items: tuple[Item, ...],
        *,
        name: str,
        cid: str,
        seen: Sequence[str] | None = None,
    ) -> Decided | Refused:
        """Another guide before the start, in place of the one that the sender has `seen`."""
        decision = guide_changes.setting(items, seen)
        outcome = await self._store.decide(room.id, decision, by=name, cid=cid)
        return await self._told(room, outcome)

    async def _told(self, room: Room, outcome: Decided | Refused) -> Decided | Refused:
        if isinstance(outcome, Decided):
            await self._rooms.tell(room, outcome.events)
        return outcome

    def _pids(self, count: int) -> list[str]:
        return [make_pid(self._randomness(PID_BYTES)) for _ in range(count)]


def _refused(room: Room, cid: str, refused: Refused) -> wire.CommandRefused:
    match refused.code:
        case "phase" | "expect" | "invalid" | "gone" | "nothing_left" | "role" as code:
            return wire.CommandRefused(
                cid,
                code,
                room.conversation.rev,
                refused.why,
                retry_ms=views.known(refused.retry_ms),
                reason=views.known(refused.reason),
                number=views.known(refused.number),
            )
        case code:
            raise AssertionError(f"no command is refused as {code}")


def _plain(command: commands.Command) -> Decide:
    return lambda conversation, facts: decide(conversation, command, facts.now)


def _decision(asked: wire.Command) -> Decide | Refused:
    expect = None if asked.expect is UNSET else Expect(asked.expect.phase, asked.expect.sent)
    match asked.op:
        case "publish":
            return _plain(commands.Publish(expect))
        case "unpublish":
            return _plain(commands.Unpublish(expect))
        case "start":
            return _plain(commands.Start(expect))
        case "next":
            return _plain(commands.Next(expect))
        case "close":
            return _plain(commands.Close(None if asked.item is UNSET else asked.item, expect))
        case "end":
            return _plain(commands.End(expect))
        case "undo_end":
            return _plain(commands.UndoEnd(expect))
        case "reopen_flex":
            return _plain(commands.ReopenFlex(7 if asked.days is UNSET else asked.days, expect))
        case "add":
            return guide_changes.adding(asked)
        case _:
            return _about_item(asked, expect)


def _about_item(asked: wire.Command, expect: Expect | None) -> Decide | Refused:
    item = asked.item
    if item is UNSET:
        return Refused("invalid", f"Say which item to {asked.op}.")
    match asked.op:
        case "send":
            return _plain(commands.Send(item, expect))
        case "skip":
            return _plain(commands.Skip(item, expect))
        case "withdraw":
            return _plain(commands.Withdraw(item))
        case "edit":
            return guide_changes.editing(asked, item)
        case "move":
            return _plain(commands.Move(item, None if asked.after is UNSET else asked.after))
        case "drop":
            return guide_changes.dropping(asked, item)
        case op:
            raise AssertionError(f"{op} is about no item")
