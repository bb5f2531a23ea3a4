"""The staff's pages on a small phone with text twice as large: nothing goes beyond its edge."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.aftermath import over
from tests.e2e.browsing import Browsing
from tests.e2e.site import Site

GUIDE = """\
items:
  - single_choice: What would make your street better?
    options: [Trees, Benches]
  - open_text: Why?
"""
LARGE = "document.documentElement.style.fontSize = '200%'"
WIDE = "document.documentElement.scrollWidth"


async def test_no_page_scrolls_sideways(site: Site, browsing: Browsing) -> None:
    draft = await site.talk(GUIDE, title="Our town, our streets")
    live = await site.talk(GUIDE, "publish", "start", "next", title="Our town, our streets")
    past = await over(site)
    pages = ["", "/new", "/staff", f"/{live.slug}/live", f"/{past.slug}/results#1"]
    pages += [f"/{draft.slug}/{part}" for part in ("schedule", "audience", "live", "settings")]
    pages += [f"/{past.slug}/{part}" for part in ("audience", "live", "results", "match")]
    desk = await browsing.desk("/console")
    await desk.set_viewport_size({"width": 360, "height": 780})
    for page in pages:
        await browsing.visit(desk, f"{site.address}/console{page}")
        await expect(desk.locator("main :is(section, table, h2):visible").first).to_be_visible()
        await desk.evaluate(LARGE)
        assert await desk.evaluate(WIDE) <= 360, page
