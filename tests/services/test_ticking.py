"""The timer: it moves attendance along and lets silent sockets go; it decides nothing."""

import asyncio
import secrets
from pathlib import Path

import pytest

from tests.services.places import arrived, command, made
from tests.services.recorder import Clock, Recorder
from turnout.domain.conversation import UNDO_END
from turnout.ports import Staff, Store
from turnout.services import ticking
from turnout.services.rooms import Room, Rooms
from turnout.services.tallies import Boards
from turnout.services.ticking import SILENCE, Ticking
from turnout.storage import open_store


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tick as fast as the loop can."""
    monkeypatch.setattr(ticking, "TICK", 0)
    monkeypatch.setattr(ticking, "ATTENDANCE_EVERY", 1)


async def live_room(store: Store, rooms: Rooms) -> tuple[Room, list[str]]:
    located = await made(store)
    room = await rooms.find(located.slug)
    assert room is not None
    await command(store, rooms, room, "publish", "start", "next", "next")
    return room, [row.pid for row in await store.links(located.id)]


async def test_attendance_moves_along_with_the_signs_of_life(store: Store, clock: Clock) -> None:
    rooms = Rooms(store, store.epoch, clock)
    room, pids = await live_room(store, rooms)
    visit, _ = await arrived(store, rooms, room, pids[0])
    tick = Ticking(store, rooms, Boards())
    since = clock.now
    clock.advance(20_000)
    await visit.receive('{"t":"beat","rev":0}')
    await tick.write_attendance()
    (row,) = (await store.snapshot(room.id)).participants
    assert [(span.since, span.until) for span in row.attended] == [(since, since + 20_000)]
    clock.advance(5_000)
    await visit.end()
    await tick.write_attendance()  # nobody is here
    (row,) = (await store.snapshot(room.id)).participants
    assert row.attended[0].until == since + 20_000


async def test_a_socket_that_fell_silent_is_let_go(store: Store, clock: Clock) -> None:
    rooms = Rooms(store, store.epoch, clock)
    room, pids = await live_room(store, rooms)
    _, silent = await arrived(store, rooms, room, pids[0])
    talking, alive = await arrived(store, rooms, room, pids[1])
    clock.advance(SILENCE)
    await talking.receive('{"t":"beat","rev":0}')
    clock.advance(1)
    timer = asyncio.create_task(Ticking(store, rooms, Boards()).run())
    while silent.code is None:
        await asyncio.sleep(0)
    timer.cancel()
    assert silent.messages[-1] == {"t": "bye", "code": 4009, "why": "The connection went silent."}
    assert (silent.code, alive.code) == (4009, None)
    assert room.present == 1


async def test_a_store_that_is_away_stops_no_timer(tmp_path: Path, clock: Clock) -> None:
    store = await open_store(tmp_path / "turnout.db", clock, secrets.token_bytes)
    rooms = Rooms(store, store.epoch, clock)
    room, pids = await live_room(store, rooms)
    _, connection = await arrived(store, rooms, room, pids[0])
    await store.close()
    timer = asyncio.create_task(Ticking(store, rooms, Boards()).run())
    for _ in range(200):
        await asyncio.sleep(0)
    assert not timer.done()
    clock.advance(SILENCE + 1)
    while connection.code is None:  # it ticks on
        await asyncio.sleep(0)
    timer.cancel()


async def test_a_screen_without_a_board_gets_no_tally(store: Store, clock: Clock) -> None:
    rooms = Rooms(store, store.epoch, clock)
    room, _ = await live_room(store, rooms)
    screen = Recorder()
    room.screens[screen] = Staff(1, "Amara", "", "owner")
    timer = asyncio.create_task(Ticking(store, rooms, Boards()).run())
    for _ in range(50):
        await asyncio.sleep(0)
    timer.cancel()
    assert screen.messages == []


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """No socket is let go for its silence."""
    monkeypatch.setattr(ticking, "SILENCE", 10**9)


@pytest.mark.usefixtures("patient")
async def test_after_the_end_attendance_is_written_once_more_and_never_again(
    store: Store, clock: Clock
) -> None:
    rooms = Rooms(store, store.epoch, clock)
    room, pids = await live_room(store, rooms)
    visit, connection = await arrived(store, rooms, room, pids[0])
    await command(store, rooms, room, "end")
    end = room.conversation.ended_at
    assert end is not None
    timer = asyncio.create_task(Ticking(store, rooms, Boards()).run())
    clock.advance(60_001)

    async def until() -> int:
        (row,) = (await store.snapshot(room.id)).participants
        return row.attended[0].until

    while await until() != end + 60_000:
        await asyncio.sleep(0)
    clock.advance(5_000)
    await visit.receive('{"t":"beat","rev":0}')
    visit.left()
    assert room.up_to_date(await store.snapshot(room.id)) == await store.snapshot(room.id)
    await visit.end()
    assert await until() == end + 60_000
    assert connection.code is None
    timer.cancel()


@pytest.mark.usefixtures("patient")
async def test_when_an_end_is_for_good_everybody_is_told_and_let_go(
    store: Store, clock: Clock
) -> None:
    rooms = Rooms(store, store.epoch, clock)
    room, pids = await live_room(store, rooms)
    _, connection = await arrived(store, rooms, room, pids[0])
    waiting = Recorder()
    room.waiting.add(waiting)
    await command(store, rooms, room, "end")
    timer = asyncio.create_task(Ticking(store, rooms, Boards()).run())
    clock.advance(UNDO_END)
    for _ in range(50):
        await asyncio.sleep(0)
    assert (connection.code, waiting.code) == (None, None)
    clock.advance(1)
    while waiting.code is None:
        await asyncio.sleep(0)
    timer.cancel()
    assert (connection.code, waiting.code) == (4411, 4411)
    assert connection.messages[-1]["t"] == waiting.messages[-1]["t"] == "bye"
    assert list(room.connections()) == []
