"""A process that is killed in the middle: what it had acknowledged is there."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.contract.scenes import GUIDE, OPEN, TEXTS, Time, text
from turnout.domain.answers import Known, Offer, Superseded
from turnout.storage import open_store

PEOPLE = 40
ENOUGH = 1_500

ANSWER = f"""
import asyncio, os, sys, time
from pathlib import Path
from tests.contract.scenes import OPEN, Time, offer, scene, text
from turnout.domain.answers import Accepted
from turnout.storage import open_store

async def main():
    clock = Time()
    store = await open_store(Path(sys.argv[1]), clock, os.urandom)
    live = await scene(store, clock, max_participants={PEOPLE})
    await live.go_live()
    await live.send(OPEN)
    people = [await live.enter(pid) for pid in live.pids]

    async def go_on(who):
        base = 0
        while True:
            given = offer(OPEN, base, text(base))
            settled = await live.answer(who, given)
            assert isinstance(settled.verdict, Accepted)
            base += 1
            print(who.id, who.number, base, given.aid, flush=True)

    await asyncio.gather(*(go_on(who) for who in people))

asyncio.run(main())
"""


def acknowledged(path: Path) -> list[tuple[int, int, int, str]]:
    """Let a process answer, kill it in full flow, and collect what it had said was stored."""
    command = [sys.executable, "-c", ANSWER, str(path)]
    root = Path(__file__).parents[2]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=root) as process:
        assert process.stdout is not None
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line)
            if len(lines) == ENOUGH:
                process.kill()
    # The last line may have been cut off.
    whole = [line.split() for line in lines if line.endswith("\n")]
    assert len(whole) >= ENOUGH
    return [(int(id), int(number), int(revision), aid) for id, number, revision, aid in whole]


async def test_what_was_acknowledged_is_there_after_a_kill(path: Path, time: Time) -> None:
    said = acknowledged(path)

    store = await open_store(path, time, os.urandom)
    found = await store.find("worries")
    assert found is not None
    assert tuple(entry.item for entry in found.conversation.entries) == GUIDE
    rows = {row.participant: row for row in await store.answers_after(found.id, 0)}
    for _, number, revision, _ in said:
        row = rows[number]
        assert row.revision >= revision
        assert row.body.text == TEXTS[(row.revision - 1) % len(TEXTS)]
    last = {number: (id, revision, aid) for id, number, revision, aid in said}
    for number, (id, revision, aid) in last.items():
        again = await store.answer(found.id, id, Offer(aid, OPEN, revision - 1, text(0)))
        newest = rows[number].revision == revision
        assert isinstance(again.verdict, Known if newest else Superseded)
    await store.close()
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    connection.close()
