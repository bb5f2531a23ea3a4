"""A websocket client that can do everything wrong: it writes the bytes it is told to, and reads
only when asked."""

from __future__ import annotations

import asyncio
import ssl
import struct
from dataclasses import dataclass

from turnout.transport.frames import CLOSE, TEXT

PATIENCE = 10.0
"""Seconds after which a test gives up waiting."""
MASK = b"\x0f\x1e\x2d\x3c"
CONT = 0x0
REQUEST = (
    "GET {path} HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
    "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101\r\nOrigin: http://localhost\r\n"
    "Cookie: turnout=0123456789abcdef0123456789abcdef\r\nAccept-Language: en\r\n"
    "Sec-WebSocket-Protocol: turnout.v1\r\n\r\n"
)


def masked(
    payload: bytes | str = b"",
    opcode: int = TEXT,
    *,
    fin: bool = True,
    reserved: int = 0,
    mask: bytes | None = MASK,
    says: int | None = None,
) -> bytes:
    """A client's frame. `says`: the length in the header, where that is a lie."""
    data = payload.encode() if isinstance(payload, str) else payload
    first = (0x80 if fin else 0) | reserved << 4 | opcode
    bit = 0x80 if mask is not None else 0
    length = len(data) if says is None else says
    if length < 126:
        head = bytes((first, bit | length))
    elif length < 65_536:
        head = struct.pack("!BBH", first, bit | 126, length)
    else:
        head = struct.pack("!BBQ", first, bit | 127, length)
    if mask is None:
        return head + data
    return head + mask + bytes(byte ^ mask[n % 4] for n, byte in enumerate(data))


@dataclass
class Peer:
    """An open socket."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def frame(self) -> tuple[int, bytes]:
        """The next frame: opcode and payload. IncompleteReadError if the connection ended,
        ConnectionResetError if it was cut."""
        async with asyncio.timeout(PATIENCE):
            first, length = await self.reader.readexactly(2)
            if length == 126:
                (length,) = struct.unpack("!H", await self.reader.readexactly(2))
            elif length == 127:
                (length,) = struct.unpack("!Q", await self.reader.readexactly(8))
            assert first & 0xF0 == 0x80
            return first & 0x0F, await self.reader.readexactly(length)

    async def text(self) -> str:
        """The next frame, which is a text."""
        opcode, payload = await self.frame()
        assert opcode == TEXT, (opcode, payload)
        return payload.decode()

    async def code(self) -> int:
        """The code of the close frame, whatever comes before it. Other frames are passed over."""
        while True:
            opcode, payload = await self.frame()
            if opcode == CLOSE:
                return int.from_bytes(payload[:2])

    async def ended(self) -> None:
        """Wait until the server has ended the connection, in whatever way."""
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    if not await self.reader.read(65_536):
                        return
                except ConnectionResetError:
                    return

    def write(self, *frames: bytes | str) -> None:
        """Write these in one go; a str is a text's payload."""
        self.writer.write(
            b"".join(masked(frame) if isinstance(frame, str) else frame for frame in frames)
        )

    def stop_reading(self) -> None:
        """Read nothing from now on, so that the server's kernel gets stuck."""
        self.writer.transport.pause_reading()  # type: ignore[attr-defined]

    def read_on(self) -> None:
        """Read again."""
        self.writer.transport.resume_reading()  # type: ignore[attr-defined]

    def gone(self) -> None:
        """Leave without a word."""
        self.writer.transport.abort()


async def connected(
    port: int, path: str = "/", context: ssl.SSLContext | None = None
) -> tuple[Peer, bytes]:
    """A peer after its handshake, and the answer's head."""
    reader, writer = await asyncio.open_connection(
        "127.0.0.1",
        port,
        ssl=context,
        server_hostname="localhost" if context else None,
        limit=2**24,
    )
    writer.write(REQUEST.format(path=path).encode())
    async with asyncio.timeout(PATIENCE):
        return Peer(reader, writer), await reader.readuntil(b"\r\n\r\n")
