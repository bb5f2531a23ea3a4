"""What every conversation is like, whatever its moderators press, and in whatever order."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.examples import (
    GUIDE,
    MINUTE,
    MULTIPLE,
    NOBODY,
    OPEN,
    QUESTIONS,
    SINGLE,
    T0,
    WELCOME,
    after,
    asked,
    beginning,
    draft,
    live,
    settings,
    with_events,
)
from turnout.domain.commands import (
    Close,
    Command,
    End,
    Expect,
    Next,
    Publish,
    Send,
    Skip,
    Start,
    decide,
)
from turnout.domain.conversation import (
    Conversation,
    Phase,
    Run,
    Window,
)
from turnout.domain.events import (
    Closed,
    Created,
    Ended,
    GuideSet,
    Opened,
    Published,
    Recorded,
    Skipped,
    Started,
    apply,
    begin,
    fold,
    participants_see,
    record,
)
from turnout.domain.refusals import Refused

ALONG = {("draft", "published"), ("published", "live"), ("live", "ended")}


@dataclass(frozen=True)
class Press:
    """A tap in a control room. `stale`: how the sender's screen lags (None: no expect is sent).
    `wait`: milliseconds since the tap before."""

    command: Callable[[Expect | None], Command]
    stale: bool | None
    wait: int


ids = st.sampled_from([*(item.id for item in GUIDE), NOBODY])
buttons: st.SearchStrategy[Callable[[Expect | None], Command]] = st.one_of(
    st.sampled_from([Publish, Start, Next, Next, Next, lambda expect: Close(None, expect)]),
    st.builds(lambda item: lambda expect: Send(item, expect), ids),
    st.builds(lambda item: lambda expect: Close(item, expect), ids),
    st.builds(lambda item: lambda expect: Skip(item, expect), ids),
)
presses = st.builds(
    Press, buttons, st.sampled_from([None, None, False, True]), st.integers(0, 3 * MINUTE)
)
ends = st.just(Press(End, None, 1))


@st.composite
def histories(draw: st.DrawFn) -> tuple[Recorded, ...]:
    """A stream as decided by `decide`: mostly of conversations that got going."""
    pressed = draw(st.lists(presses, max_size=20))
    if draw(st.sampled_from([True, True, False])):
        pressed = [Press(Publish, None, 0), Press(Start, None, 0), *pressed]
    pressed += draw(st.lists(st.one_of(ends, presses), max_size=3))
    events = list(beginning())
    conversation, now = fold(events), T0
    for press in pressed:
        now += press.wait
        expect = None if press.stale is None else seen(conversation, stale=press.stale)
        decision = decide(conversation, press.command(expect), now)
        if isinstance(decision, Refused):
            continue
        for event in decision:
            events.append(record(conversation, event, now, "Amara"))
            conversation = apply(conversation, events[-1])
    return tuple(events)


def seen(conversation: Conversation, *, stale: bool = False) -> Expect:
    """What a moderator's screen shows, or showed before the last item was sent."""
    return Expect(conversation.phase, conversation.sent_rev + stale)


def assert_valid(conversation: Conversation, events: tuple[Recorded, ...]) -> None:
    """All that must hold of the state after these events, worked out without the code."""
    assert conversation.rev == len(events)
    assert [recorded.rev for recorded in events] == list(range(1, len(events) + 1))
    public = [r.rev for r in events if r.event.kind not in ("created", "guide_set", "skipped")]
    assert conversation.seen_rev == max(public, default=0)
    for recorded in events:
        assert recorded.prev == max((rev for rev in public if rev < recorded.rev), default=0)
    sent = [r for r in events if isinstance(r.event, Opened)]
    assert conversation.sent_rev == max((r.rev for r in sent), default=0)
    assert_entries(conversation, sent)
    assert_runs(conversation, events)


