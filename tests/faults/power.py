"""A disk whose power can be cut, for the length of a block."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.faults.nursery import HERE

PATIENCE = 30.0


class Disk:
    """`cuts`: how often its power was cut; `forgotten`: bytes that were lost in all."""

    def __init__(self, folder: Path, seed: int, running: asyncio.subprocess.Process) -> None:
        self.folder = folder
        self.cuts = 0
        self.forgotten = 0
        self._seed = seed
        self._running = running

    async def cut(self) -> None:
        """Forget what was not synced. Nobody may have a file open."""
        assert self._running.stdin is not None
        self._running.stdin.write(f"cut {self._seed} {self.cuts}\n".encode())
        self.cuts += 1
        self.forgotten += int(await self.says())

    async def says(self) -> str:
        """Its next line."""
        assert self._running.stdout is not None
        line = await asyncio.wait_for(self._running.stdout.readline(), PATIENCE)
        assert line, "the file system is gone"
        return line.decode().strip()


@asynccontextmanager
async def forgetful_disk(folder: Path, seed: int = 1) -> AsyncIterator[Disk]:
    """Mounted on this empty folder."""
    folder.mkdir()
    running = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.faults.forgetful", str(folder)),
        cwd=HERE,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    disk = Disk(folder, seed, running)
    try:
        assert await disk.says() == "mounted"
        yield disk
    finally:
        assert running.stdin is not None
        running.stdin.close()
        await asyncio.wait_for(running.wait(), PATIENCE)
