"""A guide written as the template is read again, but for what the remarks name."""

from dataclasses import replace

from hypothesis import given, settings

from tests.guides.strategies import guides
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
from turnout.guides import GuideFile, Problem, read_guide, template_remarks, write_template

NONE = Option("None of the above", exclusive=True)


def again(guide: GuideFile) -> GuideFile:
    read = read_guide("guide.csv", write_template(guide).encode())
    assert isinstance(read, GuideFile), read
    return read


def test_all_that_the_template_can_say_comes_back() -> None:
    contents: tuple[Content, ...] = (
        Message(),
        SingleChoice((Option(" yes"), Option('a,"b";\n=c')), other=True, randomize=True),
        MultipleChoice((Option("a"), NONE)),
        MultipleChoice((), other=True),
        OpenText(),
        Number(-1.5, 1e15, 1e-7),
        Number(0, 120),
        Scale(-2, 2, "bad", "good"),
        Scale(1, 5, "bad"),
        Scale(10**15 - 1, 10**15),
    )
    items = [
        Item(id, f"Text {id}", content, "Section", "Tag", " notes ", 60 * id)
        for id, content in enumerate(contents, start=1)
    ]
    items[1] = replace(items[1], onboarding=True)
    guide = GuideFile(tuple(items))
    assert template_remarks(guide) == ()
    assert again(guide) == guide


def test_a_guide_of_messages_has_a_column_for_options_all_the_same() -> None:
    text = write_template(GuideFile((Item(1, "Hi", Message(), duration=90),)))
    header, line = text.splitlines()
    assert header.startswith("Notes,Section,Cross Conversation Tag,Item type,Content,")
    assert header.endswith(",Poll or Category Option 1")
    assert line == ",,,speak,Hi,1:30,,,"


def test_what_it_cannot_say_is_told_by_row_and_column() -> None:
    guide = GuideFile(
        (
            Item(1, "a\rb", Message(), " s", "t ", "n\r\n", auto_close=True, onboarding=True),
            Item(2, "b", SingleChoice((NONE, Option("x\r", exclusive=True)))),
            Item(3, "c", Scale(1, 2, "", "y")),
            Item(4, "d", Scale(1, 2, "y\r", " ")),
        ),
        "Title",
    )
    read = again(guide)
    assert [item.text for item in read.items] == ["a\nb", "b", "c", "d"]
    assert read.items[0] == Item(1, "a\nb", Message(), "s", "t", "n\n")
    assert read.items[1].content == SingleChoice((Option("x\n"), NONE))
    assert [item.content for item in read.items[2:]] == [Scale(1, 2), Scale(1, 2, "y\n")]
    breaks = "Line breaks of old kinds become plain ones."
    blanks = "Blanks at the ends are not kept."
    scale = "A scale without a label of its lowest point can have none of its highest; left out."
    plain = "Only 'None of the above' can rule out the rest; written as a plain option."
    assert template_remarks(guide) == (
        Problem(0, "", "The template has no place for the title; left out."),
        Problem(2, "Section", blanks),
        Problem(2, "Cross Conversation Tag", blanks),
        Problem(2, "Notes", breaks),
        Problem(2, "Content", breaks),
        Problem(2, "Duration in minutes", "The template cannot say auto_close; left out."),
        Problem(2, "Item type", "Only a single choice can be onboarding; left out."),
        Problem(
            3,
            "Add 'None of the above' as an option",
            "'None of the above' becomes the last option.",
        ),
        Problem(3, "Poll or Category Option 1", plain),
        Problem(3, "Poll or Category Option 1", breaks),
        Problem(4, "Poll or Category Option 2", scale),
        Problem(5, "Poll or Category Option 2", "A label of blanks is left out."),
        Problem(5, "Poll or Category Option 1", breaks),
    )


@settings(max_examples=200, deadline=None)
@given(guides)
def test_without_a_remark_nothing_is_lost(guide: GuideFile) -> None:
    read = again(guide)
    changed = {remark.row for remark in template_remarks(guide)}
    assert len(read.items) == len(guide.items)
    for row, (before, after) in enumerate(zip(guide.items, read.items, strict=True), start=2):
        assert row in changed or after == before