def assert_entries(conversation: Conversation, sent: list[Recorded]) -> None:
    opened = [r.event.item for r in sent if isinstance(r.event, Opened)]
    open_now = [entry.item for entry in conversation.entries if entry.status == "open"]
    assert sum(item.is_question for item in open_now) <= 1
    assert [i.id for i in open_now if not i.is_question] in ([], opened[-1:])
    assert tuple(entry.item for entry in conversation.entries) == GUIDE
    for entry in conversation.entries:
        times = [r.at for r, item in zip(sent, opened, strict=True) if item == entry.item.id]
        assert [window.since for window in entry.windows] == times
        edges = [edge for window in entry.windows for edge in (window.since, window.until)]
        closed = [edge for edge in edges if edge is not None]
        assert closed == sorted(closed)
        is_open = bool(edges) and edges[-1] is None
        assert len(edges) - len(closed) == is_open
        assert is_open == (entry.status == "open")
        assert entry.was_sent == (entry.status in ("open", "closed")) == bool(times)
        assert entry.closed_at == (edges[-1] if edges else None)
    assert [entry.item.id for entry in conversation.asked] == [
        item for item in QUESTIONS if item in opened
    ]
    if conversation.phase != "live":
        assert open_now == []


def assert_runs(conversation: Conversation, events: tuple[Recorded, ...]) -> None:
    begun = [r.at for r in events if isinstance(r.event, Started)]
    ended = [r.at for r in events if isinstance(r.event, Ended)]
    until = ended[0] if ended else None
    assert conversation.runs == tuple(Run("live", since, until) for since in begun)
    assert conversation.ended_at == until
    assert len(begun) == (conversation.phase in ("live", "ended"))
    assert len(ended) == (conversation.phase == "ended")
    for entry in conversation.entries:
        for window in entry.windows:
            assert window.since >= begun[0]
            assert until is None or (window.until is not None and window.until <= until)


@given(histories())
def test_any_sequence_of_commands_leaves_a_valid_conversation(
    events: tuple[Recorded, ...],
) -> None:
    before: Phase = "draft"
    for length in range(1, len(events) + 1):
        conversation = fold(events[:length])
        if length > 1:  # the guide comes with the second event
            assert_valid(conversation, events[:length])
        assert conversation.phase == before or (before, conversation.phase) in ALONG
        before = conversation.phase


@given(histories(), st.data())
def test_state_and_later_events_are_the_later_state(
    events: tuple[Recorded, ...], data: st.DataObject
) -> None:
    known = data.draw(st.integers(1, len(events)))
    conversation = fold(events[:known])
    for recorded in events[known:]:
        conversation = apply(conversation, recorded)
    assert conversation == fold(events)


def test_the_histories_drawn_reach_every_phase_and_status() -> None:
    """Else the properties above would prove nothing."""
    reached: set[str] = set()

    @given(histories())
    def look(events: tuple[Recorded, ...]) -> None:
        conversation = fold(events)
        reached.add(conversation.phase)
        reached.update(entry.status for entry in conversation.entries)
        reached.update("again" for entry in conversation.entries if len(entry.windows) > 1)

    look()
    assert reached == {
        *("draft", "published", "live", "ended"),
        *("queued", "open", "closed", "skipped", "again"),
    }


def test_it_begins_as_a_draft_of_its_settings() -> None:
    conversation = begin(beginning()[0])
    assert conversation == Conversation(settings(), rev=1, at=T0)
    assert conversation.ended_at is None
    assert conversation.open_question is None
    assert conversation.next_queued is None


@pytest.mark.parametrize(
    "first",
    [Recorded(1, 0, T0, Published()), Recorded(2, 0, T0, Created(settings()))],
    ids=["another event", "another rev"],
)
def test_a_stream_begins_with_created_at_rev_1(first: Recorded) -> None:
    with pytest.raises(ValueError, match="begins with rev 1"):
        fold([first])


def test_no_events_are_no_conversation() -> None:
    with pytest.raises(ValueError, match="without events"):
        fold([])


@pytest.mark.parametrize("rev", [1, 2, 4])
def test_an_event_out_of_its_place_is_not_applied(rev: int) -> None:
    conversation = draft()
    assert conversation.rev == 2
    with pytest.raises(ValueError, match=f"rev {rev} does not follow 2"):
        apply(conversation, Recorded(rev, 0, T0, Published()))


def test_a_conversation_is_created_once() -> None:
    with pytest.raises(ValueError, match="created once"):
        apply(draft(), record(draft(), Created(settings()), T0))


def test_a_new_guide_replaces_the_whole_draft() -> None:
    conversation = with_events(draft(), [GuideSet(GUIDE[:2])], T0)
    assert [entry.item for entry in conversation.entries] == list(GUIDE[:2])


