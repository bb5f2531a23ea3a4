"""Answering on a phone: drafts, questions that open meanwhile, the keyboard alone."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.browsing import Browsing, tab_to
from tests.e2e.site import Site

GUIDE = """\
items:
  - open_text: What would you change?
  - single_choice: Do you agree?
    options: ["Yes", "No", "Perhaps"]
  - scale: How safe do you feel?
    min: 1
    max: 5
"""
DRAFT = "More trees, and"


async def test_what_was_written_and_not_sent_survives_a_reload(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("Your answer").fill(DRAFT)
    await phone.reload()
    await expect(phone.get_by_label("Your answer")).to_have_value(DRAFT)
    await expect(phone.locator(".status")).to_contain_text("Not sent yet")


async def test_a_question_that_opens_while_somebody_types_waits_for_them(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("Your answer").press_sequentially(DRAFT)
    await site.command(talk, "next")

    await expect(phone.get_by_text("Question 2 is open")).to_be_visible()
    await expect(phone.get_by_role("heading", name="What would you change?")).to_be_visible()
    await expect(phone.get_by_text(DRAFT)).to_be_visible()
    await expect(phone.locator(".status")).to_contain_text("What you wrote was not sent.")

    await phone.get_by_role("button", name="Go to it").click()
    heading = phone.get_by_role("heading", name="Do you agree?")
    await expect(heading).to_be_focused()


async def test_the_keyboard_alone_is_enough(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.phone(talk.links[0])
    await expect(phone.get_by_role("button", name="Join")).to_be_visible()
    await tab_to(phone, "Join")
    await phone.keyboard.press("Enter")

    await expect(phone.get_by_role("heading", name="What would you change?")).to_be_focused()
    await phone.keyboard.press("Tab")
    await phone.keyboard.type("The crossing")
    await phone.keyboard.press("Control+Enter")
    await expect(phone.locator(".status")).to_contain_text("Saved")

    await site.command(talk, "next")
    await expect(phone.get_by_role("heading", name="Do you agree?")).to_be_focused()
    await phone.keyboard.press("3")
    await expect(phone.get_by_label("Perhaps")).to_be_checked()
    await phone.keyboard.press("ArrowUp")
    await expect(phone.get_by_label("No")).to_be_checked()
    await phone.keyboard.press("Enter")
    await expect(phone.locator(".status")).to_contain_text("Saved")

    await tab_to(phone, "Change my answer")
    await phone.keyboard.press("Enter")
    await phone.keyboard.press("1")
    await phone.keyboard.press("Enter")
    await expect(phone.locator(".status")).to_contain_text("replaced the one before")
    lines = (await site.file(talk, "answers.csv")).splitlines()
    assert [line.split(",")[4] for line in lines[1:]] == ["The crossing", "Yes"]
