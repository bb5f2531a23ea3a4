"""What a service knows of a socket: it takes frames, and it can be closed."""

from __future__ import annotations

from typing import Final, Literal, Protocol

from msgspec import UNSET

from turnout import wire


class Connection(Protocol):
    """An open socket. Both methods return at once; what a slow reader cannot take is bounded by the
    socket itself, which closes rather than grow."""

    def send(self, frame: bytes) -> None:
        """Queue a whole frame. Nothing happens on a socket that is closing."""

    def close(self, code: int) -> None:
        """Send what is queued, then close. Closing twice does nothing."""


TOO_LARGE = 1009
FAILED = 1011
TRY_LATER = 1013
SLOW_READER = 4008
HEARTBEAT_LOST = 4009
TOO_FAST = 4013
MALFORMED = 4400
SIGNED_OUT = 4401
ROLE = 4403
NOT_USABLE = 4404
OTHER_TAB = 4408
OTHER_DEVICE = 4409
REMOVED = 4410
OVER = 4411
STORE_AWAY = 4503
DRAINED = 4000

WORDS: Final = {
    TOO_LARGE: "A message was too large.",
    FAILED: "Something went wrong on the server. This page connects again by itself.",
    DRAINED: "The server is starting again.",
    SLOW_READER: "This page could not keep up. It connects again by itself.",
    HEARTBEAT_LOST: "The connection went silent.",
    TOO_FAST: "This page sent too much at once. It connects again by itself.",
    STORE_AWAY: "The server can't save just now.",
}
"""What is said where nobody knows more than the code."""


def bye(code: int) -> bytes:
    """The frame that says why a socket is closed with one of the codes in `WORDS`."""
    return wire.encode(wire.Bye(code, WORDS[code]))


def let_go(connection: Connection, code: int) -> None:
    """Say why, then close with one of the codes in `WORDS`."""
    connection.send(bye(code))
    connection.close(code)


def farewell(
    connection: Connection,
    code: int,
    why: str,
    retry_ms: int | None = None,
    reason: Literal["released", "removed"] | None = None,
) -> None:
    """Say why in words for people, then close with this code. `reason`: what 4410 is about."""
    retry = UNSET if retry_ms is None else retry_ms
    message = wire.Bye(code, why, retry, UNSET if reason is None else reason)
    connection.send(wire.encode(message))
    connection.close(code)
