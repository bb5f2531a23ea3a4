"""What happens by the clock on one node: tallies, catching up, attendance, dead sockets, lobbies,
and whether who looks may still look.

Nothing here decides anything: every rule about time is evaluated where it matters, so that a tick
that comes late or never changes no result.
"""

from __future__ import annotations

import asyncio

import structlog

from turnout import wire
from turnout.ports import Role, Store, StoreUnavailable
from turnout.services.connections import HEARTBEAT_LOST, OVER, farewell, let_go
from turnout.services.rooms import Room, Rooms
from turnout.services.tallies import Boards, seen_by

TICK = 0.25
"""Seconds between two tallies."""
HEAL_EVERY = 4
ATTENDANCE_EVERY = 80
"""Ticks: 20 seconds."""
LOBBY_EVERY = 8
SILENCE = 50_000
"""Milliseconds without a frame after which a joined socket is given up. Clients beat at least every
30 seconds."""

RETRY_MS = 2_000
NO_ROOM = 0
"""In place of a conversation's number."""

OVER_WORDS = "This conversation is over. If you took part, your answers are safe."

log = structlog.get_logger()


class Ticking:
    """The one timer of this node."""

    def __init__(self, store: Store, rooms: Rooms, boards: Boards) -> None:
        self._store = store
        self._rooms = rooms
        self._boards = boards
        self._waiting: dict[int, int] = {}
        self._failing: set[int] = set()
        self._tick_number = 0

    async def run(self) -> None:
        """Tick until cancelled. Whatever goes wrong in a tick is logged, and tried again at the
        next one; who takes part is told when the store goes away, and when it is back."""
        tick = 0
        away = False
        while True:
            await asyncio.sleep(TICK)
            tick += 1
            try:
                await self._tick(tick)
                if away:  # reading may go well where writing does not
                    await self._store.probe()
            except StoreUnavailable as error:
                if not away:
                    log.warning("the store is away", why=str(error))
                    self._tell(wire.Degraded("away", RETRY_MS))
                away = True
            except Exception:  # noqa: BLE001 - nobody would notice that the timer has ended
                self._failed(NO_ROOM)
            else:
                self._failing.discard(NO_ROOM)
                if away:
                    log.warning("the store is back")
                    self._tell(wire.Degraded("back", 0))
                away = False

    def _tell(self, message: wire.Degraded) -> None:
        frame = wire.encode(message)
        for room in self._rooms:
            for member in room.members():
                member.connection.send(frame)

    def _failed(self, conversation: int) -> None:
        """Log the exception at hand, once until that goes well again: there are four ticks a
        second."""
        if conversation not in self._failing:
            log.exception("a tick failed", conversation=conversation)
        self._failing.add(conversation)

    async def _tick(self, tick: int) -> None:
        self._tick_number = tick
        if tick % HEAL_EVERY == 0:
            await self._rooms.heal()
        for room in self._rooms:
            try:
                await self._tick_room(room, tick)
            except StoreUnavailable:
                raise
            except Exception:  # noqa: BLE001 - the other rooms must have their turn
                self._failed(room.id)
            else:
                self._failing.discard(room.id)
        if tick % ATTENDANCE_EVERY == 0:
            self._reap()
            await self.write_attendance()

    async def _tick_room(self, room: Room, tick: int) -> None:
        await self._rooms.let_come_due(room)
        await self._after_the_end(room)
        if tick % HEAL_EVERY == 0:
            for check in tuple(room.checks.values()):
                await check()
        if room.screens:
            await self._tally(room)
        if tick % LOBBY_EVERY == 0:
            self._lobby(room)

    async def _tally(self, room: Room) -> None:
        board = self._boards.get(room)
        if board is None:
            return
        board.absorb(await self._store.answers_after(room.id, board.aseq))
        board.observe(room, self._rooms.now())
        if self._tick_number % HEAL_EVERY == 0:
            board.asking = await self._store.takeovers(room.id)
        tally = board.tally(room, self._rooms.now())
        frames: dict[Role, bytes] = {}
        for screen, staff in tuple(room.screens.items()):
            role = staff.role
            if role not in frames:
                frames[role] = wire.encode(seen_by(role, tally))
            screen.send(frames[role])

    def _lobby(self, room: Room) -> None:
        """Tell who waits how many do, when that changed."""
        if self._waiting.get(room.id) != len(room.waiting):
            self._waiting[room.id] = len(room.waiting)
            room.tell_lobby(self._rooms.now())

    def _reap(self) -> None:
        now = self._rooms.now()
        for room in self._rooms:
            for member in room.members():
                if now - member.last_seen > SILENCE:
                    room.leave(member)
                    let_go(member.connection, HEARTBEAT_LOST)

    async def _after_the_end(self, room: Room) -> None:
        """When the end and its grace are past, attendance is written for the last time: files made
        from then on are the same. When nobody can come back any more, sockets are closed."""
        conversation, now = room.conversation, self._rooms.now()
        until = conversation.attended_until
        if until is not None and now > until and room.settled != until:
            rows = room.attended_until(until)
            if rows:
                await self._store.attend(rows)
            room.settled = until
        if conversation.over_at is not None and now > conversation.over_at:
            for member in room.members():
                room.leave(member)
                farewell(member.connection, OVER, OVER_WORDS)
            for connection in room.waiting:
                room.waiting.discard(connection)
                farewell(connection, OVER, OVER_WORDS)

    async def write_attendance(self) -> None:
        """Move the attendance of everybody who is here along to their last sign of life."""
        rows = [
            (member.attendance, member.last_seen)
            for room in self._rooms
            for member in room.members()
            if member.attendance
        ]
        if rows:
            await self._store.attend(rows)
