"""From the domain's types to the messages that people get, and back. Pure translation, no rules."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from hashlib import sha256
from typing import Any, TypeVar

import msgspec
from msgspec import UNSET, UnsetType

from turnout import wire
from turnout.domain import progress as domain_progress
from turnout.domain.answers import Body
from turnout.domain.conversation import Conversation, Entry, Phase, Run
from turnout.domain.events import (
    Added,
    Closed,
    Edited,
    Ended,
    EndUndone,
    Event,
    Opened,
    Published,
    Recorded,
    Reopened,
    Started,
    Unpublished,
    Withdrawn,
    participants_see,
)
from turnout.domain.guide import (
    MAX_GUIDE_BYTES,
    Content,
    Item,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Scale,
    SingleChoice,
)
from turnout.domain.refusals import Refused
from turnout.ports import Counted, Located

T = TypeVar("T")


def body_from_wire(body: wire.Body) -> Body:
    """An answer as the rules read it."""
    return Body(
        option=None if body.option is UNSET else body.option,
        options=None if body.options is UNSET else tuple(body.options),
        other=None if body.other is UNSET else body.other,
        text=None if body.text is UNSET else body.text,
        number=None if body.number is UNSET else body.number,
    )


def body_to_wire(body: Body) -> wire.Body:
    """An answer as its owner gets it back."""
    return wire.Body(
        option=UNSET if body.option is None else body.option,
        options=UNSET if body.options is None else list(body.options),
        other=UNSET if body.other is None else body.other,
        text=UNSET if body.text is None else body.text,
        number=UNSET if body.number is None else body.number,
    )


def mine(counted: Iterable[Counted], run: int) -> list[wire.Mine]:
    """A participant's counted answers; those of a run before `run` are locked."""
    return [
        wire.Mine(one.question, one.aid, one.revision, body_to_wire(one.body), one.run < run)
        for one in counted
    ]


def progress(numbers: domain_progress.Progress, *, whole: bool = False) -> wire.Progress:
    """A participant's progress; `whole` with what needs attendance."""
    if not whole:
        return wire.Progress(numbers.asked, numbers.answered, numbers.percent_answered)
    return wire.Progress(
        numbers.asked,
        numbers.answered,
        numbers.percent_answered,
        present=numbers.present,
        percent_while_present=numbers.percent_while_present,
    )


def numbers_of(conversation: Conversation) -> dict[int, int]:
    """Each item's number among the questions of the guide, from 1; 0 for a message."""
    numbers: dict[int, int] = {}
    questions = 0
    for entry in conversation.entries:
        questions += entry.item.is_question
        numbers[entry.item.id] = questions if entry.item.is_question else 0
    return numbers


def item_to_wire(item: Item, number: int) -> wire.Item:
    """An item as people see it."""
    duration = UNSET if item.duration is None else item.duration
    content = item.content
    common = wire.Item(item.id, content.type, number, item.text, duration=duration)
    match content:
        case Message() | OpenText():
            return common
        case SingleChoice() | MultipleChoice():
            return _with(
                common,
                options=_choices(content.options),
                other=content.other,
                randomize=content.randomize,
            )
        case Number(min=low, max=high, step=step):
            return _with(common, min=low, max=high, step=step)
        case Scale(min=low, max=high, min_label=min_label, max_label=max_label):
            return _with(
                common, min=low, max=high, step=1, min_label=min_label, max_label=max_label
            )


def _choices(options: tuple[Option, ...]) -> list[wire.Choice]:
    return [wire.Choice(option.text, option.exclusive) for option in options]


def _with(item: wire.Item, **changes: object) -> wire.Item:
    return msgspec.structs.replace(item, **changes)


def state(conversation: Conversation) -> wire.State:
    """What a participant may know of the conversation."""
    return wire.State(conversation.settings.title, conversation.phase, seen_items(conversation))


