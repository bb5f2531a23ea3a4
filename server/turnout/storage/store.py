"""The store over a database: its parts put together, and in what order it opens and closes. What
the methods do stands in the modules beside this one, as functions of a connection."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from sqlalchemy import Connection, delete, insert, select, update

from turnout.ports import Clock, Randomness
from turnout.storage import schema
from turnout.storage.conversation_store import KEY_BYTES, StoredConversations
from turnout.storage.database import Database, OnCommit
from turnout.storage.participant_store import StoredParticipants
from turnout.storage.people_store import StoredPeople
from turnout.storage.postgresql import open_postgresql
from turnout.storage.sqlite import open_sqlite

EPOCH_BYTES = 16
_PROBE = "probe"
_who = select(
    schema.store.c.epoch, schema.store.c.key, schema.store.c.restored_at
).with_for_update()


class SqlStore(StoredConversations, StoredParticipants, StoredPeople):
    """A `turnout.ports.Store`. Made by `open_store` or `open_shared_store`, closed once."""

    def __init__(self, database: Database, randomness: Randomness) -> None:
        super().__init__(database, randomness)
        self._epoch = ""
        self._key = b""

    async def begin(self) -> None:
        """Read who this store is, or say it for the first time: of a new one, of one whose epoch
        was emptied because it was restored, and of one whose database has begun another history: a
        copy, which may lack what was acknowledged. Called once, before anything else."""
        self._epoch, self._key, self._states.restored_at = await self._write(self._identity)

    def _identity(self, connection: Connection) -> tuple[str, bytes, int]:
        """Epoch, key, when it was restored (0 = never)."""
        row = connection.execute(_who).one_or_none()
        stored, _, history = ("" if row is None else row.epoch).partition(".")
        if row is not None and stored and history == self._database.history:
            return row.epoch, row.key, row.restored_at or 0
        epoch, now = stored or self._randomness(EPOCH_BYTES).hex(), self._clock(connection)
        if self._database.history:
            epoch += f".{self._database.history}"
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
        return self._database.waiting

    @property
    def answers_waiting(self) -> int:
        """How many answers are not settled yet."""
        return self._groups.unsettled

    async def probe(self) -> None:
        """Write a row and remove it, in one transaction: what is equal SQLite would not write."""
        await self._write(_written_and_removed)

    async def close(self) -> None:
        """Store what waits, let go of the database."""
        await self._groups.close()
        await self._database.close()


def _written_and_removed(connection: Connection) -> None:
    connection.execute(insert(schema.nonce).values(nonce=_PROBE, spent_at=0))
    connection.execute(delete(schema.nonce).where(schema.nonce.c.nonce == _PROBE))


def _ignore(_why: str) -> None:
    """Every caller is refused from then on; whoever wants to stop the process says so."""


def _unheard(_seconds: float) -> None:
    """Nobody wants to know."""


async def open_store(
    path: Path,
    clock: Clock,
    randomness: Randomness,
    *,
    on_fatal: Callable[[str], None] = _ignore,
    on_commit: OnCommit = _unheard,
) -> SqlStore:
    """Open the store in the SQLite file `path`, made if there is none, in a folder that exists; its
    schema is brought up to date. `on_fatal` is called once, from any thread, when an I/O error
    makes going on unsafe; `on_commit` with the seconds that each transaction took. StoreInUse if
    another process has it open; StoreUnavailable, in words, if it can't be read or was written by a
    newer version."""
    return await _opened(await open_sqlite(path, clock, on_fatal, on_commit), randomness)


async def open_shared_store(
    address: str,
    randomness: Randomness,
    *,
    clock: Clock | None = None,
    on_fatal: Callable[[str], None] = _ignore,
    on_commit: OnCommit = _unheard,
) -> SqlStore:
    """Open the store in a PostgreSQL database, as any number of processes may; its schema is
    brought up to date. `address`: as libpq takes it, like postgresql://user@host/name. `clock`:
    None for the database's own. `on_fatal` is called once if the database turns out to have begun
    another history; `on_commit` as for `open_store`. StoreUnavailable, in words, if it can't be
    reached or used, or would lose what was acknowledged."""
    return await _opened(await open_postgresql(address, clock, on_fatal, on_commit), randomness)


async def _opened(database: Database, randomness: Randomness) -> SqlStore:
    store = SqlStore(database, randomness)
    try:
        await store.begin()
    except BaseException:
        await store.close()
        raise
    return store
