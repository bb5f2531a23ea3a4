"""A staff screen's socket: hello, commands, resync, beats; tallies come by the clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from turnout import wire
from turnout.metrics import Metrics
from turnout.ports import Role, Staff, Store
from turnout.services import views
from turnout.services.connections import (
    MALFORMED,
    ROLE,
    SIGNED_OUT,
    TOO_LARGE,
    Connection,
    farewell,
    let_go,
)
from turnout.services.moderating import Moderation
from turnout.services.rooms import Room, Rooms
from turnout.services.tallies import Boards, seen_by

SEE_PEOPLE: frozenset[Role] = frozenset({"owner", "moderator", "researcher"})
NO_LONGER = "Your role has changed: you may not see who is who any more. Load the page again."


class Screen:
    """The state of one staff socket. The staff member was checked before the upgrade; `identify`
    says who it is now, for every command: accounts and roles change."""

    def __init__(
        self,
        room: Room,
        rooms: Rooms,
        boards: Boards,
        store: Store,
        moderation: Moderation,
        connection: Connection,
        staff: Staff,
        identify: Callable[[], Awaitable[Staff | None]],
        metrics: Metrics,
    ) -> None:
        self._room = room
        self._rooms = rooms
        self._boards = boards
        self._store = store
        self._moderation = moderation
        self._connection = connection
        self._staff = staff
        self._identify = identify
        self._metrics = metrics

    def left(self) -> None:
        """Staff said goodbye, which is noted nowhere."""

    async def end(self) -> None:
        """The socket is gone."""
        self._look_away()
        if not self._room.screens:
            self._boards.drop(self._room)

    async def receive(self, frame: bytes | str) -> None:
        """Take one frame; the answer is a message or a close."""
        if wire.is_larger(frame, wire.MAX_STAFF_FRAME):
            let_go(self._connection, TOO_LARGE)
            return
        try:
            message = wire.decode_staff(frame)
        except wire.UnknownMessage:
            self._metrics.unknown("staff")
            return
        except wire.Malformed:
            farewell(self._connection, MALFORMED, "This page sent something that makes no sense.")
            return
        match message:
            case wire.StaffHello() | wire.Resync():
                await self._welcome()
            case wire.Command():
                await self._command(message)
            case wire.Beat():
                self._connection.send(wire.encode(wire.Beat(self._room.conversation.rev)))

    async def _welcome(self) -> None:
        board = self._boards.get(self._room)
        if board is None:
            snapshot = self._room.up_to_date(await self._store.snapshot(self._room.id))
            asking = await self._store.takeovers(self._room.id)
            board = self._boards.put(self._room, snapshot)
            board.asking = asking
        # From here on nothing is awaited: an event that came between would be missed.
        welcome = wire.StaffWelcome(
            epoch=self._room.epoch,
            rev=self._room.conversation.rev,
            state=views.staff_state(self._room.located),
            name=self._staff.name,
            role=self._staff.role,
            heartbeat_ms=wire.HEARTBEAT_MS,
            now=self._rooms.now(),
        )
        self._connection.send(wire.encode(welcome))
        self._room.screens[self._connection] = self._staff
        board.observe(self._room, self._rooms.now())
        whole = board.tally(self._room, self._rooms.now(), whole=True)
        tally = seen_by(self._staff.role, whole)
        self._connection.send(wire.encode(tally))
        self._room.checks[self._connection] = self._check

    async def _command(self, message: wire.Command) -> None:
        if not await self._may_look():
            return
        reply = await self._moderation.command(
            self._room, message, name=self._staff.name, role=self._staff.role
        )
        self._connection.send(wire.encode(reply))

    async def _check(self) -> None:
        """By the clock: who lost their rights sees no more than their new ones allow."""
        await self._may_look()

    async def _may_look(self) -> bool:
        """Ask again who looks. Who is nobody any more, or may not see what this screen shows, is
        told so and looks no longer."""
        staff = await self._identify()
        if staff is None:
            self._look_away()
            farewell(self._connection, SIGNED_OUT, "You are signed out. Sign in again.")
            return False
        if staff.role != self._staff.role and staff.role not in SEE_PEOPLE:
            self._look_away()
            farewell(self._connection, ROLE, NO_LONGER)
            return False
        self._staff = staff
        if self._connection in self._room.screens:
            self._room.screens[self._connection] = staff
        return True

    def _look_away(self) -> None:
        self._room.screens.pop(self._connection, None)
        self._room.checks.pop(self._connection, None)
