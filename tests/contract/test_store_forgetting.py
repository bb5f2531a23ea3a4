"""Forgetting a shared browser, counting damaged links, erasing a conversation."""

from __future__ import annotations

import asyncio

import pytest

from tests.contract.scenes import (
    MINUTE,
    OPEN,
    Device,
    Scene,
    Time,
    code,
    done,
    kinds,
    offer,
    scene,
)
from turnout.domain.commands import Close, End, Publish, ReopenFlex
from turnout.domain.devices import PROVISIONAL
from turnout.domain.refusals import Refused
from turnout.ports import Arriving, Head, Participant, Settled, Store


async def forget(room: Scene, pid: str | None, device: Device) -> Refused | None:
    return await room.store.forget(Arriving(room.id, pid, device.key, device.cookie))


@pytest.mark.parametrize("key", ["a key", None])
async def test_coming_back_to_a_shared_computer_needs_a_release(
    live: Scene, key: str | None
) -> None:
    device, pid = Device(key=key), live.pids[0]
    who = await live.enter(pid, device)

    assert await forget(live, pid, device) is None

    # The next one at this computer has its cookies, and whatever the page left behind.
    for one in (device, Device(cookie=device.cookie), Device(key=None, cookie=device.cookie)):
        assert code(await live.join(pid, one)) == "other_device"
        assert code(await live.hello(pid, one)) == "other_device"
        assert code(await forget(live, pid, one)) == "other_device"
    live.time.pass_by(PROVISIONAL + 1)
    assert code(await live.join(pid, device)) == "other_device"
    done(await live.release(1))
    assert (await live.enter(pid, Device())).id == who.id


async def test_an_attempt_is_forgotten_too(live: Scene) -> None:
    """Neither the attempt of the join nor an empty one is known again within two minutes."""
    device, pid = Device(key=None), live.pids[0]
    await live.enter(pid, device)
    await forget(live, pid, device)

    for attempt in (device.attempt, ""):
        assert code(await live.join(pid, Device(key=None, attempt=attempt))) == "other_device"


async def test_a_forgotten_device_may_ask_like_any_other(live: Scene) -> None:
    device, pid = Device(), live.pids[0]
    who = await live.enter(pid, device)
    await forget(live, pid, device)
    asked = await live.asked(pid, Device())
    assert kinds(done(await live.release(asked.takeover.letters))) == ["released"]
    assert (await live.store.snapshot(live.id)).participants[0].number == who.number


async def test_who_is_not_known_is_not_forgotten(live: Scene) -> None:
    device, pid = Device(), live.pids[0]
    assert code(await forget(live, pid, device)) == "unlisted"
    await live.enter(pid, device)
    for stranger in (Device(), Device(cookie=device.cookie), Device(key=None)):
        assert code(await forget(live, pid, stranger)) == "other_device"
    assert code(await forget(live, live.pids[1], device)) == "unlisted"
    assert code(await forget(live, None, device)) == "unlisted"
    assert isinstance(await live.hello(pid, device), Participant)


async def test_forgetting_goes_on_after_the_end(live: Scene) -> None:
    """The button stands on the thank-you page, and stays there."""
    device, pid = Device(), live.pids[0]
    await live.enter(pid, device)
    done(await live.command(End()))
    live.time.pass_by(60 * MINUTE)
    assert code(await live.hello(pid, device)) == "over"

    assert await forget(live, pid, device) is None

    done(await live.command(ReopenFlex(1)))
    assert code(await live.join(pid, device)) == "other_device"


async def test_where_several_devices_are_allowed_a_slot_is_free_again(
    store: Store, time: Time
) -> None:
    room = await scene(store, time, several_devices=True)
    await room.go_live()
    pid, devices = room.pids[0], [Device() for _ in range(6)]
    for device in devices[:5]:
        await room.enter(pid, device)
    assert code(await room.join(pid, devices[5])) == "other_device"

    assert await forget(room, pid, devices[2]) is None

    assert code(await room.hello(pid, devices[2])) == "other_device"
    assert isinstance(await room.hello(pid, devices[3]), Participant)
    assert (await room.enter(pid, devices[5])).number == 1


async def test_a_forgotten_browser_of_the_single_link_is_somebody_new(
    store: Store, time: Time
) -> None:
    room = await scene(store, time, links="single", max_participants=2)
    await room.go_live()
    device = Device()
    who = await room.enter(None, device)

    assert await forget(room, None, device) is None
    assert code(await forget(room, None, device)) == "unlisted"

    again = await room.enter(None, device)
    assert (again.id != who.id, again.number) == (True, 2)
    assert code(await room.join(None, Device(cookie=device.cookie, key=None))) == "full"


async def test_damaged_links_are_counted(live: Scene) -> None:
    other = await scene(live.store, live.time, "other")
    rev = (await live.state()).rev

    await asyncio.gather(*(live.store.count_damaged(live.id) for _ in range(20)))
    await live.store.count_damaged(live.id, 3)
    await live.store.count_damaged(4711)

    heads = await live.store.heads([live.id, other.id])
    assert heads == {live.id: Head(rev, 0, 23), other.id: Head(2, 0, 0)}


