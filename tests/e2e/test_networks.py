"""Networks that lose their way, refuse live lines, or come back too late: a page recovers by
itself, and says nothing that is not so."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.line import Line, line_to
from tests.e2e.site import Site, Talk

GUIDE = """\
items:
  - open_text: What would you change?
  - single_choice: Do you agree?
    options: ["Yes", "No"]
  - open_text: Why?
"""
BACK = 5_000
"""Milliseconds in which a page that is looked at again shows what is so."""


@dataclass
class Far:
    """A conversation whose participants come over a line that has faults."""

    site: Site
    line: Line
    browsing: Browsing

    def link(self, talk: Talk, number: int = 0) -> str:
        """A link as it works over the line."""
        return f"{self.browsing.origin}{talk.links[number].removeprefix(self.site.address)}"


@pytest.fixture
async def far(site: Site, browser: Browser) -> AsyncIterator[Far]:
    async with line_to(site.server.url) as line:
        browsing = Browsing(browser, f"http://localhost:{line.port}", {})
        browsing.expected = "WebSocket connection to|ERR_|status of 400"
        yield Far(site, line, browsing)
        await browsing.finish()


async def look_again(page: Page) -> None:
    """Somebody takes the phone into the hand: the page was hidden, and is seen."""
    await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


async def test_b21_a_line_that_died_silently_is_found_out_when_the_page_is_looked_at(
    far: Far,
) -> None:
    talk = await far.site.talk(GUIDE, "publish", "start", "next")
    phone = await far.browsing.join(far.link(talk))
    await expect(phone.get_by_role("heading", name="What would you change?")).to_be_visible()
    far.line.lose()
    await far.site.command(talk, "next", "next")
    await expect(phone.get_by_role("heading", name="What would you change?")).to_be_visible()
    far.line.mode = "open"
    await look_again(phone)
    await expect(phone.get_by_role("heading", name="Why?")).to_be_visible(timeout=BACK)
    await expect(phone.get_by_role("heading", level=1)).to_have_count(1)
    assert [link["joined"] for link in await far.site.links(talk)] == [True, False, False]


async def test_b21_a_page_that_was_frozen_goes_on_when_it_is_back(far: Far) -> None:
    talk = await far.site.talk(GUIDE, "publish", "start", "next")
    phone = await far.browsing.join(far.link(talk))
    await expect(phone.get_by_role("heading", name="What would you change?")).to_be_visible()
    far.line.lose()
    await far.site.command(talk, "next", "next")
    far.line.mode = "open"
    # What a browser says then; one without a screen neither freezes pages nor says it.
    await phone.evaluate("document.dispatchEvent(new Event('resume'))")
    await expect(phone.get_by_role("heading", name="Why?")).to_be_visible(timeout=BACK)


async def test_b21_an_attempt_that_hangs_is_given_up(far: Far) -> None:
    talk = await far.site.talk(GUIDE, "publish", "start", "next")
    phone = await far.browsing.join(far.link(talk))
    await phone.get_by_label("Your answer").fill("Benches")
    far.line.lose()
    await look_again(phone)
    await expect(phone.get_by_text("Reconnecting")).to_be_visible()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Waiting to send")
    # The attempt that runs now hangs for ever. Nobody touches the phone.
    far.line.mode = "open"
    await expect(phone.locator(".status")).to_contain_text("Saved", timeout=25_000)


async def test_b22_a_network_that_refuses_live_lines_is_named(far: Far) -> None:
    talk = await far.site.talk(GUIDE, "publish", "start", "next")
    far.line.mode = "no sockets"
    phone = await far.browsing.phone(far.link(talk))
    await phone.get_by_role("button", name="Join").click()
    told = phone.get_by_text("Your network blocks live updates")
    await expect(told).to_be_visible(timeout=20_000)
    await expect(phone.get_by_text("Switch from Wi-Fi to mobile data")).to_be_visible()
    far.line.mode = "open"
    await phone.get_by_role("button", name="Try again").click()
    await expect(phone.get_by_role("heading", name="What would you change?")).to_be_visible()
    await expect(told).to_have_count(0)


async def test_b31_what_waits_on_the_phone_goes_also_from_a_page_that_was_closed(far: Far) -> None:
    talk = await far.site.talk(GUIDE, "publish", "start", "next")
    phone = await far.browsing.join(far.link(talk))
    await expect(phone.get_by_label("Your answer")).to_be_visible()
    far.line.lose()
    await phone.get_by_label("Your answer").fill("Benches")
    await phone.get_by_role("button", name="Send answer").click()
    await look_again(phone)
    await expect(phone.get_by_text("Your answer is safe on this device.")).to_be_visible()
    context = phone.context
    await phone.close()
    assert len((await far.site.file(talk, "answers.csv")).splitlines()) == 1
    # The phone has another network now: what it had open is gone.
    await far.line.end()
    far.line.mode = "open"
    again = await far.browsing.visit(await context.new_page(), far.link(talk))
    await expect(again.locator(".status")).to_contain_text("Saved")
    assert ",Benches," in await far.site.file(talk, "answers.csv")


async def test_b31_what_comes_too_late_is_not_counted_and_says_so(far: Far) -> None:
    talk = await far.site.talk(GUIDE)
    await far.site.configure(talk, grace=1)
    await far.site.command(talk, "publish", "start", "next")
    phone = await far.browsing.join(far.link(talk))
    await expect(phone.get_by_label("Your answer")).to_be_visible()
    far.line.lose()
    await phone.get_by_label("Your answer").fill("Benches")
    await phone.get_by_role("button", name="Send answer").click()
    await look_again(phone)
    await expect(phone.locator(".status")).to_contain_text("Waiting to send")
    await far.site.command(talk, "close")
    await asyncio.sleep(1.2)  # the grace of this conversation
    far.line.mode = "open"
    await look_again(phone)
    await expect(phone.locator(".status")).to_contain_text("Not counted", timeout=20_000)
    await expect(phone.locator(".status")).to_contain_text("That was the connection, not you.")
    await expect(phone.get_by_role("status").filter(has_text="Saved")).to_have_count(0)
    await phone.get_by_role("button", name="Go on").click()
    await far.site.command(talk, "next")
    await expect(phone.get_by_role("heading", name="Do you agree?")).to_be_visible()
    assert len((await far.site.file(talk, "answers.csv")).splitlines()) == 1
