"""After the end: what came of it in numbers, why, as files, and what may still be done."""

from __future__ import annotations

import asyncio
import re
from collections import Counter
from pathlib import Path

from playwright.async_api import Page, Route, expect

from tests.e2e.aftermath import ANSWERED, GUIDE, LINKS, over, rows
from tests.e2e.browsing import Browsing
from tests.e2e.camera import Camera
from tests.e2e.crowd import Crowd
from tests.e2e.site import PASSWORD, Site, Talk

EVERYBODY = "participant_data.csv?include=all"


async def people(site: Site, talk: Talk) -> list[dict[str, str]]:
    address = f"/api/console/conversations/{talk.slug}/files/{EVERYBODY}&bom=no"
    return rows((await site.client.get(address)).text)


def short(pid: str) -> str:
    return f"{pid[:5]} {pid[5:9]}…"


async def test_what_came_of_it(site: Site, browsing: Browsing, camera: Camera) -> None:
    talk = await over(site)
    exported = await people(site, talk)
    joined = [row for row in exported if row["percent_answered"]]
    desk = await browsing.desk(f"/console/{talk.slug}")
    await expect(
        desk.get_by_role("heading", name=f"{len(ANSWERED)} of {LINKS} people came")
    ).to_be_visible()
    columns = [int(text) for text in await desk.locator(".histo .col b").all_inner_texts()]
    assert columns == [
        sum(int(row["percent_answered"]) // 10 == tens for row in joined) for tens in range(11)
    ]
    of = Counter(row["outcome"] for row in exported)
    names = ("Complete", "Left early", "Never came", "Turned away", "Removed")
    counted = [of[one] for one in ("complete", "left", "never_joined", "turned_away", "removed")]
    panel = desk.get_by_role("region", name="Outcome")
    for name, n in zip(names, counted, strict=True):
        await expect(panel.get_by_role("listitem").filter(has_text=name)).to_contain_text(str(n))
    await expect(desk.get_by_text("Question 5 was not asked.")).to_be_visible()
    table = desk.get_by_role("region", name="People and how much they answered")
    lowest = min(joined, key=lambda row: int(row["percent_answered"]))
    first = table.get_by_role("row").nth(1)
    await expect(first).to_contain_text(short(lowest["participant_id"]))
    await expect(first).to_contain_text("Removed")
    await camera.see(desk, "people came", "results-ended")
    await table.scroll_into_view_if_needed()
    await camera.look(desk, "results-people", 1440)


async def test_a_percentage_is_explained_on_a_screen_of_its_own(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    browsing.expected = "status of 404"
    talk = await over(site)
    exported = await people(site, talk)
    row = next(row for row in exported if row["percent_answered"] == "60")
    desk = await browsing.desk(f"/console/{talk.slug}/results")
    name = short(row["participant_id"])
    await desk.get_by_role("link", name=f"Explain {name}").click()
    title = desk.get_by_role("heading", name=f"How {name} comes to 60%")
    await expect(title).to_be_visible()
    await expect(desk.get_by_text("3 of 5 = 60%")).to_be_visible()
    present = f"= {row['percent_while_present']}%"
    await expect(desk.get_by_text(re.compile(re.escape(present))).last).to_be_visible()
    lines = desk.get_by_role("table").get_by_role("row")
    await expect(lines).to_have_count(7)
    await expect(lines.nth(1)).to_contain_text("How did you come here today?")
    await expect(lines.nth(1)).to_contain_text("Answered")
    await expect(lines.nth(5)).to_contain_text("Skipped: counts for nobody.")
    await camera.see(desk, "comes to 60%", "explain")

    address = desk.url
    assert "#" in address
    assert row["participant_id"] not in address
    await desk.reload()
    await expect(title).to_be_visible()
    await desk.get_by_role("link", name="Skip to content").focus()
    await desk.keyboard.press("Enter")
    await expect(title).to_be_visible()
    assert desk.url == address
    await desk.go_back()
    await expect(desk.get_by_role("heading", name="people came")).to_be_visible()
    await desk.go_forward()
    await expect(title).to_be_visible()
    await desk.get_by_role("link", name="All results").click()
    await expect(desk.get_by_role("heading", name="people came")).to_be_visible()

    # Whoever has only the number of a link may ask too.
    away = next(row for row in exported if row["outcome"] == "turned_away")
    await desk.evaluate("pid => { location.hash = pid }", away["participant_id"].upper())
    await expect(
        desk.get_by_text("The last try was turned away: came after the end.")
    ).to_be_visible()
    await camera.see(desk, "What p", "explain-turned-away")
    await desk.evaluate("location.hash = '99'")
    await expect(desk.get_by_role("alert")).to_contain_text("There is nobody")


async def saved(desk: Page, name: str) -> tuple[str, bytes]:
    async with desk.expect_download() as download:
        await desk.get_by_role("link", name=name).click()
    file = await download.value
    return file.suggested_filename, await asyncio.to_thread(Path(await file.path()).read_bytes)


async def test_files_are_saved_and_refusals_are_said_in_words(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    browsing.expected = "status of (401|507)|Failed to load|ERR_"
    talk = await over(site, title="شوارعنا")
    cookies = await site.colleague("Rana", "researcher")
    desk = await browsing.desk(f"/console/{talk.slug}/results", cookies=cookies)
    name, content = await saved(desk, "Download everything")
    assert (name, content[:2]) == ("شوارعنا - bundle.zip", b"PK")
    await desk.get_by_label("Semicolons between columns").check()
    await desk.get_by_label("Also links that nobody used").check()
    name, content = await saved(desk, "Download participant_data.csv")
    assert content.startswith(b"\xef\xbb\xbfparticipant_id;percent_answered;")
    assert content.count(b"\r\n") == LINKS + 1
    for word in ("Undo", "Reopen"):
        await expect(desk.get_by_role("button", name=word)).to_have_count(0)

    async def no_room(route: Route) -> None:
        why = "Not enough disk to make this file. Nothing was changed."
        await route.fulfill(status=507, json={"code": "no_room", "why": why})

    files = re.compile("/files/answers")
    await desk.route(files, no_room)
    await desk.get_by_role("link", name="Download answers.csv").click()
    await expect(desk.get_by_role("alert")).to_contain_text("Not enough disk to make this file.")
    await camera.see(desk, "people came", "results-no-room")
    await desk.unroute(files)
    await desk.route(files, lambda route: route.abort())
    await desk.get_by_role("link", name="Download answers.csv").click()
    await expect(desk.get_by_role("alert")).to_contain_text("can't be reached")
    await desk.unroute(files)

    await desk.context.clear_cookies()
    await desk.get_by_role("link", name="Download questions.csv").click()
    await desk.get_by_label("Name").fill("Rana")
    await desk.get_by_label("Password").fill(PASSWORD)
    await desk.get_by_role("button", name="Sign in").click()
    await expect(desk.get_by_role("heading", name="people came")).to_be_visible()


async def test_an_end_is_undone_while_it_can_be(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    talk = await over(site, grace=600)
    desk = await browsing.desk(f"/console/{talk.slug}/results")
    await expect(desk.get_by_text("Late answers can still arrive for")).to_be_visible()
    await expect(desk.get_by_text("so files made now say “interim”")).to_be_visible()
    await expect(desk.get_by_role("button", name="Reopen as flex…")).to_be_disabled()
    await camera.see(desk, "people came", "results-interim")
    name, _ = await saved(desk, "Download questions.csv")
    assert name.endswith("questions-interim.csv")
    await desk.get_by_role("button", name="Undo End").click()
    await camera.see(desk, "Take the End back?", "results-undo")
    await desk.get_by_role("button", name="Undo End", exact=True).click()
    await expect(desk.get_by_role("heading", name="people came so far")).to_be_visible()


async def test_reopening_says_first_what_it_changes(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    talk = await over(site)
    before = {row["participant_id"]: row["percent_answered"] for row in await people(site, talk)}
    desk = await browsing.desk(f"/console/{talk.slug}/results")
    await desk.get_by_role("button", name="Reopen as flex…").click()
    dialog = desk.get_by_role("dialog")
    # Of six questions instead of five: 100 falls by 17, 80 by 14, 60 by 10, 40 by 7, 20 by 4.
    await expect(dialog).to_contain_text("13 of 14 percentages will fall, most by 17")
    await expect(dialog).to_contain_text("all 6 questions, 1 of them for the first time")
    await expect(dialog).to_contain_text("The finished live run never changes")
    await dialog.get_by_label("Open for so many days").fill("61")
    await expect(dialog.get_by_text("A whole number from 1 to 60.")).to_be_visible()
    await dialog.get_by_label("Open for so many days").fill("7")
    await camera.see(desk, "Reopen as flex?", "results-reopen")
    await dialog.get_by_role("button", name="Reopen as flex").click()
    await expect(desk.get_by_role("heading", name="people came so far")).to_be_visible()
    after = {row["participant_id"]: row["percent_answered"] for row in await people(site, talk)}
    falls = [int(before[pid]) - int(now) for pid, now in after.items() if now]
    assert sum(fall > 0 for fall in falls) == 13
    assert Counter(falls).most_common(1) == [(17, 7)]
    await desk.get_by_label("Which part").select_option(label="The live part")
    name, content = await saved(desk, "Download participant_data.csv")
    assert name.endswith("participant_data-live.csv")
    live = {
        row["participant_id"]: row["percent_answered"] for row in rows(content.decode("utf-8-sig"))
    }
    assert live == {pid: percent for pid, percent in before.items() if percent}
    await camera.see(desk, "people came so far", "results-flex")


async def test_where_there_is_nothing_to_see(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    draft = await site.talk(GUIDE, title="A draft")
    desk = await browsing.desk(f"/console/{draft.slug}/results")
    await expect(desk.get_by_text("Nothing to see yet")).to_be_visible()
    await camera.look(desk, "results-draft")

    nobody = await site.talk(GUIDE, "publish", "start", "next", "next", "end", title="Nobody")
    await browsing.visit(desk, f"{site.address}/console/{nobody.slug}/results")
    await expect(desk.get_by_role("heading", name="0 of 3 people came")).to_be_visible()
    await expect(desk.get_by_text("Nobody joined, so there are no percentages.")).to_have_count(2)
    await camera.see(desk, "0 of 3", "results-nobody")

    silent = await site.talk(GUIDE, "publish", "start", "next", title="Nothing asked")
    crowd = Crowd(site, silent)
    await crowd.join(1)
    await crowd.leave()
    await site.command(silent, "end")
    await browsing.visit(desk, f"{site.address}/console/{silent.slug}/results")
    await expect(desk.get_by_text("neither 0 nor 100")).to_be_visible()
    await desk.get_by_role("link", name="Explain").click()
    await expect(desk.get_by_text("so there is no percentage")).to_be_visible()


async def test_an_anonymous_conversation_counts_browsers(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", links="single", title="Everybody's square")
    phone = await browsing.join(talk.links[0])
    await site.command(talk, "next", "next")
    await phone.get_by_label("On foot").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    await site.command(talk, "end")
    desk = await browsing.desk(f"/console/{talk.slug}/results")
    await expect(desk.get_by_role("heading", name="1 browser took part")).to_be_visible()
    await expect(desk.get_by_text("There is no participant file")).to_be_visible()
    await expect(desk.get_by_role("link", name="Download participant_data.csv")).to_have_count(0)
    await expect(desk.get_by_role("region", name="Outcome")).to_have_count(0)
    await camera.see(desk, "1 browser", "results-anonymous")
