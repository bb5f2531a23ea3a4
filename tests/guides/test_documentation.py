"""The examples of docs/guides.md are files that our reader takes, or refuses as it says there."""

import re
from pathlib import Path

import pytest

from turnout.domain.guide import MultipleChoice, Option, Scale, SingleChoice
from turnout.guides import GuideFile, Problems, read_guide
from turnout.guides.rows import ITEM_TYPES
from turnout.guides.yaml_guide import FIELDS

DOC = (Path(__file__).parents[2] / "docs/guides.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)( refused)?\n(.*?)^```$", DOC, re.MULTILINE | re.DOTALL)
TAKEN = [(kind, text) for kind, refused, text in BLOCKS if kind != "text" and not refused]


def taken(number: int) -> GuideFile:
    kind, text = TAKEN[number]
    guide = read_guide(f"guide.{kind}", text.encode())
    assert isinstance(guide, GuideFile), guide
    return guide


@pytest.mark.parametrize("number", range(len(TAKEN)))
def test_every_example_is_a_guide(number: int) -> None:
    assert taken(number).remarks == ()


def test_the_examples_mean_what_the_text_says() -> None:
    first, everything, as_written, sheet = map(taken, range(4))
    assert first.title == "Our town, our streets"
    assert {item.content.type for item in everything.items} == {
        "message",
        "single_choice",
        "multiple_choice",
        "open_text",
        "number",
        "scale",
    }
    written = SingleChoice(tuple(map(Option, ["yes", "no", "1.50", "2024-01-01", "~"])))
    assert as_written.items[0].content == written
    on_foot = tuple(map(Option, ["On foot", "By bicycle", "By bus"]))
    assert sheet.items[1].content == SingleChoice(on_foot, other=True, randomize=True)
    none = Option("None of the above", exclusive=True)
    assert sheet.items[2].content == MultipleChoice((Option("Trees"), Option("Benches"), none))
    assert sheet.items[3].content == Scale(1, 5, "Not at all", "Very much")
    assert [item.duration for item in sheet.items] == [10, 30, 30, None, None, 120]


def test_the_refused_example_is_refused_in_these_words() -> None:
    [refused] = [text for _, mark, text in BLOCKS if mark]
    [answer] = [text for kind, _, text in BLOCKS if kind == "text"]
    guide = read_guide("guide.yaml", refused.encode())
    assert isinstance(guide, Problems)
    lines = [f"line {p.row}, {p.column}: {p.what}" for p in guide.problems]
    assert answer.splitlines() == lines


def test_every_field_and_every_item_type_is_described() -> None:
    assert [field for field in FIELDS if f"`{field}`" not in DOC] == []
    assert [kind for kind in ITEM_TYPES if kind not in DOC] == []
