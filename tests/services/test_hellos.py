"""Hellos take turns, and a lobby holds so many: in the order in which people came."""

from __future__ import annotations

import asyncio

from tests.services.recorder import Recorder
from turnout.services.hellos import SOONEST, SPREAD, Hellos
from turnout.services.lobby import SPARE, Lobby, room_for


async def test_the_rest_waits_in_order() -> None:
    hellos = Hellos(at_once=2)
    begun: list[int] = []
    free = [asyncio.Event() for _ in range(5)]

    async def hello(number: int) -> None:
        async with hellos.turn() as turn:
            assert turn
            begun.append(number)
            await free[number].wait()

    tasks = [asyncio.create_task(hello(number)) for number in range(5)]
    await settled()
    assert (begun, hellos.waiting) == ([0, 1], 3)
    free[1].set()
    await settled()
    assert (begun, hellos.waiting) == ([0, 1, 2], 2)
    for event in free:
        event.set()
    await asyncio.gather(*tasks)
    assert (begun, hellos.waiting) == ([0, 1, 2, 3, 4], 0)


async def test_one_that_waited_too_long_gets_no_turn_and_takes_none() -> None:
    hellos = Hellos(at_once=1, patience=0.01)
    async with hellos.turn() as first:
        async with hellos.turn() as second:
            assert (first, second) == (True, False)
        assert hellos.waiting == 0
    async with hellos.turn() as third:
        assert third


async def test_whatever_happens_in_a_turn_it_ends() -> None:
    hellos = Hellos(at_once=1, patience=0.01)
    for _ in range(3):
        try:
            async with hellos.turn() as turn:
                assert turn
                raise LookupError
        except LookupError:
            pass


async def test_one_that_is_cancelled_while_it_waits_leaves_its_place() -> None:
    hellos = Hellos(at_once=1)

    async def hello() -> None:
        async with hellos.turn():
            await asyncio.sleep(0)

    async with hellos.turn():
        waiting = asyncio.create_task(hello())
        await settled()
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
        assert hellos.waiting == 0
    async with hellos.turn() as turn:
        assert turn


def test_who_is_sent_away_together_does_not_come_back_together() -> None:
    hellos = Hellos()
    waits = sorted(hellos.retry_ms() for _ in range(1_000))
    assert waits[0] >= SOONEST
    assert waits[-1] <= SOONEST + SPREAD
    tenths = [sum(1 for wait in waits if (wait - SOONEST) * 10 // SPREAD == n) for n in range(10)]
    assert all(90 <= number <= 110 for number in tenths)


def test_who_waited_longest_goes_first() -> None:
    lobby = Lobby()
    sockets = [Recorder() for _ in range(5)]
    for socket in sockets:
        lobby.add(socket)
    lobby.discard(sockets[1])
    lobby.discard(sockets[1])
    lobby.add(sockets[0])  # is here already: nothing happens
    assert list(lobby.crowded_out(2)) == [sockets[0], sockets[2]]
    assert list(lobby) == sockets[3:]
    assert len(lobby) == 2
    assert list(lobby.crowded_out(2)) == []


def test_everybody_may_wait_twice_and_some_who_only_look() -> None:
    assert room_for(500) == 1_000 + SPARE == 1_100


async def settled() -> None:
    """Let everybody come as far as they can."""
    for _ in range(10):
        await asyncio.sleep(0)
