"""Scenes on a real server: each does what people do, in a way in which one kind of fault must show.

What is wrong goes into the talk's history, under the name of the invariant; a scene never asserts.
"""

from __future__ import annotations

import asyncio
import uuid
from collections.abc import Awaitable, Callable

from tests.faults.history import Violation
from tests.faults.robots import Robot, settled
from tests.faults.scenes_crash import crash, power
from tests.faults.scenes_door import door, logs, release, stopped, visits
from tests.faults.scenes_slow import never_reads
from tests.faults.stage import Stage, Talk
from tests.second_client.moderator import MINUTES, WALK, WELCOME, WHY

Scene = Callable[[Talk], Awaitable[None]]
SLOW = frozenset({"never_reads"})
"""Scenes that take more than a moment."""


async def violations(stage: Stage, scene: Scene, robot: type[Robot] = Robot) -> list[Violation]:
    """What a scene finds on this stage. Who waited in vain is a violation as well."""
    talk = Talk(stage, robot)
    try:
        await scene(talk)
    except TimeoutError:
        talk.history.broken("I6", "somebody waited in vain")
    finally:
        await talk.leave()
    return talk.history.violations


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


async def offline(talk: Talk) -> None:
    """An answer is given while there is no network; then there is one again."""
    await talk.begin()
    [robot] = await talk.enter()
    await talk.opens(WHY)
    await robot.cut()
    await robot.answer(WHY, text="Nobody hears me.")
    await robot.come_back()
    await robot.resent()
    await talk.moderator.does("end")
    await talk.audit()


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
        offline,
        door,
        release,
        stopped,
        visits,
        logs,
        never_reads,
    )
}
