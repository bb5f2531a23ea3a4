"""Elsewhere every client came back at once after a restart, which drove the server to where it was
unusable again."""

from __future__ import annotations

import asyncio
import heapq
import random
from collections import Counter

import pytest

from tests.e2e.site import Site
from tests.second_client.client import Client
from turnout.rehearsal.backoff import BackOff

PEOPLE = 2_000
GUIDE = "items:\n  - open_text: Why?\n"


def arrivals(down: float, per_second: int = 400) -> list[float]:
    """When each of many clients is back after a server was killed and stayed away so long:
    seconds since the kill. It takes so many handshakes a second; the rest hang until it is their
    turn, ten seconds at most, and then count as failed."""
    clients = [BackOff(random.Random(number)) for number in range(PEOPLE)]
    tries = [(client.wait(1006, 60), number) for number, client in enumerate(clients)]
    heapq.heapify(tries)
    back, free = [], down
    while tries:
        at, number = heapq.heappop(tries)
        begins = max(at, free)
        if at >= down and begins - at <= 10:
            free = begins + 1 / per_second
            back.append(begins)
        else:
            failed = at if at < down else at + 10
            heapq.heappush(tries, (failed + clients[number].wait(1006, 0), number))
    return back


@pytest.mark.parametrize("down", [1.0, 10.0, 180.0])
def test_they_come_spread_over_seconds_and_all_are_back_within_a_minute(down: float) -> None:
    back = arrivals(down)
    assert len(back) == PEOPLE
    assert max(back) - down < 60
    by_second = Counter(int(at - down) for at in back)
    assert max(by_second.values()) < PEOPLE // 2
    assert len(by_second) >= 4


async def test_after_a_kill_everybody_is_back_at_the_same_question_and_keeps_what_was_saved(
    own_site: Site,
) -> None:
    site = own_site
    talk = await site.talk(GUIDE, "publish", "start", "next", people=30)
    people = [Client(site.origin, talk.slug, pid) for pid in talk.pids]

    async def begin(one: Client) -> None:
        await one.prove("join")
        await one.hello()
        await one.answer(1, text=f"from {one.pid}")
        await one.until(lambda: 1 in one.mine)

    await asyncio.gather(*(begin(one) for one in people))
    site.server.kill()
    await site.server.restart()

    async def come_back(one: Client) -> None:
        back_off, away = BackOff(random.Random(one.pid), 0.2), True
        while away:
            await asyncio.sleep(back_off.wait(1006, 0))
            await one.connect()
            await one.hello()
            away = "bye" in one.last

    await asyncio.wait_for(asyncio.gather(*(come_back(one) for one in people)), 60)
    for one in people:
        assert [seen["status"] for seen in one.items.values()] == ["open"]
        assert one.mine[1]["body"] == {"text": f"from {one.pid}"}
        assert one.outbox == {}
        await one.cut()
