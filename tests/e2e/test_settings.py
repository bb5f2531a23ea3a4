"""The settings of a conversation: name, copy, the end of it all; and accounts of staff."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.site import PASSWORD, Site

GUIDE = """\
items:
  - open_text: What would make your street better?
"""


async def test_a_conversation_is_renamed_copied_and_erased(site: Site, browsing: Browsing) -> None:
    browsing.expected = "status of 422"  # another title than the one to erase
    talk = await site.talk(GUIDE, title="Old streets", starts_at="2098-05-01T10:00Z", zone="UTC")
    desk = await browsing.desk(f"/console/{talk.slug}/settings")
    await desk.get_by_label("Title", exact=True).fill(" ")
    await desk.get_by_role("button", name="Save").click()
    await expect(desk.get_by_text("Give it a title.")).to_be_visible()
    await desk.get_by_label("Title", exact=True).fill("New streets")
    await desk.get_by_role("button", name="Save").click()
    await expect(desk.get_by_role("heading", name="New streets", level=1)).to_be_visible()

    await desk.get_by_label("Title of the copy").fill("Streets again")
    await desk.get_by_role("button", name="Duplicate").click()
    await expect(desk.get_by_role("heading", name="Streets again", level=1)).to_be_visible()
    await expect(desk.get_by_text("What would make your street better?").first).to_be_visible()
    await desk.get_by_role("link", name="Schedule").click()
    await expect(desk.get_by_text("No planned start")).to_be_visible()

    await desk.get_by_role("link", name="Settings").click()
    await desk.get_by_role("button", name="Erase…").click()
    dialog = desk.get_by_role("dialog")
    await expect(dialog.get_by_role("button", name="Keep it")).to_be_focused()
    await dialog.get_by_label("Type the conversation's title").fill("New streets")
    await dialog.get_by_role("button", name="Erase everything").click()
    await expect(dialog.get_by_role("alert")).to_be_visible()
    await dialog.get_by_label("Type the conversation's title").fill("Streets again")
    await dialog.get_by_role("button", name="Erase everything").click()
    await expect(desk.get_by_role("heading", name="Conversations")).to_be_visible()
    listed = desk.get_by_role("table")
    await expect(listed.get_by_role("link", name="New streets")).to_be_visible()
    await expect(desk.get_by_role("link", name="Streets again")).to_have_count(0)


async def test_what_people_are_told_is_there_to_copy(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, links="single")
    desk = await browsing.desk(f"/console/{talk.slug}/settings")
    await desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await desk.get_by_role("button", name="Copy this text").click()
    await expect(desk.get_by_role("button", name="Copied")).to_be_visible()
    told: str = await desk.evaluate("navigator.clipboard.readText()")
    await site.command(talk, "publish")
    phone = await browsing.phone(f"{site.address}/c/{talk.slug}")
    await expect(phone.get_by_role("heading", name="Before we start")).to_be_visible()
    said = await phone.get_by_role("main").inner_text()
    for sentence in told.rstrip(".").split(". "):
        assert sentence in said


async def test_whoever_is_invited_gets_an_account_until_it_is_disabled(
    own_site: Site, own_browsing: Browsing
) -> None:
    own_browsing.expected = "status of 40[139]"
    own_browsing.cookies = await own_site.sign_in()
    desk = await own_browsing.desk("/console/staff")
    await desk.get_by_label("As", exact=True).select_option("researcher")
    await desk.get_by_role("button", name="Make an invitation link").click()
    link = await desk.locator(".single-link").inner_text()
    guest = await own_browsing.desk("/console/sign-in", signed_in=False)
    await own_browsing.visit(guest, link)
    await expect(guest.get_by_text("Make your account: researcher.")).to_be_visible()
    assert "#" not in guest.url
    await guest.get_by_label("Your name").fill("Noor")
    await guest.get_by_label("Password").fill("short")
    await guest.get_by_role("button", name="Create account").click()
    await expect(guest.get_by_text("needs at least 10 characters")).to_be_visible()
    await guest.get_by_label("Password").fill(PASSWORD)
    await guest.get_by_role("button", name="Create account").click()
    await expect(guest.get_by_role("heading", name="Conversations")).to_be_visible()
    await expect(guest.get_by_role("link", name="New conversation")).to_have_count(0)

    # The link works once.
    late = await own_browsing.desk("/console/sign-in", signed_in=False)
    await own_browsing.visit(late, link)
    await expect(late.get_by_text("Ask whoever sent it for a new one.")).to_be_visible()

    await desk.reload()
    await desk.get_by_role("button", name="Disable Noor").click()
    await expect(desk.get_by_role("button", name="Enable Noor")).to_be_visible()
    await guest.reload()
    await expect(guest.get_by_role("heading", name="Sign in")).to_be_visible()
