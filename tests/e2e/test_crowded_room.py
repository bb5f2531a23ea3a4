"""Six hundred people in a control room: what it shows in the end are the files' numbers. How it
bears them meanwhile is measured by bench/control_room.py."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from playwright.async_api import expect

from bench.control_room import new_slug, slugs
from bench.crowd import exported, rehearse, script, shown
from tests.e2e.browsing import Browsing
from tests.e2e.site import Site

ROBOTS = 600


@pytest.mark.long
async def test_the_totals_on_the_screen_are_the_exports(
    own_site: Site, own_browsing: Browsing, tmp_path: Path
) -> None:
    cookies = await own_site.sign_in()
    played = script(tmp_path, ROBOTS)
    out = tmp_path / "out"
    known = set(await slugs(own_site))
    robots = asyncio.create_task(rehearse(played, own_site.address, tmp_path / "data", ROBOTS, out))
    slug = await new_slug(own_site, known, robots)
    desk = await own_browsing.desk(f"/console/{slug}/live", cookies=cookies)
    await robots
    await expect(desk.get_by_text("It is over")).to_be_visible()
    files = exported(out)
    assert files.joined == len(files.percents) == ROBOTS
    await expect(desk.get_by_text(f"{ROBOTS} joined", exact=True)).to_be_visible()
    assert await shown(desk) == files
