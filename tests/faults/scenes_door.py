"""Scenes at the door: who gets in, who has to go, what a visit and a log leave behind."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import sqlite3
import uuid
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin, Subprotocol

from tests.faults.robots import settled
from tests.faults.stage import Stage, Talk
from tests.second_client.client import Refusal
from tests.second_client.moderator import WHY

STRANGER = "http://elsewhere.example"


async def door(talk: Talk) -> None:
    """A stranger's page, a second device, and a join that is repeated word for word."""
    await talk.begin()
    await talk.enter()
    await foreign(talk)
    second = talk.device(0)
    try:
        await second.prove("join")
    except Refusal as refusal:
        if refusal.args[0]["code"] != "other_device":
            talk.history.broken("I9", f"a second device was refused with {refusal.args[0]}")
    else:
        talk.history.broken("I9", "a second device was let in beside the first")
    third = talk.device(1)
    nonce = (await third.post("nonce"))["nonce"]
    proof = third._proof("join", nonce, third.device.attempt)
    said = {"attempt": third.device.attempt, "proof": proof, "pid": third.pid}
    await third.post("join", **said)
    try:
        await third.post("join", **said)
    except Refusal:
        return
    talk.history.broken("nonce", "the same proof was accepted twice")


async def foreign(talk: Talk) -> None:
    """What a page of another origin gets: nothing."""
    where = f"/api/c/{talk.moderator.slug}/nonce"
    async with httpx.AsyncClient(base_url=talk.stage.address, trust_env=False) as http:
        answer = await http.post(where, headers={"Origin": STRANGER}, json={})
    if answer.is_success:
        talk.history.broken("Origin", "a foreign page got a nonce")
    url = f"ws{talk.stage.address[4:]}/ws/c/{talk.moderator.slug}"
    protocols = [Subprotocol("turnout.v1")]
    try:
        opening = connect(url, origin=Origin(STRANGER), subprotocols=protocols, proxy=None)
        async with opening:
            talk.history.broken("Origin", "a foreign page got a socket")
    except InvalidStatus as refused:
        if refused.response.status_code != httpx.codes.FORBIDDEN:
            talk.history.broken("Origin", f"refused with {refused.response.status_code}")


async def release(talk: Talk) -> None:
    """After a release the device of before has no say, on its socket or a new one."""
    await talk.begin()
    [robot] = await talk.enter()
    await talk.opens(WHY)
    await talk.moderator.does("release", participant=1)
    second = talk.device(0)
    talk.robots.append(second)
    try:
        await second.prove("join")
        await second.hello()
    except Refusal as refusal:
        talk.history.broken("I9", f"after a release: {refusal.args[0]['code']}")
    try:
        async with asyncio.timeout(1):
            await robot.until(lambda: "bye" in robot.last)
    except TimeoutError:
        talk.history.broken("I9", "the released device keeps its socket")
    await robot.cut()
    await robot.hello()
    if robot._welcomed:
        talk.history.broken("I9", "the released device is welcomed again")


async def stopped(talk: Talk) -> None:
    """A page that was sent away stays away."""
    await talk.begin()
    [robot] = await talk.enter()
    await talk.moderator.does("release", participant=1)
    await robot.until(lambda: not robot._welcomed)  # the line is closed
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(1):
            await robot.come_back()


async def visits(talk: Talk) -> None:
    """Whatever is fetched, the store holds what it held."""
    await talk.begin()
    slug, pid = talk.moderator.slug, talk.moderator.pids[0]
    await talk.stage.restart(signal.SIGTERM)  # nothing of it is in memory
    before = dump(talk.stage)
    paths = (
        f"/c/{slug}?pid={pid}",
        f"/c/{slug}",
        f"/c/{slug}?pid=p0000000000000000",
        f"/api/console/conversations/{slug}",
        f"/api/console/conversations/{slug}/files/participant_data.csv",
    )
    async with talk.stage.process.client() as http:
        for path in paths:
            for method in ("GET", "HEAD"):
                answer = await http.request(method, path)
                if answer.is_server_error:
                    talk.history.broken("5xx", f"{method} {path}: {answer.status_code}")
    changed = [table for table, rows in dump(talk.stage).items() if before.get(table) != rows]
    if changed:
        talk.history.broken("I10", f"a GET changed {', '.join(changed)}")


def dump(stage: Stage) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    path = stage.data / "turnout.db"
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        names = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        return {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for (name,) in names}
    finally:
        connection.close()


async def logs(talk: Talk) -> None:
    """No pid and no answer in what the server prints, at its most talkative."""
    await talk.begin()
    [robot] = await talk.enter()
    await talk.opens(WHY)
    canary = f"canary {uuid.uuid4()}"
    await robot.answer(WHY, text=canary)
    await settled(robot)
    await robot.send("answer", aid=str(uuid.uuid4()), question=WHY, base=9, body={"number": 1})
    await robot.until(lambda: "refused" in robot.last)
    for secret, what in ((robot.pid, "a pid"), (canary, "an answer")):
        if secret in talk.stage.printed:
            talk.history.broken("I12", f"{what} stands in the log")
