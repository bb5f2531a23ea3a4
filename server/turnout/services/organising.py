"""Making a conversation: its address, its guide, its links."""

from __future__ import annotations

from dataclasses import dataclass

from turnout.domain.configuring import settings_faults
from turnout.domain.conversation import Settings
from turnout.domain.guide import Item, faults
from turnout.domain.links import PID_BYTES, is_slug, make_pid, slug_of
from turnout.domain.refusals import Reason
from turnout.ports import Conversations, Located, NewConversation, Randomness
from turnout.services import views

TRIES = 20
RESERVED = frozenset({"first-run", "invitation", "new", "sign-in", "staff"})
"""Addresses of the console's own pages."""


@dataclass(frozen=True, slots=True)
class NotCreated:
    """Nothing was created. `code`: invalid or taken; `reason` and `number`: as in `Refused`."""

    code: str
    why: str
    reason: Reason | None = None
    number: int | None = None


class Organising:
    """Creates conversations."""

    def __init__(self, store: Conversations, randomness: Randomness) -> None:
        self._store = store
        self._randomness = randomness

    async def create(
        self, settings: Settings, items: tuple[Item, ...], slug: str | None
    ) -> Located | NotCreated:
        """A new draft with its links. Without a slug, one is made of the title."""
        wrong = self._faults(settings, items, slug)
        if wrong is not None:
            return wrong
        count = settings.max_participants if settings.links == "unique" else 0
        pids = self._pids(count)
        for candidate in self._candidates(settings.title, slug):
            located = await self._store.create(NewConversation(candidate, settings, items, pids))
            if located is not None:
                return located
        why = "Another conversation has this address. Choose another one."
        return NotCreated("taken", why, "address_taken")

    @staticmethod
    def _faults(settings: Settings, items: tuple[Item, ...], slug: str | None) -> NotCreated | None:
        if slug in RESERVED:
            why = f"The console needs the address {slug}. Choose another one."
            return NotCreated("taken", why, "address_taken")
        if slug is not None and not is_slug(slug):
            why = "An address is made of a-z, 0-9 and hyphens, up to 63 of them."
            return NotCreated("invalid", why)
        found = settings_faults(settings)
        if found:
            return NotCreated("invalid", " ".join(found))
        fault = next(faults(items), None)
        if fault is not None:
            return NotCreated("invalid", f"Item {fault.position}: {fault.what}")
        large = views.too_large(items)
        if large is None:
            return None
        return NotCreated("invalid", large.why, large.reason, large.number)

    def _candidates(self, title: str, slug: str | None) -> list[str]:
        if slug is not None:
            return [slug]
        made = slug_of(title) or "conversation"
        first = [] if made in RESERVED else [made]
        return [*first, *(f"{made}-{self._randomness(3).hex()}" for _ in range(TRIES))]

    def _pids(self, count: int) -> tuple[str, ...]:
        """Unique in the conversation: a twin (one in 10^24) would be drawn again."""
        pids: dict[str, None] = {}
        while len(pids) < count:
            pids[make_pid(self._randomness(PID_BYTES))] = None
        return tuple(pids)
