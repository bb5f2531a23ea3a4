"""One link and the browsers that open it: previews, reloads, tabs, other devices."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.site import Site

GUIDE = """\
items:
  - single_choice: Do you agree?
    options: ["Yes", "No"]
  - open_text: Why?
"""


async def test_a_browser_that_runs_the_page_but_taps_nothing_takes_nothing(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    scanner = await browsing.phone(talk.links[0])
    await expect(scanner.get_by_role("button", name="Join")).to_be_visible()
    assert [sent.url for sent in browsing.sent if sent.method != "GET"] == []
    assert not any(link["joined"] for link in await site.links(talk))

    # Nor did it bind the link to its own browser: somebody else joins with it.
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("Yes").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    assert [link["joined"] for link in await site.links(talk)] == [True, False, False]


async def test_the_link_leaves_the_address_and_a_reload_goes_on(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("Yes").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    assert phone.url == talk.links[0].replace("?pid=", "#pid=")

    await phone.reload()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    await expect(phone.get_by_label("Yes")).to_be_checked()
    await expect(phone.get_by_text("1 of 1 answered")).to_be_visible()


async def test_the_newest_tab_talks_and_the_older_one_can_take_over_again(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    first = await browsing.join(talk.links[0])
    second = await browsing.visit(await first.context.new_page(), talk.links[0])
    await expect(second.get_by_role("heading", name="Do you agree?")).to_be_visible()
    await expect(first.get_by_role("heading", name="Open in another tab")).to_be_visible()

    await first.get_by_role("button", name="Use here").click()
    await expect(first.get_by_role("heading", name="Do you agree?")).to_be_visible()
    await expect(second.get_by_role("heading", name="Open in another tab")).to_be_visible()

    # The quiet one stays quiet while the other one answers.
    await site.command(talk, "next")
    await expect(first.get_by_role("heading", name="Why?")).to_be_visible()
    await expect(second.get_by_role("button", name="Use here")).to_be_visible()


async def test_another_device_is_told_so_and_changes_nothing(
    site: Site, browsing: Browsing
) -> None:
    browsing.expected = "status of 409"
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await expect(phone.get_by_role("heading", name="Do you agree?")).to_be_visible()

    other = await browsing.phone(talk.links[0])
    await other.get_by_role("button", name="Join").click()
    await expect(
        other.get_by_role("heading", name="This link is in use on another device")
    ).to_be_visible()
    await expect(other.get_by_text("Go on where you joined.")).to_be_visible()

    await phone.get_by_label("No").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
