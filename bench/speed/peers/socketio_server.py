"""python-socketio on uvicorn: `python socketio_server.py PORT`."""

import json
import sys

import socketio
import uvicorn
from text import QUESTION

server = socketio.AsyncServer(async_mode="asgi", ping_interval=600)
question = json.loads(QUESTION)


@server.on("go")
async def go(_sid: str, *_: object) -> None:
    await server.emit("question", question)


class Server(uvicorn.Server):
    async def startup(self, sockets: object = None) -> None:
        await super().startup()
        print("ready", flush=True)


Server(
    uvicorn.Config(
        socketio.ASGIApp(server),
        port=int(sys.argv[1]),
        log_level="warning",
        access_log=False,
        backlog=4096,
        ws="websockets-sansio",
        ws_per_message_deflate=False,
    )
).run()
