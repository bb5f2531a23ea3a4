"""A real store in a folder of its own, under a clock that stands still."""

import secrets
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.services.recorder import Clock
from turnout.ports import Store
from turnout.storage import open_store


@pytest.fixture
def clock() -> Clock:
    """Stands still until a test moves it."""
    return Clock()


@pytest.fixture
async def store(tmp_path: Path, clock: Clock) -> AsyncIterator[Store]:
    """An empty store."""
    store = await open_store(tmp_path / "turnout.db", clock, secrets.token_bytes)
    yield store
    await store.close()
