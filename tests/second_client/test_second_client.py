"""A client that was written from docs/protocol.md alone takes part in a real conversation on a real
server, loses what can be lost, and ends with the percentages of the files."""

from __future__ import annotations

import ast
import shutil
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.cli.running import Process, server
from tests.second_client import client as written
from tests.second_client.client import Client, Refusal
from tests.second_client.moderator import MINUTES, WALK, WELCOME, WHY, Moderator

SOURCE = Path(str(written.__file__))
NEW_HISTORY = "UPDATE store SET epoch = lower(hex(randomblob(16)))"
"""As docs/deployment.md says after a restore."""


@pytest.fixture(scope="module")
async def process(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Process]:
    """One server; each test has a conversation of its own."""
    async with server(tmp_path_factory.mktemp("second") / "data") as started:
        yield started


async def joined(process: Process, moderator: Moderator) -> Client:
    """A client that is inside, with the first link."""
    client = Client(process.address, moderator.slug, moderator.pids[0])
    await client.prove("join")
    await client.hello()
    return client


async def is_open(client: Client, item: int) -> None:
    """Wait until this item is open on the client's screen."""
    await client.until(lambda: client.items.get(item, {}).get("status") == "open")


async def is_settled(client: Client) -> None:
    """Wait until the server has everything."""
    await client.until(lambda: not client.outbox)


async def thanked(client: Client) -> dict[str, Any]:
    """The numbers on the thank-you page, after the end."""
    await client.until(lambda: client.phase == "ended")
    client.last.pop("welcome", None)
    await client.resync()
    await client.until(lambda: "welcome" in client.last)
    told: dict[str, Any] = client.last["welcome"]["progress"]
    own = client.progress()
    assert {name: told[name] for name in own} == own
    return told


async def leave_with_the_numbers_of_the_file(moderator: Moderator, *clients: Client) -> None:
    """Every thank-you page says what participant_data.csv says."""
    told = {client.pid: await thanked(client) for client in clients}
    for row in await moderator.file("participant_data.csv"):
        for name in ("percent_answered", "percent_while_present"):
            assert row[name] == str(told[row["participant_id"]][name])
    for client in clients:
        await client.cut()


def test_the_client_is_small_and_shares_nothing_with_us() -> None:
    text = SOURCE.read_text("utf-8")
    assert len(text.splitlines()) <= 250
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else name.name
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in node.names
    }
    others = {name.partition(".")[0] for name in imported} - sys.stdlib_module_names
    assert others == {"cryptography", "httpx", "websockets"}


async def test_it_takes_part_is_cut_off_and_ends_with_the_numbers_of_the_files(
    process: Process,
) -> None:
    moderator = Moderator(process, "whole")
    await moderator.publish()
    mine, theirs = moderator.pids
    one, two = (Client(process.address, moderator.slug, pid) for pid in moderator.pids)
    assert await one.post("check", pid=f" PID={mine.upper()}. ") == {
        "ready": True,
        "phase": "published",
    }
    await one.connect()
    assert one.last["lobby"]["phase"] == "published"
    with pytest.raises(Refusal) as early:
        await one.prove("join")
    assert early.value.args[0]["code"] == "not_open"

    await moderator.does("start")
    await one.until(lambda: one.last["lobby"]["phase"] == "live")
    assert (await one.prove("join"))["assurance"] == "key"
    await one.hello()  # on the socket that waited
    await two.prove("join")
    await two.hello()

    await moderator.does("next")
    await is_open(one, WELCOME)
    await moderator.does("next")
    for client in (one, two):
        await is_open(client, WALK)
    assert one.progress() == {"asked": 1, "answered": 0, "percent_answered": 0}
    await one.answer(WALK, option=1)
    await is_settled(one)
    await one.answer(WALK, other="On Sundays")  # names the revision that it replaces
    await is_settled(one)
    assert (one.mine[WALK]["revision"], one.lost) == (2, [])
    assert one.last["accepted"]["progress"] == one.progress()
    await two.answer(WALK, option=2)
    await is_settled(two)

    await one.cut()
    await moderator.does("next")  # closes the question, opens the next one
    await one.answer(WALK, option=2)  # typed without a network, sent within the grace
    await one.hello()
    assert [delta["event"]["kind"] for delta in one.last["welcome"]["deltas"]] == [
        "closed",
        "opened",
    ]
    await is_settled(one)
    assert (one.mine[WALK]["revision"], one.last["accepted"]["late"]) == (3, True)

    await one.answer(WHY, text="It is quiet.")
    await one.cut()  # before the acknowledgement is read
    assert WHY in one.outbox
    sent = one.outbox[WHY]
    await moderator.reads(WHY, "It is quiet.")
    await one.hello()
    await is_settled(one)
    again = {name: sent[name] for name in ("aid", "question", "base", "body")}
    await one.send("answer", **again)
    await one.until(lambda: one.last.get("accepted", {}).get("aid") == sent["aid"])
    assert one.last["accepted"]["revision"] == one.mine[WHY]["revision"] == 1

    await moderator.does("send", item=MINUTES)
    await is_open(one, MINUTES)
    await one.answer(MINUTES, number=601)
    await one.until(lambda: bool(one.lost))
    assert one.last["refused"]["code"] == "invalid"
    await one.send("beat", rev=one.rev)
    await one.until(lambda: "beat" in one.last)
    assert one.last["beat"]["rev"] == one.rev

    await moderator.does("end")
    await leave_with_the_numbers_of_the_file(moderator, one, two)
    rows = await moderator.file("answers.csv")
    assert [(row["participant_id"], row["answer"], row["late"]) for row in rows] == [
        (mine, "Seldom", "yes"),
        (theirs, "Seldom", "no"),
        (mine, "It is quiet.", "no"),
    ]
    data = await moderator.file("participant_data.csv")
    assert [row["percent_answered"] for row in data] == ["66", "33"]


