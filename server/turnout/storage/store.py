"""The store over one SQLite file: which method reads, which writes, and in what order it opens and
closes. What they do stands in the modules beside this one, as functions of a connection."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlalchemy import Connection, insert, select
from sqlalchemy.dialects import sqlite

from turnout.domain.answers import Offer
from turnout.domain.commands import Decision
from turnout.domain.conversation import (
    Conversation,
)
from turnout.domain.devices import Assurance
from turnout.domain.events import (
    Recorded,
)
from turnout.domain.refusals import Refused
from turnout.exports.snapshot import AnswerRow, LinkRow, Snapshot
from turnout.ports import (
    Arriving,
    Clock,
    Decided,
    Head,
    Joining,
    Listed,
    Located,
    NewConversation,
    Participant,
    Randomness,
    Settled,
    Staff,
    StoreUnavailable,
)
from turnout.storage import arriving as hellos
from turnout.storage import conversations, joining, people, schema, snapshots
from turnout.storage.answers import Offered, Settling
from turnout.storage.faults import Faults
from turnout.storage.groups import Groups
from turnout.storage.lock import Lock
from turnout.storage.migrations import migrate
from turnout.storage.readers import Readers
from turnout.storage.states import States, events_between
from turnout.storage.writer import Writer, open_writer

EPOCH_BYTES = 16
KEY_BYTES = 32


class SqlStore:
    """A `turnout.ports.Store`. Made by `open_store`, closed once."""

    def __init__(
        self,
        lock: Lock,
        writer: Writer,
        readers: Readers,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        self._lock = lock
        self._writer, self._write = writer, writer.run
        self._readers, self._read = readers, readers.read
        self._clock = clock
        self._randomness = randomness
        self._states = States()
        self._groups = Groups(writer, Settling(self._states, clock, sqlite.dialect()))
        self._epoch = ""
        self._key = b""

    async def begin(self) -> None:
        """Read who this store is, or say it for the first time. Called by `open_store`."""
        self._epoch, self._key = await self._write(self._identity)

    def _identity(self, connection: Connection) -> tuple[str, bytes]:
        row = connection.execute(select(schema.store.c.epoch, schema.store.c.key)).one_or_none()
        if row is not None:
            return row.epoch, row.key
        epoch, key = self._randomness(EPOCH_BYTES).hex(), self._randomness(KEY_BYTES)
        connection.execute(
            insert(schema.store).values(id=1, epoch=epoch, key=key, created_at=self._clock())
        )
        return epoch, key

    @property
    def epoch(self) -> str:
        """Id of the store's history."""
        return self._epoch

    @property
    def key(self) -> bytes:
        """32 secret bytes, drawn with the store."""
        return self._key

    async def close(self) -> None:
        """Store what waits, let go of the file. The writer closes last: the last connection to
        close a database checkpoints it, and no reader may."""
        await self._groups.close()
        await self._readers.close()
        await self._writer.close()
        self._lock.release()

    # --- conversations ------------------------------------------------------------------------

    async def create(self, new: NewConversation) -> Located | None:
        """See `turnout.ports.Conversations`, here and below. IntegrityError if two pids are one."""
        anonymous_key = self._randomness(KEY_BYTES)
        located = await self._write(
            lambda connection: conversations.create(connection, new, self._clock(), anonymous_key)
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
        found = await self._read(lambda connection: conversations.listed(connection, self._states))
        for id, listed in found:
            self._states.keep(id, listed.conversation)
        return tuple(listed for _, listed in found)

    async def decide(
        self,
        conversation: int,
        decision: Callable[[Conversation, int], Decision],
        *,
        by: str,
        cid: str,
    ) -> Decided | Refused:
        """`decision` is called in the writer's thread."""
        decided = await self._write(
            lambda connection: conversations.decide(
                connection, self._states, conversation, decision, self._clock, by, cid
            )
        )
        if isinstance(decided, Decided):
            self._states.keep(conversation, decided.conversation)
        return decided

    async def events_after(self, conversation: int, rev: int) -> tuple[Recorded, ...]:
        return await self._read(lambda connection: events_between(connection, conversation, rev))

    async def heads(self, conversations_: Sequence[int]) -> dict[int, Head]:
        return await self._read(lambda connection: conversations.heads(connection, conversations_))

    async def links(self, conversation: int) -> tuple[LinkRow, ...]:
        return await self._read(lambda connection: conversations.links(connection, conversation))

    async def snapshot(self, conversation: int) -> Snapshot:
        reading = await self._read(
            lambda connection: snapshots.read(connection, self._states, conversation, self._clock)
        )
        return await asyncio.to_thread(reading.snapshot)

    # --- participants -------------------------------------------------------------------------

    async def check(self, conversation: int, pid: str) -> Refused | None:
        return await self._read(lambda connection: joining.check(connection, conversation, pid))

    async def join(self, joining_: Joining) -> Assurance | Refused:
        return await self._write(
            lambda connection: joining.join(connection, self._states, joining_, self._clock)
        )

    async def arrive(self, arriving: Arriving, *, attend: bool) -> Participant | Refused:
        return await self._write(
            lambda connection: hellos.arrive(
                connection, self._states, arriving, self._clock, attend=attend
            )
        )

    async def attend(self, rows: Sequence[tuple[int, int]]) -> None:
        await self._write(lambda connection: hellos.attend(connection, rows))

    # --- answers ------------------------------------------------------------------------------

    async def answer(self, conversation: int, participant: int, offer: Offer) -> Settled:
        return await self._groups.answer(Offered(conversation, participant, offer))

    async def answers_after(self, conversation: int, aseq: int) -> tuple[AnswerRow, ...]:
        rows = await self._read(
            lambda connection: snapshots.answers_after(connection, conversation, aseq)
        )
        return await asyncio.to_thread(snapshots.answer_rows, rows)

    # --- people -------------------------------------------------------------------------------

    async def has_owner(self) -> bool:
        return await self._read(people.has_owner)

    async def add_owner(self, name: str, password: str) -> Staff | None:
        return await self._write(
            lambda connection: people.add_owner(connection, name, password, self._clock())
        )

    async def staff(self, name: str) -> Staff | None:
        return await self._read(lambda connection: people.by_name(connection, name))

    async def open_session(self, staff: int, token: bytes, until: int) -> None:
        await self._write(
            lambda connection: people.open_session(connection, staff, token, self._clock(), until)
        )

    async def session(self, token: bytes) -> Staff | None:
        return await self._read(
            lambda connection: people.by_session(connection, token, self._clock())
        )

    async def close_session(self, token: bytes) -> None:
        await self._write(lambda connection: people.close_session(connection, token))


def _ignore(_why: str) -> None:
    """Every caller is refused from then on; whoever wants to stop the process says so."""


async def open_store(
    path: Path,
    clock: Clock,
    randomness: Randomness,
    *,
    on_fatal: Callable[[str], None] = _ignore,
) -> SqlStore:
    """Open the store in the file `path`, made if there is none, in a folder that exists; its schema
    is brought up to date. `on_fatal` is called once, from any thread, when an I/O error makes going
    on unsafe. StoreInUse if another process has it open; StoreUnavailable, in words, if it can't be
    read or was written by a newer version."""
    lock = Lock(path.parent)
    faults = Faults(on_fatal)
    try:
        _make_private(path)
        writer = await open_writer(path, faults, migrate)
    except BaseException:
        lock.release()
        raise
    store = SqlStore(lock, writer, Readers(path, faults), clock, randomness)
    try:
        await store.begin()
    except BaseException:
        await store.close()
        raise
    return store


def _make_private(path: Path) -> None:
    """It holds password hashes and the store's key. SQLite gives its other files the same mode."""
    try:
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    except OSError as error:
        raise StoreUnavailable(f"The database {path} can't be used: {error}.") from error
