"""An honest server passes every scene; every mutant is caught, by the invariant that it breaks.

The mutants of the power cut are in test_power_cut.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.mutants import MUTANTS
from tests.faults.scenes import SCENES, violations
from tests.faults.stage import on_stage

TALKATIVE = {"TURNOUT_LOG": "debug"}
HERE = {name: mutant for name, mutant in MUTANTS.items() if mutant.scene != "power"}


async def test_an_honest_server_passes(tmp_path: Path) -> None:
    found = {}
    async with on_stage(tmp_path / "data", variables=TALKATIVE) as stage:
        for name, scene in SCENES.items():
            found[name] = await violations(stage, scene)
    assert not any(found.values()), found


@pytest.mark.parametrize("name", HERE)
async def test_a_mutant_is_caught(tmp_path: Path, name: str) -> None:
    mutant = MUTANTS[name]
    async with on_stage(tmp_path / "data", name, variables=TALKATIVE) as stage:
        found = await violations(stage, SCENES[mutant.scene])
    assert mutant.caught_by in {one.invariant for one in found}, found


def test_there_are_enough() -> None:
    assert len(MUTANTS) >= 15
