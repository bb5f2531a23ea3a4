"""What the store asks of the database beneath it. The rules are plain functions of a connection and
the same on every database; how a transaction is run, and what an error means, is not."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection, Dialect

from turnout.ports import StoreUnavailable

T = TypeVar("T")
Work = Callable[[Connection], T]
StoreClock = Callable[[Connection], int]
"""Milliseconds since the Unix epoch, by the clock of the store that the connection leads to."""
OnCommit = Callable[[float], None]
"""Told of every transaction how many seconds it took, failed ones included."""


class OutcomeUnknown(StoreUnavailable):
    """The connection was lost while the transaction was committed: it is durable, or nothing of it
    is. Whoever can tell by looking should look."""


class Database(Protocol):
    """Opened by `turnout.storage.store`, closed once."""

    @property
    def dialect(self) -> Dialect:
        """What statements are compiled for."""

    @property
    def history(self) -> str:
        """What tells the database's history from another one that began as the same: a part of the
        epoch. Empty where the stored epoch is enough."""

    @property
    def waiting(self) -> int:
        """How many writes have not begun."""

    def now(self, connection: Connection) -> int:
        """A `StoreClock`."""

    def write(self, work: Work[T], about: int = 0) -> Coroutine[Any, Any, T]:
        """What `work` returns, once it is durable. What callers of this object ask `about` one
        conversation (or, with 0, about none) is done in the order in which they asked. What it
        raises is raised here, and nothing of it was written. It may be called again after a try of
        which nothing was written. StoreUnavailable if the database could not, OutcomeUnknown if
        nobody knows. A caller that is cancelled never leaves half of it."""

    def read(self, work: Work[T]) -> Coroutine[Any, Any, T]:
        """What `work` reads, all of it as at one moment. StoreUnavailable if it can't be read."""

    async def overwrite(self) -> None:
        """What was deleted is in none of the database's files any more, as far as the database can
        see to that. StoreUnavailable if it can't now: call again."""

    async def close(self) -> None:
        """Finish what was begun and let go."""
