"""A conversation: its phase, its guide, what was sent when. Read the types and you know the system.

Two functions carry every change: `decide` (in `turnout.domain.deciding`) turns a command into
events or a refusal, `apply` (in `turnout.domain.events`) folds an event into the next state.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Literal

from turnout.domain.guide import Item

Phase = Literal["draft", "published", "live", "ended", "flex"]
Status = Literal["queued", "open", "closed", "skipped", "withdrawn"]
LinkKind = Literal["unique", "single"]

MINUTE = 60_000
"""Milliseconds."""
MAX_PARTICIPANTS = 100_000
UNDO_END = 10 * MINUTE
"""How long an End by hand can be taken back."""
OVERTIME = 60 * MINUTE
"""A live conversation ends by itself this long after its planned end."""
FAREWELL = 10_000
"""However short the grace, an end is not for good before: pages ask for their numbers within 5
seconds of it."""


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
class Wording:
    """How people read an item before it was corrected by the event `until_rev`."""

    item: Item
    until_rev: int


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the guide and what became of it. `windows`: every time it was open, in order; in
    flex every question that was not withdrawn is. `sent_rev`: the rev of the event that last opened
    it, 0 if none did. `wordings`: what people read earlier."""

    item: Item
    status: Status = "queued"
    windows: tuple[Window, ...] = ()
    sent_rev: int = 0
    wordings: tuple[Wording, ...] = ()

    @property
    def was_sent(self) -> bool:
        """Whether people have seen it."""
        return bool(self.windows)

    @property
    def closed_at(self) -> int | None:
        """When it was last closed; None while open or never sent."""
        return self.windows[-1].until if self.windows else None

    def shown(self, rev: int) -> Item:
        """The item with its wording and options as people read them at this rev."""
        return next((old.item for old in self.wordings if rev < old.until_rev), self.item)

    def opened(self, at: int, rev: int) -> Entry:
        """It was sent, perhaps again: one more window."""
        windows = (*self.windows, Window(at))
        return replace(self, status="open", windows=windows, sent_rev=rev)

    def closed(self, at: int) -> Entry:
        """It was open until now."""
        last = replace(self.windows[-1], until=at)
        return replace(self, status="closed", windows=(*self.windows[:-1], last))

    def withdrawn(self, at: int) -> Entry:
        """It counts for nobody. If it was closed before, the grace of that close does not begin
        anew."""
        closed = self.closed(at) if self.status == "open" else self
        return replace(closed, status="withdrawn")

    def edited(self, item: Item, rev: int) -> Entry:
        """Another wording. What people have read is kept: their answers are to those words."""
        read = (Wording(self.item, rev),) if self.was_sent else ()
        return replace(self, item=item, wordings=(*self.wordings, *read))


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
    """The whole state. `rev`: of the last event, and `at` its time; `seen_rev`: of the last that
    participants may see; `sent_rev`: of the last that sent an item (what a moderator's `expect`
    names). `cut`: what the End closed, in the order in which it was sent, for the undo. `past`: the
    state at the end of every run but the last, for its files. `restored_at`: when the store was
    last made of a copy (milliseconds, 0 = never), which no event says: the store puts it in."""

    settings: Settings
    phase: Phase = "draft"
    entries: tuple[Entry, ...] = ()
    runs: tuple[Run, ...] = ()
    rev: int = 0
    seen_rev: int = 0
    sent_rev: int = 0
    at: int = 0
    cut: tuple[int, ...] = ()
    past: tuple[Conversation, ...] = ()
    restored_at: int = 0
    _by_item: Mapping[int, Entry] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        # Thousands of answers at once look for theirs.
        object.__setattr__(self, "_by_item", {entry.item.id: entry for entry in self.entries})

    def entry(self, item: int) -> Entry | None:
        """The entry with this item id."""
        return self._by_item.get(item)

    def time(self, now: int) -> int:
        """The time that rules go by: a clock that steps back does not undo what has passed."""
        return max(now, self.at)

    def taken_until(self, closed_at: int) -> int:
        """Until when answers to what was closed at that moment are taken, in milliseconds. A copy
        of the store may lack some that were accepted; so that they can come again, the grace of
        what was closed before it was restored runs once more from there."""
        return max(closed_at, self.restored_at) + self.settings.grace * 1000

    @property
    def open_question(self) -> Entry | None:
        """The question that is being asked; None in flex, where all are."""
        if self.phase != "live":
            return None
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
        """The questions that count, in guide order: opened to everybody (in flex all are) and not
        withdrawn."""
        return tuple(
            entry
            for entry in self.entries
            if entry.item.is_question and entry.was_sent and entry.status != "withdrawn"
        )

    def after_run(self, run: int) -> Conversation:
        """The state at the end of this run (from 1), which nothing changes any more; the present
        state for the last one. ValueError if there was no such run."""
        if not 1 <= run <= len(self.runs):
            raise ValueError(f"there was no run {run}")
        return self if run == len(self.runs) else self.past[run - 1]

    @property
    def ends_at(self) -> int | None:
        """When the run that goes on ends by itself, in milliseconds; None if none does."""
        return self._latest_end(self.runs[-1]) if self.phase in ("live", "flex") else None

    @property
    def ended_at(self) -> int | None:
        """When it ended, in milliseconds; None unless it is over."""
        return self.runs[-1].until if self.phase == "ended" else None

    @property
    def undo_until(self) -> int | None:
        """Until when an End can be taken back; None unless a live run was ended by hand. Never
        until it would have ended by itself."""
        if self.ended_at is None:
            return None
        run = self.runs[-1]
        if run.kind != "live" or not run.by_hand:
            return None
        return min(self.ended_at + UNDO_END, self._latest_end(run) - 1)

    @property
    def final_at(self) -> int | None:
        """The end and its grace: nothing is taken later. None unless it is over."""
        return None if self.ended_at is None else self.taken_until(self.ended_at)

    @property
    def attended_until(self) -> int | None:
        """Nothing is attended later: the end and its grace, whatever was restored since. None
        unless it is over."""
        return None if self.ended_at is None else self.ended_at + self.settings.grace * 1000

    @property
    def over_at(self) -> int | None:
        """When an end is for good: its grace is past, its undo, and the time for a thank-you. Until
        then who had joined may say hello. None unless it is over."""
        if self.ended_at is None or self.final_at is None:
            return None
        return max(self.final_at, self.undo_until or 0, self.ended_at + FAREWELL)

    def _latest_end(self, run: Run) -> int:
        planned = run.since + self.settings.duration * MINUTE + OVERTIME
        return planned if run.due is None else run.due