async def test_it_applies_what_a_moderator_does_to_an_item(process: Process) -> None:
    moderator = Moderator(process, "items")
    await moderator.publish()
    await moderator.does("start")
    client = await joined(process, moderator)
    await moderator.does("send", item=WALK)
    await is_open(client, WALK)
    await client.answer(WALK, option=2)
    await is_settled(client)
    draft = {"type": "single_choice", "text": "Do you like to walk?", "other": True}
    options = [{"text": "Often"}, {"text": "Seldom"}, {"text": "Never"}]
    await moderator.does("edit", item=WALK, draft={**draft, "options": options})
    await client.until(lambda: len(client.items[WALK]["item"]["options"]) == 3)
    await moderator.does("send", item=WHY)
    await is_open(client, WHY)
    await moderator.does("withdraw", item=WHY)
    await client.until(lambda: client.items[WHY]["status"] == "withdrawn")
    assert client.progress() == {"asked": 1, "answered": 1, "percent_answered": 100}
    state = {id: dict(seen) for id, seen in client.items.items()}
    client.last.pop("welcome")
    client.epoch = "another"  # so that the whole state is told
    await client.resync()
    await client.until(lambda: "welcome" in client.last)
    assert list(client.items.items()) == list(state.items())
    await moderator.does("end")
    await moderator.does("undo_end")
    await moderator.does("remove", participant=1)
    await client.until(lambda: "bye" in client.last)
    assert (client.phase, client.last["bye"]["code"]) == ("live", 4410)
    assert client.last["bye"]["reason"] == "removed"


async def test_another_device_takes_over_with_the_letters(process: Process) -> None:
    moderator = Moderator(process, "devices")
    await moderator.publish()
    await moderator.does("start")
    first = await joined(process, moderator)
    await moderator.does("send", item=WALK)
    await is_open(first, WALK)
    await first.answer(WALK, option=1)
    await is_settled(first)

    second = Client(process.address, moderator.slug, moderator.pids[0])
    with pytest.raises(Refusal) as elsewhere:
        await second.prove("join")
    assert elsewhere.value.args[0]["code"] == "other_device"
    assert elsewhere.value.args[0]["reason"] == "may_ask"
    asked = await second.prove("takeover")
    await first.until(lambda: "takeover" in first.last)
    assert first.last["takeover"]["tries_left"] == 5
    await first.send("grant", letters="LLLL")
    await first.until(lambda: first.last["takeover"]["tries_left"] == 4)
    await first.send("grant", letters=f" {asked['letters'].lower()} ")
    await first.until(lambda: "bye" in first.last)
    assert (first.last["bye"]["code"], first.last["bye"]["reason"]) == (4410, "released")

    await second.prove("join")
    await second.hello()
    assert second.mine[WALK]["body"] == {"option": 1}
    await moderator.does("send", item=WHY)
    await is_open(second, WHY)
    await second.answer(WHY, text="A new phone.")
    await is_settled(second)
    await moderator.does("end")
    await leave_with_the_numbers_of_the_file(moderator, second)
    [row] = await moderator.file("participant_data.csv")
    assert (row["percent_answered"], row["device_changes"]) == ("100", "1")


