"""What people write is shown as they wrote it, and never runs."""

from __future__ import annotations

import json
from urllib.parse import urlsplit

from playwright.async_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.site import Site

IMAGE = '<img src="/stolen" onerror="alert(1)">'
SCRIPT = "<script>alert(2)</script>"
LINK = "javascript:alert(3)//'\"`${7*7}{{7*7}}"
GUIDE = f"""\
items:
  - message: {json.dumps(f"Welcome {IMAGE}")}
  - open_text: {json.dumps(f"Why? {SCRIPT}")}
  - single_choice: Which?
    options: [{json.dumps(f"Yes {IMAGE}")}]
    other: true
"""


async def test_b38_markup_is_text_on_every_screen(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, "publish", "start", title=f"Streets {IMAGE}")
    desk = await browsing.desk(f"/console/{talk.slug}")
    phone = await browsing.join(talk.links[0])
    await expect(phone.get_by_text(f"Streets {IMAGE}")).to_be_visible()
    await site.command(talk, "next")
    await expect(phone.get_by_role("heading", name=f"Welcome {IMAGE}")).to_be_visible()

    await site.command(talk, "next")
    await expect(phone.get_by_role("heading", name=f"Why? {SCRIPT}")).to_be_visible()
    text = f"{IMAGE}{SCRIPT} {LINK}"
    await phone.get_by_label("Your answer").fill(text)
    await phone.get_by_role("button", name="Send answer").click()
    await expect(desk.get_by_text(text, exact=True)).to_be_visible()
    await expect(desk.get_by_role("heading", name=f"Why? {SCRIPT}")).to_be_visible()

    await site.command(talk, "next")
    await expect(phone.get_by_text(f"Yes {IMAGE}")).to_be_visible()
    await phone.get_by_label("Other").check()
    await phone.get_by_label("Your own answer").fill(SCRIPT)
    await phone.get_by_role("button", name="Send answer").click()
    await expect(desk.get_by_text(SCRIPT, exact=True)).to_be_visible()
    await expect(phone.locator(".status")).to_contain_text("Saved")

    for page in (desk, phone):
        assert await page.locator("img, script:not([src])").count() == 0
    # No dialog opened and nothing went to another origin: Browsing.finish looks.
    assert not any(urlsplit(sent.url).path == "/stolen" for sent in browsing.sent)


OVERRIDE, ISOLATE, ZERO_WIDTH = "\N{RIGHT-TO-LEFT OVERRIDE}", "\N{RIGHT-TO-LEFT ISOLATE}", "\u200b"
UNRULY = (
    f"{OVERRIDE}10 of 01",
    f"{ISOLATE}never closed",
    "Z" + "\N{COMBINING ACUTE ACCENT}" * 200,
    "العربية 2026 مع أرقام",
    "a" * 300,
    "\U0001f469\u200d\U0001f469\u200d\U0001f467\u200d\U0001f466",
    "עברית",
)


async def test_b39_unruly_texts_stay_in_their_box(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next", "next", people=len(UNRULY))
    desk = await browsing.desk(f"/console/{talk.slug}/live")
    phones = []
    for link, text in zip(talk.links, UNRULY, strict=True):
        phone = await browsing.join(link)
        await phone.get_by_label("Your answer").fill(text)
        await phone.get_by_role("button", name="Send answer").click()
        await expect(phone.locator(".status")).to_contain_text("Saved")
        phones.append(phone)
    await expect(desk.locator(".stream li")).to_have_count(len(UNRULY))
    for page in (desk, *phones):
        assert await page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    # What stands beside a text is where it always is, and reads as it always does.
    boxes = await desk.evaluate(
        """() => [...document.querySelectorAll(".stream li")].map((row) => {
          const box = row.getBoundingClientRect();
          const mute = row.querySelector("button").getBoundingClientRect();
          return [Math.round(mute.right - box.right), mute.bottom <= box.bottom + 1];
        })"""
    )
    assert len({tuple(box) for box in boxes}) == 1
    assert boxes[0][1] is True
    answers = await site.file(talk, "answers.csv")
    assert all(text in answers for text in UNRULY)


async def test_b39_only_invisible_characters_are_nothing(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next", "next")
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("Your answer").fill(ZERO_WIDTH * 3)
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Nothing written yet")
