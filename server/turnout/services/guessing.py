"""Slowing down who tries links or passwords that do not exist, by network address, in memory.

Whoever is right is never slowed, however many wrong ones came from the same network: two hundred
honest people may share an address with one who guesses.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from turnout.ports import Clock

MISSES = 30
"""Wrong ones that an address has at once."""
REFILL = 2_000
"""Milliseconds in which it gets one more."""
ADDRESSES = 50_000
"""Addresses that are remembered; the one that was quiet longest is forgotten first."""


@dataclass(slots=True)
class _Bucket:
    left: float
    at: int


class Guessing:
    """A bucket of misses for each address."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: OrderedDict[str, _Bucket] = OrderedDict()

    def miss(self, address: str) -> int:
        """Count a wrong one. 0, or the milliseconds to wait if there were too many."""
        now = self._clock()
        bucket = self._buckets.pop(address, None) or _Bucket(MISSES, now)
        left = min(MISSES, bucket.left + max(0, now - bucket.at) / REFILL)
        self._buckets[address] = _Bucket(max(0.0, left - 1), now)
        if len(self._buckets) > ADDRESSES:
            self._buckets.popitem(last=False)
        return 0 if left >= 1 else round((1 - left) * REFILL) + 1
