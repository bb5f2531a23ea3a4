"""Metrics for a Prometheus server, on a port of their own, so that no proxy shows them to the world
by accident. Knows no door of participants or staff.
"""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import uvicorn
from prometheus_client import CollectorRegistry, make_asgi_app

BESIDE = 1
"""Seconds after which an answer under way is let go when the server stops."""


class _Beside(uvicorn.Server):
    """Runs beside the server that minds the process's signals."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.asynccontextmanager
async def scraped(registry: CollectorRegistry, listener: socket.socket) -> AsyncIterator[None]:
    """Serve these metrics to whoever connects, for the length of a block."""
    config = uvicorn.Config(
        make_asgi_app(registry),
        ws="none",
        lifespan="off",
        proxy_headers=False,
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=BESIDE,
    )
    server = _Beside(config)
    serving = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        server.should_exit = True
        await serving
