"""A whole rehearsal: server, conversation, robots, moderator, files, audit, report."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import random
import shutil
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from msgspec import UNSET

from turnout import wire
from turnout.rehearsal.audit import Findings, Witness, audit
from turnout.rehearsal.conductor import PLAN, Conductor, Step, expected_answers
from turnout.rehearsal.door import Door, http_client, read_link
from turnout.rehearsal.faults import blows
from turnout.rehearsal.ledger import Ledger, spread
from turnout.rehearsal.moderator import Moderator, asked
from turnout.rehearsal.own_server import SERVE, OwnServer
from turnout.rehearsal.plan import Plan
from turnout.rehearsal.report import Report
from turnout.rehearsal.robot import Answerer, House, Robot, Thought
from turnout.rehearsal.script import Script
from turnout.rehearsal.staff import FILES, RehearsalFailed, Staff
from turnout.rehearsal.striker import Striker

BURST = 0.03
"""Seconds over which people answer where nobody waits for the plan."""
JOINS_A_SECOND = 1_200
"""How fast people press Join after the bell, while the server takes it."""
LOCAL_BACK_OFF = 0.1
"""Waits of robots on a server of their own, which is back within a second or two."""

Cast = Sequence[tuple[Robot, Script]]


@dataclass(frozen=True, slots=True)
class Stage:
    """Where it is held. `server` None: somebody else's."""

    url: str
    token: str
    server: OwnServer | None


async def rehearse(
    plan: Plan, progress: Callable[[Step], None], serve: Sequence[str] = SERVE
) -> Report:
    """Hold the rehearsal and compare. RehearsalFailed, in words, if it cannot be held to its end.
    `serve`: the command that runs a server of its own."""
    began = time.monotonic()
    if plan.out is not None:
        plan.out.mkdir(parents=True, exist_ok=True)
    with _scratch() as scratch:
        async with _stage(plan, scratch, serve) as stage:
            report = await _hold(plan, stage, progress)
        report = replace(report, seconds=round(time.monotonic() - began, 2))
        if stage.server is not None and plan.out is not None and not report.ok:
            shutil.copytree(scratch / "data", plan.out / "server-data", dirs_exist_ok=True)
            shutil.copy(scratch / "server.log", plan.out / "server.log")
    if plan.out is not None:
        _write(plan.out / "report.json", json.dumps(report.as_dict(), indent=2) + "\n")
    return report


@contextmanager
def _scratch() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="turnout-rehearsal-") as folder:
        yield Path(folder)


@asynccontextmanager
async def _stage(plan: Plan, scratch: Path, serve: Sequence[str]) -> AsyncIterator[Stage]:
    if plan.remote is not None:
        yield Stage(plan.remote.url, plan.remote.token, None)
        return
    server = OwnServer(scratch / "data", scratch / "server.log", serve)
    try:
        await server.start()
        yield Stage(server.url, server.token, server)
    finally:
        await server.stop()


async def _hold(plan: Plan, stage: Stage, progress: Callable[[Step], None]) -> Report:
    ledger = Ledger(time.monotonic)
    back_off = 1.0 if stage.server is None else LOCAL_BACK_OFF
    async with http_client(stage.token) as staff_client, http_client() as client:
        staff = Staff(staff_client, stage.url)
        slug = await staff.create(plan.title, plan.guide_name, plan.guide, len(plan.scripts))
        await staff.command(slug, wire.Command(cid=str(uuid.uuid4()), op="publish"))
        rush = len(plan.scripts) / JOINS_A_SECOND
        house = House(ledger, Door(client), spread=rush, back_off=back_off)
        cast = _cast(plan, await staff.file(slug, "links.csv"), house)
        moderator = Moderator(stage.url, slug, stage.token, ledger, back_off, plan.seed)
        conductor = Conductor(moderator, ledger, cast, plan.speed, progress)
        striker = _striker(plan, stage, ledger)
        at_end = await _play(cast, moderator, conductor, stage, striker)
        progress(Step("files", 0, len(FILES)))
        files = {name: await staff.file(slug, name) for name in FILES}
        questions = asked(await staff.state(slug))
    witnesses = [_witness(robot, robot.row in at_end) for robot, _ in cast]
    findings = audit(files, questions, witnesses)
    if plan.out is not None:
        _write_files(plan.out, files, witnesses)
    return _report(ledger, findings, striker)


