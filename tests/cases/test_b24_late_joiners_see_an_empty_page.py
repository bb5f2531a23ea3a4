"""Elsewhere whoever came while a question was running got the page of the game, without any
question."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from tests.cases.crowd import table
from tests.e2e.browsing import Browsing
from tests.e2e.site import Site
from tests.web.browser import Browser
from tests.web.edge import CHOICE, HELLO, LAST, TEXT, Edge

SENT = ("publish", "start", "next", "next", "next", "next")
GUIDE = "items:\n  - message: Welcome.\n" + "".join(
    f"  - open_text: What about {n}?\n" for n in range(1, 4)
)


async def watch(browser: Browser, until: int) -> list[int]:
    """Join, and look until this question is open; every question that was seen to open, in
    order."""
    assert (await browser.join()).status_code == 200
    async with browser.open() as line:
        await browser.hello(line)
        welcome = await line.next("welcome")
        items = welcome["state"]["items"]
        assert len({one["item"]["id"] for one in items}) == len(items)
        seen = [one["item"]["id"] for one in items if one["status"] == "open"]
        rev = welcome["rev"]
        while not seen or seen[-1] != until:
            event = await line.next("event")
            assert event["prev"] == rev
            rev = event["rev"]
            if event["event"]["kind"] == "opened":
                seen.append(event["event"]["item"]["id"])
        assert await line.beat() == rev
        return seen


@pytest.mark.parametrize(
    ("after", "to_the_one_before"),
    [(1, "late"), (1_000, "late"), (61_000, "closed"), (50 * 60_000, "closed")],
)
async def test_who_comes_late_sees_what_was_said_and_the_open_question_at_once(
    own_edge: Edge, after: int, to_the_one_before: str
) -> None:
    edge = own_edge
    talk = await edge.talk(do=SENT)
    edge.clock.advance(after)
    browser = Browser(edge, talk, talk.pids[0])
    joined = (await browser.join()).json()["welcome"]
    async with browser.open() as line:
        await browser.hello(line)
        welcome = await line.next("welcome")
        shown = [(one["item"]["id"], one["status"]) for one in welcome["state"]["items"]]
        assert shown == [(HELLO, "closed"), (CHOICE, "closed"), (TEXT, "closed"), (LAST, "open")]
        assert welcome["state"] == joined["state"]
        assert (welcome["progress"]["asked"], welcome["progress"]["present"]) == (3, 1)
        said = await line.answer(TEXT, {"text": "afterwards"})
        assert ("late" if said.get("late") else said["code"]) == to_the_one_before
        assert (await line.answer(LAST, {"text": "now"}))["t"] == "accepted"


async def test_who_comes_between_the_tap_on_next_and_its_arrival_sees_the_question_once(
    own_edge: Edge,
) -> None:
    edge = own_edge
    talk = await edge.talk(most=200, do=SENT[:-1])

    async def send() -> None:
        while not await table(edge, talk, "participant_data.csv"):
            await asyncio.sleep(0)
        await edge.command(talk, "next")

    browsers = [Browser(edge, talk, pid) for pid in talk.pids]
    *seen, _ = await asyncio.gather(*(watch(browser, LAST) for browser in browsers), send())
    assert all(opened in ([TEXT, LAST], [LAST]) for opened in seen)
    rows = await table(edge, talk, "participant_data.csv")
    assert len(rows) == 200
    assert {row["questions_asked"] for row in rows} == {"3"}


async def test_the_page_of_a_late_joiner_shows_the_open_question(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, *SENT)
    phone = await browsing.join(talk.links[0])
    await expect(phone.get_by_role("heading", name="What about 3?")).to_be_visible()
    await expect(phone.get_by_role("heading", name="What about")).to_have_count(1)
    await expect(phone.get_by_text("0 of 3 answered")).to_be_visible()
