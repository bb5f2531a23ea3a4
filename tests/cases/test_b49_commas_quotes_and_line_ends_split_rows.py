"""Elsewhere eleven answers became eighteen rows, since texts with commas and line ends were written
as they were: whatever people write, one answer is one cell."""

from __future__ import annotations

import json
import random

import pytest

from tests.cases.crowd import download, joined, room_of, strictly, table
from tests.web.browser import Browser
from tests.web.edge import Edge, Talk
from tests.web.line import aid
from turnout.domain.guide import Item, OpenText, Option, SingleChoice

TEXTS = (
    "a, b,,c",
    "a;b;;c",
    'she said "no", twice ""',
    '"',
    '""""',
    "it's ''quoted''",
    "tab\tbetween",
    "CR\ralone",
    "LF\nalone",
    "CRLF\r\ntogether",
    "an empty line\n\n\r\nwithin",
    "line\u2028separator\u2029paragraph\u0085next",
    "\x0bvertical\x0cfeed",
    "\x1cfile\x1dgroup\x1erecord",
    " a blank before",
    "a blank behind ",
    "\u00a0 no break \u3000",
    "a|pipe|and\\backslash",
    "\n",
    ",;\"'\t\r\n" * 200,
    "🚲" * 2_000,
    "x" * 2_000,
    "\ufeffa mark of its own",
    "NULL",
    "#comment",
)
VISIBLE = tuple(text for text in TEXTS if text.strip())
PIECES = (*",;\"'\t\r\n|\\ ", "\r\n", "\u2028", "\x85", "\x0b", "a", "é", "👩🏽‍🚀", "\u200f", "ש")


def guard_undone(cell: str, typed: str) -> bool:
    """Whether this cell is what was typed, apart from the documented apostrophe."""
    return cell in (typed, "'" + typed)


async def exact(edge: Edge, talk: Talk) -> list[str]:
    """The texts of data.json, in the order of answers.csv."""
    whole = json.loads((await download(edge, talk, "data.json")).content)
    return [answer["answer"]["text"] for answer in whole["answers"]]


async def test_every_text_is_one_cell_of_one_row(edge: Edge) -> None:
    talk = await edge.talk(
        most=len(VISIBLE), items=(Item(1, "Why?", OpenText()),), do=("publish", "start", "next")
    )
    people = [await joined(edge, talk, place) for place in range(len(VISIBLE))]
    async with room_of(people, at_once=1) as lines:
        for line, text in zip(lines, VISIBLE, strict=True):
            assert (await line.answer(1, {"text": text}))["t"] == "accepted"
    for delimiter, sign in (("comma", ","), ("semicolon", ";")):
        file = await download(edge, talk, f"answers.csv?delimiter={delimiter}")
        rows = strictly(file.content, sign)
        assert len(rows) == len(VISIBLE)
        for row, pid, text in zip(rows, talk.pids, VISIBLE, strict=True):
            assert row["participant_id"] == pid
            assert guard_undone(row["answer"], text), text
            assert row["withdrawn"] == "no"
    assert await exact(edge, talk) == list(VISIBLE)


@pytest.mark.parametrize("seed", range(4))
async def test_no_mixture_of_them_shifts_a_column(edge: Edge, seed: int) -> None:
    """Questions that were closed a moment ago still take answers: so many at once."""
    dice = random.Random(seed)
    questions, people = 8, 9
    items = tuple(
        Item(id, "?" + "".join(dice.choices(PIECES, k=9)), OpenText())
        for id in range(1, questions + 1)
    )
    do = ("publish", "start", *["next"] * questions)
    talk = await edge.talk(most=people, items=items, do=do)
    typed: dict[tuple[str, str], str] = {}
    for place in range(people):
        async with (await joined(edge, talk, place)).arrived() as line:
            for item in items:
                text = "".join(dice.choices(PIECES, k=dice.randint(1, 12))) + "."
                assert (await line.answer(item.id, {"text": text}))["t"] == "accepted"
                typed[talk.pids[place], str(item.id)] = text
    rows = await table(edge, talk, "answers.csv")
    assert len(rows) == len(typed)
    for row in rows:
        assert guard_undone(row["answer"], typed[row["participant_id"], row["question_id"]])
        assert row["question"] == items[int(row["question_id"]) - 1].text
    asked = await table(edge, talk, "questions.csv")
    assert [row["question"] for row in asked] == [item.text for item in items]


@pytest.mark.parametrize("text", [*VISIBLE[:6], 'Streets, "squares"; and\r\nlanes'])
async def test_titles_questions_and_options_are_cells_too(edge: Edge, text: str) -> None:
    options = (Option(f"{text} 1"), Option(f"2 {text}"))
    items = (Item(1, f"Which? {text}", SingleChoice(options)),)
    talk = await edge.talk(items=items, title=f"T {text}", do=("publish", "start", "next"))
    async with (await joined(edge, talk)).arrived() as line:
        assert (await line.answer(1, {"option": 2}))["t"] == "accepted"
    (row,) = await table(edge, talk, "answers.csv")
    assert (row["question"], row["answer"]) == (f"Which? {text}", f"2 {text}")
    for name in ("links.csv", "answers.csv", "bundle.zip"):
        header = (await download(edge, talk, name)).headers["content-disposition"]
        assert header.isascii()
        assert header.count('"') == 2  # around the plain name alone
        assert header.count(";") == 2


async def test_what_is_too_long_is_refused_and_the_socket_stays(edge: Edge) -> None:
    """As far as a frame goes; a larger one is no answer of a page of ours."""
    talk = await edge.talk(items=(Item(1, "Why?", OpenText()),), do=("publish", "start", "next"))
    async with (await joined(edge, talk)).arrived() as line:
        for text in ("x" * 2_001, "🚲" * 2_001, "x" * 30_000):
            refused = await line.answer(1, {"text": text})
            assert (refused["t"], refused["code"]) == ("refused", "invalid")
            assert refused["why"].startswith("Too long: ")
        assert (await line.answer(1, {"text": "short"}))["t"] == "accepted"
    assert [row["answer"] for row in await table(edge, talk, "answers.csv")] == ["short"]


async def test_a_frame_of_50_kb_is_told_apart_from_an_answer(edge: Edge) -> None:
    talk = await edge.talk(items=(Item(1, "Why?", OpenText()),), do=("publish", "start", "next"))
    browser: Browser = await joined(edge, talk)
    async with browser.arrived() as line:
        body = {"text": "x" * 50_000}
        await line.send({"t": "answer", "aid": aid(), "question": 1, "base": 0, "body": body})
        assert await line.code() == 1009
    async with browser.arrived(tab=2) as line:  # whose page comes back goes on
        assert (await line.answer(1, {"text": "short"}))["t"] == "accepted"
