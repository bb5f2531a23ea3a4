"""What the files of an earlier run still say of links that a later run changes."""

from __future__ import annotations

from tests.contract.scenes import MINUTE, OPEN, Device, Scene, code, done, offer
from turnout.domain.commands import End, ReopenFlex
from turnout.exports.runs import of_run
from turnout.exports.snapshot import Snapshot


async def reopen(room: Scene) -> None:
    """End the run, and begin the next."""
    done(await room.command(End()))
    room.time.pass_by(2 * MINUTE)
    done(await room.command(ReopenFlex(7)))


async def move(room: Scene, pid: str, who: int) -> None:
    """A moderator frees the link, and another device joins with it."""
    done(await room.release(who))
    await room.enter(pid, Device())


async def whole(room: Scene) -> Snapshot:
    return await room.store.snapshot(room.id)


async def test_moves_are_counted_as_of_each_runs_end(live: Scene) -> None:
    await live.enter(live.pids[0])
    await live.enter(live.pids[1])
    await move(live, live.pids[0], 1)
    await reopen(live)
    await move(live, live.pids[0], 1)
    await move(live, live.pids[1], 2)
    await reopen(live)
    await move(live, live.pids[0], 1)

    taken = await whole(live)
    by_run = [
        {row.number: row.device_changes for row in of_run(taken, run).participants}
        for run in (1, 2, 3, None)
    ]
    assert by_run == [{1: 1, 2: 0}, {1: 2, 2: 1}, {1: 3}, {1: 3, 2: 1}]


async def test_refusals_are_known_as_of_each_runs_end(live: Scene) -> None:
    """The first link is turned away behind the first end and joins later; the second is turned away
    behind the second end alone."""
    first, second = live.pids[0], live.pids[1]
    done(await live.command(End()))
    assert code(await live.join(first, Device())) == "over"
    live.time.pass_by(2 * MINUTE)
    done(await live.command(ReopenFlex(7)))
    await live.enter(first)
    done(await live.command(End()))
    live.time.pass_by(MINUTE)
    assert code(await live.join(second, Device())) == "over"
    live.time.pass_by(2 * MINUTE)
    done(await live.command(ReopenFlex(7)))

    taken = await whole(live)
    by_run = [
        [(row.joined_at is not None, row.turned_away) for row in of_run(taken, run).links[:2]]
        for run in (1, 2, 3)
    ]
    assert by_run == [
        [(False, "over"), (False, None)],
        [(True, None), (False, "over")],
        [(True, None), (False, "over")],
    ]


async def test_the_key_of_anonymous_files_is_drawn_once_for_a_conversation(live: Scene) -> None:
    who = await live.enter(live.pids[0])
    await live.send(OPEN)
    before = await whole(live)
    await live.answer(who, offer())
    after = await whole(live)
    assert before.key == after.key
    assert len(before.key) >= 16


async def test_what_was_kept_is_erased_too(live: Scene) -> None:
    await live.enter(live.pids[0])
    await move(live, live.pids[0], 1)
    await reopen(live)
    done(await live.command(End()))
    assert await live.store.erase(live.id, by="Amara") is None
