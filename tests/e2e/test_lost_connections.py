"""Networks and servers that go away: an answer goes by itself when they are back, and is never
shown as saved before (I3)."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing, go_offline
from tests.e2e.site import Site

GUIDE = """\
items:
  - open_text: What would you change?
  - single_choice: Do you agree?
    options: ["Yes", "No"]
"""
WATCH_STATUS = """() => {
  window.seen = [];
  const note = () => {
    const now = document.querySelector('.status')?.textContent ?? '';
    if (now !== window.seen.at(-1)) window.seen.push(now);
  };
  new MutationObserver(note).observe(
    document.body, { subtree: true, childList: true, characterData: true, attributes: true });
  note();
}"""
"""Keeps every word that ever stood in the answer's status."""


async def test_b31_an_answer_without_network_goes_by_itself(site: Site, browsing: Browsing) -> None:
    browsing.expected = "ERR_INTERNET_DISCONNECTED"
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await expect(phone.get_by_label("Your answer")).to_be_visible()
    await go_offline(phone)
    await send_without_server(phone)
    assert len((await site.file(talk, "answers.csv")).splitlines()) == 1

    await phone.context.set_offline(False)
    await expect(phone.locator(".status")).to_contain_text("Saved")
    assert ",Benches," in await site.file(talk, "answers.csv")


async def test_an_answer_outlives_the_server(own_site: Site, own_browsing: Browsing) -> None:
    own_browsing.expected = "WebSocket connection to|ERR_"
    talk = await own_site.talk(GUIDE, "publish", "start", "next")
    phone = await own_browsing.join(talk.links[0])
    await expect(phone.get_by_label("Your answer")).to_be_visible()
    own_site.server.kill()
    await send_without_server(phone)
    await expect(phone.get_by_text("Your answer is safe on this device.")).to_be_visible()
    assert not any("Saved" in words for words in await phone.evaluate("window.seen"))

    await own_site.server.restart()
    await expect(phone.locator(".status")).to_contain_text("Saved", timeout=25_000)
    assert ",Benches," in await own_site.file(talk, "answers.csv")
    await own_site.command(talk, "next")
    await expect(phone.get_by_role("heading", name="Do you agree?")).to_be_visible()


async def send_without_server(phone: Page) -> None:
    """Press Send while nobody can answer. The page says that it waits, and nothing else."""
    await phone.evaluate(WATCH_STATUS)
    await phone.get_by_label("Your answer").fill("Benches")
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Waiting to send")
    seen = await phone.evaluate("window.seen")
    assert any("Waiting to send" in words for words in seen)
    assert not any("Saved" in words for words in seen)
