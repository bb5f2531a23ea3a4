"""Requests whose bodies make no sense, at every door that takes one: refused in words, never an
error of the server's, and nothing is logged; also where the line breaks in the middle."""

from __future__ import annotations

import asyncio
import json
import random

import pytest

from tests.hostile.corpus import DOCUMENTS, VALUES
from tests.hostile.doors import bodies
from tests.web.edge import Edge, Talk

ALL_OPTIONAL = ("/duplicate", "/accounts/999999")
"""Doors that take an empty object too."""


async def sent(edge: Edge, path: str, content: bytes, cookie: str) -> int:
    """The status."""
    headers = {"Content-Type": "application/json"}
    response = await edge.request("POST", path, content=content, cookie=cookie, headers=headers)
    assert response.status_code < 500, (path, content[:200], response.text)
    if response.status_code >= 400:
        assert response.json()["why"], (path, content[:200])
    return response.status_code


@pytest.fixture
async def owner(edge: Edge) -> str:
    return await edge.staff("owner")


async def test_what_is_no_json_is_refused_at_every_door(edge: Edge, owner: str) -> None:
    talk = await edge.talk(do=())
    for path in bodies(talk):
        for content in DOCUMENTS:
            status = await sent(edge, path, content, owner)
            if not path.endswith(ALL_OPTIONAL):
                assert status in (400, 422, 429), (path, content[:80])


async def test_an_odd_value_in_any_field_is_a_refusal_or_a_value(edge: Edge, owner: str) -> None:
    """Some odd values, by chance, in every field of every door."""
    talk = await edge.talk(do=("publish",))
    chance = random.Random(6)
    for path, body in bodies(talk).items():
        for name in body:
            for odd in chance.sample(VALUES, 4):
                fields = [
                    f"{json.dumps(other)}:{odd if other == name else json.dumps(value)}"
                    for other, value in body.items()
                ]
                content = "{" + ",".join(fields) + "}"
                await sent(edge, path, content.encode("utf-8", "surrogatepass"), owner)
    assert (await edge.staff_get("conversations")).status_code == 200
    assert (await edge.staff_get(f"conversations/{talk.slug}/files/data.json")).status_code == 200


async def test_no_text_that_a_database_could_choke_on_is_taken(edge: Edge, owner: str) -> None:
    """NUL and lone surrogates are refused alike, in whatever field of whatever door."""
    talk = await edge.talk(do=())
    one = f"/api/console/conversations/{talk.slug}"
    unkept = ("data", "secret", "proof", "pid")
    for path, body in bodies(talk).items():
        for name, value in body.items():
            if isinstance(value, str) and name not in unkept and not path.endswith("/check"):
                for odd in ('"a\\u0000b"', '"a\\ud800b"', '"\\udfff"'):
                    text = json.dumps(body | {name: "ODD"}).replace('"ODD"', odd)
                    status = await sent(edge, path, text.encode(), owner)
                    assert 400 <= status < 500, (path, name, odd)
    settings = b'{"cid":"00000000-0000-4000-8000-00000000000b","title":"a\\u0000b"}'
    assert await sent(edge, f"{one}/settings", settings, owner) == 422


@pytest.mark.parametrize("size", [65_537, 8 * 1024 * 1024 + 1])
async def test_a_body_that_is_too_large_is_refused_at_every_door(
    edge: Edge, owner: str, size: int
) -> None:
    talk = await edge.talk(do=())
    large = b'{"x":"' + b"y" * size + b'"}'
    uploads = {"guides/check", "conversations", "guide"}
    for path in bodies(talk):
        if size < 100_000 and (
            path.endswith("/guide") or path.removeprefix("/api/console/") in uploads
        ):
            continue
        if path in ("/api/console/guides/check", f"/api/c/{talk.slug}/join") or size < 100_000:
            assert await sent(edge, path, large, owner) in (404, 413, 429), path


async def test_a_request_that_breaks_off_is_nobodys_error(
    own_edge: Edge, caplog: pytest.LogCaptureFixture
) -> None:
    edge = own_edge
    talk = await edge.talk(do=("publish",))
    owner = await edge.staff("owner")
    before = edge.dump()
    host, _, port = edge.address.removeprefix("http://").rpartition(":")
    for path, body in bodies(talk).items():
        content = json.dumps(body).encode()
        for said in (b"", content[: len(content) // 2], content):
            _, writer = await asyncio.open_connection(host, int(port))
            writer.write(
                f"POST {path} HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {edge.origin}\r\n"
                f"Cookie: {owner}\r\nContent-Length: {len(content) + 1}\r\n\r\n".encode()
            )
            writer.write(said)
            await writer.drain()
            await asyncio.sleep(0.005)
            writer.transport.abort()
    while edge.server.server_state.tasks or len(edge.server.server_state.connections) > 1:
        await asyncio.sleep(0.01)
    assert [record.getMessage() for record in caplog.records] == []
    assert edge.dump() == before
    assert await flawless(edge, talk)


async def flawless(edge: Edge, talk: Talk) -> bool:
    """Whether everybody else is served."""
    ready = await edge.post(f"/api/c/{talk.slug}/check", {"pid": talk.pids[0]})
    return ready.status_code == 200
