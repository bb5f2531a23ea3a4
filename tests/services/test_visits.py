"""Visits and screens where a socket of the network is too quick to show it."""

import secrets
from collections.abc import Awaitable, Callable
from pathlib import Path

from tests.domain.examples import SINGLE
from tests.services.places import COOKIE, aid, answered, arrived, command, made, node
from tests.services.recorder import Clock, Recorder
from turnout import wire
from turnout.metrics import Metrics
from turnout.ports import Staff, Store
from turnout.services.joining import cookie_mac
from turnout.services.moderating import Moderation
from turnout.services.rooms import Room, Rooms
from turnout.services.screens import Screen
from turnout.services.tallies import Boards
from turnout.services.visits import Handshake, Visit
from turnout.storage import open_store

OWNER = Staff(1, "Ada", "", "owner")


async def still_owner() -> Staff | None:
    return OWNER


def screen_of(
    store: Store,
    rooms: Rooms,
    room: Room,
    connection: Recorder,
    boards: Boards | None = None,
    identify: Callable[[], Awaitable[Staff | None]] = still_owner,
    metrics: Metrics | None = None,
) -> Screen:
    """A screen that the owner opened."""
    moderation = Moderation(store, rooms, secrets.token_bytes)
    return Screen(
        room,
        rooms,
        boards or Boards(),
        store,
        moderation,
        connection,
        OWNER,
        identify,
        metrics or Metrics(),
    )


async def live(store: Store, clock: Clock) -> tuple[Rooms, Room, str]:
    located = await made(store)
    rooms = Rooms(store, store.epoch, clock)
    room = await rooms.find(located.slug)
    assert room is not None
    await command(store, rooms, room, "publish", "start", "next", "next")
    return rooms, room, (await store.links(located.id))[0].pid


def answer(option: int, base: int = 0, id: str = "") -> bytes:
    return wire.encode(wire.Answer(id or aid(), SINGLE, base, wire.Body(option=option)))


async def test_a_frame_that_is_too_large_is_refused_in_words(store: Store, clock: Clock) -> None:
    rooms, room, pid = await live(store, clock)
    visit, participant = await arrived(store, rooms, room, pid)
    await visit.receive(b" " * (wire.MAX_FRAME + 1))
    assert (participant.kinds()[-1], participant.code) == ("bye", 1009)
    connection = Recorder()
    screen = screen_of(store, rooms, room, connection)
    await screen.receive(b" " * (wire.MAX_STAFF_FRAME + 1))
    assert (connection.kinds(), connection.code) == (["bye"], 1009)
    await screen.end()


async def test_a_room_keeps_its_board_until_the_last_screen_is_gone(
    store: Store, clock: Clock
) -> None:
    rooms, room, _ = await live(store, clock)
    boards = Boards()
    screens = [screen_of(store, rooms, room, Recorder(), boards) for _ in range(2)]
    for screen in screens:
        await screen.receive('{"t":"hello"}')
    board = boards.get(room)
    assert board is not None
    await screens[0].end()
    assert boards.get(room) is board
    await screens[1].end()
    assert boards.get(room) is None


async def test_the_same_answer_from_two_tabs_never_lowers_what_is_known(
    store: Store, clock: Clock
) -> None:
    rooms, room, pid = await live(store, clock)
    visit, connection = await arrived(store, rooms, room, pid)
    id = aid()
    await answered(visit, answer(1, id=id), answer(1, id=id), answer(2, base=1))
    await visit.receive('{"t":"resync","epoch":"","rev":0}')
    (mine,) = connection.messages[-1]["mine"]
    assert (mine["revision"], mine["body"]) == (2, {"option": 2})


async def test_a_store_that_is_away_keeps_the_answer_with_its_author(
    tmp_path: Path, clock: Clock
) -> None:
    store = await open_store(tmp_path / "turnout.db", clock, secrets.token_bytes)
    rooms, room, pid = await live(store, clock)
    visit, connection = await arrived(store, rooms, room, pid)
    late = Recorder()
    other = Visit(room, rooms, store, late, Handshake("http://x", COOKIE, "nonce"), node())
    other.begin()
    await store.close()
    await answered(visit, answer(1))
    refused = connection.messages[-1]
    assert (refused["t"], refused["code"], refused["retry_ms"]) == ("refused", "retry", 2_000)
    assert connection.code is None
    await other.receive(wire.encode(wire.Hello(1, link=pid)))
    assert (late.code, late.messages[-1]["retry_ms"]) == (4503, 2_000)
    await visit.end()  # without a word, though nothing can be written
    await other.end()
    assert (room.present, len(room.waiting)) == (0, 0)


def test_nothing_connects_the_rows_of_one_browser() -> None:
    macs = {cookie_mac(COOKIE, place) for place in ("p1", "p2", "slug")}
    assert len(macs) == 3
    assert cookie_mac("", "p1") is None
    assert cookie_mac("\udcff", "p1") is not None


async def test_a_frame_of_an_unknown_type_is_ignored_and_counted(
    store: Store, clock: Clock
) -> None:
    rooms, room, _ = await live(store, clock)
    shared = node()
    connection = Recorder()
    visit = Visit(room, rooms, store, connection, Handshake("http://x", COOKIE, "nonce"), shared)
    visit.begin()
    screen = screen_of(store, rooms, room, Recorder(), metrics=shared.metrics)
    for session, times in ((visit, 2), (screen, 1)):
        for _ in range(times):
            await session.receive('{"t":"of the future","field":[1]}')
            await session.receive('{"t":"beat","rev":0,"of the future":1}')
    assert connection.kinds() == ["challenge", "lobby", "beat", "beat"]
    value = shared.metrics.registry.get_sample_value
    assert value("turnout_unknown_frames_total", {"kind": "participant"}) == 2
    assert value("turnout_unknown_frames_total", {"kind": "staff"}) == 1
    await visit.end()
    await screen.end()
