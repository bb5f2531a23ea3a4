"""Elsewhere an account that was signed in won over the number in the link: a moderator who tried a
participant's link answered in that participant's name, and used the link up."""

from __future__ import annotations

import pytest

from tests.cases.crowd import joined, table
from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge
from turnout.ports import Role

ROLES: tuple[Role, ...] = ("owner", "moderator", "researcher", "observer")


@pytest.mark.parametrize("keyless", [False, True])
@pytest.mark.parametrize("role", ROLES)
async def test_staff_who_tap_join_are_told_of_the_preview_and_take_nothing(
    own_edge: Edge, role: Role, keyless: bool
) -> None:
    edge = own_edge
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0], keyless=keyless)
    browser.device.cookie = f"x; {await edge.staff(role)}"
    before = edge.dump()
    told = await browser.join()
    assert (told.status_code, told.json()["code"]) == (403, "preview")
    assert "You are signed in as staff" in told.json()["why"]
    assert "set-cookie" not in told.headers
    async with browser.open() as line:
        await browser.hello(line)
        assert (await line.bye())[0] == 4404
    assert edge.dump() == before

    async with (await joined(edge, talk)).arrived() as line:  # the owner, on their own device
        assert (await line.answer(CHOICE, {"option": 2}))["t"] == "accepted"
    rows = await table(edge, talk, "participant_data.csv?include=all")
    assert [(row["outcome"], row["device_changes"]) for row in rows] == [
        ("complete", "0"),
        ("never_joined", ""),
        ("never_joined", ""),
    ]
    answers = await table(edge, talk, "answers.csv")
    assert [(row["participant_id"], row["answer"]) for row in answers] == [(talk.pids[0], "No")]


@pytest.mark.parametrize("links", ["unique", "single"])
async def test_whoever_signed_out_joins_like_anybody(edge: Edge, links: str) -> None:
    talk = await edge.talk(links="single" if links == "single" else "unique")
    browser = Browser(edge, talk, talk.pids[0] if talk.pids else None)
    staff = await edge.staff("moderator")
    browser.device.cookie = f"x; {staff}"
    assert (await browser.join()).json()["code"] == "preview"
    assert (await edge.post("/api/console/sign-out", cookie=staff)).status_code == 200
    assert (await browser.join()).status_code == 200


async def test_a_session_that_is_none_is_nobodys(edge: Edge) -> None:
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0])
    browser.device.cookie = "x; turnout-staff=made-up"
    assert (await browser.join()).status_code == 200