async def test_a_link_says_why_it_was_turned_away_if_nobody_joined_with_it(live: Scene) -> None:
    device = Device()
    await live.join(live.pids[0], device)
    await live.join(live.pids[0], Device())
    await live.enter(live.pids[1])
    await live.join(live.pids[1], Device())
    done(await live.command(End()))
    await live.join(live.pids[2], Device())

    links = (await live.store.snapshot(live.id)).links

    assert links == await live.store.links(live.id)
    assert [link.turned_away for link in links] == ["other_device", None, "over", *[None] * 7]


# --- erasing ------------------------------------------------------------------------------------


async def busy(room: Scene) -> Participant:
    """Of everything something."""
    await room.go_live()
    await room.send(OPEN)
    who = await room.enter(room.pids[0])
    await room.answer(who, offer())
    await room.asked(room.pids[0], Device())
    done(await room.mute(1))
    await room.enter(room.pids[1])
    done(await room.remove(2))
    await room.store.count_damaged(room.id)
    return who


async def test_an_erased_conversation_is_gone(draft: Scene) -> None:
    other = await scene(draft.store, draft.time, "other")
    await busy(other)
    before = await draft.store.snapshot(other.id)
    who = await busy(draft)
    done(await draft.command(End()))

    assert await draft.store.erase(draft.id, by="Zoë") is None
    assert await draft.store.erase(draft.id, by="Zoë") is None

    store = draft.store
    assert await store.find("worries") is None
    assert [one.slug for one in await store.list()] == ["other"]
    assert await store.heads([draft.id]) == {}
    assert await store.events_after(draft.id, 0) == ()
    assert await store.answers_after(draft.id, 0) == ()
    assert await store.links(draft.id) == ()
    assert await store.takeovers(draft.id) == ()
    assert code(await store.check(draft.id, draft.pids[0])) == "unlisted"
    assert code((await store.answer(draft.id, who.id, offer())).verdict) == "gone"
    await store.attend([(who.attendance, draft.time.now)])
    await store.count_damaged(draft.id)
    with pytest.raises(LookupError):
        await store.snapshot(draft.id)
    with pytest.raises(LookupError):
        await draft.join(draft.pids[0], Device())
    with pytest.raises(LookupError):
        await draft.command(Close())
    assert await store.snapshot(other.id) == before


async def test_the_slug_is_free_again_for_something_new(draft: Scene) -> None:
    old = await draft.store.find("worries")
    await draft.store.erase(draft.id, by="Zoë")

    new = await scene(draft.store, draft.time)

    assert old is not None
    assert new.id != old.id
    assert await draft.store.find("worries") == new.located
    assert not set(new.pids) & set(draft.pids)


async def test_nothing_is_erased_while_people_answer(draft: Scene) -> None:
    await draft.go_live()
    assert code(await draft.store.erase(draft.id, by="Zoë")) == "phase"
    done(await draft.command(End()))
    draft.time.pass_by(61_000)
    done(await draft.command(ReopenFlex(1)))
    assert code(await draft.store.erase(draft.id, by="Zoë")) == "phase"
    # What has ended by itself may go, whoever saw it.
    draft.time.pass_by(24 * 60 * MINUTE)
    assert await draft.store.erase(draft.id, by="Zoë") is None


async def test_what_was_never_opened_may_go(draft: Scene) -> None:
    done(await draft.command(Publish()))
    assert await draft.store.erase(draft.id, by="Zoë") is None


async def test_erasing_among_everything_else(draft: Scene) -> None:
    """Readers and writers of this conversation and another one, all at once."""
    other = await scene(draft.store, draft.time, "other")
    await other.go_live()
    await other.send(OPEN)
    there = [await other.enter(pid) for pid in other.pids]
    here = await busy(draft)
    done(await draft.command(End()))
    store = draft.store

    answers, erased, rest = await asyncio.gather(
        asyncio.gather(*(other.answer(who, offer()) for who in there)),
        asyncio.gather(*(store.erase(draft.id, by="Zoë") for _ in range(5))),
        asyncio.gather(
            *(store.answer(draft.id, here.id, offer()) for _ in range(10)),
            *(store.snapshot(other.id) for _ in range(10)),
            *(store.find("worries") for _ in range(10)),
            *(store.snapshot(draft.id) for _ in range(10)),
            *(store.catch_up(draft.id) for _ in range(10)),
            return_exceptions=True,
        ),
    )

    assert [one.aseq > 0 for one in answers] == [True] * 10
    assert erased == [None] * 5
    assert {type(one) for one in rest if isinstance(one, BaseException)} <= {LookupError}
    assert {code(one.verdict) for one in rest if isinstance(one, Settled)} == {"gone"}
    assert await store.find("worries") is None
    assert len(await store.answers_after(other.id, 0)) == 10
