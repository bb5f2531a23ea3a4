"""Take-overs: a participant goes on with their link on another device.

The asking device shows four letters. Whoever holds the first device types them there, or a
moderator releases the link; where people may move by themselves, a first device that has been away
for a while gives way on its own. Must never let a device in: that takes a join.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from turnout.domain.conversation import MINUTE
from turnout.domain.devices import Asking

LETTERS = "CDFHJKMNPRTVWX"
"""None that sound or look alike, and no vowels: nothing reads as a word."""
COUNT = 4
LIFE = 10 * MINUTE
"""How long a request waits."""
TRIES = 5
"""On the first device."""
AWAY = 5 * MINUTE
"""Without attendance; after it the first device gives way, where people may move."""
MAX_MOVES = 2
"""That a link may make by itself."""


@dataclass(frozen=True, slots=True)
class Request:
    """A device that asks. `thumbprint`: of its key; without one it is known by its `cookie` (an
    HMAC, None if it had none) or its `attempt`."""

    letters: str
    thumbprint: str | None
    cookie: str | None
    attempt: str
    tries_left: int
    asked_at: int

    @property
    def until(self) -> int:
        """The last millisecond at which it waits."""
        return self.asked_at + LIFE

    def waits(self, now: int) -> bool:
        """Whether it may still be granted."""
        return now <= self.until

    def is_by(self, asking: Asking) -> bool:
        """Whether this device asked: with a key the key decides."""
        if self.thumbprint is not None or asking.thumbprint is not None:
            return self.thumbprint == asking.thumbprint
        same_cookie = asking.cookie is not None and asking.cookie == self.cookie
        return same_cookie or asking.attempt == self.attempt


def draw_letters(randomness: Callable[[int], bytes]) -> str:
    """Four letters, each as likely as the others."""
    combinations = len(LETTERS) ** COUNT
    while (number := int.from_bytes(randomness(2), "big")) >= combinations:
        pass
    drawn = ""
    for _ in range(COUNT):
        number, place = divmod(number, len(LETTERS))
        drawn += LETTERS[place]
    return drawn


def read_letters(typed: str) -> str:
    """The letters that were meant, whatever their case and what stands between them."""
    return "".join(char for char in typed.upper() if char.isalpha())


def moves_by_itself(request: Request, asking: Asking, *, moves: int, last: int, now: int) -> bool:
    """Whether this join grants the request, where people may move. `moves`: how often the link did
    so before; `last`: the end of its latest attendance, 0 if there was none. Milliseconds."""
    waits = request.waits(now) and request.is_by(asking)
    due = gives_way_at(moves=moves, last=last)
    return waits and due is not None and now >= due


def gives_way_at(*, moves: int, last: int) -> int | None:
    """When the first device gives way if it stays away; None if the link moved by itself too often.
    Arguments as above."""
    return last + AWAY if moves < MAX_MOVES else None
