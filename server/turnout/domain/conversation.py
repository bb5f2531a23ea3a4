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
class Configured:
    """The organiser's choices were changed before the start."""

    settings: Settings
    kind: Literal["configured"] = "configured"


@dataclass(frozen=True, slots=True)
class Published:
    kind: Literal["published"] = "published"


@dataclass(frozen=True, slots=True)
class Unpublished:
    kind: Literal["unpublished"] = "unpublished"


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
class Withdrawn:
    """A question was taken back after it was opened: it counts for nobody."""

    item: int
    kind: Literal["withdrawn"] = "withdrawn"


@dataclass(frozen=True, slots=True)
class Edited:
    """An item's wording was corrected, or options were added. Its id and answers stay."""

    item: Item
    kind: Literal["edited"] = "edited"


@dataclass(frozen=True, slots=True)
class Added:
    """An item on the fly, behind the item `after` (None: first)."""

    item: Item
    after: int | None
    kind: Literal["added"] = "added"


@dataclass(frozen=True, slots=True)
class Ended:
    """`by_hand`: a moderator pressed End; otherwise its time was up."""

    by_hand: bool = True
    kind: Literal["ended"] = "ended"


@dataclass(frozen=True, slots=True)
class EndUndone:
    """The End was taken back: live goes on."""

    kind: Literal["end_undone"] = "end_undone"


@dataclass(frozen=True, slots=True)
class Reopened:
    """The same links open again, self-paced, until `due` (milliseconds)."""

    due: int
    kind: Literal["reopened"] = "reopened"


Event = (
    Created
    | Configured
    | GuideSet
    | Published
    | Unpublished
    | Started
    | Opened
    | Closed
    | Skipped
    | Withdrawn
    | Edited
    | Added
    | Ended
    | EndUndone
    | Reopened
)


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


def participants_see(conversation: Conversation, event: Event) -> bool:
    """Whether an event that was decided on this state travels to participants (and so moves
    `seen_rev`)."""
    match event:
        case Created() | Configured() | GuideSet() | Skipped():
            return False
        case Edited(item=item):
            entry = conversation.entry(item.id)
            return conversation.phase == "flex" or (entry is not None and entry.was_sent)
        case Added():
            return conversation.phase == "flex"
        case _:
            return True


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
    told = participants_see(conversation, recorded.event)
    seen = recorded.rev if told else conversation.seen_rev
    return replace(changed, rev=recorded.rev, seen_rev=seen, at=recorded.at)


def _changed(conversation: Conversation, event: Event, recorded: Recorded) -> Conversation:
    match event:
        case Created():
            raise ValueError("a conversation is created once")
        case Configured(settings=settings):
            return replace(conversation, settings=settings)
        case GuideSet(items=items):
            return replace(conversation, entries=tuple(Entry(item) for item in items))
        case Published():
            return replace(conversation, phase="published")
        case Unpublished():
            return replace(conversation, phase="draft")
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
        case Withdrawn(item=item):
            return _with_entry(conversation, item, lambda entry: _withdrawn(entry, recorded.at))
        case Edited(item=edited):
            return _with_entry(conversation, edited.id, lambda entry: replace(entry, item=edited))
        case Added(item=added, after=after):
            return _added(conversation, added, after)
        case Ended(by_hand=by_hand):
            return _ended(conversation, recorded.at, by_hand=by_hand)
        case EndUndone():
            run = replace(conversation.runs[-1], until=None, by_hand=False)
            return replace(
                conversation, phase="live", runs=(*conversation.runs[:-1], run), cut=None
            )
        case Reopened(due=due):
            run = Run("flex", recorded.at, due=due)
            return replace(conversation, phase="flex", runs=(*conversation.runs, run), cut=None)
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
            return replace(entry, status="open", windows=windows, withdrawn_at=None)
        if entry.status == "open" and not entry.item.is_question:
            return _closed(entry, recorded.at)
        return entry

    entries = tuple(change(entry) for entry in conversation.entries)
    return replace(conversation, entries=entries, sent_rev=recorded.rev)


def _closed(entry: Entry, at: int) -> Entry:
    last = replace(entry.windows[-1], until=at)
    return replace(entry, status="closed", windows=(*entry.windows[:-1], last))


def _withdrawn(entry: Entry, at: int) -> Entry:
    closed = _closed(entry, at) if entry.status == "open" else entry
    return replace(closed, status="withdrawn", withdrawn_at=at)


def _added(conversation: Conversation, item: Item, after: int | None) -> Conversation:
    ids = [entry.item.id for entry in conversation.entries]
    place = 0 if after is None else ids.index(after) + 1
    entries = (*conversation.entries[:place], Entry(item), *conversation.entries[place:])
    return replace(conversation, entries=entries)


def _ended(conversation: Conversation, at: int, *, by_hand: bool) -> Conversation:
    question = conversation.open_question
    entries = tuple(
        _closed(entry, at) if entry.status == "open" else entry for entry in conversation.entries
    )
    run = replace(conversation.runs[-1], until=at, by_hand=by_hand)
    return replace(
        conversation,
        phase="ended",
        entries=entries,
        runs=(*conversation.runs[:-1], run),
        cut=None if question is None else question.item.id,
    )
