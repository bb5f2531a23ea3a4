"""Phases move only along: what every command does in every phase, and what the clock says to it."""

from dataclasses import replace
from typing import get_args

import pytest

from tests.domain.examples import (
    DAY,
    GUIDE,
    HOUR,
    MINUTE,
    OPEN,
    SINGLE,
    T0,
    WELCOME,
    after,
    asked,
    draft,
    ended,
    entry,
    flex,
    live,
    refusal,
    refused,
    settings,
)
from turnout.domain.commands import (
    Add,
    Close,
    Command,
    Configure,
    Drop,
    Edit,
    End,
    Move,
    Next,
    Publish,
    ReopenFlex,
    Send,
    SetGuide,
    Skip,
    Start,
    UndoEnd,
    Unpublish,
    Withdraw,
)
from turnout.domain.conversation import Conversation, Phase, Run
from turnout.domain.deciding import decide
from turnout.domain.events import EndUndone, Opened, Published, Unpublished
from turnout.domain.guide import Item, OpenText
from turnout.domain.refusals import Refused

PHASES: dict[Phase, Conversation] = {
    "draft": draft(),
    "published": after(draft(), [Publish()]),
    "live": asked(3),
    "ended": ended(),
    "flex": flex(),
}
"""In live: the message and the first question were sent, the second is open."""

NOW = T0 + 2 * HOUR
"""Past the undo of the end; the flex goes on."""

one_more = Item(1, "One more?", OpenText())
corrected = replace(GUIDE[4], text="Which share, roughly?")

TABLE: tuple[tuple[Command, str, str, str, str, str], ...] = (
    #                                draft        published    live           ended      flex
    (Publish(), "published", "-", "phase", "phase", "phase"),
    (Unpublish(), "-", "unpublished", "phase", "phase", "phase"),
    (Start(), "phase", "started", "-", "phase", "phase"),
    (End(), "phase", "phase", "ended", "-", "ended"),
    (UndoEnd(), "phase", "phase", "-", "phase", "phase"),
    (ReopenFlex(), "phase", "phase", "phase", "reopened", "-"),
    (Next(), "phase", "phase", "closed opened", "phase", "phase"),
    (Send(OPEN), "phase", "phase", "closed opened", "phase", "-"),
    (Close(), "phase", "phase", "closed", "phase", "phase"),
    (Skip(OPEN), "phase", "phase", "skipped", "phase", "phase"),
    (Withdraw(SINGLE), "phase", "phase", "withdrawn", "phase", "withdrawn"),
    (SetGuide(GUIDE[:3]), "guide_set", "guide_set", "phase", "phase", "phase"),
    (Configure(settings(grace=5), 0), "configured", "configured", "phase", "phase", "phase"),
    (Edit(corrected, answered=True), "edited", "edited", "edited", "phase", "edited"),
    (Add(one_more, SINGLE), "added", "added", "added", "phase", "added"),
    (Move(OPEN, None), "guide_set", "guide_set", "phase", "phase", "phase"),
    (Drop(OPEN), "guide_set", "guide_set", "phase", "phase", "phase"),
)
"""The kinds of events that come of it; "-": it is so already; "phase": refused for the phase."""


@pytest.mark.parametrize(
    ("command", "phase", "outcome"),
    [
        pytest.param(command, phase, outcome, id=f"{type(command).__name__} in {phase}")
        for command, *outcomes in TABLE
        for phase, outcome in zip(PHASES, outcomes, strict=True)
    ],
)
def test_what_every_command_does_in_every_phase(
    command: Command, phase: Phase, outcome: str
) -> None:
    decision = decide(PHASES[phase], command, NOW)
    if isinstance(decision, Refused):
        assert decision.code == outcome
        assert decision.why.endswith(".")
    else:
        assert " ".join(event.kind for event in decision) == outcome.replace("-", "")


def test_the_table_has_every_command() -> None:
    assert {type(row[0]) for row in TABLE} == set(get_args(Command))


@pytest.mark.parametrize(
    ("phase", "command", "now"),
    [
        ("draft", Start(), "Now the conversation is a draft."),
        ("published", End(), "Now the conversation was published and has not started."),
        ("live", Publish(), "Now the conversation was started."),
        ("ended", Start(), "Now the conversation was ended."),
        ("flex", Publish(), "Now the conversation was reopened."),
    ],
)
def test_a_refusal_says_what_is_so(phase: Phase, command: Command, now: str) -> None:
    assert refused(PHASES[phase], command, "phase").endswith(now)


# --- publishing ---


