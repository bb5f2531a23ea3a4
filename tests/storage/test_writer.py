"""The writing thread: whole transactions, whatever happens to callers."""

from __future__ import annotations

import asyncio
import os
import sqlite3
import threading
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, insert
from sqlalchemy.exc import IntegrityError

from tests.contract.scenes import OPEN, Scene, Time, done, offer, scene
from tests.storage.jobs import note, notes, pragma
from turnout.domain.answers import Accepted
from turnout.domain.commands import Decision, Next
from turnout.domain.conversation import Conversation
from turnout.domain.deciding import decide
from turnout.ports import Facts, Participant, StoreUnavailable
from turnout.storage import open_store, schema
from turnout.storage.writer import Writer


class Hold:
    """A job that keeps the thread busy until it is let go."""

    def __init__(self) -> None:
        self.began = threading.Event()
        self.let_go = threading.Event()

    def __call__(self, connection: Connection) -> None:
        note("held")(connection)
        self.began.set()
        assert self.let_go.wait(30)
        note("let go")(connection)


async def test_what_waits_together_is_one_transaction(writer: Writer) -> None:
    commits: list[object] = []
    event.listen(writer._engine, "commit", commits.append)

    await asyncio.gather(*(writer.run(note(str(n))) for n in range(50)))

    assert len(commits) == 1
    assert await writer.run(notes) == [str(n) for n in range(50)]


async def test_a_job_that_fails_harms_no_other(writer: Writer) -> None:
    def fail(connection: Connection) -> None:
        note("never")(connection)
        raise ZeroDivisionError

    def clash(connection: Connection) -> None:
        note("never")(connection)
        connection.execute(insert(schema.nonce).values(nonce="one", spent_at=1))
        connection.execute(insert(schema.nonce).values(nonce="one", spent_at=1))

    outcomes = await asyncio.gather(
        writer.run(note("before")),
        writer.run(fail),
        writer.run(clash),
        writer.run(note("after")),
        return_exceptions=True,
    )

    assert [type(one) for one in outcomes] == [
        type(None),
        ZeroDivisionError,
        IntegrityError,
        type(None),
    ]
    assert await writer.run(notes) == ["before", "after"]


async def test_a_cancelled_caller_leaves_no_half_job(writer: Writer) -> None:
    hold = Hold()
    running = asyncio.create_task(writer.run(hold))
    await asyncio.to_thread(hold.began.wait, 30)
    waiting = asyncio.create_task(writer.run(note("never")))
    last = asyncio.create_task(writer.run(note("last")))
    await asyncio.sleep(0)

    running.cancel()
    waiting.cancel()
    hold.let_go.set()
    await last

    assert running.cancelled()
    assert await writer.run(notes) == ["held", "let go", "last"]


async def test_a_cancelled_command_is_whole_or_nothing(live: Scene) -> None:
    began, let_go = threading.Event(), threading.Event()

    def slow(state: Conversation, facts: Facts) -> Decision:
        began.set()
        assert let_go.wait(30)
        return decide(state, Next(), facts.now)

    before = await live.state()
    task = asyncio.create_task(live.store.decide(live.id, slow, by="Mona", cid="slow"))
    await asyncio.to_thread(began.wait, 30)
    task.cancel()
    let_go.set()
    await asyncio.wait([task])

    again = done(await live.command(Next(), cid="slow"))
    assert again.events == ()
    assert again.conversation.rev == before.rev + 1
    assert await live.state() == again.conversation


async def test_a_commit_that_fails_acknowledges_nobody(live: Scene, writer: Writer) -> None:
    await live.send(OPEN)
    who = await live.enter(live.pids[0])
    state = await live.state()

    def fail(_connection: Connection) -> None:
        raise sqlite3.OperationalError("nobody knows")

    event.listen(writer._engine, "commit", fail)
    outcomes = await asyncio.gather(
        live.answer(who, offer()),
        live.command(Next(), cid="lost"),
        writer.run(note("lost")),
        return_exceptions=True,
    )
    event.remove(writer._engine, "commit", fail)

    assert {type(one) for one in outcomes} == {StoreUnavailable}
    assert await live.state() == state
    assert await live.store.answers_after(live.id, 0) == ()
    # What memory had folded in vain is not taken for the truth.
    decided = done(await live.command(Next(), cid="lost"))
    assert decided.conversation.rev == state.rev + 1
    assert await live.state() == decided.conversation


async def test_another_programs_lock_is_waited_for_and_then_refused(
    writer: Writer, path: Path
) -> None:
    await writer.run(pragma("busy_timeout=50"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        await writer.run(note("refused"))
    other.execute("COMMIT")
    other.close()

    await writer.run(note("taken"))
    assert await writer.run(notes) == ["taken"]


async def test_a_store_that_cannot_begin_lets_go(path: Path, time: Time) -> None:
    def no_randomness(_bytes: int) -> bytes:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await open_store(path, time, no_randomness)
    await (await open_store(path, time, os.urandom)).close()


async def test_closing_finishes_what_was_begun(path: Path, time: Time) -> None:
    store = await open_store(path, time, os.urandom)
    live = await scene(store, time)
    await live.go_live()
    await live.send(OPEN)
    people: list[Participant] = [await live.enter(pid) for pid in live.pids]
    answers = [asyncio.create_task(live.answer(who, offer())) for who in people]
    job = asyncio.create_task(store.add_owner("Zoë", "hash"))
    await asyncio.sleep(0)

    await store.close()

    assert {type((await one).verdict) for one in answers} == {Accepted}
    assert await job is not None
    with pytest.raises(StoreUnavailable, match="closed"):
        await store.add_owner("Eve", "hash")
    store = await open_store(path, time, os.urandom)
    assert len((await store.snapshot(live.id)).answers) == 10
    await store.close()
