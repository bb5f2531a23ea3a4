"""Texts that would mean something to a database, in every field that takes a text: they come back
as they were written, and the tables are what they were. What browsers and spreadsheets would run is
in tests/cases (B38, B50)."""

from __future__ import annotations

import base64
import contextlib
import json
import sqlite3

import pytest

from tests.cases.crowd import download, joined, table
from tests.web.browser import Browser
from tests.web.edge import Edge, Talk
from tests.web.line import aid

SQL = (
    "'; DROP TABLE answer; --",
    "' OR '1'='1",
    '" OR ""="',
    "x'); DELETE FROM link; --",
    "1; ATTACH DATABASE 'stolen.db' AS stolen; --",
    "' UNION SELECT password FROM staff --",
    "\\'; UPDATE staff SET role='owner'; --",
    "%27%20OR%201=1",
    "_%_%' ESCAPE '\\",
    ":pid ? ?1 $1 @p %s %(name)s {0} {pid}",
    "/* */ -- # ;",
    "'||(SELECT group_concat(pid) FROM link)||'",
    "randomblob(1000000000)",
)


UNTOUCHED = tuple(
    f'INSERT INTO "{name}"' for name in ("answer", "command", "conversation", "event", "staff")
)


def shape(edge: Edge) -> list[str]:
    """The tables, as they are defined."""
    with contextlib.closing(sqlite3.connect(edge.data / "turnout.db", timeout=5)) as database:
        rows = database.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY name")
        return [str(sql) for (sql,) in rows]


async def held(edge: Edge, text: str, quoted: str) -> Talk:
    """A conversation in which every text is this one, by the doors that staff use."""
    guide = f"""\
items:
  - message: {quoted}
    section: {quoted}
    notes: {quoted}
  - open_text: {quoted}
  - single_choice: {quoted}
    options: [{quoted}, other]
    other: true
  - scale: {quoted}
    min: 1
    max: 3
    min_label: {quoted}
    max_label: {quoted}
"""
    file = {"name": "guide.yaml", "data": base64.b64encode(guide.encode()).decode()}
    body = {"title": text, "max_participants": 2, "guide": file}
    made = await edge.staff_post("conversations", body)
    assert made.status_code == 201, made.text
    talk = Talk(made.json()["slug"])
    links = (await edge.staff_get(f"conversations/{talk.slug}/links")).json()["links"]
    talk.pids += [link["pid"] for link in links]
    return talk


@pytest.mark.parametrize("text", SQL)
async def test_every_text_comes_back_as_it_was_written(edge: Edge, text: str) -> None:
    before, other = shape(edge), await edge.standing()
    unread = await download(edge, other, "links.csv")
    talk = await held(edge, text, json.dumps(text))
    for op in ("publish", "start", "next", "next"):
        await edge.command(talk, op)
    browser = await joined(edge, talk)
    async with browser.arrived() as line:
        assert (await line.answer(2, {"text": text}))["t"] == "accepted"
        await edge.command(talk, "next")
        assert (await line.answer(3, {"other": text}))["t"] == "accepted"
    draft = {"type": "open_text", "text": text, "section": text}
    await edge.command(talk, "add", draft=draft, after=4)

    state = (await edge.staff_get(f"conversations/{talk.slug}")).json()
    assert state["title"] == text
    assert json.dumps(state["items"]).count(json.dumps(text)) >= 8
    data = (await download(edge, talk, "data.json")).json()
    assert json.dumps(data, ensure_ascii=False).count(json.dumps(text, ensure_ascii=False)) >= 8
    answers = [row["answer"] for row in await table(edge, talk, "answers.csv")]
    assert [answer.removeprefix("'") for answer in answers] == [text.removeprefix("'")] * 2
    await edge.command(talk, "end")
    erased = await edge.staff_post(f"conversations/{talk.slug}/erase", {"title": text})
    assert erased.status_code == 200
    assert shape(edge) == before
    assert (await download(edge, other, "links.csv")).content == unread.content


async def test_no_name_for_something_is_read_as_more_than_a_name(edge: Edge) -> None:
    """Links, slugs, ids, letters, cookies, passwords, tokens, names of files, queries."""
    talk, before = await edge.standing(), shape(edge)
    one = f"/api/console/conversations/{talk.slug}"
    browser = await joined(edge, talk)
    rows = edge.dump()
    for text in SQL:
        token, path = edge.turnout.token, base64.urlsafe_b64encode(text.encode()).decode()
        safe = text.encode("ascii", "replace").decode().replace(";", ",")
        for response in (
            await edge.post(f"/api/c/{talk.slug}/check", {"pid": text}),
            await edge.post(f"/api/c/{talk.slug}/join", {"pid": text, "attempt": "0" * 32}),
            await edge.post(f"/api/c/{talk.slug}/join", {"pid": talk.pids[1], "attempt": text}),
            await edge.post("/api/console/sign-in", {"name": text, "password": text}),
            await edge.post(
                "/api/console/first-run", {"secret": text, "name": "A", "password": text}
            ),
            await edge.post("/api/console/invitation", {"secret": text}),
            await edge.post(f"{one}/command", {"cid": text, "op": "end"}, token=token),
            await edge.post(f"{one}/command", {"cid": aid(), "op": text}, token=token),
            await edge.post(
                f"{one}/command", {"cid": aid(), "op": "release", "letters": text[:20]}, token=token
            ),
            await edge.post(f"{one}/explain", {"pid": text}, token=token),
            await edge.post(f"{one}/duplicate", {"slug": text}, token=token),
            await edge.post(f"{one}/erase", {"title": text}, token=token),
            await edge.post("/api/console/accounts/invite", {"role": text}, token=token),
            await edge.request("GET", f"{one}/answers", token=token, headers={}, origin=None),
            await edge.client.get(
                f"{one}/answers",
                params={"question": text, "after": text},
                headers={"Authorization": f"Bearer {token}"},
            ),
            await edge.client.get(
                f"{one}/qr", params={"from": text}, headers={"Authorization": "Bearer x"}
            ),
            await edge.get(f"{one}/files/{path}", token=token),
            await edge.get("/api/console/me", cookie=f"turnout-staff={safe}"),
            await edge.get("/api/console/me", token=safe),
            await edge.client.get(f"/api/c/{text.replace('/', '%2F')}"),
        ):
            assert 400 <= response.status_code < 500, (text, response.url, response.text)
        async with browser.open() as line:
            await browser.hello(line, link=text)
            assert (await line.bye())[0] in (4404, 1013)
        async with Browser(edge, talk, talk.pids[1], keyless=True).open() as line:
            await line.send({"t": "hello", "tab": 1, "link": talk.pids[1], "app": text[:100]})
            assert (await line.bye())[0] in (4404, 1013)
        async with browser.arrived(resume={"epoch": text[:100], "rev": 1}) as line:
            assert await line.beat() > 0
            await line.send({"t": "grant", "letters": text[:20]})
            await line.next("takeover")
    assert shape(edge) == before
    assert [row for row in edge.dump() if row.startswith(UNTOUCHED)] == [
        row for row in rows if row.startswith(UNTOUCHED)
    ]
