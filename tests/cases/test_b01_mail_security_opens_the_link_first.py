"""Elsewhere mail scanners followed a link before the mail arrived, some with a whole browser, and
people looked at theirs the day before: the link was spent when they came to take part."""

from __future__ import annotations

import pytest
from playwright.async_api import expect

from tests.cases.crowd import joined, table
from tests.e2e.browsing import Browsing
from tests.e2e.site import Site
from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge

GUIDE = """\
items:
  - single_choice: Do you agree?
    options: ["Yes", "No"]
"""
SCANNERS = {
    "plain": {},
    "browser": {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/130"},
    "preview": {"User-Agent": "WhatsApp/2.24", "Accept": "image/*", "Range": "bytes=0-1023"},
    "prefetch": {"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch"},
    "embedded": {"Sec-Fetch-Dest": "iframe", "Referer": "https://mail.example.org/inbox"},
}


@pytest.mark.parametrize("do", [("publish",), ("publish", "start", "next", "next")])
@pytest.mark.parametrize("scanner", SCANNERS)
async def test_whoever_only_looks_takes_nothing(
    own_edge: Edge, scanner: str, do: tuple[str, ...]
) -> None:
    edge = own_edge
    talk = await edge.talk(do=do)
    before = edge.dump()
    doors = ("", "/", "/check", "/join", "/nonce", "/damaged", "/takeover", "/forget")
    paths = [f"/c/{talk.slug}", *(f"/api/c/{talk.slug}{door}" for door in doors)]
    for path in paths:
        for method in ("GET", "HEAD"):
            looked = await edge.request(
                method, f"{path}?pid={talk.pids[0]}", origin=None, headers=SCANNERS[scanner]
            )
            assert looked.status_code < 500
            assert "set-cookie" not in looked.headers
    ready = await edge.post(f"/api/c/{talk.slug}/check", {"pid": talk.pids[0]})
    assert ready.status_code == 200
    assert edge.dump() == before


async def test_the_first_who_taps_join_has_the_link_and_only_the_next_is_refused(
    edge: Edge,
) -> None:
    talk = await edge.talk()
    await edge.get(f"/c/{talk.slug}?pid={talk.pids[0]}")
    assert await table(edge, talk, "participant_data.csv") == []
    async with (await joined(edge, talk)).arrived() as line:
        assert (await line.answer(CHOICE, {"option": 1}))["t"] == "accepted"
        refused = await Browser(edge, talk, talk.pids[0]).join()
        assert (refused.status_code, refused.json()["code"]) == (409, "other_device")
    rows = await table(edge, talk, "participant_data.csv")
    assert [(row["participant_id"], row["percent_answered"]) for row in rows] == [
        (talk.pids[0], "100")
    ]


@pytest.mark.parametrize("do", [("publish",), ("publish", "start", "next")])
async def test_a_browser_that_runs_the_page_and_presses_all_but_join(
    site: Site, browsing: Browsing, do: tuple[str, ...]
) -> None:
    """Before the start all that can be pressed takes nothing; from then on, looking takes nothing.
    Who presses Join after the start has joined: nothing tells them from a person."""
    talk = await site.talk(GUIDE, *do)
    scanner = await browsing.phone(talk.links[0])
    if "start" in do:
        await expect(scanner.get_by_role("button", name="Join")).to_be_visible()
    else:
        await scanner.get_by_role("button", name="I agree").click()
        heading = scanner.get_by_role("heading", name="You're in the right place")
        await expect(heading).to_be_visible()
    await scanner.context.close()
    path = "participant_data.csv"
    assert len((await site.file(talk, path)).splitlines()) == 1
    assert not any(link["joined"] for link in await site.links(talk))

    if "start" not in do:
        await site.command(talk, "start", "next")
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("Yes").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    assert [link["joined"] for link in await site.links(talk)] == [True, False, False]
