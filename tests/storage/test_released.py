"""Released devices, removed and muted people, refused joins: rows that no port writes yet are
honoured wherever they are read."""

from __future__ import annotations

import pytest
from sqlalchemy import Connection, Table, select, update

from tests.contract.scenes import MINUTE, OPEN, Device, Scene, Time, done, offer, scene
from turnout.domain.answers import Accepted
from turnout.domain.commands import End
from turnout.domain.refusals import Refused
from turnout.ports import Participant
from turnout.storage import SqlStore, schema


async def set_all(store: SqlStore, table: Table, **values: object) -> None:
    await store._write(lambda connection: connection.execute(update(table).values(values)))


def code(outcome: object) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.code


async def test_a_released_link_takes_another_device_and_keeps_its_answers(
    store: SqlStore, live: Scene
) -> None:
    await live.send(OPEN)
    old, new, pid = Device(), Device(), live.pids[0]
    who = await live.enter(pid, old)
    given = offer()
    await live.answer(who, given)
    await set_all(store, schema.device, slot=None, revoked_at=1)

    assert code(await live.hello(pid, old)) == "other_device"
    again = await live.enter(pid, new)
    assert (again.id, again.number) == (who.id, 1)
    assert [one.aid for one in again.answers] == [given.aid]
    assert code(await live.join(pid, old)) == "other_device"
    assert code(await live.hello(pid, old)) == "other_device"
    row = (await store.snapshot(live.id)).participants[0]
    assert row.device_changes == 1


@pytest.mark.parametrize("table", [schema.link, schema.participant])
async def test_the_removed_are_out(store: SqlStore, live: Scene, table: Table) -> None:
    device, pid = Device(), live.pids[0]
    await live.enter(pid, device)
    await set_all(store, table, removed_at=1)

    refused = await store.check(live.id, pid)
    assert code(refused) == "removed"
    assert code(await live.join(pid, device)) == "removed"
    assert code(await live.join(pid, Device())) == "removed"
    assert code(await live.hello(pid, device)) == "removed"
    assert [row.removed for row in (await store.snapshot(live.id)).participants] == [True]


async def test_the_removed_of_a_single_link_are_out(store: SqlStore, time: Time) -> None:
    room = await scene(store, time, links="single")
    await room.go_live()
    device = Device()
    await room.enter(None, device)
    await set_all(store, schema.participant, removed_at=1)

    assert code(await room.join(None, device)) == "removed"
    assert code(await room.hello(None, device)) == "removed"


async def test_the_removed_do_not_answer_and_what_they_answered_stays(
    store: SqlStore, live: Scene
) -> None:
    await live.send(OPEN)
    who = await live.enter(live.pids[0])
    await live.answer(who, offer())
    await set_all(store, schema.participant, removed_at=1)

    assert code((await live.answer(who, offer(OPEN, 1))).verdict) == "gone"
    assert len((await store.snapshot(live.id)).answers) == 1


async def test_the_muted_notice_nothing_and_are_marked(store: SqlStore, live: Scene) -> None:
    await live.send(OPEN)
    device, pid = Device(), live.pids[0]
    who = await live.enter(pid, device)
    await set_all(store, schema.participant, muted_at=1)

    assert isinstance((await live.answer(who, offer())).verdict, Accepted)
    assert isinstance(await live.hello(pid, device), Participant)
    assert [row.muted for row in (await store.snapshot(live.id)).answers] == [True]
    assert [row.muted for row in await store.answers_after(live.id, 0)] == [True]


async def test_a_link_remembers_why_it_was_turned_away(store: SqlStore, live: Scene) -> None:
    await live.enter(live.pids[0])
    await live.join(live.pids[0], Device())
    await live.join(live.pids[0], Device())
    done(await live.command(End()))
    live.time.pass_by(MINUTE)
    await live.join(live.pids[1], Device())

    def read(connection: Connection) -> list[str | None]:
        query = select(schema.link.c.turned_away).order_by(schema.link.c.number)
        return list(connection.execute(query).scalars())

    assert await store._read(read) == ["other_device", "over", *[None] * 8]


async def test_spent_nonces_are_swept_out(store: SqlStore, live: Scene) -> None:
    for pid in live.pids[:5]:
        await live.enter(pid)
    live.time.pass_by(11 * MINUTE)
    await live.enter(live.pids[5])

    def read(connection: Connection) -> int:
        return len(connection.execute(select(schema.nonce)).all())

    assert await store._read(read) == 1


async def test_a_rekeying_is_written_down(store: SqlStore, live: Scene) -> None:
    device, pid = Device(), live.pids[0]
    who = await live.enter(pid, device)
    await live.join(pid, Device(cookie=device.cookie))

    def read(connection: Connection) -> list[tuple[str, int]]:
        rows = connection.execute(select(schema.audit.c.what, schema.audit.c.participant))
        return [(what, participant) for what, participant in rows]

    assert await store._read(read) == [("rekeyed", who.id)]


async def test_an_answer_says_what_was_shown_and_in_which_run(store: SqlStore, live: Scene) -> None:
    await live.send(OPEN)
    who = await live.enter(live.pids[0])
    began = live.time.now
    await live.answer(who, offer())
    live.time.pass_by(MINUTE)
    await live.answer(who, offer(OPEN, 1))
    rev = (await live.state()).rev

    def read(connection: Connection) -> list[tuple[int, ...]]:
        columns = schema.answer.c
        rows = connection.execute(
            select(columns.shown_rev, columns.run, columns.first_at, columns.answered_at)
        )
        return [tuple(row) for row in rows]

    assert await store._read(read) == [(rev, 1, began, began + MINUTE)]
