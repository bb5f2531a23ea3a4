"""Slowing down who tries links that do not exist, or passwords, by network address, in memory.

Whoever is right is never slowed, however many wrong ones came from the same network: two hundred
honest people may share an address with one who guesses.
"""

from __future__ import annotations

from ipaddress import AddressValueError, IPv4Address, IPv6Address
from typing import Final

from turnout.ports import Clock
from turnout.services.pace import Pace

GUESSES: Final = frozenset({"unlisted", "damaged"})
"""The refusals that say that there is no such link."""
MISSES: Final = 30
"""Wrong ones that an address has at once."""
REFILL: Final = 2_000
"""Milliseconds in which it gets one more."""
ADDRESSES: Final = 50_000
"""Addresses that are remembered."""
WRONG: Final = 10
"""Wrong passwords of one name that a network has at once; five times as many of all names."""
WRONG_REFILL: Final = 90_000
"""Milliseconds in which it gets one more: 40 an hour."""
SLOW_DOWN: Final = "Too many links were tried from your network. Wait a moment."


class Guessing:
    """Counts the misses of each address."""

    def __init__(self, clock: Clock) -> None:
        self._pace = Pace(clock, burst=MISSES, refill=REFILL, keys=ADDRESSES)

    def __len__(self) -> int:
        """How many addresses are remembered."""
        return len(self._pace)

    def miss(self, address: str) -> int:
        """Count a wrong one. 0, or the milliseconds to wait if there were too many."""
        return self._pace.take(network(address))


class Passwords:
    """Counts the wrong passwords of each network: for one name, and for all. A name alone is never
    shut, so that nobody can lock somebody else out from elsewhere."""

    def __init__(self, clock: Clock) -> None:
        self._one = Pace(clock, burst=WRONG, refill=WRONG_REFILL, keys=ADDRESSES)
        self._all = Pace(clock, burst=5 * WRONG, refill=WRONG_REFILL // 5, keys=ADDRESSES)

    def attempt(self, name: str, address: str) -> int:
        """Count a password as wrong before it is looked at, so that many at once gain nothing. 0,
        or the milliseconds to wait, and then it must not be looked at."""
        place = network(address)
        wait = self._one.take((name.strip().casefold(), place))
        if wait == 0 and (wait := self._all.take(place)):
            self._one.give((name.strip().casefold(), place))
        return wait

    def right(self, name: str, address: str) -> None:
        """It was right: it does not count."""
        place = network(address)
        self._one.give((name.strip().casefold(), place))
        self._all.give(place)


def network(address: str) -> int | str:
    """What one household or office has: an IPv4 address, or the first 64 bits of an IPv6 one (of
    which it has as many as it likes). What is no address counts as one and the same."""
    try:
        return str(IPv4Address(address))
    except AddressValueError:
        pass
    try:
        whole = IPv6Address(address.partition("%")[0])
    except AddressValueError:
        return ""
    return int(whole) >> 64 if whole.ipv4_mapped is None else str(whole.ipv4_mapped)
