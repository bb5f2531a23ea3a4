"""A server for all tests of the edge, each with a conversation of its own; and one for a test that
changes what all others would notice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.edge import Edge, running


@pytest.fixture(scope="session")
async def edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    """One server for many tests. Nobody moves its clock."""
    async with running(tmp_path_factory.mktemp("edge")) as edge:
        yield edge


@pytest.fixture
async def own_edge(tmp_path: Path) -> AsyncIterator[Edge]:
    """A server of this test's own, without an owner."""
    async with running(tmp_path) as edge:
        yield edge


@pytest.fixture(scope="session")
async def public_edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    """A server behind https."""
    folder = tmp_path_factory.mktemp("public")
    async with running(folder, public="https://talk.example.org/town") as edge:
        yield edge
