"""What people see where there is no way on, before the camera: links that lead nowhere, lines that
are lost, pages that are not there. Most are one frame with other words, so one width is enough."""

from __future__ import annotations

from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing, go_offline
from tests.e2e.camera import Camera
from tests.e2e.site import Site, Talk

GUIDE = """\
items:
  - open_text: What would make your street better?
  - single_choice: Would you take part again?
    options: ["Yes", "No"]
"""
PHONE, DESK = 360, 1440


def bare(talk: Talk) -> str:
    """The address of a conversation without anybody's number."""
    return talk.links[0].partition("?")[0]


async def test_links_that_lead_nowhere(site: Site, browsing: Browsing, camera: Camera) -> None:
    browsing.expected = "status of 40[349]"
    talk = await site.talk(GUIDE, "publish", "start", "next")
    nobody = f"{bare(talk)}?pid=p{'0' * 16}"
    phone = await browsing.phone(bare(talk))
    await camera.see(phone, "Your link is incomplete", "refused-incomplete", PHONE)
    await browsing.visit(phone, nobody)
    await phone.get_by_role("button", name="Join").click()
    await camera.see(phone, "We don't know this link", "refused-unlisted", PHONE)
    await browsing.visit(phone, f"{site.address}/c/nothing-here?pid=p{'0' * 16}")
    await camera.see(phone, "We don't know this link", "refused-no-conversation", PHONE)
    desk = await browsing.desk("/console")
    await browsing.visit(desk, talk.links[1])
    await desk.get_by_role("button", name="Join").click()
    await camera.see(desk, "Preview: you are signed in", "refused-preview", PHONE, DESK)


async def test_one_link_for_all(site: Site, browsing: Browsing, camera: Camera) -> None:
    browsing.expected = "status of 409"
    talk = await site.talk(GUIDE, "publish", links="single", people=1)
    phone = await browsing.phone(talk.links[0])
    await camera.see(phone, "Before we start", "anonymous-terms", PHONE)
    await site.command(talk, "start", "next")
    await browsing.join(talk.links[0])
    await phone.reload()
    await phone.get_by_role("button", name="Join").click()
    await camera.see(phone, "All seats are taken", "refused-full", PHONE)


async def test_an_answer_that_does_not_get_through(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    browsing.expected = "ERR_INTERNET_DISCONNECTED"
    talk = await site.talk(GUIDE)
    await site.configure(talk, grace=0)
    await site.command(talk, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await go_offline(phone)
    await phone.get_by_label("Your answer").fill("Benches")
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.get_by_text("Your answer is safe on this device.")).to_be_visible()
    await camera.look(phone, "participant-offline", PHONE)
    await site.command(talk, "close")
    await phone.context.set_offline(False)
    why = phone.get_by_text("That was the connection, not you.")
    await expect(why).to_be_visible(timeout=40_000)
    await camera.look(phone, "participant-not-counted", PHONE)
    await phone.get_by_role("button", name="Go on").click()
    await camera.look(phone, "participant-between", PHONE)
    await site.command(talk, "next")
    await phone.get_by_label("Yes").check()
    await site.command(talk, "close")
    await expect(phone.locator(".status")).to_contain_text("This question has closed")
    await camera.look(phone, "participant-closed", PHONE)
    await forget(phone, browsing, talk, site, camera)


async def forget(phone: Page, browsing: Browsing, talk: Talk, site: Site, camera: Camera) -> None:
    """The same browser again: in a second tab, without the number, and after it forgot."""
    second = await browsing.visit(await phone.context.new_page(), talk.links[0])
    await camera.see(phone, "Open in another tab", "participant-tab", PHONE)
    await browsing.visit(second, bare(talk))
    await camera.see(second, "Continue where this browser left off?", "participant-left", PHONE)
    await second.get_by_role("button", name="Continue").click()
    await site.command(talk, "end")
    await second.get_by_role("button", name="I share this computer").click()
    await second.get_by_role("button", name="Forget").click()
    await camera.see(second, "Forgotten here", "participant-forgotten", PHONE)


async def test_pages_that_are_not_there(site: Site, browsing: Browsing, camera: Camera) -> None:
    browsing.expected = "status of 40[134]|WebSocket"
    desk = await browsing.desk("/console/a/b/c")
    await camera.see(desk, "There is no such page", "staff-no-page", PHONE)
    await browsing.visit(desk, f"{site.address}/console/nothing-here")
    await expect(desk.get_by_role("link", name="All conversations")).to_be_visible()
    await camera.look(desk, "staff-no-conversation", PHONE)
    guest = await browsing.desk("/console/first-run", signed_in=False)
    await camera.see(guest, "This link is incomplete", "staff-first-run-incomplete", PHONE)
    await browsing.visit(guest, f"{site.address}/console/invitation")
    await camera.see(guest, "This invitation is incomplete", "invitation-incomplete", PHONE)
    await browsing.visit(guest, f"{site.address}/console/invitation#{'0' * 64}")
    await camera.see(guest, "doesn't work any more", "invitation-spent", PHONE)


async def test_a_desk_without_a_line(site: Site, browsing: Browsing, camera: Camera) -> None:
    browsing.expected = "ERR_INTERNET_DISCONNECTED"
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    desk = await browsing.desk(f"/console/{talk.slug}/live")
    await desk.get_by_role("button", name="Keys").click()
    await expect(desk.get_by_role("dialog", name="Keys")).to_be_visible()
    await camera.look(desk, "room-keys", PHONE, DESK)
    await desk.keyboard.press("Escape")
    await desk.get_by_role("table").get_by_role("button").first.click()
    await expect(desk.get_by_role("dialog")).to_be_visible()
    await camera.look(desk, "room-person", PHONE, DESK)
    await desk.keyboard.press("Escape")
    await go_offline(desk)
    await expect(desk.get_by_text("Not connected, so nothing can be sent.")).to_be_visible()
    await camera.look(desk, "room-offline", PHONE, DESK)
    await phone.close()
