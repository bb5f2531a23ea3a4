"""The server of a simulation: one process, from its start to its end. Its rooms, visits, answers
and joins are the real ones; the store, the sockets and the clock are the simulation's."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from random import Random
from typing import Any, cast

import msgspec
from msgspec import UNSET

from tests.simulation.loop import SimulatedLoop
from tests.simulation.network import Carrier
from tests.simulation.store import SLUG, SimulatedStore
from turnout import wire
from turnout.domain.commands import Command
from turnout.domain.deciding import decide
from turnout.domain.refusals import Refused
from turnout.metrics import Metrics
from turnout.ports import Decided, Store, StoreUnavailable
from turnout.services.guessing import Guessing
from turnout.services.hellos import Hellos
from turnout.services.joining import Joins
from turnout.services.nonces import Nonces
from turnout.services.rooms import Room, Rooms
from turnout.services.visits import Handshake, Node, Visit
from turnout.transport.turns import Turns

RETRY_MS = 2_000
ORIGIN = "https://here"
_metrics = Metrics()
"""Nobody reads them; making them takes longer than a simulation."""

Response = tuple[int, bytes, str | None]
"""Status, body, and the cookie that is set."""


class Process:
    """Of one simulation. `clock`: the server's, in milliseconds since the Unix epoch."""

    def __init__(self, store: SimulatedStore, clock: Callable[[], int], chance: Random) -> None:
        self.loop = SimulatedLoop()
        self.carriers: set[Carrier] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._store = store
        self._real = cast(Store, store)
        self.rooms = Rooms(self._real, store.epoch, clock)
        self._nonces = Nonces(store.key, clock, chance.randbytes)
        self._joins = Joins(self._real, self.rooms, self._nonces, chance.randbytes)
        self._node = Node(Hellos(), Guessing(clock), _metrics)

    def start(self, work: Coroutine[Any, Any, None], now: int) -> None:
        """Begin something, and run until everything waits."""
        self.loop.now = now
        task = self.loop.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._done)
        self.loop.run(now)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            raise error

    async def room(self) -> Room:
        """The room of the conversation."""
        room = await self.rooms.find(SLUG)
        assert room is not None
        return room

    # --- doors ----------------------------------------------------------------------------------

    async def accept(self, carrier: Carrier, cookie: str, opened: Callable[[], None]) -> None:
        """A socket comes in, as through `turnout.web.sockets`."""
        try:
            room = await self.room()
        except StoreUnavailable:
            carrier.close(1006)
            return
        if carrier.is_closed:
            return
        opened()
        shake = Handshake(ORIGIN, cookie, self._nonces.make())
        visit = Visit(room, self.rooms, self._real, carrier, shake, self._node)
        visit.begin()
        carrier.turns = Turns(carrier, visit, self._tasks)
        self.carriers.add(carrier)

    async def request(
        self, name: str, body: object, cookie: str, respond: Callable[[Response], None]
    ) -> None:
        """A request comes in, as through `turnout.web.participant_api`."""
        try:
            respond(await self._answer(name, body, cookie))
        except StoreUnavailable:
            respond(_refused(Refused("slow_down", "Away.", RETRY_MS)))

    async def _answer(self, name: str, body: object, cookie: str) -> Response:
        room = await self.room()
        match name:
            case "about":
                return 200, wire.encode(self._joins.about(room)), None
            case "nonce":
                return 200, wire.encode(self._joins.nonce()), None
            case "join":
                asked = msgspec.convert(body, wire.Join)
                admission = await self._joins.join(room, asked, ORIGIN, cookie)
                if isinstance(admission, Refused):
                    return _refused(admission)
                return 200, wire.encode(admission.joined), admission.cookie
            case "takeover":
                asked = msgspec.convert(body, wire.Join)
                refused = await self._joins.ask_takeover(room, asked, ORIGIN, cookie)
                assert not isinstance(refused, wire.TakeoverAsked)
                return _refused(refused or Refused("other_device", "It may simply join."))
            case _:
                return 200, wire.encode(wire.Damaged()), None

    # --- staff, and what comes by itself --------------------------------------------------------

    async def moderate(self, command: Command, *, tells: bool) -> None:
        """A command of a moderator. Without `tells` the bell is lost, and the room has to heal."""
        try:
            outcome = await self._store.decide(
                1, lambda state, facts: decide(state, command, facts.now)
            )
            if isinstance(outcome, Decided) and tells:
                await self.rooms.tell(await self.room(), outcome.events)
        except StoreUnavailable:
            return

    async def heal(self) -> None:
        """What the timer does once a second."""
        try:
            await self.rooms.heal()
            for room in self.rooms:
                await self.rooms.let_come_due(room)
        except StoreUnavailable:
            return

    def degraded(self, store: bool) -> None:
        """Tell everybody that the store is away, or back."""
        frame = wire.encode(wire.Degraded("away", RETRY_MS) if store else wire.Degraded("back", 0))
        for room in self.rooms:
            for member in room.members():
                member.connection.send(frame)


def _refused(refused: Refused) -> Response:
    retry = UNSET if refused.retry_ms is None else refused.retry_ms
    return 409, wire.encode(wire.Refusal(refused.code, refused.why, retry)), None
