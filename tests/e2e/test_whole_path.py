"""The whole path in browsers: a moderator with the first-run link, a guide in the spreadsheet
template, three people on phones, the researcher's files and the organiser's own list. The files say
what a count by hand says, and what each phone showed."""

from __future__ import annotations

import datetime
import re
import zoneinfo
from pathlib import Path

from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing, go_offline
from tests.e2e.camera import Camera
from tests.e2e.site import OWNER, PASSWORD, Site
from tests.e2e.walk import Seen, Walk, downloaded, drop, pick, press_next, saved, send, thanked

GUIDE = Path(__file__).parents[1] / "guides/data/street-guide.csv"
"""As a spreadsheet program saves the template: nine items, seven of them questions."""
LANGUAGE, TREE, HAS, BETTER, CHANGED, ELSE = (
    "Please select your preferred language:",
    "Is there a tree in your street, \N{EN DASH} or a bush?",
    "Which of these does your street have?",
    "What would make your street better? Why?",
    "What has changed most in your street?",
    "Lastly, is there anything else you want to say?",
)
"""What is asked. Which letter a street begins with is skipped."""
WROTE = "Más árboles, & <bancos> \N{BICYCLE}"
TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z")


async def test_from_the_first_run_link_to_the_files_and_the_list(
    own_site: Site, own_browsing: Browsing, camera: Camera, tmp_path: Path
) -> None:
    # Asked who it is, the console is nobody yet; later a phone's line is cut.
    own_browsing.expected = "status of 401|ERR_INTERNET_DISCONNECTED"
    walk = Walk(await own_browsing.desk("/console", signed_in=False), camera)
    walk.begin()
    await make_account(walk, own_browsing, await own_site.first_run_link())
    await create(walk)
    await schedule(walk)
    links = await publish(walk)

    ana = await own_browsing.phone(links[0])
    await wait_for_start(walk, ana)
    ben = await own_browsing.wait(links[1])
    await start(walk)
    await join(walk, ana, first="You're in")
    await ben.get_by_role("button", name="Join").click()
    await expect(ben.get_by_role("heading", name="You're in")).to_be_visible()
    chi = await converse(walk, own_browsing, ana, ben, links[2])
    await end(walk)

    # Ana answered all six. Ben left the last one out, and HAS. Chi came for the last five and
    # answered three of them.
    seen = [await thanked(phone) for phone in (ana, ben, chi)]
    await walk.keep(chi, "phone-thanks")
    assert seen == [
        {"of all questions": ("100%", "6 of 6"), "while you were here": ("100%", "6 of 6")},
        {"of all questions": ("66%", "4 of 6"), "while you were here": ("66%", "4 of 6")},
        {"of all questions": ("50%", "3 of 6"), "while you were here": ("60%", "3 of 5")},
    ]
    pids = [link.partition("?pid=")[2] for link in links]
    await results(walk, pids, seen)
    await matched(walk, tmp_path / "invited.csv", pids, seen)


async def make_account(walk: Walk, browsing: Browsing, link: str) -> None:
    desk = walk.desk
    await expect(desk.get_by_text("Nobody has an account yet")).to_be_visible()
    await walk.keep(desk, "desk-nobody-yet")
    await browsing.visit(desk, link)
    await desk.get_by_label("Your name").fill(OWNER)
    await desk.get_by_label("Password").fill(PASSWORD)
    await walk.keep_desk("Welcome to Turnout", "first-run")
    await desk.get_by_role("button", name="Create account").click()
    await expect(desk.get_by_text("No conversations yet")).to_be_visible()
    assert "#" not in desk.url
    await desk.get_by_role("button", name="Sign out").click()
    await desk.get_by_label("Name").fill(OWNER)
    await desk.get_by_label("Password").fill(PASSWORD)
    await walk.keep_desk("Sign in", "sign-in")
    await desk.get_by_role("button", name="Sign in").click()
    await walk.keep_desk("Conversations", "no-conversations")


async def create(walk: Walk) -> None:
    desk = walk.desk
    await desk.get_by_role("link", name="New conversation").first.click()
    await drop(desk, GUIDE)
    await expect(desk.get_by_text("7 questions, 2 messages")).to_be_visible()
    await expect(desk.get_by_text("people answer in their own words")).to_be_visible()
    await desk.get_by_label("Title").fill("Our town, our streets")
    await desk.get_by_label("Max participants").fill("4")
    await walk.keep_desk("New conversation", "create")
    await desk.get_by_role("button", name="Create draft").click()
    await expect(desk.get_by_text(TREE)).to_be_visible()
    await walk.keep(desk, "desk-guide")


