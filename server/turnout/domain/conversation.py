"""A conversation: its phase, its guide, what was sent when. Read the types and you know the system.

Two functions carry every change: `decide` (in `turnout.domain.commands`) turns a command into
events or a refusal, `apply` (in `turnout.domain.events`) folds an event into the next state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from turnout.domain.guide import Item

Phase = Literal["draft", "published", "live", "ended", "flex"]
Status = Literal["queued", "open", "closed", "skipped", "withdrawn"]
LinkKind = Literal["unique", "single"]

MINUTE = 60_000
"""Milliseconds."""
MAX_PARTICIPANTS = 100_000
UNDO_END = 10 * MINUTE
"""How long an End by hand can be taken back, and who had joined may still say hello."""
OVERTIME = 60 * MINUTE
"""A live conversation ends by itself this long after its planned end."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the organiser chose. `starts_at`: milliseconds UTC or None; `zone`: the organiser's
    IANA zone, for showing it; `duration`: planned minutes; `grace`: seconds an answer may come
    late (0 to 600). `auto_start`: it goes live at `starts_at` by itself. `people_may_move`: a
    take-over grants itself once the old device is long gone. `demo` conversations let signed-in
    staff join."""

    title: str
    max_participants: int
    links: LinkKind = "unique"
    several_devices: bool = False
    starts_at: int | None = None
    zone: str = ""
    duration: int = 60
    grace: int = 60
    auto_start: bool = False
    people_may_move: bool = False
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """A time during which an item was open; `until` is None while it still is."""

    since: int
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the guide and what became of it. `windows`: every time it was open in live, in
    order. `withdrawn_at`: when it was last taken back; None while it counts."""

    item: Item
    status: Status = "queued"
    windows: tuple[Window, ...] = ()
    withdrawn_at: int | None = None

    @property
    def was_sent(self) -> bool:
        """Whether people have seen it."""
        return bool(self.windows)

    @property
    def closed_at(self) -> int | None:
        """When it was last closed; None while open or never sent."""
        return self.windows[-1].until if self.windows else None


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch in which questions could be answered: `live`, or one flex opening. `due`: when a
    flex ends by itself. `by_hand`: a moderator ended it."""

    kind: Literal["live", "flex"]
    since: int
    until: int | None = None
    due: int | None = None
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class Conversation:
    """The whole state. `rev`: of the last event; `seen_rev`: of the last that participants may
    see; `sent_rev`: of the last that sent an item (what a moderator's `expect` names)."""

    settings: Settings
    phase: Phase = "draft"
    entries: tuple[Entry, ...] = ()
    runs: tuple[Run, ...] = ()
    rev: int = 0
    seen_rev: int = 0
    sent_rev: int = 0
    at: int = 0
    cut: int | None = None

    def entry(self, item: int) -> Entry | None:
        """The entry with this item id."""
        return next((entry for entry in self.entries if entry.item.id == item), None)

    @property
    def open_question(self) -> Entry | None:
        """The question that is being asked. In live there is one at most."""
        for entry in self.entries:
            if entry.status == "open" and entry.item.is_question:
                return entry
        return None

    @property
    def next_queued(self) -> Entry | None:
        """The first item in the guide's order that was neither sent nor skipped."""
        return next((entry for entry in self.entries if entry.status == "queued"), None)

    @property
    def asked(self) -> tuple[Entry, ...]:
        """The questions that count, in guide order: opened to everybody in live and not withdrawn;
        every one that was not withdrawn once there was a flex."""
        return self.asked_in(len(self.runs))

    def asked_in(self, runs: int) -> tuple[Entry, ...]:
        """The questions that count in the first `runs` runs together."""
        flex = any(run.kind == "flex" for run in self.runs[:runs])
        return tuple(
            entry
            for entry in self.entries
            if entry.item.is_question and entry.status != "withdrawn" and (flex or entry.was_sent)
        )

    def windows(self, entry: Entry) -> tuple[Window, ...]:
        """Every time at which this question could be answered: as sent in live, and all of each
        flex."""
        flex = (Window(run.since, run.until) for run in self.runs if run.kind == "flex")
        return (*entry.windows, *flex)

    @property
    def ended_at(self) -> int | None:
        """When it ended, in milliseconds; None unless it is over."""
        return self.runs[-1].until if self.phase == "ended" and self.runs else None

    @property
    def undo_until(self) -> int | None:
        """Until when an End can be taken back; None unless a live run was ended by hand."""
        run = self.runs[-1] if self.phase == "ended" and self.runs else None
        if run is None or run.kind != "live" or not run.by_hand or run.until is None:
            return None
        return run.until + UNDO_END

    @property
    def over_at(self) -> int | None:
        """When an end is for good: its grace is past, and its undo. None unless it is over."""
        if self.ended_at is None:
            return None
        return max(self.ended_at + self.settings.grace * 1000, self.undo_until or 0)
