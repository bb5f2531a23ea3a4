"""An honest server passes every scene; every mutant is caught, by the invariant that it breaks.

One mutant of each invariant is tried at once, the others take longer; those of the power cut are
in test_power_cut.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.mutants import MUTANTS
from tests.faults.mutants_client import CLIENTS
from tests.faults.scenes import SCENES, SLOW, violations
from tests.faults.stage import on_stage

TALKATIVE = {"TURNOUT_LOG": "debug"}
INVARIANTS = {f"I{number}" for number in range(1, 14)}


def ours() -> Iterator[object]:
    """Mutants that need no disk of their own: the first of each invariant, and the rest."""
    seen = set()
    for name, mutant in MUTANTS.items():
        if mutant.scene == "power":
            continue
        is_long = mutant.caught_by in seen or mutant.scene in SLOW
        seen.add(mutant.caught_by)
        yield pytest.param(name, marks=[pytest.mark.long] if is_long else [])


async def test_an_honest_server_passes(tmp_path: Path) -> None:
    found = {}
    async with on_stage(tmp_path / "data", variables=TALKATIVE) as stage:
        for name in SCENES.keys() - SLOW:
            found[name] = await violations(stage, SCENES[name])
    assert not any(found.values()), found


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(SLOW))
async def test_an_honest_server_passes_what_takes_longer(tmp_path: Path, name: str) -> None:
    async with on_stage(tmp_path / "data") as stage:
        assert not await violations(stage, SCENES[name])


@pytest.mark.parametrize("name", list(ours()))
async def test_a_mutant_is_caught(tmp_path: Path, name: str) -> None:
    mutant = MUTANTS[name]
    async with on_stage(tmp_path / "data", name, variables=TALKATIVE) as stage:
        found = await violations(stage, SCENES[mutant.scene])
    assert mutant.caught_by in {one.invariant for one in found}, found


@pytest.mark.parametrize("name", CLIENTS)
async def test_a_client_with_a_fault_is_caught(tmp_path: Path, name: str) -> None:
    fault = CLIENTS[name]
    async with on_stage(tmp_path / "data") as stage:
        found = await violations(stage, SCENES[fault.scene], fault.robot)
    assert fault.caught_by in {one.invariant for one in found}, found


def test_every_invariant_has_somebody_who_breaks_it() -> None:
    broken = {one.caught_by for one in MUTANTS.values()}
    assert broken | {one.caught_by for one in CLIENTS.values()} >= INVARIANTS
