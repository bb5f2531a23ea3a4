"""Elsewhere the full stop that ended a sentence became part of the link, or a blank that nobody
sees came along with a copied code, and the person was told that there is no such link."""

from __future__ import annotations

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
BEHIND = [".", ",", ")", ">", '"', "'", ";", ":", "!", "?", "]", "}", "*", "_", "\\", "/", "|"]
TYPESET = ["\u2019", "\u201d", "\u00bb", "\u3002", "\uff09", "\u2026", "\u300d", "\u2013"]
BLANKS = [" ", "\n", "\r\n", "\t", "\u00a0", "\u3000", "\u202f"]
INVISIBLE = ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad", "\u200e", "\u202c", "\0"]
ENCODED = ["%22", "%20", "%0A", "%0D%0A", "%E2%80%8B", "%C2%A0", "%EF%BB%BF", "%2E", "%253E"]
AROUND = ["<{}>", "({}).", "\u201c{}\u201d", "\u00ab\u00a0{}\u00a0\u00bb", "**{}**", "`{}`"]
LOST = ["{}x", "x{}", "{}{}", "{}=20", "p{}", "{}-1"]


def glued(pid: str) -> list[str]:
    """What stands behind, before and around it; and within, where a line was broken."""
    strange = [*BEHIND, *TYPESET, *BLANKS, *INVISIBLE, *ENCODED]
    spelt = [pid + one for one in strange] + [one + pid for one in strange]
    spelt += [pid[:9] + one + pid[9:] for one in BLANKS + INVISIBLE]
    spelt += [around.format(pid) for around in AROUND]
    wide = str.maketrans({chr(n): chr(n + 0xFEE0) for n in range(0x21, 0x7F)})
    return [*spelt, pid.translate(wide), f"\ufeff {pid.translate(wide)}\u3002 "]


async def test_whatever_was_glued_to_a_link_it_is_the_same_link(own_edge: Edge) -> None:
    edge = own_edge
    talk = await edge.talk()
    owner = await joined(edge, talk)
    async with owner.arrived() as line:
        assert (await line.answer(CHOICE, {"option": 1}))["t"] == "accepted"
    for said in glued(talk.pids[0]):
        checked = await edge.post(f"/api/c/{talk.slug}/check", {"pid": said})
        assert checked.status_code == 200, said
        again = Browser(edge, talk, said, device=owner.device)
        async with again.open() as line:
            await again.hello(line)
            assert len((await line.next("welcome"))["mine"]) == 1, said
    rows = await table(edge, talk, "participant_data.csv")
    assert [row["participant_id"] for row in rows] == [talk.pids[0]]


@pytest.mark.parametrize("glue", ["{}.", "\u200b{}", "<{}>", "{}%C2%A0", " {}\n"])
async def test_a_first_join_with_it_counts_for_the_link_as_it_was_sent(
    edge: Edge, glue: str
) -> None:
    talk = await edge.talk()
    browser = Browser(edge, talk, glue.format(talk.pids[0]))
    assert (await browser.join()).status_code == 200
    async with browser.arrived():
        other = await Browser(edge, talk, talk.pids[0]).join()
        assert other.json()["code"] == "other_device"
    rows = await table(edge, talk, "participant_data.csv")
    assert [row["participant_id"] for row in rows] == [talk.pids[0]]


async def test_what_can_not_be_mended_is_called_damaged_and_nobody_joins(own_edge: Edge) -> None:
    edge = own_edge
    talk = await edge.talk()
    before = edge.dump()
    pid = talk.pids[0]
    for said in [lost.format(pid, pid) for lost in LOST] + [pid[:-1], pid[1:], pid[0], ""]:
        response = await Browser(edge, talk, said).join()
        assert (response.status_code, response.json()["code"]) == (400, "damaged"), said
        assert "original message" in response.json()["why"]
    assert edge.dump() == before


async def test_the_page_reads_an_address_as_kindly(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("Yes").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    base, _, pid = talk.links[0].partition("?pid=")
    wide = "".join(f"%EF%BC%{0x90 + ord(c) - 0x30:02X}" if c.isdigit() else c for c in pid)
    behind = [".", ",", ")", "%3E", "%22", "%0A", "%E2%80%8B", "%C2%A0", "%EF%BB%BF", "&utm=x"]
    for spelt in [*(pid + one for one in behind), f"%20{pid}", f"+{pid}+", wide]:
        again = await phone.context.new_page()
        await browsing.visit(again, f"{base}?pid={spelt}")
        await expect(again.get_by_label("Yes")).to_be_checked()
        await again.close()
    rows = (await site.file(talk, "participant_data.csv")).splitlines()[1:]
    assert [row.split(",")[0] for row in rows] == [pid]
