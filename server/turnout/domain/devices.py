"""Devices: which browsers a link works on.

A device is a browser profile, known by the RFC 7638 thumbprint of a key that it made for the link
and cannot export; beside it a cookie, which alone is believed only where a browser could make no
key.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Assurance = Literal["key", "cookie"]

PROVISIONAL = 120_000
"""Milliseconds that a join holds without a first hello."""
REKEY_AFTER = 24 * 60 * 60 * 1000
"""Milliseconds between two re-keyings of a link by its cookie."""
MAX_DEVICES = 5


@dataclass(frozen=True, slots=True)
class Bound:
    """A device that a link works on. `slot`: 1 to 5. `cookie`: an HMAC. `confirmed`: it has said
    hello. Times in milliseconds."""

    slot: int
    assurance: Assurance
    thumbprint: str | None
    cookie: str
    attempt: str
    bound_at: int
    confirmed: bool
    rekeyed_at: int = 0


@dataclass(frozen=True, slots=True)
class Asking:
    """The device that joins. `thumbprint` is None where it could make no key; `cookie` is the
    HMAC of the cookie that it sent, None if it sent none."""

    thumbprint: str | None
    cookie: str | None
    attempt: str


@dataclass(frozen=True, slots=True)
class Same:
    """It is the device in this slot."""

    slot: int


@dataclass(frozen=True, slots=True)
class Rekey:
    """The browser in this slot lost its key and shows its cookie: give it the new key."""

    slot: int


@dataclass(frozen=True, slots=True)
class Bind:
    """Bind it into this slot, over an expired provisional join if there is one."""

    slot: int


@dataclass(frozen=True, slots=True)
class Other:
    """The link is in use elsewhere. `full`: five devices already, several being allowed."""

    full: bool


def admit(
    bound: Iterable[Bound], asking: Asking, *, several: bool, now: int
) -> Same | Rekey | Bind | Other:
    """What becomes of a device that joins a link with these devices on it."""
    bound = tuple(bound)
    for device in bound:
        if is_same(device, asking, now):
            return Same(device.slot)
    for device in bound:
        if may_rekey(device, asking, now):
            return Rekey(device.slot)
    taken = {device.slot for device in bound if not has_lapsed(device, now)}
    allowed = MAX_DEVICES if several else 1
    free = next((slot for slot in range(1, allowed + 1) if slot not in taken), None)
    return Other(full=several) if free is None else Bind(free)


def is_same(device: Bound, asking: Asking, now: int) -> bool:
    """With a key, the key decides. Without one the cookie does, or the same attempt within the two
    minutes in which the answer that carried the cookie may have been lost."""
    if device.assurance == "key":
        return asking.thumbprint is not None and asking.thumbprint == device.thumbprint
    if asking.cookie is not None and asking.cookie == device.cookie:
        return True
    return asking.attempt == device.attempt and now - device.bound_at <= PROVISIONAL


def may_rekey(device: Bound, asking: Asking, now: int) -> bool:
    """Whether a browser whose script storage was purged may go on by its cookie: once a day."""
    return (
        device.assurance == "key"
        and asking.thumbprint is not None
        and asking.cookie is not None
        and asking.cookie == device.cookie
        and now - device.rekeyed_at >= REKEY_AFTER
    )


def has_lapsed(device: Bound, now: int) -> bool:
    """Whether its join counts as undone: no hello within two minutes."""
    return not device.confirmed and now - device.bound_at > PROVISIONAL
