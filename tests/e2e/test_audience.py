"""What an organiser does before people come: choose how they get in, hand out links, publish."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
import segno
from playwright.async_api import Locator, Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.site import Site, Talk
from tests.second_client.client import Client, Refusal

GUIDE = """\
items:
  - open_text: What would make your street better?
"""
DROP = """([target, name, text]) => {
    const files = new DataTransfer();
    files.items.add(new File([text], name));
    for (const type of ['dragover', 'drop']) {
        target.dispatchEvent(new DragEvent(type, {dataTransfer: files, bubbles: true}));
    }
}"""
BROKEN = """\
items:
  - single_choice: How did you come here?
  - number: How many minutes did it take?
    min: 10
    max: 5
"""


async def audience(browsing: Browsing, talk: Talk) -> Page:
    desk = await browsing.desk(f"/console/{talk.slug}/audience")
    await expect(desk.get_by_role("heading", name="Before you publish")).to_be_visible()
    return desk


async def state(site: Site, talk: Talk) -> dict[str, Any]:
    answer = await site.client.get(f"/api/console/conversations/{talk.slug}")
    found: dict[str, Any] = answer.json()
    return found


def button(desk: Page, name: str) -> Locator:
    return desk.get_by_role("button", name=name, exact=True)


async def is_main(control: Locator) -> None:
    """It is the one filled button."""
    await expect(control).to_have_class(re.compile(r"\bbtn-go\b"))
    await expect(control.page.locator(".btn-go")).to_have_count(1)


async def test_first_the_links_then_publish(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE)
    desk = await audience(browsing, talk)
    download = desk.get_by_role("link", name="Download links")
    await is_main(download)
    await expect(desk.get_by_text("Links not downloaded yet")).to_be_visible()
    async with desk.expect_download() as saved:
        await download.click()
    file = await asyncio.to_thread(Path(await (await saved.value).path()).read_text, "utf-8-sig")
    assert [line.split(",")[-1] for line in file.splitlines()[1:]] == talk.links
    # The page says so when the server does, and then for everybody.
    await expect(desk.get_by_text("Links downloaded")).to_be_visible()
    await is_main(button(desk, "Publish"))
    await desk.get_by_label("Max participants").fill("\N{ARABIC-INDIC DIGIT FIVE}")
    await button(desk, "Save").click()
    await expect(desk.get_by_role("heading", name="5 links")).to_be_visible()
    await expect(desk.get_by_text("New links not downloaded yet")).to_be_visible()
    await is_main(download)
    async with desk.expect_download():
        await download.click()
    await is_main(button(desk, "Publish"))
    other = await audience(browsing, talk)
    await expect(other.get_by_text("Links downloaded")).to_be_visible()
    await button(desk, "Publish").click()
    for page in (desk, other):
        await expect(page.get_by_role("heading", name="Ready to start")).to_be_visible()
    await is_main(button(desk, "Start…"))


async def test_the_kind_of_link_and_the_seats(site: Site, browsing: Browsing) -> None:
    browsing.expected = "status of 422"  # lowering what was handed out is refused
    talk = await site.talk(GUIDE)
    desk = await audience(browsing, talk)
    await desk.get_by_label("Max participants").fill("5")
    await desk.get_by_label("Allow several devices").check()
    await button(desk, "Save").click()
    await expect(desk.get_by_role("heading", name="5 links")).to_be_visible()
    assert [link["link"] for link in await site.links(talk)][:3] == talk.links
    await desk.get_by_label("Max participants").fill("4")
    await button(desk, "Save").click()
    await expect(desk.get_by_role("alert")).to_contain_text("Keep 5 or more.")
    await desk.get_by_label("Max participants").fill("many")
    await button(desk, "Save").click()
    await expect(desk.get_by_text("A whole number from 1 to")).to_be_visible()
    await expect(desk.get_by_label("Max participants")).to_be_focused()

    await desk.get_by_label("Max participants").fill("5")
    await desk.get_by_label("Single link").check()
    await button(desk, "Save").click()
    await expect(desk.get_by_text(f"{site.address}/c/{talk.slug}", exact=True)).to_be_visible()
    await expect(desk.get_by_label("Allow several devices")).to_have_count(0)
    await is_main(button(desk, "Publish"))
    await button(desk, "Publish").click()
    # From now on the kind is a fact.
    await expect(desk.get_by_text("take it back to draft first")).to_be_visible()
    await expect(desk.get_by_label("Unique links")).to_have_count(0)
    phone = await browsing.phone(f"{site.address}/c/{talk.slug}")
    await expect(phone.get_by_role("heading", name="Before we start")).to_be_visible()


async def test_what_a_colleague_changes_is_shown_and_what_is_typed_stays(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE)
    desk = await audience(browsing, talk)
    await desk.get_by_label("Max participants").fill("7")
    await site.configure(talk, several_devices=True, max_participants=4)
    await expect(desk.get_by_role("heading", name="4 links")).to_be_visible()
    await expect(desk.get_by_label("Allow several devices")).to_be_checked()
    await expect(desk.get_by_label("Max participants")).to_have_value("7")
    await button(desk, "Save").click()
    await expect(desk.get_by_role("heading", name="7 links")).to_be_visible()
    assert (await state(site, talk))["several_devices"] is True


async def test_the_table_finds_links_and_says_whom_they_kept_out(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", people=60)
    desk = await browsing.desk(f"/console/{talk.slug}/audience")
    rows = desk.get_by_role("row").filter(has=desk.get_by_role("button", name="Copy link"))
    await expect(button(desk, "Unused 60")).to_be_visible()
    first = Client(site.address, talk.slug, talk.pids[41])
    await first.prove("join")
    await first.hello()
    await expect(button(desk, "Joined 1")).to_be_visible()
    other = Client(site.address, talk.slug, talk.pids[41])
    with pytest.raises(Refusal, match="other_device"):
        await other.prove("join")
    await other.prove("takeover")
    await button(desk, "Refused devices 1").click()
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text(talk.pids[41])
    await expect(rows).to_contain_text("asks to move")
    await button(desk, f"Release {await letters(desk)}").click()
    await expect(rows).to_contain_text("another device refused")
    await first.cut()

    await button(desk, "All 60").click()
    await desk.get_by_role("searchbox", name="Search links").fill(talk.pids[7][6:13].upper())
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text(talk.pids[7])
    await desk.context.grant_permissions(["clipboard-read", "clipboard-write"])
    await rows.get_by_role("button", name="Copy link 8").click()
    await expect(rows.get_by_role("status")).to_have_text("Copied")
    assert await desk.evaluate("navigator.clipboard.readText()") == talk.links[7]
    await desk.get_by_role("searchbox", name="Search links").fill("not a pid")
    await expect(desk.get_by_text("No link holds “not a pid”.")).to_be_visible()


async def letters(desk: Page) -> str:
    return await desk.locator(".tray .letters > [aria-hidden]").inner_text()


async def test_a_link_as_a_code_to_look_at_save_and_print(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE)
    desk = await audience(browsing, talk)
    await button(desk, "QR code of link 2").click()
    dialog = desk.get_by_role("dialog")
    await expect(dialog.get_by_role("img", name="QR code of link 2")).to_be_visible()
    await expect(button(desk, "Close")).to_be_focused()
    assert await modules(dialog.locator(".qr")) == dark(talk.links[1])
    async with desk.expect_download() as saved:
        await dialog.get_by_role("link", name="Save as SVG").click()
    assert (await saved.value).suggested_filename == f"{talk.slug}-2.svg"
    svg = await asyncio.to_thread(Path(await (await saved.value).path()).read_text, "utf-8")
    assert svg.startswith("<svg xmlns=")
    assert talk.pids[1] not in svg

    await desk.emulate_media(media="print")
    await expect(desk.locator(".paper .qr")).to_be_visible()
    await expect(desk.locator(".paper")).to_contain_text(talk.links[1])
    await expect(desk.locator("#app")).to_be_hidden()
    await desk.emulate_media(media="screen")
    await desk.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)
    await expect(desk.locator(".paper")).to_have_count(0)
    await expect(button(desk, "QR code of link 2")).to_be_focused()
    # I12: the codes were asked for by number.
    assert [sent.url for sent in browsing.sent if "/qr?" in sent.url] == [
        f"{site.address}/api/console/conversations/{talk.slug}/qr?from=2&count=1"
    ]


async def test_many_codes_on_paper(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, people=130)
    desk = await audience(browsing, talk)
    # What stands on the paper at the moment of printing is all that is printed.
    await desk.evaluate(
        """() => { window.print = () => {
            const codes = document.querySelectorAll('.paper path').length;
            document.body.setAttribute('data-printed', String(codes));
        }; }"""
    )
    await button(desk, "QR codes").click()
    dialog = desk.get_by_role("dialog")
    await dialog.get_by_label("To link").fill("131")
    await expect(dialog.get_by_text("Two whole numbers from 1 to 130")).to_be_visible()
    await dialog.get_by_label("From link").fill("12")
    await dialog.get_by_label("To link").fill("130")
    await button(desk, "Draw and print").click()
    await expect(desk.locator("body")).to_have_attribute("data-printed", "119")
    await desk.emulate_media(media="print")
    squares = desk.locator(".paper li")
    await expect(squares).to_have_count(119)
    for place in (0, 118):
        await expect(squares.nth(place)).to_contain_text(talk.pids[11 + place])
        assert await modules(squares.nth(place).locator(".qr")) == dark(talk.links[11 + place])
    await expect(desk.locator("#app")).to_be_hidden()


async def modules(code: Locator) -> set[tuple[int, int]]:
    """The dark modules of a drawn code, as they are painted: (row, column)."""
    found: list[list[int]] = await code.evaluate(
        """svg => {
            const path = svg.querySelector('path');
            const size = svg.viewBox.baseVal.width - 8;
            const dark = [];
            for (let y = 0; y < size; y++) for (let x = 0; x < size; x++)
                if (path.isPointInFill(new DOMPoint(x + 0.5, y + 0.5))) dark.push([y, x]);
            return dark;
        }"""
    )
    return {(y, x) for y, x in found}


def dark(link: str) -> set[tuple[int, int]]:
    rows = segno.make(link, error="m", micro=False).matrix
    return {(y, x) for y, row in enumerate(rows) for x, module in enumerate(row) if module}


async def test_a_guide_is_dropped_and_nothing_is_taken_until_it_is_right(
    own_site: Site, own_browsing: Browsing
) -> None:
    own_browsing.expected = "status of 422"
    own_browsing.cookies = await own_site.sign_in()
    desk = await own_browsing.desk("/console/new")
    await drop(desk, "guide.yaml", BROKEN)
    await expect(desk.get_by_text("2 things to put right")).to_be_visible()
    places = desk.get_by_role("region", name="What to put right").get_by_role("row")
    await expect(places).to_have_count(3)
    await expect(places.nth(1)).to_contain_text("2")
    await expect(places.nth(1)).to_contain_text("A choice without options.")
    await desk.get_by_label("Title").fill("Our streets")
    await button(desk, "Create draft").click()
    await expect(desk.get_by_text("Put the guide right first.")).to_be_visible()
    await expect(button(desk, "Choose another file")).to_be_focused()
    listed = await own_site.client.get("/api/console/conversations")
    assert listed.json()["conversations"] == []

    await drop(desk, "guide.yaml", GUIDE)
    await expect(desk.get_by_text("1 question", exact=True)).to_be_visible()
    await desk.get_by_label("Single link").check()
    await button(desk, "Create draft").click()
    await expect(desk.get_by_role("link", name="Audience")).to_be_visible()
    (made,) = (await own_site.client.get("/api/console/conversations")).json()["conversations"]
    assert (made["title"], made["links"], made["questions"]) == ("Our streets", "single", 1)


async def drop(desk: Page, name: str, text: str) -> None:
    """A file is dragged onto the page from elsewhere."""
    target = await desk.locator(".drop").element_handle()
    await desk.evaluate(DROP, [target, name, text])


async def test_the_list_is_searched_and_says_what_starts_next(
    own_site: Site, own_browsing: Browsing
) -> None:
    own_browsing.cookies = await own_site.sign_in()
    for number in range(1, 9):
        await own_site.talk(GUIDE, title=f"Streets {number}")
    talk = await own_site.talk(GUIDE, title="Parks", starts_at="2098-05-01T10:00+00:00", zone="UTC")
    desk = await own_browsing.desk("/console")
    await expect(desk.get_by_text("Next: Parks, ")).to_be_visible()
    await desk.get_by_role("searchbox", name="Search conversations").fill("street 7")
    await expect(desk.get_by_role("row")).to_have_count(2)
    await expect(desk.get_by_text("1 of 9 conversations")).to_be_visible()
    await desk.get_by_role("searchbox", name="Search conversations").fill("bridge")
    await expect(desk.get_by_text("holds “bridge”")).to_be_visible()
    await desk.get_by_role("main").get_by_role("link", name="Parks").first.click()
    await expect(desk).to_have_url(f"{own_site.address}/console/{talk.slug}")


async def test_what_can_not_be_published_says_why(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(
        "items:\n  - message: Welcome.\n", starts_at="2020-01-01T10:00Z", zone="UTC"
    )
    await site.configure(talk, auto_start=True)
    desk = await audience(browsing, talk)
    await expect(desk.get_by_text("The guide is empty")).to_be_visible()
    await expect(desk.get_by_text("Starts in the past")).to_be_visible()
    await button(desk, "Publish").click(force=True)
    assert (await state(site, talk))["phase"] == "draft"
    await desk.get_by_role("main").get_by_role("link", name="Set it").click()
    await expect(desk).to_have_url(re.compile("/schedule$"))
