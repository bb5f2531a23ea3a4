"""Every store passes the same tests. A store to add is a line in `OPENERS`."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest

from tests.contract.scenes import Scene, Time, scene
from turnout.ports import Store
from turnout.storage import open_store

OPENERS: dict[str, Callable[[Path, Time], Awaitable[Store]]] = {
    "sqlite": lambda folder, time: open_store(folder / "turnout.db", time, os.urandom),
}


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture(params=sorted(OPENERS))
def opener(request: pytest.FixtureRequest) -> Callable[[Path, Time], Awaitable[Store]]:
    return OPENERS[request.param]


@pytest.fixture
async def store(
    opener: Callable[[Path, Time], Awaitable[Store]], tmp_path: Path, time: Time
) -> AsyncIterator[Store]:
    store = await opener(tmp_path, time)
    yield store
    await store.close()


@pytest.fixture
async def draft(store: Store, time: Time) -> Scene:
    """Ten unique links, nothing published."""
    return await scene(store, time)


@pytest.fixture
async def live(draft: Scene) -> Scene:
    """Started, nothing sent."""
    await draft.go_live()
    return draft
