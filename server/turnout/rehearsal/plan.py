"""What a rehearsal will do, decided and checked before anything starts. Pure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import urlsplit

from turnout.domain.guide import Item
from turnout.guides import GuideFile, Problem, Problems, read_guide
from turnout.rehearsal.faults import OF_ROBOTS, Fault, Name, UnknownFault, parse_faults
from turnout.rehearsal.script import Mistakes, Script, read_scripts

MAX_SPEED = 1_000.0


@dataclass(frozen=True, slots=True)
class Remote:
    """A server that runs already. `url`: its address, without a slash at the end. `token`: what
    stands in the token file of its data folder."""

    url: str
    token: str


@dataclass(frozen=True, slots=True)
class Plan:
    """A rehearsal. `scripts`: one a robot. `speed`: how many times faster than the plan of the
    items; None: on as soon as everybody has answered. `remote` None: a server of its own in a
    scratch folder. `out`: where the files go; None: they are compared and not kept."""

    guide_name: str
    guide: bytes
    title: str
    items: tuple[Item, ...]
    scripts: tuple[Script, ...]
    seed: int = 1
    speed: float | None = None
    remote: Remote | None = None
    faults: tuple[Fault, ...] = ()
    out: Path | None = None

    def has(self, name: Name) -> bool:
        """Whether this fault is rehearsed."""
        return any(fault.name == name for fault in self.faults)


@dataclass(frozen=True, slots=True)
class PlanRefused:
    """Why nothing was started: one sentence or more."""

    why: tuple[str, ...]


def make_plan(
    guide_name: str,
    guide: bytes,
    answers: bytes,
    *,
    participants: int | None = None,
    seed: int = 1,
    speed: float | None = None,
    remote: Remote | None = None,
    faults: str = "",
    out: Path | None = None,
) -> Plan | PlanRefused:
    """A plan from the bytes of both files, or everything that keeps it from being one. The first
    `participants` rows of the answers play; None: all of them."""
    read = read_guide(guide_name, guide)
    if isinstance(read, Problems):
        return PlanRefused(tuple(_placed("The guide", problem) for problem in read.problems))
    scripts = read_scripts(answers, read.items)
    if isinstance(scripts, Mistakes):
        return PlanRefused(tuple(_placed("The answers", problem) for problem in scripts.problems))
    planned = parse_faults(faults)
    if isinstance(planned, UnknownFault):
        return PlanRefused((planned.why,))
    robots = len(scripts) if participants is None else participants
    if (why := _why_not(robots, len(scripts), speed, remote, planned)) is not None:
        return PlanRefused((why,))
    title = _title(guide_name, read)
    chosen = scripts[:robots]
    return Plan(guide_name, guide, title, read.items, chosen, seed, speed, remote, planned, out)


def remote_of(url: str, token: str) -> Remote | PlanRefused:
    """The server at an address such as http://127.0.0.1:8000, perhaps with a path."""
    parts = urlsplit(url.strip())
    path = parts.path.rstrip("/")
    page = parts.query or parts.fragment or "console" in path.split("/")
    if parts.scheme not in ("http", "https") or not parts.hostname or page:
        why = f"'{url}' is no address of a server. Write it like https://talk.example.org."
        return PlanRefused((why,))
    if not token.strip():
        return PlanRefused(("The token is empty: nothing can be created on that server.",))
    return Remote(f"{parts.scheme}://{parts.netloc}{path}", token.strip())


def _why_not(
    robots: int, rows: int, speed: float | None, remote: Remote | None, faults: tuple[Fault, ...]
) -> str | None:
    if robots < 1:
        return "A rehearsal needs at least one participant."
    if robots > rows:
        return f"{robots:,} participants, but the answers file has only {rows:,} rows."
    if speed is not None and not (math.isfinite(speed) and 0 < speed <= MAX_SPEED):
        return f"The speed lies above 0 and is at most {MAX_SPEED:g}; 1 is real time."
    for fault in faults:
        if fault.name in OF_ROBOTS and fault.among(robots) > robots:
            return f"{fault.name} for {fault.times:,} robots, but only {robots:,} take part."
    if remote is not None and any(fault.name == "kill" for fault in faults):
        return "Only a server that the rehearsal started itself is killed: leave --server out."
    return None


def _title(name: str, guide: GuideFile) -> str:
    return guide.title or f"Rehearsal of {PurePath(name).stem}"


def _placed(file: str, problem: Problem) -> str:
    row = f", row {problem.row}" if problem.row else ""
    column = f", column {problem.column}" if problem.column else ""
    return f"{file}{row}{column}: {problem.what}"
