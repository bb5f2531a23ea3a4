"""What happens by the clock on one node: tallies, catching up, attendance, dead sockets, lobbies.

Nothing here decides anything: every rule about time is evaluated where it matters, so that a tick
that comes late or never changes no result.
"""

from __future__ import annotations

import asyncio

import structlog

from turnout import wire
from turnout.ports import Role, Store, StoreUnavailable
from turnout.services.connections import HEARTBEAT_LOST, OVER, farewell
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

OVER_WORDS = "This conversation is over. If you took part, your answers are safe."

log = structlog.get_logger()


class Ticking:
    """The one timer of this node."""

    def __init__(self, store: Store, rooms: Rooms, boards: Boards) -> None:
        self._store = store
        self._rooms = rooms
        self._boards = boards
        self._waiting: dict[int, int] = {}
        self._tick_number = 0

    async def run(self) -> None:
        """Tick until cancelled. A store that is away is tried again at the next tick."""
        tick = 0
        away = False
        while True:
            await asyncio.sleep(TICK)
            tick += 1
            try:
                await self._tick(tick)
                away = False
            except StoreUnavailable:
                if not away:
                    log.warning("the store is away")
                away = True

    async def _tick(self, tick: int) -> None:
        self._tick_number = tick
        if tick % HEAL_EVERY == 0:
            await self._rooms.heal()
        for room in self._rooms:
            await self._rooms.let_come_due(room)
            self._close_what_is_over(room)
            if room.screens:
                await self._tally(room)
            if tick % LOBBY_EVERY == 0:
                self._lobby(room)
        if tick % ATTENDANCE_EVERY == 0:
            self._reap()
            await self.write_attendance()

    async def _tally(self, room: Room) -> None:
        board = self._boards.get(room)
        if board is None:
            return
        board.absorb(await self._store.answers_after(room.id, board.aseq))
        board.observe(room)
        if self._tick_number % HEAL_EVERY == 0:
            board.asking = await self._store.takeovers(room.id)
        tally = board.tally(room, self._rooms.now())
        frames: dict[Role, bytes] = {}
        for screen, role in tuple(room.screens.items()):
            if role not in frames:
                frames[role] = wire.encode(seen_by(role, tally))
            screen.send(frames[role])

    def _close_what_is_over(self, room: Room) -> None:
        """Once an end is for good (its grace and undo past), participants' sockets are closed."""
        over_at = room.conversation.over_at
        if over_at is None or self._rooms.now() <= over_at:
            return
        for member in room.members():
            room.leave(member)
            farewell(member.connection, OVER, OVER_WORDS)
        for connection in tuple(room.waiting):
            room.waiting.discard(connection)
            farewell(connection, OVER, OVER_WORDS)

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
                    farewell(member.connection, HEARTBEAT_LOST, "The connection went silent.")

    async def write_attendance(self) -> None:
        """Move the attendance of everybody who is here along to their last sign of life."""
        rows = [
            (member.attendance, member.last_seen)
            for room in self._rooms
            for member in room.members()
        ]
        if rows:
            await self._store.attend(rows)
