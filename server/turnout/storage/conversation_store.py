"""The part of the store that implements `turnout.ports.Conversations`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from sqlalchemy import Connection

from turnout.domain.commands import Decision
from turnout.domain.conversation import Conversation
from turnout.domain.events import Recorded
from turnout.domain.refusals import Refused
from turnout.exports.snapshot import LinkRow, Snapshot
from turnout.ports import (
    Decided,
    Facts,
    Head,
    Listed,
    Located,
    NewConversation,
)
from turnout.storage import audit, conversations, erasing, snapshots
from turnout.storage.access import Access
from turnout.storage.states import events_between
from turnout.storage.stream import hold

KEY_BYTES = 32


class StoredConversations(Access):
    """See `turnout.ports.Conversations` for what each method promises."""

    async def create(self, new: NewConversation) -> Located | None:
        """IntegrityError if two pids are one."""
        anonymous_key = self._randomness(KEY_BYTES)
        located = await self._write(
            lambda connection: conversations.create(
                connection, self._states, new, self._clock(connection), anonymous_key
            )
        )
        if located is not None:
            self._states.keep(located.id, located.conversation)
        return located

    async def find(self, slug: str) -> Located | None:
        located = await self._read(
            lambda connection: conversations.find(connection, self._states, slug)
        )
        if located is not None:
            self._states.keep(located.id, located.conversation)
        return located

    async def list(self) -> tuple[Listed, ...]:
        lines = await self._read(
            lambda connection: conversations.listed(connection, self._states, self._clock)
        )
        for line in lines:
            self._states.keep(line.id, line.written)
        return tuple(line.listed for line in lines)

    async def decide(
        self,
        conversation: int,
        decision: Callable[[Conversation, Facts], Decision],
        *,
        by: str,
        cid: str,
        new_pids: Callable[[int], Sequence[str]] | None = None,
    ) -> Decided | Refused:
        """`decision` and `new_pids` are called inside the transaction, in whichever thread runs
        it."""
        decided = await self._hold(
            conversation,
            lambda connection, held: conversations.decide(
                connection, held, decision, by, cid, new_pids
            ),
        )
        if isinstance(decided, Decided):
            self._states.keep(conversation, decided.conversation)
        return decided

    async def catch_up(self, conversation: int) -> Decided:
        return await self._hold(conversation, lambda _, held: Decided(held.state, held.due))

    async def erase(self, conversation: int, *, by: str) -> Refused | None:
        def job(connection: Connection) -> Refused | None:
            held = hold(connection, self._states, conversation, self._clock)
            return None if held is None else erasing.erase(connection, held, by)

        refused = await self._write(job, conversation)
        if refused is None:
            self._states.forget(conversation)
            await self._database.overwrite()
        return refused

    async def count_damaged(self, conversation: int, count: int = 1) -> None:
        await self._write(
            lambda connection: conversations.count_damaged(connection, conversation, count),
            conversation,
        )

    async def events_after(self, conversation: int, rev: int) -> tuple[Recorded, ...]:
        return await self._read(lambda connection: events_between(connection, conversation, rev))

    async def heads(self, conversations_: Sequence[int]) -> dict[int, Head]:
        return await self._read(lambda connection: conversations.heads(connection, conversations_))

    async def links(self, conversation: int) -> tuple[LinkRow, ...]:
        return await self._read(lambda connection: conversations.links(connection, conversation))

    async def note_links_taken(self, conversation: int, *, by: str) -> None:
        def job(connection: Connection) -> None:
            if conversations.heads(connection, [conversation]):
                audit.note(connection, self._clock(connection), by, "took_links", conversation)

        await self._write(job)

    async def links_taken_at(self, conversation: int) -> int | None:
        return await self._read(
            lambda connection: audit.last(connection, "took_links", conversation)
        )

    async def links_added_at(self, conversation: int) -> int | None:
        return await self._read(
            lambda connection: audit.last(connection, "added_links", conversation)
        )

    async def snapshot(self, conversation: int) -> Snapshot:
        reading = await self._read(
            lambda connection: snapshots.read(connection, self._states, conversation, self._clock)
        )
        self._states.keep(conversation, reading.written)
        return await asyncio.to_thread(reading.snapshot)
