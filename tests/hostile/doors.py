"""Every door of the server, from its own table, and what it takes: nothing can be forgotten here,
because tests/hostile/test_doors.py holds this to the table."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Final, Literal

from starlette.applications import Starlette
from starlette.routing import Route, WebSocketRoute

from tests.web.edge import CHOICE, Edge, Talk
from tests.web.line import aid
from turnout.ports import Role
from turnout.web.below import Below
from turnout.web.pages import SecurityHeaders

GUIDE: Final = base64.b64encode(b"title: T\nitems:\n  - open_text: Why?\n").decode()
FILE: Final[dict[str, object]] = {"name": "g.yaml", "data": GUIDE}

Who = Literal["anybody", "page", "staff", "researcher", "moderator", "owner", "account"]
"""The least that opens a door. `page`: any page of ours; `staff`: every role; `account`: every
role, but not the command line."""
MAY: Final[dict[Who, frozenset[Role]]] = {
    "staff": frozenset({"owner", "moderator", "researcher", "observer"}),
    "account": frozenset({"owner", "moderator", "researcher", "observer"}),
    "researcher": frozenset({"owner", "moderator", "researcher"}),
    "moderator": frozenset({"owner", "moderator"}),
    "owner": frozenset({"owner"}),
}


@dataclass(frozen=True)
class Door:
    """One entry of the table. `path`: as there."""

    method: str
    path: str
    who: Who


ONE: Final = "/api/console/conversations/{slug}"
DECLARED: Final = (
    Door("GET", "/", "anybody"),
    Door("GET", "/healthz", "anybody"),
    Door("GET", "/readyz", "anybody"),
    Door("GET", "/c/{slug}", "anybody"),
    Door("GET", "/api/c/{slug}", "anybody"),
    *(
        Door("POST", f"/api/c/{{slug}}/{name}", "page")
        for name in ("check", "nonce", "join", "damaged", "takeover", "forget")
    ),
    Door("WS", "/ws/c/{slug}", "page"),
    Door("GET", "/console", "anybody"),
    Door("GET", "/console/{path:path}", "anybody"),
    Door("POST", "/api/console/first-run", "page"),
    Door("POST", "/api/console/sign-in", "page"),
    Door("POST", "/api/console/sign-out", "page"),
    Door("POST", "/api/console/invitation", "page"),
    Door("POST", "/api/console/invitation/accept", "page"),
    Door("GET", "/api/console/me", "staff"),
    Door("POST", "/api/console/guides/check", "staff"),
    Door("GET", "/api/console/conversations", "staff"),
    Door("POST", "/api/console/conversations", "moderator"),
    Door("GET", ONE, "staff"),
    Door("POST", f"{ONE}/command", "moderator"),
    Door("GET", f"{ONE}/links", "researcher"),
    Door("POST", f"{ONE}/links", "researcher"),
    Door("GET", f"{ONE}/qr", "researcher"),
    Door("GET", f"{ONE}/answers", "staff"),
    Door("GET", f"{ONE}/files/{{name}}", "researcher"),
    Door("POST", f"{ONE}/explain", "researcher"),
    Door("POST", f"{ONE}/settings", "moderator"),
    Door("GET", f"{ONE}/guide", "researcher"),
    Door("POST", f"{ONE}/guide", "moderator"),
    Door("POST", f"{ONE}/duplicate", "moderator"),
    Door("POST", f"{ONE}/erase", "owner"),
    Door("GET", "/api/console/accounts", "owner"),
    Door("POST", "/api/console/accounts/invite", "owner"),
    Door("POST", "/api/console/accounts/{id:int}", "owner"),
    Door("POST", "/api/console/password", "account"),
    Door("POST", "/api/console/sign-out-everywhere", "account"),
    Door("WS", "/ws/console/{slug}", "staff"),
)


def table(edge: Edge) -> set[tuple[str, str]]:
    """Method and path of every door that the server has; static files are left out."""
    app = edge.turnout.app
    assert isinstance(app, SecurityHeaders)
    below = app._app
    assert isinstance(below, Below)
    starlette = below._app
    assert isinstance(starlette, Starlette)
    found = set()
    for route in starlette.routes:
        if isinstance(route, WebSocketRoute):
            found.add(("WS", route.path))
        elif isinstance(route, Route):
            found |= {(method, route.path) for method in route.methods or () if method != "HEAD"}
    return found


def address(door: Door, talk: Talk) -> str:
    """Where it is."""
    path = door.path.replace("{slug}", talk.slug).replace("{id:int}", "999999")
    path = path.replace("{name}", "answers.csv").replace("{path:path}", "x/y")
    return f"{path}?question={CHOICE}" if path.endswith("/answers") else path


def bodies(talk: Talk) -> dict[str, dict[str, object]]:
    """What each door takes, by path: right, where that would end nothing that a test needs. The
    accounts of these tests have no password to change."""
    one = f"/api/console/conversations/{talk.slug}"
    pid = talk.pids[0] if talk.pids else ""
    person: dict[str, object] = {"name": "Ada", "password": "correct horse battery"}
    proved: dict[str, object] = {"pid": pid, "attempt": "0" * 32, "proof": "a.b.c"}
    return {
        f"/api/c/{talk.slug}/check": {"pid": pid},
        f"/api/c/{talk.slug}/join": proved,
        f"/api/c/{talk.slug}/takeover": proved,
        f"/api/c/{talk.slug}/forget": proved,
        "/api/console/first-run": {"secret": "x", **person},
        "/api/console/sign-in": person,
        "/api/console/invitation": {"secret": "x"},
        "/api/console/invitation/accept": {"secret": "x", **person},
        "/api/console/guides/check": FILE,
        "/api/console/conversations": {"title": "T", "max_participants": 2, "guide": FILE},
        f"{one}/command": {"cid": aid(), "op": "skip", "item": 4},
        f"{one}/explain": {"pid": pid},
        f"{one}/settings": {"cid": aid(), "grace": 30},
        f"{one}/guide": {"cid": aid(), "guide": FILE},
        f"{one}/duplicate": {"title": "Another"},
        f"{one}/erase": {"title": "not its title"},
        "/api/console/accounts/invite": {"role": "observer"},
        "/api/console/accounts/999999": {"role": "observer"},
    }