@pytest.mark.parametrize("items", [(), GUIDE[:1]], ids=["nothing", "a message"])
def test_a_guide_that_asks_nothing_is_not_published(items: tuple[Item, ...]) -> None:
    assert "asks no question" in refused(draft(items), Publish(), "invalid")


def test_a_faulty_guide_is_not_published() -> None:
    items = (*GUIDE, Item(7, " ", OpenText()))
    why = refused(draft(items), Publish(), "invalid")
    assert why == "Item 7: The text is empty. Write what people should read."


@pytest.mark.parametrize(("starts_at", "published"), [(T0, False), (T0 + 1, True)])
def test_what_would_start_at_once_is_not_published(starts_at: int, published: bool) -> None:
    chosen = replace(settings(), starts_at=starts_at, auto_start=True)
    decision = decide(draft(chosen=chosen), Publish(), T0)
    assert (decision == (Published(),)) is published
    if isinstance(decision, Refused):
        assert decision.code == "invalid"
        assert decision.why.startswith("The start is past")


def test_a_start_in_the_past_that_nobody_waits_for_is_no_obstacle() -> None:
    chosen = replace(settings(), starts_at=T0 - DAY)
    assert decide(draft(chosen=chosen), Publish(), T0) == (Published(),)


@pytest.mark.parametrize(
    ("before", "allowed"),
    [(DAY, True), (15 * MINUTE, True), (15 * MINUTE - 1, False), (0, False), (-HOUR, False)],
)
def test_unpublishing_is_for_until_15_minutes_before_the_start(before: int, allowed: bool) -> None:
    chosen = replace(settings(), starts_at=T0 + DAY)
    published = after(draft(chosen=chosen), [Publish()])
    now = T0 + DAY - before
    if allowed:
        assert decide(published, Unpublish(), now) == (Unpublished(),)
    else:
        assert "Too close to the start" in refused(published, Unpublish(), "phase", now)


def test_without_a_start_unpublishing_has_no_time() -> None:
    assert decide(PHASES["published"], Unpublish(), NOW) == (Unpublished(),)


# --- the end, and its undo ---

END = T0 + 10 * MINUTE


@pytest.mark.parametrize(
    ("later", "undone"), [(0, True), (10 * MINUTE, True), (10 * MINUTE + 1, False)]
)
def test_an_end_by_hand_can_be_taken_back_for_10_minutes(later: int, undone: bool) -> None:
    conversation = ended(1, END)
    assert conversation.undo_until == END + 10 * MINUTE
    if undone:
        decision = decide(conversation, UndoEnd(), END + later)
        assert decision == (EndUndone(), Opened(WELCOME))
    else:
        assert "too late" in refused(conversation, UndoEnd(), "phase", END + later)


def test_an_end_by_itself_is_not_taken_back() -> None:
    conversation = replace(ended(), runs=(Run("live", T0, END),))
    assert conversation.undo_until is None
    assert "by hand" in refused(conversation, UndoEnd(), "phase", END)


def test_the_end_of_a_flex_is_not_taken_back() -> None:
    conversation = after(flex(), [End()], T0 + 2 * HOUR)
    assert conversation.undo_until is None
    assert "Reopen it instead" in refused(conversation, UndoEnd(), "phase", T0 + 2 * HOUR)


def test_an_undo_never_outlasts_the_time_at_which_it_would_have_ended_by_itself() -> None:
    latest = T0 + 2 * HOUR
    conversation = ended(1, latest - 3 * MINUTE)
    assert conversation.undo_until == latest - 1
    assert refused(conversation, UndoEnd(), "phase", latest)


def test_an_undone_end_is_part_of_the_live_run() -> None:
    conversation = after(ended(), [UndoEnd()], END + 5 * MINUTE)
    assert conversation.runs == (Run("live", T0),)
    assert conversation.ends_at == T0 + 2 * HOUR
    again = after(conversation, [End()], END + 6 * MINUTE)
    assert again.runs == (Run("live", T0, END + 6 * MINUTE, by_hand=True),)


def test_an_undo_brings_back_what_was_on_the_screens() -> None:
    """The question that was being asked, and the message below it."""
    conversation = after(asked(2), [Send(WELCOME), End()], END)
    assert conversation.cut == (SINGLE, WELCOME)
    conversation = after(conversation, [UndoEnd()], END + MINUTE)
    assert conversation.cut == ()
    assert [entry(conversation, item).status for item in (WELCOME, SINGLE)] == ["open", "open"]
    assert [window.since for window in entry(conversation, SINGLE).windows][1:] == [END + MINUTE]


