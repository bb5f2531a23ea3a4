"""What one person does with several browsers, and what a browser can forget: no link is lost, and
no second person comes of it."""

from __future__ import annotations

import csv
import io

from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.site import Site, Talk

GUIDE = """\
items:
  - message: Welcome to the talk.
  - single_choice: Do you agree?
    options: ["Yes", "No"]
  - open_text: Why?
"""
QUESTION = "Do you agree?"
ELSEWHERE = "This link is in use on another device"
FORGET = """async () => {
  for (const { name } of await indexedDB.databases()) {
    await new Promise((done) => {
      const gone = indexedDB.deleteDatabase(name);
      gone.onsuccess = gone.onerror = gone.onblocked = done;
    });
  }
  localStorage.clear();
  sessionStorage.clear();
}"""


async def answered(site: Site, browsing: Browsing, *, several: bool = False) -> tuple[Talk, Page]:
    """Somebody joined and answered the first question."""
    browsing.expected = "status of 40[49]"
    talk = await site.talk(GUIDE, "publish", "start", "next", "next", several_devices=several)
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("Yes").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    return talk, phone


async def people(site: Site, talk: Talk) -> list[dict[str, str]]:
    """The rows of Participant Data."""
    text = await site.file(talk, "participant_data.csv")
    return list(csv.DictReader(io.StringIO(text, newline="")))


async def test_b16_from_an_app_to_the_real_browser_a_moderator_lets_in(
    site: Site, browsing: Browsing
) -> None:
    talk, app = await answered(site, browsing)
    desk = await browsing.desk(f"/console/{talk.slug}/live")
    safari = await browsing.phone(talk.links[0])
    await safari.get_by_role("button", name="Join").click()
    await expect(safari.get_by_role("heading", name=ELSEWHERE)).to_be_visible()
    await safari.get_by_role("button", name="Ask to move here").click()
    letters = await safari.get_by_role("img").get_attribute("aria-label")
    assert letters is not None
    await desk.get_by_role("button", name=f"Release {letters.replace(', ', '')}").first.click()
    await expect(safari.get_by_role("heading", name=QUESTION)).to_be_visible()
    await expect(safari.get_by_label("Yes")).to_be_checked()
    await expect(app.get_by_role("heading", name="Moved to another device")).to_be_visible()
    assert [row["device_changes"] for row in await people(site, talk)] == ["1"]


async def test_b18_a_browser_that_lost_its_keys_goes_on_by_its_cookie(
    site: Site, browsing: Browsing
) -> None:
    talk, phone = await answered(site, browsing)
    await phone.goto("about:blank")
    page = await browsing.visit(await phone.context.new_page(), f"{browsing.origin}/healthz")
    await page.evaluate(FORGET)
    await browsing.visit(page, talk.links[0])
    await page.get_by_role("button", name="Join").click()
    await expect(page.get_by_role("heading", name=QUESTION)).to_be_visible()
    await expect(page.get_by_label("Yes")).to_be_checked()
    assert [row["device_changes"] for row in await people(site, talk)] == ["0"]


async def test_b18_a_browser_that_lost_its_cookies_goes_on_by_its_key(
    site: Site, browsing: Browsing
) -> None:
    talk, phone = await answered(site, browsing)
    await phone.context.clear_cookies()
    await phone.reload()
    await expect(phone.get_by_label("Yes")).to_be_checked()
    assert len(await people(site, talk)) == 1


async def test_b18_a_browser_that_lost_everything_is_another_device_and_changes_nothing(
    site: Site, browsing: Browsing
) -> None:
    talk, phone = await answered(site, browsing)
    before = await people(site, talk)
    await phone.goto("about:blank")
    page = await browsing.visit(await phone.context.new_page(), f"{browsing.origin}/healthz")
    await page.evaluate(FORGET)
    await page.context.clear_cookies()
    await browsing.visit(page, talk.links[0])
    await page.get_by_role("button", name="Join").click()
    await expect(page.get_by_role("heading", name=ELSEWHERE)).to_be_visible()
    assert [row["participant_id"] for row in await people(site, talk)] == [
        row["participant_id"] for row in before
    ]


async def test_b18_of_two_devices_of_one_link_the_later_is_shown_what_is_stored(
    site: Site, browsing: Browsing
) -> None:
    talk, phone = await answered(site, browsing, several=True)
    laptop = await browsing.join(talk.links[0])
    await expect(laptop.get_by_label("Yes")).to_be_checked()
    await laptop.get_by_role("button", name="Change my answer").click()
    await laptop.get_by_label("No").check()
    await laptop.get_by_role("button", name="Send answer").click()
    await expect(laptop.locator(".status")).to_contain_text("Saved")
    await expect(phone.get_by_label("No")).to_be_checked()
    rows = await people(site, talk)
    assert [(row["questions_answered"], row["percent_answered"]) for row in rows] == [("1", "100")]


async def test_b24_who_comes_late_sees_the_message_and_the_open_question_once(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next", "next", "next")
    late = await browsing.join(talk.links[0])
    await expect(late.get_by_role("heading", name="Why?")).to_have_count(1)
    await expect(late.locator("details").get_by_text("Welcome to the talk.").first).to_be_visible()
    await expect(late.get_by_text("0 of 2 answered")).to_be_visible()
    await late.get_by_role("button", name="My answers").click()
    await expect(late.get_by_text("not answered")).to_be_visible()


async def test_b35_a_participants_page_commands_nothing_and_reads_no_files(
    site: Site, browsing: Browsing
) -> None:
    talk, phone = await answered(site, browsing)
    browsing.expected = "status of 40[0-9]|WebSocket connection to"
    tried = await phone.evaluate(
        """async (slug) => {
          const base = `/api/console/conversations/${slug}`;
          const body = (what) => ({ method: "POST", body: JSON.stringify(what),
            headers: { "Content-Type": "application/json" } });
          const doors = [
            [`${base}`], [`${base}/links`], [`${base}/answers?question=2&after=0`],
            [`${base}/files/participant_data.csv`], [`${base}/files/bundle.zip`],
            [`${base}/command`, body({ cid: crypto.randomUUID(), op: "end" })],
            [`${base}/explain`, body({ pid: location.hash.slice(5) })],
          ];
          const answers = [];
          for (const [path, init] of doors) answers.push((await fetch(path, init)).status);
          const opened = await new Promise((done) => {
            const line = new WebSocket(
              `${location.origin.replace("http", "ws")}/ws/console/${slug}`, "turnout.v1");
            line.onopen = () => done(true);
            line.onerror = () => done(false);
          });
          return { answers, opened };
        }""",
        talk.slug,
    )
    assert tried == {"answers": [401] * 7, "opened": False}
    await expect(phone.get_by_role("heading", name=QUESTION)).to_be_visible()
