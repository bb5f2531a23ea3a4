"""What supervisors ask, and what a door that fails gives away."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from tests.web.edge import Edge
from turnout.ports import StoreUnavailable
from turnout.web import health
from turnout.web.health import FRESH
from turnout.web.pages import HEADERS


class Asked:
    """In place of the store's probe. `away`: what it raises."""

    def __init__(self) -> None:
        self.times = 0
        self.away: Exception | None = None
        self.answers = asyncio.Event()
        self.answers.set()

    async def __call__(self) -> None:
        self.times += 1
        await self.answers.wait()
        if self.away is not None:
            raise self.away


@pytest.fixture
def probe(own_edge: Edge, monkeypatch: pytest.MonkeyPatch) -> Asked:
    asked = Asked()
    monkeypatch.setattr(own_edge.turnout.store, "probe", asked)
    return asked


async def ready(edge: Edge) -> tuple[int, str]:
    response = await edge.get("/readyz")
    assert response.headers["cache-control"] == "no-store"
    return response.status_code, response.text


async def test_a_server_that_can_write_is_ready(edge: Edge) -> None:
    assert await ready(edge) == (200, "ready\n")


async def test_a_store_that_cannot_be_written_is_not_ready_until_it_can(
    own_edge: Edge, probe: Asked
) -> None:
    probe.away = StoreUnavailable("The disk is full.")
    with capture_logs() as logs:
        assert await ready(own_edge) == (503, "The server can't save just now.\n")
        own_edge.clock.advance(FRESH)
        assert (await ready(own_edge))[0] == 503
    assert [(one["event"], one["why"]) for one in logs if one["log_level"] == "warning"] == [
        ("not ready", "The disk is full.")
    ]
    assert (await own_edge.get("/healthz")).status_code == 200
    probe.away = None
    own_edge.clock.advance(FRESH)
    assert await ready(own_edge) == (200, "ready\n")


async def test_asking_often_costs_no_more_writes(
    own_edge: Edge, probe: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "FRESH", 3_600_000)
    assert await asyncio.gather(*(ready(own_edge) for _ in range(20))) == [(200, "ready\n")] * 20
    assert probe.times == 1
    own_edge.clock.advance(3_600_000)
    await ready(own_edge)
    assert probe.times == 2


async def test_a_store_that_hangs_is_not_ready(
    own_edge: Edge, probe: Asked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "PATIENCE", 0.01)
    probe.answers.clear()
    assert (await ready(own_edge))[0] == 503


async def test_a_server_that_stops_is_not_ready_and_asks_no_store(
    own_edge: Edge, probe: Asked
) -> None:
    own_edge.turnout.health.draining = True
    assert await ready(own_edge) == (503, "The server is stopping.\n")
    assert probe.times == 0


async def test_a_door_that_fails_tells_nothing_but_wears_the_headers(
    own_edge: Edge, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_slug: str) -> None:
        raise LookupError("p0000000000000000")

    monkeypatch.setattr(own_edge.turnout.rooms, "find", broken)
    response = await own_edge.get("/api/c/anything")
    assert (response.status_code, response.text) == (500, "Internal Server Error")
    for name, value in HEADERS.items():
        assert response.headers.get(name) == value
