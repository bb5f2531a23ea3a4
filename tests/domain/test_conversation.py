"""What every conversation is like, whatever its moderators press, in whatever order, and when."""

from itertools import pairwise

import hypothesis
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.examples import (
    DAY,
    GUIDE,
    MINUTE,
    MULTIPLE,
    NOBODY,
    OPEN,
    SINGLE,
    T0,
    WELCOME,
    after,
    asked,
    beginning,
    draft,
    ended,
    entry,
    flex,
    live,
    settings,
    with_events,
)
from tests.domain.histories import histories, states
from turnout.domain.commands import End, Send, Withdraw
from turnout.domain.conversation import Conversation, Phase, Run, Window
from turnout.domain.events import (
    Created,
    Ended,
    GuideSet,
    Opened,
    Published,
    Recorded,
    Reopened,
    Started,
    apply,
    begin,
    fold,
    record,
)

ALONG: set[tuple[Phase, Phase]] = {
    ("draft", "published"),
    ("published", "draft"),
    ("published", "live"),
    ("live", "ended"),
    ("ended", "live"),
    ("ended", "flex"),
    ("flex", "ended"),
}
UNSEEN = {"created", "configured", "guide_set", "skipped"}


@given(histories())
def test_phases_move_only_along(events: tuple[Recorded, ...]) -> None:
    for before, now in pairwise(state.phase for state in states(events)):
        assert before == now or (before, now) in ALONG


@given(histories())
def test_in_live_one_question_is_open_at_a_time_and_in_flex_all_not_withdrawn(
    events: tuple[Recorded, ...],
) -> None:
    for conversation in states(events):
        questions = [one for one in conversation.entries if one.item.is_question]
        open_now = [one for one in questions if one.status == "open"]
        match conversation.phase:
            case "live":
                assert len(open_now) <= 1
                assert open_now == [one for one in [conversation.open_question] if one]
            case "flex":
                assert open_now == [one for one in questions if one.status != "withdrawn"]
                assert conversation.open_question is None
            case _:
                assert open_now == []
                assert conversation.open_question is None
        messages = [o for o in conversation.entries if o.status == "open" and o not in questions]
        assert len(messages) <= (conversation.phase == "live")


@given(histories())
def test_every_item_has_the_windows_that_its_events_say(events: tuple[Recorded, ...]) -> None:
    conversation = fold(events)
    for one in conversation.entries:
        edges = [edge for window in one.windows for edge in (window.since, window.until)]
        closed = [edge for edge in edges if edge is not None]
        assert closed == sorted(closed)
        is_open = bool(edges) and edges[-1] is None
        assert len(edges) - len(closed) == is_open
        assert is_open == (one.status == "open")
        assert one.closed_at == (edges[-1] if edges else None)
        assert one.was_sent == bool(edges) == (one.status not in ("queued", "skipped"))
        sent = [r for r in events if isinstance(r.event, Opened) and r.event.item == one.item.id]
        assert {r.at for r in sent} <= {window.since for window in one.windows}
        assert one.sent_rev >= max((r.rev for r in sent), default=0)
    opened = [r.rev for r in events if isinstance(r.event, Opened)]
    assert conversation.sent_rev == max(opened, default=0)


@given(histories())
def test_runs_do_not_overlap_and_hold_every_window(events: tuple[Recorded, ...]) -> None:
    conversation = fold(events)
    runs = conversation.runs
    assert [run.kind for run in runs] == ["live", "flex", "flex", "flex", "flex"][: len(runs)]
    assert all(run.until is not None for run in runs[:-1])
    goes_on = bool(runs) and runs[-1].until is None
    assert goes_on == (conversation.phase in ("live", "flex"))
    assert bool(runs) == (conversation.phase not in ("draft", "published"))
    for earlier, later in pairwise(runs):
        assert earlier.until is not None
        assert earlier.since <= earlier.until < later.since
    for one in conversation.entries:
        for window in one.windows:
            assert any(
                run.since <= window.since
                and (run.until is None or (window.until or run.until + 1) <= run.until)
                for run in runs
            )


@given(histories())
def test_questions_keep_their_id_and_those_that_were_sent_their_number(
    events: tuple[Recorded, ...],
) -> None:
    """People know a question by its number, and are told of no item that was added elsewhere."""
    known: dict[int, int] = {}
    for conversation in states(events):
        ids = [one.item.id for one in conversation.entries]
        assert len(set(ids)) == len(ids)
        questions = [one for one in conversation.entries if one.item.is_question]
        numbers = {o.item.id: place for place, o in enumerate(questions, 1) if o.was_sent}
        assert known.items() <= numbers.items()
        known = numbers


@given(histories())
def test_i4_revs_have_no_gaps_and_what_participants_see_is_chained(
    events: tuple[Recorded, ...],
) -> None:
    assert [recorded.rev for recorded in events] == list(range(1, len(events) + 1))
    seen = 0
    for recorded, after_it in zip(events, states(events), strict=True):
        assert recorded.prev == seen
        assert after_it.rev == recorded.rev
        assert after_it.at == recorded.at
        if recorded.event.kind not in (*UNSEEN, "edited", "added"):
            assert after_it.seen_rev == recorded.rev
        seen = after_it.seen_rev
        assert seen in (recorded.prev, recorded.rev)
    assert [r.at for r in events] == sorted(r.at for r in events)


