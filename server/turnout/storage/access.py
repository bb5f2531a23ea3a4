"""What every part of the store works with: the connection that writes, those that read, the folded
states, the clock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from sqlalchemy import Connection

from turnout.ports import Clock, Randomness
from turnout.storage.readers import Readers
from turnout.storage.states import States
from turnout.storage.stream import Held, hold
from turnout.storage.writer import Writer

T = TypeVar("T")


class Access:
    """The parts of `turnout.storage.store.SqlStore` inherit this."""

    def __init__(
        self, writer: Writer, readers: Readers, clock: Clock, randomness: Randomness
    ) -> None:
        self._writer, self._write = writer, writer.run
        self._readers, self._read = readers, readers.read
        self._clock = clock
        self._randomness = randomness
        self._states = States()

    async def _hold(self, conversation: int, work: Callable[[Connection, Held], T]) -> T:
        """What `work` returns, called in the writer's thread on the conversation's row, once it is
        durable. LookupError for a conversation that does not exist."""

        def job(connection: Connection) -> tuple[Held, T]:
            held = hold(connection, self._states, conversation, self._clock)
            if held is None:
                raise LookupError(f"there is no conversation {conversation}")
            return held, work(connection, held)

        held, outcome = await self._write(job)
        self._states.keep(conversation, held.state)
        return outcome
