"""What makes a list of items a guide, and every sentence about what does not."""

import math
from dataclasses import replace

import pytest

from turnout.domain.guide import (
    MAX_ITEMS,
    MAX_OPTION_TEXT,
    MAX_OPTIONS,
    MAX_SECTION,
    MAX_TEXT,
    Content,
    Fault,
    Item,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Scale,
    SingleChoice,
    faults,
    options_of,
)

YES_NO = (Option("Yes"), Option("No"))
LIMIT = "1,000,000,000,000,000"


def found(*items: Item) -> list[tuple[int, str]]:
    return [(fault.position, fault.what) for fault in faults(items)]


def in_content(content: Content) -> list[str]:
    return [what for _, what in found(Item(1, "Text", content))]


@pytest.mark.parametrize(
    "content",
    [
        Message(),
        SingleChoice(YES_NO),
        SingleChoice((), other=True),
        MultipleChoice((*YES_NO, Option("None of the above", exclusive=True))),
        MultipleChoice(tuple(Option(str(number)) for number in range(MAX_OPTIONS))),
        SingleChoice((Option("x" * MAX_OPTION_TEXT),)),
        OpenText(),
        Number(0, 1, 1),
        Number(-1e15, 1e15),
        Number(0, 0.3, 0.1),
        Scale(0, 10),
        Scale(-1, 0, "x" * MAX_OPTION_TEXT, "y" * MAX_OPTION_TEXT),
    ],
)
def test_content_without_fault(content: Content) -> None:
    assert in_content(content) == []


def test_an_item_at_every_limit_has_no_fault() -> None:
    item = Item(1, "x" * MAX_TEXT, Message(), "s" * MAX_SECTION, "t" * MAX_SECTION, "n" * MAX_TEXT)
    assert found(item) == []


@pytest.mark.parametrize(
    ("content", "whats"),
    [
        (
            SingleChoice(()),
            ["A choice without options. Add at least one option, or allow 'Other'."],
        ),
        (
            MultipleChoice(tuple(Option("") for _ in range(MAX_OPTIONS + 1))),
            ["A choice holds at most 300 options; this one has 301."],
        ),
        (
            SingleChoice((Option("A"), Option(" "), Option(" A "), Option(""), Option("a"))),
            [
                "Option 2 is empty. Write its text or take it out.",
                "Option 3 repeats option 1. Take one out.",
                "Option 4 is empty. Write its text or take it out.",
            ],
        ),
        (
            SingleChoice((Option("x" * 501),)),
            ["Option 1 has 501 characters; 500 is the most. Shorten it."],
        ),
        (
            SingleChoice((Option("a\0"),)),
            ["Option 1 holds a character that cannot be stored (NUL or half a pair). Take it out."],
        ),
        (Number(1, 1), ["The lowest number (1) must be below the highest (1)."]),
        (Number(0, 10, 0), ["The step must be above 0 and at most 10."]),
        (Number(0, 0.5), ["The step must be above 0 and at most 0.5."]),
        (Number(0, 1, math.nan), ["The step must be above 0 and at most 1."]),
        (
            Number(0, math.inf),
            [f"The lowest and the highest number lie within {LIMIT} of 0."],
        ),
        (
            Number(math.nan, 1),
            [f"The lowest and the highest number lie within {LIMIT} of 0."],
        ),
        (
            Number(-(10**400), 1),
            [f"The lowest and the highest number lie within {LIMIT} of 0."],
        ),
        (Scale(1, 1), ["A scale has from 2 to 11 points. For more, use a number."]),
        (Scale(0, 11), ["A scale has from 2 to 11 points. For more, use a number."]),
        (Scale(10**15, 10**15 + 1), [f"The ends of a scale lie within {LIMIT} of 0."]),
        (
            Scale(1, 5, "x" * 501, "\ud800"),
            [
                "The lowest label has 501 characters; 500 is the most. Shorten it.",
                "The highest label holds a character that cannot be stored (NUL or half a pair)."
                " Take it out.",
            ],
        ),
    ],
)
def test_faults_of_content(content: Content, whats: list[str]) -> None:
    assert in_content(content) == whats


