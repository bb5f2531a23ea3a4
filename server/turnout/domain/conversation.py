"""A conversation: its phase, its guide, what was sent when. Read the types and you know the system.

Two functions carry every change: `decide` (in `turnout.domain.commands`) turns a command into
events or a refusal, `apply` folds an event into the next state. The state is never stored: it is
the fold of the conversation's events, so that a restart, another node and a test all see the same
thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from turnout.domain.guide import Item

Phase = Literal["draft", "published", "live", "ended", "flex"]
Status = Literal["queued", "open", "closed", "skipped", "withdrawn"]
LinkKind = Literal["unique", "single"]

MINUTE = 60_000
"""Milliseconds."""
MAX_PARTICIPANTS = 100_000
UNDO_END = 10 * MINUTE
"""How long an End by hand can be taken back, and who had joined may still say hello."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What the organiser chose. `starts_at`: milliseconds UTC or None; `zone`: the organiser's
    IANA zone, for showing it; `duration`: planned minutes; `grace`: seconds an answer may come
    late (0 to 600). `demo` conversations let signed-in staff join."""

    title: str
    max_participants: int
    links: LinkKind = "unique"
    several_devices: bool = False
    starts_at: int | None = None
    zone: str = ""
    duration: int = 60
    grace: int = 60
    demo: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """A time during which an item was open; `until` is None while it still is."""

    since: int
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of the guide and what became of it. `windows`: every time it was open, in order;
    `sent_rev`: the rev of the event that last opened it, 0 if none did."""

    item: Item
    status: Status = "queued"
    windows: tuple[Window, ...] = ()
    sent_rev: int = 0

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
    """A stretch in which questions could be answered: `live`, or one flex opening."""

    kind: Literal["live", "flex"]
    since: int
    until: int | None = None


@dataclass(frozen=True, slots=True)
class Conversation:
    """The whole state. `rev` and `at`: of the last event, `at` in milliseconds; `seen_rev`: of the
    last that participants may see; `sent_rev`: of the last that sent an item (what a moderator's
    `expect` names)."""

    settings: Settings
    phase: Phase = "draft"
    entries: tuple[Entry, ...] = ()
    runs: tuple[Run, ...] = ()
    rev: int = 0
    seen_rev: int = 0
    sent_rev: int = 0
    at: int = 0

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
        """The questions that count: opened to everybody and not withdrawn, in guide order."""
        return tuple(
            entry
            for entry in self.entries
            if entry.was_sent and entry.item.is_question and entry.status != "withdrawn"
        )

    @property
    def ended_at(self) -> int | None:
        """When it ended, in milliseconds; None unless it is over."""
        return self.runs[-1].until if self.phase == "ended" and self.runs else None

    @property
    def final_at(self) -> int | None:
        """The end and its grace: nothing is taken later. None unless it is over."""
        return None if self.ended_at is None else self.ended_at + self.settings.grace * 1000

    @property
    def over_at(self) -> int | None:
        """Until when who had joined may still come back. None unless it is over."""
        if self.ended_at is None or self.final_at is None:
            return None
        return max(self.final_at, self.ended_at + UNDO_END)


# --- events: what happened. Each is stored once, under (conversation, rev) ---------------------


@dataclass(frozen=True, slots=True)
class Created:
    settings: Settings
    kind: Literal["created"] = "created"


@dataclass(frozen=True, slots=True)
class GuideSet:
    """The guide before anything was sent, whole."""

    items: tuple[Item, ...]
    kind: Literal["guide_set"] = "guide_set"


@dataclass(frozen=True, slots=True)
class Published:
    kind: Literal["published"] = "published"


@dataclass(frozen=True, slots=True)
class Started:
    kind: Literal["started"] = "started"


@dataclass(frozen=True, slots=True)
class Opened:
    """An item was sent. A question stays open until it is closed; a message is merely shown."""

    item: int
    kind: Literal["opened"] = "opened"


@dataclass(frozen=True, slots=True)
class Closed:
    item: int
    kind: Literal["closed"] = "closed"


@dataclass(frozen=True, slots=True)
class Skipped:
    item: int
    kind: Literal["skipped"] = "skipped"


@dataclass(frozen=True, slots=True)
class Ended:
    kind: Literal["ended"] = "ended"