def seen_items(conversation: Conversation) -> list[wire.Seen]:
    """The items that participants know of, in the order in which they were last sent."""
    numbers = numbers_of(conversation)
    sent = sorted(
        (entry for entry in conversation.entries if entry.was_sent),
        key=lambda entry: entry.sent_rev,
    )
    return [_seen(entry, numbers[entry.item.id]) for entry in sent]


def _seen(entry: Entry, number: int) -> wire.Seen:
    item = item_to_wire(entry.item, number)
    match entry.status:
        case "open" | "closed" | "withdrawn" as status:
            return wire.Seen(item, status)
        case status:
            raise AssertionError(f"an item that was sent is not {status}")


def guide_bytes(items: Iterable[Item]) -> int:
    """What these items weigh on the wire, all of them sent."""
    seen = [wire.Seen(item_to_wire(item, 0), "closed") for item in items]
    return len(wire.encode(wire.State("", "live", seen)))


def too_large(items: Iterable[Item]) -> Refused | None:
    """Refused if these items are no guide that a welcome can carry."""
    over = guide_bytes(items) - MAX_GUIDE_BYTES
    if over <= 0:
        return None
    kib = (over - 1) // 1024 + 1
    why = f"The guide is {kib} KiB too large. Shorten its texts."
    return Refused("invalid", why, reason="guide_large", number=kib)


def phase_after(event: Event) -> Phase | None:
    """The phase that this event begins, if it begins one."""
    match event:
        case Published():
            return "published"
        case Unpublished():
            return "draft"
        case Started() | EndUndone():
            return "live"
        case Ended():
            return "ended"
        case Reopened():
            return "flex"
        case _:
            return None


def seen_event(event: Event, before: Conversation, after: Conversation) -> wire.SeenEvent | None:
    """An event as participants get it; None if they do not. The states around it hold the items."""
    if not participants_see(before, event):
        return None
    match event:
        case Opened(item=item):
            return _shown(after, item)
        case Closed(item=item):
            return wire.ClosedEvent(item)
        case Withdrawn(item=item):
            return wire.WithdrawnEvent(item)
        case Edited(item=edited):
            return wire.EditedEvent(item_to_wire(edited, numbers_of(after)[edited.id]))
        case Added(item=added):
            return _shown(after, added.id)
        case Reopened():
            return wire.PhaseEvent("flex", items=seen_items(after))
        case _:
            phase = phase_after(event)
            return None if phase is None else wire.PhaseEvent(phase)


def _shown(conversation: Conversation, item: int) -> wire.SeenEvent:
    entry = conversation.entry(item)
    assert entry is not None
    shown = item_to_wire(entry.item, numbers_of(conversation)[item])
    return wire.OpenedEvent(shown) if entry.item.is_question else wire.MessageEvent(shown)


def plan_left(conversation: Conversation, now: int) -> float | None:
    """Seconds left of the plan of what was sent last, while it is open; None without a plan."""
    open_now = [entry for entry in conversation.entries if entry.status == "open"]
    if not open_now or conversation.phase != "live":
        return None
    last = max(open_now, key=lambda entry: entry.sent_rev)
    if last.item.duration is None:
        return None
    return last.item.duration - (now - last.windows[-1].since) / 1000


def starts_in(conversation: Conversation, now: int) -> float | None:
    """Seconds until the start that was announced; None without one."""
    starts_at = conversation.settings.starts_at
    return None if starts_at is None else max(0.0, (starts_at - now) / 1000)


def ends_in(conversation: Conversation, now: int) -> float | None:
    """Seconds until a flex ends by itself; None in any other phase."""
    if conversation.phase != "flex" or conversation.ends_at is None:
        return None
    return max(0.0, (conversation.ends_at - now) / 1000)


def ended_ago(conversation: Conversation, now: int) -> float | None:
    """Seconds since it ended; None unless it is over."""
    ended_at = conversation.ended_at
    return None if ended_at is None else max(0.0, (now - ended_at) / 1000)


