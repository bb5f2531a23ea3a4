"""`make faults`: kills, power cuts, campaigns of everything, and the mutants, until it is enough.

Every violation is printed as it is found, with the seed of what found it; the last line is the sum.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Collection, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.bursts import PEOPLE, hail
from tests.faults.history import History, Violation
from tests.faults.mutants import MUTANTS
from tests.faults.mutants_client import CLIENTS
from tests.faults.nemesis import campaign, crowd
from tests.faults.nursery import HERE
from tests.faults.power import forgetful_disk
from tests.faults.proxy import proxy
from tests.faults.scenes import SCENES, violations
from tests.faults.stage import Talk, on_stage

A_SERVER = 25
"""Blows that one server's data takes before a new one begins."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of each. `longest`: seconds that a server stands still; `crowd`: how many people for
    how many seconds; `frames`: hostile ones."""

    kills: int
    cuts: int
    campaigns: int
    people: int
    rounds: int
    longest: float
    crowd: tuple[int, float]
    frames: int


LONG = Amount(
    kills=1_000,
    cuts=300,
    campaigns=40,
    people=30,
    rounds=40,
    longest=30.0,
    crowd=(600, 600.0),
    frames=1_000_000,
)
QUICK = Amount(
    kills=40,
    cuts=12,
    campaigns=3,
    people=10,
    rounds=16,
    longest=5.0,
    crowd=(100, 60.0),
    frames=100_000,
)
PARTS = ("kills", "cuts", "campaigns", "crowd", "mutants", "frames")


@dataclass(slots=True)
class Sum:
    """Of everything that ran. `caught`: mutants; `frames`: malformed ones that were sent."""

    acknowledged: int = 0
    broken: Counter[str] = field(default_factory=Counter)
    caught: int = 0
    mutants: int = 0
    frames: int = 0

    def add(self, what: str, history: History) -> None:
        """One history; what is wrong in it is printed."""
        self.acknowledged += history.fates()["accepted"]
        for violation in history.violations:
            self.broken[violation.invariant] += 1
            print(f"{what}: {violation}", flush=True)

    def tried(self, name: str, caught_by: str, violations: Sequence[Violation]) -> None:
        """A mutant, and what was found with it."""
        seen = {one.invariant for one in violations}
        self.mutants += 1
        self.caught += caught_by in seen
        print(f"{name:36} {caught_by:8} {' '.join(sorted(seen))}", flush=True)

    @property
    def ok(self) -> bool:
        """Whether nothing was wrong and every mutant was caught."""
        return not self.broken and self.caught == self.mutants

    def __str__(self) -> str:
        wrong = self.broken.total() - self.broken["I1"] - self.broken["I2"]
        return (
            f"acknowledged {self.acknowledged}, lost {self.broken['I1']}, "
            f"doubled {self.broken['I2']}, wrong {wrong}, "
            f"mutants caught {self.caught} of {self.mutants}, frames {self.frames}"
        )


async def run(amount: Amount, scratch: Path, parts: Collection[str], has_disk: bool) -> Sum:
    """These parts of it. `has_disk`: whether a forgetful file system can be mounted here."""
    found = Sum()
    if "kills" in parts:
        await blows("kill", amount.kills, scratch, found)
    if "cuts" in parts and has_disk:
        await blows("power", amount.cuts, scratch, found)
    if "campaigns" in parts:
        for seed in range(amount.campaigns):
            await campaigns(amount, seed, scratch, found)
    if "crowd" in parts:
        await besieged(amount, scratch, found)
    if "mutants" in parts:
        for name, mutant in MUTANTS.items():
            if mutant.scene != "power" or has_disk:
                await catch(name, scratch, found)
        for name in CLIENTS:
            await catch_client(name, scratch, found)
    if "frames" in parts:
        found.frames += await hostile(amount.frames, found)
    return found


async def blows(what: str, times: int, scratch: Path, found: Sum) -> None:
    """So many kills, or power cuts, in bursts of answers; a new server now and then."""
    for first in range(0, times, A_SERVER):
        last = min(first + A_SERVER, times)
        async with AsyncExitStack() as stack:
            folder, cut = scratch / f"{what}-{first}", None
            if what == "power":
                disk = await stack.enter_async_context(forgetful_disk(folder, seed=first))
                folder, cut = disk.folder / "data", disk.cut
            stage = await stack.enter_async_context(on_stage(folder))
            stage.power = cut
            found.add(f"{what} {first}", await hail(stage, PEOPLE, last - first, seed=first))
        print(f"{what} {last} of {times}: {found}", flush=True)


async def campaigns(amount: Amount, seed: int, scratch: Path, found: Sum) -> None:
    """One campaign on a server of its own."""
    async with (
        on_stage(scratch / f"campaign-{seed}") as stage,
        proxy(("127.0.0.1", stage.port), seed=seed) as network,
    ):
        talk = Talk(stage)
        try:
            people, rounds = amount.people, amount.rounds
            nemesis = await campaign(talk, network, people, rounds, seed, amount.longest)
            print(f"campaign {seed}: {dict(nemesis.did)}", flush=True)
        except TimeoutError:
            talk.history.broken("I6", "somebody waited in vain")
        finally:
            await talk.leave()
    found.add(f"campaign {seed}", talk.history)


async def besieged(amount: Amount, scratch: Path, found: Sum) -> None:
    """A crowd on a server of its own, behind a bad network."""
    people, seconds = amount.crowd
    async with (
        on_stage(scratch / "crowd") as stage,
        proxy(("127.0.0.1", stage.port), seed=1) as network,
    ):
        talk = Talk(stage)
        try:
            nemesis = await crowd(talk, network, people, seconds, seed=1)
            print(f"crowd of {people}: {dict(nemesis.did)}", flush=True)
        except TimeoutError:
            talk.history.broken("I6", "somebody waited in vain")
        finally:
            await talk.leave()
    found.add("crowd", talk.history)
    print(f"crowd: {found}", flush=True)


async def catch(name: str, scratch: Path, found: Sum) -> None:
    """A mutant, and whether it was caught by what it breaks."""
    mutant = MUTANTS[name]
    async with AsyncExitStack() as stack:
        folder, cut = scratch / name, None
        if mutant.scene == "power":
            disk = await stack.enter_async_context(forgetful_disk(folder))
            folder, cut = disk.folder / "data", disk.cut
        stage = await stack.enter_async_context(
            on_stage(folder, name, variables={"TURNOUT_LOG": "debug"})
        )
        stage.power = cut
        found.tried(name, mutant.caught_by, await violations(stage, SCENES[mutant.scene]))


async def catch_client(name: str, scratch: Path, found: Sum) -> None:
    """The same with a client that has a fault, on an honest server."""
    fault = CLIENTS[name]
    async with on_stage(scratch / name) as stage:
        seen = await violations(stage, SCENES[fault.scene], fault.robot)
    found.tried(name, fault.caught_by, seen)


async def hostile(count: int, found: Sum) -> int:
    """Send so many hostile frames, in a process of their own; how many were sent."""
    running = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.hostile.frames", str(count)),
        cwd=HERE,
        stdout=asyncio.subprocess.PIPE,
    )
    said, _ = await running.communicate()
    print(said.decode().strip(), flush=True)
    sent = re.match(r"frames (\d+),", said.decode())
    if running.returncode != 0 or sent is None:
        found.broken["frames"] += 1
        return 0
    return int(sent[1])


def main() -> int:
    """0 if all is as it must be. `--quick`: less of everything; names of parts: only those."""
    amount = QUICK if "--quick" in sys.argv else LONG
    parts = [part for part in PARTS if part in sys.argv] or PARTS
    has_disk = os.geteuid() == 0 and Path("/dev/fuse").exists()
    with tempfile.TemporaryDirectory(prefix="turnout-faults-") as scratch:
        found = asyncio.run(run(amount, Path(scratch), parts, has_disk))
    if not has_disk:
        print("Not run: power cuts, which take Linux, root and /dev/fuse.")
    left_out = [part for part in PARTS if part not in parts]
    if left_out:
        print(f"Not run: {', '.join(left_out)}.")
    print(found)
    return 0 if found.ok else 1


if __name__ == "__main__":
    sys.exit(main())