Event = Created | GuideSet | Published | Started | Opened | Closed | Skipped | Ended


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event in its place: `rev` of this conversation, `prev` = the rev of the event that
    participants saw before it, `at` in milliseconds by the store's clock, `by` the name of the
    staff member who did it (empty: the server itself)."""

    rev: int
    prev: int
    at: int
    event: Event
    by: str = ""


def participants_see(event: Event) -> bool:
    """Whether the event travels to participants (and so moves `seen_rev`)."""
    return not isinstance(event, Created | GuideSet | Skipped)


def record(conversation: Conversation, event: Event, at: int, by: str = "") -> Recorded:
    """Put an event that was decided on this state into its place. Its time is never before the
    last event's, whatever the clock does."""
    at = max(at, conversation.at)
    return Recorded(conversation.rev + 1, conversation.seen_rev, at, event, by)


def begin(created: Recorded) -> Conversation:
    """The state after the first event of a stream, which is always `Created`."""
    if not isinstance(created.event, Created) or created.rev != 1:
        raise ValueError("a conversation begins with rev 1, created")
    return Conversation(settings=created.event.settings, rev=1, at=created.at)


def fold(events: Iterable[Recorded]) -> Conversation:
    """The state after all of a stream's events, the first included. ValueError if the first is not
    `Created` or a rev is missing."""
    stream = iter(events)
    first = next(stream, None)
    if first is None:
        raise ValueError("a stream without events is no conversation")
    conversation = begin(first)
    for recorded in stream:
        conversation = apply(conversation, recorded)
    return conversation


def apply(conversation: Conversation, recorded: Recorded) -> Conversation:
    """The state after one more event. ValueError if it is not the next one."""
    if recorded.rev != conversation.rev + 1:
        raise ValueError(f"rev {recorded.rev} does not follow {conversation.rev}")
    changed = _changed(conversation, recorded.event, recorded)
    seen = recorded.rev if participants_see(recorded.event) else conversation.seen_rev
    return replace(changed, rev=recorded.rev, seen_rev=seen, at=recorded.at)


def _changed(conversation: Conversation, event: Event, recorded: Recorded) -> Conversation:
    match event:
        case Created():
            raise ValueError("a conversation is created once")
        case GuideSet(items=items):
            return replace(conversation, entries=tuple(Entry(item) for item in items))
        case Published():
            return replace(conversation, phase="published")
        case Started():
            return replace(
                conversation, phase="live", runs=(*conversation.runs, Run("live", recorded.at))
            )
        case Opened(item=item):
            return _opened(conversation, item, recorded)
        case Closed(item=item):
            return _with_entry(conversation, item, lambda entry: _closed(entry, recorded.at))
        case Skipped(item=item):
            return _with_entry(conversation, item, lambda entry: replace(entry, status="skipped"))
        case Ended():
            return _ended(conversation, recorded.at)
        case _:
            assert_never(event)


def _with_entry(
    conversation: Conversation, item: int, change: Callable[[Entry], Entry]
) -> Conversation:
    entries = tuple(
        change(entry) if entry.item.id == item else entry for entry in conversation.entries
    )
    return replace(conversation, entries=entries)


def _opened(conversation: Conversation, item: int, recorded: Recorded) -> Conversation:
    """Opening a question again adds a window to the same entry. A message that was on screen gives
    way to whatever is sent next."""

    def change(entry: Entry) -> Entry:
        if entry.item.id == item:
            windows = (*entry.windows, Window(recorded.at))
            return replace(entry, status="open", windows=windows, sent_rev=recorded.rev)
        if entry.status == "open" and not entry.item.is_question:
            return _closed(entry, recorded.at)
        return entry

    entries = tuple(change(entry) for entry in conversation.entries)
    return replace(conversation, entries=entries, sent_rev=recorded.rev)


def _closed(entry: Entry, at: int) -> Entry:
    last = replace(entry.windows[-1], until=at)
    return replace(entry, status="closed", windows=(*entry.windows[:-1], last))


def _ended(conversation: Conversation, at: int) -> Conversation:
    entries = tuple(
        _closed(entry, at) if entry.status == "open" else entry for entry in conversation.entries
    )
    runs = (*conversation.runs[:-1], replace(conversation.runs[-1], until=at))
    return replace(conversation, phase="ended", entries=entries, runs=runs)