async def test_a_shared_device_is_forgotten(process: Process) -> None:
    moderator = Moderator(process, "shared")
    await moderator.publish()
    await moderator.does("start")
    client = await joined(process, moderator)
    await client.cut()
    assert await client.prove("forget") == {}
    await client.hello()
    assert client.last["bye"]["code"] == 4409
    with pytest.raises(Refusal) as unknown:
        await client.prove("join")
    assert unknown.value.args[0]["code"] == "other_device"
    await moderator.does("release", participant=1)
    await client.prove("join")


async def test_it_gives_back_what_a_restored_store_lacks(tmp_path: Path) -> None:
    data, copy = tmp_path / "data", tmp_path / "copy.db"
    async with server(data) as process:
        moderator = Moderator(process, "restored")
        await moderator.publish()
        await moderator.does("start")
        client = await joined(process, moderator)
        await moderator.does("send", item=WALK)
        await is_open(client, WALK)
        await client.answer(WALK, option=1)
        await is_settled(client)
        backup(data / "turnout.db", copy)
        await client.answer(WALK, option=2)
        await is_settled(client)
        await moderator.does("send", item=WHY)  # of which the copy knows nothing
        await is_open(client, WHY)
        await client.answer(WHY, text="Before the fire.")
        await is_settled(client)
        before, ahead = client.epoch, client.rev
    await client.until(lambda: "bye" in client.last)
    assert client.last["bye"]["code"] == 4000

    for leftover in data.glob("turnout.db*"):
        leftover.unlink()
    shutil.copy(copy, data / "turnout.db")
    execute(data / "turnout.db", NEW_HISTORY)
    async with server(data) as process:
        moderator = Moderator(process, client.slug)
        client.address = process.address
        await client.hello()
        assert client.epoch != before
        assert client.rev < ahead
        assert client.last["welcome"]["mine"][0]["revision"] == 1
        await client.until(lambda: WALK not in client.outbox)
        assert client.mine[WALK]["body"] == {"option": 2}
        assert WHY in client.outbox
        await moderator.does("send", item=WHY)
        await is_settled(client)
        await moderator.does("end")
        await leave_with_the_numbers_of_the_file(moderator, client)
        rows = await moderator.file("answers.csv")
        assert [row["answer"] for row in rows] == ["Seldom", "Before the fire."]


def backup(database: Path, copy: Path) -> None:
    """A consistent copy of a database that is in use."""
    with sqlite3.connect(database) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()


def execute(database: Path, statement: str) -> None:
    """One statement on a database that nobody uses."""
    with sqlite3.connect(database) as connection:
        connection.execute(statement)
    connection.close()


async def test_it_goes_on_at_its_own_pace(process: Process) -> None:
    moderator = Moderator(process, "pace")
    await moderator.publish(grace=0)
    await moderator.does("start")
    client = await joined(process, moderator)
    await moderator.does("send", item=WALK)
    await is_open(client, WALK)
    await client.answer(WALK, option=1)
    await is_settled(client)
    await moderator.does("end")
    await client.until(lambda: client.phase == "ended")
    await moderator.does("reopen_flex", days=3)
    await client.until(lambda: client.phase == "flex")
    assert client.mine[WALK]["locked"]
    assert client.progress() == {"asked": 3, "answered": 1, "percent_answered": 33}
    client.last.pop("welcome")
    await client.resync()
    await client.until(lambda: "welcome" in client.last)
    assert client.mine[WALK]["locked"]
    assert 0 < client.last["welcome"]["ends_in"] <= 3 * 24 * 60 * 60
    await client.answer(WALK, option=2)
    await client.until(lambda: bool(client.lost))
    assert client.last["refused"]["code"] == "closed"
    await client.answer(MINUTES, number=20)
    await client.answer(WHY, text="Later.")
    await is_settled(client)
    await moderator.does("end")
    await client.until(lambda: client.phase == "ended" and "bye" in client.last)
    assert client.last["bye"]["code"] == 4411  # without a grace the end is for good at once
    [row] = await moderator.file("participant_data.csv")
    assert row["percent_answered"] == str(client.progress()["percent_answered"]) == "100"
