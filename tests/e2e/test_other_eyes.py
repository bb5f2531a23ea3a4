"""Participants with other eyes and hands: colours that the system forces, no motion, text twice as
large, a keyboard alone, a screen reader."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing, go_offline, tab_to
from tests.e2e.site import Site

GUIDE = """\
items:
  - message: Welcome! There are no right answers here. What counts is what you see on your own way.
  - multiple_choice: Which of these have you used in the last month?
    options:
      - A bicycle
      - Donaudampfschifffahrtsgesellschaftskapitaenspatentbewerberliste
      - exclusive: None of the above
    other: true
  - open_text: What would make your street better?
  - number: How many minutes were you on the way?
    min: 0
    max: 600
  - scale: How safe do you feel?
    min: 0
    max: 10
"""
MOVING = """() => document.getAnimations().filter(one => one.playState === 'running')
  .map(one => one.animationName ?? one.transitionProperty)"""
BARE = """() => [...document.querySelectorAll(
  '.btn, .choice, .line, textarea, .banner, dialog, .note, .tile, .letters > *, .dock-side'
)].filter(one => one.offsetParent !== null && !['solid', 'inset', 'outset']
  .includes(getComputedStyle(one).borderBlockStartStyle)).map(one => one.className)"""
"""Parts that no edge sets apart, where fills and shadows are not drawn."""
FORCED = "(forced-colors: active) and (prefers-reduced-motion: reduce)"
USUAL = 16
"""Pixels of the letters that a browser's owner chose."""
MOST = 0.4
"""Of the screen's height, that what stays at its foot may take."""
COVERED = """() => {
  const dock = document.querySelector('.dock');
  return dock === null || getComputedStyle(dock).position === 'static'
    ? 0 : dock.getBoundingClientRect().height / innerHeight;
}"""
CUT = """() => [...document.querySelectorAll('main *')].filter(one =>
  one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX === 'hidden'
  && !one.closest('.vh, .clip, .word')).map(one => one.className)"""
BROKEN = """() => [...document.querySelectorAll('.btn')].flatMap(button => {
  const text = document.createTreeWalker(button, NodeFilter.SHOW_TEXT).nextNode();
  return [...(text?.data ?? '').matchAll(/\\S+/g)].filter(word => {
    const range = new Range();
    range.setStart(text, word.index);
    range.setEnd(text, word.index + word[0].length);
    return range.getClientRects().length > 1;
  }).map(word => word[0]);
})"""
"""Words of buttons that stand on more than one line."""
HEAR = """() => {
  window.heard = [];
  const known = new Map();
  const words = region => {
    const copy = region.cloneNode(true);
    copy.querySelectorAll('[aria-hidden=true]').forEach(part => part.remove());
    return copy.textContent.trim();
  };
  const note = () => {
    for (const region of document.querySelectorAll('[role=status], [aria-live=polite]')) {
      const now = words(region);
      if (known.has(region) && known.get(region) !== now && now) window.heard.push(now);
      known.set(region, now);
    }
  };
  new MutationObserver(note).observe(
    document.body, { subtree: true, childList: true, characterData: true });
  note();
}"""
"""Listens as the more cautious screen readers do: to what changes in a region that was there."""


async def look(page: Page, shots: Path, name: str) -> None:
    """Fail if these people miss something of this screen."""
    usual = page.viewport_size
    assert usual is not None
    assert await page.evaluate(f"matchMedia('{FORCED}').matches")
    await page.screenshot(path=shots / f"eyes-{name}-forced.png")
    assert not await page.evaluate(MOVING), f"{name} moves"
    assert not await page.evaluate(BARE), f"{name} has parts without an edge"
    tools = await page.context.new_cdp_session(page)
    for width, size in ((320, USUAL), (360, 2 * USUAL)):
        await page.set_viewport_size({"width": width, "height": 780})
        await tools.send("Page.setFontSizes", {"fontSizes": {"standard": size}})
        await page.screenshot(path=shots / f"eyes-{name}-{width}-{size}.png")
        assert await page.evaluate("getComputedStyle(document.body).fontSize") == f"{size}px"
        wide = await page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} scrolls sideways at {width}, {size}"
        assert not await page.evaluate(BROKEN), f"{name} breaks words at {width}, {size}"
        assert not await page.evaluate(CUT), f"{name} is cut off at {width}, {size}"
        assert await page.evaluate(COVERED) <= MOST, f"{name} is covered at {width}, {size}"
    await tools.send("Page.setFontSizes", {"fontSizes": {"standard": USUAL}})
    await tools.detach()
    await page.set_viewport_size(usual)


