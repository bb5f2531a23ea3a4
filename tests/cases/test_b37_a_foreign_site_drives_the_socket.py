"""Elsewhere the upgrade to a socket was accepted whatever page asked for it, so a hostile page
acted with the cookies of whoever visited it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from websockets.exceptions import InvalidStatus

from tests.cases.crowd import joined
from tests.web.browser import Browser
from tests.web.edge import Edge, Talk
from tests.web.line import aid
from turnout.web.below import Below
from turnout.web.pages import SecurityHeaders

HOST = "talk.example.org"
FOREIGN = (
    "https://evil.example",
    "null",
    None,
    "",
    f"http://{HOST}",
    f"https://{HOST}.evil.example",
    f"https://evil-{HOST}",
    f"https://{HOST}:8443",
    f"https://{HOST}/",
    f"https://{HOST}/town",
    f"https://user@{HOST}",
    f"https://{HOST}, https://evil.example",
    "https://example.org",
    "*",
)
FORWARDED: tuple[dict[str, str], ...] = (
    {},
    {"X-Forwarded-Host": "evil.example", "X-Forwarded-Proto": "https"},
    {"Forwarded": "host=evil.example;proto=https"},
    {"Host": "evil.example"},
)


def doors_that_change(edge: Edge, talk: Talk) -> Iterator[str]:
    """Every address that takes a POST, from the server's own table."""
    app = edge.turnout.app
    assert isinstance(app, SecurityHeaders)
    below = app._app
    assert isinstance(below, Below)
    starlette = below._app  # the table itself, so that no door is forgotten
    assert isinstance(starlette, Starlette)
    for route in starlette.routes:
        if isinstance(route, Route) and "POST" in (route.methods or ()):
            yield route.path.replace("{slug}", talk.slug).replace("{id:int}", "1")


@pytest.mark.parametrize("origin", FOREIGN)
async def test_no_socket_opens_for_a_page_that_is_not_ours(
    public_edge: Edge, origin: str | None
) -> None:
    talk = await public_edge.talk()
    browser = await joined(public_edge, talk)
    owner = await public_edge.staff("owner")
    cookie = f"turnout-{talk.slug}={browser.device.cookie}; {owner}"
    for path in (f"/ws/c/{talk.slug}", f"/ws/console/{talk.slug}"):
        with pytest.raises(InvalidStatus) as raised:
            async with public_edge.socket(path, origin=origin, cookie=cookie):
                pass
        assert raised.value.response.status_code == 403


@pytest.mark.parametrize("origin", FOREIGN)
async def test_no_door_changes_anything_for_a_page_that_is_not_ours(
    public_edge: Edge, origin: str | None
) -> None:
    talk = await public_edge.talk()
    cookie = await public_edge.staff("owner")
    before = public_edge.dump()
    doors = list(doors_that_change(public_edge, talk))
    assert len(doors) > 15
    for door in doors:
        for headers in FORWARDED:
            body = {"cid": aid(), "op": "end", "role": "owner", "title": "Streets & <squares>"}
            refused = await public_edge.post(
                door, body, origin=origin, cookie=cookie, headers=headers
            )
            assert refused.status_code in (401, 403), (door, headers, refused.text)
            assert refused.json()["code"] in ("origin", "signed_out")
    assert public_edge.dump() == before


@pytest.mark.parametrize("forwarded", FORWARDED)
async def test_our_own_page_works_behind_a_proxy_whatever_that_says(
    public_edge: Edge, forwarded: dict[str, str]
) -> None:
    talk = await public_edge.talk()
    cookie = await public_edge.staff("moderator")
    path = f"/api/console/conversations/{talk.slug}/command"
    body = {"cid": aid(), "op": "next"}
    done = await public_edge.post(path, body, cookie=cookie, headers=forwarded)
    assert done.status_code == 200
    browser = await joined(public_edge, talk)
    async with browser.arrived() as line, public_edge.console(talk, cookie=cookie) as screen:
        assert await line.beat() > 0
        assert (await screen.next("welcome"))["role"] == "moderator"


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example"])
async def test_without_a_page_of_ours_it_takes_the_token(edge: Edge, origin: str | None) -> None:
    talk = await edge.talk()
    token = edge.turnout.token
    path = f"/api/console/conversations/{talk.slug}/command"
    for said, expected in ((token, 200), (f"{token}x", 401), ("", 401)):
        body = {"cid": aid(), "op": "next"}
        response = await edge.post(path, body, origin=origin, token=said)
        assert response.status_code == expected
    async with edge.socket(f"/ws/console/{talk.slug}", origin=origin, token=token) as screen:
        await screen.send({"t": "hello"})
        await screen.next("welcome")


async def test_without_a_public_address_only_the_very_host_of_the_request_is_ours(
    edge: Edge,
) -> None:
    talk = await edge.talk()
    port = edge.origin.rpartition(":")[2]
    for origin in (
        f"https://127.0.0.1:{port}",
        f"http://localhost:{port}",
        "http://127.0.0.1",
        f"http://127.0.0.1:{port}.evil.example",
    ):
        refused = await edge.post(f"/api/c/{talk.slug}/nonce", origin=origin)
        assert (refused.status_code, refused.json()["code"]) == (403, "origin")
    assert (await Browser(edge, talk, talk.pids[0]).join()).status_code == 200


async def test_no_other_site_may_read_an_answer_or_is_sent_a_cookie(public_edge: Edge) -> None:
    talk = await public_edge.talk()
    cookie = await public_edge.staff("owner")
    one = f"/api/console/conversations/{talk.slug}"
    paths = ("/api/console/me", one, f"{one}/links", f"{one}/files/links.csv", f"/c/{talk.slug}")
    for path in paths:
        for method in ("GET", "OPTIONS"):
            answer = await public_edge.request(
                method, path, origin="https://evil.example", cookie=cookie
            )
            assert not [name for name in answer.headers if name.startswith("access-control-")]