def known(value: T | None) -> T | UnsetType:
    """A field that is left out where there is nothing to say."""
    return UNSET if value is None else value


def staff_state(located: Located) -> wire.StaffState:
    """The whole conversation as staff see it."""
    conversation = located.conversation
    settings = conversation.settings
    numbers = numbers_of(conversation)
    live = conversation.runs[0] if conversation.runs else None
    return wire.StaffState(
        slug=located.slug,
        title=settings.title,
        phase=conversation.phase,
        links=settings.links,
        max_participants=settings.max_participants,
        several_devices=settings.several_devices,
        duration=settings.duration,
        grace=settings.grace,
        items=[_staff_item(entry, numbers[entry.item.id]) for entry in conversation.entries],
        sent_rev=conversation.sent_rev,
        zone=settings.zone,
        auto_start=settings.auto_start,
        people_may_move=settings.people_may_move,
        demo=settings.demo,
        runs=[_run(run) for run in conversation.runs],
        starts_at=known(settings.starts_at),
        started_at=UNSET if live is None else live.since,
        ended_at=known(conversation.ended_at),
        ends_at=known(conversation.ends_at),
        undo_until=known(conversation.undo_until),
        over_at=known(conversation.over_at),
    )


def _run(run: Run) -> wire.StaffRun:
    return wire.StaffRun(run.kind, run.since, run.by_hand, known(run.until), known(run.due))


def _staff_item(entry: Entry, number: int) -> wire.StaffItem:
    closed_at = entry.closed_at
    return wire.StaffItem(
        item_to_wire(entry.item, number),
        entry.status,
        version(entry.item),
        section=entry.item.section,
        auto_close=entry.item.auto_close,
        sent_at=entry.windows[-1].since if entry.windows else UNSET,
        closed_at=UNSET if closed_at is None else closed_at,
    )


def version(item: Item) -> str:
    """What stands for all that staff wrote in an item: another one as soon as that changes."""
    return sha256(msgspec.json.encode(item)).hexdigest()[:12]


def staff_event(recorded: Recorded, prev: int, state: wire.StaffState) -> wire.StaffEvent:
    """An event as staff screens get it, with the state that came of it."""
    item = getattr(recorded.event, "item", None)
    if isinstance(item, Item):
        item = item.id
    return wire.StaffEvent(
        rev=recorded.rev,
        prev=prev,
        kind=recorded.event.kind,
        by=recorded.by,
        at=recorded.at,
        state=state,
        item=known(item),
        participant=known(getattr(recorded.event, "participant", None)),
    )


def item_from_draft(draft: wire.Draft, old: Item | None) -> Item | Refused:
    """An item as staff wrote it; id, tag and notes are the old one's."""
    content = _content(draft)
    if isinstance(content, Refused):
        return content
    changes: dict[str, Any] = {
        "text": draft.text,
        "content": content,
        "section": draft.section,
        "duration": None if draft.duration is UNSET else draft.duration,
        "auto_close": draft.auto_close,
    }
    return Item(id=1, **changes) if old is None else replace(old, **changes)


def _content(draft: wire.Draft) -> Content | Refused:
    options = tuple(Option(option.text, option.exclusive) for option in draft.options)
    match draft.type:
        case "message":
            return Message()
        case "open_text":
            return OpenText()
        case "single_choice":
            return SingleChoice(options, draft.other, draft.randomize)
        case "multiple_choice":
            return MultipleChoice(options, draft.other, draft.randomize)
        case "number" | "scale" if draft.min is UNSET or draft.max is UNSET:
            return Refused("invalid", "Say the lowest and the highest number.")
        case "number":
            step = 1 if draft.step is UNSET else draft.step
            return Number(draft.min, draft.max, step)
        case "scale":
            return Scale(int(draft.min), int(draft.max), draft.min_label, draft.max_label)
