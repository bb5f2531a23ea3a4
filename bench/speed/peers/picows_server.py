"""picows: `python picows_server.py PORT`. Whoever speaks has the question sent to everybody."""

import asyncio
import sys

from picows import WSFrame, WSListener, WSMsgType, WSTransport, ws_create_server
from text import QUESTION

everybody: set[WSTransport] = set()
payload = QUESTION.encode()


class Listener(WSListener):
    def on_ws_connected(self, transport: WSTransport) -> None:
        everybody.add(transport)

    def on_ws_disconnected(self, transport: WSTransport) -> None:
        everybody.discard(transport)

    def on_ws_frame(self, transport: WSTransport, frame: WSFrame) -> None:
        if frame.msg_type == WSMsgType.TEXT:
            for one in everybody:
                one.send(WSMsgType.TEXT, payload)


async def main() -> None:
    server = await ws_create_server(
        lambda _: Listener(), "127.0.0.1", int(sys.argv[1]), backlog=4096, enable_auto_ping=False
    )
    print("ready", flush=True)
    await server.serve_forever()


asyncio.run(main())
