"""Who may go through which door: every door of the server's own table, every role, whoever is
signed out, and every other site."""

from __future__ import annotations

import pytest
from websockets.exceptions import InvalidStatus

from tests.hostile.doors import DECLARED, MAY, Door, address, bodies, table
from tests.web.edge import Edge, Talk
from turnout.ports import Role

ROLES: tuple[Role, ...] = ("owner", "moderator", "researcher", "observer")
STAFF = [door for door in DECLARED if door.who in MAY]
CHANGING = [door for door in DECLARED if door.method == "POST"]


def test_every_door_of_the_server_is_declared(own_edge: Edge) -> None:
    declared = [(door.method, door.path) for door in DECLARED]
    assert len(declared) == len(set(declared))
    assert set(declared) == table(own_edge)
    behind_the_console = {door for door in DECLARED if door.path.startswith("/api/console")}
    assert {door.who for door in behind_the_console} <= {*MAY, "page"}


async def opens(edge: Edge, talk: Talk, door: Door, **who: str) -> tuple[int, str]:
    """The status, and the code of a refusal."""
    path = address(door, talk)
    if door.method == "WS":
        try:
            async with edge.socket(path, **who) as line:
                await line.send({"t": "hello"})
                await line.next("welcome")
        except InvalidStatus as refused:
            return refused.response.status_code, ""
        return 101, ""
    body = None if door.method == "GET" else bodies(talk).get(path, {})
    response = await edge.request(door.method, path, json=body, **who)  # type: ignore[arg-type]
    said = response.json() if "json" in response.headers.get("content-type", "") else {}
    return response.status_code, said.get("code", "") if isinstance(said, dict) else ""


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_opens_what_is_declared_and_nothing_else(edge: Edge, role: Role) -> None:
    talk = await edge.talk(do=())
    for door in STAFF:
        before = edge.dump()
        status, code = await opens(edge, talk, door, cookie=await edge.staff(role))
        allowed = role in MAY[door.who]
        assert status < 500
        assert (code != "role" and status != 401) == allowed, (door, status, code)
        if not allowed:
            assert status == 403, door
            accounts = [line for line in edge.dump() if "staff" not in line]
            assert accounts == [line for line in before if "staff" not in line], door


async def test_who_is_signed_out_opens_nothing_of_the_staff(edge: Edge) -> None:
    talk = await edge.talk(do=())
    before = edge.dump()
    for door in STAFF:
        for who in (
            {},
            {"cookie": "turnout-staff=" + "0" * 64},
            {"cookie": f"turnout-{talk.slug}=" + "0" * 32},
            {"token": edge.turnout.token[:-1]},
            {"token": talk.pids[0]},
        ):
            status, code = await opens(edge, talk, door, **who)
            expected = (403, "") if door.method == "WS" else (401, "signed_out")
            assert (status, code) == expected, (door, who)
    assert edge.dump() == before


async def test_the_command_line_opens_all_but_what_is_an_accounts_own(edge: Edge) -> None:
    talk = await edge.talk(do=())
    for door in STAFF:
        status, code = await opens(
            edge, talk, door, token=edge.turnout.token, origin="none.example"
        )
        assert status != 401
        assert (code == "role") == (door.who == "account"), (door, status, code)


SIMPLE = ("text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x")
"""What a form of another site may send without asking."""


@pytest.mark.parametrize("origin", [None, "null", "https://evil.example", "file://", ""])
async def test_no_form_of_another_site_moves_anything(edge: Edge, origin: str | None) -> None:
    """Cookies may come along; what kind of content it says it is changes nothing."""
    talk = await edge.talk(do=())
    owner = await edge.staff("owner")
    before = edge.dump()
    for door in CHANGING:
        path = address(door, talk)
        for kind in (*SIMPLE, "application/json", ""):
            for site in ("cross-site", "same-site"):
                refused = await edge.request(
                    "POST",
                    path,
                    json=bodies(talk).get(path, {}),
                    origin=origin,
                    cookie=owner,
                    headers={"Content-Type": kind, "Sec-Fetch-Site": site},
                )
                assert refused.status_code in (401, 403), (path, kind, refused.text)
                assert "set-cookie" not in refused.headers
    assert edge.dump() == before


async def test_no_get_changes_anything_whoever_asks(edge: Edge) -> None:
    """I10: not even the owner's own GET, which any page may cause with a link or a picture."""
    talk = await edge.talk(do=())
    owner = await edge.staff("owner")
    before = edge.dump()
    for door in DECLARED:
        for method in ("GET", "HEAD", "OPTIONS"):
            if door.method != "WS":
                response = await edge.request(method, address(door, talk), cookie=owner)
                assert response.status_code < 500
                assert "set-cookie" not in response.headers
    assert edge.dump() == before
