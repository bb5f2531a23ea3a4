from collections.abc import Callable

import httpx
import pytest

from turnout import wire
from turnout.rehearsal.device import Device
from turnout.rehearsal.door import Door, Link, http_client, read_link

LINK = Link("http://here", "talk", "p1")


def test_a_link_is_taken_apart() -> None:
    link = read_link(" https://talk.example.org:8443/c/talk?pid=p1 \n")
    assert link == Link("https://talk.example.org:8443", "talk", "p1")
    assert link.socket == "wss://talk.example.org:8443/ws/c/talk"
    assert link.api == "https://talk.example.org:8443/api/c/talk"
    assert read_link("http://x/c/talk") == Link("http://x", "talk", "")


def test_a_link_may_have_a_path_before_it() -> None:
    link = read_link("https://example.org/our/town/c/talk?pid=p1")
    assert link == Link("https://example.org", "talk", "p1", "/our/town")
    assert link.socket == "wss://example.org/our/town/ws/c/talk"
    assert link.api == "https://example.org/our/town/api/c/talk"


@pytest.mark.parametrize(
    "text",
    ["", "talk", "/c/talk?pid=p1", "http://x/c/", "http://x/d/talk", "http://x/townc/talk"],
)
def test_what_is_no_link_is_none(text: str) -> None:
    assert read_link(text) is None


def client(answer: Callable[[httpx.Request], httpx.Response]) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.MockTransport(answer))


@pytest.mark.parametrize("refusing", ["check", "nonce", "join"])
async def test_a_refusal_at_any_step_is_the_answer(refusing: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        what = request.url.path.rpartition("/")[2]
        if what == refusing:
            return httpx.Response(429, json={"code": "slow_down", "why": "x", "retry_ms": 5})
        good = wire.Ready(True, "live") if what == "check" else wire.Nonce("n", 60)
        return httpx.Response(200, content=wire.encode(good))

    async with client(answer) as http:
        refused = await Door(http).join(LINK, Device())
    assert refused == wire.Refusal("slow_down", "x", 5)


async def test_a_refusal_without_a_body_is_told_by_its_status() -> None:
    async with client(lambda request: httpx.Response(502, text="Bad gateway")) as http:
        refused = await Door(http).join(LINK, Device())
    assert refused == wire.Refusal("unreadable", "HTTP 502 without a reason")


async def test_a_cookie_belongs_to_one_device_only() -> None:
    seen: list[str | None] = []
    welcome = wire.Welcome("e", 1, [], wire.Progress(0, 0, None), 25_000, 0, wire.Limits(1, 1, 1))

    def answer(request: httpx.Request) -> httpx.Response:
        what = request.url.path.rpartition("/")[2]
        if what == "join":
            seen.append(request.headers.get("cookie"))
        good = {"check": wire.Ready(True, "live"), "nonce": wire.Nonce("n", 60)}
        body = good.get(what, wire.Joined("key", welcome))
        headers = {"set-cookie": "seat=1; HttpOnly; Path=/"} if what == "join" else {}
        return httpx.Response(200, content=wire.encode(body), headers=headers)

    http = http_client()
    http._transport = httpx.MockTransport(answer)
    async with http:
        door, first = Door(http), Device()
        await door.join(LINK, first)
        await door.join(LINK, Device())
        await door.join(LINK, first)
    assert first.cookie == "seat=1"
    assert seen == [None, None, "seat=1"]
