"""Crowds at the door of a real server process: many devices that tap Join on the same link in the
same moment, and robots that look at everything and take nothing.

`python -m tests.hostile.crowds joins 1000` and `... visits 20000` run as many as you like and say
what came of it.
"""

from __future__ import annotations

import asyncio
import base64
import contextlib
import json
import random
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.cli.running import GUIDE, Process, server
from tests.web.device import Device, claims
from tests.web.line import aid

SLUG: Final = "crowds"
DEVICES: Final = 100
ROBOTS: Final = 40
LOOKS: Final[tuple[dict[str, str], ...]] = (
    {"User-Agent": "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/130"},
    {"User-Agent": "WhatsApp/2.24.1 A", "Accept": "image/*", "Range": "bytes=0-1023"},
    {"User-Agent": "facebookexternalhit/1.1", "Accept": "*/*"},
    {"User-Agent": "Slackbot-LinkExpanding 1.0", "Range": "bytes=0-32768"},
    {"User-Agent": "TelegramBot (like TwitterBot)"},
    {"User-Agent": "Microsoft Office/16.0 (Microsoft Outlook; Pro)"},
    {"User-Agent": "Barracuda Sentinel (EE)", "Referer": "https://mail.example/inbox"},
    {"User-Agent": "Mozilla/5.0 (compatible; Googlebot/2.1)", "From": "bot@search.example"},
    {"User-Agent": "linkchecker/10"},
    {"User-Agent": ""},
    {"User-Agent": "x" * 2_000},
    {"User-Agent": "<script>alert(1)</script>"},
    {"Sec-Purpose": "prefetch;prerender", "Purpose": "prefetch"},
    {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"},
    {"If-None-Match": "*", "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    {"Cookie": f"turnout-{SLUG}={'7' * 32}; turnout-staff={'8' * 64}"},
)
PATHS: Final = (
    *(f"/c/{SLUG}?pid={{pid}}",) * 6,
    f"/c/{SLUG}",
    f"/c/{SLUG}/?pid={{pid}}",
    f"/C/{SLUG.upper()}?PID={{pid}}",
    f"/api/c/{SLUG}",
    *(f"/api/c/{SLUG}/{door}?pid={{pid}}" for door in ("join", "check", "nonce", "damaged")),
    f"/ws/c/{SLUG}?pid={{pid}}",
    "/console",
    f"/api/console/conversations/{SLUG}/links",
    "/favicon.ico",
    "/robots.txt",
    "/static/../../etc/passwd",
)
METHODS: Final = ("GET", "GET", "GET", "HEAD", "HEAD", "OPTIONS")


@dataclass
class Phone:
    """A connection that is kept open for requests, one after the other."""

    process: Process
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b""
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers by lower-case name, and body."""
        host = self.process.address.removeprefix("http://")
        lines = [f"{method} {path} HTTP/1.1", f"Host: {host}", f"Content-Length: {len(body)}"]
        lines += [f"{name}: {value}" for name, value in headers.items()]
        self.writer.write("\r\n".join([*lines, "", ""]).encode() + body)
        head = (await self.reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        said = dict(line.lower().split(": ", 1) for line in head[1:] if line)
        length = (
            0 if method == "HEAD" or head[0].split()[1] == "304" else int(said["content-length"])
        )
        return int(head[0].split()[1]), said, await self.reader.readexactly(length)

    async def post(self, door: str, body: dict[str, str]) -> tuple[int, dict[str, Any]]:
        """Status and answer of a participant's door."""
        headers = {"Origin": self.process.address, "Content-Type": "application/json"}
        path = f"/api/c/{SLUG}/{door}"
        status, _, said = await self.ask("POST", path, headers, json.dumps(body).encode())
        answer: dict[str, Any] = json.loads(said)
        return status, answer

    async def proof(self, device: Device, pid: str) -> str:
        """A proof for a join, over a nonce of its own."""
        _, answer = await self.post("nonce", {})
        said = claims("join", answer["nonce"], self.process.address, SLUG, pid, device.attempt)
        return device.sign(device.header, said)


@contextlib.asynccontextmanager
async def phones(process: Process, count: int) -> AsyncIterator[list[Phone]]:
    """So many open connections."""
    host, _, port = process.address.removeprefix("http://").rpartition(":")
    opened = [Phone(process, *await asyncio.open_connection(host, int(port))) for _ in range(count)]
    try:
        yield opened
    finally:
        for phone in opened:
            phone.writer.transport.abort()


@contextlib.asynccontextmanager
async def open_house(folder: Path, links: int) -> AsyncIterator[tuple[Process, list[str]]]:
    """A server with a live conversation, and the numbers of its links."""
    async with server(folder / "data") as process:
        async with process.client() as staff:
            file = {"name": "g.yaml", "data": base64.b64encode(GUIDE.encode()).decode()}
            body = {"title": "T", "max_participants": links, "guide": file, "slug": SLUG}
            assert (await staff.post("/api/console/conversations", json=body)).is_success
            one = f"/api/console/conversations/{SLUG}"
            for op in ("publish", "start", "next"):
                done = await staff.post(f"{one}/command", json={"cid": aid(), "op": op})
                assert done.is_success, done.text
            rows = (await staff.get(f"{one}/links")).json()["links"]
        yield process, [row["pid"] for row in rows]


def stored(process: Process, query: str) -> list[Any]:
    """What the database says."""
    with contextlib.closing(sqlite3.connect(process.data / "turnout.db", timeout=10)) as database:
        return database.execute(query).fetchall()


def everything(process: Process) -> list[str]:
    """All that the database holds."""
    with contextlib.closing(sqlite3.connect(process.data / "turnout.db", timeout=10)) as database:
        return list(database.iterdump())


async def joins(rounds: int, folder: Path, at_once: int = DEVICES) -> Counter[str]:
    """In each round so many devices tap Join on a fresh link in the same moment; exactly one may
    have it (AssertionError). What they were told, counted."""
    told: Counter[str] = Counter()
    devices = [Device() for _ in range(at_once)]
    async with open_house(folder, rounds) as (process, pids), phones(process, at_once) as there:

        async def tap(phone: Phone, device: Device, pid: str, proof: str) -> str:
            body = {"pid": pid, "attempt": device.attempt, "proof": proof}
            status, answer = await phone.post("join", body)
            return "joined" if status == 200 else str(answer["code"])

        for pid in pids:
            pairs = list(zip(there, devices, strict=True))
            proofs = await asyncio.gather(*(phone.proof(device, pid) for phone, device in pairs))
            answers = await asyncio.gather(
                *(tap(*pair, pid, proof) for pair, proof in zip(pairs, proofs, strict=True))
            )
            assert answers.count("joined") == 1, Counter(answers)
            told.update(answers)
        bound = stored(process, "SELECT count(*), count(DISTINCT participant) FROM device")
        seats = stored(process, "SELECT count(*), count(DISTINCT participant) FROM seat")
    assert bound == [(rounds, rounds)], bound
    assert seats == [(rounds, rounds)], seats
    return told


async def visits(count: int, folder: Path, seed: int = 6) -> Counter[int]:
    """So many visits of robots, in whatever way robots look at links; nothing may change
    (AssertionError). The statuses, counted."""
    statuses: Counter[int] = Counter()
    async with open_house(folder, 50) as (process, pids):
        before = everything(process)
        left = iter(range(count))

        async def robot(phone: Phone) -> None:
            for number in left:
                chance = random.Random(f"{seed}/{number}")
                path = chance.choice(PATHS).format(pid=chance.choice(pids))
                headers = dict(chance.choice(LOOKS))
                status, said, _ = await phone.ask(chance.choice(METHODS), path, headers)
                assert status < 500, (path, headers)
                assert "set-cookie" not in said, (path, headers)
                statuses[status] += 1

        async with phones(process, ROBOTS) as there:
            await asyncio.gather(*(robot(phone) for phone in there))
        assert everything(process) == before
        async with process.client() as staff:
            data = f"/api/console/conversations/{SLUG}/files/participant_data.csv"
            assert len((await staff.get(data)).text.splitlines()) == 1
    assert statuses.total() == count
    return statuses


async def main(what: str, count: int) -> None:
    """Say what came of it."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        work = joins if what == "joins" else visits
        told = await work(count, Path(folder))
    took = time.monotonic() - began
    print(f"{what}: {count}, {told.total()} requests, {dict(told)}, in {took:.0f} s")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
