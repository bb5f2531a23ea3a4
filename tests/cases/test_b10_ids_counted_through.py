"""Elsewhere participants' numbers could be counted through in the address, or friends in one room
were told that they had voted already because they shared a network;
and the numbers stood in logs."""

from __future__ import annotations

import asyncio
import itertools
import random
from collections import Counter

import pytest
from prometheus_client import generate_latest

from tests.cases.crowd import joined, room_of, table
from tests.e2e.site import Site
from tests.web.browser import Browser
from tests.web.edge import Edge
from turnout.domain.links import ALPHABET, make_pid

GUIDE = "items:\n  - open_text: Why?\n"


def neighbours(pid: str) -> list[str]:
    """All that differ from it in one place."""
    return [
        pid[:place] + char + pid[place + 1 :]
        for place in range(1, len(pid))
        for char in ALPHABET
        if char != pid[place]
    ]


async def test_neither_neighbours_nor_chance_find_a_link_and_who_goes_on_is_slowed(
    own_edge: Edge,
) -> None:
    edge = own_edge
    talk = await edge.talk()
    before = edge.dump()
    chance = random.Random(10)
    near = list(itertools.chain.from_iterable(neighbours(pid) for pid in talk.pids))
    far = [make_pid(chance.randbytes(10)) for _ in range(500)]
    tried = [*near, *far]
    chance.shuffle(tried)
    told: Counter[tuple[int, str, str]] = Counter()
    for pid in tried:
        response = await edge.post(f"/api/c/{talk.slug}/check", {"pid": pid})
        said = response.json()
        told[response.status_code, said["code"], said["why"]] += 1
        assert (said.get("retry_ms", 0) > 0) == (said["code"] == "slow_down")
    assert sorted(code for _, code, _ in told) == ["slow_down", "unlisted"]
    assert sum(told.values()) == len(tried)
    assert max(told, key=lambda answer: told[answer])[:2] == (429, "slow_down")
    assert edge.dump() == before

    # Whoever has a link is not slowed for it, at any door.
    ready = await edge.post(f"/api/c/{talk.slug}/check", {"pid": talk.pids[0]})
    assert ready.status_code == 200
    async with (await joined(edge, talk)).arrived() as line:
        assert await line.beat() > 0


@pytest.mark.parametrize("door", ["check", "join", "hello"])
async def test_guessing_is_slowed_at_every_door(own_edge: Edge, door: str) -> None:
    edge = own_edge
    talk = await edge.talk()
    codes = []
    for pid in neighbours(talk.pids[0])[:40]:
        stranger = Browser(edge, talk, pid)
        if door == "hello":
            async with stranger.open() as line:
                await stranger.hello(line)
                codes.append((await line.bye())[0])
        elif door == "join":
            codes.append((await stranger.join()).status_code)
        else:
            response = await edge.post(f"/api/c/{talk.slug}/check", {"pid": pid})
            codes.append(response.status_code)
    unlisted, slowed = (4404, 1013) if door == "hello" else (404, 429)
    assert codes[0] == unlisted
    assert codes[-1] == slowed
    assert set(codes) == {unlisted, slowed}


async def test_a_link_holds_80_bits_of_chance(edge: Edge) -> None:
    """In 2,000 links every letter stands in every place, and nearly equally often."""
    talk = await edge.talk(most=2_000, do=())
    issued = [row["participant_id"] for row in await table(edge, talk, "links.csv")]
    assert {(len(pid), pid[0]) for pid in issued} == {(17, "p")}
    assert issued != sorted(issued)
    for place in range(1, 17):
        counts = Counter(pid[place] for pid in issued)
        assert set(counts) == set(ALPHABET)
        assert max(counts.values()) < 2_000 // 32 * 3


async def test_two_hundred_of_one_network_join_whoever_guesses_from_it(own_edge: Edge) -> None:
    edge = own_edge
    talk = await edge.talk(most=200)
    for pid in neighbours(talk.pids[0])[:60]:
        await edge.post(f"/api/c/{talk.slug}/check", {"pid": pid})
    browsers = [Browser(edge, talk, pid) for pid in talk.pids]
    answers = await asyncio.gather(*(browser.join() for browser in browsers))
    assert Counter(answer.status_code for answer in answers) == {200: 200}
    async with room_of(browsers):
        rows = await table(edge, talk, "participant_data.csv")
    assert {row["participant_id"] for row in rows} == set(talk.pids)


async def test_what_is_unknown_looks_the_same_whatever_it_is(edge: Edge) -> None:
    talk, erased = await edge.talk(), await edge.talk(title="Gone", do=())
    done = await edge.staff_post(f"conversations/{erased.slug}/erase", {"title": "Gone"})
    assert done.status_code == 200
    pages = [
        await edge.get(f"/c/{slug}?pid={pid}")
        for slug in (talk.slug, erased.slug, "nothing-here")
        for pid in (talk.pids[0], neighbours(talk.pids[0])[0])
    ]
    assert len({page.content for page in pages}) == 1
    gone = await edge.post(f"/api/c/{erased.slug}/check", {"pid": erased.pids[0]})
    nothing = await edge.post("/api/c/nothing-here/check", {"pid": talk.pids[0]})
    assert gone.status_code == 404
    assert (gone.status_code, gone.content) == (nothing.status_code, nothing.content)


async def test_no_number_stands_in_headers_error_pages_or_metrics(own_edge: Edge) -> None:
    edge = own_edge
    talk = await edge.talk()
    pid = talk.pids[0]
    async with (await joined(edge, talk)).arrived():
        for path in (f"/c/{talk.slug}", "/nowhere", f"/api/c/{talk.slug}/join", f"/api/c/{pid}"):
            for method in ("GET", "POST", "PUT"):
                response = await edge.request(method, f"{path}?pid={pid}")
                assert response.headers["referrer-policy"] == "no-referrer"
                assert pid not in response.text
                assert not any(pid in value for value in response.headers.values())
        measured = generate_latest(edge.turnout.metrics.registry).decode()
    assert "turnout_joins_total" in measured
    assert not any(secret in measured for secret in (*talk.pids, talk.slug, "127.0.0.1"))


async def test_no_number_stands_in_what_the_server_prints(site: Site) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    headers = {"Origin": site.address}
    for pid in [*talk.pids, *neighbours(talk.pids[0])[:3]]:
        for path in (
            f"/c/{talk.slug}?pid={pid}",
            f"/nowhere/{pid}",
            f"/ws/c/{talk.slug}?pid={pid}",
        ):
            await site.client.get(path)
        for door in ("check", "join"):
            path = f"/api/c/{talk.slug}/{door}?pid={pid}"
            await site.client.post(path, json={"pid": pid}, headers=headers)
    printed = site.log.read_text("utf-8")
    assert "/console" in printed
    assert not any(pid in printed for pid in talk.pids)
