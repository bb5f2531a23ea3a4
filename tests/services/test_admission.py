"""What a participant's socket may ask for, and what it is told beyond that."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

import pytest

from tests.domain.examples import SINGLE
from tests.services.places import COOKIE, aid, answered, arrived, command, made, node
from tests.services.recorder import Clock, Recorder
from turnout import wire
from turnout.metrics import Metrics
from turnout.ports import Store
from turnout.services.guessing import MISSES, Guessing
from turnout.services.hellos import SOONEST, Hellos
from turnout.services.lobby import room_for
from turnout.services.rooms import LIMITS, Room, Rooms
from turnout.services.visits import Handshake, Node, Visit

UNKNOWN = "p0000000000000000"
SAVED = "accepted"


@dataclass
class Place:
    """A live conversation whose first question is open."""

    store: Store
    rooms: Rooms
    room: Room
    pids: list[str]

    def visit(self, node: Node, address: str = "") -> tuple[Visit, Recorder]:
        """A socket that waits in the lobby."""
        connection = Recorder()
        shake = Handshake("http://x", COOKIE, "nonce", address)
        visit = Visit(self.room, self.rooms, self.store, connection, shake, node)
        visit.begin()
        return visit, connection


@pytest.fixture
async def place(store: Store, clock: Clock) -> Place:
    located = await made(store)
    rooms = Rooms(store, store.epoch, clock)
    room = await rooms.find(located.slug)
    assert room is not None
    await command(store, rooms, room, "publish", "start", "next", "next")
    return Place(store, rooms, room, [row.pid for row in await store.links(located.id)])


def hello(pid: str) -> bytes:
    return wire.encode(wire.Hello(1, link=pid))


def answer(base: int = 0) -> bytes:
    return wire.encode(wire.Answer(aid(), SINGLE, base, wire.Body(option=1 + base % 2)))


def counted(metrics: Metrics, name: str, **labels: str) -> float:
    return metrics.registry.get_sample_value(f"turnout_{name}_total", labels) or 0.0


# --- the lobby ---


async def test_in_a_full_lobby_who_waited_longest_is_told_to_come_again(place: Place) -> None:
    shared = node()
    most = room_for(place.room.conversation.settings.max_participants)
    sockets = [place.visit(shared)[1] for _ in range(most + 2)]
    assert [socket.code for socket in sockets] == [1013, 1013] + [None] * most
    bye = sockets[0].messages[-1]
    assert (bye["t"], bye["code"]) == ("bye", 1013)
    assert len(place.room.waiting) == most


# --- hello ---


async def test_a_hello_that_gets_no_turn_is_told_when_to_come_again(place: Place) -> None:
    shared = Node(Hellos(at_once=1, patience=0.01), Guessing(lambda: 0), Metrics())
    visit, connection = place.visit(shared)
    async with shared.hellos.turn():
        await visit.receive(hello(place.pids[0]))
    bye = connection.messages[-1]
    assert (bye["t"], bye["code"], connection.code) == ("bye", 1013, 1013)
    assert bye["retry_ms"] >= SOONEST
    assert counted(shared.metrics, "hellos", outcome="busy") == 1
    await visit.end()


async def test_who_said_goodbye_while_they_waited_is_not_let_in(place: Place) -> None:
    shared = Node(Hellos(at_once=1), Guessing(lambda: 0), Metrics())
    await arrived(place.store, place.rooms, place.room, place.pids[0])  # joins with this cookie
    visit, connection = place.visit(shared)
    async with shared.hellos.turn():
        waiting = asyncio.create_task(visit.receive(hello(place.pids[0])))
        await asyncio.sleep(0)
        visit.left()
    await waiting
    assert "welcome" not in connection.kinds()
    await visit.end()


async def test_who_guesses_links_on_sockets_is_slowed_and_who_is_right_is_not(place: Place) -> None:
    shared = node()
    await arrived(place.store, place.rooms, place.room, place.pids[0])
    codes = []
    for _ in range(MISSES + 1):
        visit, guesser = place.visit(shared, "192.0.2.1")
        await visit.receive(hello(UNKNOWN))
        codes.append(guesser.code)
    assert codes == [4404] * MISSES + [1013]
    assert guesser.messages[-1]["retry_ms"] > 0
    assert counted(shared.metrics, "hellos", outcome="unlisted") == MISSES
    assert counted(shared.metrics, "hellos", outcome="slow_down") == 1
    visit, neighbour = place.visit(shared, "192.0.2.1")
    await visit.receive(hello(place.pids[0]))
    assert neighbour.kinds()[-1] == "welcome"
    visit, stranger = place.visit(shared, "192.0.2.2")
    await visit.receive(hello(UNKNOWN))
    assert stranger.code == 4404


async def test_hellos_are_counted_by_outcome(place: Place) -> None:
    shared = node()
    await arrived(place.store, place.rooms, place.room, place.pids[0], tab=2)
    visit, older = place.visit(shared)
    await visit.receive(hello(place.pids[0]))
    assert (older.code, counted(shared.metrics, "hellos", outcome="other_tab")) == (4408, 1)


# --- answers ---


async def test_answers_that_come_too_fast_stay_with_their_author(
    place: Place, clock: Clock
) -> None:
    visit, connection = await arrived(place.store, place.rooms, place.room, place.pids[0])
    for base in range(LIMITS.unacknowledged):
        await answered(visit, answer(base))
    last = LIMITS.unacknowledged
    assert connection.kinds()[-last:] == [SAVED] * last
    await answered(visit, answer(last))
    refused = connection.messages[-1]
    assert (refused["t"], refused["code"]) == ("refused", "retry")
    clock.advance(refused["retry_ms"])
    await answered(visit, answer(last))
    assert connection.kinds()[-1] == SAVED
    assert connection.code is None


async def test_eight_answers_a_second_are_taken_for_ever(place: Place, clock: Clock) -> None:
    visit, connection = await arrived(place.store, place.rooms, place.room, place.pids[0])
    for base in range(40):
        await answered(visit, answer(base))
        clock.advance(125)
    assert connection.kinds().count(SAVED) == 40


async def test_answers_are_counted_by_outcome(place: Place) -> None:
    shared = node()
    await arrived(place.store, place.rooms, place.room, place.pids[0])
    visit, _ = place.visit(shared)
    await visit.receive(hello(place.pids[0]))
    first = answer()
    await answered(visit, first)
    await answered(visit, first)
    await answered(visit, answer())  # on revision 0, but 1 counts
    await answered(visit, wire.encode(wire.Answer(aid(), SINGLE, 1, wire.Body(option=99))))
    await answered(visit, wire.encode(wire.Answer(aid(), 999, 0, wire.Body(option=1))))
    await answered(visit, f'{{"t":"answer","aid":"{aid()}","question":"no"}}')
    found = {
        outcome: counted(shared.metrics, "answers", outcome=outcome)
        for outcome in ("accepted", "known", "superseded", "invalid", "gone", "retry")
    }
    assert found == {
        "accepted": 1, "known": 1, "superseded": 1, "invalid": 2, "gone": 1, "retry": 0
    }  # fmt: skip


# --- resync ---


async def test_a_second_resync_is_answered_late_and_what_comes_behind_it_waits(
    place: Place, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    visit, connection = await arrived(place.store, place.rooms, place.room, place.pids[0])
    monkeypatch.setattr("turnout.services.visits.asyncio.sleep", sleep)
    resync = '{"t":"resync","epoch":"","rev":0}'
    await visit.receive(resync)
    clock.advance(500)
    await visit.receive(resync)
    assert waits == [1.5]
    clock.advance(2_000)
    await visit.receive(resync)
    assert waits == [1.5]
    clock.advance(-3_600_000)  # a clock that was set back makes nobody wait longer
    await visit.receive(resync)
    assert waits == [1.5, 2.0]
    assert connection.kinds().count("welcome") == 5
