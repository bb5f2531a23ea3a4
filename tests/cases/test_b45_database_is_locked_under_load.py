"""Elsewhere a service that was clean when idle gave dozens of "database is locked" under sustained
writes, and the log of writes beside the database grew to gigabytes."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
from collections import Counter
from pathlib import Path

from tests.cases.crowd import download, joined, room_of, table
from tests.storage.test_disk import leave_room
from tests.web.edge import TEXT, Edge, Talk
from tests.web.line import Line
from turnout.app import DATABASE
from turnout.storage import SqlStore
from turnout.storage.writer import WAL_MOST

PEOPLE, BURSTS = 60, 6
LONG = "И ещё одно. " * 160


def copied(edge: Edge, to: Path) -> str:
    """What SQLite's own backup gives, taken while everybody writes."""
    with (
        contextlib.closing(sqlite3.connect(edge.data / DATABASE, timeout=5)) as there,
        contextlib.closing(sqlite3.connect(to)) as here,
    ):
        there.backup(here, pages=50)
        return str(here.execute("PRAGMA integrity_check").fetchone()[0])


def log_size(edge: Edge) -> int:
    """Bytes of the log of writes."""
    path = edge.data / f"{DATABASE}-wal"
    return path.stat().st_size if path.exists() else 0


async def test_bursts_of_answers_meet_exports_and_a_backup_and_none_is_refused(
    own_edge: Edge, tmp_path: Path
) -> None:
    edge = own_edge
    talk = await edge.talk(most=PEOPLE, do=("publish", "start"))
    await edge.command(talk, "send", item=TEXT)
    browsers = [await joined(edge, talk, place) for place in range(PEOPLE)]
    told: Counter[str] = Counter()
    async with room_of(browsers) as lines:
        for burst in range(BURSTS):
            copying = asyncio.create_task(asyncio.to_thread(copied, edge, tmp_path / f"{burst}.db"))
            reading = [asyncio.create_task(export(edge, talk)) for _ in range(3)]
            said = await asyncio.gather(*(answer(line, f"{burst} {LONG}", burst) for line in lines))
            told.update(said)
            await asyncio.gather(*reading)
            assert await copying == "ok"
            assert log_size(edge) <= WAL_MOST
    assert told == {"accepted": PEOPLE * BURSTS}
    rows = await table(edge, talk, "answers.csv")
    assert [row["answer"][:2] for row in rows] == [f"{BURSTS - 1} "] * PEOPLE


async def answer(line: Line, text: str, base: int) -> str:
    """What became of it, and why."""
    said = await line.answer(TEXT, {"text": text[:2_000]}, base=base)
    return str(said["t"] if said["t"] == "accepted" else said["code"])


async def export(edge: Edge, talk: Talk) -> None:
    for file in ("answers.csv", "bundle.zip"):
        await download(edge, talk, file)


async def test_a_full_disk_is_said_and_nothing_is_acknowledged_and_it_needs_no_restart(
    own_edge: Edge,
) -> None:
    edge = own_edge
    talk = await edge.talk(most=PEOPLE, do=("publish", "start"))
    await edge.command(talk, "send", item=TEXT)
    store = edge.turnout.store
    assert isinstance(store, SqlStore)
    browsers = [await joined(edge, talk, place) for place in range(PEOPLE)]
    async with room_of(browsers) as lines:
        await store._write(leave_room(4))
        told = [await answer(line, LONG, 0) for line in lines]
        assert set(told) == {"accepted", "retry"}
        rows = await table(edge, talk, "answers.csv")
        assert len(rows) == told.count("accepted")
        await store._write(leave_room(10_000))
        edge.clock.advance(10_000)
        assert (await edge.get("/readyz")).status_code == 200
        missing = [line for line, said in zip(lines, told, strict=True) if said == "retry"]
        assert {await answer(line, LONG, 0) for line in missing} == {"accepted"}
    assert len(await table(edge, talk, "answers.csv")) == PEOPLE
