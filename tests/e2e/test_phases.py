"""What participants see from the invitation to the second opening, and of what is taken back."""

from __future__ import annotations

import datetime

from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.site import Site

GUIDE = """\
items:
  - single_choice: Do you agree?
    options: ["Yes", "No"]
  - open_text: Why?
  - open_text: What else?
"""


async def answer_yes(phone: Page) -> None:
    await phone.get_by_label("Yes").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")


async def test_who_comes_early_learns_when_it_starts_in_both_zones(
    site: Site, browsing: Browsing
) -> None:
    starts = datetime.datetime.now(datetime.UTC).replace(microsecond=0) + datetime.timedelta(days=3)
    talk = await site.talk(
        GUIDE, "publish", starts_at=starts.isoformat(), zone="America/New_York", duration=45
    )
    phone = await browsing.phone(talk.links[0])
    await expect(phone.get_by_role("heading", name="Our streets")).to_be_visible()
    await expect(phone.get_by_text("your time (Berlin)")).to_be_visible()
    await expect(phone.get_by_text("for the organiser (New York)")).to_be_visible()
    await expect(phone.get_by_role("timer")).to_have_text("In about 3 days")
    await phone.get_by_role("button", name="Check my link").click()
    await expect(phone.get_by_text("Your link is ready.")).to_be_visible()
    assert not any(link["joined"] for link in await site.links(talk))


async def test_a_link_that_is_on_no_list_is_found_out_before_the_start(
    site: Site, browsing: Browsing
) -> None:
    browsing.expected = "status of 404"
    starts = datetime.datetime.now(datetime.UTC) + datetime.timedelta(days=2)
    talk = await site.talk(GUIDE, "publish", starts_at=starts.isoformat(), zone="UTC")
    phone = await browsing.phone(f"{talk.links[0].partition('=')[0]}=p{'0' * 16}")
    await phone.get_by_role("button", name="Check my link").click()
    await expect(phone.get_by_role("heading", name="We don't know this link")).to_be_visible()


async def test_the_waiting_room_counts_and_the_start_brings_join(
    site: Site, browsing: Browsing
) -> None:
    starts = datetime.datetime.now(datetime.UTC) + datetime.timedelta(minutes=5)
    talk = await site.talk(GUIDE, "publish", starts_at=starts.isoformat(), zone="UTC")
    ana = await browsing.phone(talk.links[0])
    await expect(ana.get_by_role("heading", name="Before we start")).to_be_visible()
    await ana.get_by_role("button", name="I agree").click()
    await expect(ana.get_by_role("timer")).to_be_visible()
    await expect(ana.get_by_text("Waiting for the moderator to start.")).to_be_visible(
        timeout=40_000  # sockets come one by one, over half a minute
    )
    await site.command(talk, "start", "next")
    await ana.get_by_role("button", name="Join").click()
    await expect(ana.get_by_role("heading", name="Do you agree?")).to_be_visible()


async def test_an_end_that_is_undone_brings_everybody_back(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await answer_yes(phone)
    await site.command(talk, "end")
    await expect(phone.get_by_role("heading", name="You were counted.")).to_be_visible()
    await expect(phone.locator(".tile", has_text="of all questions")).to_contain_text("1 of 1")
    await phone.get_by_role("button", name="Read my answers").click()
    await expect(phone.locator(".given")).to_have_text("Yes")
    await phone.get_by_role("button", name="Go back").click()

    await site.command(talk, "undo_end")
    await expect(phone.get_by_role("heading", name="You were counted.")).to_have_count(0)
    await site.command(talk, "next")
    await expect(phone.get_by_role("heading", name="Why?")).to_be_visible()


async def test_what_moderators_correct_and_take_back(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await answer_yes(phone)
    draft = {
        "type": "single_choice",
        "text": "Do you agree with it?",
        "options": [{"text": "Yes"}, {"text": "No"}, {"text": "Perhaps"}],
    }
    await site.do(talk, "edit", item=1, draft=draft)
    await expect(phone.get_by_role("heading", name="Do you agree with it?")).to_be_visible()
    await expect(
        phone.get_by_text("The moderator corrected the wording.", exact=True)
    ).to_be_visible()
    await expect(phone.get_by_label("Perhaps")).to_be_attached()
    await expect(phone.get_by_label("Yes")).to_be_checked()

    await site.do(talk, "withdraw", item=1)
    await expect(phone.locator(".status")).to_contain_text("took this question back")
    await expect(phone.get_by_text("No questions yet")).to_be_visible()
    await site.do(talk, "send", item=1)
    await expect(phone.get_by_text("Question 1 is open again", exact=True)).to_be_visible()
    await expect(phone.get_by_text("1 of 1 answered")).to_be_visible()
    await expect(phone.locator(".status")).to_contain_text("Saved")


async def test_a_second_opening_asks_everything_at_ones_own_pace(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE)
    await site.configure(talk, grace=0)
    await site.command(talk, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await answer_yes(phone)
    await site.command(talk, "end")
    await expect(phone.get_by_role("heading", name="You were counted.")).to_be_visible()
    await site.do(talk, "reopen_flex", days=3)

    # Who still had the page open, and who comes by the same link.
    await expect(phone.get_by_role("heading", name="At your own pace")).to_be_visible()
    await expect(phone.get_by_text("1 of 3 answered")).to_be_visible()
    await expect(phone.get_by_text("Open until")).to_be_visible()
    await phone.get_by_role("button", name="Do you agree?").click()
    await expect(phone.get_by_text("You answered this earlier; that answer stays.")).to_be_visible()
    await expect(phone.get_by_role("button", name="Change my answer")).to_have_count(0)
    await phone.get_by_role("button", name="Next unanswered").click()
    await expect(phone.get_by_role("heading", name="Why?")).to_be_visible()
    await phone.get_by_label("Your answer").fill("Noise")
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    await phone.get_by_role("button", name="All questions").first.click()
    await expect(phone.get_by_text("2 of 3 answered")).to_be_visible()

    late = await browsing.phone(talk.links[1])
    await expect(late.get_by_role("heading", name="Open until")).to_be_visible()
    await late.get_by_role("button", name="Join").click()
    await expect(late.get_by_text("0 of 3 answered")).to_be_visible()

    await site.command(talk, "end")
    await expect(phone.get_by_role("heading", name="You were counted.")).to_be_visible()
    await expect(phone.locator(".tile", has_text="of all questions")).to_contain_text("2 of 3")
