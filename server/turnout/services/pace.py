"""How often something may happen: so many at once, then one after the other. In memory, and no more
of it than so many keys take."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass

from turnout.ports import Clock


@dataclass(slots=True)
class Bucket:
    """Holds up to `burst`; fills by one every `refill` milliseconds. `left`, `at`: how many it held
    at that moment."""

    burst: int
    refill: int
    left: float
    at: int

    def take(self, now: int) -> int:
        """Take one: 0. Or take nothing: the milliseconds until there is one."""
        # A clock that was set back fills nothing, and costs nothing.
        filled = self.left + max(0, now - self.at) / self.refill
        self.left, self.at = min(self.burst, filled), now
        if self.left < 1:
            return int((1 - self.left) * self.refill) + 1
        self.left -= 1
        return 0

    def give(self) -> None:
        """Put one back that was taken."""
        self.left = min(self.burst, self.left + 1)


def full(burst: int, refill: int, now: int) -> Bucket:
    """A bucket that nobody took from."""
    return Bucket(burst, refill, burst, now)


class Pace:
    """A bucket for each key. `keys`: how many are remembered; the one that was quiet longest is
    forgotten first."""

    def __init__(self, clock: Clock, *, burst: int, refill: int, keys: int) -> None:
        self._clock = clock
        self._burst = burst
        self._refill = refill
        self._keys = keys
        self._buckets: OrderedDict[Hashable, Bucket] = OrderedDict()

    def __len__(self) -> int:
        """How many keys are remembered."""
        return len(self._buckets)

    def take(self, key: Hashable) -> int:
        """Count one more of this key. 0, or the milliseconds to wait if it came too soon."""
        now = self._clock()
        bucket = self._buckets.pop(key, None) or full(self._burst, self._refill, now)
        self._buckets[key] = bucket
        if len(self._buckets) > self._keys:
            self._buckets.popitem(last=False)
        return bucket.take(now)

    def give(self, key: Hashable) -> None:
        """One that was taken does not count."""
        bucket = self._buckets.get(key)
        if bucket is not None:
            bucket.give()
