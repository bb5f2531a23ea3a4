"""Our own YAML form: what is read, what stays as it was written, and the way there and back."""

from pathlib import Path

import pytest
import yaml
from hypothesis import example, given, settings

import turnout.guides
from tests.guides.strategies import LONGER, TRAPS, guides
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
from turnout.guides import GuideFile, read_guide, write_yaml

EVERYTHING = """\
title: All there is
items:
  - message: Hello
    section: Intro
    tag: Merge 1
    notes: read it aloud
    duration: 0:30
    onboarding: true
  - single_choice: How?
    options: [A, {exclusive: None of the above}]
    other: yes
    randomize: True
  - multiple_choice: Which?
    options:
    - A
    - exclusive: "N: one"
    duration: 1:02:03
    other: no
  - single_choice: In your own words?
    options:
    other: x
  - open_text: Why?
  - number: How many?
    min: -1.5
    max: 1e3
    step: 0.5
  - number: How many?
    min: 0
    max: 10
  - scale: How good?
    min: 1
    max: 5
    min_label: bad
    max_label: good
"""


def read(text: str) -> GuideFile:
    guide = read_guide("guide.yaml", text.encode())
    assert isinstance(guide, GuideFile), guide
    return guide


def test_every_field_of_every_type() -> None:
    none = Option("None of the above", exclusive=True)
    assert read(EVERYTHING) == GuideFile(
        (
            Item(1, "Hello", Message(), "Intro", "Merge 1", "read it aloud", 30, onboarding=True),
            Item(2, "How?", SingleChoice((Option("A"), none), other=True, randomize=True)),
            Item(
                3,
                "Which?",
                MultipleChoice((Option("A"), Option("N: one", exclusive=True))),
                duration=3723,
            ),
            Item(4, "In your own words?", SingleChoice((), other=True)),
            Item(5, "Why?", OpenText()),
            Item(6, "How many?", Number(-1.5, 1000, 0.5)),
            Item(7, "How many?", Number(0, 10)),
            Item(8, "How good?", Scale(1, 5, "bad", "good")),
        ),
        title="All there is",
    )


@pytest.mark.parametrize(
    "text", ["yes", "no", "3", "1.50", "007", "2024-01-01", "~", "null", "1:30"]
)
def test_an_option_is_the_text_as_it_was_written(text: str) -> None:
    guide = read(f"items: [{{single_choice: {text}, options: [{text}, 'other']}}]")
    assert guide.items[0].text == text
    assert guide.items[0].content == SingleChoice((Option(text), Option("other")))


@settings(max_examples=150, deadline=None)
@given(guides)
def test_what_was_written_is_read_again(guide: GuideFile) -> None:
    assert read(write_yaml(guide)) == guide


@settings(max_examples=50, deadline=None)
@given(guides)
@example(GuideFile((Item(1, "yes", SingleChoice((Option("no"), Option("1.50")))),), title="null"))
def test_other_yaml_programs_read_the_same_texts(guide: GuideFile) -> None:
    loaded = yaml.safe_load(write_yaml(guide))
    assert loaded.get("title", "") == guide.title
    assert [
        entry[item.content.type] for item, entry in zip(guide.items, loaded["items"], strict=True)
    ] == [item.text for item in guide.items]


@pytest.mark.parametrize("text", [*TRAPS, *LONGER])
def test_no_text_is_lost_in_any_place(text: str) -> None:
    option = Option(text), Option(f"{text}x", exclusive=True)
    guide = GuideFile(
        (
            Item(1, text, Message(), section=text[:200], tag=text[:200], notes=text),
            Item(2, text, MultipleChoice(option)),
            Item(3, text, Scale(1, 2, text, text)),
        ),
        title=text[:200],
    )
    assert read(write_yaml(guide)) == guide


def test_a_guide_is_written_as_a_person_would_write_it() -> None:
    items = (
        Item(1, "Welcome.\nIt begins.", Message(), section="Intro", duration=30),
        Item(
            2,
            "How: on foot?",
            MultipleChoice(
                (Option("yes"), Option("Other ways"), Option("None", exclusive=True)),
                other=True,
                randomize=True,
            ),
            duration=5400,
            onboarding=True,
        ),
        Item(3, "How old?", Number(0.0, 120, 0.5)),
        Item(4, "How good?", Scale(1, 5, max_label="good")),
        Item(5, "Why?", OpenText(), tag="7", notes="aloud"),
        Item(6, "What?", SingleChoice((), other=True)),
    )
    assert write_yaml(GuideFile(items, title="Streets")) == (
        """\
title: Streets
items:
  - message: |-
      Welcome.
      It begins.
    section: Intro
    duration: 0:30
  - multiple_choice: 'How: on foot?'
    options:
      - 'yes'
      - Other ways
      - exclusive: None
    other: true
    randomize: true
    duration: 1:30:00
    onboarding: true
  - number: How old?
    min: 0
    max: 120
    step: 0.5
  - scale: How good?
    min: 1
    max: 5
    max_label: good
  - open_text: Why?
    tag: '7'
    notes: aloud
  - single_choice: What?
    other: true
"""
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize(
    "name", ["guide.yaml", "GUIDE.YML", "guide", "guide.txt", "odd\nname.yaml"]
)
def test_names_and_encodings(name: str, encoding: str) -> None:
    text = "# a remark\r\nitems:\r\n- message: größer 😀\r\n"
    guide = read_guide(name, text.encode(encoding))
    assert guide == GuideFile((Item(1, "größer 😀", Message()),))


def test_the_sample_is_a_guide_with_everything_in_it() -> None:
    sample = Path(turnout.guides.__file__).with_name("sample.yaml").read_text("utf-8")
    guide = read(sample)
    assert guide.title == "Our town, our streets"
    assert 10 <= len(guide.items) <= 14
    assert all(item.duration and item.section for item in guide.items)
    contents = [item.content for item in guide.items]
    assert {content.type for content in contents} == {
        "message",
        "single_choice",
        "multiple_choice",
        "open_text",
        "number",
        "scale",
    }
    choices = [c for c in contents if isinstance(c, SingleChoice | MultipleChoice)]
    assert any(choice.other for choice in choices)
    assert any(choice.randomize for choice in choices)
    assert any(option.exclusive for choice in choices for option in choice.options)
    assert read(write_yaml(guide)) == guide
