"""Disks that fail, disks that are full, clocks that jump: nothing acknowledged is lost by any."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from tests.faults.robots import settled
from tests.faults.scenes_crash import change
from tests.faults.stage import Stage, Talk, on_stage
from tests.second_client.moderator import WALK, WHY

pytestmark = pytest.mark.linux
PATIENCE = 20.0
IO_ERROR = 74
CHUNK = 64 * 1024


@asynccontextmanager
async def failing_syncs(stage: Stage) -> AsyncIterator[None]:
    """From now on the kernel answers every fdatasync and fsync of this process with EIO."""
    tracing = await asyncio.create_subprocess_exec(
        *("strace", "-f", "-q", "-p", str(stage.process.running.pid), "-o", os.devnull),
        *("-e", "trace=fdatasync,fsync", "-e", "inject=fdatasync,fsync:error=EIO"),
        stderr=asyncio.subprocess.PIPE,
    )
    try:
        await is_traced(stage.process.running.pid)
        yield
    finally:
        if tracing.returncode is None:
            tracing.send_signal(signal.SIGINT)
        await asyncio.wait_for(tracing.communicate(), PATIENCE)


async def is_traced(pid: int) -> None:
    """Wait until every thread has its tracer."""
    async with asyncio.timeout(PATIENCE):
        while True:
            states = [file.read_text() for file in Path(f"/proc/{pid}/task").glob("*/status")]
            if states and all("TracerPid:\t0\n" not in state for state in states):
                return
            await asyncio.sleep(0.02)


@pytest.mark.usefixtures("strace")
async def test_a_failed_sync_stops_the_server_and_nothing_is_acknowledged(tmp_path: Path) -> None:
    async with on_stage(tmp_path / "data") as stage:
        talk = Talk(stage)
        await talk.begin()
        first, second = await talk.enter(2)
        await talk.opens(WHY)
        await first.answer(WHY, text="Durable.")
        await settled(first)
        async with failing_syncs(stage):
            await second.answer(WHY, text="Never synced.")
            assert await stage.ended() == IO_ERROR
        assert talk.history.fates()["unknown"] == 1
        await stage.start()
        for robot in talk.robots:
            await robot.come_back()
            await robot.resent()
        await talk.moderator.does("end")
        await talk.audit()
        await talk.leave()
    assert not talk.history.violations
    assert talk.history.fates()["accepted"] == 2


@contextmanager
def small_disk(folder: Path) -> Iterator[Path]:
    """Eight MiB."""
    folder.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], check=True)
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", folder], check=True)


def fill(path: Path) -> None:
    """Leave no byte free."""
    with path.open("ab", buffering=0) as file:
        size = CHUNK
        while size:
            try:
                file.write(bytes(size))
            except OSError:
                size //= 2


@pytest.mark.usefixtures("may_mount")
async def test_a_full_disk_refuses_and_comes_back_without_a_restart(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        async with on_stage(disk / "data") as stage:
            talk = Talk(stage)
            await talk.begin()
            first, second = await talk.enter(2)
            await talk.opens(WHY)
            await change(first, 3)
            fill(disk / "filler")
            talking = [asyncio.create_task(change(robot, 40)) for robot in (first, second)]
            for robot in talk.robots:
                await robot.until(lambda robot=robot: "refused" in robot.last)  # type: ignore[misc] # mypy knows no lambda with a default
                assert robot.last["refused"]["code"] == "retry"
            async with stage.process.client() as http:
                assert (await http.get("/readyz")).status_code == httpx.codes.SERVICE_UNAVAILABLE
            (disk / "filler").unlink()
            await asyncio.gather(*talking)
            assert stage.process.running.returncode is None
            await talk.moderator.does("end")
            await talk.audit()
            await talk.leave()
    assert not talk.history.violations
    assert talk.history.fates()["unknown"] == 0


async def test_clocks_that_jump_change_nothing(tmp_path: Path, faketime: Path) -> None:
    clock = tmp_path / "clock"
    clock.write_text("+0")
    variables = {
        "LD_PRELOAD": str(faketime),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    }
    async with on_stage(tmp_path / "data", variables=variables) as stage:
        talk = Talk(stage)
        await talk.begin()
        first, second = await talk.enter(2)
        for jump, question in (("+50m", WALK), ("-3h", WHY), ("+10m", WALK)):
            clock.write_text(jump)
            await talk.opens(question)
            for robot in (first, second):
                body = {"option": 1} if question == WALK else {"text": jump}
                await robot.answer(question, **body)
                await settled(robot)
                assert not robot.lost
        [walk, _] = await talk.moderator.file("questions.csv")
        ahead = datetime.fromisoformat(walk["asked_at"]) - datetime.now(UTC)
        assert ahead.total_seconds() > 40 * 60  # or no clock has jumped at all
        clock.write_text("-1d")
        await first.cut()
        await first.come_back()
        await talk.moderator.does("end")
        await talk.audit()
        await talk.leave()
    assert not talk.history.violations
