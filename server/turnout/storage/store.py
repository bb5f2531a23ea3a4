"""The store over one SQLite file: its parts put together, and in what order it opens and closes.
What the methods do stands in the modules beside this one, as functions of a connection."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from turnout.ports import Clock, Randomness, StoreUnavailable
from turnout.storage import schema
from turnout.storage.conversation_store import KEY_BYTES, StoredConversations
from turnout.storage.faults import Faults
from turnout.storage.lock import Lock
from turnout.storage.migrations import migrate
from turnout.storage.participant_store import StoredParticipants
from turnout.storage.people_store import StoredPeople
from turnout.storage.readers import Readers
from turnout.storage.writer import OnCommit, Writer, open_writer, unheard

EPOCH_BYTES = 16
_PROBE = "probe"
_who = select(schema.store.c.epoch, schema.store.c.key, schema.store.c.restored_at)


class SqlStore(StoredConversations, StoredParticipants, StoredPeople):
    """A `turnout.ports.Store`. Made by `open_store`, closed once."""

    def __init__(
        self,
        lock: Lock,
        writer: Writer,
        readers: Readers,
        clock: Clock,
        randomness: Randomness,
    ) -> None:
        super().__init__(writer, readers, clock, randomness)
        self._lock = lock
        self._epoch = ""
        self._key = b""

    async def begin(self) -> None:
        """Read who this store is, or say it for the first time: of a new one, and of one whose
        epoch was emptied because it was restored. Called by `open_store`."""
        self._epoch, self._key, self._states.restored_at = await self._write(self._identity)

    def _identity(self, connection: Connection) -> tuple[str, bytes, int]:
        """Epoch, key, when it was restored (0 = never)."""
        row = connection.execute(_who).one_or_none()
        if row is not None and row.epoch:
            return row.epoch, row.key, row.restored_at or 0
        epoch, now = self._randomness(EPOCH_BYTES).hex(), self._clock()
        if row is not None:
            connection.execute(update(schema.store).values(epoch=epoch, restored_at=now))
            return epoch, row.key, now
        key = self._randomness(KEY_BYTES)
        connection.execute(insert(schema.store).values(id=1, epoch=epoch, key=key, created_at=now))
        return epoch, key, 0

    @property
    def epoch(self) -> str:
        """Id of the store's history."""
        return self._epoch

    @property
    def key(self) -> bytes:
        """32 secret bytes, drawn with the store."""
        return self._key

    @property
    def writes_waiting(self) -> int:
        """How many writes have not begun; a group of answers is one."""
        return self._writer.waiting

    @property
    def answers_waiting(self) -> int:
        """How many answers are not settled yet."""
        return self._groups.unsettled

    async def probe(self) -> None:
        """Write a row and remove it, in one transaction: what is equal SQLite would not write."""
        await self._write(_written_and_removed)

    async def close(self) -> None:
        """Store what waits, let go of the file. The writer closes last: the last connection to
        close a database checkpoints it, and no reader may."""
        await self._groups.close()
        await self._readers.close()
        await self._writer.close()
        self._lock.release()


def _written_and_removed(connection: Connection) -> None:
    connection.execute(insert(schema.nonce).values(nonce=_PROBE, spent_at=0))
    connection.execute(delete(schema.nonce).where(schema.nonce.c.nonce == _PROBE))


def _ignore(_why: str) -> None:
    """Every caller is refused from then on; whoever wants to stop the process says so."""


async def open_store(
    path: Path,
    clock: Clock,
    randomness: Randomness,
    *,
    on_fatal: Callable[[str], None] = _ignore,
    on_commit: OnCommit = unheard,
) -> SqlStore:
    """Open the store in the file `path`, made if there is none, in a folder that exists; its schema
    is brought up to date. `on_fatal` is called once, from any thread, when an I/O error makes going
    on unsafe; `on_commit` with the seconds that each transaction took. StoreInUse if another
    process has it open; StoreUnavailable, in words, if it can't be read or was written by a newer
    version."""
    lock = Lock(path.parent)
    faults = Faults(on_fatal)
    try:
        _make_private(path)
        writer = await open_writer(path, faults, migrate, on_commit)
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
