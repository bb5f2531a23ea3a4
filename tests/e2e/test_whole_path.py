"""The whole path in browsers: a moderator with the first-run link, two participants on phones,
every type of question, and the researcher's files, which say what a count by hand says."""

from __future__ import annotations

import asyncio
import csv
import io
import re
from pathlib import Path

from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.site import OWNER, PASSWORD, Site

GUIDE = """\
title: Our town, our streets
items:
  - message: Welcome! There are no right answers here.
  - single_choice: How did you make your last trip?
    options: [On foot, By bicycle, By bus or train]
  - multiple_choice: What makes a street pleasant?
    options: [Trees, Benches, exclusive: None of the above]
    other: true
  - open_text: What would make your street better?
  - number: How many minutes were you on the way?
    min: 0
    max: 600
    step: 5
  - scale: How safe do you feel on it?
    min: 1
    max: 5
    min_label: Not at all
    max_label: Very
"""
TRIP, PLEASANT, BETTER, MINUTES, SAFE = (
    "How did you make your last trip?",
    "What makes a street pleasant?",
    "What would make your street better?",
    "How many minutes were you on the way?",
    "How safe do you feel on it?",
)
WROTE = "Más árboles, & <bancos> \N{BICYCLE}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


async def test_from_the_first_run_link_to_the_file(
    own_site: Site, own_browsing: Browsing, tmp_path: Path
) -> None:
    own_browsing.expected = "status of 401"  # asked who it is, the console is nobody yet
    desk = await own_browsing.desk("/console", signed_in=False)
    await make_account(desk, own_browsing, await own_site.first_run_link())
    await create(desk, tmp_path)
    ana_link, ben_link = await links(desk)
    await desk.get_by_role("button", name="Publish").click()
    await expect(desk.get_by_role("heading", name="Ready to start")).to_be_visible()

    ana = await own_browsing.wait(ana_link)
    ben = await own_browsing.wait(ben_link)
    await desk.get_by_role("button", name="Start…").click()
    await desk.get_by_role("button", name="Start now").click()
    await join(ana, first="You're in")
    await converse(desk, ana, ben)
    await desk.get_by_role("button", name="End…").click()
    await desk.get_by_role("button", name="End now").click()
    await desk.get_by_role("link", name="To Results").click()

    # Ana answered all five. Ben came for the last four and answered three of them.
    await thanked(ana, all_questions=("100%", "5 of 5"), while_here=("100%", "5 of 5"))
    await thanked(ben, all_questions=("60%", "3 of 5"), while_here=("75%", "3 of 4"))

    pids = [link.partition("?pid=")[2] for link in (ana_link, ben_link)]
    assert untimed(await downloaded(desk, "participant_data.csv")) == [
        [pids[0], "100", "5", "5", "100", "0", "TIME", "TIME", "0", "complete", ""],
        [pids[1], "60", "3", "5", "75", "0", "TIME", "TIME", "0", "complete", ""],
    ]
    assert untimed(await downloaded(desk, "answers.csv")) == expected_answers(*pids)


async def make_account(desk: Page, browsing: Browsing, link: str) -> None:
    await expect(desk.get_by_text("Nobody has an account yet")).to_be_visible()
    await browsing.visit(desk, link)
    await desk.get_by_label("Your name").fill(OWNER)
    await desk.get_by_label("Password").fill(PASSWORD)
    await desk.get_by_role("button", name="Create account").click()
    await expect(desk.get_by_text("No conversations yet")).to_be_visible()
    assert "#" not in desk.url
    await desk.get_by_role("button", name="Sign out").click()
    await desk.get_by_label("Name").fill(OWNER)
    await desk.get_by_label("Password").fill(PASSWORD)
    await desk.get_by_role("button", name="Sign in").click()


async def create(desk: Page, folder: Path) -> None:
    guide = folder / "guide.yaml"
    guide.write_text(GUIDE, "utf-8")
    await desk.get_by_role("link", name="New conversation").first.click()
    async with desk.expect_file_chooser() as chooser:
        await desk.get_by_role("button", name="Choose a file").click()
    await (await chooser.value).set_files(guide)
    await expect(desk.get_by_text("5 questions, 1 message")).to_be_visible()
    await expect(desk.get_by_label("Title")).to_have_value("Our town, our streets")
    await desk.get_by_label("Max participants").fill("2")
    await desk.get_by_role("button", name="Create draft").click()
    await desk.get_by_role("link", name="Audience").click()
    await expect(desk.get_by_role("heading", name="Distribute")).to_be_visible()


