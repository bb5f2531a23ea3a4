"""Changing the guide: before the start all of it, afterwards what people's answers allow."""

from dataclasses import replace

import pytest

from tests.domain.examples import (
    GUIDE,
    NOBODY,
    NUMBER,
    OPEN,
    SCALE,
    SINGLE,
    T0,
    WELCOME,
    after,
    asked,
    draft,
    entry,
    flex,
    live,
    refused,
    reworded,
)
from turnout.domain.commands import (
    Add,
    Command,
    Drop,
    Edit,
    Move,
    Publish,
    Send,
    SetGuide,
    Skip,
    Withdraw,
)
from turnout.domain.conversation import Conversation, Wording
from turnout.domain.deciding import decide
from turnout.domain.editing import next_id
from turnout.domain.events import Added, Edited, GuideSet
from turnout.domain.guide import (
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
from turnout.domain.refusals import CommandCode

published = after(draft(), [Publish()])
YES, NO, MAYBE = Option("Yes"), Option("No"), Option("Maybe")
one_more, by_the_way = Item(1, "One more?", OpenText()), Item(1, "By the way.", Message())


def edit(conversation: Conversation, item: int, *, answered: bool, **changes: object) -> Edit:
    return Edit(reworded(conversation, item, **changes), answered=answered)


# --- the whole guide, before the start ---


@pytest.mark.parametrize("conversation", [draft(), published], ids=["draft", "published"])
def test_before_the_start_the_guide_may_be_another(conversation: Conversation) -> None:
    assert decide(conversation, SetGuide(GUIDE[:2]), T0) == (GuideSet(GUIDE[:2]),)


def test_the_same_guide_again_is_done_already() -> None:
    assert decide(draft(), SetGuide(GUIDE), T0) == ()


def test_a_draft_may_ask_nothing_yet_what_was_published_may_not() -> None:
    assert decide(draft(), SetGuide(()), T0) == (GuideSet(()),)
    assert "asks no question" in refused(published, SetGuide(GUIDE[:1]), "invalid")


def test_a_faulty_guide_is_refused_with_the_place_of_the_fault() -> None:
    guide = (*GUIDE, Item(7, "", OpenText()))
    assert refused(draft(), SetGuide(guide), "invalid").startswith("Item 7: The text is empty.")


# --- single items ---


@pytest.mark.parametrize("conversation", [draft(), published, live()])
def test_what_nobody_has_seen_may_change_altogether(conversation: Conversation) -> None:
    item = Item(SINGLE, "How long?", Number(1, 9))
    assert decide(conversation, Edit(item, answered=False), T0) == (Edited(item),)
    assert entry(after(conversation, [Edit(item, answered=False)]), SINGLE).wordings == ()


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize("item", [WELCOME, SINGLE])
def test_the_wording_of_what_was_sent_may_be_corrected(item: int, answered: bool) -> None:
    command = edit(asked(2), item, answered=answered, text="Better words", section="S", duration=9)
    assert decide(asked(2), command, T0) == (Edited(command.item),)
    assert decide(flex(), command, T0)


def test_a_correction_keeps_the_id_the_status_and_the_times() -> None:
    before = entry(asked(2), SINGLE)
    conversation = after(asked(2), [edit(asked(2), SINGLE, answered=True, text="Better words?")])
    later = entry(conversation, SINGLE)
    assert later.item.text == "Better words?"
    assert replace(later, item=before.item, wordings=()) == before


def test_the_wording_as_shown_then_is_kept_for_every_rev() -> None:
    conversation = asked(2)
    first = entry(conversation, SINGLE).item
    revs = [conversation.rev]
    for text in ("Second?", "Third?"):
        conversation = after(conversation, [edit(conversation, SINGLE, answered=True, text=text)])
        revs.append(conversation.rev)
    found = entry(conversation, SINGLE)
    assert found.wordings[0] == Wording(first, revs[1])
    assert [found.shown(rev).text for rev in revs] == [first.text, "Second?", "Third?"]
    assert found.shown(revs[2] - 1).text == "Second?"
    assert found.shown(revs[2] + 100).text == "Third?"


def test_the_same_words_are_corrected_already() -> None:
    assert decide(asked(2), Edit(GUIDE[1], answered=True), T0) == ()


def test_an_item_that_is_not_in_the_guide_is_gone() -> None:
    command = Edit(Item(NOBODY, "What?", OpenText()), answered=False)
    assert "not in the guide" in refused(asked(2), command, "gone")


def test_words_that_are_none_are_refused() -> None:
    command = edit(asked(2), SINGLE, answered=False, text=" ")
    assert "Item 2: The text is empty." in refused(asked(2), command, "invalid")


CHOICES: tuple[tuple[str, Content, bool, bool], ...] = (
    # what                     to                                      unanswered  answered
    ("added", SingleChoice((YES, NO, MAYBE), other=True), True, True),
    ("shuffled on screens", SingleChoice((YES, NO), other=True, randomize=True), True, True),
    ("reworded", SingleChoice((Option("Yes!"), NO), other=True), True, False),
    ("swapped", SingleChoice((NO, YES), other=True), True, False),
    ("made exclusive", SingleChoice((Option("Yes", True), NO), other=True), True, False),
    ("put before", SingleChoice((MAYBE, YES, NO), other=True), True, False),
    ("taken away", SingleChoice((YES,), other=True), False, False),
    ("own answers taken away", SingleChoice((YES, NO)), False, False),
    ("another type", MultipleChoice((YES, NO), other=True), False, False),
)


@pytest.mark.parametrize("answered", [False, True])
@pytest.mark.parametrize(
    ("content", "unanswered_too", "answered_too"),
    [pytest.param(*row[1:], id=row[0]) for row in CHOICES],
)
def test_options_may_be_added_and_reworded_only_until_the_first_answer(
    content: Content, unanswered_too: bool, answered_too: bool, answered: bool
) -> None:
    command = edit(asked(2), SINGLE, answered=answered, content=content)
    if answered_too if answered else unanswered_too:
        assert decide(asked(2), command, T0) == (Edited(command.item),)
    else:
        assert refused(asked(2), command, "invalid")


def test_own_answers_may_be_allowed_later() -> None:
    conversation = after(live((Item(1, "Well?", SingleChoice((YES, NO))),)), [Send(1)])
    command = edit(conversation, 1, answered=True, content=SingleChoice((YES, NO), other=True))
    assert decide(conversation, command, T0) == (Edited(command.item),)


@pytest.mark.parametrize(
    ("item", "content"), [(NUMBER, Number(0, 2, 0.1)), (SCALE, Scale(1, 5, "never", "daily"))]
)
def test_bounds_and_labels_may_change_until_the_first_answer(item: int, content: Content) -> None:
    conversation = after(live(), [Send(item)])
    command = edit(conversation, item, answered=False, content=content)
    assert decide(conversation, command, T0) == (Edited(command.item),)
    command = edit(conversation, item, answered=True, content=content)
    assert "bounds and labels" in refused(conversation, command, "invalid")


def test_a_sent_question_keeps_its_type_answered_or_not() -> None:
    command = edit(asked(2), SINGLE, answered=False, content=OpenText())
    assert "keeps its type" in refused(asked(2), command, "invalid")


@pytest.mark.parametrize(("item", "content"), [(WELCOME, OpenText()), (SCALE, Message())])
def test_once_live_no_message_becomes_a_question_nor_the_reverse(
    item: int, content: Content
) -> None:
    """People know the others by their number."""
    assert "number" in refused(
        live(), edit(live(), item, answered=False, content=content), "invalid"
    )
    command = edit(published, item, answered=False, content=content)
    assert decide(published, command, T0) == (Edited(command.item),)


# --- places in the guide, before the start ---


@pytest.mark.parametrize("conversation", [draft(), published], ids=["draft", "published"])
@pytest.mark.parametrize(
    ("item", "after_item", "ids"),
    [
        (SCALE, None, [6, 1, 2, 3, 4, 5]),
        (WELCOME, SCALE, [2, 3, 4, 5, 6, 1]),
        (SINGLE, OPEN, [1, 3, 4, 2, 5, 6]),
        (OPEN, WELCOME, [1, 4, 2, 3, 5, 6]),
    ],
)
def test_before_the_start_an_item_may_have_another_place(
    conversation: Conversation, item: int, after_item: int | None, ids: list[int]
) -> None:
    moved = after(conversation, [Move(item, after_item)])
    assert [one.item.id for one in moved.entries] == ids
    assert {one.item for one in moved.entries} == set(GUIDE)


@pytest.mark.parametrize("after_item", [OPEN, NUMBER], ids=["where it is", "behind itself"])
def test_an_item_that_stands_there_is_moved_already(after_item: int) -> None:
    assert decide(draft(), Move(NUMBER, after_item), T0) == ()


@pytest.mark.parametrize("command", [Move(NOBODY, None), Move(SINGLE, NOBODY)])
def test_there_is_no_place_behind_or_for_an_item_that_is_not_in_the_guide(
    command: Command,
) -> None:
    assert refused(draft(), command, "gone")


@pytest.mark.parametrize("conversation", [draft(), published], ids=["draft", "published"])
def test_before_the_start_an_item_may_be_dropped(conversation: Conversation) -> None:
    dropped = after(conversation, [Drop(SINGLE)])
    assert [one.item.id for one in dropped.entries] == [1, 3, 4, 5, 6]
    assert decide(dropped, Drop(SINGLE), T0) == ()


def test_what_people_were_invited_to_keeps_a_question() -> None:
    one_question = after(draft(GUIDE[:2]), [Publish()])
    assert "asks no question" in refused(one_question, Drop(SINGLE), "invalid")
    assert after(draft(GUIDE[:2]), [Drop(SINGLE)]).entries[-1].item.id == WELCOME


@pytest.mark.parametrize("conversation", [live(), flex()], ids=["live", "flex"])
@pytest.mark.parametrize("command", [Move(SCALE, None), Drop(SCALE)])
def test_once_begun_nothing_is_moved_or_dropped(
    conversation: Conversation, command: Command
) -> None:
    assert "was begun" in refused(conversation, command, "phase")


# --- items on the fly ---


def test_an_added_item_gets_the_next_id_that_was_never_used() -> None:
    assert decide(live(), Add(one_more, WELCOME), T0) == (Added(replace(one_more, id=7), WELCOME),)
    assert next_id(draft(())) == 1


@pytest.mark.parametrize(
    ("after_item", "ids"),
    [(None, [7, 1, 2, 3, 4, 5, 6]), (OPEN, [1, 2, 3, 4, 7, 5, 6]), (SCALE, [1, 2, 3, 4, 5, 6, 7])],
)
@pytest.mark.parametrize("item", [one_more, by_the_way])
def test_an_item_is_added_behind_another_or_first(
    item: Item, after_item: int | None, ids: list[int]
) -> None:
    conversation = after(live(), [Add(item, after_item)])
    assert [one.item.id for one in conversation.entries] == ids
    assert entry(conversation, 7).status == "queued"


def test_a_question_goes_behind_all_that_were_sent() -> None:
    """Else people would see those under another number. It is not refused: another moderator may
    have sent one a second ago."""
    conversation = after(live(), [Send(SINGLE), Send(NUMBER), Withdraw(NUMBER), Skip(SCALE)])
    for place in (None, WELCOME, SINGLE, NUMBER):
        assert decide(conversation, Add(one_more, place), T0) == (
            Added(replace(one_more, id=7), NUMBER),
        )
    assert decide(conversation, Add(one_more, SCALE), T0) == (
        Added(replace(one_more, id=7), SCALE),
    )


def test_a_message_goes_wherever_it_is_put() -> None:
    added = Added(replace(by_the_way, id=7), WELCOME)
    assert decide(asked(4), Add(by_the_way, WELCOME), T0) == (added,)


def test_in_flex_an_added_question_is_open_at_once_and_a_message_is_not() -> None:
    conversation = after(flex(), [Add(one_more, SCALE), Add(by_the_way, SCALE)])
    assert entry(conversation, 7).status == "open"
    assert entry(conversation, 8).status == "queued"
    assert 7 in [one.item.id for one in conversation.asked]


@pytest.mark.parametrize(
    ("command", "code"),
    [(Add(one_more, NOBODY), "gone"), (Add(replace(one_more, text=""), None), "invalid")],
)
def test_what_cannot_be_added(command: Command, code: CommandCode) -> None:
    assert refused(live(), command, code)


def test_a_guide_that_asks_nothing_may_be_added_to_while_it_is_a_draft() -> None:
    conversation = after(draft(()), [Add(by_the_way, None), Add(one_more, 1)])
    assert [one.item.id for one in conversation.entries] == [1, 2]
