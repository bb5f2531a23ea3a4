"""Elsewhere answers that were stored twice gave rates above 100 %, and two columns counted
different things: here one rule makes the number, and every place shows the same one."""

from __future__ import annotations

import random
from typing import Any

import pytest

from tests.cases.crowd import joined, table
from tests.web.browser import Browser
from tests.web.edge import Edge, Talk
from turnout.domain.guide import Item, Message, OpenText

SPEECH, LAST = 1, 11
ITEMS = (
    Item(SPEECH, "Welcome.", Message()),
    *(Item(id, f"Question {id}?", OpenText()) for id in range(2, LAST + 1)),
)
ADDED = LAST + 1
WITHDRAWN = 8
SENT = (2, 3, 4, 5, 6, 7, WITHDRAWN)
COUNTED = {2, 3, 4, 5, 6, 7, ADDED}
"""Seven sent, one of them taken back, one added on the fly: seven count."""


async def give(browser: Browser, question: int, times: int = 1) -> None:
    """Answer, and change it so often."""
    async with browser.open() as line:
        await browser.hello(line, tab=next(TABS))
        welcome = await line.next("welcome")
        base = {mine["question"]: mine["revision"] for mine in welcome["mine"]}.get(question, 0)
        for revision in range(base, base + times):
            said = await line.answer(question, {"text": f"{question}.{revision}"}, base=revision)
            assert said["t"] == "accepted", said
            progress = said["progress"]
            if progress["asked"]:
                assert 0 <= progress["percent_answered"] <= 100
            else:
                assert progress["percent_answered"] is None


TABS = iter(range(1, 1_000_000))


async def percentages(edge: Edge, talk: Talk) -> dict[str, int]:
    """Of everybody who joined, after a look at every other place that shows them."""
    rows = await table(edge, talk, "participant_data.csv")
    answers = await table(edge, talk, "answers.csv")
    asked = await table(edge, talk, "questions.csv")
    counted = [row for row in answers if row["withdrawn"] == "no"]
    assert len({(row["participant_id"], row["question_id"]) for row in answers}) == len(answers)
    assert sum(int(row["questions_answered"]) for row in rows) == len(counted)
    assert sum(int(row["answered"]) for row in asked) == len(counted)
    shown = await on_the_screen(edge, talk)
    for row in rows:
        mine = [one for one in counted if one["participant_id"] == row["participant_id"]]
        assert row["questions_asked"] == str(len(asked))
        assert row["questions_answered"] == str(len(mine))
        expected = "" if not asked else str(100 * len(mine) // len(asked))
        assert row["percent_answered"] == expected
        assert row["percent_while_present"] == "" or 0 <= int(row["percent_while_present"]) <= 100
        body = {"pid": row["participant_id"]}
        explained = await edge.staff_post(f"conversations/{talk.slug}/explain", body)
        assert explained.json()["percent_answered"] == (int(expected) if expected else None)
        assert shown[row["participant_id"]] == (int(expected) if expected else None)
    return {row["participant_id"]: int(row["percent_answered"] or 0) for row in rows}


async def on_the_screen(edge: Edge, talk: Talk) -> dict[str, Any]:
    """The percentages that a moderator sees."""
    async with edge.console(talk) as screen:
        people = (await screen.next("tally"))["people"]
    return {person["pid"]: person["percent_answered"] for person in people}


async def test_whoever_answered_whatever_however_often_has_the_right_percentage(
    own_edge: Edge,
) -> None:
    edge = own_edge
    talk = await edge.talk(most=6, several=True, items=ITEMS, do=("publish", "start", "next"))
    whole, changing, two, none, flexible = [await joined(edge, talk, n) for n in range(5)]
    other_device = await joined(edge, talk, 2)
    for browser in (none, other_device):
        async with browser.arrived():
            pass
    late: Browser | None = None
    for number, question in enumerate(SENT):
        await edge.command(talk, "send", item=question)
        if number == 4:
            late = await joined(edge, talk, 5)
        await give(whole, question)
        await give(changing, question, 3)
        await give((two, other_device)[number % 2], question)
        if late is not None:
            await give(late, question)
        if question == 2:
            await give(flexible, question)
    await edge.command(talk, "withdraw", item=WITHDRAWN)
    await edge.command(talk, "send", item=2)
    await give(two, 2)
    await edge.command(talk, "send", item=SPEECH)
    await edge.command(talk, "add", draft={"type": "open_text", "text": "One more?"}, after=LAST)
    await edge.command(talk, "send", item=ADDED)
    for one in (whole, changing, two, late):
        assert one is not None
        await give(one, ADDED)
    asked = await table(edge, talk, "questions.csv")
    assert {int(row["question_id"]) for row in asked} == COUNTED
    live = [100, 100, 100, 0, 100 // 7, 300 // 7]
    assert await percentages(edge, talk) == dict(zip(talk.pids, live, strict=True))

    await edge.command(talk, "end")
    edge.clock.advance(61_000)
    await edge.command(talk, "reopen_flex", days=1)
    for question in (9, 10):  # asked in flex alone: now ten count
        await give(flexible, question, 2)
    in_flex = [70, 70, 70, 0, 30, 30]
    assert await percentages(edge, talk) == dict(zip(talk.pids, in_flex, strict=True))
    again = await table(edge, talk, "participant_data.csv?run=live")
    found = {row["participant_id"]: int(row["percent_answered"]) for row in again}
    assert found == dict(zip(talk.pids, live, strict=True))


async def test_what_was_answered_live_is_locked_in_flex_and_counts_once(own_edge: Edge) -> None:
    talk = await own_edge.talk(items=ITEMS[:3], do=("publish", "start", "next", "next"))
    browser = await joined(own_edge, talk)
    await give(browser, 2)
    await own_edge.command(talk, "end")
    own_edge.clock.advance(61_000)
    await own_edge.command(talk, "reopen_flex", days=1)
    async with browser.arrived(tab=next(TABS)) as line:
        refused = await line.answer(2, {"text": "again"}, base=1)
        assert refused["code"] == "closed"
    assert await percentages(own_edge, talk) == {talk.pids[0]: 50}


@pytest.mark.parametrize("seed", range(8))
async def test_no_course_of_events_takes_it_out_of_0_to_100(edge: Edge, seed: int) -> None:
    """What a moderator and people do in any order; every place is compared after each step."""
    dice = random.Random(seed)
    talk = await edge.talk(most=4, items=ITEMS, do=("publish", "start"))
    people = [await joined(edge, talk, place) for place in range(4)]
    for browser in people:
        async with browser.arrived(tab=next(TABS)):
            pass
    opened: list[int] = []
    for _ in range(12):
        match dice.choice(("send", "send", "answer", "answer", "withdraw", "close")):
            case "send":
                question = dice.choice(range(2, 7))
                await edge.command(talk, "send", item=question)
                opened.append(question)
            case "withdraw" if opened:
                await edge.command(talk, "withdraw", item=dice.choice(opened))
            case "close":
                await edge.command(talk, "close")
            case "answer" if opened:
                await give(dice.choice(people), dice.choice(opened), dice.randint(1, 3))
            case _:
                continue
        assert all(0 <= one <= 100 for one in (await percentages(edge, talk)).values())
    assert opened
