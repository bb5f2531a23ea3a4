"""Input that is not just one whole text frame: pieces of frames, several at once, fragments of
messages, control frames, and what no client may send.

Made for a socket when it needs one and dropped when `idle`. It puts bytes together until a frame
is whole; what a frame means is left to `websockets`, whose parser gets whole frames only.
It holds at most one frame and one message, each within the limit.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias

from websockets.frames import Frame, Opcode
from websockets.protocol import OPEN, SERVER
from websockets.protocol import Protocol as Parser

from turnout.transport.frames import close_frame

try:
    from websockets.speedups import apply_mask as unmasked
except ImportError:  # a build of websockets without its C part
    from websockets.utils import apply_mask as unmasked

__all__ = ["Control", "Ending", "Reassembly", "unmasked"]

WHOLE_TEXT: Final = 0x81
NOT_UTF8: Final = 1007


@dataclass(frozen=True, slots=True)
class Control:
    """A control frame, or a fragment that ends no message. `answer`: bytes to write, or none."""

    answer: bytes
    pong: bool


@dataclass(frozen=True, slots=True)
class Ending:
    """The last thing to write. `by_peer`: they sent a close frame; else they broke a rule."""

    answer: bytes
    by_peer: bool


Part: TypeAlias = str | bytes | Control | Ending


class Reassembly:
    """The unusual input of one socket. `limit`: bytes of a message."""

    __slots__ = ("_is_text", "_limit", "_message", "_parser", "_tail")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._tail = b""
        self._parser: Parser | None = None
        self._message = bytearray()
        self._is_text = False

    @property
    def idle(self) -> bool:
        """Whether nothing is unfinished."""
        return not self._tail and self._parser is None

    def feed(self, data: bytes) -> Iterator[Part]:
        """What these bytes complete, in order; nothing follows an Ending. A caller that stops
        before the end must not feed this again."""
        if self._tail:
            data = self._tail + data
        at = 0
        while span := _span(data, at, self._limit):
            yield self._part(data[at : at + span])
            at += span
        self._tail = data[at:]

    def _part(self, frame: bytes) -> Part:
        if self._parser is None and frame[0] == WHOLE_TEXT and _is_plain(frame, self._limit):
            head = len(frame) - _length(frame)
            return self._text(unmasked(frame[head:], frame[head - 4 : head]))
        parser = Parser(SERVER, max_size=self._limit) if self._parser is None else self._parser
        parser.receive_data(frame)
        answer = b"".join(parser.data_to_send())
        if parser.state is not OPEN:
            return Ending(answer, by_peer=parser.close_rcvd is not None)
        (event,) = parser.events_received()
        if not isinstance(event, Frame):
            raise TypeError("a parser that is open gives frames only")
        if event.opcode is Opcode.PING or event.opcode is Opcode.PONG:
            return Control(answer, pong=event.opcode is Opcode.PONG)
        if event.opcode is not Opcode.CONT:
            self._is_text = event.opcode is Opcode.TEXT
        self._message += event.data
        if not event.fin:
            self._parser = parser
            return Control(b"", pong=False)
        message, self._message, self._parser = self._message, bytearray(), None
        return self._text(message) if self._is_text else bytes(message)

    def _text(self, message: bytes | bytearray) -> Part:
        try:
            return message.decode()
        except UnicodeDecodeError:
            return Ending(close_frame(NOT_UTF8), by_peer=False)


def _is_plain(frame: bytes, limit: int) -> bool:
    return frame[1] >= 0x80 and _length(frame) <= limit


def _length(frame: bytes, at: int = 0) -> int:
    """The length that the header says; the header's length must be there."""
    length = frame[at + 1] & 0x7F
    if length < 126:
        return length
    return int.from_bytes(frame[at + 2 : at + (4 if length == 126 else 10)])


def _span(data: bytes, at: int, limit: int) -> int:
    """The length of the frame that begins here; 0 while it is not whole. One that is refused for
    its header alone is not waited for: then all that there is."""
    there = len(data) - at
    if there < 2:
        return 0
    second = data[at + 1]
    head = {126: 4, 127: 10}.get(second & 0x7F, 2)
    if there < head:
        return 0
    if second < 0x80 or _length(data, at) > limit:
        return there
    whole = head + 4 + _length(data, at)
    return whole if there >= whole else 0
