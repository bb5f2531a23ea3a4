"""The one door to the transports: an accepted websocket in, a session that it carries.

Which transport it is was chosen where uvicorn was configured; the doors in turnout.web do not know.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

from starlette.websockets import WebSocket

from turnout.transport import plain
from turnout.transport.bounds import PROTOCOL, Bounds
from turnout.transport.detachable import EXTENSION, DetachableProtocol
from turnout.transport.pulse import Pulse
from turnout.transport.sessions import Ended, Opening, untold
from turnout.transport.wire import Wire

Transport: TypeAlias = Literal["detached", "asgi"]


def protocol_class(transport: Transport) -> type[DetachableProtocol] | Literal["websockets-sansio"]:
    """What uvicorn.Config takes as `ws`."""
    return DetachableProtocol if transport == "detached" else "websockets-sansio"


class Carrier:
    """Carries all sockets of one server. Belongs to one event loop."""

    def __init__(self, bounds: Bounds = PROTOCOL, ended: Ended = untold) -> None:
        self._bounds = bounds
        self._ended = ended
        self._pulse = Pulse(bounds, ended)

    async def carry(self, websocket: WebSocket, opening: Opening, limit: int) -> None:
        """Give an accepted websocket its session. `limit`: bytes of a message. Returns at once
        where the socket leaves ASGI, at its end where it stays; the endpoint then returns too."""
        detach = websocket.scope["extensions"].get(EXTENSION)
        if detach is None:
            await plain.serve(websocket, opening, limit, self._bounds, self._ended)
            return
        wire = Wire(self._pulse, limit)
        detach(wire)
        wire.begin(opening)
