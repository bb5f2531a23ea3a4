"""What an idle socket costs in Python's memory, side by side on both transports. Absolute figures
depend on versions and are printed; that the one is much smaller is the point of having it."""

from __future__ import annotations

import asyncio
import gc
import socket
import tracemalloc

import pytest

from tests.transport.peer import REQUEST
from tests.transport.stage import Stage, staged, until
from turnout.services.connections import Connection
from turnout.transport import Transport

SOCKETS = 150


class Idle:
    """A session that keeps nothing but its connection."""

    __slots__ = ("_connection",)

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def receive(self, frame: str | bytes) -> None:
        """Session."""

    async def end(self) -> None:
        """Session."""


async def quiet_socket(port: int) -> socket.socket:
    """A client that costs this process next to nothing."""
    loop = asyncio.get_running_loop()
    client = socket.socket()
    client.setblocking(False)
    await loop.sock_connect(client, ("127.0.0.1", port))
    await loop.sock_sendall(client, REQUEST.format(path="/").encode())
    assert b" 101 " in await loop.sock_recv(client, 4_096)
    return client


async def bytes_each(stage: Stage) -> float:
    """Traced memory for each of many idle sockets."""
    clients = [await quiet_socket(stage.port) for _ in range(10)]  # what is made once, is made
    gc.collect()
    before, _ = tracemalloc.get_traced_memory()
    clients += [await quiet_socket(stage.port) for _ in range(SOCKETS)]
    await until(lambda: len(stage.sessions) == len(clients))
    gc.collect()
    after, _ = tracemalloc.get_traced_memory()
    for client in clients:
        client.close()
    return (after - before) / SOCKETS


async def measured(transport: Transport) -> float:
    async with staged(transport) as stage:
        stage.session = Idle
        return await bytes_each(stage)


async def test_an_idle_socket_is_small(capsys: pytest.CaptureFixture[str]) -> None:
    tracemalloc.start()
    try:
        asgi, detached = await measured("asgi"), await measured("detached")
    finally:
        tracemalloc.stop()
    with capsys.disabled():
        print(f" {detached / 1024:.1f} KiB a socket, {asgi / 1024:.1f} KiB in ASGI ", end="")
    assert detached < asgi / 2
