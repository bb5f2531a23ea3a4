"""How fast answers leave as a file, and in how much memory, beside `csv.writer` over a bare cursor:
`python -m bench.speed.export PART PEOPLE QUESTIONS DATA` in a process of its own for each part."""

from __future__ import annotations

import asyncio
import csv
import json
import resource
import secrets
import sqlite3
import subprocess
import sys
import tempfile
import time
import uuid
from pathlib import Path

from sqlalchemy import Connection, insert

from bench.speed.turnout_server import begun
from turnout.app import DATABASE, assembled, now
from turnout.exports.csv_file import Dialect
from turnout.exports.files import Options, pieces
from turnout.settings import Settings
from turnout.storage.schema import answer, attendance, participant

CHUNK = 10_000
SLUG = "room-0"


def export(people: int, questions: int) -> dict[str, float]:
    """Rows a second of `answers.csv` and of the bare loop; MiB that each added to its process."""
    with tempfile.TemporaryDirectory(prefix="turnout-bench-") as folder:
        words = (str(people), str(questions), folder)
        _run("fill", *words)
        ours, bare = _run("ours", *words), _run("bare", *words)
    return {
        "rows": ours["rows"],
        "rows_per_second": ours["rows"] / ours["seconds"],
        "bare_rows_per_second": bare["rows"] / bare["seconds"],
        "mib": ours["mib"],
        "bare_mib": bare["mib"],
    }


def _run(part: str, *words: str) -> dict[str, float]:
    command = [sys.executable, "-m", "bench.speed.export", part, *words]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return found


async def fill(people: int, questions: int, data: Path) -> None:
    """A conversation in which everybody answered everything."""
    async with assembled(Settings(data)) as turnout:
        located = await begun(turnout, SLUG, people, questions)
        links = await turnout.store.links(located.id)
        await turnout.store._write(  # type: ignore[attr-defined]
            lambda connection: _rows(connection, located.id, len(links), questions)
        )


def _rows(connection: Connection, conversation: int, people: int, questions: int) -> None:
    begin = now()
    joined = [
        {"conversation": conversation, "link": who, "joined_at": begin, "confirmed_at": begin}
        | {"number": who}
        for who in range(1, people + 1)
    ]
    connection.execute(insert(participant), joined)
    spans = [{"participant": who, "since": begin, "until": begin} for who in range(1, people + 1)]
    connection.execute(insert(attendance), spans)
    for question in range(1, questions + 1):
        connection.execute(
            insert(answer),
            [_answer(conversation, who, question, begin) for who in range(1, people + 1)],
        )


def _answer(conversation: int, who: int, question: int, at: int) -> dict[str, object]:
    body = {"option": who % 4 + 1} if question % 2 else {"text": f"I think so because {who}"}
    return {
        "conversation": conversation,
        "participant": who,
        "question": question,
        "revision": 1,
        "aid": uuid.UUID(bytes=secrets.token_bytes(16)).bytes,
        "earlier": b"",
        "body": json.dumps(body, separators=(",", ":")),
        "shown_rev": 10,
        "run": 1,
        "first_at": at,
        "answered_at": at,
        "late": False,
        "aseq": question,
    }


async def ours(data: Path) -> dict[str, float]:
    """As the download does it, up to the file on the disk."""
    async with assembled(Settings(data)) as turnout:
        room = await turnout.rooms.find(SLUG)
        assert room is not None
        before, began = _peak(), time.perf_counter()
        snapshot = room.up_to_date(await turnout.store.snapshot(room.id))
        made = pieces("answers.csv", snapshot, Options("http://x", None, False, Dialect()))
        with tempfile.TemporaryFile() as file:
            rows = 0
            for piece in made:  # type: ignore[union-attr]
                rows += piece.count(b"\r\n")
                file.write(piece)
        return {"rows": rows - 1, "seconds": time.perf_counter() - began, "mib": _peak() - before}


def bare(data: Path) -> dict[str, float]:
    """The least that anybody could do: the same rows, as they stand in the database."""
    connection = sqlite3.connect(data / DATABASE)
    before, began = _peak(), time.perf_counter()
    cursor = connection.execute(
        "select l.pid, a.question, a.body, a.answered_at, a.late from answer a"
        " join participant p on p.id = a.participant join link l on l.id = p.link"
        " order by a.question, p.number"
    )
    rows = 0
    with tempfile.TemporaryFile("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        while chunk := cursor.fetchmany(CHUNK):
            writer.writerows(chunk)
            rows += len(chunk)
    return {"rows": rows, "seconds": time.perf_counter() - began, "mib": _peak() - before}


def _peak() -> float:
    """MiB that the process had at most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main(part: str, people: str, questions: str, data: str) -> None:
    """One part, in this process."""
    folder = Path(data)
    if part == "fill":
        asyncio.run(fill(int(people), int(questions), folder))
        print("{}")
    else:
        print(json.dumps(asyncio.run(ours(folder)) if part == "ours" else bare(folder)))


if __name__ == "__main__":
    main(*sys.argv[1:])
