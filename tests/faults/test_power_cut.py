"""Power cuts in the middle of answers: an honest server loses nothing that it acknowledged, and one
that does not sync is caught. kill -9 alone cannot tell the two apart."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.history import Violation
from tests.faults.mutants import MUTANTS
from tests.faults.power import Disk, forgetful_disk
from tests.faults.scenes import SCENES, violations
from tests.faults.stage import on_stage

pytestmark = pytest.mark.linux
CUTS = 3
UNSYNCED = [name for name, mutant in MUTANTS.items() if mutant.scene == "power"]


async def cut(
    tmp_path: Path, mutant: str = "", cuts: int = 1, variables: dict[str, str] | None = None
) -> tuple[list[Violation], Disk]:
    """What is found after so many cuts of one server's power."""
    found: list[Violation] = []
    async with (
        forgetful_disk(tmp_path / "disk") as disk,
        on_stage(disk.folder / "data", mutant, variables=variables) as stage,
    ):
        stage.power = disk.cut
        for _ in range(cuts):
            found += await violations(stage, SCENES["power"])
    return found, disk


@pytest.mark.usefixtures("fuse")
async def test_nothing_acknowledged_is_lost(tmp_path: Path) -> None:
    found, disk = await cut(tmp_path, cuts=CUTS)
    assert not found
    assert disk.cuts == CUTS


@pytest.mark.usefixtures("fuse")
@pytest.mark.parametrize("name", UNSYNCED)
async def test_a_server_that_does_not_sync_is_caught(tmp_path: Path, name: str) -> None:
    found, _ = await cut(tmp_path, name)
    assert "I1" in {one.invariant for one in found}, found


@pytest.mark.parametrize("name", UNSYNCED)
async def test_a_kill_does_not_show_it(tmp_path: Path, name: str) -> None:
    async with on_stage(tmp_path / "data", name) as stage:
        assert not await violations(stage, SCENES["power"])


@pytest.mark.usefixtures("fuse")
async def test_what_eats_syncs_loses_answers(tmp_path: Path, eatmydata: Path) -> None:
    found, _ = await cut(tmp_path, variables={"LD_PRELOAD": str(eatmydata)})
    assert "I1" in {one.invariant for one in found}, found
