"""What PostgreSQL's errors mean: the connection is lost, somebody was first, the database is away,
or it is a mistake of the caller's own."""

from __future__ import annotations

import asyncpg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from turnout.ports import StoreUnavailable

_LOST = ("08", "57P")
"""Classes of SQLSTATE: the connection is gone, or the server goes or comes."""
_LOST_TOO = frozenset({"25P03"})
"""A transaction that did nothing for too long, because this process was stopped, is ended."""
_AGAIN = frozenset({"40001", "40P01", "23505", "23503"})
"""Somebody else was first: a deadlock, or a key that decides a race. Decide again."""
_AWAY = ("40", "53", "57", "58", "28", "3D", "42501", "25006", "55P03", "XX")
"""Nothing that the caller did: resources, an operator, the disk, rights, a server that takes no
writes, a lock that was not to be had in time, and whatever broke inside."""
_DRIVERS = asyncpg.PostgresError | asyncpg.InterfaceError | asyncpg.InternalClientError


def cause_of(error: BaseException) -> BaseException:
    """The driver's own error below those that SQLAlchemy makes of it."""
    told = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
    below = told.__cause__
    return below if isinstance(below, _DRIVERS) else told


def is_lost(error: BaseException) -> bool:
    """Whether the connection can't be used any more. After a COMMIT nobody knows then what came of
    it."""
    cause = cause_of(error)
    if isinstance(cause, asyncpg.InterfaceError):
        return not isinstance(cause, ValueError)  # one is an argument of the wrong kind
    return isinstance(cause, OSError | asyncpg.InternalClientError) or (
        _state(cause).startswith(_LOST) or _state(cause) in _LOST_TOO
    )


def is_passing(error: BaseException) -> bool:
    """Whether the same work may well succeed at once: nothing of it was written."""
    cause = cause_of(error)
    return (is_lost(error) and not isinstance(cause, TimeoutError)) or _state(cause) in _AGAIN


def unavailable(error: BaseException) -> StoreUnavailable | None:
    """What to tell callers; None if the error is no fault of the store."""
    if isinstance(error, StoreUnavailable):
        return error
    if isinstance(error, PoolTimeout):
        return StoreUnavailable("The store has more to do than it can.")
    if is_lost(error) or _state(cause_of(error)).startswith(_AWAY):
        return StoreUnavailable(f"The database can't do this now: {_words(error)}.")
    return None


def quote_nobody(error: BaseException) -> None:
    """PostgreSQL says in an error's details which values clashed: pids and names, which may stand
    in no log."""
    cause = cause_of(error)
    if not isinstance(cause, asyncpg.PostgresError):
        return
    cause.detail = None
    words = (f"{type(cause).__name__}: {cause.args[0] if cause.args else ''}",)
    told: BaseException | None = error
    while told is not None and told is not cause:
        told.args = words
        told = told.orig if isinstance(told, DBAPIError) else told.__cause__


def _state(cause: BaseException) -> str:
    state = getattr(cause, "sqlstate", None)
    return state if isinstance(state, str) else ""


def _words(error: BaseException) -> str:
    cause = cause_of(error)
    if isinstance(cause, TimeoutError):
        return "it did not answer in time"
    first = str(cause).partition("\n")[0].rstrip(".")
    return first or type(cause).__name__
