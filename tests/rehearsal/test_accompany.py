"""Robots beside a moderator who is not theirs, and robots alone with one socket."""

import asyncio
import importlib
import time
from pathlib import Path

import pytest

from tests.rehearsal.examples import GUIDE, eventually
from tests.rehearsal.fake_conversation import SLUG, TOKEN, Fake
from tests.rehearsal.fake_server import serving
from turnout.rehearsal import accompany
from turnout.rehearsal.door import http_client
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.moderator import Moderator, next_item
from turnout.rehearsal.staff import Staff


async def prepared(fake: Fake, participants: int) -> None:
    async with http_client(TOKEN) as client:
        await Staff(client, fake.origin).create("Talk", "guide.yaml", GUIDE, participants)
    fake.store({"k": "command", "cid": "c1", "op": "publish"})


async def moderated(fake: Fake, robots: int) -> None:
    """Somebody's way through the guide, until everybody who answers has answered."""
    moderator = Moderator(fake.origin, SLUG, TOKEN, Ledger(time.monotonic), 0.1, seed=1)
    screen = asyncio.create_task(moderator.run())
    await moderator.command("start")
    await eventually(lambda: len(fake.said_hello) == robots)
    while next_item(await moderator.ready()) is not None:
        await moderator.command("next")
        await asyncio.sleep(0.1)
    await moderator.command("end")
    moderator.leave()
    await screen


async def test_robots_take_unused_links_and_answer_until_it_is_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    module = importlib.import_module("turnout.rehearsal.accompany")
    for name in ("QUICKEST", "SLOWEST", "AFTER_THE_BELL"):
        monkeypatch.setattr(module, name, 0.01)
    async with serving(tmp_path / "data", "close_at_end") as fake:
        await prepared(fake, 4)
        fake.store({"k": "hello", "pid": fake.pids[0]})
        robots = asyncio.create_task(accompany(fake.origin, SLUG, TOKEN, 9, seed=1))
        await moderated(fake, robots=4)
        assert await robots == ()
        assert set(fake.said_hello) == set(fake.pids)
        assert fake.pids[0] not in {pid for pid, _ in fake.answers}
        assert len(fake.answers) > 6


async def test_no_server_is_told_and_never_raised() -> None:
    (why,) = await accompany("http://127.0.0.1:9", SLUG, TOKEN, 3, seed=1)
    assert "does not answer" in why


async def test_it_can_be_cancelled(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as fake:
        await prepared(fake, 2)
        robots = asyncio.create_task(accompany(fake.origin, SLUG, TOKEN, 2, seed=1))
        await eventually(lambda: len(fake.lobby) == 2)
        robots.cancel()
        with pytest.raises(asyncio.CancelledError):
            await robots
