"""Elsewhere rooms that were held in memory were gone after a restart, a question whose timer had
died stayed on screen for ever, and a server that was asked to stop waited for its sockets without
end."""

from __future__ import annotations

import asyncio
import shutil
import time
from pathlib import Path

import pytest

from tests.e2e.site import Site, Talk, running
from tests.second_client.client import Client

PEOPLE, PLAN = 12, 600
ASK = ("publish", "start", "next")
GUIDE = """\
items:
  - open_text: Why?
    duration: {minutes}
    auto_close: true
  - open_text: And now?
"""
WITHIN = 15.0
"""Seconds: ten, and what a busy machine needs."""


async def crowd(site: Site, talk: Talk) -> list[Client]:
    """People who joined and wait for the first question."""
    people = [Client(site.origin, talk.slug, pid) for pid in talk.pids]

    async def arrive(one: Client) -> None:
        await one.prove("join")
        await one.hello()

    await asyncio.gather(*(arrive(one) for one in people))
    return people


async def burst(people: list[Client]) -> dict[str, int]:
    """Everybody answers over and over until their line breaks. What was acknowledged: the last
    revision by pid."""
    saved: dict[str, int] = {}

    async def goes_on(one: Client) -> None:
        number = 0
        while "bye" not in one.last:
            await one.answer(1, text=f"{one.pid} {number}")
            await one.until(lambda: 1 not in one.outbox or "bye" in one.last)
            if 1 in one.kept:
                saved[one.pid] = one.kept[1]["revision"]
            number += 1

    await asyncio.gather(*(goes_on(one) for one in people))
    return saved


@pytest.mark.parametrize("how", ["stop", "kill"])
async def test_the_same_question_is_open_again_and_nothing_that_was_saved_is_lost(
    tmp_path: Path, how: str
) -> None:
    (tmp_path / "here").mkdir()
    async with running(tmp_path / "here") as site:
        talk = await site.talk(GUIDE.format(minutes="10:00"), *ASK, people=PEOPLE)
        asked_at = time.monotonic()
        people = await crowd(site, talk)
        answering = asyncio.create_task(burst(people))
        await asyncio.sleep(0.5)
        (tmp_path / "there").mkdir()
        if how == "stop":
            began = time.monotonic()
            await site.server.stop()
            assert time.monotonic() - began < WITHIN
        else:
            site.server.kill()
        saved = await asyncio.wait_for(answering, WITHIN)
        if how == "stop":
            assert {one.last["bye"]["code"] for one in people} == {4000}
        shutil.copytree(tmp_path / "here/data", tmp_path / "there/data")
        assert len(saved) == PEOPLE
        await same_again(tmp_path / "there", talk, people, saved, asked_at)


async def same_again(
    folder: Path, talk: Talk, people: list[Client], saved: dict[str, int], asked_at: float
) -> None:
    """A server on what the first one left behind: at another port, so that devices prove another
    origin."""
    async with running(folder) as site:
        for one in people:
            one.address = site.origin
            left_before = PLAN - (time.monotonic() - asked_at)
            await one.hello()  # without a join: the link is bound as it was
            welcome = one.last["welcome"]
            assert [seen["status"] for seen in one.items.values()] == ["open"]
            assert abs(welcome["plan_left"] - left_before) < WITHIN
            # More may have been stored than was acknowledged, never less.
            assert one.mine[1]["revision"] >= saved[one.pid]
            number = 1_000
            await one.answer(1, text=f"{one.pid} {number}")
            await one.until(lambda one=one: 1 not in one.outbox)  # type: ignore[misc]
            assert one.lost == []
        rows = (await site.file(talk, "answers.csv")).splitlines()[1:]
        assert len(rows) == PEOPLE
        assert all(" 1000" in row for row in rows)
        for one in people:
            await one.cut()


async def test_a_question_that_was_due_while_nobody_served_is_closed(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    async with running(tmp_path / "here") as site:
        talk = await site.talk(GUIDE.format(minutes="0:03"), *ASK, people=1)
        (one,) = await crowd(site, talk)
        await one.answer(1, text="in time")
        await one.until(lambda: 1 not in one.outbox)
        site.server.kill()
        await asyncio.sleep(3)
        await site.server.restart()
        await one.hello()
        assert [seen["status"] for seen in one.items.values()] == ["closed"]
        assert one.mine[1]["body"] == {"text": "in time"}
        await one.cut()