def test_faults_of_the_texts_of_an_item() -> None:
    item = Item(1, " \n", Message(), "s" * 201, "t" * 201, "n" * 4_001, duration=0)
    assert found(item) == [
        (1, "The text is empty. Write what people should read."),
        (1, "The section has 201 characters; 200 is the most. Shorten it."),
        (1, "The tag has 201 characters; 200 is the most. Shorten it."),
        (1, "The note has 4,001 characters; 4,000 is the most. Shorten it."),
        (1, "The duration must be between 1 second and 4 hours."),
    ]


def test_what_closes_by_itself_needs_a_duration() -> None:
    item = Item(1, "Why?", OpenText(), auto_close=True)
    assert list(faults((item,))) == [
        Fault(1, "It closes by itself, but after no time. Give it a duration.", "duration")
    ]
    assert found(replace(item, duration=90)) == []


def test_code_points_are_counted() -> None:
    assert found(Item(1, "\N{GRINNING FACE}" * 4_000, Message())) == []
    assert found(Item(1, "x" * 4_001, Message(), duration=4 * 3600 + 1)) == [
        (1, "The text has 4,001 characters; 4,000 is the most. Shorten it."),
        (1, "The duration must be between 1 second and 4 hours."),
    ]


@pytest.mark.parametrize("character", ["\0", "\ud800"])
def test_what_no_database_stores_is_a_fault(character: str) -> None:
    [(_, what)] = found(Item(1, f"a{character}b", Message()))
    assert (
        what
        == "The text holds a character that cannot be stored (NUL or half a pair). Take it out."
    )


def test_ids_are_positive_and_unique_and_faults_come_in_order_of_position() -> None:
    items = (Item(2, "", Message()), Item(2, "B", Message()), Item(0, "C", Message()))
    assert list(faults(items)) == [
        Fault(1, "The text is empty. Write what people should read.", "text"),
        Fault(2, "The id 2 is not a number of its own, from 1 up."),
        Fault(3, "The id 0 is not a number of its own, from 1 up."),
    ]


def test_too_many_items() -> None:
    items = tuple(Item(id, "Text", Message()) for id in range(1, MAX_ITEMS + 2))
    assert found(*items) == [(501, "A guide holds at most 500 items. Split it in two.")]
    assert found(*items[:-1]) == []


def test_questions_and_their_options() -> None:
    assert not Item(1, "Text", Message()).is_question
    assert Item(1, "Text", OpenText()).is_question
    assert options_of(SingleChoice(YES_NO)) == YES_NO
    assert options_of(MultipleChoice(YES_NO)) == YES_NO
    assert options_of(Scale(1, 5)) == ()


@pytest.mark.parametrize(
    ("item", "places"),
    [
        (Item(1, "", Message()), [("text", 0)]),
        (
            Item(1, "x\0", Message(), "s" * 999, "\0", "\0", duration=0),
            [("text", 0), ("section", 0), ("tag", 0), ("notes", 0), ("duration", 0)],
        ),
    ],
)
def test_every_fault_of_an_item_has_its_place(item: Item, places: list[tuple[str, int]]) -> None:
    assert [(fault.field, fault.option) for fault in faults((item,))] == places


@pytest.mark.parametrize(
    ("content", "places"),
    [
        (SingleChoice(()), [("options", 0)]),
        (MultipleChoice((Option("x"),) * 301), [("options", 0)]),
        (
            MultipleChoice((Option(""), Option("a"), Option("a"), Option("\0"), Option("x" * 501))),
            [("options", 1), ("options", 3), ("options", 4), ("options", 5)],
        ),
        (Number(0, 1e16), [("min", 0)]),
        (Number(1, 0), [("min", 0)]),
        (Number(0, 1, 2), [("step", 0)]),
        (Scale(0, 0, "\0", "\0"), [("max", 0), ("min_label", 0), ("max_label", 0)]),
        (Scale(10**16, 10**16 + 1), [("max", 0)]),
    ],
)
def test_every_fault_of_content_has_its_place(
    content: Content, places: list[tuple[str, int]]
) -> None:
    assert [(fault.field, fault.option) for fault in faults((Item(1, "A", content),))] == places
