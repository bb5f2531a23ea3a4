"""Elsewhere a mail server turned a link into capitals and a chat program into small letters, and it
opened nothing, or two codes that differed in case alone opened the same thing."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.async_api import expect

from tests.cases.crowd import joined, table
from tests.e2e.browsing import Browsing
from tests.e2e.site import Site
from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge

GUIDE = """\
items:
  - single_choice: Do you agree?
    options: ["Yes", "No"]
"""


def mixed(pid: str) -> str:
    """Every other letter as a capital."""
    return "".join(char.upper() if place % 2 else char for place, char in enumerate(pid))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "lower": str.lower,
    "upper": str.upper,
    "mixed": mixed,
    "the other way round": lambda pid: mixed(pid).swapcase(),
    "a capital first": str.capitalize,
    "with its name": lambda pid: f"PID={pid}",
    "with its name, both changed": lambda pid: f"Pid={pid.upper()}",
    "look-alikes": lambda pid: pid.upper().replace("0", "O").replace("1", "I"),
    "small look-alikes": lambda pid: pid.replace("0", "o").replace("1", "l"),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
async def test_in_whatever_case_it_is_one_participant_under_one_device_rule(
    edge: Edge, spelling: str
) -> None:
    talk = await edge.talk()
    said = SPELLINGS[spelling](talk.pids[0])
    browser = Browser(edge, talk, said)
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        assert (await line.answer(CHOICE, {"option": 1}))["t"] == "accepted"
    for other in (said, talk.pids[0], said.swapcase()):
        refused = await Browser(edge, talk, other).join()
        assert refused.json()["code"] == "other_device"
        again = Browser(edge, talk, other, device=browser.device)
        assert len((await again.join()).json()["welcome"]["mine"]) == 1
    rows = await table(edge, talk, "participant_data.csv?include=all")
    assert [(row["participant_id"], row["outcome"]) for row in rows] == [
        (talk.pids[0], "complete"),
        (talk.pids[1], "never_joined"),
        (talk.pids[2], "never_joined"),
    ]


async def test_no_two_links_are_equal_but_for_case_or_look_alikes(edge: Edge) -> None:
    talk = await edge.talk(most=5_000, do=())
    issued = [row["participant_id"] for row in await table(edge, talk, "links.csv")]
    alike = str.maketrans("oil", "011")
    assert len(issued) == len({pid.casefold().translate(alike) for pid in issued}) == 5_000
    assert all(pid == pid.lower() for pid in issued)


async def test_the_page_takes_the_name_and_the_number_in_any_case(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    base, _, pid = talk.links[0].partition("?pid=")
    phone = await browsing.join(f"{base}?PID={pid.upper()}")
    await expect(phone.get_by_role("heading", name="Do you agree?")).to_be_visible()
    for query in (f"pid={pid}", f"Pid={mixed(pid)}", f"pID={pid}&PID={pid.upper()}"):
        again = await browsing.visit(await phone.context.new_page(), f"{base}?{query}")
        await expect(again.get_by_role("heading", name="Do you agree?")).to_be_visible()
    rows = (await site.file(talk, "participant_data.csv")).splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == [pid]


async def test_the_same_holds_for_what_staff_type(edge: Edge) -> None:
    talk = await edge.talk()
    async with (await joined(edge, talk)).arrived():
        pass
    for spell in SPELLINGS.values():
        body = {"pid": spell(talk.pids[0])}
        explained = await edge.staff_post(f"conversations/{talk.slug}/explain", body)
        assert explained.json()["participant"] == 1
