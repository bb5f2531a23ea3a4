"""A robot's link on its way to another device, as the first device sees it. Knows no socket."""

from __future__ import annotations

import asyncio

from turnout.rehearsal.device import Device

OTHER_DEVICE, RELEASED = 4409, 4410
"""Close codes of a device that has lost its link."""


class Moving:
    """`was_asked`: this device was told that another one asks. `is_out`: it was sent away, and
    waits for the next device to go on."""

    def __init__(self) -> None:
        self.was_asked = self.is_out = False
        self._next: asyncio.Future[Device | None] | None = None

    def begin(self) -> None:
        """Another device is about to ask: expect to be sent away."""
        self.was_asked = self.is_out = False
        self._next = asyncio.get_running_loop().create_future()

    def expects(self, code: int) -> bool:
        """Whether a socket that was closed with this code means that the link has moved."""
        return self._next is not None and code in (OTHER_DEVICE, RELEASED)

    def end(self, device: Device | None) -> None:
        """Go on with this device, which has joined; None: the move failed."""
        if self.is_out and self._next is not None and not self._next.done():
            self._next.set_result(device)
        elif not self.is_out:
            self._next = None

    async def next_device(self) -> Device | None:
        """Of the first device, which was sent away: wait for the next one. None if none will
        come."""
        assert self._next is not None
        device = await self._next
        self._next, self.is_out = None, False
        return device
