"""A server for all tests of the edge, each with a conversation of its own; and one for a test that
changes what all others would notice."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.web.edge import Edge, running
from turnout.transport import Transport


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "both_transports: its servers run on each transport")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if metafunc.definition.get_closest_marker("both_transports") is None:
        return
    for name in ("edge", "own_edge"):
        if name in metafunc.fixturenames:
            metafunc.parametrize(name, ["detached", "asgi"], indirect=True)


@pytest.fixture(scope="session")
async def edge(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Edge]:
    """One server for many tests. Nobody moves its clock."""
    transport: Transport = request.param if hasattr(request, "param") else "detached"
    async with running(tmp_path_factory.mktemp("edge"), transport=transport) as edge:
        yield edge


@pytest.fixture
async def own_edge(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Edge]:
    """A server of this test's own, without an owner."""
    transport: Transport = request.param if hasattr(request, "param") else "detached"
    async with running(tmp_path, transport=transport) as edge:
        yield edge


@pytest.fixture(scope="session")
async def public_edge(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    """A server behind https."""
    folder = tmp_path_factory.mktemp("public")
    async with running(folder, public="https://talk.example.org/town") as edge:
        yield edge