async def links(desk: Page) -> list[str]:
    rows = await downloaded(desk, "links.csv", button="Download links")
    assert rows[0] == ["participant_id", "link"]
    return [link for _, link in rows[1:]]


async def join(phone: Page, *, first: str) -> None:
    """A tap on Join, which is proved with a key of this browser."""
    async with phone.expect_response("**/join") as joined:
        await phone.get_by_role("button", name="Join").click()
    assert (await (await joined.value).json())["assurance"] == "key"
    await expect(phone.get_by_role("heading", name=first)).to_be_visible()


async def converse(desk: Page, ana: Page, ben: Page) -> None:
    """Ben joins at the second question and leaves the fourth one out."""
    await send_next(desk, "Next message")
    await expect(ana.get_by_role("heading", name="Welcome!")).to_be_visible()
    await send_next(desk)
    await asked(ana, TRIP)
    await ana.get_by_label("By bicycle").check()
    await saved(ana)
    await ana.get_by_role("button", name="Change my answer").click()
    await ana.get_by_label("On foot").check()
    await saved(ana, "Your new answer replaced the one before.")

    await send_next(desk)
    await asked(ana, PLEASANT)
    await join(ben, first=PLEASANT)
    await ana.get_by_label("Trees").check()
    await ana.get_by_label("Benches").check()
    await saved(ana)
    await ben.get_by_label("Trees").check()
    await ben.get_by_label("None of the above").check()
    await expect(ben.get_by_label("Trees")).not_to_be_checked()
    await saved(ben)

    await send_next(desk)
    for phone, text in ((ana, WROTE), (ben, "Less noise")):
        await asked(phone, BETTER)
        await phone.get_by_label("Your answer").fill(text)
        await saved(phone)
        await expect(desk.get_by_text(text, exact=True)).to_be_visible()

    await send_next(desk)
    await asked(ana, MINUTES)
    await ana.get_by_label("Your answer").fill("25")
    await saved(ana)
    await asked(ben, MINUTES)

    await send_next(desk)
    await asked(ana, SAFE)
    await ana.get_by_label("5").check()
    await saved(ana)
    await asked(ben, SAFE)
    await ben.get_by_label("1").check()
    await saved(ben)
    await expect(desk.get_by_text("2 of about 2 here have answered")).to_be_visible()


async def send_next(desk: Page, button: str = "Next question") -> None:
    await desk.get_by_role("button", name=button).click()


async def asked(phone: Page, question: str) -> None:
    await expect(phone.get_by_role("heading", name=question)).to_be_visible()


async def saved(phone: Page, why: str = "The next question appears here by itself.") -> None:
    """Send what is in the fields; the server has it."""
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.get_by_role("status").filter(has_text="Saved")).to_contain_text(why)


async def thanked(
    phone: Page, *, all_questions: tuple[str, str], while_here: tuple[str, str]
) -> None:
    await expect(phone.get_by_role("heading", name="You were counted.")).to_be_visible()
    tiles = {"of all questions": all_questions, "while you were here": while_here}
    for words, numbers in tiles.items():
        tile = phone.locator(".tile", has_text=words)
        for number in numbers:
            await expect(tile.get_by_text(number, exact=True)).to_be_visible()


async def downloaded(desk: Page, name: str, *, button: str | None = None) -> list[list[str]]:
    """The rows of a file that the browser saved."""
    async with desk.expect_download() as download:
        await desk.get_by_role("link", name=button or f"Download {name}").click()
    path = await (await download.value).path()
    text = await asyncio.to_thread(Path(path).read_text, "utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


def untimed(rows: list[list[str]]) -> list[list[str]]:
    """Without the header, and with a word in place of every moment."""
    return [["TIME" if TIME.fullmatch(cell) else cell for cell in row] for row in rows[1:]]


def expected_answers(ana: str, ben: str) -> list[list[str]]:
    said = [
        (ana, "2", TRIP, "single_choice", "On foot"),
        (ana, "3", PLEASANT, "multiple_choice", "Trees|Benches"),
        (ben, "3", PLEASANT, "multiple_choice", "None of the above"),
        (ana, "4", BETTER, "open_text", WROTE),
        (ben, "4", BETTER, "open_text", "Less noise"),
        (ana, "5", MINUTES, "number", "25"),
        (ana, "6", SAFE, "scale", "5"),
        (ben, "6", SAFE, "scale", "1"),
    ]
    return [[*row, "TIME", "no", "no", "no"] for row in said]
