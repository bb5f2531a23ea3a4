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


async def test_markup_is_text_on_every_screen(site: Site, browsing: Browsing) -> None:
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
