"""A guide with every type of question, and what a few people answer to it."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Callable

from turnout import wire
from turnout.rehearsal import Plan, make_plan

GUIDE = b"""\
title: A small talk
items:
  - message: Welcome.
  - single_choice: One?
    options: [Red, "Red|Blue", Green]
    other: true
  - multiple_choice: Several?
    options: [Bus, "Tram|Metro", Car, {exclusive: None of these}]
    other: true
  - open_text: Why?
  - number: How many?
    min: 0
    max: 100
    step: 0.5
  - scale: How much?
    min: 1
    max: 5
"""

HEADER = "participant,q1,q2,q3,q4,q5"
ANSWERS = f'''\
{HEADER}
ann,Red,Bus|Tram|Metro,"Because, I said
""so""",2.5,5
bob,Mauve,Car|on foot,=1+1,,3
cid,,,,,
dee,Red|Blue,None of these,你好,100,1
'''.encode()


def answers_of(robots: int) -> bytes:
    """An answers file with so many rows: the four people over and over."""
    header, *people = csv.reader(io.StringIO(ANSWERS.decode(), newline=""))
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(header)
    for robot in range(robots):
        name, *answers = people[robot % len(people)]
        writer.writerow((f"{name} {robot}", *answers))
    return text.getvalue().encode()


ITEMS = (
    wire.Item(2, "single_choice", 1, "One?", [wire.Choice("Red"), wire.Choice("Blue")], other=True),
    wire.Item(
        3,
        "multiple_choice",
        2,
        "Several?",
        [wire.Choice("Bus"), wire.Choice("Tram|Metro"), wire.Choice("None", exclusive=True)],
        other=True,
    ),
    wire.Item(4, "open_text", 3, "=Why?"),
    wire.Item(5, "number", 4, "How many?", min=0, max=100, step=0.5),
)


def a_plan(participants: int | None = None, faults: str = "", **more: object) -> Plan:
    """The plan of the small talk."""
    plan = make_plan(
        "guide.yaml",
        GUIDE,
        ANSWERS,
        participants=participants,
        faults=faults,
        **more,  # type: ignore[arg-type]
    )
    assert isinstance(plan, Plan), plan
    return plan


async def eventually(condition: Callable[[], bool]) -> None:
    """Wait until it holds; fails after ten seconds."""
    for _ in range(1000):
        if condition():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("it never came to hold")
