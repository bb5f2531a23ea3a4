"""A whole rehearsal: server, conversation, robots, moderator, files, audit, report."""

from __future__ import annotations

import csv
import io
import json
import shutil
import tempfile
import time
import uuid
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from turnout import wire
from turnout.rehearsal import flex
from turnout.rehearsal.audit import Findings, Witness
from turnout.rehearsal.casting import Cast, expected_answers, make_cast
from turnout.rehearsal.conductor import Step
from turnout.rehearsal.door import Door, http_client
from turnout.rehearsal.faults import blows
from turnout.rehearsal.house import House
from turnout.rehearsal.ledger import Ledger, spread
from turnout.rehearsal.moderator import Moderator
from turnout.rehearsal.outcomes import broken, missing, outcomes
from turnout.rehearsal.own_server import SERVE, OwnServer
from turnout.rehearsal.plan import Plan
from turnout.rehearsal.play import Play
from turnout.rehearsal.report import Report
from turnout.rehearsal.staff import Staff
from turnout.rehearsal.striker import Striker
from turnout.rehearsal.weighing import Weighing

JOINS_A_SECOND = 1_200
"""How fast people press Join after the bell, while the server takes it."""
LOCAL_BACK_OFF = 0.1
"""Waits of robots on a server of their own, which is back within a second or two."""


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
        slug = await _published(plan, staff)
        rush = len(plan.scripts) / JOINS_A_SECOND
        house = House(ledger, Door(client), spread=rush, back_off=back_off)
        cast = make_cast(plan, await staff.file(slug, "links.csv"), house)
        moderator = Moderator(stage.url, slug, stage.token, ledger, back_off, plan.seed)
        striker = _striker(plan, stage, ledger, cast)
        weighing = Weighing(staff, slug, cast)
        play = Play(plan, cast, house, moderator, striker, weighing, progress)
        await play.perform(None if stage.server is None else stage.server.died)
        progress(Step("files", 0, 1))
        files = await weighing.at_the_end(flex=plan.has("flex"))
    if plan.out is not None:
        _write_files(plan.out, files, weighing.witnesses())
    return _report(plan, ledger, weighing.findings, striker)


async def _published(plan: Plan, staff: Staff) -> str:
    """The slug of the conversation, where links work."""
    slug = await staff.create(plan.title, plan.guide_name, plan.guide, len(plan.scripts))
    if plan.has("flex"):
        await staff.shorten_grace(slug, flex.GRACE)
    await staff.command(slug, wire.Command(cid=str(uuid.uuid4()), op="publish"))
    return slug


def _striker(plan: Plan, stage: Stage, ledger: Ledger, cast: Cast) -> Striker | None:
    kill = next((fault for fault in plan.faults if fault.name == "kill"), None)
    if kill is None or stage.server is None:
        return None
    expected = expected_answers(cast)
    planned = blows(kill.among(len(cast)), sorted(expected), plan.seed)
    striker = Striker(stage.server, ledger, planned, expected)
    ledger.on_settled = striker.settled
    return striker


def _report(plan: Plan, ledger: Ledger, findings: Findings, striker: Striker | None) -> Report:
    ledger.faults += findings.confirmed
    if striker is not None:
        ledger.count("kill", "killed", striker.struck)
        ledger.count("kill", "restarted", striker.restarts)
    found = outcomes(plan.faults, ledger.faults)
    missed = list(broken(found))
    mismatches = ledger.troubles + findings.mismatches + missed
    duplicated = ledger.duplicates + findings.duplicated
    remarks = missing(plan.faults, len(plan.scripts), found)
    return Report(
        joined=ledger.joined,
        answers_sent=ledger.answers_sent,
        accepted=ledger.accepted,
        refused=ledger.refused,
        lost=len(findings.lost),
        duplicated=len(duplicated),
        mismatches=ledger.troubled + len(findings.mismatches) + len(missed),
        send_to_seen_ms=spread(ledger.seen_after),
        answer_to_accepted_ms=spread(ledger.accepted_after),
        seconds=0.0,
        restarts=0 if striker is None else striker.restarts,
        reconnects=ledger.reconnects,
        faults=found,
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
