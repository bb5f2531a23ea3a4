"""Work that waits to be written: taken in groups, each caller told what became of theirs."""

from __future__ import annotations

import asyncio
from collections import deque
from dataclasses import dataclass

from turnout.storage.database import Work

MAX_JOBS = 100
"""In one transaction: bounds how long the first waits for the last."""


@dataclass(frozen=True, slots=True)
class Job:
    """`future`: of the caller, who may have been cancelled."""

    work: Work[object]
    future: asyncio.Future[object]


@dataclass(frozen=True, slots=True)
class Done:
    """It is durable."""

    result: object


Outcome = Done | Exception


def take(waiting: deque[Job]) -> list[Job]:
    """The next group. A cancelled caller's job is dropped."""
    jobs: list[Job] = []
    while waiting and len(jobs) < MAX_JOBS:
        job = waiting.popleft()
        if not job.future.done():
            jobs.append(job)
    return jobs


def settle(job: Job, outcome: Outcome) -> None:
    """Tell the caller, if there still is one."""
    if job.future.done():
        return
    if isinstance(outcome, Done):
        job.future.set_result(outcome.result)
    else:
        job.future.set_exception(outcome)
