"""The sockets of a conversation that have not said hello, in the order in which they came.

Who they are nobody knows, so there may be no more of them than a conversation can explain.
"""

from __future__ import annotations

from collections.abc import Iterator

from turnout.services.connections import Connection

SPARE = 100


def room_for(max_participants: int) -> int:
    """How many may wait: everybody twice, and some who only look."""
    return 2 * max_participants + SPARE


class Lobby:
    """Who waits, longest first."""

    def __init__(self) -> None:
        self._sockets: dict[Connection, None] = {}

    def add(self, connection: Connection) -> None:
        """Somebody came."""
        self._sockets[connection] = None

    def discard(self, connection: Connection) -> None:
        """Somebody went, or said hello. Nothing happens if they are not here."""
        self._sockets.pop(connection, None)

    def __len__(self) -> int:
        return len(self._sockets)

    def __iter__(self) -> Iterator[Connection]:
        return iter(tuple(self._sockets))

    def crowded_out(self, most: int) -> Iterator[Connection]:
        """Take out those who waited longest, until there are at most so many."""
        while len(self._sockets) > most:
            longest = next(iter(self._sockets))
            del self._sockets[longest]
            yield longest
