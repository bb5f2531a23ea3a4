"""Connections to PostgreSQL, each looked at before it is used: a server that would lose what was
acknowledged, that takes no writes, or that has begun another history, serves nobody."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import asyncpg
from sqlalchemy import event
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from turnout.ports import StoreUnavailable

CONNECT = 5.0
"""Seconds that making a connection may take."""
ANSWER = 10.0
"""Seconds after which a statement that was not answered counts as lost."""
QUEUE = 10.0
"""Seconds to wait for one of the connections."""
_SERVER = {
    "application_name": "turnout",
    # A process that is stopped in the middle of a transaction must not hold up all others.
    "idle_in_transaction_session_timeout": "5000",
    "lock_timeout": "8000",
    "jit": "off",  # it takes longer than any statement here
}
# What is found is kept for the session: a server whose settings are read again changes nothing.
_LOOK = """
SELECT current_setting('fsync') AS fsync,
       set_config('synchronous_commit', current_setting('synchronous_commit'), false) AS commits,
       pg_is_in_recovery() AS copy,
       CASE WHEN NOT pg_is_in_recovery()
            THEN ltrim(left(pg_walfile_name(pg_current_wal_lsn()), 8), '0') END AS timeline
"""


class Sessions:
    """Of one store. `timeline`: of the first server that was met; changes with each promotion of a
    replica."""

    def __init__(self, address: str, on_fatal: Callable[[str], None]) -> None:
        self._address = address
        self._on_fatal = on_fatal
        self.timeline = ""
        self.fatal: str | None = None

    def engine(self, size: int, *, limited: bool = True, **options: object) -> AsyncEngine:
        """At most `size` connections at a time. `limited`: statements that take long count as lost.
        `options`: of each transaction, as SQLAlchemy has them."""

        async def connect(**_: object) -> Any:
            return await self._connect(ANSWER if limited else math.inf)

        engine = create_async_engine(
            "postgresql+asyncpg://",
            async_creator=connect,
            pool_size=size,
            max_overflow=0,
            pool_timeout=QUEUE,
            hide_parameters=True,  # pids and answers, in the words of an error
        )
        event.listen(engine.sync_engine, "checkout", _refuse_closed)
        return engine.execution_options(**options)

    async def _connect(self, answer: float) -> Any:
        if self.fatal is not None:
            raise StoreUnavailable(self.fatal)
        try:
            connection = await asyncpg.connect(
                self._address,
                timeout=CONNECT,
                command_timeout=None if math.isinf(answer) else answer,
                server_settings=_SERVER,
            )
        except ValueError as error:
            why = f"The address of the database makes no sense: {error}."
            raise StoreUnavailable(why) from error
        try:
            self._look_at(await connection.fetchrow(_LOOK))
        except BaseException:
            connection.terminate()
            raise
        return connection

    def _look_at(self, server: Any) -> None:
        if server["copy"]:
            raise StoreUnavailable(
                "This PostgreSQL is a copy of another one and takes no writes. Name the one that "
                "does, or all of them with target_session_attrs=read-write."
            )
        for name, value in (("fsync", server["fsync"]), ("synchronous_commit", server["commits"])):
            if value == "off":
                raise StoreUnavailable(
                    f"This PostgreSQL has {name} off: it would lose answers that people were told "
                    f"are saved. Set {name} = on."
                )
        if self.timeline and server["timeline"] != self.timeline:
            self.fatal = (
                "The database has begun another history: a copy took its place, and may lack what "
                "was acknowledged last. The server has to be started again."
            )
            self._on_fatal(self.fatal)
            raise StoreUnavailable(self.fatal)
        self.timeline = server["timeline"]


def _refuse_closed(connection: Any, _record: object, _proxy: object) -> None:
    """A server that went away has closed them all: none is tried, all are made anew."""
    if connection.driver_connection.is_closed():
        raise InvalidatePoolError
