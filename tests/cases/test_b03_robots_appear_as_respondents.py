"""Elsewhere answers stood in the results that a virus scanner had given, link checkers were counted
as clicks of people, and their HEAD was answered with an error of the server."""

from __future__ import annotations

import pytest
from prometheus_client import generate_latest

from tests.cases.crowd import table
from tests.web.edge import Edge

ROBOTS = [
    ("GET", {}),
    ("HEAD", {}),
    ("OPTIONS", {}),
    ("GET", {"Purpose": "prefetch"}),
    ("GET", {"Sec-Purpose": "prefetch;prerender"}),
    ("HEAD", {"User-Agent": "linkchecker"}),
    ("OPTIONS", {"Access-Control-Request-Method": "POST", "Origin": "https://mail.example.org"}),
]
DOORS = ("check", "nonce", "join", "damaged", "takeover", "forget")


async def test_fifty_links_that_robots_tried_are_fifty_links_that_nobody_joined_with(
    own_edge: Edge,
) -> None:
    edge = own_edge
    talk = await edge.talk(most=50)
    for pid in talk.pids:
        for method, headers in ROBOTS:
            response = await edge.request(
                method, f"/c/{talk.slug}?pid={pid}", origin=None, headers=headers
            )
            assert response.status_code == (405 if method == "OPTIONS" else 200)
        for door in DOORS:
            empty = await edge.request("POST", f"/api/c/{talk.slug}/{door}", origin=None)
            assert empty.status_code == 403
    assert await table(edge, talk, "participant_data.csv") == []
    issued = await table(edge, talk, "participant_data.csv?include=all")
    assert {(row["outcome"], row["reason"]) for row in issued} == {("never_joined", "")}
    assert len(issued) == 50

    listed = (await edge.staff_get("conversations")).json()["conversations"]
    assert [line["joined"] for line in listed] == [0]
    async with edge.console(talk) as screen:
        tally = await screen.next("tally")
        assert [tally[name] for name in ("joined", "present", "waiting")] == [0, 0, 0]
        assert (tally["people"], tally.get("damaged", 0)) == ([], 0)
    measured = generate_latest(edge.turnout.metrics.registry).decode()
    assert 'turnout_joins_total{outcome="joined"}' not in measured
    assert 'turnout_hellos_total{outcome="welcomed"}' not in measured


@pytest.mark.parametrize("door", ["check", "join", "takeover", "forget"])
@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"pid=x&attempt=y"])
async def test_a_post_of_a_robot_that_says_nothing_is_refused(
    edge: Edge, door: str, content: bytes
) -> None:
    talk = await edge.standing()
    empty = await edge.request("POST", f"/api/c/{talk.slug}/{door}", content=content)
    assert (empty.status_code, empty.json()["code"]) == (400, "malformed")


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/c/{slug}?pid={pid}", 200),
        ("/c/nothing-here?pid=x", 200),  # the same page; that it is none, it learns by asking
        ("/api/c/{slug}", 200),
        ("/api/c/nothing-here", 404),
        ("/nowhere", 404),
        ("/c/", 404),
        ("/static/nowhere.js", 404),
        ("/api/c/{slug}/join", 405),
        ("/ws/c/{slug}", 404),
        ("/console", 200),
        ("/healthz", 200),
        ("/readyz", 200),
    ],
)
async def test_head_mirrors_get_and_no_method_breaks_the_server(
    edge: Edge, path: str, status: int
) -> None:
    talk = await edge.standing()
    asked = path.format(slug=talk.slug, pid=talk.pids[0])
    got = await edge.request("GET", asked, origin=None)
    head = await edge.request("HEAD", asked, origin=None)
    assert (got.status_code, head.status_code, head.content) == (status, status, b"")
    assert head.headers["content-length"] == got.headers["content-length"]
    for method in ("OPTIONS", "PUT", "DELETE", "PATCH", "TRACE", "PROPFIND", "BREW"):
        other = await edge.request(method, asked, origin=None)
        assert 400 <= other.status_code < 500
