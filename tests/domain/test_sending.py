"""Send, next, close, skip and take back: what becomes of single items."""

import pytest

from tests.domain.examples import (
    GUIDE,
    MINUTE,
    MULTIPLE,
    NOBODY,
    NUMBER,
    OPEN,
    QUESTIONS,
    SCALE,
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
    refused,
    with_events,
)
from turnout.domain.commands import Add, Close, Command, End, Next, Send, Skip, Withdraw
from turnout.domain.conversation import Conversation, Window
from turnout.domain.deciding import decide
from turnout.domain.events import Closed, Opened, Skipped, Withdrawn
from turnout.domain.guide import Item, Message, OpenText
from turnout.domain.refusals import Refused
from turnout.domain.words import name_of


def test_next_goes_through_the_guide_passing_what_was_sent_or_skipped() -> None:
    conversation = after(live(), [Skip(MULTIPLE), Send(OPEN)])
    sent = []
    while not isinstance(decision := decide(conversation, Next(), T0), Refused):
        sent += [event.item for event in decision if isinstance(event, Opened)]
        conversation = with_events(conversation, decision, T0)
    assert sent == [WELCOME, SINGLE, NUMBER, SCALE]
    assert decision.code == "nothing_left"


def test_next_sends_an_item_that_was_added_in_its_place() -> None:
    added = after(asked(2), [Add(Item(1, "And why?", OpenText()), SINGLE)])
    assert decide(added, Next(), T0) == (Closed(SINGLE), Opened(7))


def test_opening_the_next_question_closes_the_last() -> None:
    assert decide(asked(2), Next(), T0) == (Closed(SINGLE), Opened(MULTIPLE))
    assert decide(asked(2), Send(OPEN), T0) == (Closed(SINGLE), Opened(OPEN))


def test_a_message_closes_no_question() -> None:
    assert decide(asked(3), Send(WELCOME), T0) == (Opened(WELCOME),)


def test_sending_a_closed_question_again_reopens_the_same_id() -> None:
    closed = after(asked(2), [Close()])
    assert decide(closed, Send(SINGLE), T0) == (Opened(SINGLE),)


def test_a_skipped_item_may_still_be_sent() -> None:
    skipped = after(live(), [Skip(OPEN)])
    assert decide(skipped, Send(OPEN), T0) == (Opened(OPEN),)


def test_sending_what_is_open_is_done_already() -> None:
    assert decide(asked(2), Send(SINGLE), T0) == ()


def test_the_open_question_is_closed_with_or_without_its_id() -> None:
    assert decide(asked(2), Close(), T0) == (Closed(SINGLE),)
    assert decide(asked(2), Close(SINGLE), T0) == (Closed(SINGLE),)


@pytest.mark.parametrize("item", [None, SINGLE, OPEN, WELCOME])
def test_closing_what_is_not_open_is_done_already(item: int | None) -> None:
    assert decide(after(asked(2), [Close()]), Close(item), T0) == ()


def test_a_close_of_a_question_that_gave_way_closes_no_other() -> None:
    assert decide(asked(3), Close(SINGLE), T0) == ()


def test_only_what_was_never_opened_can_be_skipped() -> None:
    assert decide(asked(2), Skip(OPEN), T0) == (Skipped(OPEN),)
    why = "Question 1 was sent already and can't be skipped."
    assert refused(asked(2), Skip(SINGLE), "invalid") == why
    assert refused(asked(3), Skip(SINGLE), "invalid") == why


def test_skipping_twice_is_done_already() -> None:
    assert decide(after(live(), [Skip(OPEN)]), Skip(OPEN), T0) == ()


@pytest.mark.parametrize("command", [Send(NOBODY), Skip(NOBODY), Close(NOBODY), Withdraw(NOBODY)])
def test_an_item_that_is_not_in_the_guide_is_gone(command: Command) -> None:
    assert "not in the guide" in refused(asked(2), command, "gone")


# --- taking back ---


