"""Elsewhere a panel sent its template as it was: everybody came with the same text in place of a
number, was taken for one and the same person, or saw a page of errors."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import expect

from tests.cases.crowd import joined, table
from tests.e2e.browsing import Browsing
from tests.e2e.site import Site
from tests.web.browser import Browser
from tests.web.edge import Edge
from tests.web.line import PATIENCE

GUIDE = """\
items:
  - single_choice: Do you agree?
    options: ["Yes", "No"]
"""
PLACEHOLDERS = [
    "{{%PROLIFIC_PID%}}",
    "{{%25PROLIFIC_PID%25}}",
    "%7B%7B%25PROLIFIC_PID%25%7D%7D",
    "{{pid}}",
    "${e://Field/pid}",
    "${pid}",
    "[ID]",
    "[[participant]]",
    "<pid>",
    "#{pid}",
    "%pid%",
    "%s",
    "__PID__",
    "$pid",
    "PID",
    "pid",
    "pid=",
    "undefined",
    "null",
    "None",
    "NaN",
    "0",
    "-1",
    "[object Object]",
    "",
    " ",
]
FOREIGN = "5f8a1b2c3d4e5f6a7b8c9d0e"
"""A number of some panel's own."""


@pytest.mark.parametrize("said", [*PLACEHOLDERS, FOREIGN, None])
async def test_a_template_is_nobody(own_edge: Edge, said: str | None) -> None:
    edge = own_edge
    talk = await edge.talk()
    before = edge.dump()
    body = {} if said is None else {"pid": said}
    checked = await edge.post(f"/api/c/{talk.slug}/check", body)
    tapped = await Browser(edge, talk, said).join()
    without_key = await Browser(edge, talk, said, keyless=True).join()
    for refused in (checked, tapped, without_key):
        assert (refused.status_code, refused.json()["code"]) == (400, "damaged")
        assert refused.json()["why"]
        assert "set-cookie" not in refused.headers
    assert edge.dump() == before


@pytest.mark.parametrize("said", [*PLACEHOLDERS, "%", "%zz", "%ff%fe", "%00", "%u0070"])
async def test_whatever_stands_in_the_address_the_page_is_the_page(edge: Edge, said: str) -> None:
    """Byte for byte as it was typed, wrong escapes included."""
    talk = await edge.standing()
    page = (await edge.get(f"/c/{talk.slug}")).content
    host, _, port = edge.address.removeprefix("http://").partition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    target = f"/c/{talk.slug}?pid={said.replace(' ', '+')}".encode("ascii")
    writer.write(b"GET " + target + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    answer = await asyncio.wait_for(reader.read(), PATIENCE)
    writer.close()
    await writer.wait_closed()
    assert answer.startswith(b"HTTP/1.1 200 OK\r\n")
    assert answer.endswith(page)


async def test_twenty_who_come_at_once_with_it_are_counted_and_nobody_is_made_of_them(
    own_edge: Edge,
) -> None:
    edge = own_edge
    talk = await edge.talk(most=30)
    door = f"/api/c/{talk.slug}/damaged"
    reported = await asyncio.gather(*(edge.post(door) for _ in range(20)))
    assert {response.status_code for response in reported} == {200}
    async with edge.console(talk) as screen:
        while (tally := await screen.next("tally")).get("damaged", 0) < 20:
            pass
        assert (tally["damaged"], tally["joined"], tally["people"]) == (20, 0, [])
    assert await table(edge, talk, "participant_data.csv") == []
    rows = await table(edge, talk, "participant_data.csv?include=all")
    assert {row["outcome"] for row in rows} == {"never_joined"}
    await joined(edge, talk)


async def test_people_see_a_page_that_says_whom_to_ask(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    base = talk.links[0].partition("?")[0]
    phone = await browsing.phone(base)
    for said in ("{{%PROLIFIC_PID%}}", "{{%25PROLIFIC_PID%25}}", "${e://Field/pid}", "null", ""):
        before = len(browsing.sent)
        await browsing.visit(phone, "about:blank")
        await browsing.visit(phone, f"{base}?pid={said}")
        await expect(phone.get_by_role("heading", name="This link is damaged")).to_be_visible()
        await expect(phone.get_by_text("ask the sender for it again")).to_be_visible()
        await expect(phone.get_by_role("button", name="Join")).to_have_count(0)
        posted = [sent.url for sent in browsing.sent[before:] if sent.method == "POST"]
        assert [url.rpartition("/")[2] for url in posted] == ["damaged"]
    for query in ("", f"?PROLIFIC_PID={FOREIGN}&STUDY_ID=1"):
        await browsing.visit(phone, "about:blank")
        await browsing.visit(phone, f"{base}{query}")
        await expect(phone.get_by_role("heading", name="Your link is incomplete")).to_be_visible()
        await expect(phone.get_by_text("or ask for it")).to_be_visible()
    assert not any(link["joined"] for link in await site.links(talk))
    assert len((await site.file(talk, "participant_data.csv")).splitlines()) == 1
