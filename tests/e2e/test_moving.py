"""A link moves to another device: by letters typed on the first one, or by a moderator's tap."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.site import Site

GUIDE = """\
items:
  - single_choice: Do you agree?
    options: ["Yes", "No"]
  - open_text: Why?
"""
QUESTION = "Do you agree?"


async def two_devices(site: Site, browsing: Browsing) -> tuple[Page, Page, str]:
    """The first device has answered; another one asks and shows these letters. Both pages."""
    browsing.expected = "status of 409"
    talk = await site.talk(GUIDE, "publish", "start", "next")
    first = await browsing.join(talk.links[0])
    await first.get_by_label("Yes").check()
    await first.get_by_role("button", name="Send answer").click()
    await expect(first.locator(".status")).to_contain_text("Saved")
    other = await browsing.phone(talk.links[0])
    await other.get_by_role("button", name="Join").click()
    await other.get_by_role("button", name="Ask to move here").click()
    letters = await other.get_by_role("img").get_attribute("aria-label")
    assert letters is not None
    return first, other, letters.replace(", ", "")


async def type_letters(first: Page, letters: str) -> None:
    await first.get_by_label("The four letters").fill(letters)
    await first.get_by_role("button", name="Move", exact=True).click()


async def test_the_letters_move_the_link_and_the_answers_come_along(
    site: Site, browsing: Browsing
) -> None:
    first, other, letters = await two_devices(site, browsing)
    await expect(first.get_by_text("Move to another device?")).to_be_visible()
    await expect(first.get_by_text(letters)).to_have_count(0)
    await type_letters(first, letters.lower())

    await expect(first.get_by_role("heading", name="Moved to another device")).to_be_visible()
    await expect(other.get_by_text("You're in. Your earlier answers are here.")).to_be_visible()
    await expect(other.get_by_role("heading", name=QUESTION)).to_be_visible()
    await expect(other.get_by_label("Yes")).to_be_checked()
    await expect(other.locator(".status")).to_contain_text("Saved")
    await other.get_by_role("button", name="Change my answer").click()
    await other.get_by_label("No").check()
    await other.get_by_role("button", name="Send answer").click()
    await expect(other.locator(".status")).to_contain_text("Saved")
    # The first device stays out, however often it is loaded.
    await first.reload()
    await expect(first.get_by_role("button", name="Ask to move")).to_be_visible()


async def test_wrong_letters_run_out_and_then_only_the_moderator_can_help(
    site: Site, browsing: Browsing
) -> None:
    first, other, letters = await two_devices(site, browsing)
    wrong = "CCCC" if letters != "CCCC" else "DDDD"
    for left in ("4 tries", "3 tries", "2 tries", "1 try"):
        await type_letters(first, wrong)
        await expect(first.get_by_text(f"Not those letters. {left} left.")).to_be_visible()
    await type_letters(first, wrong)
    await expect(first.get_by_text("The moderator can still release it.")).to_be_visible()
    await expect(first.get_by_label("The four letters")).to_have_count(0)

    slug = other.url.partition("#")[0].rpartition("/")[2]
    body = {"cid": "00000000-0000-4000-8000-000000000000", "op": "release", "letters": letters}
    path = f"/api/console/conversations/{slug}/command"
    released = await site.client.post(path, json=body, headers={"Origin": site.address})
    assert released.is_success, released.text
    await expect(other.get_by_role("heading", name=QUESTION)).to_be_visible()
    await expect(first.get_by_role("heading", name="Moved to another device")).to_be_visible()


async def test_who_did_not_ask_goes_on_undisturbed(site: Site, browsing: Browsing) -> None:
    first, other, _ = await two_devices(site, browsing)
    await first.get_by_role("button", name="It wasn't me").click()
    await expect(first.get_by_label("The four letters")).to_have_count(0)
    await expect(first.get_by_role("heading", name=QUESTION)).to_be_visible()
    await other.get_by_role("button", name="Stop asking").click()
    await expect(other.get_by_role("button", name="Ask to move here")).to_be_visible()