def test_an_undo_opens_nothing_that_was_closed_before_the_end() -> None:
    conversation = after(asked(2), [Close(), End()], END)
    assert decide(conversation, UndoEnd(), END) == (EndUndone(),)
    assert entry(after(conversation, [UndoEnd()], END), SINGLE).status == "closed"


@pytest.mark.parametrize("grace", [0, 60, 600])
def test_who_had_joined_may_come_back_until_the_undo_has_lapsed(grace: int) -> None:
    conversation = after(live(chosen=settings(grace=grace)), [End()], END)
    assert conversation.over_at == conversation.undo_until == END + 10 * MINUTE


@pytest.mark.parametrize("grace", [10, 60, 600])
def test_after_an_end_by_itself_they_may_until_the_grace_has(grace: int) -> None:
    conversation = after(live(chosen=settings(grace=grace)), [End()], END)
    conversation = replace(conversation, runs=(Run("live", T0, END),))
    assert conversation.over_at == conversation.final_at == END + grace * 1000


@pytest.mark.parametrize("grace", [0, 5, 9])
def test_an_end_is_never_for_good_before_pages_have_asked_for_their_numbers(grace: int) -> None:
    """They do so at a random moment within 5 seconds of it."""
    conversation = after(flex(after(live(chosen=settings(grace=grace)), [End()])), [End()], NOW)
    assert conversation.final_at == NOW + grace * 1000
    assert conversation.over_at == NOW + 10_000


def test_the_end_of_a_flex_is_for_good_after_its_grace() -> None:
    conversation = after(flex(), [End()], NOW)
    assert conversation.over_at == NOW + MINUTE


def test_a_grace_that_outlasts_the_undo_is_waited_for() -> None:
    """Outboxes are still taken within it."""
    conversation = after(live(chosen=settings(grace=600)), [End()], T0 + 2 * HOUR - MINUTE)
    assert conversation.undo_until == T0 + 2 * HOUR - 1
    assert conversation.over_at == T0 + 2 * HOUR + 9 * MINUTE


@pytest.mark.parametrize("phase", ["draft", "published", "live", "flex"])
def test_what_is_not_over_has_no_end(phase: Phase) -> None:
    one = PHASES[phase]
    assert (one.ended_at, one.final_at, one.undo_until, one.over_at) == (None, None, None, None)


def test_what_goes_on_ends_by_itself_and_nothing_else_does() -> None:
    assert PHASES["live"].ends_at == T0 + 2 * HOUR
    assert PHASES["flex"].ends_at == T0 + HOUR + 7 * DAY
    assert {PHASES[phase].ends_at for phase in ("draft", "published", "ended")} == {None}


# --- reopening ---


@pytest.mark.parametrize("days", [1, 7, 60])
def test_a_flex_ends_after_the_days_that_were_asked_for(days: int) -> None:
    conversation = flex(days=days)
    assert conversation.runs[-1] == Run("flex", T0 + HOUR, due=T0 + HOUR + days * DAY)


def test_a_flex_is_for_7_days_unless_asked_otherwise() -> None:
    assert ReopenFlex().days == 7


@pytest.mark.parametrize("days", [0, -1, 61])
def test_a_flex_is_for_60_days_at_most(days: int) -> None:
    assert "1 to 60 days" in refused(ended(), ReopenFlex(days), "invalid", NOW)


@pytest.mark.parametrize("grace", [0, 60])
def test_reopening_waits_for_the_grace(grace: int) -> None:
    conversation = after(live(chosen=settings(grace=grace)), [End()], END)
    last = END + grace * 1000
    told = refusal(conversation, ReopenFlex(), last)
    assert (told.code, told.retry_ms) == ("phase", 1)
    assert told.why == "Late answers can still arrive. Reopen it in 1 s."
    assert not isinstance(decide(conversation, ReopenFlex(), last + 1), Refused)


def test_reopening_ends_the_undo() -> None:
    conversation = flex(at=END + 2 * MINUTE)
    assert refused(conversation, UndoEnd(), "phase", END + 3 * MINUTE)
    conversation = after(conversation, [End()], END + 3 * MINUTE)
    assert refused(conversation, UndoEnd(), "phase", END + 3 * MINUTE)


def test_a_conversation_may_be_reopened_again() -> None:
    conversation = flex(after(flex(), [End()], T0 + DAY), T0 + DAY + HOUR)
    assert [run.kind for run in conversation.runs] == ["live", "flex", "flex"]