@pytest.mark.parametrize(
    ("item", "other"), [(SINGLE, MULTIPLE), (MULTIPLE, SINGLE)], ids=["closed", "open"]
)
def test_withdrawing_takes_a_question_out_of_what_was_asked(item: int, other: int) -> None:
    assert decide(asked(3), Withdraw(item), T0) == (Withdrawn(item),)
    conversation = after(asked(3), [Withdraw(item)])
    assert entry(conversation, item).status == "withdrawn"
    assert [one.item.id for one in conversation.asked] == [other]


def test_withdrawing_closes_the_open_question() -> None:
    conversation = after(asked(2), [Withdraw(SINGLE)], T0 + 5 * MINUTE)
    assert entry(conversation, SINGLE).windows == (Window(T0 + MINUTE, T0 + 5 * MINUTE),)
    assert conversation.open_question is None


def test_withdrawing_a_closed_question_keeps_the_time_of_its_close() -> None:
    conversation = after(asked(2), [Close(), Withdraw(SINGLE)], T0 + 2 * MINUTE, MINUTE)
    assert entry(conversation, SINGLE).closed_at == T0 + 2 * MINUTE


def test_a_message_may_be_taken_back_too() -> None:
    conversation = after(asked(2), [Send(WELCOME), Withdraw(WELCOME)])
    assert entry(conversation, WELCOME).status == "withdrawn"
    assert entry(conversation, SINGLE).status == "open"


def test_what_was_never_opened_is_not_taken_back() -> None:
    conversation = after(asked(2), [Skip(OPEN)])
    for item in (MULTIPLE, OPEN):
        assert "never sent" in refused(conversation, Withdraw(item), "invalid")


def test_withdrawing_twice_is_done_already() -> None:
    assert decide(after(asked(2), [Withdraw(SINGLE)]), Withdraw(SINGLE), T0) == ()


def test_what_was_taken_back_may_be_sent_again_and_counts_again() -> None:
    conversation = after(asked(2), [Withdraw(SINGLE), Send(SINGLE)])
    assert entry(conversation, SINGLE).status == "open"
    assert [one.item.id for one in conversation.asked] == [SINGLE]


# --- in flex ---


def after_end(*commands: Command) -> Conversation:
    """Ended, after the first question and these commands."""
    return after(asked(2), [*commands, End()], T0 + 10 * MINUTE)


def test_in_flex_every_question_is_open_those_skipped_and_never_sent_included() -> None:
    conversation = flex(after_end(Skip(OPEN)))
    assert [one.item.id for one in conversation.entries if one.status == "open"] == [*QUESTIONS]
    assert [one.item.id for one in conversation.asked] == [*QUESTIONS]


def test_in_flex_what_was_withdrawn_stays_so_until_it_is_sent_again() -> None:
    conversation = flex(after_end(Withdraw(SINGLE)))
    assert entry(conversation, SINGLE).status == "withdrawn"
    assert decide(conversation, Send(SINGLE), T0 + 2 * MINUTE) == (Opened(SINGLE),)
    assert SINGLE in [one.item.id for one in after(conversation, [Send(SINGLE)]).asked]


def test_in_flex_a_question_is_taken_back_alone_and_the_others_stay_open() -> None:
    conversation = after(flex(), [Withdraw(SINGLE)])
    still = [one.item.id for one in conversation.entries if one.status == "open"]
    assert still == [item for item in QUESTIONS if item != SINGLE]


@pytest.mark.parametrize("commands", [(), (Withdraw(WELCOME),)], ids=["shown", "taken back"])
def test_in_flex_no_message_is_sent(commands: tuple[Command, ...]) -> None:
    conversation = flex(after_end(*commands))
    assert "own pace" in refused(conversation, Send(WELCOME), "phase", conversation.at)


def test_a_reopening_leaves_messages_as_they_were() -> None:
    assert entry(flex(), WELCOME) == entry(ended(), WELCOME)
    assert entry(flex(ended(0)), WELCOME).status == "queued"


# --- names ---


def test_items_are_called_by_their_place_among_their_kind() -> None:
    items = (*GUIDE, Item(7, "Thanks.", Message()))
    conversation = draft(items)
    assert [name_of(conversation, one) for one in conversation.entries] == [
        "message 1",
        *(f"question {place}" for place in range(1, 6)),
        "message 2",
    ]
