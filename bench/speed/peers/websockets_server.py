"""websockets, by its `broadcast`: `python websockets_server.py PORT`."""

import asyncio
import sys

from text import QUESTION
from websockets.asyncio.server import ServerConnection, broadcast, serve

everybody: set[ServerConnection] = set()


async def served(connection: ServerConnection) -> None:
    everybody.add(connection)
    try:
        async for _ in connection:
            broadcast(everybody, QUESTION)
    finally:
        everybody.discard(connection)


async def main() -> None:
    port = int(sys.argv[1])
    async with serve(served, "127.0.0.1", port, compression=None, ping_interval=None, backlog=4096):
        print("ready", flush=True)
        await asyncio.Future()


asyncio.run(main())
