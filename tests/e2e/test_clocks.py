"""A phone whose clock is wrong, and is set while a question is open: what is left of a time is the
server's to say."""

from __future__ import annotations

import datetime
import re

from playwright.async_api import Page, WebSocket, expect

from tests.e2e.browsing import Browsing
from tests.e2e.site import Site

GUIDE = """\
items:
  - open_text: What would you change?
    duration: 10:00
"""
WALL = """
const now = Date.now.bind(Date);
window.off = -86_400_000;
Date.now = () => now() + window.off;
"""
"""A clock that is a day slow, and may be set."""


async def test_the_time_left_is_right_whatever_the_phones_clock_says(
    site: Site, browsing: Browsing
) -> None:
    starts = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=5)
    talk = await site.talk(GUIDE, "publish", starts_at=starts.isoformat(), zone="UTC")
    phone = await browsing.wait(talk.links[0])
    await phone.add_init_script(WALL)
    await phone.reload()
    await expect(phone.get_by_role("timer")).to_have_text(re.compile("^[34]:"))

    await site.command(talk, "start", "next")
    lines: list[WebSocket] = []
    phone.on("websocket", lambda line: lines.append(line))
    await phone.reload()
    await phone.get_by_role("button", name="Join").click()
    await expect(phone.get_by_text("about 10 min")).to_be_visible()
    await set_clock(phone, lines[-1], 3_600_000)
    await expect(phone.get_by_text(re.compile("about (10 min|9 min 45 s)"))).to_be_visible()
    await set_clock(phone, lines[-1], -3_600_000)
    await expect(phone.get_by_text(re.compile("about (10 min|9 min [34])"))).to_be_visible()


async def set_clock(phone: Page, line: WebSocket, off: int) -> None:
    """Somebody sets it; the page has seen that, and asked the server."""
    async with line.expect_event("framereceived", lambda frame: '"beat"' in str(frame)):
        await phone.evaluate("off => { window.off = off }", off)
