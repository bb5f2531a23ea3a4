"""What happens to a conversation, and the fold that makes its state of it.

The state is never stored: it is the fold of the conversation's events, so that a restart, another
node and a test all see the same thing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Literal, assert_never

from turnout.domain.conversation import Conversation, Entry, Run, Settings
from turnout.domain.guide import Item


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
    """An item was taken back after it was opened: a question counts for nobody."""

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


@dataclass(frozen=True, slots=True)
class Muted:
    """A participant (by number) leaves the live views; nothing else changes, and they notice
    nothing."""

    participant: int
    kind: Literal["muted"] = "muted"


@dataclass(frozen=True, slots=True)
class Unmuted:
    participant: int
    kind: Literal["unmuted"] = "unmuted"


@dataclass(frozen=True, slots=True)
class Removed:
    """A participant is out, and told so."""

    participant: int
    kind: Literal["removed"] = "removed"


@dataclass(frozen=True, slots=True)
class TakeoverAsked:
    """Another device asks to go on with a participant's link; it shows these letters."""

    participant: int
    letters: str
    kind: Literal["takeover_asked"] = "takeover_asked"


@dataclass(frozen=True, slots=True)
class Released:
    """A participant's link moved to the asking device (or is free for the next one)."""

    participant: int
    kind: Literal["released"] = "released"


PersonEvent = Muted | Unmuted | Removed | TakeoverAsked | Released
"""For staff alone; the rows of participants hold what they change."""

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
    | PersonEvent
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
        case Muted() | Unmuted() | Removed() | TakeoverAsked() | Released():
            return False
        case Edited(item=item):
            entry = conversation.entry(item.id)
            return entry is not None and entry.was_sent
        case Added(item=item):
            return conversation.phase == "flex" and item.is_question
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
            return _with_entry(conversation, item, lambda entry: entry.closed(recorded.at))
        case Skipped(item=item):
            return _with_entry(conversation, item, lambda entry: replace(entry, status="skipped"))
        case Withdrawn(item=item):
            return _with_entry(conversation, item, lambda entry: entry.withdrawn(recorded.at))
        case Edited(item=edited):
            return _with_entry(
                conversation, edited.id, lambda entry: entry.edited(edited, recorded.rev)
            )
        case Added(item=added, after=after):
            return _added(conversation, added, after, recorded)
        case Ended(by_hand=by_hand):
            return _ended(conversation, recorded.at, by_hand=by_hand)
        case EndUndone():
            run = replace(conversation.runs[-1], until=None, by_hand=False)
            return replace(conversation, phase="live", runs=(*conversation.runs[:-1], run), cut=())
        case Reopened(due=due):
            return _reopened(conversation, Run("flex", recorded.at, due=due), recorded.rev)
        case Muted() | Unmuted() | Removed() | TakeoverAsked() | Released():
            return conversation
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
            return entry.opened(recorded.at, recorded.rev)
        if entry.status == "open" and not entry.item.is_question:
            return entry.closed(recorded.at)
        return entry

    entries = tuple(change(entry) for entry in conversation.entries)
    return replace(conversation, entries=entries, sent_rev=recorded.rev)


def _added(
    conversation: Conversation, item: Item, after: int | None, recorded: Recorded
) -> Conversation:
    ids = [entry.item.id for entry in conversation.entries]
    place = 0 if after is None else ids.index(after) + 1
    opens = conversation.phase == "flex" and item.is_question
    new = Entry(item).opened(recorded.at, recorded.rev) if opens else Entry(item)
    entries = (*conversation.entries[:place], new, *conversation.entries[place:])
    return replace(conversation, entries=entries)


def _ended(conversation: Conversation, at: int, *, by_hand: bool) -> Conversation:
    open_now = [entry for entry in conversation.entries if entry.status == "open"]
    open_now.sort(key=lambda entry: (not entry.item.is_question, entry.item.id))
    entries = tuple(
        entry.closed(at) if entry.status == "open" else entry for entry in conversation.entries
    )
    run = replace(conversation.runs[-1], until=at, by_hand=by_hand)
    return replace(
        conversation,
        phase="ended",
        entries=entries,
        runs=(*conversation.runs[:-1], run),
        cut=tuple(entry.item.id for entry in open_now) if run.kind == "live" else (),
    )


def _reopened(conversation: Conversation, run: Run, rev: int) -> Conversation:
    """In flex every question is open that was not withdrawn. The state before is kept as it was for
    the files of the run before, without what it keeps itself."""
    entries = tuple(
        entry.opened(run.since, rev)
        if entry.item.is_question and entry.status != "withdrawn"
        else entry
        for entry in conversation.entries
    )
    return replace(
        conversation,
        phase="flex",
        entries=entries,
        runs=(*conversation.runs, run),
        cut=(),
        past=(*conversation.past, replace(conversation, past=())),
    )
