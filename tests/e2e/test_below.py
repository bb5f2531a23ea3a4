"""A public address with a path, behind a proxy that passes the path on or cuts it off: every screen
and file, every call and socket stands below it, and nothing is asked for elsewhere on the host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.async_api import Browser, Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.site import OWNER, PASSWORD, Site, running
from tests.web.front import front

BASE = "/our/town"
GUIDE = """\
items:
  - single_choice: Do you agree?
    options: ["Yes", "No"]
"""


@dataclass
class Below:
    """A server below a path, and who visits it. `lost`: what was asked for outside the path."""

    site: Site
    browsing: Browsing
    lost: list[str]


@pytest.fixture(params=[False, True], ids=["passed on", "cut off"])
async def below(
    request: pytest.FixtureRequest, browser: Browser, tmp_path: Path
) -> AsyncIterator[Below]:
    """Profiles may ask for nothing that is not below the path, or the test fails."""
    async with front(BASE, cut=request.param) as before, running(tmp_path, before) as site:
        browsing = Browsing(browser, site.address, {}, expected="status of 401")
        yield Below(site, browsing, before.lost)
        await browsing.finish()
        assert before.lost == []


async def test_staff_sign_in_and_a_participant_answers(below: Below) -> None:
    site, browsing = below.site, below.browsing
    first_run = await site.first_run_link()
    assert first_run.startswith(f"{site.address}/console/first-run#")
    desk = await browsing.desk("/", signed_in=False)
    await expect(desk.get_by_text("Nobody has an account yet")).to_be_visible()
    await browsing.visit(desk, first_run)
    await desk.get_by_label("Your name").fill(OWNER)
    await desk.get_by_label("Password").fill(PASSWORD)
    await desk.get_by_role("button", name="Create account").click()
    await expect(desk.get_by_text("No conversations yet")).to_be_visible()
    assert desk.url == f"{site.address}/console"

    talk = await site.talk(GUIDE, "publish", "start", "next")
    assert all(link.startswith(f"{site.address}/c/") for link in talk.links)
    await sign_in_again(desk, site, talk.slug)
    phone = await browsing.phone(talk.links[0])
    async with phone.expect_response("**/join") as joined:
        await phone.get_by_role("button", name="Join").click()
    assert (await (await joined.value).json())["assurance"] == "key"
    await phone.get_by_label("Yes").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.get_by_role("status").filter(has_text="Saved")).to_be_visible()
    assert phone.url == talk.links[0].replace("?pid=", "#pid=")
    await expect(desk.get_by_text("1 of about 1 here have answered")).to_be_visible()
    await phone.reload()
    await expect(phone.get_by_label("Yes")).to_be_checked()
    [cookie] = await phone.context.cookies()
    assert cookie["path"] == BASE

    await desk.reload()
    await expect(desk.get_by_text("1 of about 1 here have answered")).to_be_visible()
    await site.command(talk, "end")
    async with desk.expect_download() as download:
        await desk.get_by_role("link", name="Download answers.csv").click()
    path = await (await download.value).path()
    assert ",Yes," in await asyncio.to_thread(Path(path).read_text, "utf-8-sig")


async def sign_in_again(desk: Page, site: Site, slug: str) -> None:
    """To a room, whose address leads to the sign-in screen first, and back."""
    await desk.get_by_role("button", name="Sign out").click()
    await expect(desk.get_by_label("Password")).to_be_visible()
    assert await desk.context.cookies() == []
    await desk.goto(f"{site.address}/console/{slug}")
    await expect(desk.get_by_label("Password")).to_be_visible()
    assert desk.url == f"{site.address}/console/sign-in"
    await desk.get_by_label("Name").fill(OWNER)
    await desk.get_by_label("Password").fill(PASSWORD)
    await desk.get_by_role("button", name="Sign in").click()
    await expect(desk.get_by_role("heading", name="Do you agree?")).to_be_visible()
    assert desk.url == f"{site.address}/console/{slug}"
    [cookie] = await desk.context.cookies()
    assert cookie["path"] == BASE
