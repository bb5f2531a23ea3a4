"""A small guide with every type of item, and conversations brought to a state by commands."""

from collections.abc import Iterable
from dataclasses import replace

from turnout.domain.commands import Command, End, Next, Publish, ReopenFlex, Start
from turnout.domain.conversation import Conversation, Entry, LinkKind, Settings
from turnout.domain.deciding import decide
from turnout.domain.events import (
    Created,
    Event,
    GuideSet,
    Recorded,
    apply,
    begin,
    fold,
    record,
)
from turnout.domain.guide import (
    Item,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Scale,
    SingleChoice,
)
from turnout.domain.refusals import CommandCode, Refused

T0 = 1_795_597_200_000
"""2026-11-25T09:00:00Z."""
MINUTE = 60_000
HOUR = 60 * MINUTE
DAY = 24 * HOUR

WELCOME, SINGLE, MULTIPLE, OPEN, NUMBER, SCALE = 1, 2, 3, 4, 5, 6
QUESTIONS = (SINGLE, MULTIPLE, OPEN, NUMBER, SCALE)
NOBODY = 99
"""An item that is not in the guide."""

single = SingleChoice((Option("Yes"), Option("No")), other=True)
multiple = MultipleChoice(
    (Option("Bus"), Option("Tram"), Option("None of the above", exclusive=True)), other=True
)
number = Number(0, 1, 0.1)
scale = Scale(1, 5, "never", "always")

GUIDE = (
    Item(WELCOME, "Welcome.", Message()),
    Item(SINGLE, "Do you agree?", single),
    Item(MULTIPLE, "How do you travel?", multiple),
    Item(OPEN, "Why?", OpenText()),
    Item(NUMBER, "Which share?", number),
    Item(SCALE, "How often?", scale),
)


def settings(*, links: LinkKind = "unique", grace: int = 60) -> Settings:
    return Settings("A conversation", max_participants=10, links=links, grace=grace)


def beginning(
    items: tuple[Item, ...] = GUIDE, chosen: Settings | None = None
) -> tuple[Recorded, ...]:
    """The first events of a stream: created, with this guide."""
    created = Recorded(1, 0, T0, Created(chosen or settings()))
    return (created, record(begin(created), GuideSet(items), T0))


def draft(items: tuple[Item, ...] = GUIDE, chosen: Settings | None = None) -> Conversation:
    return fold(beginning(items, chosen))


def live(items: tuple[Item, ...] = GUIDE, chosen: Settings | None = None) -> Conversation:
    return after(draft(items, chosen), [Publish(), Start()])


def with_events(conversation: Conversation, events: Iterable[Event], at: int) -> Conversation:
    for event in events:
        conversation = apply(conversation, record(conversation, event, at))
    return conversation


def after(
    conversation: Conversation, commands: Iterable[Command], at: int = T0, step: int = 0
) -> Conversation:
    """The state after these commands, which must not be refused: one at `at`, then every `step`."""
    for command in commands:
        decision = decide(conversation, command, at)
        assert not isinstance(decision, Refused), decision
        conversation = with_events(conversation, decision, at)
        at += step
    return conversation


def asked(count: int, at: int = T0, step: int = MINUTE) -> Conversation:
    """Live, with the first `count` items of the guide sent: one every `step`."""
    return after(live(), [Next()] * count, at, step)


def ended(count: int = 3, at: int = T0 + 10 * MINUTE) -> Conversation:
    """Live from `T0`, the first `count` items sent one a minute, ended by hand at `at`."""
    return after(asked(count), [End()], at)


def flex(
    conversation: Conversation | None = None, at: int = T0 + HOUR, days: int = 7
) -> Conversation:
    """Reopened at `at`, after its end."""
    return after(conversation or ended(), [ReopenFlex(days)], at)


def entry(conversation: Conversation, item: int) -> Entry:
    """The entry of this item, which is in the guide."""
    found = conversation.entry(item)
    assert found is not None
    return found


def reworded(conversation: Conversation, item: int, **changes: object) -> Item:
    """The item with other fields."""
    return replace(entry(conversation, item).item, **changes)  # type: ignore[arg-type]


def refusal(conversation: Conversation, command: Command, now: int = T0) -> Refused:
    """Why this command changes nothing."""
    decision = decide(conversation, command, now)
    assert isinstance(decision, Refused), decision
    return decision


def refused(conversation: Conversation, command: Command, code: CommandCode, now: int = T0) -> str:
    """The words of a refusal that is final."""
    decision = refusal(conversation, command, now)
    assert decision.code == code
    assert decision.retry_ms is None
    return decision.why
