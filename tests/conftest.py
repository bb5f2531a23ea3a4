"""Fixtures for every test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.postgres import Server


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "data: needs the real input in ../shared/data")
    if "PYTEST_XDIST_WORKER" in os.environ:
        # This process is measured, the servers that it starts are not: they run as people run them,
        # and what they do is covered by the tests that do it in here.
        os.environ.pop("COVERAGE_PROCESS_CONFIG", None)


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One for the session, started, and imported, for the first test that wants it."""
    from tests.postgres import running

    with running() as server:
        yield server


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input, which is no part of the repository: below REAL_DATA, or
    beside the repository."""
    beside = Path(__file__).parents[2] / "shared"
    folder = Path(os.environ.get("REAL_DATA", beside)) / "data"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data")
    return folder
