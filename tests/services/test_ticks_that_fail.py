"""The timer never ends by itself: what goes wrong is logged once, other rooms have their turn, and
people are told while the store is away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import pytest
from structlog.testing import capture_logs

from tests.services.places import arrived, command, made
from tests.services.recorder import Clock, Recorder
from turnout.ports import Store, StoreUnavailable
from turnout.services import ticking
from turnout.services.rooms import Room, Rooms
from turnout.services.tallies import Boards
from turnout.services.ticking import Ticking


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tick as fast as the loop can."""
    monkeypatch.setattr(ticking, "TICK", 0)


@pytest.fixture
def rooms(store: Store, clock: Clock) -> Rooms:
    return Rooms(store, store.epoch, clock)


async def live(store: Store, rooms: Rooms) -> tuple[Room, Recorder]:
    """A live conversation with a participant."""
    located = await made(store)
    room = await rooms.find(located.slug)
    assert room is not None
    await command(store, rooms, room, "publish", "start")
    pid = (await store.links(located.id))[0].pid
    return room, (await arrived(store, rooms, room, pid))[1]


@asynccontextmanager
async def ticked(store: Store, rooms: Rooms) -> AsyncIterator[asyncio.Task[None]]:
    """A timer for the length of a block; it must still run at its end."""
    timer = asyncio.create_task(Ticking(store, rooms, Boards()).run())
    yield timer
    assert not timer.done()
    timer.cancel()
    await asyncio.gather(timer, return_exceptions=True)


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0)


class Breaking:
    """Stands before a method: does what `fault` says, then the method."""

    def __init__(self, method: Callable[..., Any], fault: Callable[[Any], None]) -> None:
        self.method = method
        self.fault = fault
        self.calls = 0

    async def __call__(self, *arguments: Any) -> Any:
        self.calls += 1
        self.fault(arguments[0] if arguments else None)
        return await self.method(*arguments)


async def test_a_room_that_fails_is_logged_once_and_keeps_no_other_from_its_turn(
    store: Store, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, _ = await live(store, rooms)
    whole, _ = await live(store, rooms)
    failing = True

    def fault(room: Room) -> None:
        if failing and room is broken:
            raise LookupError("with a pid: p0000000000000000")

    come_due = Breaking(rooms.let_come_due, fault)
    monkeypatch.setattr(rooms, "let_come_due", come_due)
    waiting = Recorder()
    with capture_logs() as logs:
        async with ticked(store, rooms):
            whole.waiting.add(waiting)
            await until(lambda: waiting.kinds() == ["lobby"])  # the other one's turn came
            calls = come_due.calls
            await until(lambda: come_due.calls > calls + 20)
            told = [one for one in logs if one["log_level"] == "error"]
            assert [one["conversation"] for one in told] == [broken.id]
            failing = False
            calls = come_due.calls
            await until(lambda: come_due.calls > calls + 4)
            failing = True
            await until(lambda: len([one for one in logs if one["log_level"] == "error"]) == 2)


async def test_whatever_else_fails_the_timer_goes_on(
    store: Store, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    await live(store, rooms)
    failing = True

    def fault(_: object) -> None:
        if failing:
            raise ZeroDivisionError

    heal = Breaking(rooms.heal, fault)
    monkeypatch.setattr(rooms, "heal", heal)
    with capture_logs() as logs:
        async with ticked(store, rooms):
            await until(lambda: heal.calls >= 1)
            failing = False
            await until(lambda: heal.calls >= 3)
    assert [one["event"] for one in logs if one["log_level"] == "error"] == ["a tick failed"]


async def test_people_are_told_when_the_store_goes_away_and_when_it_is_back(
    store: Store, rooms: Rooms, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, connection = await live(store, rooms)
    away = True

    def fault(_: object) -> None:
        if away:
            raise StoreUnavailable("as the test wished")

    monkeypatch.setattr(store, "heads", Breaking(store.heads, fault))
    probe = Breaking(store.probe, fault)
    monkeypatch.setattr(store, "probe", probe)
    with capture_logs() as logs:
        async with ticked(store, rooms):
            # Three ticks in four read nothing: only a write says that it is back.
            await until(lambda: probe.calls > 4)
            assert connection.messages[-1] == {"t": "degraded", "store": "away", "retry_ms": 2_000}
            away = False
            await until(lambda: connection.messages[-1].get("store") == "back")
            calls = probe.calls
            await asyncio.sleep(0)
    assert connection.kinds().count("degraded") == 2
    assert probe.calls == calls  # nobody asks while all is well
    assert [one["event"] for one in logs if one["log_level"] == "warning"] == [
        "the store is away",
        "the store is back",
    ]
