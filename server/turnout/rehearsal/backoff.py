"""When a client comes back after its socket closed: codes and jitter of docs/protocol.md. Pure."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

FIRST = 0.5
MOST = 20.0
AFTER_DRAIN = 3.0
LIVED = 30.0
"""Seconds of a live socket after which failures are forgotten."""
SLOWLY = 5.0
"""How many times longer after a code that asks to come back slowly."""

_STOP = frozenset({1000, 1007, 1009})
_DRAINED = frozenset({4000, 1012})
_SLOW = frozenset({1013})


def stops(code: int) -> bool:
    """Whether a client must not come back by itself after this close code."""
    return code in _STOP or 4400 <= code <= 4499


def slowly(code: int) -> bool:
    """Whether it should take its time."""
    return code in _SLOW or 4500 <= code <= 4599


@dataclass(slots=True)
class BackOff:
    """The waits of one client. `scale`: 1 as the protocol says; less where a server of one's own
    comes back on the same machine within a second."""

    chance: random.Random
    scale: float = 1.0
    failures: int = field(default=0, init=False)

    def wait(self, code: int, lived: float, retry_ms: int | None = None) -> float:
        """Seconds until the next attempt, after a socket that lived so many seconds (0: it never
        opened). The server's own wish wins."""
        if lived >= LIVED * self.scale:
            self.failures = 0
        first, self.failures = self.failures == 0, self.failures + 1
        if retry_ms is not None:
            return retry_ms / 1000
        if code in _DRAINED and first:
            return self.chance.uniform(0, AFTER_DRAIN) * self.scale
        ceiling = min(MOST, FIRST * 2.0 ** min(self.failures - 1, 10))
        factor = self.scale * (SLOWLY if slowly(code) else 1.0)
        return self.chance.uniform(0, ceiling) * factor
