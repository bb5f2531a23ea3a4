"""Elsewhere whoever merely opened the form was counted against the limit: it closed early, and its
owner could not even save an edit any more."""

from __future__ import annotations

import contextlib

import pytest

from tests.cases.crowd import joined, table
from tests.web.browser import Browser
from tests.web.edge import Edge, Talk
from tests.web.line import aid
from turnout.domain.conversation import LinkKind

MOST, VISITS = 5, 20
HALF_START = 2 * 60_000
"""Milliseconds after which a join without a hello counts as undone."""


async def visit(edge: Edge, talk: Talk) -> None:
    """Everything that a page does before the tap on Join."""
    browser = Browser(edge, talk, talk.pids[0] if talk.pids else None)
    for path in (f"/c/{talk.slug}", f"/api/c/{talk.slug}"):
        assert (await edge.get(path)).status_code == 200
    await edge.post(f"/api/c/{talk.slug}/check", {"pid": browser.pid or ""})
    await browser.nonce()


@pytest.mark.parametrize("links", ["unique", "single"])
async def test_visits_take_no_place_and_half_starts_give_theirs_back(
    own_edge: Edge, links: LinkKind
) -> None:
    edge = own_edge
    talk = await edge.talk(links=links, most=MOST)
    before = edge.dump()
    async with contextlib.AsyncExitStack() as open_pages:
        for number in range(VISITS):
            await visit(edge, talk)
            browser = Browser(edge, talk, talk.pids[number % MOST] if talk.pids else None)
            await open_pages.enter_async_context(browser.open())
        assert edge.dump() == before
        for place in range(3):  # joined, and gone before the first hello
            await joined(edge, talk, place)
        edge.clock.advance(HALF_START + 1_000)
        others = [await joined(edge, talk, place) for place in range(MOST)]
        for other in others:
            async with other.arrived():
                pass
    state = (await edge.staff_get("conversations")).json()["conversations"]
    assert [line["joined"] for line in state] == [MOST]
    late = await Browser(edge, talk, talk.pids[0] if talk.pids else None).join()
    assert late.json()["code"] == ("other_device" if talk.pids else "full")
    if talk.pids:
        rows = await table(edge, talk, "participant_data.csv?include=all")
        assert [row["participant_id"] for row in rows] == talk.pids


async def test_a_half_start_keeps_its_place_while_it_may_still_come(own_edge: Edge) -> None:
    talk = await own_edge.talk(links="single", most=1)
    slow = await joined(own_edge, talk)
    assert (await Browser(own_edge, talk).join()).json()["code"] == "full"
    own_edge.clock.advance(HALF_START - 1_000)
    async with slow.arrived() as line:
        assert await line.beat() > 0
    own_edge.clock.advance(HALF_START)
    assert (await Browser(own_edge, talk).join()).json()["code"] == "full"


async def test_whose_half_start_lapsed_comes_back_while_a_place_is_free(own_edge: Edge) -> None:
    talk = await own_edge.talk(links="single", most=1)
    slow = await joined(own_edge, talk)
    own_edge.clock.advance(HALF_START + 1_000)
    quick = await joined(own_edge, talk)
    async with quick.arrived():
        pass
    assert (await slow.join()).json()["code"] == "full"
    async with slow.open() as line:
        await slow.hello(line)
        assert (await line.bye())[0] == 4404


@pytest.mark.parametrize("links", ["unique", "single"])
async def test_the_owner_can_save_settings_whoever_looks_at_the_page(
    edge: Edge, links: LinkKind
) -> None:
    talk = await edge.talk(links=links, most=MOST, do=("publish",))
    async with contextlib.AsyncExitStack() as open_pages:
        for number in range(VISITS):
            await visit(edge, talk)
            browser = Browser(edge, talk, talk.pids[number % MOST] if talk.pids else None)
            await open_pages.enter_async_context(browser.open())
        for choices in ({"title": "Our lanes"}, {"max_participants": MOST}, {"duration": 90}):
            body = {"cid": aid(), **choices}
            saved = await edge.staff_post(f"conversations/{talk.slug}/settings", body)
            assert saved.status_code == 200, saved.text
    state = (await edge.staff_get(f"conversations/{talk.slug}")).json()
    assert (state["title"], state["duration"]) == ("Our lanes", 90)


async def test_a_full_house_keeps_nobody_from_editing_the_guide(edge: Edge) -> None:
    talk = await edge.talk(links="single", most=1)
    async with (await joined(edge, talk)).arrived() as line:
        draft = {"type": "open_text", "text": "Why, do you think?"}
        await edge.command(talk, "edit", item=3, draft=draft)
        await edge.command(talk, "next")
        while (event := (await line.next("event"))["event"])["kind"] != "opened":
            pass
    assert event["item"]["text"] == "Why, do you think?"
