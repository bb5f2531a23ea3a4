"""One process a store."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.contract.scenes import Time
from turnout.ports import StoreInUse, StoreUnavailable
from turnout.storage import SqlStore, open_store
from turnout.storage.lock import Lock

HOLD = """
import asyncio, os, sys, time
from pathlib import Path
from turnout.storage import open_store
async def main():
    await open_store(Path(sys.argv[1]), lambda: time.time_ns() // 1_000_000, os.urandom)
    print("open", flush=True)
    await asyncio.sleep(600)
asyncio.run(main())
"""


@contextmanager
def holder(path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that has the store open."""
    with subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdout=subprocess.PIPE) as held:
        assert held.stdout is not None
        try:
            assert held.stdout.readline() == b"open\n"
            yield held
        finally:
            held.kill()


async def test_a_second_process_is_refused_in_words(path: Path, time: Time) -> None:
    with holder(path), pytest.raises(StoreInUse, match="Another Turnout"):
        await open_store(path, time, os.urandom)


async def test_a_killed_process_leaves_the_store_free(path: Path, time: Time) -> None:
    with holder(path) as held:
        held.send_signal(signal.SIGKILL)
        held.wait(timeout=30)
        store = await open_store(path, time, os.urandom)
    await store.close()


async def test_a_second_store_in_one_process_is_refused(
    store: SqlStore, path: Path, time: Time
) -> None:
    with pytest.raises(StoreInUse):
        await open_store(path, time, os.urandom)
    assert not await store.has_owner()


@pytest.fixture
def letter(path: Path) -> Path:
    path.write_text("This is no database, whatever it is called. " * 100)
    return path


async def test_a_file_that_is_no_database_is_refused(letter: Path, time: Time) -> None:
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="not a database"):
            await open_store(letter, time, os.urandom)


async def test_a_folder_is_no_database(tmp_path: Path, time: Time) -> None:
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="can't be used"):
            await open_store(tmp_path / ".", time, os.urandom)


async def test_there_must_be_a_folder(tmp_path: Path, time: Time) -> None:
    with pytest.raises(StoreUnavailable, match="nowhere"):
        await open_store(tmp_path / "nowhere" / "turnout.db", time, os.urandom)


def test_a_disk_without_locks_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def no_locks(_file: int) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("turnout.storage.lock._take", no_locks)
    with pytest.raises(StoreUnavailable, match="local disk"):
        Lock(tmp_path)
