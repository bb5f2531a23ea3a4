"""Scenes on a real server: each does what people do, in a way in which one kind of fault must show.

What is wrong goes into the talk's history, under the name of the invariant; a scene never asserts.
"""

from __future__ import annotations

import asyncio
import signal
import sqlite3
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus
from websockets.typing import Origin, Subprotocol

from tests.faults.history import History, Violation
from tests.faults.robots import Robot
from tests.faults.stage import Stage, Talk
from tests.second_client.client import Refusal
from tests.second_client.moderator import MINUTES, WALK, WELCOME, WHY

Scene = Callable[[Talk], Awaitable[None]]
CHANGES = 6
STRANGER = "http://elsewhere.example"


async def violations(stage: Stage, scene: Scene) -> list[Violation]:
    """What a scene finds on this stage."""
    return (await play(stage, scene)).violations


async def play(stage: Stage, scene: Scene) -> History:
    """A scene's history on this stage. Who waited in vain is a violation as well."""
    talk = Talk(stage)
    try:
        await scene(talk)
    except TimeoutError:
        talk.history.broken("I6", "somebody waited in vain")
    finally:
        await talk.leave()
    return talk.history


async def settled(robot: Robot) -> None:
    """Wait until nothing is in the outbox."""
    await robot.until(lambda: not robot.outbox)


async def talk(talk: Talk) -> None:
    """An ordinary conversation: three questions, changes, copies, one who leaves some out, one who
    loses the network; then the files."""
    await talk.begin()
    eager, lazy = await talk.enter(2)
    await talk.opens(WELCOME)
    await talk.opens(WALK)
    await eager.answer(WALK, option=1)
    await lazy.answer(WALK, other="Only downhill")
    await settled(eager)
    await eager.answer(WALK, option=2)
    await asyncio.gather(settled(eager), settled(lazy))
    await send_again(eager, WALK)
    await talk.opens(WHY)
    await eager.answer(WHY, text="It is quiet.")
    await lazy.answer(WHY, text="=1+1")
    await asyncio.gather(settled(eager), settled(lazy))
    await lazy.cut()
    await talk.moderator.does("send", item=MINUTES)
    await eager.answer(MINUTES, number=20)
    await settled(eager)
    await lazy.come_back()
    await talk.moderator.does("end")
    for robot in (eager, lazy):
        await robot.until(lambda robot=robot: robot.phase == "ended")  # type: ignore[misc] # mypy knows no lambda with a default
    await talk.audit()


async def send_again(robot: Robot, question: int) -> None:
    """The same answer once more, as after a lost acknowledgement."""
    one = robot.kept[question]
    robot.last.pop("accepted", None)
    fields = {name: one[name] for name in ("aid", "question", "base", "body")}
    await robot.send("answer", **fields)
    await robot.until(lambda: "accepted" in robot.last or "refused" in robot.last)


async def crash(talk: Talk) -> None:
    """kill -9 on the very acknowledgement of an answer, then everybody comes back."""
    robots = await burst(talk)
    await blow(talk, robots)
    await talk.moderator.does("end")
    await talk.audit()


async def power(talk: Talk) -> None:
    """The same with the power of the disk, soon after a start: so far all is in the database, and
    what comes now in its log alone."""
    robots = await burst(talk)
    await talk.stage.restart(signal.SIGTERM)
    for robot in robots:
        await robot.come_back()
    try:
        await blow(talk, robots)
        await talk.moderator.does("end")
    except (AssertionError, TimeoutError, httpx.HTTPStatusError) as error:
        talk.history.broken("I1", f"the store does not know the conversation any more: {error}")
        return
    await talk.audit()


async def burst(talk: Talk) -> list[Robot]:
    """Four are in, and three of them have answered."""
    await talk.begin(seats=4)
    robots = await talk.enter(4)
    await talk.opens(WHY)
    for robot in robots[1:]:
        await robot.answer(WHY, text="Before.")
    await asyncio.gather(*(settled(robot) for robot in robots[1:]))
    return robots


