"""A robot moderator: the staff socket, its state, and commands that survive a lost connection."""

from __future__ import annotations

import asyncio
import random
import uuid
from collections.abc import Callable

import msgspec
from msgspec import UNSET

from turnout import wire
from turnout.rehearsal.backoff import BackOff, stops
from turnout.rehearsal.connection import ABNORMAL, Connection, NotConnected, connect
from turnout.rehearsal.frames import read
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.staff import RehearsalFailed

PATIENCE = 60.0
"""Seconds that a command may take, restarts of the server included."""

Outcome = wire.Done | wire.CommandRefused


class Moderator:
    """`run` keeps the socket; `command` is sent again, under the same id, until it is answered."""

    def __init__(
        self, url: str, slug: str, token: str, ledger: Ledger, back_off: float, seed: int
    ) -> None:
        self.state: wire.StaffState | None = None
        self._rev = 0
        self._asking: frozenset[str] = frozenset()
        self._url = f"ws{url.removeprefix('http')}/ws/console/{slug}"
        self._origin = url
        self._headers = (("Authorization", f"Bearer {token}"),)
        self._ledger = ledger
        self._back_off = BackOff(random.Random(f"moderator {seed}"), back_off)
        self._connection: Connection | None = None
        self._welcomed = self._leaving = False
        self._commands: dict[str, tuple[bytes, asyncio.Future[Outcome]]] = {}
        self._changed: asyncio.Event = asyncio.Event()

    def leave(self) -> None:
        """Close the screen."""
        self._leaving = True
        if self._connection is not None:
            self._connection.close()

    async def run(self) -> None:
        """Stay connected until it leaves. RehearsalFailed if the server sends it away for good."""
        loop = asyncio.get_running_loop()
        while not self._has_left():
            opened, code = loop.time(), ABNORMAL
            try:
                self._connection = await connect(self._url, self._origin, self._text, self._headers)
            except NotConnected:
                opened = loop.time()
            else:
                self._send(wire.StaffHello(app="rehearsal"))
                code = await self._connection.closed
            self._connection, self._welcomed = None, False
            if self._has_left():
                return
            if stops(code):
                raise RehearsalFailed(f"The moderator's socket was closed with {code}.")
            await asyncio.sleep(self._back_off.wait(code, loop.time() - opened))

    def _has_left(self) -> bool:
        return self._leaving

    async def ready(self) -> wire.StaffState:
        """The state, once there is one."""
        await self._until(lambda: self.state is not None, "the state of the conversation")
        assert self.state is not None
        return self.state

    async def sees_asking(self, letters: str) -> None:
        """Wait until these letters stand in the control room's tray."""
        await self._until(lambda: letters in self._asking, f"{letters} in the moderator's tray")

    async def command(
        self,
        op: wire.Op,
        on_write: Callable[[], None] | None = None,
        *,
        letters: str | msgspec.UnsetType = UNSET,
    ) -> Outcome:
        """Do it as a screen does, with `expect` from the state; the state is not older than the
        outcome. `on_write` is called when the command is first written to a socket. `letters`: for
        release."""
        state = await self.ready()
        await self._until(lambda: self._welcomed, "the moderator's connection")
        command = wire.Command(
            cid=str(uuid.uuid4()),
            op=op,
            expect=wire.Expect(state.phase, state.sent_rev),
            letters=letters,
        )
        answered: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        self._commands[command.cid] = (wire.encode(command), answered)
        if on_write is not None:
            on_write()
        self._send(command)
        try:
            async with asyncio.timeout(PATIENCE):
                outcome = await answered
        except TimeoutError as error:
            raise RehearsalFailed(f"'{op}' was not answered within {PATIENCE:g} s.") from error
        finally:
            del self._commands[command.cid]
        await self._until(lambda: self._rev >= outcome.rev, f"the state after '{op}'")
        return outcome

    async def _until(self, condition: Callable[[], bool], what: str) -> None:
        try:
            async with asyncio.timeout(PATIENCE):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError as error:
            raise RehearsalFailed(f"{PATIENCE:g} s went by without {what}.") from error

    def _send(self, message: msgspec.Struct) -> None:
        if self._connection is not None:
            self._connection.send(wire.encode(message))

    def _text(self, text: bytes) -> None:
        message = read(_decoder, text, "moderator", self._ledger)
        if message is None:
            return
        match message:
            case wire.StaffWelcome(rev=rev, state=state):
                self._welcomed, self._rev, self.state = True, rev, state
                for frame, _ in self._commands.values():
                    if self._connection is not None:
                        self._connection.send(frame)
            case wire.StaffEvent(rev=rev, state=state):
                self._event(rev, message.prev, state)
            case wire.Done(cid=cid) | wire.CommandRefused(cid=cid):
                _, answered = self._commands.get(cid, (b"", None))
                if answered is not None and not answered.done():
                    answered.set_result(message)
            case wire.Tally(asking=asking):
                self._asking = frozenset(one.letters for one in asking)
            case wire.Beat() | wire.Bye() | wire.Drain():
                return
        self._changed.set()

    def _event(self, rev: int, prev: int, state: wire.StaffState) -> None:
        if rev <= self._rev:
            return
        if prev != self._rev:
            self._ledger.trouble(
                f"moderator: after rev {self._rev} came {rev}, said to follow {prev}"
            )
        self._rev, self.state = rev, state


def next_item(state: wire.StaffState) -> wire.Item | None:
    """What Next will send: the first item that was never sent nor skipped."""
    return next((entry.item for entry in state.items if entry.status == "queued"), None)


def asked(state: wire.StaffState) -> tuple[wire.Item, ...]:
    """The questions that were asked, withdrawn ones aside, in guide order."""
    return tuple(
        entry.item
        for entry in state.items
        if entry.item.type != "message"
        and entry.sent_at is not UNSET
        and entry.status != "withdrawn"
    )


_decoder: msgspec.json.Decoder[wire.ToStaff] = msgspec.json.Decoder(wire.ToStaff)
