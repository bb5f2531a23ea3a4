"""Every store passes the same tests, on SQLite and on PostgreSQL."""

from __future__ import annotations

import contextlib
import os
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.contract.scenes import Scene, Time, scene
from turnout.ports import Store
from turnout.storage import open_shared_store, open_store

if TYPE_CHECKING:
    from tests.postgres import Server

Opener = Callable[[Path, Time], Awaitable[Store]]
"""Opens the store of a folder: the same one every time."""


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture(params=["postgresql", "sqlite"])
def server(request: pytest.FixtureRequest) -> Server | None:
    """PostgreSQL, if it is what the test runs on."""
    return request.getfixturevalue("postgres") if request.param == "postgresql" else None


@pytest.fixture
async def opener(server: Server | None) -> AsyncIterator[Opener]:
    async with contextlib.AsyncExitStack() as databases:
        addresses: dict[Path, str] = {}

        async def open_one(folder: Path, time: Time) -> Store:
            if server is None:
                return await open_store(folder / "turnout.db", time, os.urandom)
            if folder not in addresses:
                addresses[folder] = await databases.enter_async_context(server.database())
            return await open_shared_store(addresses[folder], os.urandom, clock=time)

        yield open_one


@pytest.fixture
async def store(opener: Opener, tmp_path: Path, time: Time) -> AsyncIterator[Store]:
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
