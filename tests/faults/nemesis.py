"""Everything that can go wrong with a server process and the network before it, drawn by a seed,
while robots answer.

Must leave the world healed: every fault ends before the next one begins.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import signal
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Collection

import httpx

from tests.faults.proxy import FAIR, Proxy, Weather
from tests.faults.robots import Robot
from tests.faults.stage import Stage, Talk
from tests.second_client.client import Json
from tests.second_client.moderator import MINUTES, WALK, WHY

RESENT = 0.3
"""The share of answers that are sent again although they were acknowledged."""
CHANGES = 4
STORM = Weather(delay=0.005, jitter=0.02, loss=0.05, stall=0.3, bandwidth=200_000)
TRIES = 40
CAUGHT_UP = 10.0
"""Seconds after its socket's return in which everybody is on the current question."""
HEALED = 60.0
"""Seconds after the last fault in which everybody is."""
NETWORK = frozenset({"freeze", "reset", "half_open"})
"""Faults that leave the server alone."""


class Nemesis:
    """`kinds`: the faults it causes, None: all. `longest`: seconds that the server is stopped, or
    the network frozen, at most. `did`: how often each fault was caused."""

    def __init__(
        self,
        stage: Stage,
        network: Proxy,
        chance: random.Random,
        longest: float = 1.0,
        kinds: Collection[str] | None = None,
    ) -> None:
        self.did: Counter[str] = Counter()
        self._stage = stage
        self._network = network
        self._chance = chance
        self._longest = longest
        faults: dict[str, Callable[[], Awaitable[None]]] = {
            "kill": lambda: stage.restart(signal.SIGKILL),
            "term": lambda: stage.restart(signal.SIGTERM),
            "stop": self._stop,
            "freeze": self._freeze,
            "reset": self._reset,
            "half_open": self._half_open,
            "storm": self._storm,
            "cut": self._cut,
        }
        self._faults = {
            name: fault for name, fault in faults.items() if kinds is None or name in kinds
        }
        self._left: list[str] = []

    async def strike(self) -> None:
        """One fault, from its beginning to its end; each kind once before any comes again."""
        if not self._left:
            self._left = self._chance.sample(sorted(self._faults), k=len(self._faults))
        name = self._left.pop()
        await asyncio.sleep(self._chance.uniform(0, 0.15))
        await self._faults[name]()
        self.did[name] += 1

    async def _stop(self) -> None:
        self._stage.hurt(signal.SIGSTOP)
        await asyncio.sleep(self._chance.uniform(0.2, 1.0) * self._longest)
        self._stage.hurt(signal.SIGCONT)

    async def _freeze(self) -> None:
        self._network.freeze()
        await asyncio.sleep(self._chance.uniform(0.2, 1.0) * self._longest)
        self._network.thaw()

    async def _reset(self) -> None:
        self._network.reset(0.5)

    async def _half_open(self) -> None:
        self._network.half_open(0.5)

    async def _storm(self) -> None:
        self._network.weather = STORM
        await asyncio.sleep(1)
        self._network.weather = FAIR

    async def _cut(self) -> None:
        """Whoever connects now is cut off somewhere in the middle of a message."""
        way: str = self._chance.choice(("up", "down"))
        self._network.weather = Weather(
            cut=("up" if way == "up" else "down", self._chance.randint(300, 4_000))
        )
        self._network.reset(0.7)
        await asyncio.sleep(0.5)
        self._network.weather = FAIR
        self._network.reset(1.0)


async def campaign(
    talk: Talk, network: Proxy, people: int, rounds: int, seed: int, longest: float = 1.0
) -> Nemesis:
    """So many rounds of one question and one fault; then all is healed, everybody settles what they
    sent, and the files are audited. Violations are in the talk's history."""
    chance = random.Random(f"campaign {seed}")
    nemesis = Nemesis(talk.stage, network, chance, longest)
    await talk.begin(seats=people)
    robots = await talk.enter(people, network.url)
    for number in range(rounds):
        question = (WALK, WHY, MINUTES)[number % 3]
        await insist(talk, "send", item=question)
        await asyncio.gather(
            nemesis.strike(),
            *(answer(robot, question, random.Random(chance.random())) for robot in robots),
        )
    for robot in robots:
        await robot.come_back()
        await robot.resent()
    await insist(talk, "end")
    await talk.audit()
    return nemesis


async def crowd(talk: Talk, network: Proxy, people: int, seconds: float, seed: int) -> Nemesis:
    """So many people for so long, and a network that resets and freezes; whoever comes too late to
    the current question is a violation of I6. Then the files are audited."""
    chance = random.Random(f"crowd {seed}")
    nemesis = Nemesis(talk.stage, network, chance, longest=5.0, kinds=NETWORK)
    await talk.begin(seats=people)
    robots = await talk.enter(people, network.url)
    began, number = time.monotonic(), 0
    while time.monotonic() < began + seconds:
        question = (WALK, WHY, MINUTES)[number % 3]
        number += 1
        await insist(talk, "send", item=question)
        asked = time.monotonic()
        await asyncio.gather(
            nemesis.strike(),
            *(punctual(robot, question, asked, random.Random(chance.random())) for robot in robots),
        )
    try:
        async with asyncio.timeout(HEALED):
            await asyncio.gather(*(is_on(robot, question) for robot in robots))
    except TimeoutError:
        talk.history.broken("I6", f"not everybody is back {HEALED:.0f} s after the last fault")
    await asyncio.gather(*(robot.resent() for robot in robots))
    await insist(talk, "end")
    await talk.audit()
    return nemesis


async def punctual(robot: Robot, question: int, asked: float, chance: random.Random) -> None:
    """Be on the current question in time, then answer it."""
    await is_on(robot, question)
    late = time.monotonic() - max(asked, robot.welcomed_at)
    if late > CAUGHT_UP:
        robot.told.broken("I6", f"on question {question} after {late:.1f} s")
    await answer(robot, question, chance)


async def insist(talk: Talk, op: str, **fields: object) -> None:
    """A command, again and again while the server is away."""
    for _ in range(TRIES):
        with contextlib.suppress(httpx.TransportError):
            await talk.moderator.does(op, **fields)
            return
        await asyncio.sleep(0.1)
    raise TimeoutError(f"{op} was not done")


async def answer(robot: Robot, question: int, chance: random.Random) -> None:
    """Answer and change it a few times, through whatever happens, some of it twice."""
    await is_on(robot, question)
    for _ in range(CHANGES):
        await robot.answer(question, **_body(question, chance))
        await robot.resent()
        if chance.random() < RESENT:
            one = robot.mine[question]
            if {"base", "body"} <= one.keys():
                fields = {name: one[name] for name in ("aid", "base", "body")}
                await robot.send("answer", question=question, **fields)


async def is_on(robot: Robot, question: int) -> None:
    """Wait until this question is open on the robot's page, coming back where needed."""

    def holds() -> bool:
        return robot._welcomed and robot.items.get(question, {}).get("status") == "open"

    while not holds():
        await robot.come_back()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(1):
                await robot.until(holds)


def _body(question: int, chance: random.Random) -> Json:
    match question:
        case 2:
            return {"option": chance.randint(1, 2)}
        case 4:
            return {"number": chance.randint(0, 600)}
        case _:
            return {"text": f"Since {chance.randint(1, 10**9)}, I think."}
