"""Elsewhere the links of a room served for every session in it, so that somebody invited to the
last one walked into the next."""

from __future__ import annotations

import pytest

from tests.cases.crowd import joined, table
from tests.web.browser import Browser
from tests.web.edge import CHOICE, TEXT, Edge, Talk

TO_BE_OVER = 11 * 60_000
"""Milliseconds after which an End is for good."""


async def doors(edge: Edge, talk: Talk, pid: str) -> list[tuple[int, str]]:
    """What each door says to a new device with this link: check, join; and hello's close code."""
    checked = await edge.post(f"/api/c/{talk.slug}/check", {"pid": pid})
    browser = Browser(edge, talk, pid)
    said = [
        (response.status_code, response.json().get("code", ""))
        for response in (checked, await browser.join())
    ]
    async with browser.open() as line:
        await browser.hello(line)
        while (message := await line.receive())["t"] not in ("welcome", "bye"):
            pass
        said.append((message.get("code", 0), message["t"]))
    return said


UNKNOWN = [(404, "unlisted"), (404, "unlisted"), (4404, "bye")]
OVER = [(410, "over"), (410, "over")]
WELCOME = [(200, ""), (200, ""), (0, "welcome")]


@pytest.mark.parametrize("used", [False, True])
async def test_a_link_opens_its_own_conversation_and_no_other(own_edge: Edge, used: bool) -> None:
    edge = own_edge
    one, other = await edge.talk(), await edge.talk()
    if used:
        async with (await joined(edge, one)).arrived():
            pass
    assert await doors(edge, other, one.pids[0]) == UNKNOWN
    assert await doors(edge, one, other.pids[0]) == UNKNOWN
    assert await table(edge, other, "participant_data.csv") == []
    issued = await table(edge, other, "participant_data.csv?include=all")
    assert {row["outcome"] for row in issued} == {"never_joined"}


async def test_a_device_that_joined_one_brings_nothing_along_to_another(edge: Edge) -> None:
    """Neither its key, nor its cookie, nor its proof."""
    one, other = await edge.talk(), await edge.talk()
    browser = await joined(edge, one)
    astray = Browser(edge, other, one.pids[0], device=browser.device)
    assert (await astray.join()).status_code == 404
    proof = browser.proof("join", await browser.nonce())
    borrowed = await Browser(edge, other, other.pids[0], device=browser.device).join(proof=proof)
    assert (borrowed.status_code, borrowed.json()["code"]) == (401, "proof")


async def test_after_the_end_a_link_is_over_and_as_flex_exactly_the_same_links_work(
    own_edge: Edge,
) -> None:
    edge = own_edge
    talk = await edge.talk()
    before = await table(edge, talk, "links.csv")
    first = await joined(edge, talk)
    async with first.arrived() as line:
        assert (await line.answer(CHOICE, {"option": 1}))["t"] == "accepted"
        await edge.command(talk, "end")
        edge.clock.advance(TO_BE_OVER)
        assert (await line.answer(CHOICE, {"option": 2}, base=1))["code"] == "closed"
    for pid in talk.pids:
        assert (await doors(edge, talk, pid))[:2] == OVER
    async with first.open() as line:
        await first.hello(line, tab=2)
        assert await line.bye() == (4411, "This conversation is over.")

    await edge.command(talk, "reopen_flex", days=7)
    assert await table(edge, talk, "links.csv") == before
    assert await doors(edge, talk, talk.pids[1]) == WELCOME
    stranger = await edge.talk()
    assert await doors(edge, talk, stranger.pids[0]) == UNKNOWN
    assert (await first.join()).status_code == 200
    async with first.arrived(tab=3) as line:
        assert (await line.answer(TEXT, {"text": "Later."}))["t"] == "accepted"
    rows = await table(edge, talk, "participant_data.csv")
    assert [row["participant_id"] for row in rows] == talk.pids[:2]


async def test_a_copy_has_links_of_its_own(own_edge: Edge) -> None:
    edge = own_edge
    talk = await edge.talk()
    made = await edge.staff_post(f"conversations/{talk.slug}/duplicate", {})
    copy = Talk(made.json()["slug"])
    for op in ("publish", "start"):
        await edge.command(copy, op)
    copy.pids += [row["participant_id"] for row in await table(edge, copy, "links.csv")]
    assert len(copy.pids) == len(talk.pids)
    assert not set(copy.pids) & set(talk.pids)
    for pid in talk.pids:
        assert await doors(edge, copy, pid) == UNKNOWN
    assert await doors(edge, copy, copy.pids[0]) == WELCOME
