"""What a transport carries: a session for each socket, and what it may know besides frames.

The optional protocols are found with `isinstance`: a session that lacks one is treated plainly.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeAlias, runtime_checkable

from turnout.services.connections import Connection


class Session(Protocol):
    """The server's side of one socket."""

    async def receive(self, frame: bytes | str) -> None:
        """Take one message, text as str and binary as bytes: in order, one at a time.
        StoreUnavailable closes the socket with 4503."""

    async def end(self) -> None:
        """The socket is gone. Called once, after the last `receive` has returned."""


Opening: TypeAlias = Callable[[Connection], Session]
"""Makes the session of an accepted socket; may send at once."""


Ended: TypeAlias = Callable[[str], None]
"""Told once of every socket that ends: our close code, `left` if the peer closed it, `lost` if
nobody did."""


def untold(_code: str) -> None:
    """Nobody wants to know."""


@runtime_checkable
class Prompt(Protocol):
    """A session that deals with most messages without waiting for anything."""

    def take(self, frame: bytes | str) -> bool:
        """Take one message, as `receive` would, while none waits for its turn. False, and nothing
        was done, if that one is for `receive`."""


@runtime_checkable
class Living(Protocol):
    """A session that wants to know of pongs. Frames it sees anyway."""

    def alive(self) -> None:
        """The peer answered a ping."""


@runtime_checkable
class Resyncing(Protocol):
    """A session that can say in one state what a slow reader missed; else its socket closes."""

    def resync_needed(self) -> None:
        """All that waited to be sent was dropped, acknowledgements too: send one fresh state."""


@runtime_checkable
class Parting(Protocol):
    """A session that wants to know whether its peer left or was lost."""

    def left(self) -> None:
        """The peer said goodbye: a close frame came. `end` follows."""


@runtime_checkable
class Draining(Protocol):
    """A session whose peer may move to another node before the server stops."""

    def drain(self) -> float:
        """Say `drain`; the seconds until the socket closes with 4000."""
