"""Fixtures for every test."""

import os
from pathlib import Path

import pytest


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "data: needs the real input in ../shared/data")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real input, which is no part of the repository: below REAL_DATA, or
    beside the repository."""
    beside = Path(__file__).parents[2] / "shared"
    folder = Path(os.environ.get("REAL_DATA", beside)) / "data"
    if not folder.is_dir():
        pytest.skip("needs ../shared/data")
    return folder
