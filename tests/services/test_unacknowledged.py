"""Answers of one socket that are on their way to the disk: counted one by one, 16 at most."""

from __future__ import annotations

import asyncio

import pytest
from structlog.testing import capture_logs

from tests.domain.examples import SINGLE
from tests.services.places import aid, arrived, command, made
from tests.services.recorder import Clock, Recorder
from turnout import wire
from turnout.domain.answers import Offer
from turnout.ports import Settled, Store, StoreUnavailable
from turnout.services.answering import EVERY
from turnout.services.rooms import LIMITS, Room, Rooms
from turnout.services.visits import Visit

MOST = LIMITS.unacknowledged
BEAT = '{"t":"beat","rev":0}'
RESYNC = '{"t":"resync","epoch":"","rev":0}'


class Slow:
    """Takes answers to a store that does not get on with them until it is told to. `offered`: how
    many came so far."""

    def __init__(self, store: Store) -> None:
        self._store_answers = store.answer
        self._turns = asyncio.Semaphore(0)
        self.offered = 0

    async def answer(self, conversation: int, participant: int, offer: Offer) -> Settled:
        self.offered += 1
        await self._turns.acquire()
        return await self._store_answers(conversation, participant, offer)

    async def let(self, count: int, connection: Recorder) -> None:
        """Let so many be stored, and wait until this socket was told and could send more."""
        before = told(connection)
        for _ in range(count):
            self._turns.release()
        async with asyncio.timeout(10):
            while told(connection) < before + count:
                await asyncio.sleep(0.001)
        await asyncio.sleep(0)  # what is told is counted off before anything more is read


class Talk:
    """Somebody who answers in a live conversation."""

    def __init__(self, slow: Slow, room: Room, visit: Visit, connection: Recorder) -> None:
        self.slow = slow
        self.room = room
        self.visit = visit
        self.connection = connection

    async def send(self, count: int) -> None:
        """So many answers, one behind the other."""
        for _ in range(count):
            await self.visit.receive(
                wire.encode(wire.Answer(aid(), SINGLE, 0, wire.Body(option=1)))
            )
        await asyncio.sleep(0)


def told(connection: Recorder) -> int:
    """How many answers were accepted or refused."""
    return sum(kind in ("accepted", "refused") for kind in connection.kinds())


@pytest.fixture
async def talk(store: Store, clock: Clock, monkeypatch: pytest.MonkeyPatch) -> Talk:
    located = await made(store)
    rooms = Rooms(store, store.epoch, clock)
    room = await rooms.find(located.slug)
    assert room is not None
    await command(store, rooms, room, "publish", "start", "next", "next")
    pid = (await store.links(located.id))[0].pid
    slow = Slow(store)
    monkeypatch.setattr(store, "answer", slow.answer)
    visit, connection = await arrived(store, rooms, room, pid)
    return Talk(slow, room, visit, connection)


async def test_beyond_16_unacknowledged_answers_one_is_refused_with_retry_and_the_socket_stays(
    talk: Talk, clock: Clock
) -> None:
    await talk.send(MOST)
    assert (talk.slow.offered, told(talk.connection)) == (16, 0)
    clock.advance(60_000)  # that they come too fast is not why
    await talk.send(1)
    refused = talk.connection.messages[-1]
    assert (refused["t"], refused["code"], refused["retry_ms"]) == ("refused", "retry", 2_000)
    assert (talk.slow.offered, talk.connection.code) == (16, None)
    await talk.slow.let(MOST, talk.connection)
    await talk.visit.end()


@pytest.mark.parametrize("settled", [1, 5])
async def test_each_that_is_accepted_or_refused_makes_room_for_another(
    talk: Talk, clock: Clock, settled: int
) -> None:
    await talk.send(MOST)
    await talk.slow.let(settled, talk.connection)
    clock.advance(60_000)
    await talk.send(settled + 2)
    assert talk.slow.offered == MOST + settled
    codes = [message.get("code") for message in talk.connection.messages[-2:]]
    assert codes == ["retry", "retry"]
    await talk.slow.let(MOST, talk.connection)
    await talk.visit.end()


async def test_what_came_too_fast_or_made_no_sense_is_not_counted(talk: Talk, clock: Clock) -> None:
    await talk.send(MOST - 1)
    for _ in range(3):
        await talk.visit.receive(f'{{"t":"answer","aid":"{aid()}","question":"no"}}')
    await talk.send(1)
    clock.advance(EVERY - 1)
    await talk.slow.let(1, talk.connection)
    await talk.send(1)
    assert "too fast" in talk.connection.messages[-1]["why"]
    clock.advance(EVERY)
    await talk.send(1)
    assert talk.slow.offered == MOST + 1
    await talk.slow.let(MOST, talk.connection)
    await talk.visit.end()


async def test_a_beat_is_answered_while_answers_are_on_their_way(talk: Talk) -> None:
    await talk.send(1)
    await talk.visit.receive(BEAT)
    assert talk.connection.kinds()[-1] == "beat"
    await talk.slow.let(1, talk.connection)
    await talk.visit.end()


async def test_a_resync_is_answered_behind_the_answers_before_it(talk: Talk) -> None:
    await talk.send(1)
    resync = asyncio.create_task(talk.visit.receive(RESYNC))
    await asyncio.sleep(0.01)
    assert not resync.done()
    await talk.slow.let(1, talk.connection)
    await resync
    assert talk.connection.kinds()[-2:] == ["accepted", "welcome"]
    assert len(talk.connection.messages[-1]["mine"]) == 1
    await talk.visit.end()


async def test_who_is_gone_is_known_until_their_answers_are_stored(talk: Talk) -> None:
    """So their next socket is told of them, whenever it comes."""
    await talk.send(1)
    (member,) = talk.room.members()
    end = asyncio.create_task(talk.visit.end())
    await asyncio.sleep(0.01)
    assert talk.room.people[member.person.id] is member.person
    await talk.slow.let(1, talk.connection)
    await end
    assert list(member.person.answers) == [SINGLE]
    assert talk.room.present == 0


@pytest.mark.parametrize(
    ("error", "kinds", "code"),
    [(StoreUnavailable("away"), ["refused"], None), (LookupError("a bug"), ["bye"], 1011)],
)
async def test_an_answer_that_fails_is_not_counted_any_more_and_never_acknowledged(
    talk: Talk,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
    kinds: list[str],
    code: int | None,
) -> None:
    async def fails(conversation: int, participant: int, offer: Offer) -> Settled:
        raise error

    monkeypatch.setattr(store, "answer", fails)
    with capture_logs() as logs:
        await talk.send(1)
        await talk.visit.end()
        await asyncio.sleep(0)
    assert (talk.connection.kinds()[3:], talk.connection.code) == (kinds, code)
    assert [line["event"] for line in logs] == ([] if code is None else ["an answer failed"])
