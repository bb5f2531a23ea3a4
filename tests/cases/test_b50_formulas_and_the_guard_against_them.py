"""Elsewhere a cell that began with "=" could start a program in Excel; and where that was mended,
negative numbers got apostrophes that nobody understood."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
import zipfile
from typing import Any

import pytest

from tests.cases.crowd import download, joined, table
from tests.web.edge import Edge, Talk
from turnout.domain.guide import Item, MultipleChoice, Number, OpenText, Option, Scale, SingleChoice

RUNS = (
    '=HYPERLINK("https://evil.example","tap")',
    "=cmd|' /C calc'!A0",
    "+1",
    "-5",
    "--1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    "\ttab",
    "  =1",
    "\u00a0=1",
    "\u200b=1",
    "\ufeff=1",
    "\u202e=1",
    "\uff1d1",
    "\uff0b1",
    "\uff0d1",
    "\uff20x",
    "\ufe621",
    "- a list",
)
HARMLESS = (
    ";=1",
    ",=1",
    '"=1',
    "'=1",
    "a=1",
    "1-2",
    "e@mail.example",
    "\u20135",
    "¡=!",
    "0",
    "'",
)
START = "=+-@\t\r"
TEXT, PICK, SEVERAL, NUMBER, SCALE = 1, 2, 3, 4, 5


def items(text: str) -> tuple[Item, ...]:
    """A guide that says this everywhere."""
    options = (Option(text), Option(f"{text} 2"))
    return (
        Item(TEXT, text, OpenText()),
        Item(PICK, f"{text}?", SingleChoice(options, other=True)),
        Item(SEVERAL, "Which?", MultipleChoice(options, other=True)),
        Item(NUMBER, "How many?", Number(-100, 100, 0.5)),
        Item(SCALE, "How cold?", Scale(-5, 5)),
    )


async def answered(edge: Edge, text: str) -> Talk:
    """Somebody wrote this wherever something can be written, and -3.5 and -5 as numbers."""
    do = ("publish", "start", *["next"] * 5)
    talk = await edge.talk(items=items(text), title=f"{text} T", do=do)
    bodies: dict[int, dict[str, Any]] = {
        TEXT: {"text": text},
        PICK: {"other": text},
        SEVERAL: {"options": [2, 1], "other": text},
        NUMBER: {"number": -3.5},
        SCALE: {"number": -5},
    }
    async with (await joined(edge, talk)).arrived() as line:
        for question, body in bodies.items():
            said = await line.answer(question, body)
            assert said["t"] == "accepted", said
    async with (await joined(edge, talk, 1)).arrived() as line:
        assert (await line.answer(PICK, {"option": 1}))["t"] == "accepted"
    return talk


def runs(cell: str) -> bool:
    """Whether a spreadsheet program may run it: some trim, some read wide forms as plain ones."""
    bare = cell.lstrip("\u200b\ufeff\u202e\u2060 \u00a0\n\v\f")
    return unicodedata.normalize("NFKC", bare)[:1] in (*START,) or cell[:1] in (*START,)


def cells(data: bytes, delimiter: str) -> list[str]:
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    return [cell for row in csv.reader(text, delimiter=delimiter, strict=True) for cell in row]


@pytest.mark.parametrize("text", [*RUNS, *HARMLESS])
async def test_no_cell_of_any_file_runs_but_true_numbers_stay_numbers(
    edge: Edge, text: str
) -> None:
    talk = await answered(edge, text)
    for delimiter, sign in (("comma", ","), ("semicolon", ";")):
        bundle = await download(edge, talk, f"bundle.zip?delimiter={delimiter}")
        with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
            names = [name for name in archive.namelist() if name.endswith(".csv")]
            assert len(names) == 6
            found = [cell for name in names for cell in cells(archive.read(name), sign)]
    assert {cell for cell in found if runs(cell)} == {"-3.5", "-5"}
    rows = await table(edge, talk, "answers.csv")
    numbers = {row["question_id"]: row["answer"] for row in rows if row["type"] != "open_text"}
    assert (float(numbers[str(NUMBER)]), int(numbers[str(SCALE)])) == (-3.5, -5)


@pytest.mark.parametrize("text", RUNS)
async def test_the_guard_is_one_apostrophe_and_the_json_has_the_exact_text(
    edge: Edge, text: str
) -> None:
    talk = await answered(edge, text)
    rows = [row["answer"] for row in await table(edge, talk, "answers.csv")]
    several = "|".join(part.replace("|", "¦") for part in (text, f"{text} 2", text))
    assert rows == ["'" + text] * 3 + ["'" + several, "-3.5", "-5"]
    whole = json.loads((await download(edge, talk, "data.json")).content)
    written = [answer["answer"] for answer in whole["answers"]]
    assert written[0] == {"text": text}
    assert whole["answers"][0]["question"] == text
    assert whole["answers"][2]["chosen"] == [text]


@pytest.mark.parametrize("text", HARMLESS)
async def test_what_would_not_run_is_left_as_it_is(edge: Edge, text: str) -> None:
    talk = await answered(edge, text)
    rows = await table(edge, talk, "answers.csv")
    assert [row["answer"] for row in rows[:3]] == [text] * 3
    assert rows[0]["question"] == text


@pytest.mark.parametrize("text", RUNS)
async def test_what_was_exported_and_is_read_in_again_is_not_doubled(edge: Edge, text: str) -> None:
    talk = await answered(edge, text)
    for _ in range(2):
        before = await table(edge, talk, "answers.csv")
        talk = await answered(edge, before[0]["answer"])
    after = await table(edge, talk, "answers.csv")
    assert after[0]["answer"] == before[0]["answer"] == "'" + text