async def blow(talk: Talk, robots: list[Robot]) -> None:
    """All answer at once, and the server dies as the first of them is told that it is saved."""
    robots[0].told.on_accepted = lambda: talk.stage.hurt(signal.SIGKILL)
    answering = [asyncio.create_task(change(robot, CHANGES)) for robot in robots]
    try:
        await talk.stage.died()
        robots[0].told.on_accepted = lambda: None
        await talk.stage.start()
        for robot in robots:
            await robot.come_back()
        await asyncio.gather(*answering)
        for robot in robots:
            await robot.resent()
    finally:
        for task in answering:
            task.cancel()
        await asyncio.gather(*answering, return_exceptions=True)


async def change(robot: Robot, times: int) -> None:
    """One answer after the other to the same question, through whatever happens."""
    for number in range(times):
        await robot.answer(WHY, text=f"Number {number} of {robot.pid[-4:]}")
        await robot.resent()


async def late_copy(talk: Talk) -> None:
    """What was replaced is offered again, and so is something that knows nothing of it."""
    await talk.begin()
    [robot] = await talk.enter()
    await talk.opens(WHY)
    await robot.answer(WHY, text="First.")
    await settled(robot)
    first = robot.kept[WHY]
    await robot.answer(WHY, text="Second.")
    await settled(robot)
    for aid, text in ((first["aid"], "First."), (str(uuid.uuid4()), "Knows nothing.")):
        robot.last.pop("refused", None)
        robot.last.pop("accepted", None)
        await robot.send("answer", aid=aid, question=WHY, base=0, body={"text": text})
        await robot.until(lambda: "refused" in robot.last or "accepted" in robot.last)
        if "refused" not in robot.last:
            talk.history.broken("I1", f"{text!r} replaced a newer answer")


async def after_the_grace(talk: Talk) -> None:
    """Nothing is taken after the close and its grace."""
    await talk.begin(grace=0)
    [robot] = await talk.enter()
    await talk.opens(WHY)
    await talk.moderator.does("close")
    await robot.until(lambda: robot.items[WHY]["status"] == "closed")
    await asyncio.sleep(0.01)  # the store's clock counts milliseconds
    await robot.answer(WHY, text="Too late.")
    await settled(robot)
    if not robot.lost:
        talk.history.broken("I8", "an answer was accepted after close and grace")


async def pages(talk: Talk) -> None:
    """Staff read on behind the last answer that they saw."""
    await talk.begin()
    first, second = await talk.enter(2)
    await talk.opens(WHY)
    await first.answer(WHY, text="One.")
    await settled(first)
    slug = talk.moderator.slug
    page = (await talk.moderator.ask("GET", f"/{slug}/answers?question={WHY}")).json()
    await second.answer(WHY, text="Two.")
    await settled(second)
    where = f"/{slug}/answers?question={WHY}&after={page['aseq']}"
    texts = [one["text"] for one in (await talk.moderator.ask("GET", where)).json()["answers"]]
    if texts != ["Two."]:
        talk.history.broken("I1", f"behind the first page staff read {texts}")


async def state(talk: Talk) -> None:
    """Who applied every event sees what a newcomer is told."""
    await talk.begin()
    [robot] = await talk.enter()
    for item in (WELCOME, WALK, WHY):
        await talk.opens(item)
    await talk.moderator.does("withdraw", item=WALK)
    await robot.until(lambda: robot.items[WALK]["status"] == "withdrawn")
    newcomer = talk.device(1)
    talk.robots.append(newcomer)
    await newcomer.prove("join")
    await newcomer.hello()
    applied = {id: (seen["status"], seen["item"]) for id, seen in robot.items.items()}
    told = {id: (seen["status"], seen["item"]) for id, seen in newcomer.items.items()}
    if (told, newcomer.rev) != (applied, robot.rev):
        talk.history.broken("I5", f"applied {applied}, told {told}")


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
                await http.request(method, path)
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


SCENES: dict[str, Scene] = {
    scene.__name__: scene
    for scene in (
        talk,
        crash,
        power,
        late_copy,
        after_the_grace,
        pages,
        state,
        door,
        release,
        visits,
        logs,
    )
}
