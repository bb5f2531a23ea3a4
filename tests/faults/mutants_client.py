"""Clients with one fault each, on an honest server."""

from __future__ import annotations

from dataclasses import dataclass

from tests.faults.robots import Robot


class OutboxForgotten(Robot):
    """What was not acknowledged is gone with the line."""

    async def connect(self) -> None:
        """With nothing left to send."""
        self.outbox.clear()
        await super().connect()


class SavedTooEarly(Robot):
    """An answer that was sent is shown as saved."""

    async def _send_outbox(self, *, again: bool = False) -> None:
        await super()._send_outbox(again=again)
        for question, one in self.outbox.items():
            self.mine[question] = {**one, "revision": one["base"] + 1}


class ComesBackWhateverItIsTold(Robot):
    """No close code stops it."""

    @property
    def is_stopped(self) -> bool:
        """Never."""
        return False


@dataclass(frozen=True, slots=True)
class Fault:
    """`caught_by`: the invariant that it breaks; `scene`: where that shows."""

    caught_by: str
    scene: str
    robot: type[Robot]


CLIENTS = {
    fault.robot.__name__: fault
    for fault in (
        Fault("outbox", "offline", OutboxForgotten),
        Fault("I3", "offline", SavedTooEarly),
        Fault("I13", "stopped", ComesBackWhateverItIsTold),
    )
}
