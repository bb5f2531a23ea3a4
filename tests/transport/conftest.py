"""A stage for each test, on each transport or on the detached one only."""

from collections.abc import AsyncIterator
from typing import cast

import pytest

from tests.transport.stage import Stage, staged
from turnout.transport import Bounds, Transport

SHORT = Bounds(linger=0.2)
QUICK = Bounds(tick=0.03, drained_within=5, ping_every=2, silence=5, linger=0.2)
"""The real bounds, but in quick time."""


@pytest.fixture(params=["detached", "asgi"])
def transport(request: pytest.FixtureRequest) -> Transport:
    """Each of the two."""
    return cast(Transport, request.param)


Stages = dict[Transport, Stage]


@pytest.fixture(scope="session")
async def stages() -> AsyncIterator[Stages]:
    """A server for each, which all tests share that stop none."""
    async with staged("detached", SHORT) as detached, staged("asgi", SHORT) as asgi:
        yield {"detached": detached, "asgi": asgi}


@pytest.fixture
async def stage(stages: Stages, transport: Transport) -> AsyncIterator[Stage]:
    """A server on either transport."""
    yield stages[transport]
    await stages[transport].cleared()


@pytest.fixture
async def detached(stages: Stages) -> AsyncIterator[Stage]:
    """A server whose sockets leave ASGI."""
    yield stages["detached"]
    await stages["detached"].cleared()


@pytest.fixture
async def quick() -> AsyncIterator[Stage]:
    """A server of this test's own, whose sockets leave ASGI, in quick time."""
    async with staged("detached", QUICK) as stage:
        yield stage
