"""The plan of a conversation: both zones named, safe when clocks change, saved only if changed."""

from __future__ import annotations

import datetime

from playwright.async_api import Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.site import Site, Talk

GUIDE = """\
items:
  - open_text: What would make your street better?
"""
SECOND = "2027-10-31T02:30:00+01:00"
"""The second of the two half past twos of that night in Berlin."""


def milliseconds(text: str) -> int:
    return round(datetime.datetime.fromisoformat(text).timestamp() * 1000)


async def schedule(browsing: Browsing, talk: Talk) -> Page:
    desk = await browsing.desk(f"/console/{talk.slug}/schedule")
    await expect(desk.get_by_role("heading", name="Schedule")).to_be_visible()
    return desk


async def plan(site: Site, talk: Talk) -> tuple[int | None, str]:
    state = (await site.client.get(f"/api/console/conversations/{talk.slug}")).json()
    return state.get("starts_at"), state.get("zone", "")


async def save(desk: Page, said: str = "Saved.") -> None:
    await desk.get_by_role("button", name="Save").click()
    await expect(desk.get_by_role("status").filter(has_text=said)).to_be_visible()


async def test_an_hour_that_comes_twice_stays_what_it_was(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, starts_at=SECOND, zone="Europe/Berlin")
    desk = await schedule(browsing, talk)
    await expect(desk.get_by_label("Planned start, if")).to_have_value("2027-10-31T02:30")
    await expect(desk.get_by_text("The second is meant.")).to_be_visible()
    await expect(desk.get_by_text("in Berlin (UTC+1)")).to_be_visible()
    for _ in range(2):
        await save(desk, "Nothing was changed.")
    await desk.get_by_label("Planned minutes").fill("45")
    await save(desk)
    await save(desk, "Nothing was changed.")
    await desk.reload()
    await desk.get_by_label("Planned minutes").fill("50")
    await save(desk)
    assert await plan(site, talk) == (milliseconds(SECOND), "Europe/Berlin")

    # Typed anew, the first one is meant, and the page says so.
    await desk.get_by_label("Planned start, if").fill("2027-10-31T02:15")
    await expect(desk.get_by_text("The first is meant.")).to_be_visible()
    await save(desk)
    assert await plan(site, talk) == (milliseconds("2027-10-31T02:15+02:00"), "Europe/Berlin")


async def test_a_time_that_clocks_skip_is_no_time(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE)
    desk = await schedule(browsing, talk)
    await desk.get_by_label("Planned start, if").fill("2027-03-28T02:30")
    await desk.get_by_role("button", name="Save").click()
    await expect(desk.get_by_text("Clocks go forward over this time")).to_be_visible()
    await expect(desk.get_by_label("Planned start, if")).to_be_focused()
    assert await plan(site, talk) == (None, "")


async def test_both_zones_are_named_and_the_zone_is_kept(site: Site, browsing: Browsing) -> None:
    # A name that browsers know and do not list.
    talk = await site.talk(GUIDE, starts_at="2027-06-01T03:30:00Z", zone="Asia/Kolkata")
    desk = await schedule(browsing, talk)
    await expect(desk.get_by_label("Time zone")).to_have_value("Asia/Kolkata")
    await expect(desk.get_by_label("Planned start, if")).to_have_value("2027-06-01T09:00")
    await desk.get_by_label("Time zone").select_option("Europe/Berlin")
    await desk.get_by_label("Planned start, if").fill("2027-07-01T09:00")
    await expect(desk.get_by_text("That is your own time.")).to_be_visible()
    await desk.get_by_label("Time zone").select_option("Asia/Kolkata")
    await expect(desk.get_by_text("Thursday 1 July at 9:00 in Kolkata (UTC+5:30)")).to_be_visible()
    await expect(
        desk.get_by_text("For you that is Thursday 1 July at 5:30, in Berlin (UTC+2).")
    ).to_be_visible()
    await desk.get_by_label("Start by itself").check()
    await save(desk)
    await expect(desk.get_by_text("It starts by itself Thursday 1 July at 9:00")).to_be_visible()
    assert await plan(site, talk) == (milliseconds("2027-07-01T09:00+05:30"), "Asia/Kolkata")

    # Without a start it cannot start by itself; both go together.
    await desk.get_by_role("button", name="No planned start").click()
    await desk.get_by_role("button", name="Save").click()
    await expect(desk.get_by_text("Set a planned start first.")).to_be_visible()
    await desk.get_by_label("Start by itself").uncheck()
    await save(desk)
    await expect(desk.get_by_text("it begins when you press Start")).to_be_visible()
    assert (await plan(site, talk))[0] is None


async def test_once_it_is_live_the_plan_is_a_fact(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, "publish", starts_at=SECOND, zone="Europe/Berlin")
    desk = await schedule(browsing, talk)
    await site.command(talk, "start")
    await expect(desk.get_by_text("It has started, so this can't be changed")).to_be_visible()
    await expect(desk.get_by_role("button", name="Save")).to_have_count(0)
    await expect(desk.get_by_text("Sunday 31 October at 2:30 (Berlin)")).to_be_visible()
