"""The schema's history, and bringing a store up to it. Forward only; never edited once released."""

from __future__ import annotations

import asyncio
import threading

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from turnout.ports import StoreUnavailable

_ONE = threading.Lock()
"""Alembic hands the connection to `env.py` through the one module `alembic.context`."""
_WAIT = 0.01
_EVERYBODY = 0x7475726E
"""PostgreSQL's name of the lock that processes which start together wait for."""


class StoreTooNew(StoreUnavailable):
    """A later version of Turnout has changed this store's schema."""


def migrate(engine: Engine) -> None:
    """Bring the schema up to date in one transaction; a crash leaves it as it was. Processes that
    start together wait for each other. StoreTooNew if this version does not know the schema."""
    # A migration that makes a table anew drops the old one, and with foreign keys on that deletes
    # from its neighbours. The setting can't be changed inside a transaction.
    _foreign_keys(engine, on=False)
    with _ONE, engine.begin() as connection:
        upgrade(connection)
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
        if broken:
            raise StoreUnavailable(f"Rows of the store refer to rows that are not there: {broken}.")
    _foreign_keys(engine, on=True)


async def migrate_shared(engine: AsyncEngine) -> None:
    """The same for PostgreSQL."""
    while not _ONE.acquire(blocking=False):  # noqa: ASYNC110 - whoever has it may be a thread
        await asyncio.sleep(_WAIT)
    try:
        async with engine.begin() as connection:
            await connection.execute(select(func.pg_advisory_xact_lock(_EVERYBODY)))
            await connection.run_sync(upgrade)
    finally:
        _ONE.release()


def upgrade(connection: Connection) -> None:
    """The same inside the caller's transaction, where the caller keeps others out."""
    config = _config(connection)
    scripts = ScriptDirectory.from_config(config)
    known = {script.revision for script in scripts.walk_revisions()}
    present = MigrationContext.configure(connection).get_current_heads()
    if not known.issuperset(present):
        raise StoreTooNew(
            "The data was written by a newer version of Turnout. Install that version or a later "
            "one, or restore a backup that this version made."
        )
    if set(present) != set(scripts.get_heads()):
        command.upgrade(config, "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "turnout.storage.migrations:")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def _foreign_keys(engine: Engine, *, on: bool) -> None:
    pooled = engine.raw_connection()
    try:
        cursor = pooled.cursor()
        cursor.execute(f"PRAGMA foreign_keys={'ON' if on else 'OFF'}")
        cursor.close()
    finally:
        pooled.close()
