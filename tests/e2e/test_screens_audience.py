"""What an organiser sees before and beside the live part, before the camera: audience, schedule,
settings, the list, a new conversation, staff."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.camera import Camera
from tests.e2e.site import OWNER, PASSWORD, Site, Talk
from tests.second_client.client import Client, Refusal

GUIDE = """\
items:
  - message: Welcome! There are no right answers here.
  - single_choice: Would you take part again?
    options: ["Yes"]
    duration: 0:30
  - open_text: What would make your street better?
    duration: 2:00
"""
BROKEN = """\
Type,Text,Options,Min,Max
single_choice,How did you come here?,On foot|By bicycle
single_choice,Would you come again?,
number,How many minutes did it take?,,10,5
essay,And now?,
"""


def in_days(days: int) -> str:
    return (datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=days)).isoformat()


async def test_a_draft(site: Site, browsing: Browsing, camera: Camera) -> None:
    talk = await site.talk(
        GUIDE, title="Our town, our streets", people=120, starts_at=in_days(9), zone="Asia/Tokyo"
    )
    desk = await browsing.desk(f"/console/{talk.slug}/audience")
    await expect(desk.get_by_text("Links not downloaded yet")).to_be_visible()
    await camera.see(desk, "120 links", "audience-draft")
    await desk.get_by_role("button", name="QR code of link 2", exact=True).click()
    await expect(desk.get_by_role("img", name="QR code of link 2")).to_be_visible()
    await camera.see(desk, "QR code of link 2", "audience-code")
    await desk.get_by_role("button", name="Close").click()
    await desk.get_by_role("button", name="QR codes").click()
    await camera.see(desk, "Print QR codes", "audience-codes")
    await desk.get_by_role("button", name="Cancel").click()

    await desk.get_by_role("link", name="Schedule").click()
    await expect(desk.get_by_text("For you that is")).to_be_visible()
    await camera.see(desk, "Schedule", "schedule-draft")
    await desk.get_by_role("link", name="Settings").click()
    await camera.see(desk, "Privacy, for you as the organiser", "settings-draft")
    await desk.get_by_role("button", name="Erase…").click()
    await camera.see(desk, "Erase everything", "settings-erase")


async def test_what_can_not_be_published(site: Site, browsing: Browsing, camera: Camera) -> None:
    empty = "items:\n  - message: Welcome.\n"
    talk = await site.talk(
        empty, title="Nothing to ask", links="single", starts_at=in_days(-1), zone="Europe/Berlin"
    )
    await site.configure(talk, auto_start=True)
    desk = await browsing.desk(f"/console/{talk.slug}/audience")
    await expect(desk.get_by_text("The guide is empty")).to_be_visible()
    await expect(desk.get_by_text("Starts in the past")).to_be_visible()
    await expect(desk.get_by_role("button", name="Publish")).to_be_disabled()
    await camera.see(desk, "The link", "audience-stops")
    await desk.get_by_role("button", name="QR code").click()
    await expect(desk.get_by_role("img", name="QR code of the link")).to_be_visible()
    await camera.see(desk, "QR code", "audience-code-single")


async def test_while_people_come(site: Site, browsing: Browsing, camera: Camera) -> None:
    talk = await site.talk(GUIDE, "publish", title="Our town, our streets", people=40)
    desk = await browsing.desk(f"/console/{talk.slug}/audience")
    await camera.see(desk, "Ready to start", "audience-published")
    await desk.get_by_role("button", name="Back to draft…").click()
    await camera.see(desk, "Take it back to draft?", "audience-back")
    await desk.get_by_role("button", name="Leave it published").click()
    await site.command(talk, "start")
    await some_join(site, talk)
    await expect(desk.get_by_role("heading", name="Coming in")).to_be_visible()
    await expect(desk.get_by_role("button", name="Refused devices 1")).to_be_visible()
    await expect(desk.get_by_role("table").get_by_text("asks to move")).to_be_visible()
    await camera.see(desk, "1 person asks", "audience-live")
    for part in ("Schedule", "Settings"):
        await desk.get_by_role("link", name=part).click()
        await camera.see(desk, part, f"{part.lower()}-live")


async def some_join(site: Site, talk: Talk) -> None:
    """Three come; a second device asks to go on with the first one's link."""
    for pid in talk.pids[:3]:
        client = Client(site.address, talk.slug, pid)
        await client.prove("join")
        await client.hello()
        await client.cut()
    other = Client(site.address, talk.slug, talk.pids[0])
    with pytest.raises(Refusal, match="other_device"):
        await other.prove("join")
    await other.prove("takeover")


async def test_the_list_and_a_new_one(
    own_site: Site, own_browsing: Browsing, camera: Camera, tmp_path: Path
) -> None:
    own_browsing.expected = "status of 422"  # a guide with faults is refused
    own_browsing.cookies = await own_site.sign_in()
    desk = await own_browsing.desk("/console")
    await camera.see(desk, "Conversations", "list-empty")
    titles = ("Streets", "Parks", "شوارعنا وحدائقنا", "Schools", "Trams", "Water", "Noise", "Light")
    for day, title in enumerate(titles, start=1):
        await own_site.talk(GUIDE, title=title, starts_at=in_days(day), zone="UTC")
    await own_site.talk(GUIDE, "publish", "start", title="Bridges")
    await desk.reload()
    await expect(desk.get_by_role("searchbox", name="Search conversations")).to_be_visible()
    await camera.see(desk, "Conversations", "list-many")

    await desk.get_by_role("link", name="New conversation").click()
    await camera.see(desk, "New conversation", "create-empty")
    guide = tmp_path / "guide.csv"
    guide.write_text(BROKEN, "utf-8")
    await desk.locator("#guide-file").set_input_files(guide)
    await desk.get_by_label("Planned start").fill("2027-10-31T02:30")
    await desk.get_by_role("button", name="Create draft").click()
    await expect(desk.get_by_text("things to put right")).to_be_visible()
    await camera.see(desk, "New conversation", "create-faults")


async def test_staff(own_site: Site, own_browsing: Browsing, camera: Camera) -> None:
    own_browsing.expected = "status of 401"
    own_browsing.cookies = await own_site.sign_in()
    await own_site.colleague("Dina", "observer")
    await own_site.colleague("Ravi", "moderator")
    desk = await own_browsing.desk("/console/staff")
    await desk.get_by_role("button", name="Disable Ravi").click()
    await expect(desk.get_by_role("button", name="Enable Ravi")).to_be_visible()
    await desk.get_by_role("button", name="Make an invitation link").click()
    link = desk.locator(".single-link")
    await expect(link).to_be_visible()
    address = await link.inner_text()
    await camera.see(desk, "Staff", "staff-accounts")
    guest = await own_browsing.desk("/console/sign-in", signed_in=False)
    await camera.see(guest, "Sign in", "sign-in")
    await own_browsing.visit(guest, address)
    await expect(guest.get_by_role("button", name="Create account")).to_be_visible()
    await camera.see(guest, "You are invited", "invitation")
    await guest.get_by_label("Your name").fill("Noor")
    await guest.get_by_label("Password").fill(PASSWORD)
    await guest.get_by_role("button", name="Create account").click()
    await expect(guest.get_by_role("heading", name="Conversations")).to_be_visible()
    await guest.get_by_role("link", name="Account").click()
    await camera.see(guest, "Account", "staff-account")
    assert OWNER not in await guest.get_by_role("main").inner_text()
