"""What a supervisor or a load balancer asks: does this process answer, and may it have people?"""

from __future__ import annotations

import asyncio

import structlog
from starlette.requests import Request
from starlette.responses import Response

from turnout.ports import Clock, Store, StoreUnavailable

FRESH = 1_000
"""Milliseconds that an answer of the store is good for: asking often costs no more writes."""


PATIENCE = 2.0
"""Seconds that the store has to answer."""
AWAY = "The server can't save just now."
STOPPING = "The server is stopping."

log = structlog.get_logger()


class Health:
    """The two doors, and the word that this process is about to stop."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._asking = asyncio.Lock()
        self._asked_at: int | None = None
        self._writable = True
        self.draining = False

    async def healthz(self, request: Request) -> Response:
        """`GET /healthz`: the process answers."""
        return _words("ok", 200)

    async def readyz(self, request: Request) -> Response:
        """`GET /readyz`: people may come. 503 in words while the store can't be written, or while
        the server stops."""
        if self.draining:
            return _words(STOPPING, 503)
        async with self._asking:
            await self._ask()
        return _words("ready", 200) if self._writable else _words(AWAY, 503)

    async def _ask(self) -> None:
        now = self._clock()
        if self._asked_at is not None and 0 <= now - self._asked_at < FRESH:
            return
        try:
            async with asyncio.timeout(PATIENCE):
                await self._store.probe()
            self._writable = True
        except (StoreUnavailable, TimeoutError) as error:
            if self._writable:
                log.warning("not ready", why=str(error) or "The store does not answer.")
            self._writable = False
        self._asked_at = now


def _words(text: str, status: int) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(f"{text}\n", status, headers, media_type="text/plain")
