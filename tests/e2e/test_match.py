"""Who of the researcher's own list came: matched in the page, and nothing of the list leaves it."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from pathlib import Path

from playwright.async_api import Page, Request, WebSocket, expect

from tests.e2e.aftermath import ANSWERED, LINKS, over
from tests.e2e.browsing import Browsing
from tests.e2e.camera import Camera
from tests.e2e.site import Site, Talk
from turnout.exports.csv_file import render
from turnout.match import Matched, match

NAMES = (
    "Amina Okafor",
    "Bruno Almeida",
    "Chen Wei",
    "Divya Raman",
    "Elif Kaya",
    "Farid Haddad",
    "Grace Mwangi",
    "Hana Novák",
    "Iván Torres",
    "ليلى حدّاد",
    "Kofi Mensah",
    "Lars Ødegård",
    "=cmd() Mallory",
    "Noor Rahman",
    "Olu Adeyemi",
)
"""Of the first links' people: those who joined, and the one who came too late. The others' links
were given to nobody."""


def address(name: str) -> str:
    return f"{name.split()[0].lower()}@people.example"


def roster(talk: Talk) -> str:
    """In every form that ids have in lists: a link, in capitals, with look-alikes; somebody without
    one, one twice, and one of another conversation. Three who joined are not on it."""
    ids = [*talk.links[:4], *(pid.upper() for pid in talk.pids[4:8])]
    ids += [pid.replace("0", "O").replace("1", "l") for pid in talk.pids[8:11]]
    ids += ["", talk.pids[0], "p9999999999999999", talk.pids[14]]
    lines = [
        f"{name};{address(name)};{one};+49 30 {n}"
        for n, (name, one) in enumerate(zip(NAMES, ids, strict=True))
    ]
    return "\n".join(["Full name;E-mail;Their link;Phone", *lines, "", ";;;"]) + "\n"


@dataclass
class Wire:
    """Everything that a page sends, by whatever way."""

    said: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        page.context.on("request", self._request)
        page.on("websocket", self._socket)

    def _request(self, request: Request) -> None:
        body = request.post_data_buffer or b""
        self.said.append(f"{request.url} {request.headers} {body.decode('utf-8', 'replace')}")

    def _socket(self, line: WebSocket) -> None:
        line.on("framesent", lambda frame: self.said.append(str(frame)))

    def holds(self, secrets: list[str]) -> list[str]:
        """Which of these were said."""
        return [one for one in secrets if any(one.lower() in said.lower() for said in self.said)]


async def choose(
    desk: Page, folder: Path, content: str | bytes, name: str = "recruits.csv"
) -> None:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    await desk.locator("#list-file").set_input_files(file)


async def drop(desk: Page, content: str) -> None:
    """As a hand does it that drags a file over the page."""
    dragged = await desk.evaluate_handle(
        """content => {
          const dragged = new DataTransfer();
          dragged.items.add(new File([content], "dropped.csv"));
          return dragged;
        }""",
        content,
    )
    await desk.dispatch_event(".drop", "drop", {"dataTransfer": dragged})


async def everybody(site: Site, talk: Talk) -> bytes:
    path = f"/api/console/conversations/{talk.slug}/files/participant_data.csv?include=all"
    return (await site.client.get(path)).content


async def saved(desk: Page) -> tuple[str, bytes]:
    async with desk.expect_download() as download:
        await desk.get_by_role("button", name="Download matched list").click()
    file = await download.value
    return file.suggested_filename, await asyncio.to_thread(Path(await file.path()).read_bytes)


def by_command(
    written: str, data: bytes, threshold: int = 80, column: str | None = None
) -> Matched:
    matched = match(written.encode(), data, threshold=threshold, id_column=column)
    assert isinstance(matched, Matched)
    return matched


def file_of(matched: Matched) -> bytes:
    return b"".join(render(matched.table, matched.dialect))


async def test_the_page_matches_as_the_command_does_and_sends_nothing_of_the_list(
    site: Site, browsing: Browsing, camera: Camera, tmp_path: Path
) -> None:
    talk = await over(site)
    desk = await browsing.desk("/console")
    wire = Wire()
    wire.watch(desk)
    await browsing.visit(desk, f"{site.address}/console/{talk.slug}/match")
    await expect(
        desk.get_by_text("Nothing is uploaded. Your list is read in this browser")
    ).to_be_visible()
    await expect(desk.get_by_role("button", name="Download matched list")).to_be_disabled()
    await camera.see(desk, "Match with your list", "match-empty")

    written = roster(talk)
    await choose(desk, tmp_path, written, "recruits-november.csv")
    data = await everybody(site, talk)
    counts = by_command(written, data).counts
    results = {
        "came, 80% or more": counts.came,
        "came, under 80%": counts.came_under_threshold,
        "turned away": counts.turned_away,
        "never came": counts.never_came,
        "not on your list": counts.not_on_your_list,
    }
    assert all(results.values())
    for name, n in results.items():
        await expect(desk.get_by_role("button", name=f"{n} {name}")).to_be_visible()
    await expect(desk.get_by_label("Ids in")).to_have_value("2")
    await expect(desk.get_by_label("Names in")).to_have_value("0")
    await camera.see(desk, "Match with your list", "match")
    name, content = await saved(desk)
    assert name == "recruits-november-matched.csv"
    assert content == file_of(by_command(written, data))

    await desk.get_by_label("Came in full from").fill(
        "\N{ARABIC-INDIC DIGIT FIVE}0 \N{ARABIC PERCENT SIGN}"
    )
    await expect(desk.get_by_role("button", name="came, under 50%")).to_be_visible()
    assert (await saved(desk))[1] == file_of(by_command(written, data, 50))
    await desk.get_by_label("Ids in").select_option(label="Phone")
    assert (await saved(desk))[1] == file_of(by_command(written, data, 50, "Phone"))

    secrets = [*NAMES, *map(address, NAMES), *talk.pids[:LINKS], "recruits", "+49 30", "p99999999"]
    assert wire.holds(["/files/participant_data.csv?include=all", '"t":"hello"'])
    assert wire.holds(secrets) == []


async def test_the_results_are_the_filter(site: Site, browsing: Browsing) -> None:
    talk = await over(site)
    desk = await browsing.desk(f"/console/{talk.slug}/match")
    await drop(desk, roster(talk))
    await expect(desk.get_by_text("dropped.csv")).to_be_visible()
    table = desk.get_by_role("region", name="Your list, with who came")
    rows = table.get_by_role("row")
    away = desk.get_by_role("button", name="turned away")
    await away.press("Enter")
    await expect(away).to_have_attribute("aria-pressed", "true")
    await expect(rows).to_have_count(2)
    await expect(rows.nth(1)).to_contain_text("Olu Adeyemi")
    await expect(rows.nth(1)).to_contain_text("came after the end")
    await desk.get_by_role("button", name="never came").click()
    await expect(rows.filter(has_text="no id in this row")).to_contain_text("Lars Ødegård")
    await expect(rows.filter(has_text="no link of this conversation")).to_contain_text(
        "Noor Rahman"
    )
    await desk.get_by_role("button", name="never came").click()
    await desk.get_by_role("searchbox", name="Search your list").fill("حدّاد")
    await expect(rows).to_have_count(2)
    await expect(rows.nth(1)).to_contain_text("ليلى حدّاد")
    await desk.get_by_role("searchbox", name="Search your list").fill("nobody like this")
    await expect(desk.get_by_text("No row holds “nobody like this”.")).to_be_visible()
    await desk.get_by_role("searchbox", name="Search your list").fill("")
    await desk.get_by_label("Came in full from").fill("many")
    await expect(desk.get_by_text("A whole number from 0 to 100.")).to_be_visible()
    await expect(desk.get_by_text("Put the percentage right first.")).to_be_visible()
    await expect(desk.get_by_role("button", name="Download matched list")).to_be_disabled()
    await expect(desk.get_by_text("1 row repeats the id of another row")).to_have_count(0)
    await desk.get_by_label("Came in full from").fill("80")
    await expect(desk.get_by_text("1 row repeats the id of another row")).to_be_visible()


async def test_what_is_no_list_is_said_in_words(
    site: Site, browsing: Browsing, camera: Camera, tmp_path: Path
) -> None:
    talk = await over(site)
    desk = await browsing.desk(f"/console/{talk.slug}/match")
    alert = desk.get_by_role("alert")
    await choose(desk, tmp_path, b"PK\x03\x04 and more", "recruits.xlsx")
    await expect(alert).to_contain_text("This is a workbook or an archive.")
    await expect(desk.get_by_text("Not matched yet; why stands below.")).to_be_visible()
    await camera.see(desk, "Match with your list", "match-workbook")
    await choose(desk, tmp_path, "Name;id\nJos\xe9;x\n".encode("latin-1"))
    await expect(alert).to_contain_text("Line 2 of the file is not in UTF-8.")
    await choose(desk, tmp_path, "Name,E-mail\nAda,ada@people.example\n")
    await expect(alert).to_contain_text("No column holds ids or links of participants.")
    await choose(desk, tmp_path, roster(talk))
    await expect(alert).to_have_count(0)


async def test_ten_thousand_rows(site: Site, browsing: Browsing, tmp_path: Path) -> None:
    talk = await over(site)
    many = "\n".join(
        f"Person {n},person{n}@people.example,{talk.pids[n % LINKS]}" for n in range(10_000)
    )
    desk = await browsing.desk(f"/console/{talk.slug}/match")
    await choose(desk, tmp_path, f"Name,E-mail,id\n{many}\n")
    table = desk.get_by_role("region", name="Your list, with who came")
    await expect(desk.get_by_role("heading", name="10,000 rows")).to_be_visible()
    assert await table.get_by_role("row").count() < 120
    await table.evaluate("box => { box.scrollIntoView(false); box.scrollTop = box.scrollHeight }")
    await expect(table.get_by_text("Person 9999", exact=True)).to_be_visible()
    assert await table.get_by_role("row").count() < 120


async def test_who_may_match(
    site: Site, browsing: Browsing, camera: Camera, tmp_path: Path
) -> None:
    talk = await over(site)
    researcher = await site.colleague("Wanjiru", "researcher")
    desk = await browsing.desk(f"/console/{talk.slug}/match", cookies=researcher)
    await choose(desk, tmp_path, roster(talk))
    await expect(desk.get_by_text(f"{len(ANSWERED)}")).not_to_have_count(0)
    await expect(desk.get_by_role("button", name="Download matched list")).to_be_enabled()
    observer = await site.colleague("Tomo", "observer")
    other = await browsing.desk(f"/console/{talk.slug}/match", cookies=observer)
    await expect(other.get_by_text("It is over")).to_be_visible()
    await expect(other.get_by_role("heading", name="Match with your list")).to_have_count(0)

    single = await site.talk("items:\n  - open_text: Why?\n", links="single", title="Square")
    await browsing.visit(desk, f"{site.address}/console/{single.slug}/match")
    await expect(desk.get_by_text("everybody has the same link")).to_be_visible()
    await camera.look(desk, "match-anonymous", 1440)


async def test_before_and_while_it_runs_the_numbers_are_dated(
    site: Site, browsing: Browsing, tmp_path: Path
) -> None:
    browsing.expected = "status of 503"
    talk = await site.talk("items:\n  - open_text: Why?\n", title="Still to come")
    desk = await browsing.desk(f"/console/{talk.slug}/match")
    await expect(desk.get_by_text("It hasn't started, so nobody could come yet.")).to_be_visible()
    await site.command(talk, "publish", "start")
    await expect(desk.get_by_text("Answers can still come in.")).to_be_visible()
    away = {"code": "unavailable", "why": "The server can't read its data just now. Try again."}
    await desk.route("**/files/**", lambda route: route.fulfill(status=503, json=away))
    await desk.get_by_role("button", name="Read again").click()
    await expect(desk.get_by_role("alert")).to_contain_text("The server can't do this just now.")
    await desk.unroute("**/files/**")
    await desk.get_by_role("button", name="Try again").click()
    await expect(desk.get_by_text("Answers can still come in.")).to_be_visible()
