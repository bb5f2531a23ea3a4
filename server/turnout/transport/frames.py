"""Websocket frames as bytes, the way a server writes them: unmasked, whole, never compressed.

Nothing here reads a frame or knows what a payload means.
"""

from __future__ import annotations

import struct
from typing import Final

TEXT: Final = 0x1
BINARY: Final = 0x2
CLOSE: Final = 0x8
PING: Final = 0x9
PONG: Final = 0xA


def frame_of(payload: bytes, opcode: int = TEXT) -> bytes:
    """The frame that carries this payload. A text's payload is UTF-8."""
    length = len(payload)
    first = 0x80 | opcode
    if length < 126:
        return bytes((first, length)) + payload
    if length < 65_536:
        return struct.pack("!BBH", first, 126, length) + payload
    return struct.pack("!BBQ", first, 127, length) + payload


def close_frame(code: int) -> bytes:
    """The close frame with this code. The reason is left out: `bye` said it in words."""
    return frame_of(code.to_bytes(2), CLOSE)


PING_FRAME: Final = frame_of(b"", PING)
"""One for everybody: nobody needs to know which ping a pong answers."""
