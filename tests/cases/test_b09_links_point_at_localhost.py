"""Elsewhere links were made of whatever address the organiser's request happened to carry: behind a
proxy five hundred people got the inner host, its port, or plain http."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cases.crowd import strictly, table
from tests.cli.running import GUIDE, server, turnout
from tests.web.edge import Edge

PUBLIC = "https://talk.example.org/town"
WARNING = "No public address is set: these links lead to this computer.\n"
REQUESTS = {
    "through the proxy": {
        "Host": "talk.example.org",
        "X-Forwarded-Proto": "https",
        "X-Forwarded-For": "192.0.2.7",
    },
    "at the inner port": {},
    "by another name": {"Host": "inner-7.local:8000"},
    "with a forged host": {"Host": "evil.example"},
    "with a forged forward": {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "http",
        "X-Forwarded-Port": "81",
        "X-Forwarded-Prefix": "/evil",
        "X-Original-URL": "https://evil.example/",
        "Forwarded": "host=evil.example;proto=http",
    },
    "as if from elsewhere": {"Origin": "https://evil.example", "Referer": "https://evil.example/"},
}
FILES = ("links.csv", "links.csv?bom=no", "links.csv?delimiter=semicolon", "data.json")


@pytest.mark.parametrize("request_", REQUESTS)
async def test_with_a_public_address_every_link_begins_with_it(
    public_edge: Edge, request_: str
) -> None:
    edge, headers = public_edge, REQUESTS[request_]
    talk = await edge.talk()
    expected = [f"{PUBLIC}/c/{talk.slug}?pid={pid}" for pid in talk.pids]
    assert [row["link"] for row in await table(edge, talk, "links.csv")] == expected
    path = f"/api/console/conversations/{talk.slug}"
    token = edge.turnout.token
    for name in FILES:
        plain = await edge.get(f"{path}/files/{name}", token=token)
        asked = await edge.get(f"{path}/files/{name}", token=token, headers=headers)
        assert asked.content == plain.content
    shown = (await edge.get(f"{path}/links", token=token, headers=headers)).json()
    assert [line["link"] for line in shown["links"]] == expected
    assert shown["public"] is True


@pytest.mark.parametrize("links", ["unique", "single"])
@pytest.mark.parametrize("request_", REQUESTS)
async def test_without_one_no_request_talks_the_server_into_another(
    edge: Edge, request_: str, links: str
) -> None:
    talk = await edge.talk(links="single" if links == "single" else "unique", do=())
    port = edge.address.rpartition(":")[2]
    path = f"/api/console/conversations/{talk.slug}"
    more = {"token": edge.turnout.token, "headers": REQUESTS[request_]}
    file = strictly((await edge.get(f"{path}/files/links.csv", **more)).content)
    shown = (await edge.get(f"{path}/links", **more)).json()
    begin = f"http://localhost:{port}/c/{talk.slug}"
    assert [row["link"] for row in file] == [line["link"] for line in shown["links"]]
    assert all(row["link"].partition("?")[0] == begin for row in file)
    assert shown["public"] is False  # by which the console warns before they are sent


async def test_who_takes_links_that_lead_nowhere_is_warned(tmp_path: Path) -> None:
    """What the server was told counts; where the command runs, nothing is set, or the wrong
    thing."""
    guide = tmp_path / "guide.yaml"
    guide.write_text(GUIDE)
    for public, expected in ((None, WARNING), (PUBLIC, "")):
        data = tmp_path / ("none" if public is None else "public")
        told = [] if public is None else ["--public", public]
        async with server(data, *told) as running:
            choices = ("--title", "T", "--slug", "streets", "--max-participants", "2")
            made = await turnout("new", guide, *choices, "--data", running.data)
            assert made.code == 0, made.err
            file = tmp_path / "links.csv"
            for command in (
                ("links", "streets"),
                ("links", "streets", "--json"),
                ("export", "streets", file),
            ):
                for here in ({}, {"TURNOUT_PUBLIC": "https://elsewhere.example"}):
                    outcome = await turnout(*command, "--data", running.data, **here)
                    assert (outcome.code, outcome.err) == (0, expected)
            begin = public or "http://localhost:"
            assert all(row["link"].startswith(begin) for row in strictly(file.read_bytes()))
