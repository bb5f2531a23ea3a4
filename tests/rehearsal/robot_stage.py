"""A robot with a connection that only takes notes, and all that happens around it."""

from __future__ import annotations

import asyncio
import random

import msgspec
import pytest

from tests.rehearsal.examples import eventually
from turnout import wire
from turnout.rehearsal import robot as under_test
from turnout.rehearsal.connection import Connection, NotConnected
from turnout.rehearsal.device import Device
from turnout.rehearsal.door import Door, Link
from turnout.rehearsal.house import House
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.parts import Part
from turnout.rehearsal.robot import NO_FAULTS, Robot

LIMITS = wire.Limits(2000, 16, 32768)
JOINED = wire.Joined("key", wire.Welcome("e1", 1, [], wire.Progress(0, 0, None), 25_000, 0, LIMITS))


class Notes(Connection):
    """A connection that nobody is behind."""

    def __init__(self) -> None:
        self.sent: list[wire.FromParticipant] = []
        self.closed = asyncio.get_running_loop().create_future()
        self.aborted = False

    @property
    def is_open(self) -> bool:
        return True

    def send(self, text: bytes) -> None:
        self.sent.append(wire.decode_participant(text))

    def close(self, code: int = 1000) -> None:
        if not self.closed.done():
            self.closed.set_result(code)

    def abort(self) -> None:
        self.aborted = True
        self.close(1006)


class Porter(Door):
    """Answers joins from a list; an exception in it is raised."""

    def __init__(self, *answers: wire.Joined | wire.Refusal | Exception) -> None:
        self.answers = list(answers)

    async def join(self, link: Link, device: Device) -> wire.Joined | wire.Refusal:
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


class Stage:
    """A robot that runs, and all that happens around it."""

    def __init__(
        self, monkeypatch: pytest.MonkeyPatch, porter: Porter, part: Part = NO_FAULTS
    ) -> None:
        self.clock = Clock()
        self.ledger = Ledger(self.clock)
        self.connections: list[Notes] = []
        self.failures = 0
        self.early: wire.Challenge | None = None
        """Comes in one packet with the handshake."""

        async def connect(*_: object) -> Connection:
            if self.failures:
                self.failures -= 1
                raise NotConnected("not today")
            self.connections.append(Notes())
            if self.early is not None:
                self.tell(self.early)
            return self.connections[-1]

        monkeypatch.setattr(under_test, "connect", connect)
        house = House(self.ledger, porter, spread=0.0, back_off=0.001)
        link = Link("http://here", "talk", "p1")
        self.robot = Robot(
            "ann", link, lambda item: (wire.Body(text="x"), 0), house, random.Random(1), part
        )
        self.task = asyncio.create_task(self.robot.run())

    def tell(self, *messages: msgspec.Struct | bytes) -> None:
        for message in messages:
            text = message if isinstance(message, bytes) else wire.encode(message)
            self.robot._text(text)

    async def connected(self, times: int = 1) -> Notes:
        await eventually(
            lambda: len(self.connections) == times and self.robot._connection is not None
        )
        return self.connections[-1]

    async def inside(self) -> Notes:
        """Connected, joined and welcomed."""
        notes = await self.connected()
        self.tell(wire.Challenge("n1", 0), wire.Lobby("live", None, 1))
        await eventually(lambda: bool(notes.sent))
        self.tell(welcome(1))
        return notes

    async def over(self) -> None:
        self.robot.leave()
        await self.task


def welcome(rev: int, seen: tuple[wire.Seen, ...] = ()) -> wire.Welcome:
    state = wire.State("t", "live", list(seen))
    progress = wire.Progress(0, 0, None)
    return wire.Welcome("e1", rev, [], progress, 25_000, 0, LIMITS, state=state)


def opened(rev: int) -> wire.EventFrame:
    item = wire.Item(rev, "open_text", rev, "?")
    return wire.EventFrame(rev, rev - 1, wire.OpenedEvent(item))


def answers(notes: Notes) -> list[wire.Answer]:
    return [message for message in notes.sent if isinstance(message, wire.Answer)]
