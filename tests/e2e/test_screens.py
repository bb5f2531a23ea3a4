"""Every main screen of participants and moderators before the camera."""

from __future__ import annotations

import datetime
import re
from pathlib import Path

from playwright.async_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.camera import Camera
from tests.e2e.site import OWNER, Site, Talk

GUIDE = """\
items:
  - message: Welcome! There are no right answers here. What counts is what you see on your own way.
  - multiple_choice: Which of these have you used in the last month?
    options:
      - A bicycle
      - Donaudampfschifffahrtsgesellschaftskapitaenspatentbewerberliste
      - exclusive: None of the above
    other: true
  - scale: How safe do you feel when you cross the street?
    min: 0
    max: 10
    min_label: Not safe at all
    max_label: Very safe
  - number: How many minutes were you on the way?
    min: 0
    max: 600
    step: 5
  - open_text: What would make your street better?
    duration: 2:00
  - single_choice: Would you take part again?
    options: ["Yes", "No"]
"""


async def test_what_a_participant_sees(site: Site, browsing: Browsing, camera: Camera) -> None:
    talk = await site.talk(GUIDE)
    phone = await browsing.phone(talk.links[0])
    await camera.see(phone, "Not open yet", "participant-not-open")
    await site.command(talk, "publish")
    await phone.reload()
    await camera.see(phone, "Before we start", "participant-terms")
    await phone.get_by_role("button", name="I agree").click()
    await camera.see(phone, "You're in the right place", "participant-waiting")
    await site.command(talk, "start")
    await camera.see(phone, "The conversation has started", "participant-join")
    await phone.get_by_role("button", name="Join").click()
    await camera.see(phone, "You're in", "participant-joined")
    await site.command(talk, "next")
    await camera.see(phone, "Welcome!", "participant-message")
    await site.command(talk, "next")
    await expect(phone.get_by_role("heading", name="Which of these")).to_be_visible()
    await phone.get_by_label("Other").check()
    await camera.see(phone, "Which of these", "participant-several")
    await site.command(talk, "next")
    await camera.see(phone, "How safe", "participant-scale")
    await site.command(talk, "next")
    await camera.see(phone, "How many minutes", "participant-number")
    await site.command(talk, "next")
    await expect(phone.get_by_role("heading", name="What would make")).to_be_visible()
    await phone.get_by_role("button", name="Send answer").click()
    await camera.see(phone, "What would make", "participant-text-empty")
    await phone.get_by_label("Your answer").fill("A bench " * 240)
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    await camera.see(phone, "What would make", "participant-saved")
    await site.command(talk, "end")
    await expect(phone.get_by_text("while you were here")).to_be_visible()
    await camera.see(phone, "You were counted", "participant-thanks")
    late = await browsing.phone(talk.links[1])
    await camera.see(late, "This conversation is over", "participant-over")


async def test_what_a_participant_sees_of_other_devices_and_of_what_went_wrong(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    browsing.expected = "status of 40[39]"
    starts = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)
    talk = await site.talk(GUIDE, "publish", starts_at=starts.isoformat(), zone="Asia/Tokyo")
    first = await browsing.phone(talk.links[0])
    await first.get_by_role("button", name="Check my link").click()
    await expect(first.get_by_text("Your link is ready.")).to_be_visible()
    await camera.see(first, "Our streets", "participant-early")
    damaged = await browsing.phone(talk.links[0][:-3])
    await camera.see(damaged, "This link is damaged", "participant-damaged")

    await site.command(talk, "start", "next", "next")
    await first.reload()
    await first.get_by_role("button", name="Join").click()
    other = await browsing.phone(talk.links[0])
    await other.get_by_role("button", name="Join").click()
    await camera.see(other, "in use on another device", "participant-other-device")
    await other.get_by_role("button", name="Ask to move here").click()
    await expect(other.get_by_role("img")).to_be_visible()
    await camera.see(other, "in use on another device", "participant-asking")
    await expect(first.get_by_text("Move to another device?")).to_be_visible()
    await camera.see(first, "Which of these", "participant-first-device")
    await site.do(talk, "release", participant=1)
    await camera.see(first, "Moved to another device", "participant-moved")
    await expect(other.get_by_text("You're in.")).to_be_visible()
    await camera.see(other, "Which of these", "participant-let-in")
    await site.do(talk, "withdraw", item=2)
    await expect(other.locator(".status")).to_contain_text("took this question back")
    await camera.see(other, "Which of these", "participant-withdrawn")
    await site.do(talk, "remove", participant=1)
    await camera.see(other, "You can't take part any more", "participant-removed")