@pytest.mark.long
async def test_forced_colours_large_text_and_no_motion(
    site: Site, browsing: Browsing, shots: Path
) -> None:
    browsing.expected = "status of 4(09|10)"  # the other device goes on asking, past the end
    talk = await site.talk(GUIDE, "publish")
    phone = await browsing.phone(talk.links[0])
    await phone.emulate_media(forced_colors="active", reduced_motion="reduce")
    await expect(phone.get_by_role("heading", name="Before we start")).to_be_visible()
    await look(phone, shots, "terms")
    await site.command(talk, "start")
    await expect(phone.get_by_role("button", name="Join")).to_be_visible()
    await look(phone, shots, "join")
    await phone.get_by_role("button", name="Join").click()
    await site.command(talk, "next", "next")
    await phone.get_by_label("A bicycle").check()
    await phone.get_by_label("Other").check()
    await look(phone, shots, "several")
    await phone.keyboard.press("Shift+Tab")
    await phone.keyboard.press("Shift+Tab")
    await phone.keyboard.press("Shift+Tab")
    row = phone.locator(".choice", has=phone.get_by_label("A bicycle"))
    await expect(phone.get_by_label("A bicycle")).to_be_focused()
    await expect(row).to_have_css("outline-width", "3px")
    other = await browsing.phone(talk.links[0])
    await other.emulate_media(forced_colors="active", reduced_motion="reduce")
    await other.get_by_role("button", name="Join").click()
    await other.get_by_role("button", name="Ask to move here").click()
    await expect(other.get_by_role("img")).to_be_visible()
    await look(other, shots, "asking")
    await expect(phone.get_by_text("Move to another device?")).to_be_visible()
    await look(phone, shots, "first-device")
    await phone.get_by_role("button", name="It wasn't me").click()
    await site.command(talk, "next")
    await phone.get_by_label("Your answer").fill("A bench " * 40)
    await look(phone, shots, "text")
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    await look(phone, shots, "saved")
    await site.command(talk, "next")
    await expect(phone.get_by_role("heading", name="How many minutes")).to_be_visible()
    await look(phone, shots, "number")
    await site.command(talk, "next")
    await expect(phone.get_by_role("heading", name="How safe")).to_be_visible()
    await look(phone, shots, "scale")
    await phone.get_by_role("button", name="My answers").click()
    await expect(phone.get_by_role("heading", name="My answers")).to_be_visible()
    await look(phone, shots, "list")
    await site.command(talk, "end")
    await expect(phone.get_by_text("while you were here")).to_be_visible()
    await look(phone, shots, "thanks")
    await phone.get_by_role("button", name="I share this computer").click()
    await expect(phone.get_by_role("button", name="Keep")).to_be_focused()
    await look(phone, shots, "forget")
    # Whoever has a keyboard alone is where they were.
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_role("button", name="I share this computer")).to_be_focused()


