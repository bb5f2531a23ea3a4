"""The staff's doors to the links: who took them, whom they kept out, and the links as QR codes."""

from __future__ import annotations

import re
from typing import Any

import pytest
import segno

from tests.web.browser import Browser
from tests.web.edge import Edge, Talk
from tests.web.line import aid

RUN = re.compile(r"M(\d+) (\d+)h(\d+)v1h-(\d+)z")


async def table(edge: Edge, talk: Talk) -> dict[str, Any]:
    answer = (await edge.staff_get(f"conversations/{talk.slug}/links")).json()
    assert isinstance(answer, dict)
    return answer


async def codes(edge: Edge, talk: Talk, query: str = "") -> list[dict[str, Any]]:
    answer = await edge.staff_get(f"conversations/{talk.slug}/qr{query}")
    found: list[dict[str, Any]] = answer.json()["codes"]
    return found


async def test_a_link_tells_what_it_refused_also_after_somebody_joined_with_it(edge: Edge) -> None:
    talk = await edge.talk()
    first = Browser(edge, talk, talk.pids[0])
    assert (await first.join()).status_code == 200
    async with first.arrived():
        pass
    other = Browser(edge, talk, talk.pids[0])
    assert (await other.join()).json()["code"] == "other_device"
    await edge.command(talk, "remove", participant=1)
    lines = [
        (line["joined"], line["refused"], line["removed"])
        for line in (await table(edge, talk))["links"]
    ]
    assert lines == [(True, "other_device", True), (False, None, False), (False, None, False)]


async def test_it_is_known_when_the_links_were_downloaded(edge: Edge) -> None:
    talk = await edge.talk(do=())
    await edge.staff_get(f"conversations/{talk.slug}/files/links.csv")
    assert (await table(edge, talk))["taken_at"] is None  # a GET writes nothing
    assert (await edge.staff_post(f"conversations/{talk.slug}/links", {})).status_code == 200
    first = (await table(edge, talk))["taken_at"]
    assert 0 <= edge.clock() - first < 60_000
    edge.clock.advance(5_000)
    await edge.staff_post(f"conversations/{talk.slug}/links", {})
    assert (await table(edge, talk))["taken_at"] >= first + 5_000
    # Of another conversation it says nothing.
    assert (await table(edge, await edge.talk(do=())))["taken_at"] is None


async def test_it_is_known_when_links_were_added(edge: Edge) -> None:
    talk = await edge.talk(do=())
    settings = f"conversations/{talk.slug}/settings"
    await edge.staff_post(settings, {"cid": aid(), "duration": 30})
    assert (await table(edge, talk))["added_at"] is None
    await edge.staff_post(f"conversations/{talk.slug}/links", {})
    edge.clock.advance(5_000)
    more = {"cid": aid(), "max_participants": len(talk.pids) + 2}
    assert (await edge.staff_post(settings, more)).status_code == 200
    lines = await table(edge, talk)
    assert len(lines["links"]) == len(talk.pids) + 2
    assert lines["added_at"] >= lines["taken_at"] + 5_000


async def test_a_code_says_its_link_and_nothing_else(edge: Edge) -> None:
    talk = await edge.talk(do=())
    links = (await table(edge, talk))["links"]
    drawn = await codes(edge, talk, "?from=2&count=100")
    assert [code["number"] for code in drawn] == [2, 3]
    for code in drawn:
        wanted = segno.make(links[code["number"] - 1]["link"], error="m", micro=False)
        assert matrix(code) == [[bool(module) for module in row] for row in wanted.matrix]
    assert [code["number"] for code in await codes(edge, talk)] == [1]
    assert await codes(edge, talk, "?from=4") == []


async def test_the_single_link_has_a_code(edge: Edge) -> None:
    talk = await edge.talk(links="single", do=())
    (code,) = await codes(edge, talk, "?count=9")
    [link] = (await table(edge, talk))["links"]
    assert matrix(code) == [
        [bool(module) for module in row]
        for row in segno.make(link["link"], error="m", micro=False).matrix
    ]


@pytest.mark.parametrize("query", ["?from=0&count=0", "?from=one", "?from=-1"])
async def test_a_number_that_is_none_is_the_first(edge: Edge, query: str) -> None:
    talk = await edge.talk(do=())
    assert [code["number"] for code in await codes(edge, talk, query)] == [1]


def matrix(code: dict[str, Any]) -> list[list[bool]]:
    """The modules that the path darkens."""
    dark = [[False] * code["size"] for _ in range(code["size"])]
    end = 0
    for run in RUN.finditer(code["path"]):
        assert run.start() == end  # nothing else stands in it
        end = run.end()
        x, y, width, back = map(int, run.groups())
        assert width == back
        for module in range(x, x + width):
            dark[y][module] = True
    assert end == len(code["path"])
    return dark
