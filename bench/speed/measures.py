"""What is measured, of one server at a time: fan-out, joins, memory, bursts, a live hour.

Nothing here compares: every function gives numbers as a dict, times in milliseconds, CPU time of
the server in microseconds for each message, join or answer.
"""

from __future__ import annotations

import json
import statistics
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from bench.speed.builds import Built
from bench.speed.load import Load, Reply
from bench.speed.machine import cpu_seconds, resident_kib
from bench.speed.servers import TRIGGER, Peer, Running, peer, turnout

Numbers = dict[str, float]
Transport = Literal["detached", "asgi"]

AT_ONCE = 64
"""Joins that are under way together."""
SETTLE = 0.02
"""Seconds in which a server ends what it began."""
WARM = 200
"""Participants who come first, so that what is made once is made."""
STAFF = 3
"""Screens: the moderator's, and two that look on."""


def fan_out_of_peer(name: Peer, built: Built, people: int, rounds: int) -> Numbers:
    """A question to everybody, several times."""
    with peer(name, built, people) as server, Load(built.load, server.target, people) as load:
        opened = load.open(people, AT_ONCE)
        load.rest(0.5)
        trigger = TRIGGER.get(name, "go")
        timed = [_timed(server, load, trigger, people) for _ in range(rounds + 1)]
        return _fanned(timed, people) | _joined(opened, people)


def admissions(name: Peer, built: Built, people: int) -> Numbers:
    """How fast a peer lets people in."""
    with peer(name, built, people) as server, Load(built.load, server.target, people) as load:
        before = cpu_seconds(server.pid)
        opened = load.open(people, AT_ONCE)
        used = cpu_seconds(server.pid) - before
        return _joined(opened, people) | {"cpu_us": used * 1e6 / people}


def crowd(
    transport: Transport, built: Built, people: int, rounds: int, bursts: int, spreads: int
) -> dict[str, Numbers]:
    """One conversation from the first join to the last answer: `joins`, `memory`, `fan_out`,
    `burst` (all answer at once), `spread` (within a second)."""
    with _conversation(transport, built, people) as (server, load):
        found: dict[str, Numbers] = {}
        load.open(WARM, AT_ONCE)
        load.rest(1)
        resident, before = resident_kib(server.pid), cpu_seconds(server.pid)
        opened = load.open(people - WARM, AT_ONCE)
        joins = (cpu_seconds(server.pid) - before) * 1e6 / (people - WARM)
        found["joins"] = _joined(opened, people - WARM) | {"cpu_us": joins}
        load.rest(2)
        each = (resident_kib(server.pid) - resident) / (people - WARM)
        found["memory"] = {"kib": each, "idle_cpu_percent": _idle(server, load)}
        load.staff(1)
        questions = iter(range(1, 1_000))
        timed = [_asked(server, load, next(questions), people) for _ in range(rounds + 1)]
        found["fan_out"] = _fanned(timed, people)
        for name, spread, times in (("burst", 0, bursts), ("spread", 1_000, spreads)):
            answered = [
                _answered(server, load, next(questions), people, spread) for _ in range(times)
            ]
            if answered:
                found[name] = _middle(answered)
        return found


def live_hour(built: Built, people: int, questions: int, seconds: float) -> Numbers:
    """A conversation in miniature: a question every so many seconds, nine in ten answer within the
    first second, three staff screens look on."""
    with _conversation("detached", built, people) as (server, load):
        load.open(people, AT_ONCE)
        load.staff(STAFF)
        load.rest(1)
        before, began = cpu_seconds(server.pid), time.monotonic()
        replies: list[Reply] = []
        for question in range(1, questions + 1):
            began_question = time.monotonic()
            load.answers(question, share=0.9, spread_ms=1_000, texts=question % 2 == 0)
            replies.append(load.ask(_command("send", question)))
            load.rest(max(0.05, seconds - (time.monotonic() - began_question)))
            load.tell(_command("close", question))
        wall, used = time.monotonic() - began, cpu_seconds(server.pid) - before
        answers = sum(reply["accepted"] for reply in replies)
        return {
            "answers": answers,
            "cpu_us_per_answer": used * 1e6 / answers,
            "cpu_percent": used / wall * 100,
            "seen_ms": statistics.median(reply["last_ms"] for reply in replies),
            "p50_ms": statistics.median(reply["p50_ms"] for reply in replies),
            "p99_ms": statistics.median(reply["p99_ms"] for reply in replies),
            "worst_ms": max(reply["max_ms"] for reply in replies),
        }


def open_conversations(built: Built, count: int) -> Numbers:
    """What a conversation takes up that somebody opened: memory, from 1 to `count` of them."""
    sizes = []
    for conversations in (1, count):
        with turnout("detached", 10, 30, conversations) as server:
            time.sleep(1)
            before = cpu_seconds(server.pid)
            time.sleep(2)
            idle = (cpu_seconds(server.pid) - before) / 2 * 100
            sizes.append(resident_kib(server.pid))
    return {"kib": (sizes[1] - sizes[0]) / max(1, count - 1), "idle_cpu_percent": idle}


@contextmanager
def _conversation(
    transport: Transport, built: Built, people: int
) -> Iterator[tuple[Running, Load]]:
    with (
        turnout(transport, people) as server,
        Load(built.load, server.target, people + STAFF) as load,
    ):
        yield server, load


def _command(op: str, item: int) -> str:
    return json.dumps({"t": "command", "cid": str(uuid.uuid4()), "op": op, "item": item})


def _timed(server: Running, load: Load, text: str, people: int) -> Reply:
    before = cpu_seconds(server.pid)
    reply = load.ask(text)
    time.sleep(SETTLE)
    reply["cpu_us"] = (cpu_seconds(server.pid) - before) * 1e6 / people
    return reply


def _asked(server: Running, load: Load, question: int, people: int) -> Reply:
    reply = _timed(server, load, _command("send", question), people)
    load.tell(_command("close", question))
    load.rest(0.1)
    return reply


def _answered(server: Running, load: Load, question: int, people: int, spread: int) -> Reply:
    load.answers(question, share=1, spread_ms=spread, texts=question % 2 == 0)
    reply = _asked(server, load, question, people)
    load.rest(1)
    return reply


def _fanned(timed: list[Reply], people: int) -> Numbers:
    """Of all rounds but the first, which warms up."""
    kept = timed[1:]
    return {
        "ms": statistics.median(one["last_ms"] for one in kept),
        "ms_least": min(one["last_ms"] for one in kept),
        "spread_ms": statistics.median(one["last_ms"] - one["first_ms"] for one in kept),
        "cpu_us": statistics.median(one["cpu_us"] for one in kept),
        "client_idle": statistics.median(one["idle"] for one in kept),
        "bytes": kept[0]["bytes"] / people,
    }


def _joined(opened: Reply, people: int) -> Numbers:
    return {
        "per_second": people / opened["seconds"],
        "join_p50_ms": opened["p50_ms"],
        "join_p99_ms": opened["p99_ms"],
        "client_idle_joins": opened["idle"],
    }


def _middle(replies: list[Reply]) -> Numbers:
    names = ("p50_ms", "p99_ms", "max_ms", "cpu_us", "idle")
    return {name: statistics.median(reply[name] for reply in replies) for name in names}


def _idle(server: Running, load: Load) -> float:
    before = cpu_seconds(server.pid)
    load.rest(3)
    return (cpu_seconds(server.pid) - before) / 3 * 100
