"""Fixtures for every test."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.postgres import Server, running


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "data: needs the real input in ../shared/data")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """One for the session, started for the first test that wants it."""
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
