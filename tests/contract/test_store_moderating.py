"""Muting, unmuting and removing people in a store."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

import pytest

from tests.contract.scenes import (
    OPEN,
    SCALE,
    Device,
    Scene,
    Time,
    code,
    done,
    kinds,
    offer,
    scene,
)
from turnout.domain.answers import Accepted, Body
from turnout.domain.commands import End
from turnout.domain.events import Muted, Removed, Unmuted
from turnout.ports import Decided, Head, Participant, Store


@pytest.fixture
async def asked(live: Scene) -> Scene:
    await live.send(OPEN)
    return live


async def test_a_mute_is_written_by_whom(asked: Scene) -> None:
    await asked.enter(asked.pids[0])

    muted = done(await asked.mute(1))
    unmuted = done(await asked.unmute(1))

    assert [(one.event, one.by) for one in (*muted.events, *unmuted.events)] == [
        (Muted(1), "Mona"),
        (Unmuted(1), "Mona"),
    ]
    assert unmuted.conversation == await asked.state()
    # Participants see nothing of it.
    assert unmuted.conversation.seen_rev == muted.events[0].prev


async def test_whoever_reads_by_aseq_sees_a_mute(asked: Scene) -> None:
    people = [await asked.enter(pid) for pid in asked.pids[:3]]
    await asked.send(SCALE)
    for who in people:
        await asked.answer(who, offer())
    await asked.answer(people[1], offer(SCALE, 0, Body(number=2)))
    before = (await asked.store.heads([asked.id]))[asked.id]

    done(await asked.mute(2))
    first = await asked.store.answers_after(asked.id, before.aseq)
    done(await asked.unmute(2))
    second = await asked.store.answers_after(asked.id, before.aseq + 1)

    assert [(row.participant, row.question, row.muted) for row in first] == [
        (2, OPEN, True),
        (2, SCALE, True),
    ]
    assert {row.aseq for row in first} == {before.aseq + 1}
    assert [row.muted for row in second] == [False, False]
    head = (await asked.store.heads([asked.id]))[asked.id]
    assert head == Head(before.rev + 2, before.aseq + 2)


async def test_the_muted_notice_nothing_and_are_marked(asked: Scene) -> None:
    device, pid = Device(), asked.pids[0]
    who = await asked.enter(pid, device)
    before = await asked.store.heads([asked.id])
    done(await asked.mute(1))

    assert (await asked.store.heads([asked.id]))[asked.id].aseq == before[asked.id].aseq + 1
    assert isinstance((await asked.answer(who, offer())).verdict, Accepted)
    assert await asked.join(pid, device) == "key"
    assert isinstance(await asked.hello(pid, device), Participant)
    snapshot = await asked.store.snapshot(asked.id)
    assert [row.muted for row in snapshot.answers] == [True]
    assert [row.muted for row in snapshot.participants] == [True]
    assert [row.muted for row in await asked.store.answers_after(asked.id, 0)] == [True]


async def test_the_muted_are_chosen_by_number_on_the_single_link_too(
    store: Store, time: Time
) -> None:
    room = await scene(store, time, links="single")
    await room.go_live()
    await room.send(OPEN)
    for who in [await room.enter(None) for _ in range(2)]:
        await room.answer(who, offer())
    author = (await store.answers_after(room.id, 0))[1].participant

    done(await room.mute(author))

    assert [row.muted for row in (await store.snapshot(room.id)).answers] == [False, True]


async def test_muting_goes_on_after_the_end(asked: Scene) -> None:
    await asked.enter(asked.pids[0])
    done(await asked.command(End()))
    assert kinds(done(await asked.mute(1))) == ["muted"]
    assert kinds(done(await asked.unmute(1))) == ["unmuted"]


async def test_the_removed_are_out_and_what_they_answered_stays(asked: Scene) -> None:
    device, pid = Device(), asked.pids[0]
    who = await asked.enter(pid, device)
    await asked.answer(who, offer())

    decided = done(await asked.remove(1))

    assert [(one.event, one.by) for one in decided.events] == [(Removed(1), "Mona")]
    assert code((await asked.answer(who, offer(OPEN, 1))).verdict) == "gone"
    assert code(await asked.store.check(asked.id, pid)) == "removed"
    for one in (device, Device()):
        assert code(await asked.join(pid, one)) == "removed"
        assert code(await asked.hello(pid, one)) == "removed"
        assert code(await asked.ask(pid, one)) == "removed"
    snapshot = await asked.store.snapshot(asked.id)
    assert [row.removed for row in snapshot.participants] == [True]
    assert [row.removed for row in snapshot.links] == [True, *[False] * 9]
    assert len(snapshot.answers) == 1
    assert code(await asked.release(1)) == "gone"


async def test_the_removed_of_a_single_link_are_out(store: Store, time: Time) -> None:
    room = await scene(store, time, links="single")
    await room.go_live()
    device = Device()
    await room.enter(None, device)
    done(await room.remove(1))

    assert code(await room.join(None, device)) == "removed"
    assert code(await room.hello(None, device)) == "removed"


async def test_nobody_is_removed_after_the_end(asked: Scene) -> None:
    """A file that is final stays as it is."""
    await asked.enter(asked.pids[0])
    done(await asked.command(End()))
    assert code(await asked.remove(1)) == "phase"
    assert not (await asked.store.snapshot(asked.id)).participants[0].removed


Act = Callable[[Scene, int, str], Awaitable[object]]
ACTS: dict[str, Act] = {
    "muted": lambda room, who, cid: room.mute(who, cid),
    "unmuted": lambda room, who, cid: room.unmute(who, cid),
    "removed": lambda room, who, cid: room.remove(who, cid),
    "released": lambda room, who, cid: room.release(who, cid),
}


@pytest.mark.parametrize("what", ACTS)
async def test_a_cid_is_decided_once(asked: Scene, what: str) -> None:
    for pid in asked.pids[:2]:
        await asked.enter(pid)
    done(await asked.mute(2))
    act, who = ACTS[what], 2 if what == "unmuted" else 1

    outcomes = [done(await act(asked, who, "once")) for _ in range(2)]
    # It was decided, for whomever it is sent again.
    outcomes.append(done(await act(asked, 3 - who, "once")))

    assert [kinds(one) for one in outcomes] == [[what], [], []]
    assert await act(asked, who, "another") == Decided(outcomes[0].conversation, ())


@pytest.mark.parametrize("what", ACTS)
async def test_of_twenty_at_once_one_is_written(asked: Scene, what: str) -> None:
    await asked.enter(asked.pids[0])
    if what == "unmuted":
        done(await asked.mute(1))

    outcomes = await asyncio.gather(*(ACTS[what](asked, 1, "") for _ in range(20)))

    assert [kinds(done(one)) for one in outcomes] == [[what], *[[]] * 19]


@pytest.mark.parametrize("what", ACTS)
async def test_nobody_has_that_number(asked: Scene, what: str) -> None:
    await asked.join(asked.pids[0], Device())
    for number in (0, 1, -1, 2**31, 10**30):
        assert code(await ACTS[what](asked, number, "")) == "gone"
    with pytest.raises(LookupError):
        await asked.store.mute(4711, 1, by="Mona", cid="c")


async def test_mutes_and_answers_at_once_have_one_order(asked: Scene) -> None:
    people = [await asked.enter(pid) for pid in asked.pids]
    seen, rows = 0, dict[int, bool]()

    async def follow() -> None:
        nonlocal seen
        while len(rows) < 10 or not all(rows.values()):
            for row in await asked.store.answers_after(asked.id, seen):
                rows[row.participant], seen = row.muted, row.aseq

    await asyncio.gather(
        *(asked.answer(who, offer()) for who in people),
        *(asked.mute(number) for number in range(1, 11)),
        follow(),
    )

    head = (await asked.store.heads([asked.id]))[asked.id]
    assert seen <= head.aseq
    assert rows == dict.fromkeys(range(1, 11), True)
