"""What every part of the store works with: the database, the folded states, the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from turnout.ports import Randomness
from turnout.storage.database import Database
from turnout.storage.states import States
from turnout.storage.stream import Held, hold

T = TypeVar("T")


class Access:
    """The parts of `turnout.storage.store.SqlStore` inherit this."""

    def __init__(self, database: Database, randomness: Randomness) -> None:
        self._database = database
        self._write, self._read, self._clock = database.write, database.read, database.now
        self._randomness = randomness
        self._states = States()

    async def _hold(self, conversation: int, work: Callable[[Connection, Held], T]) -> T:
        """What `work` returns, called on the conversation's row, once it is durable. LookupError
        for a conversation that does not exist."""

        def job(connection: Connection) -> tuple[Held, T]:
            held = hold(connection, self._states, conversation, self._clock)
            if held is None:
                raise LookupError(f"there is no conversation {conversation}")
            return held, work(connection, held)

        held, outcome = await self._write(job, conversation)
        self._states.keep(conversation, held.state)
        return outcome
