"""How often links may be tried and joined with: by address and by link, and never so that somebody
who has done nothing wrong is slowed."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.browser import Browser
from tests.web.edge import Edge, Talk, running
from turnout.domain.links import read_pid
from turnout.services.guessing import MISSES, REFILL
from turnout.services.joining import JOIN_EVERY, JOINS

UNKNOWN = "p0000000000000000"
assert read_pid(UNKNOWN) is not None


@pytest.fixture
async def proxied(tmp_path: Path) -> AsyncIterator[Edge]:
    """A server behind a proxy of this machine."""
    async with running(tmp_path, proxies=("127.0.0.1",)) as edge:
        yield edge


async def check(edge: Edge, talk: Talk, pid: str, came_from: str = "") -> tuple[int, str]:
    headers = {"X-Forwarded-For": came_from} if came_from else None
    response = await edge.post(f"/api/c/{talk.slug}/check", {"pid": pid}, headers=headers)
    return response.status_code, response.json().get("code", "ready")


async def test_who_guesses_is_slowed_and_whoever_is_right_is_not(own_edge: Edge) -> None:
    talk = await own_edge.talk()
    told = [await check(own_edge, talk, UNKNOWN) for _ in range(MISSES + 5)]
    assert told[:MISSES] == [(404, "unlisted")] * MISSES
    assert told[-1] == (429, "slow_down")
    assert await check(own_edge, talk, talk.pids[0]) == (200, "ready")
    browser = Browser(own_edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    response = await own_edge.post(f"/api/c/{talk.slug}/check", {"pid": "???"})
    assert response.json()["code"] == "slow_down"
    assert 0 < response.json()["retry_ms"] <= REFILL + 1
    own_edge.clock.advance(REFILL)
    assert await check(own_edge, talk, UNKNOWN) == (404, "unlisted")


async def test_a_guesser_on_sockets_is_slowed_too(own_edge: Edge) -> None:
    talk = await own_edge.talk()
    for _ in range(MISSES):
        await check(own_edge, talk, UNKNOWN)
    browser = Browser(own_edge, talk, UNKNOWN)
    async with browser.open() as line:
        await browser.hello(line)
        code, _ = await line.bye()
        assert code == 1013


async def test_without_a_trusted_proxy_nobody_can_say_where_they_come_from(own_edge: Edge) -> None:
    talk = await own_edge.talk()
    told = [await check(own_edge, talk, UNKNOWN, f"192.0.2.{n}") for n in range(MISSES + 1)]
    assert told[-1] == (429, "slow_down")


async def test_behind_a_trusted_proxy_each_address_counts_apart(proxied: Edge) -> None:
    talk = await proxied.talk()
    for _ in range(MISSES):
        assert await check(proxied, talk, UNKNOWN, "192.0.2.1") == (404, "unlisted")
    assert await check(proxied, talk, UNKNOWN, "192.0.2.1") == (429, "slow_down")
    assert await check(proxied, talk, UNKNOWN, "192.0.2.2") == (404, "unlisted")
    # What the client itself claims stands before what the proxy saw.
    assert await check(proxied, talk, UNKNOWN, "192.0.2.9, 192.0.2.1") == (429, "slow_down")


async def test_a_link_that_is_joined_with_very_often_is_told_to_wait(own_edge: Edge) -> None:
    talk = await own_edge.talk()
    browser = Browser(own_edge, talk, talk.pids[0], keyless=True)
    for _ in range(JOINS):
        assert (await browser.join()).status_code == 200
    refused = await browser.join()
    assert (refused.status_code, refused.json()["code"]) == (429, "slow_down")
    assert 0 < refused.json()["retry_ms"] <= JOIN_EVERY + 1
    other = Browser(own_edge, talk, talk.pids[1], keyless=True)
    assert (await other.join()).status_code == 200
    own_edge.clock.advance(JOIN_EVERY)
    assert (await browser.join()).status_code == 200


async def test_a_single_link_is_everybodys_and_is_not_slowed(own_edge: Edge) -> None:
    talk = await own_edge.talk(links="single", most=3 * JOINS)
    for _ in range(JOINS + 5):
        assert (await Browser(own_edge, talk, keyless=True).join()).status_code == 200


async def test_joins_and_sockets_are_counted_without_names(own_edge: Edge) -> None:
    talk = await own_edge.talk()
    browser = Browser(own_edge, talk, talk.pids[0])
    value = own_edge.turnout.metrics.registry.get_sample_value
    assert (await browser.join()).status_code == 200
    await Browser(own_edge, talk, UNKNOWN).join()
    assert value("turnout_joins_total", {"outcome": "joined"}) == 1
    assert value("turnout_joins_total", {"outcome": "unlisted"}) == 1
    async with browser.arrived(), browser.open() as waiting, own_edge.console(talk) as screen:
        await waiting.next("lobby")
        await screen.next("tally")
        for kind in ("participant", "waiting", "staff"):
            assert value("turnout_sockets", {"kind": kind}) == 1
        assert value("turnout_rooms") == 1
    assert value("turnout_hellos_total", {"outcome": "welcomed"}) == 1
    for what in ("hellos", "answers", "writes"):
        assert value("turnout_waiting", {"what": what}) == 0
    commits = value("turnout_commit_seconds_count")
    assert commits is not None
    assert commits > 0
