"""The network of a simulation: lines that are late, lost, cut, or dead without a word.

Each line keeps the order of its frames, as TCP does; lines beside each other do not.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from turnout.transport.turns import Turns

LATENCY = 20
"""Milliseconds: nothing is faster. The same in client/src/simulation/pages.ts."""
LOST = 1006
"""What a browser says of a line that ended without a close frame."""


@dataclass(eq=False, slots=True)
class Line:
    """One connection of a page, from both ends. `base`: its usual delay. `deaf`: nothing reaches
    the page (`down`) or the server (`up`) any more, and neither is told. `loses`: so many
    of the next events do not reach it, as if its queue had been full."""

    page: int
    number: int
    base: int
    down: int = 0
    up: int = 0
    deaf_down: bool = False
    deaf_up: bool = False
    loses: int = 0
    carrier: Carrier | None = None

    def delay(self, chance: Random) -> int:
        """Of one frame: mostly as usual, sometimes seconds."""
        late = chance.randrange(4_000) if chance.random() < 0.02 else 0
        return LATENCY + self.base + chance.randrange(1 + self.base) + late

    def down_at(self, now: int, chance: Random) -> int:
        """When what the server sends now arrives."""
        self.down = max(self.down, now + self.delay(chance))
        return self.down

    def up_at(self, now: int, chance: Random) -> int:
        """When what the page sends now arrives."""
        self.up = max(self.up, now + self.delay(chance))
        return self.up


class Carrier:
    """The server's end of a line: its `Connection`, with the turns of what comes."""

    def __init__(
        self,
        line: Line,
        deliver: Callable[[Line, str, object], None],
        closed: Callable[[Carrier], None],
    ) -> None:
        self.line = line
        self.turns: Turns | None = None
        self.is_closed = False
        self._deliver = deliver
        self._closed = closed

    def send(self, frame: bytes) -> None:
        if not self.is_closed:
            self._deliver(self.line, "say", frame.decode())

    def close(self, code: int) -> None:
        if not self.is_closed:
            self._deliver(self.line, "fail", code)
            self.end()

    def end(self) -> None:
        """The socket is gone."""
        if not self.is_closed:
            self.is_closed = True
            self._closed(self)
            if self.turns is not None:
                self.turns.end()
