"""Elsewhere the markup in an answer ran when the teacher opened the report: what one person writes
must never act in the browser of another."""

from __future__ import annotations

from collections.abc import AsyncIterator
from urllib.parse import quote, urlsplit

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import Page, expect

from tests.cases.crowd import download, joined, table
from tests.e2e.browsing import Browsing
from tests.web.edge import Edge
from turnout.domain.guide import Item, Message, OpenText, Option, SingleChoice

HOSTILE = (
    '<img src="/stolen" onerror="alert(1)">',
    "<svg/onload=alert(2)>",
    '"><script>alert(3)</script>',
    "javascript:alert(4)//'\"`",
    "{{7*7}} ${7*7} #{7*7} <%= 7*7 %>",
    "</textarea></title></style><script>alert(5)</script>",
    '"}]}</script><script>alert(6)</script>',
    '<a href="javascript:alert(7)" onmouseover=alert(7)>tap</a>',
    '<iframe srcdoc="<script>alert(8)</script>"></iframe>',
    "<math><mtext></mtext><img src=/stolen onerror=alert(9)></math>",
    "&lt;b&gt;&#x3c;script&#x3e; \\u003cscript\\u003e",
    "<!--><base href=/stolen/><style>*{display:none}</style>-->",
)
IMAGE, SVG, SCRIPT = HOSTILE[:3]
ITEMS = (
    Item(1, f"Welcome {SVG}", Message(), section=SCRIPT, notes=IMAGE),
    Item(2, f"Why? {SCRIPT}", OpenText(), section=IMAGE),
    Item(3, f"Which? {IMAGE}", SingleChoice((Option(SCRIPT), Option(SVG)), other=True)),
)
TITLE = f"Streets {IMAGE}"


@pytest.fixture
async def desks(browser: Chromium, own_edge: Edge) -> AsyncIterator[Browsing]:
    """Profiles that visit the server in this process; a dialog, an error or a refused script on
    any page, and a request to elsewhere, fail the test at its end."""
    name, _, value = (await own_edge.staff("owner")).partition("=")
    browsing = Browsing(browser, own_edge.address, {name: value}, expected="status of 40[04]")
    yield browsing
    await browsing.finish()


async def test_whatever_people_write_is_text_on_every_screen(
    own_edge: Edge, desks: Browsing
) -> None:
    edge = own_edge
    talk = await edge.talk(
        most=len(HOSTILE) + 1, items=ITEMS, title=TITLE, do=("publish", "start", "next", "next")
    )
    desk = await desks.desk(f"/console/{talk.slug}")
    for place, text in enumerate(HOSTILE):
        async with (await joined(edge, talk, place)).arrived() as line:
            assert (await line.answer(2, {"text": text}))["t"] == "accepted"
    for text in HOSTILE:
        await expect(desk.get_by_text(text, exact=True).first).to_be_visible()
    await expect(desk.get_by_role("heading", name=f"Why? {SCRIPT}")).to_be_visible()

    phone = await desks.phone(f"{edge.address}/c/{talk.slug}?pid={talk.pids[-1]}")
    await expect(phone.get_by_text(TITLE)).to_be_visible()
    await phone.get_by_role("button", name="Join").click()
    await edge.command(talk, "next")
    await expect(phone.get_by_role("heading", name=f"Which? {IMAGE}")).to_be_visible()
    for option in (SCRIPT, SVG):
        await expect(phone.get_by_text(option, exact=True)).to_be_visible()
    await harmless(phone, desk)

    await edge.command(talk, "end")
    await expect(desk.get_by_text("participant_data.csv")).to_be_visible()
    await harmless(phone, desk)
    await desks.visit(desk, f"{edge.address}/console")
    await expect(desk.get_by_text(TITLE)).to_be_visible()
    await harmless(desk)
    assert not [sent.url for sent in desks.sent if "stolen" in urlsplit(sent.url).path]
    rows = await table(edge, talk, "answers.csv")
    assert {row["answer"] for row in rows} == set(HOSTILE)  # byte for byte; none needs the guard


async def harmless(*pages: Page) -> None:
    """Nothing that somebody wrote has become an element."""
    for page in pages:
        made = page.locator("script:not([src]), iframe, math, base, [onerror], [onmouseover]")
        assert await made.count() == 0
        assert await page.locator("img[src='/stolen'], a[href^='javascript']").count() == 0


async def test_what_stands_in_a_link_is_text_or_nothing_on_the_page(
    own_edge: Edge, desks: Browsing
) -> None:
    talk = await own_edge.talk()
    for text in HOSTILE[:4]:
        address = f"{own_edge.address}/c/{talk.slug}?pid={quote(text)}#{quote(text)}"
        phone = await desks.phone(address)
        await expect(phone.get_by_role("heading", name="This link is damaged")).to_be_visible()
        await harmless(phone)
    assert not [sent.url for sent in desks.sent if "stolen" in urlsplit(sent.url).path]


@pytest.mark.parametrize("text", HOSTILE)
async def test_no_page_and_no_refusal_repeats_as_html_what_a_request_says(
    edge: Edge, text: str
) -> None:
    talk = await edge.talk()
    said = {"User-Agent": text.encode("ascii", "replace").decode(), "Referer": "/" + quote(text)}
    one = f"/api/console/conversations/{talk.slug}"
    for path in (
        f"/c/{talk.slug}?pid={quote(text)}",
        f"/c/{quote(text, safe='')}",
        f"/{quote(text, safe='')}",
        f"/static/{quote(text, safe='')}",
        f"/api/c/{quote(text, safe='')}",
        f"/console/{quote(text, safe='')}",
        f"{one}/files/{quote(text, safe='')}",
        f"{one}/files/answers.csv?bom={quote(text)}",
    ):
        answer = await edge.get(path, token=edge.turnout.token, headers=said)
        assert text not in answer.text, path
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
    joining = {"pid": text, "attempt": "0" * 32}
    answer = await edge.post(f"/api/c/{talk.slug}/join", joining, headers=said)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/json"


async def test_no_file_is_a_page(edge: Edge) -> None:
    """A file that a browser would show as a page could run what stands in it."""
    talk = await edge.talk(items=ITEMS, title=TITLE, do=("publish", "start", "next", "next"))
    async with (await joined(edge, talk)).arrived() as line:
        await line.answer(2, {"text": SCRIPT})
    for name in ("links.csv", "participant_data.csv", "answers.csv", "questions.csv", "data.json"):
        file = await download(edge, talk, name)
        assert file.headers["content-disposition"].startswith("attachment; ")
        assert "html" not in file.headers["content-type"]
        assert "<" not in file.headers["content-disposition"]


async def test_no_script_can_read_who_somebody_is(own_edge: Edge) -> None:
    secret = await own_edge.turnout.sign_in.first_run_secret()
    body = {"secret": secret, "name": "Ada", "password": "correct horse battery"}
    cookies = [(await own_edge.post("/api/console/first-run", body)).headers["set-cookie"]]
    body = {"name": "Ada", "password": "correct horse battery"}
    cookies.append((await own_edge.post("/api/console/sign-in", body)).headers["set-cookie"])
    talk = await own_edge.talk()
    browser = await joined(own_edge, talk)
    cookies.append((await browser.join()).headers["set-cookie"])
    for cookie in cookies:
        assert "; httponly" in cookie.lower()
        assert "; samesite=" in cookie.lower()
