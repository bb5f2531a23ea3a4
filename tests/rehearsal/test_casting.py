"""Robots for links, and what they will answer when."""

import random

import httpx
import pytest

from tests.rehearsal.examples import a_plan
from turnout import wire
from turnout.rehearsal.casting import Cast, expected_answers, in_flex, make_cast
from turnout.rehearsal.door import Door
from turnout.rehearsal.house import House
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.script import Script
from turnout.rehearsal.staff import RehearsalFailed

LINKS = "participant_id,link\r\n" + "".join(
    f"p{n},http://here/c/talk?pid=p{n}\r\n" for n in range(1, 5)
)


async def cast_of(links: str, faults: str = "") -> Cast:
    house = House(Ledger(lambda: 0.0), Door(httpx.AsyncClient()))
    return make_cast(a_plan(faults=faults), links.encode(), house)


async def test_links_and_scripts_go_together_in_order() -> None:
    cast = await cast_of(LINKS)
    assert [(actor.robot.row, actor.robot.link.pid) for actor in cast] == [
        ("ann", "p1"),
        ("bob", "p2"),
        ("cid", "p3"),
        ("dee", "p4"),
    ]
    assert expected_answers(cast) == {1: 3, 2: 3, 3: 3, 4: 2, 5: 3}


async def test_nobody_waits_for_who_is_late_or_away() -> None:
    cast = await cast_of(LINKS, "flex=1,late=3")
    for actor in cast:
        expected = {n for n in actor.script.answers if actor.part.is_there(n)} - actor.part.late
        assert {n for n in range(1, 6) if actor.answers(n)} == expected
    assert sum(expected_answers(cast).values()) < 14


@pytest.mark.parametrize(
    ("links", "why"),
    [
        (LINKS.rpartition("p4,")[0], "3 links for 4 robots"),
        (LINKS.replace("/c/talk?pid=p2", ""), "Row 3 of links.csv holds no link"),
    ],
)
async def test_a_links_file_that_is_not_right_ends_it(links: str, why: str) -> None:
    with pytest.raises(RehearsalFailed, match=why):
        await cast_of(links)


def test_in_flex_one_answer_follows_the_other() -> None:
    body = wire.Body(text="x")
    answer = in_flex(Script("a", {1: body, 3: body}), random.Random(1))
    first, nothing, second = (answer(wire.Item(n, "open_text", n, "?")) for n in (1, 2, 3))
    assert nothing is None
    assert first is not None
    assert second is not None
    assert second[1] == 2 * first[1] > 0