async def test_what_a_participant_sees_of_a_second_opening(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    talk = await site.talk(GUIDE)
    await site.configure(talk, grace=0)
    await site.command(talk, "publish", "start", "next", "next")
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("A bicycle").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    await site.command(talk, "next")
    await phone.get_by_role("button", name="My answers").click()
    await camera.see(phone, "My answers", "participant-my-answers")
    await site.command(talk, "end")
    await phone.get_by_role("button", name="I share this computer").click()
    await camera.see(phone, "Forget this conversation here?", "participant-forget")
    await phone.get_by_role("button", name="Keep").click()
    await site.do(talk, "reopen_flex", days=3)
    await camera.see(phone, "At your own pace", "participant-flex")
    await phone.get_by_role("button", name="Which of these").click()
    await camera.see(phone, "Which of these", "participant-flex-locked")
    late = await browsing.phone(talk.links[1])
    await camera.see(late, "Open until", "participant-flex-join")


async def test_what_a_moderator_sees(
    site: Site, browsing: Browsing, camera: Camera, tmp_path: Path
) -> None:
    browsing.expected = "status of 422"  # a guide with a fault is refused
    talk = await site.talk(GUIDE, title="Our town, our streets")
    desk = await browsing.desk("/console")
    await camera.see(desk, "Conversations", "staff-list")
    await desk.get_by_role("link", name="New conversation").first.click()
    wrong = tmp_path / "guide.yaml"
    wrong.write_text("items:\n  - single_choice: Which?\n", "utf-8")
    await desk.locator("#guide-file").set_input_files(wrong)
    await expect(desk.get_by_text("1 thing to put right")).to_be_visible()
    await camera.see(desk, "New conversation", "staff-new")
    await browsing.visit(desk, f"{site.address}/console/{talk.slug}/audience")
    await expect(desk.get_by_role("heading", name="3 links")).to_be_visible()
    await desk.get_by_role("button", name="Publish").click()
    await expect(desk.get_by_role("heading", name="Ready to start")).to_be_visible()
    await desk.get_by_role("button", name="Start…").click()
    await camera.see(desk, "Start now?", "staff-start")
    await desk.get_by_role("button", name="Start now").click()
    await live(site, browsing, talk)
    await expect(desk.get_by_text("A bench at the stop")).to_be_visible()
    await expect(desk.get_by_text("1 of about 1 here")).to_be_visible()
    await camera.see(desk, "What would make", "staff-live")
    await desk.get_by_role("button", name="End…").click()
    await camera.see(desk, "End for everybody?", "staff-end")
    await desk.get_by_role("button", name="End now").click()
    await desk.get_by_role("link", name="To Results").click()
    await expect(desk.get_by_text("participant_data.csv")).to_be_visible()
    await camera.see(desk, re.compile("1 of 3 people came"), "staff-ended")


async def live(site: Site, browsing: Browsing, talk: Talk) -> None:
    """The open question has an answer."""
    phone = await browsing.join(talk.links[0])
    await site.command(talk, *["next"] * 5)
    await phone.get_by_label("Your answer").fill("A bench at the stop")
    await phone.get_by_role("button", name="Send answer").click()


async def test_what_nobody_yet_sees(site: Site, browsing: Browsing, camera: Camera) -> None:
    browsing.expected = "status of 401"
    desk = await browsing.desk("/console", signed_in=False)
    await camera.see(desk, "Sign in", "staff-sign-in")
    await desk.get_by_label("Name").fill(OWNER)
    await desk.get_by_label("Password").fill("not the password")
    await desk.get_by_role("button", name="Sign in").click()
    await expect(desk.get_by_role("alert")).to_be_visible()
    await camera.see(desk, "Sign in", "staff-sign-in-wrong")
    await browsing.visit(desk, f"{site.address}/console/first-run#secret")
    await camera.see(desk, "Welcome to Turnout", "staff-first-run")
