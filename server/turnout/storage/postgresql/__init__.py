"""The store's database in PostgreSQL, shared by any number of processes. Needs the extra
`turnout[postgresql]`, and says so if it is missing."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from turnout.ports import Clock, StoreUnavailable
from turnout.storage.database import OnCommit

if TYPE_CHECKING:
    from turnout.storage.postgresql.pooled import PostgresqlDatabase

NO_DRIVER = (
    "A database in PostgreSQL needs the driver asyncpg. Install turnout[postgresql], for example "
    "with: pip install 'turnout[postgresql]'."
)


async def open_postgresql(
    address: str, clock: Clock | None, on_fatal: Callable[[str], None], on_commit: OnCommit
) -> PostgresqlDatabase:
    """Open the database, and bring its schema up to date. `clock`: None for its own.
    StoreUnavailable, in words, if it can't be reached or used."""
    try:
        from turnout.storage.postgresql.pooled import open_pooled
    except ImportError as error:
        raise StoreUnavailable(NO_DRIVER) from error
    return await open_pooled(address, clock, on_fatal, on_commit)
