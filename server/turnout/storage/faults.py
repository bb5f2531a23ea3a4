"""What the database's errors mean: try again later, never again, or a mistake of the caller's own.

An I/O error is final. After a failed sync nobody knows what the disk holds, and a process that went
on could acknowledge what is lost; so it refuses everything from then on and says so once, that the
process may be stopped.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from turnout.ports import StoreUnavailable

_FINAL = frozenset({sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
# A full disk has no room for the shared index beside the log: nothing durable is in it.
_PASSING = frozenset({sqlite3.SQLITE_IOERR_SHMSIZE})
_OWN = (
    sqlite3.IntegrityError,
    sqlite3.DataError,
    sqlite3.ProgrammingError,
    sqlite3.InterfaceError,
    sqlite3.NotSupportedError,
)


class Faults:
    """Judges errors. `on_fatal` is called once, with words, from whichever thread met the error."""

    def __init__(self, on_fatal: Callable[[str], None]) -> None:
        self._on_fatal = on_fatal
        self._fatal: str | None = None

    @property
    def are_fatal(self) -> bool:
        """Whether an I/O error was met before."""
        return self._fatal is not None

    def refuse_if_fatal(self) -> None:
        """StoreUnavailable if an I/O error was met before."""
        if self._fatal is not None:
            raise StoreUnavailable(self._fatal)

    def unavailable(self, error: BaseException) -> StoreUnavailable | None:
        """What to tell callers; None if the error is no fault of the store."""
        cause = error.orig if isinstance(error, DBAPIError) else error
        if isinstance(cause, PoolTimeout):
            return StoreUnavailable("The store has more to read than it can.")
        if not isinstance(cause, sqlite3.Error) or isinstance(cause, _OWN):
            return None
        code = getattr(cause, "sqlite_errorcode", 0)
        if code & 0xFF in _FINAL and code not in _PASSING:
            self.fail(f"The database can't be trusted any more: {cause}.")
        return StoreUnavailable(self._fatal or f"The database can't do this now: {cause}.")

    def fail(self, why: str) -> None:
        """Nothing can be believed from now on."""
        if self._fatal is None:
            self._fatal = why
            self._on_fatal(why)