async def _play(
    cast: Cast,
    moderator: Moderator,
    conductor: Conductor,
    stage: Stage,
    striker: Striker | None,
) -> set[str]:
    """The conversation itself. Gives the names of those who were connected when it had ended."""

    async def guide() -> set[str]:
        await conductor.conduct()
        if striker is not None:
            await striker.done()
        here = {robot.row for robot, _ in cast if robot.connected}
        moderator.leave()
        for robot, _ in cast:
            robot.leave()
        return here

    tasks = [
        asyncio.create_task(moderator.run()),
        *(asyncio.create_task(robot.run()) for robot, _ in cast),
    ]
    conducting = asyncio.create_task(guide())
    died = stage.server.died if stage.server is not None else asyncio.Future[str]()
    try:
        waiting: set[asyncio.Future[Any]] = {conducting, died, *tasks}
        while not conducting.done():
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            if died.done():
                raise RehearsalFailed(died.result())
            for future in done:
                future.result()
        await asyncio.gather(*tasks)
        return conducting.result()
    finally:
        for task in (*tasks, conducting):
            task.cancel()
        await asyncio.gather(*tasks, conducting, return_exceptions=True)
        if striker is not None:
            await striker.stop()


def _cast(plan: Plan, links_file: bytes, house: House) -> Cast:
    """A robot a link, in the order of the links file and of the answers."""
    rows = list(csv.DictReader(io.StringIO(links_file.decode("utf-8-sig"), newline="")))
    if len(rows) < len(plan.scripts):
        raise RehearsalFailed(f"links.csv has {len(rows)} links for {len(plan.scripts)} robots.")
    cast: list[tuple[Robot, Script]] = []
    for place, (row, script) in enumerate(zip(rows, plan.scripts, strict=False)):
        link = read_link(row.get("link") or "")
        if link is None:
            raise RehearsalFailed(f"Row {place + 2} of links.csv holds no link of ours.")
        chance = random.Random(f"{plan.seed} {place}")
        answerer = _answerer(script, plan.speed, chance)
        cast.append((Robot(script.row, link, answerer, house, chance), script))
    return cast


def _answerer(script: Script, speed: float | None, chance: random.Random) -> Answerer:
    def answer(item: wire.Item) -> Thought | None:
        body = script.answers.get(item.number)
        if body is None:
            return None
        if speed is None:
            return body, chance.uniform(0, BURST)
        plan = PLAN if item.duration is UNSET else item.duration
        return body, chance.uniform(0.05, 0.8) * plan / speed

    return answer


def _striker(plan: Plan, stage: Stage, ledger: Ledger) -> Striker | None:
    if not plan.faults or stage.server is None:
        return None
    (kill,) = plan.faults
    expected = expected_answers(plan.scripts)
    planned = blows(kill, sorted(expected), plan.seed)
    striker = Striker(stage.server, ledger, planned, expected)
    ledger.on_settled = striker.settled
    return striker


def _witness(robot: Robot, at_end: bool) -> Witness:
    kept = robot.participant.kept.items()
    return Witness(
        row=robot.row,
        pid=robot.link.pid,
        joined=robot.joined,
        at_end=at_end,
        answers={question: answer.body for question, answer in kept},
        open=frozenset(robot.participant.outbox),
    )


def _report(ledger: Ledger, findings: Findings, striker: Striker | None) -> Report:
    mismatches = ledger.troubles + findings.mismatches
    duplicated = ledger.duplicates + findings.duplicated
    remarks = [f"{striker.left} kills did not fall"] if striker is not None and striker.left else []
    return Report(
        joined=ledger.joined,
        answers_sent=ledger.answers_sent,
        accepted=ledger.accepted,
        refused=ledger.refused,
        lost=len(findings.lost),
        duplicated=len(duplicated),
        mismatches=ledger.troubled + len(findings.mismatches),
        send_to_seen_ms=spread(ledger.seen_after),
        answer_to_accepted_ms=spread(ledger.accepted_after),
        seconds=0.0,
        restarts=0 if striker is None else striker.restarts,
        reconnects=ledger.reconnects,
        details=(*findings.lost, *duplicated, *mismatches, *remarks),
    )


def _write_files(out: Path, files: Mapping[str, bytes], witnesses: Sequence[Witness]) -> None:
    for name, data in files.items():
        (out / name).write_bytes(data)
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(("participant_id", "row", "acknowledged"))
    for witness in witnesses:
        writer.writerow((witness.pid, witness.row, len(witness.answers)))
    _write(out / "robots.csv", text.getvalue())


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")