def test_what_participants_see_is_chained_by_prev() -> None:
    conversation = live()
    assert (conversation.rev, conversation.seen_rev) == (4, 4)
    skipped = record(conversation, Skipped(SINGLE), T0)
    conversation = apply(conversation, skipped)
    assert (skipped.prev, conversation.rev, conversation.seen_rev) == (4, 5, 4)
    opened = record(conversation, Opened(OPEN), T0, "Amara")
    assert opened == Recorded(6, 4, T0, Opened(OPEN), "Amara")
    assert apply(conversation, opened).seen_rev == 6


@pytest.mark.parametrize(
    ("event", "visible"),
    [
        (Created(settings()), False),
        (GuideSet(GUIDE), False),
        (Published(), True),
        (Started(), True),
        (Opened(SINGLE), True),
        (Closed(SINGLE), True),
        (Skipped(SINGLE), False),
        (Ended(), True),
    ],
)
def test_which_events_travel_to_participants(
    event: Created | GuideSet | Published | Opened, visible: bool
) -> None:
    assert participants_see(event) is visible


def test_an_item_that_is_sent_again_keeps_its_id_and_adds_a_window() -> None:
    conversation = after(live(), [Send(SINGLE), Send(OPEN), Send(SINGLE)], T0, MINUTE)
    entry = conversation.entry(SINGLE)
    assert entry is not None
    assert entry.windows == (Window(T0, T0 + MINUTE), Window(T0 + 2 * MINUTE))
    assert entry.closed_at is None
    assert conversation.open_question == entry
    assert [e.item.id for e in conversation.asked] == [SINGLE, OPEN]


def test_a_message_leaves_the_open_question_open_and_gives_way_to_the_next_item() -> None:
    conversation = after(live(), [Send(SINGLE), Send(WELCOME)], T0, MINUTE)
    assert [e.status for e in conversation.entries[:2]] == ["open", "open"]
    conversation = after(conversation, [Send(MULTIPLE)], T0 + 2 * MINUTE)
    assert [e.status for e in conversation.entries[:3]] == ["closed", "closed", "open"]
    welcome = conversation.entry(WELCOME)
    assert welcome is not None
    assert welcome.windows == (Window(T0 + MINUTE, T0 + 2 * MINUTE),)


def test_an_end_closes_what_is_open_at_that_moment() -> None:
    conversation = after(asked(2), [End()], T0 + 5 * MINUTE)
    assert conversation.ended_at == T0 + 5 * MINUTE
    assert conversation.runs == (Run("live", T0, T0 + 5 * MINUTE),)
    single = conversation.entry(SINGLE)
    assert single is not None
    assert single.closed_at == T0 + 5 * MINUTE
    assert conversation.open_question is None


def test_a_withdrawn_question_is_not_asked() -> None:
    conversation = asked(3)
    first, second, *others = conversation.entries
    withdrawn = replace(second, status="withdrawn")
    conversation = replace(conversation, entries=(first, withdrawn, *others))
    assert [entry.item.id for entry in conversation.asked] == [MULTIPLE]


def test_an_item_that_is_not_in_the_guide_has_no_entry() -> None:
    assert draft().entry(NOBODY) is None


def test_no_event_is_before_the_last_one_whatever_the_clock_does() -> None:
    conversation = live()
    earlier = record(conversation, Ended(), conversation.at - 5_000)
    assert earlier.at == conversation.at
    assert apply(conversation, earlier).at == conversation.at


@pytest.mark.parametrize(("grace", "over"), [(0, UNDO_END), (60, UNDO_END), (700, 700_000)])
def test_an_end_is_for_good_when_its_grace_and_the_time_for_an_undo_are_past(
    grace: int, over: int
) -> None:
    conversation = after(live(), [End()], T0 + MINUTE)
    conversation = replace(conversation, settings=replace(conversation.settings, grace=grace))
    assert conversation.ended_at is not None
    assert conversation.final_at == conversation.ended_at + grace * 1000
    assert conversation.over_at == conversation.ended_at + over


def test_what_is_not_over_has_no_end() -> None:
    assert (live().ended_at, live().final_at, live().over_at) == (None, None, None)
