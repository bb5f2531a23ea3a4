"""Elsewhere only the page knew that a question had closed: a copied request or a slow phone still
put answers in, and the screen and the file disagreed about the rest."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.cases.crowd import joined, room_of, table
from tests.web.edge import CHOICE, LAST, TEXT, Edge, MovedClock
from tests.web.line import Line
from turnout.domain.guide import Item, OpenText

QUICK = (Item(1, "Quick!", OpenText(), duration=30, auto_close=True),)
STRANGE = 99
"""A question of some other conversation: this guide has no such item."""


def outcome(said: dict[str, Any]) -> str:
    """`open`, `late`, or the code of the refusal."""
    if said["t"] == "refused":
        code: str = said["code"]
        return code
    return "late" if said.get("late") else "open"


@pytest.fixture
def still(own_edge: Edge, monkeypatch: pytest.MonkeyPatch) -> Edge:
    """A server whose clock moves in the hands of the test alone, to the millisecond."""
    at = own_edge.clock()
    monkeypatch.setattr(MovedClock, "__call__", lambda clock: at + clock.ahead)
    return own_edge


@pytest.mark.parametrize("grace", [0, 1, 60, 600])
async def test_the_servers_clock_decides_to_the_millisecond(still: Edge, grace: int) -> None:
    talk = await still.talk(grace=grace, do=("publish", "start", "next"))
    people = [await joined(still, talk, place) for place in range(3)]
    async with room_of(people) as (early, within, after):
        assert outcome(await early.answer(CHOICE, {"option": 1})) == "gone"
        await still.command(talk, "next")
        assert outcome(await early.answer(CHOICE, {"option": 1})) == "open"
        await still.command(talk, "close")
        still.clock.advance(grace * 1000)
        assert outcome(await within.answer(CHOICE, {"option": 1})) == "late"
        still.clock.advance(1)
        assert outcome(await after.answer(CHOICE, {"option": 1})) == "closed"
    rows = await table(still, talk, "answers.csv")
    assert [(row["participant_id"], row["late"]) for row in rows] == [
        (talk.pids[0], "no"),
        (talk.pids[1], "yes"),
    ]


@pytest.mark.parametrize(
    ("after", "expected"),
    [(29_999, "open"), (30_001, "late"), (90_000, "late"), (90_001, "closed")],
)
async def test_a_question_that_closes_by_itself_closes_when_it_is_due(
    still: Edge, after: int, expected: str
) -> None:
    talk = await still.talk(items=QUICK, do=("publish", "start", "next"))
    async with (await joined(still, talk)).arrived() as line:
        still.clock.advance(after)
        assert outcome(await line.answer(1, {"text": "now"})) == expected


@pytest.mark.parametrize(("after", "expected"), [(60_000, "late"), (60_001, "closed")])
async def test_the_end_closes_what_is_open(still: Edge, after: int, expected: str) -> None:
    talk = await still.talk()
    async with (await joined(still, talk)).arrived() as line:
        await still.command(talk, "end")
        still.clock.advance(after)
        assert outcome(await line.answer(CHOICE, {"option": 1})) == expected
        assert outcome(await line.answer(TEXT, {"text": "never asked"})) == "gone"


@pytest.mark.parametrize("question", [STRANGE, LAST])
async def test_what_was_not_asked_here_takes_no_answer(edge: Edge, question: int) -> None:
    talk = await edge.talk()
    async with (await joined(edge, talk)).arrived() as line:
        assert outcome(await line.answer(question, {"text": "elsewhere"})) == "gone"
    assert await table(edge, talk, "answers.csv") == []


@pytest.mark.parametrize("name", ["at", "now", "answered_at", "sent_at", "timestamp", "clock"])
async def test_a_time_that_the_client_makes_up_changes_nothing(still: Edge, name: str) -> None:
    talk = await still.talk()
    people = [await joined(still, talk, place) for place in range(2)]
    forged = {name: still.clock(), "late": False}

    async def forge(line: Line, aid: str) -> dict[str, Any]:
        frame = {"t": "answer", "aid": aid, "question": CHOICE, "base": 0, "body": {"option": 1}}
        await line.send(frame | forged)
        while (said := await line.receive())["t"] not in ("accepted", "refused"):
            pass
        return said

    async with room_of(people) as (within, after):
        await still.command(talk, "close")
        still.clock.advance(59_000)
        assert outcome(await forge(within, "0" * 8 + "-0000-4000-8000-" + "1" * 12)) == "late"
        still.clock.advance(2_000)
        assert outcome(await forge(after, "0" * 8 + "-0000-4000-8000-" + "2" * 12)) == "closed"
    assert [row["late"] for row in await table(still, talk, "answers.csv")] == ["yes"]


async def test_five_hundred_who_answer_while_it_closes_all_learn_what_became_of_it(
    own_edge: Edge,
) -> None:
    """No grace, so that both outcomes are certain to be among them."""
    edge, before, during = own_edge, 100, 400
    talk = await edge.talk(most=500, grace=0)
    people = [await joined(edge, talk, place) for place in range(500)]
    async with room_of(people) as lines, edge.console(talk) as screen:
        await screen.next("tally")
        said = list(await asyncio.gather(*map(choose, lines[:before])))
        closing = asyncio.create_task(edge.command(talk, "close"))
        rest = await asyncio.gather(*map(choose, lines[before:during]))
        await closing
        edge.clock.advance(1)
        said += [*rest, *await asyncio.gather(*map(choose, lines[during:]))]
        accepted = {
            pid
            for pid, answer in zip(talk.pids, said, strict=True)
            if outcome(answer) in ("open", "late")
        }
        assert accepted >= set(talk.pids[:before])
        assert {outcome(answer) for answer in said[during:]} == {"closed"}
        rows = await table(edge, talk, "answers.csv")
        assert {row["participant_id"] for row in rows} == accepted
        assert len(rows) == len(accepted)
        assert await counted(screen, len(rows)) == len(rows)


async def choose(line: Line) -> dict[str, Any]:
    return await line.answer(CHOICE, {"option": 1})


async def counted(screen: Line, expected: int) -> int:
    """What a moderator's screen shows in the end; the last tally after the command's event."""
    shown: int = 0
    while shown < expected:
        for question in (await screen.next("tally"))["questions"]:
            shown = question["answered"]
    later = [await screen.next("tally") for _ in range(2)]
    after: list[int] = [q["answered"] for tally in later for q in tally["questions"]]
    return max([shown, *after])
