"""The session of one socket, and the messages that wait for their turn.

A task exists only while messages wait. It is never cancelled from here: what a session began, such
as writing an answer, it ends.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine
from typing import Any

import structlog

from turnout.ports import StoreUnavailable
from turnout.services.connections import DRAINED, FAILED, STORE_AWAY, Connection, let_go
from turnout.transport.sessions import Draining, Living, Parting, Prompt, Resyncing, Session

log = structlog.get_logger()


class Turns:
    """Gives a session its messages one at a time, and its end after the last. `tasks`: where the
    server keeps what it waits for when it stops."""

    __slots__ = ("_connection", "_gone", "_messages", "_prompt", "_session", "_tasks", "size")

    def __init__(
        self, connection: Connection, session: Session, tasks: set[asyncio.Task[None]]
    ) -> None:
        self._connection = connection
        self._session = session
        self._prompt = session if isinstance(session, Prompt) else None
        self._tasks = tasks
        self._messages: deque[str | bytes] | None = None  # while a task works on them
        self._gone = False
        self.size = 0
        """Of all messages that wait: bytes, of a text characters."""

    def take(self, message: str | bytes) -> int:
        """Let a message wait for its turn; how many others wait."""
        if self._messages is None:
            if self._prompt is not None and self._taken(self._prompt, message):
                return 0
            self._messages = deque((message,))
            self.size = len(message)
            self._start(self._work(self._messages), self._worked)
            return 0
        self._messages.append(message)
        self.size += len(message)
        return len(self._messages) - 1

    def _taken(self, session: Prompt, message: str | bytes) -> bool:
        try:
            return session.take(message)
        except Exception as error:  # noqa: BLE001 - what a task would end with
            self._failed(error)
            return True

    def drop(self) -> None:
        """Forget what waits: nobody acknowledged it."""
        if self._messages is not None:
            self._messages.clear()
            self.size = 0

    def end(self) -> None:
        """The socket is gone. What waits still has its turn."""
        self._gone = True
        if self._messages is None:
            self._start(self._session.end(), self._ended)

    # --- what the session may know besides ------------------------------------------------------

    def alive(self) -> None:
        """A pong came."""
        if isinstance(self._session, Living):
            self._session.alive()

    def resync(self) -> bool:
        """Have a fresh state sent. False if this session has none to send."""
        if not isinstance(self._session, Resyncing):
            return False
        self._session.resync_needed()
        return True

    def left(self) -> None:
        """The peer said goodbye."""
        if isinstance(self._session, Parting):
            self._session.left()

    def drain(self) -> float:
        """Seconds that the peer may stay: none if it need not go elsewhere first."""
        return self._session.drain() if isinstance(self._session, Draining) else 0.0

    # --- tasks ----------------------------------------------------------------------------------

    def _start(
        self, work: Coroutine[Any, Any, None], then: Callable[[asyncio.Task[None]], None]
    ) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(then)

    async def _work(self, messages: deque[str | bytes]) -> None:
        while messages:
            message = messages.popleft()
            self.size -= len(message)
            try:
                await self._session.receive(message)
            except StoreUnavailable:
                let_go(self._connection, STORE_AWAY)

    def _worked(self, task: asyncio.Task[None]) -> None:
        """Go on with what came since, or rest."""
        self._tasks.discard(task)
        if task.cancelled():  # the server stops and waits no longer
            let_go(self._connection, DRAINED)
            return
        error = task.exception()
        if error is not None:
            self.drop()
            self._failed(error)
        if self._messages:
            self._start(self._work(self._messages), self._worked)
            return
        self._messages = None
        if self._gone:
            self.end()

    def _failed(self, error: BaseException) -> None:
        log.error("a session failed", exc_info=error)
        let_go(self._connection, FAILED)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("a session did not end well", exc_info=error)
