"""Elsewhere a link that was opened again after the last question began anew and emptied what had
been answered, or put people back at the first question although their answers were there."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import Page, expect

from tests.cases.crowd import download, joined
from tests.e2e.browsing import Browsing
from tests.e2e.site import Site, Talk
from tests.web.browser import Browser
from tests.web.edge import Edge
from turnout.domain.guide import Item, OpenText

TEN = tuple(Item(number, f"Question {number}?", OpenText()) for number in range(1, 11))
FOUR = "items:\n" + "".join(f"  - open_text: What about {n}?\n" for n in range(1, 5))
TO_BE_OVER = 11 * 60_000
"""Milliseconds after which an End is for good."""
FILES = ("participant_data.csv", "answers.csv", "questions.csv", "data.json")


async def all_files(edge: Edge, slug: str) -> list[bytes]:
    path = f"conversations/{slug}/files"
    return [(await edge.staff_get(f"{path}/{name}")).content for name in FILES]


async def test_who_comes_back_is_told_what_they_answered_and_nothing_starts_over(
    own_edge: Edge,
) -> None:
    edge = own_edge
    talk = await edge.talk(items=TEN, do=("publish", "start", "end"))
    edge.clock.advance(TO_BE_OVER)
    await edge.command(talk, "reopen_flex", days=1)
    browser = await joined(edge, talk)
    for visit, answered in enumerate((0, 5, 10, 10), start=1):
        async with browser.open() as line:
            await browser.hello(line, tab=visit)
            welcome = await line.next("welcome")
            assert len(welcome["state"]["items"]) == 10
            held = {one["question"]: one["body"]["text"] for one in welcome["mine"]}
            assert held == {number: f"Answer {number}" for number in range(1, answered + 1)}
            assert welcome["progress"]["percent_answered"] == answered * 10
            for number in range(answered + 1, min(answered + 6, 11)):
                said = await line.answer(number, {"text": f"Answer {number}"})
                assert said["t"] == "accepted"
    await edge.command(talk, "end")
    edge.clock.advance(TO_BE_OVER)
    before = await all_files(edge, talk.slug)

    # After the end and its grace: from an open page, from the link, from another browser.
    for visitor in (browser, Browser(edge, talk, talk.pids[0])):
        assert (await visitor.join()).status_code == 410
        async with visitor.open() as line:
            await visitor.hello(line, tab=9)
            assert (await line.bye())[0] in (4409, 4411)
    await edge.get(f"/c/{talk.slug}?pid={talk.pids[0]}")
    assert await all_files(edge, talk.slug) == before
    assert (await download(edge, talk, "answers.csv")).content.count(b"Answer ") == 10


@pytest.mark.parametrize("text", ["", "\u200b", "Something else"])
async def test_no_answer_is_blanked_or_changed_after_the_end_and_its_grace(
    own_edge: Edge, text: str
) -> None:
    edge = own_edge
    talk = await edge.talk(items=TEN, do=("publish", "start", "next"))
    async with (await joined(edge, talk)).arrived() as line:
        assert (await line.answer(1, {"text": "Mine"}))["t"] == "accepted"
        await edge.command(talk, "end")
        edge.clock.advance(61_000)
        room = await edge.turnout.rooms.find(talk.slug)
        assert room is not None
        while room.settled != room.conversation.final_at:  # at the next tick
            await asyncio.sleep(0.01)
        before = await all_files(edge, talk.slug)
        assert (await line.answer(1, {"text": text}, base=1))["t"] == "refused"
        assert await all_files(edge, talk.slug) == before


async def flex(site: Site) -> Talk:
    """A conversation that is open at people's own pace."""
    talk = await site.talk(FOUR)
    await site.configure(talk, grace=0)
    await site.command(talk, "publish", "start", "end")
    await site.do(talk, "reopen_flex", days=1)
    return talk


async def answer(phone: Page, *numbers: int) -> None:
    """Answer these questions one after the other, each reached by "Next unanswered"."""
    for number in numbers:
        await phone.get_by_role("button", name="Next unanswered").click()
        heading = phone.get_by_role("heading", name=f"What about {number}?")
        await expect(heading).to_be_visible()
        await phone.get_by_label("Your answer").fill(f"This about {number}")
        await phone.get_by_role("button", name="Send answer").click()
        await expect(phone.locator(".status")).to_contain_text("Saved")


async def test_the_page_goes_on_where_people_stopped_and_back_sends_nothing_again(
    site: Site, browsing: Browsing
) -> None:
    talk = await flex(site)
    phone = await browsing.join(talk.links[0])
    await answer(phone, 1, 2)
    context = phone.context
    await phone.close()

    phone = await browsing.visit(await context.new_page(), talk.links[0])
    await expect(phone.get_by_text("2 of 4 answered")).to_be_visible()
    await answer(phone, 3, 4)
    before = await site.file(talk, "answers.csv")
    await phone.go_back()
    await phone.go_forward()
    await expect(phone.get_by_text("4 of 4 answered")).to_be_visible()
    await phone.close()

    phone = await browsing.visit(await context.new_page(), talk.links[0])
    await expect(phone.get_by_text("4 of 4 answered")).to_be_visible()
    await expect(phone.get_by_text("Everything is answered")).to_be_visible()
    await expect(phone.get_by_role("button", name="Next unanswered")).to_have_count(0)
    await phone.get_by_role("button", name="What about 1?").click()
    await expect(phone.get_by_text("This about 1")).to_be_visible()
    assert await site.file(talk, "answers.csv") == before

    await site.command(talk, "end")
    await expect(phone.get_by_role("heading", name="You were counted.")).to_be_visible()
    await phone.reload()
    # For a while the End may be taken back, and the page still knows its owner.
    await expect(phone.get_by_role("heading", name="You were counted.")).to_be_visible()
    await expect(phone.get_by_text("All your answers are saved.")).to_be_visible()
    await expect(phone.get_by_role("button", name="Send answer")).to_have_count(0)
    assert await site.file(talk, "answers.csv") == before