@given(histories(), st.data())
def test_i5_state_and_later_events_are_the_later_state(
    events: tuple[Recorded, ...], data: st.DataObject
) -> None:
    known = data.draw(st.integers(1, len(events)))
    conversation = fold(events[:known])
    for recorded in events[known:]:
        conversation = apply(conversation, recorded)
    assert conversation == fold(events)


@given(histories())
def test_the_state_at_the_end_of_a_run_is_kept_as_it_was(events: tuple[Recorded, ...]) -> None:
    """Once end, grace and undo are past, a run's file never changes."""
    *earlier, conversation = states(events)
    reopened = [r.rev for r in events if isinstance(r.event, Reopened)]
    assert len(reopened) == max(0, len(conversation.runs) - 1)
    for run, rev in enumerate(reopened, start=1):
        before = earlier[rev - 2]
        kept = conversation.after_run(run)
        assert (kept.entries, kept.runs, kept.phase) == (before.entries, before.runs, "ended")
        assert kept.asked == before.asked
    if conversation.runs:
        assert conversation.after_run(len(conversation.runs)) is conversation


def test_the_histories_drawn_reach_every_phase_and_status() -> None:
    """Else the properties above would prove nothing."""
    reached: set[str] = set()

    @hypothesis.settings(max_examples=400, derandomize=True)
    @given(histories())
    def look(events: tuple[Recorded, ...]) -> None:
        conversation = fold(events)
        reached.update(state.phase for state in states(events))
        reached.update(one.status for one in conversation.entries)
        reached.update("again" for one in conversation.entries if len(one.windows) > 1)
        reached.update(f"{r.event.kind}{'!' if r.by else ' by itself'}" for r in events)

    look()
    assert reached >= {"draft", "published", "live", "ended", "flex"}
    assert reached >= {"queued", "open", "closed", "skipped", "withdrawn", "again"}
    assert reached >= {"started by itself", "closed by itself", "ended by itself"}
    assert reached >= {"end_undone!", "reopened!", "edited!", "added!"}


# --- the fold ---


def test_it_begins_as_a_draft_of_its_settings() -> None:
    conversation = begin(beginning()[0])
    assert conversation == Conversation(settings(), rev=1, at=T0)
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
    assert [one.item for one in conversation.entries] == list(GUIDE[:2])


def test_no_event_is_before_the_last_one_whatever_the_clock_does() -> None:
    conversation = live()
    earlier = record(conversation, Ended(), conversation.at - 5_000)
    assert earlier.at == conversation.at
    assert apply(conversation, earlier).at == conversation.at


# --- what was sent, and when ---


def test_an_item_that_is_sent_again_keeps_its_id_and_adds_a_window() -> None:
    conversation = after(live(), [Send(SINGLE), Send(OPEN), Send(SINGLE)], T0, MINUTE)
    again = entry(conversation, SINGLE)
    assert again.windows == (Window(T0, T0 + MINUTE), Window(T0 + 2 * MINUTE))
    assert again.closed_at is None
    assert conversation.open_question == again
    assert [one.item.id for one in conversation.asked] == [SINGLE, OPEN]


def test_a_message_leaves_the_open_question_open_and_gives_way_to_the_next_item() -> None:
    conversation = after(live(), [Send(SINGLE), Send(WELCOME)], T0, MINUTE)
    assert [one.status for one in conversation.entries[:2]] == ["open", "open"]
    conversation = after(conversation, [Send(MULTIPLE)], T0 + 2 * MINUTE)
    assert [one.status for one in conversation.entries[:3]] == ["closed", "closed", "open"]
    assert entry(conversation, WELCOME).windows == (Window(T0 + MINUTE, T0 + 2 * MINUTE),)


def test_an_end_closes_what_is_open_at_that_moment() -> None:
    conversation = after(asked(2), [End()], T0 + 5 * MINUTE)
    assert conversation.runs == (Run("live", T0, T0 + 5 * MINUTE, by_hand=True),)
    assert entry(conversation, SINGLE).closed_at == T0 + 5 * MINUTE


def test_asked_are_the_questions_that_were_opened_and_not_withdrawn_each_once() -> None:
    conversation = after(
        live(), [Send(WELCOME), Send(SINGLE), Send(OPEN), Send(SINGLE), Withdraw(OPEN)]
    )
    assert [one.item.id for one in conversation.asked] == [SINGLE]


def test_an_item_that_is_not_in_the_guide_has_no_entry() -> None:
    assert draft().entry(NOBODY) is None


@pytest.mark.parametrize(("conversation", "run"), [(draft(), 1), (live(), 0), (flex(), 3)])
def test_there_is_no_state_after_a_run_that_never_was(conversation: Conversation, run: int) -> None:
    with pytest.raises(ValueError, match=f"no run {run}"):
        conversation.after_run(run)


def test_the_state_after_each_run_does_not_hold_the_ones_before() -> None:
    """A conversation that is reopened often stays small."""
    twice = flex(after(flex(), [End()], T0 + DAY), T0 + DAY + 10 * MINUTE)
    assert [len(one.past) for one in (twice, *twice.past)] == [2, 0, 0]
    assert twice.after_run(2).runs == twice.runs[:2]


def test_a_start_begins_the_live_run() -> None:
    conversation = with_events(draft(), [Published(), Started()], T0 + 5)
    assert conversation.runs == (Run("live", T0 + 5),)
    assert ended().runs[0].kind == "live"
