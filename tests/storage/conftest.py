"""Fixtures for what only the SQLite store promises."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.contract.scenes import Scene, Time, scene
from turnout.storage import SqlStore, open_store
from turnout.storage.sqlite import SqliteDatabase
from turnout.storage.writer import Writer


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the store of the test is."""
    return tmp_path / "turnout.db"


@pytest.fixture
async def store(path: Path, time: Time) -> AsyncIterator[SqlStore]:
    store = await open_store(path, time, os.urandom)
    yield store
    await store.close()


@pytest.fixture
async def live(store: SqlStore, time: Time) -> Scene:
    live = await scene(store, time)
    await live.go_live()
    return live


def writer_of(store: SqlStore) -> Writer:
    assert isinstance(store._database, SqliteDatabase)
    return store._database.writer


@pytest.fixture
def writer(store: SqlStore) -> Writer:
    return writer_of(store)
