"""`make faults`: kills, power cuts, campaigns of everything, and the mutants, until it is enough.

Every violation is printed as it is found, with the seed of what found it; the last line is the sum.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
from collections import Counter
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path

from tests.faults.bursts import PEOPLE, hail
from tests.faults.history import History
from tests.faults.mutants import MUTANTS
from tests.faults.nemesis import campaign
from tests.faults.power import forgetful_disk
from tests.faults.proxy import proxy
from tests.faults.scenes import SCENES, violations
from tests.faults.stage import Talk, on_stage

A_SERVER = 25
"""Blows that one server's data takes before a new one begins."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much of each."""

    kills: int
    cuts: int
    campaigns: int
    people: int
    rounds: int


LONG = Amount(kills=1_000, cuts=300, campaigns=40, people=30, rounds=40)
QUICK = Amount(kills=60, cuts=15, campaigns=4, people=10, rounds=16)


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


async def run(amount: Amount, scratch: Path, has_disk: bool) -> Sum:
    """All of it. `has_disk`: whether a forgetful file system can be mounted here."""
    found = Sum()
    await blows("kill", amount.kills, scratch, found)
    if has_disk:
        await blows("power", amount.cuts, scratch, found)
    else:
        print("No power was cut: that takes Linux and root.", flush=True)
    for seed in range(amount.campaigns):
        await campaigns(amount, seed, scratch, found)
    for name, mutant in MUTANTS.items():
        if mutant.scene != "power" or has_disk:
            await catch(name, scratch, found)
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
            nemesis = await campaign(talk, network, amount.people, amount.rounds, seed)
            print(f"campaign {seed}: {dict(nemesis.did)}", flush=True)
        except TimeoutError:
            talk.history.broken("I6", "somebody waited in vain")
        finally:
            await talk.leave()
    found.add(f"campaign {seed}", talk.history)


async def catch(name: str, scratch: Path, found: Sum) -> None:
    """A mutant, and whether it was caught by what it breaks."""
    mutant = MUTANTS[name]
    found.mutants += 1
    async with AsyncExitStack() as stack:
        folder, cut = scratch / name, None
        if mutant.scene == "power":
            disk = await stack.enter_async_context(forgetful_disk(folder))
            folder, cut = disk.folder / "data", disk.cut
        stage = await stack.enter_async_context(
            on_stage(folder, name, variables={"TURNOUT_LOG": "debug"})
        )
        stage.power = cut
        seen = {one.invariant for one in await violations(stage, SCENES[mutant.scene])}
    found.caught += mutant.caught_by in seen
    print(f"{name:36} {mutant.caught_by:8} {' '.join(sorted(seen))}", flush=True)


def main() -> int:
    """0 if all is as it must be."""
    amount = QUICK if "--quick" in sys.argv else LONG
    has_disk = os.geteuid() == 0 and Path("/dev/fuse").exists()
    with tempfile.TemporaryDirectory(prefix="turnout-faults-") as scratch:
        found = asyncio.run(run(amount, Path(scratch), has_disk))
    print(found)
    return 0 if found.ok else 1


if __name__ == "__main__":
    sys.exit(main())
