"""What will happen in one simulation, drawn from its seed before it begins: who comes with which
devices, when the moderator does something, and what breaks."""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import Any

from turnout.domain.conversation import Settings
from turnout.domain.events import (
    Created,
    Event,
    GuideSet,
    Published,
    Recorded,
    Started,
    apply,
    begin,
    record,
)
from turnout.domain.guide import (
    Content,
    Item,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    SingleChoice,
)
from turnout.domain.links import PID_BYTES, make_pid

T0 = 1_795_597_200_000
"""2026-11-25T09:00:00Z: the server's clock when a simulation begins."""
HEALING = 95_000
"""Milliseconds from the last fault to the end: a silent line is noticed within 40 s, and then come
20 s of back-off and an attempt that hangs for 10 s."""
FAULTS = (
    *(
        "reset",
        "silent",
        "deaf",
        "offline",
        "lose",
        "lose",
        "kill page",
        "reload",
        "second tab",
        "wake",
    ),
    *("kill server", "stop server", "store away", "restore", "sleep", "backup", "use here"),
)


@dataclass(frozen=True, slots=True)
class Device:
    """A browser profile. `skew`: what its stopwatch adds, in milliseconds."""

    person: int
    pid: str
    skew: int
    comes: int


@dataclass(slots=True)
class Plan:
    """`events`: the conversation as it is found; `healed`: when nothing breaks any more; `moves`:
    what happens when, as (milliseconds, kind, parts)."""

    events: tuple[Recorded, ...]
    devices: tuple[Device, ...]
    healed: int
    moves: list[tuple[int, str, tuple[Any, ...]]] = field(default_factory=list)

    @property
    def end(self) -> int:
        return self.healed + HEALING


def plan(chance: Random) -> Plan:
    """Of one simulation."""
    several = chance.random() < 0.4
    made = Plan(
        _beginning(chance, several), _devices(chance, several), chance.randrange(30_000, 75_000)
    )
    at = chance.randrange(2_000)
    while at < made.healed:
        made.moves.append((at, "moderate", (chance.random(), chance.randrange(1 << 30))))
        at += int(chance.expovariate(1 / 6_000))
    for _ in range(chance.randrange(2, 14)):
        parts = (chance.randrange(len(made.devices)), chance.randrange(1 << 30))
        made.moves.append((chance.randrange(made.healed), chance.choice(FAULTS), parts))
    made.moves.append((made.healed, "heal", ()))
    made.moves.sort(key=lambda move: move[0])
    return made


def _devices(chance: Random, several: bool) -> tuple[Device, ...]:
    devices = []
    for person in range(chance.randrange(1, 4)):
        pid = make_pid(chance.randbytes(PID_BYTES))
        for number in range(1 + several * chance.randrange(2)):
            skew = chance.choice([0, 0, -300_000, 7_200_000, 1_000])
            comes = chance.randrange(15_000) if number or person else 0
            devices.append(Device(person, pid, skew, comes))
    return tuple(devices)


def _beginning(chance: Random, several: bool) -> tuple[Recorded, ...]:
    settings = Settings(
        "A conversation", 10, several_devices=several, grace=chance.choice([0, 5, 20, 60])
    )
    created = Recorded(1, 0, T0, Created(settings))
    state, events = begin(created), [created]
    happened: list[Event] = [GuideSet(_guide(chance)), Published(), Started()]
    for event in happened if chance.random() < 0.75 else happened[:2]:
        events.append(record(state, event, T0))
        state = apply(state, events[-1])
    return tuple(events)


def _guide(chance: Random) -> tuple[Item, ...]:
    contents: list[Content] = [
        OpenText(),
        SingleChoice((Option("Yes"), Option("No"), Option("Perhaps")), other=True),
        OpenText(),
        MultipleChoice((Option("Bus"), Option("Tram"), Option("None", exclusive=True))),
        Number(0, 1_000),
        OpenText(),
        Message(),
    ]
    chance.shuffle(contents)
    items = []
    for id, content in enumerate(contents[: chance.randrange(3, 8)], start=1):
        timed = chance.random() < 0.2 and not isinstance(content, Message)
        items.append(
            Item(id, f"Item {id}", content, duration=15 if timed else None, auto_close=timed)
        )
    if all(isinstance(item.content, Message) for item in items):
        items.append(Item(len(items) + 1, "Why?", OpenText()))
    return tuple(items)
