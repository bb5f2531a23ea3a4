"""Every way a file can be wrong: where, and in which words. docs/guides.md lists these sentences,
and this module holds both together."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guides.sheets import cell, packed, parts, row, sheet, text, texts
from tests.guides.wrong_sheets import FILES, TEMPLATES, WORKBOOKS, Found
from tests.guides.wrong_yaml import YAMLS
from turnout.domain.guide import Item, Message, Option, Scale, SingleChoice
from turnout.guides import GuideFile, Problem, Problems, read_guide, template_remarks

DOC = Path(__file__).parents[2] / "docs/guides.md"
REMARKED = (
    "Type,Text,Other,,Option 1\nask experience multi select,A\nspeak,A,yes,b\nask opinion,A,,,a\n"
)
REMARKED_WORKBOOK = packed(
    parts(
        {
            "Guide": sheet(
                texts(1, "Type", "Text", "Duration"),
                row(2, text("A2", "speak"), cell("B2", "x", "str", formula="A1")),
                row(3, text("A3", "speak"), cell("B3", "1", style=4), text("C3", "30:00:00")),
            ),
            "More": sheet(),
        }
    )
)
NONE = Option("None of the above", exclusive=True)
UNSAYABLE = GuideFile(
    (
        Item(1, "a\rb", Message(), section=" s ", auto_close=True, onboarding=True),
        Item(2, "b", SingleChoice((NONE, Option("x", exclusive=True)))),
        Item(3, "c", Scale(1, 2, "", "y")),
        Item(4, "d", Scale(1, 2, "y", " ")),
    ),
    "Title",
)


def found(name: str, data: bytes) -> Found:
    guide = read_guide(name, data)
    problems = guide.problems if isinstance(guide, Problems) else guide.remarks
    return [(problem.row, problem.column, problem.what) for problem in problems]


@pytest.mark.parametrize("name", ["guide.csv", "guide.yaml", "guide"])
@pytest.mark.parametrize(("data", "problems"), FILES)
def test_files_that_are_no_text(name: str, data: bytes, problems: Found) -> None:
    assert found(name, data) == problems


@pytest.mark.parametrize(("text", "problems"), TEMPLATES)
def test_problems_of_spreadsheets(text: str, problems: Found) -> None:
    assert found("guide.csv", text.encode()) == problems


@pytest.mark.parametrize(("data", "problems"), WORKBOOKS)
def test_problems_of_workbooks(data: bytes, problems: Found) -> None:
    assert found("guide.xlsx", data) == problems


@pytest.mark.parametrize(("text", "problems"), YAMLS)
def test_problems_of_yaml(text: str, problems: Found) -> None:
    assert found("guide.yaml", text.encode()) == problems


def every_sentence() -> Iterator[str]:
    yield from (what for _, problems in FILES for _, _, what in problems)
    yield from (what for _, problems in TEMPLATES for _, _, what in problems)
    yield from (what for _, problems in YAMLS for _, _, what in problems)
    for _, problems in WORKBOOKS:
        yield from (what for _, _, what in problems)
    yield from (what for _, _, what in found("guide.csv", REMARKED.encode()))
    yield from (what for _, _, what in found("guide.xlsx", REMARKED_WORKBOOK))
    yield from (remark.what for remark in template_remarks(UNSAYABLE))


def test_the_documentation_lists_every_sentence_and_no_other() -> None:
    listed = re.findall(r"^\| `(.+?)` \|", DOC.read_text("utf-8"), re.MULTILINE)
    listed = [sentence for sentence in listed if sentence[-1] in ".…?" and " " in sentence]
    patterns = {s: re.compile(".+".join(map(re.escape, s.split("…")))) for s in listed}
    said = set(every_sentence())
    assert [s for s in said if not any(p.fullmatch(s) for p in patterns.values())] == []
    assert [s for s, p in patterns.items() if not any(p.fullmatch(what) for what in said)] == []


def test_the_size_of_the_texts_counts_bytes_of_every_kind() -> None:
    scales = "".join(
        f"- scale: A\n  min: 1\n  max: 2\n  min_label: {'é' * 500}\n  max_label: {'é' * 500}\n"
        for _ in range(90)
    )
    assert isinstance(read_guide("g.yaml", f"items:\n{scales}".encode()), GuideFile)
    choice = "\n  - ".join(["é" * 490 + str(number) for number in range(100)])
    text = f"items:\n{scales}- single_choice: A\n  options:\n  - {choice}\n"
    what = "The texts of the guide take more than 192 KiB. Split it in two."
    assert read_guide("g.yaml", text.encode()) == Problems((Problem(0, "", what),))
