"""The one timer of all detached sockets: pings, and everything else that happens by the clock.

It runs while there is a socket. Sockets are pinged in as many groups as there are ticks between two
pings, so that thousands of pings are never written in one go. It decides nothing: a socket knows
what a tick means to it.
"""

from __future__ import annotations

import asyncio
from typing import Protocol

from turnout.transport.bounds import Bounds
from turnout.transport.frames import frame_of
from turnout.transport.sessions import Ended, untold


class Ticked(Protocol):
    """A socket as the timer knows it."""

    group: set[Ticked]

    def breathe(self) -> None:
        """A tick passed since frames came: the count begins anew."""

    def press(self) -> None:
        """A tick passed, and frames still wait for a slow reader."""

    def ping(self) -> None:
        """Ask whether the peer is there, or give it up."""


class Pulse:
    """The timer, and what the sockets share. `ticks`: how often it ticked. `ended`: told of every
    socket that ends."""

    def __init__(self, bounds: Bounds, ended: Ended = untold) -> None:
        self.bounds = bounds
        self.ended = ended
        self.ticks = 0
        self.busy: list[Ticked] = []
        self.congested: set[Ticked] = set()
        self._groups: tuple[set[Ticked], ...] = tuple(set() for _ in range(bounds.ping_every))
        self._next_group = 0
        self._count = 0
        self._timer: asyncio.TimerHandle | None = None
        self._payload: bytes | None = None
        self._frame = b""

    def add(self, socket: Ticked) -> None:
        """Count this socket in."""
        self._next_group = (self._next_group + 1) % len(self._groups)
        socket.group = self._groups[self._next_group]
        socket.group.add(socket)
        self._count += 1
        if self._timer is None:
            self._wait()

    def remove(self, socket: Ticked) -> None:
        """The socket is gone."""
        socket.group.discard(socket)
        self.congested.discard(socket)
        self._count -= 1
        if not self._count and self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self.busy.clear()

    def frame(self, payload: bytes) -> bytes:
        """The frame of this payload. Made once where the very same object goes to many sockets, one
        after the other."""
        if payload is not self._payload:
            self._payload, self._frame = payload, frame_of(payload)
        return self._frame

    def _wait(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self.bounds.tick, self._tick)

    def _tick(self) -> None:
        self.ticks += 1
        self._wait()
        busy, self.busy = self.busy, []
        for socket in busy:
            socket.breathe()
        for socket in tuple(self.congested):
            socket.press()
        for socket in tuple(self._groups[self.ticks % len(self._groups)]):
            socket.ping()