@pytest.mark.long
async def test_the_keyboard_alone_finds_every_way(site: Site, browsing: Browsing) -> None:
    browsing.expected = "status of 4(09|10)"  # the other device goes on asking, past the end
    talk = await site.talk(GUIDE)
    await site.configure(talk, grace=0)
    await site.command(talk, "publish")
    phone = await browsing.phone(talk.links[0])
    await expect(phone.get_by_role("heading", name="Before we start")).to_be_visible()
    await press(phone, "I agree", "You're in the right place")
    await site.command(talk, "start")
    await expect(phone.get_by_role("heading", name="The conversation has started")).to_be_focused()
    await press(phone, "Join", "You're in")
    await site.command(talk, "next", "next", "next")
    await expect(phone.get_by_role("heading", name="What would make")).to_be_focused()
    await phone.keyboard.press("Tab")
    await phone.keyboard.type("A bench")
    await phone.keyboard.press("Control+Enter")
    await expect(phone.locator(".status")).to_contain_text("Saved")
    await expect(phone.locator(".dock")).to_be_focused()

    other = await browsing.phone(talk.links[0])
    await other.get_by_role("button", name="Join").click()
    await other.get_by_role("button", name="Ask to move here").click()
    await expect(phone.get_by_text("Move to another device?")).to_be_visible()
    await tab_to(phone, "Move")
    await phone.keyboard.press("Shift+Tab")
    await phone.keyboard.type("AEIO")
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_text("Not those letters.")).to_be_visible()
    await expect(phone.get_by_label("The four letters")).to_be_focused()
    await press(phone, "It wasn't me", "What would make")

    await press(phone, "My answers", "My answers")
    await press(phone, "Go back", "What would make")
    await site.command(talk, "end")
    await expect(phone.get_by_role("heading", name="You were counted.")).to_be_focused()
    await tab_to(phone, "I share this computer")
    await phone.keyboard.press("Enter")
    await expect(phone.get_by_role("button", name="Keep")).to_be_focused()
    await phone.keyboard.press("Escape")
    await expect(phone.get_by_role("button", name="I share this computer")).to_be_focused()
    await site.do(talk, "reopen_flex", days=3)
    await expect(phone.get_by_role("heading", name="At your own pace")).to_be_focused()
    await press(phone, "Next unanswered", "Which of these have you")
    await press(phone, "All questions", "At your own pace")


async def press(page: Page, button: str, heading: str) -> None:
    """Tab to a button and press it; the focus goes to the heading of what follows."""
    await tab_to(page, button)
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name=heading)).to_be_focused()


async def test_what_a_screen_reader_hears(site: Site, browsing: Browsing) -> None:
    browsing.expected = "ERR_INTERNET_DISCONNECTED"
    talk = await site.talk(GUIDE, "publish", "start")
    phone = await browsing.join(talk.links[0])
    await phone.evaluate(HEAR)
    await site.command(talk, "next", "next")
    question = phone.get_by_role("heading", name="Question 1 Which of these have you")
    await expect(question).to_be_focused()
    await phone.get_by_label("A bicycle").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    assert len([one for one in await heard(phone) if one.startswith("Saved")]) == 1

    draft = {"type": "open_text", "text": "What would make it better?"}
    await site.command(talk, "next")
    await site.do(talk, "edit", item=3, draft=draft)
    await expect(phone.get_by_text("The moderator corrected the wording.").first).to_be_visible()
    assert "The moderator corrected the wording." in await heard(phone)

    await go_offline(phone)
    await phone.get_by_label("Your answer").fill("A bench")
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.get_by_text("No connection. Your answer is safe")).to_be_visible()
    await expect(phone.get_by_text("Trying again in")).to_be_visible(timeout=30_000)
    await phone.wait_for_function(OTHER_SECOND, arg=await phone.locator(".status").inner_text())
    told = await heard(phone)
    assert [one for one in told if one.startswith("No connection. Your answer is safe")]
    assert len([one for one in told if one.startswith("Waiting to send")]) == 1
    assert not [one for one in told if "Trying again" in one]


OTHER_SECOND = "before => document.querySelector('.status').innerText !== before"


async def heard(page: Page) -> list[str]:
    """Each word so far."""
    words: list[str] = await page.evaluate("window.heard")
    return words
