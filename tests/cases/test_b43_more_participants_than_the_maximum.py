"""Elsewhere the limit was looked at when the form was shown, so that whoever had it open already,
or came at the same instant, was let in beyond it."""

from __future__ import annotations

import asyncio
from collections import Counter

import httpx

from tests.cases.crowd import download, joined, room_of, table
from tests.web.browser import Browser
from tests.web.edge import Edge, Talk
from tests.web.line import aid

MOST, CAME = 100, 150
FULL = "full"


async def all_at_once(browsers: list[Browser]) -> list[httpx.Response]:
    """Everybody has a proof in hand before the first of them taps."""
    proofs = [browser.proof("join", await browser.nonce()) for browser in browsers]
    return await asyncio.gather(
        *(browser.join(proof=proof) for browser, proof in zip(browsers, proofs, strict=True))
    )


def said(responses: list[httpx.Response]) -> Counter[str]:
    return Counter("in" if one.status_code == 200 else one.json()["code"] for one in responses)


async def settings(edge: Edge, talk: Talk, **choices: object) -> httpx.Response:
    body = {"cid": aid(), **choices}
    return await edge.staff_post(f"conversations/{talk.slug}/settings", body)


async def test_exactly_so_many_get_in_by_the_single_link(edge: Edge) -> None:
    talk = await edge.talk(links="single", most=MOST)
    browsers = [Browser(edge, talk) for _ in range(CAME)]
    answers = await all_at_once(browsers)
    assert said(answers) == {"in": MOST, FULL: CAME - MOST}
    refused = next(answer for answer in answers if answer.status_code != 200)
    assert refused.json()["why"] == "All places in this conversation are taken."
    inside = [b for b, answer in zip(browsers, answers, strict=True) if answer.status_code == 200]
    async with room_of(inside):
        pass
    assert said(await all_at_once(inside)) == {"in": MOST}  # who returns is never "full"
    outside = [b for b in browsers if b not in inside]
    assert said(await all_at_once(outside)) == {FULL: CAME - MOST}
    async with outside[0].open() as line:
        await outside[0].hello(line)
        assert (await line.bye())[0] == 4404


async def test_exactly_one_gets_in_by_each_link(edge: Edge) -> None:
    talk = await edge.talk(most=MOST)
    browsers = [Browser(edge, talk, talk.pids[n % MOST]) for n in range(CAME)]
    answers = await all_at_once(browsers)
    assert said(answers) == {"in": MOST, "other_device": CAME - MOST}
    inside = [b for b, answer in zip(browsers, answers, strict=True) if answer.status_code == 200]
    assert {browser.pid for browser in inside} == set(talk.pids)
    async with room_of(inside):
        pass
    assert said(await all_at_once(inside)) == {"in": MOST}
    assert len(await table(edge, talk, "participant_data.csv")) == MOST


async def test_more_places_before_the_start_are_new_links_behind_the_old_ones(edge: Edge) -> None:
    for do in ((), ("publish",)):
        talk = await edge.talk(most=5, do=do)
        before = (await download(edge, talk, "links.csv")).content
        assert (await settings(edge, talk, max_participants=8)).status_code == 200
        after = (await download(edge, talk, "links.csv")).content
        assert after.startswith(before)
        rows = await table(edge, talk, "links.csv")
        pids = [row["participant_id"] for row in rows]
        assert pids[:5] == talk.pids
        assert len(set(pids)) == len(pids) == 8
        await edge.command(talk, "publish")
        await edge.command(talk, "start")
        for pid in pids:
            assert (await Browser(edge, talk, pid).join()).status_code == 200


async def test_fewer_places_than_links_that_may_be_out_are_refused_in_words(edge: Edge) -> None:
    talk = await edge.talk(most=5, do=("publish",))
    refused = await settings(edge, talk, max_participants=4)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert refused.json()["why"] == (
        "Lowering to 4 would cut links you may have handed out. Keep 5 or more."
    )
    assert [row["participant_id"] for row in await table(edge, talk, "links.csv")] == talk.pids


async def test_once_live_the_number_stays_and_the_refusal_says_why(edge: Edge) -> None:
    for links in ("unique", "single"):
        talk = await edge.talk(links=links, most=2)
        for most in (3, 1):
            refused = await settings(edge, talk, max_participants=most)
            assert (refused.status_code, refused.json()["code"]) == (409, "phase")
            assert refused.json()["why"] == (
                "This can't be changed any more: the conversation has started."
            )
        for place in range(2):
            async with (await joined(edge, talk, place)).arrived():
                pass
        if links == "single":
            assert said([await Browser(edge, talk).join()]) == {FULL: 1}
