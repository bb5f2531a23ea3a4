"""What a socket may take up, in one place. See "Pressure" in protocol.md."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Bounds:
    """Limits of every socket. Times are counted in ticks of one timer, so that a process that was
    stopped for a while blames no peer for it."""

    tick: float = 1.0
    """Seconds."""

    out_frames: int = 64
    out_bytes: int = 256 * 1024
    """What may wait for a slow reader; the largest frame of a queue is not counted."""
    drained_within: int = 10
    """Ticks until a queue must have been empty once."""
    send_buffer: int = 128 * 1024
    """Bytes in the kernel: left alone it would grow to megabytes for a reader that never reads."""

    steady: int = 10
    """Frames a tick; beyond it the socket is not read until the next tick."""
    most: int = 100
    """Frames a tick, reached by many in one packet; beyond it the socket is closed."""
    waiting: int = 200
    waiting_bytes: int = 512 * 1024
    """What was read and waits for its turn: frames, or bytes of theirs."""

    ping_every: int = 20
    silence: int = 50
    """Ticks without pong or frame after which a socket is given up, looked at with every ping."""
    linger: float = 1.0
    """Seconds that a peer has to read the close frame and to answer it."""


PROTOCOL: Final = Bounds()


@dataclass(frozen=True, slots=True)
class RequestBounds:
    """Limits of whoever sends a request, whatever it asks for. Times are seconds."""

    head_within: float = 10.0
    """From the connection, or from the first byte of a later request, to the end of its head."""
    body_within: float = 120.0
    """From there to the end of its body: a guide of some megabytes over a slow line."""
    read_within: float = 60.0
    """In which a reader must have taken something of an answer."""
    head: int = 64 * 1024
    """Bytes of a head that is not whole yet."""
    whole: int = 16 * 1024 * 1024
    """Bytes of a request: twice the largest that any door takes."""
    pipelined: int = 16
    """Requests that wait for the answers to those before them."""


REQUESTS: Final = RequestBounds()
