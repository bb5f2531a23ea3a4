"""A public address with a path: everything stands below it, whether or not a proxy passes the path
on, and whatever a request says."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from starlette.routing import Mount, Route, WebSocketRoute

from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge, running
from turnout.settings import DOORS
from turnout.web.below import door
from turnout.web.pages import STATIC, placed

BASE = "/our/town"
PUBLIC = f"https://talk.example.org{BASE}"
FORGED = {
    "X-Forwarded-Prefix": "/evil",
    "X-Script-Name": "/evil",
    "X-Forwarded-Host": "evil.example",
    "Host": "evil.example",
}
ADDRESSES = re.compile(r'(?:src|href)="([^"]+)"')


@pytest.fixture(scope="module")
async def below(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Edge]:
    """A server whose public address has a path."""
    async with running(tmp_path_factory.mktemp("below"), public=PUBLIC) as edge:
        yield edge


@pytest.mark.parametrize(
    ("path", "base", "known"),
    [
        ("/c/x", "", "/c/x"),
        ("/", "", "/"),
        ("/c/x/", "", "/c/x"),
        ("/town/c/x", "/town", "/c/x"),
        ("/c/x", "/town", "/c/x"),
        ("/town", "/town", "/"),
        ("/town/", "/town", "/"),
        ("/town//", "/town", "/"),
        ("/townhall/c/x", "/town", "/townhall/c/x"),
        ("/town/town/c/x", "/town", "/town/c/x"),
        ("/c/x/town/", "/town", "/c/x/town"),
    ],
)
def test_a_path_is_read_with_and_without_what_stands_before(
    path: str, base: str, known: str
) -> None:
    assert door(path, base) == known


def test_the_settings_know_what_doors_begin_with(edge: Edge) -> None:
    site = edge.turnout.app
    while not hasattr(site, "routes"):
        site = site._app  # type: ignore[attr-defined]
    paths = [
        route.path for route in site.routes if isinstance(route, (Mount, Route, WebSocketRoute))
    ]
    assert len(paths) == len(site.routes)
    assert {path.split("/")[1] for path in paths} - {""} == DOORS


@pytest.mark.parametrize("page", ["index.html", "console.html"])
def test_every_file_of_a_page_is_placed(page: str) -> None:
    built = (STATIC / page).read_text("utf-8")
    for base in ("", BASE):
        text = placed(built, base)
        ours = [address for address in ADDRESSES.findall(text) if not address.startswith("data:")]
        assert len(ours) >= 3
        for address in ours:
            assert address.startswith(f"{base}/static/")
            assert (STATIC / address.removeprefix(f"{base}/static/")).is_file()
        assert f'<html lang="en" data-base="{base}">' in text


@pytest.mark.parametrize("passed", [BASE, ""], ids=["passed on", "cut off"])
async def test_pages_lead_below_the_path(below: Edge, passed: str) -> None:
    talk = await below.talk()
    for path in (f"/c/{talk.slug}", f"/c/{talk.slug}/", "/console", "/console/a/links"):
        page = await below.get(f"{passed}{path}?pid={talk.pids[0]}", headers=FORGED)
        assert page.status_code == 200
        assert "evil" not in page.text
        for address in ADDRESSES.findall(page.text):
            if not address.startswith("data:"):
                assert (await below.get(address)).status_code == 200
                assert (await below.get(address.removeprefix(BASE))).status_code == 200
    for path in ("/", "") if passed else ("/",):
        front = await below.get(f"{passed}{path}", headers=FORGED)
        assert (front.status_code, front.headers["location"]) == (307, f"{BASE}/console")
    for path in ("/healthz", "/readyz"):
        assert (await below.get(f"{passed}{path}")).status_code == 200
    for path in ("/nowhere", "/static/nowhere.js", "/static/../pages.py", "/console-2"):
        assert (await below.get(f"{passed}{path}")).status_code == 404
    assert (await below.get(f"{BASE}{BASE}/healthz")).status_code == 404


async def test_the_page_is_the_same_for_every_link_and_request(below: Edge) -> None:
    talk = await below.talk()
    queries = ["", f"?pid={talk.pids[0]}", f"?pid={talk.pids[1]}", "?pid=nonsense", "?pid="]
    joined = Browser(below, talk, talk.pids[1])
    assert (await joined.join()).status_code == 200
    answers = [
        await below.get(f"{passed}/c/{slug}{query}", headers=headers)
        for passed in (BASE, "")
        for slug in (talk.slug, "nothing-here")
        for query in queries
        for headers in ({}, FORGED)
    ]
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
    assert "set-cookie" not in answers[0].headers


@pytest.mark.parametrize("passed", [BASE, ""], ids=["passed on", "cut off"])
async def test_a_participant_joins_and_answers(below: Edge, passed: str) -> None:
    talk = await below.talk()
    browser = Browser(below, talk, talk.pids[0])
    body = {
        "attempt": browser.device.attempt,
        "pid": browser.pid,
        "proof": browser.proof("join", await browser.nonce()),
    }
    response = await below.post(f"{passed}/api/c/{talk.slug}/join", body)
    assert response.status_code == 200
    assert f"; Path={BASE};" in response.headers["set-cookie"]
    browser.device.cookie = response.cookies[f"turnout-{talk.slug}"]
    cookie = f"turnout-{talk.slug}={browser.device.cookie}"
    async with below.socket(f"{passed}/ws/c/{talk.slug}", cookie=cookie) as line:
        await browser.hello(line)
        await line.next("welcome")
        assert (await line.answer(CHOICE, {"option": 1}))["t"] == "accepted"


async def test_staff_are_signed_in_below_the_path_alone(tmp_path: Path) -> None:
    async with running(tmp_path, public=PUBLIC) as edge:
        secret = await edge.turnout.sign_in.first_run_secret()
        body = {"secret": secret, "name": "Amara", "password": "a long enough password"}
        response = await edge.post(f"{BASE}/api/console/first-run", body)
        assert f"; Path={BASE};" in response.headers["set-cookie"]
        own = f"turnout-staff={response.cookies['turnout-staff']}"
        # Browsers send the cookie of the longest path first; the other one is the whole host's.
        for sent in (own, f"{own}; turnout-staff=above", f"other=1; {own};turnout-staff="):
            assert (await edge.get(f"{BASE}/api/console/me", cookie=sent)).status_code == 200
        above = f"turnout-staff=above; {own}"
        assert (await edge.get(f"{BASE}/api/console/me", cookie=above)).status_code == 401
        talk = await edge.talk()
        async with edge.socket(f"{BASE}/ws/console/{talk.slug}", cookie=own) as line:
            await line.send({"t": "hello"})
            await line.next("welcome")
        out = await edge.post(f"{BASE}/api/console/sign-out", cookie=own)
        assert f"; Path={BASE};" in out.headers["set-cookie"]
        assert (await edge.get(f"{BASE}/api/console/me", cookie=own)).status_code == 401