async def schedule(walk: Walk) -> None:
    """Soon enough that the waiting room is open."""
    desk = walk.desk
    await desk.get_by_role("link", name="Schedule").click()
    soon = datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Berlin")) + datetime.timedelta(minutes=6)
    await desk.get_by_label("Planned start, if").fill(f"{soon:%Y-%m-%dT%H:%M}")
    await desk.get_by_role("button", name="Save").click()
    await expect(desk.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    await walk.keep_desk("Schedule", "schedule")


async def publish(walk: Walk) -> list[str]:
    """The links, as they are downloaded."""
    desk = walk.desk
    await desk.get_by_role("link", name="Audience").click()
    await expect(desk.get_by_text("Links not downloaded yet")).to_be_visible()
    await walk.keep_desk("Distribute", "audience")
    rows = await downloaded(desk, "Download links")
    assert rows[0] == ["participant_id", "link"]
    await expect(desk.get_by_text("Links downloaded")).to_be_visible()
    for checked in ("7 questions", "Starts "):
        await expect(desk.locator(".check-ok", has_text=checked)).to_be_visible()
    await walk.keep(desk, "desk-ready-to-publish")
    await desk.get_by_role("button", name="Publish").click()
    await walk.keep_desk("Ready to start", "published")
    return [link for _, link in rows[1:]]


async def wait_for_start(walk: Walk, phone: Page) -> None:
    await expect(phone.get_by_role("heading", name="Before we start")).to_be_visible()
    await walk.keep(phone, "phone-terms")
    await phone.get_by_role("button", name="I agree").click()
    await expect(phone.get_by_role("heading", name="You're in the right place")).to_be_visible()
    await expect(phone.get_by_role("timer")).to_be_visible()
    await walk.keep(phone, "phone-waiting-room")


async def start(walk: Walk) -> None:
    desk = walk.desk
    await desk.get_by_role("button", name="Start…").click()
    await walk.keep_desk("Start now?", "start")
    await desk.get_by_role("button", name="Start now").click()
    await expect(desk.locator(".line:visible")).to_have_text("Connected")
    await expect(desk.get_by_text("No question sent yet")).to_be_visible()


async def join(walk: Walk, phone: Page, *, first: str) -> None:
    """A tap on Join, which is proved with a key of this browser."""
    await expect(phone.get_by_role("button", name="Join")).to_be_visible()
    await walk.keep(phone, "phone-join")
    async with phone.expect_response("**/join") as joined:
        await phone.get_by_role("button", name="Join").click()
    assert (await (await joined.value).json())["assurance"] == "key"
    await expect(phone.get_by_role("heading", name=first)).to_be_visible()
    await walk.keep(phone, "phone-joined")


async def converse(walk: Walk, browsing: Browsing, ana: Page, ben: Page, late: str) -> Page:
    """Everything is sent by key. Ben's line is lost while he answers BETTER; Chi joins at TREE."""
    desk = walk.desk
    await send(desk, LANGUAGE, ana, ben)
    await pick(ana, "Arabic")
    await walk.keep(ana, "phone-chosen")
    await saved(ana)
    await walk.keep(ana, "phone-saved")
    await ana.get_by_role("button", name="Change my answer").click()
    await pick(ana, "English")
    await saved(ana, "Your new answer replaced the one before.")
    await pick(ben, "Hindi")
    await saved(ben)

    await desk.keyboard.press("s")
    await expect(desk.get_by_role("button", name="Skipped 1")).to_be_visible()
    for message in ("Welcome.", "Three things are good to know"):
        await press_next(desk)
        await expect(ana.locator("p", has_text=message)).to_be_visible()
    await walk.keep(ana, "phone-messages")
    await send(desk, TREE, ana, ben)
    chi = await browsing.phone(late)
    await join(walk, chi, first=TREE)
    for phone, option in ((ana, "Yes"), (ben, "No"), (chi, "Yes")):
        await pick(phone, option)
        await saved(phone)
    await expect(desk.get_by_text("3 of about 3 here have answered")).to_be_visible()
    await walk.keep(desk, "desk-live-bars")

    await send(desk, HAS, ana, ben, chi)
    await pick(ana, "Benches", "Shops")
    await walk.keep(ana, "phone-several")
    await saved(ana)
    await pick(chi, "Benches", "None of the above")
    await expect(chi.get_by_label("Benches")).not_to_be_checked()
    await saved(chi)

    await send(desk, BETTER, ana, ben, chi)
    await lose_line(walk, ben)
    for phone, text in ((ana, WROTE), (chi, "Less noise")):
        await phone.get_by_label("Your answer").fill(text)
        await saved(phone)
        await expect(desk.get_by_text(text, exact=True)).to_be_visible()
    await walk.keep(desk, "desk-live-texts")

    await send(desk, CHANGED, ana, chi)
    await come_back(walk, ben)
    for phone in (ana, ben):
        await pick(phone, "Traffic")
        await saved(phone)

    await send(desk, ELSE, ana, ben, chi)
    await pick(ana, "Other")
    await ana.get_by_label("Your own answer").fill("مقاعد في الظل")
    await saved(ana)
    await expect(desk.get_by_text("1 of about 3 here have answered")).to_be_visible()
    return chi


async def lose_line(walk: Walk, phone: Page) -> None:
    """What is written then waits on the phone, and says so."""
    await go_offline(phone)
    await phone.get_by_label("Your answer").fill("A bench at the stop")
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Waiting to send")
    await walk.keep(phone, "phone-no-line")


async def come_back(walk: Walk, phone: Page) -> None:
    """The question is closed by now. What waited goes by itself, and counts; then the next one is
    there."""
    await phone.context.set_offline(False)
    await expect(phone.get_by_role("heading", name=CHANGED)).to_be_visible(timeout=40_000)
    await phone.get_by_role("button", name="My answers").click()
    await expect(phone.get_by_text("A bench at the stop")).to_be_visible()
    await walk.keep(phone, "phone-my-answers")
    await phone.get_by_role("button", name="Back").click()


async def end(walk: Walk) -> None:
    desk = walk.desk
    await desk.get_by_role("button", name="End…").click()
    await walk.keep_desk("End for everybody?", "end")
    await desk.get_by_role("button", name="End now").click()
    await expect(desk.get_by_role("region", name="It is over")).to_be_visible()
    await walk.keep(desk, "desk-over")
    await desk.get_by_role("link", name="To Results").click()


async def results(walk: Walk, pids: list[str], seen: list[Seen]) -> None:
    desk = walk.desk
    await walk.keep_desk("3 of 4 people came", "results")
    rows = await downloaded(desk, "Download participant_data.csv")
    named = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    for row, pid, told in zip(named, pids, seen, strict=False):
        answered = f"{row['questions_answered']} of {row['questions_asked']}"
        assert row["participant_id"] == pid
        assert (f"{row['percent_answered']}%", answered) == told["of all questions"]
        assert f"{row['percent_while_present']}%" == told["while you were here"][0]
    assert untimed(rows) == [
        [pids[0], "100", "6", "6", "100", "0", "TIME", "TIME", "0", "complete", ""],
        [pids[1], "66", "4", "6", "66", "0", "TIME", "TIME", "0", "complete", ""],
        [pids[2], "50", "3", "6", "60", "0", "TIME", "TIME", "0", "complete", ""],
    ]
    assert untimed(await downloaded(desk, "Download answers.csv")) == expected_answers(*pids)


async def matched(walk: Walk, invited: Path, pids: list[str], seen: list[Seen]) -> None:
    """The organiser's own list, in the page, from 60 % on."""
    desk = walk.desk
    names = ("Ana", "Ben", "Chi", "Dora")
    roster = "".join(f"{name},{pid}\n" for name, pid in zip(names, pids, strict=True))
    await desk.get_by_role("link", name="Match").click()
    invited.write_text(f"Name,Participant\n{roster}", "utf-8")
    await drop(desk, invited)
    await desk.get_by_label("Came in full from").fill("60")
    for told in ("2 came, 60% or more", "1 came, under 60%", "1 never came"):
        await expect(desk.get_by_role("button", name=told)).to_be_visible()
    await walk.keep_desk("Match with your list", "match")
    rows = await downloaded(desk, "Download matched list", role="button")
    named = [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]
    assert [row["Name"] for row in named] == list(names)
    shares = [f"{row['percent_answered']}%" for row in named]
    assert shares == [*(told["of all questions"][0] for told in seen), "%"]


def untimed(rows: list[list[str]]) -> list[list[str]]:
    """Without the header, and with a word in place of every moment."""
    return [["TIME" if TIME.fullmatch(cell) else cell for cell in row] for row in rows[1:]]


def expected_answers(ana: str, ben: str, chi: str, _dora: str) -> list[list[str]]:
    said = [
        (ana, "1", LANGUAGE, "single_choice", "English"),
        (ben, "1", LANGUAGE, "single_choice", "Hindi"),
        (ana, "5", TREE, "single_choice", "Yes"),
        (ben, "5", TREE, "single_choice", "No "),
        (chi, "5", TREE, "single_choice", "Yes"),
        (ana, "6", HAS, "multiple_choice", "Benches|Shops"),
        (chi, "6", HAS, "multiple_choice", "None of the above"),
        (ana, "7", BETTER, "open_text", WROTE),
        (ben, "7", BETTER, "open_text", "A bench at the stop"),
        (chi, "7", BETTER, "open_text", "Less noise"),
        (ana, "8", CHANGED, "multiple_choice", "Traffic"),
        (ben, "8", CHANGED, "multiple_choice", "Traffic"),
        (ana, "9", ELSE, "multiple_choice", "مقاعد في الظل"),
    ]
    late = {(ben, "7")}
    return [[*row, "TIME", "yes" if (row[0], row[1]) in late else "no", "no", "no"] for row in said]
