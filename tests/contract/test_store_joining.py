"""Joining in a store: links, devices and seats, under races too."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from tests.contract.scenes import MINUTE, SECOND, Device, Scene, Time, code, done, new_id, scene
from turnout.domain.commands import End, Publish
from turnout.domain.devices import PROVISIONAL, REKEY_AFTER, Asking, Assurance
from turnout.domain.links import make_pid
from turnout.domain.refusals import Refused
from turnout.ports import Joining, Participant, Store

UNKNOWN = make_pid(b"ten bytes.")


def tally(outcomes: list[Assurance | Refused]) -> Counter[str]:
    return Counter(one.code if isinstance(one, Refused) else "in" for one in outcomes)


async def test_a_link_is_checked_without_a_trace(live: Scene) -> None:
    before = await live.store.snapshot(live.id)

    assert await live.store.check(live.id, live.pids[0]) is None
    assert code(await live.store.check(live.id, UNKNOWN)) == "unlisted"
    assert await live.store.snapshot(live.id) == before


async def test_pids_of_one_conversation_mean_nothing_in_another(live: Scene) -> None:
    other = await scene(live.store, live.time, "other")
    await other.go_live()

    assert code(await live.store.check(live.id, other.pids[0])) == "unlisted"
    assert code(await live.join(other.pids[0], Device())) == "unlisted"


async def test_nobody_joins_before_the_start_or_after_the_end(draft: Scene) -> None:
    pid = draft.pids[0]
    assert code(await draft.join(pid, Device())) == "not_open"
    done(await draft.command(Publish()))
    assert code(await draft.join(pid, Device())) == "not_open"
    assert code(await draft.hello(pid, Device())) == "not_open"
    await draft.go_live()
    done(await draft.command(End()))
    assert code(await draft.join(pid, Device())) == "over"
    assert code(await draft.hello(pid, Device())) == "over"


async def test_links_and_the_single_link_are_not_mixed(store: Store, time: Time) -> None:
    unique = await scene(store, time, "unique")
    single = await scene(store, time, "single", links="single")
    for one in (unique, single):
        await one.go_live()

    assert code(await unique.join(None, Device())) == "unlisted"
    assert code(await unique.hello(None, Device())) == "unlisted"
    assert code(await single.join(unique.pids[0], Device())) == "unlisted"
    assert code(await single.hello(unique.pids[0], Device())) == "unlisted"


async def test_the_same_device_is_never_refused(live: Scene) -> None:
    device, pid = Device(), live.pids[0]
    for _ in range(3):
        assert await live.join(pid, device) == "key"
        participant = await live.hello(pid, device)
        assert isinstance(participant, Participant)
        assert participant.number == 1


async def test_another_device_is_refused(live: Scene) -> None:
    pid = live.pids[0]
    await live.enter(pid)

    assert code(await live.join(pid, Device())) == "other_device"
    assert code(await live.hello(pid, Device())) == "other_device"


async def test_a_key_is_needed_where_a_key_was_made(live: Scene) -> None:
    """The cookie alone is believed only where a browser could make no key."""
    device, pid = Device(), live.pids[0]
    await live.enter(pid, device)
    thief = Device(key=None, cookie=device.cookie)

    assert code(await live.hello(pid, thief)) == "other_device"
    assert code(await live.join(pid, thief)) == "other_device"


async def test_without_a_key_the_cookie_serves(live: Scene) -> None:
    device, pid = Device(key=None), live.pids[0]
    assert await live.join(pid, device) == "cookie"
    participant = await live.hello(pid, device)
    assert isinstance(participant, Participant)
    assert participant.assurance == "cookie"
    assert code(await live.hello(pid, Device(key=None, cookie="another"))) == "other_device"
    assert code(await live.hello(pid, Device(key=None))) == "other_device"


async def test_without_a_key_a_lost_answer_is_given_again(live: Scene) -> None:
    """The answer that carried the cookie was lost: the same attempt is the same device."""
    device, pid = Device(key=None), live.pids[0]
    assert await live.join(pid, device) == "cookie"
    lost = Device(key=None, attempt=device.attempt)
    live.time.pass_by(PROVISIONAL)
    assert await live.join(pid, lost) == "cookie"
    assert isinstance(await live.hello(pid, lost), Participant)
    assert code(await live.hello(pid, device)) == "other_device"


async def test_of_a_hundred_first_joins_one_binds(live: Scene) -> None:
    devices = [Device() for _ in range(100)]
    pid = live.pids[0]

    outcomes = await asyncio.gather(*(live.join(pid, device) for device in devices))

    assert tally(outcomes) == {"in": 1, "other_device": 99}
    hellos = await asyncio.gather(*(live.hello(pid, device) for device in devices))
    bound = [device for device, one in zip(devices, outcomes, strict=True) if one == "key"]
    said = [
        device for device, one in zip(devices, hellos, strict=True) if isinstance(one, Participant)
    ]
    assert said == bound


async def test_seats_are_never_overrun(store: Store, time: Time) -> None:
    crowd = await scene(store, time, max_participants=100, issued=150)
    await crowd.go_live()
    people = [(pid, Device()) for pid in crowd.pids]

    outcomes = await asyncio.gather(*(crowd.join(pid, device) for pid, device in people))

    assert tally(outcomes) == {"in": 100, "full": 50}
    hellos = await asyncio.gather(*(crowd.hello(pid, device) for pid, device in people))
    numbers = sorted(one.number for one in hellos if isinstance(one, Participant))
    assert numbers == list(range(1, 101))
    again = await asyncio.gather(*(crowd.join(pid, device) for pid, device in people))
    assert again == outcomes


async def test_seats_of_the_single_link_are_never_overrun(store: Store, time: Time) -> None:
    crowd = await scene(store, time, max_participants=20, links="single")
    await crowd.go_live()
    devices = [Device() for _ in range(30)]

    outcomes = await asyncio.gather(*(crowd.join(None, device) for device in devices))

    assert tally(outcomes) == {"in": 20, "full": 10}


async def test_a_seat_without_a_hello_goes_to_the_next_after_two_minutes(
    store: Store, time: Time
) -> None:
    room = await scene(store, time, max_participants=2, issued=4)
    await room.go_live()
    stays, leaves, waits = Device(), Device(), Device()
    await room.enter(room.pids[0], stays)
    assert await room.join(room.pids[1], leaves) == "key"

    time.pass_by(PROVISIONAL)
    assert code(await room.join(room.pids[2], waits)) == "full"
    time.pass_by(1)
    assert await room.join(room.pids[2], waits) == "key"

    # Who comes back after that needs a free seat like anyone; who stayed is never full.
    assert code(await room.join(room.pids[1], leaves)) == "full"
    assert code(await room.hello(room.pids[1], leaves)) == "full"
    assert await room.join(room.pids[0], stays) == "key"
    time.pass_by(PROVISIONAL + 1)
    assert await room.join(room.pids[1], leaves) == "key"
    assert isinstance(await room.hello(room.pids[1], leaves), Participant)
    assert code(await room.hello(room.pids[2], waits)) == "full"


async def test_who_took_long_is_let_in_while_nobody_took_the_place(live: Scene) -> None:
    device, pid = Device(), live.pids[0]
    await live.join(pid, device)
    live.time.pass_by(10 * MINUTE)

    assert isinstance(await live.hello(pid, device), Participant)


async def test_a_join_without_a_hello_gives_way_to_another_device(live: Scene) -> None:
    first, second, pid = Device(), Device(), live.pids[0]
    await live.join(pid, first)
    live.time.pass_by(PROVISIONAL)
    assert code(await live.join(pid, second)) == "other_device"
    live.time.pass_by(1)
    assert await live.join(pid, second) == "key"

    assert code(await live.hello(pid, first)) == "other_device"
    participant = await live.hello(pid, second)
    assert isinstance(participant, Participant)
    live.time.pass_by(PROVISIONAL + 1)
    assert code(await live.join(pid, first)) == "other_device"


async def test_joining_again_gives_another_two_minutes(live: Scene) -> None:
    first, second, pid = Device(), Device(), live.pids[0]
    await live.join(pid, first)
    live.time.pass_by(PROVISIONAL - SECOND)
    await live.join(pid, first)
    live.time.pass_by(PROVISIONAL)

    assert code(await live.join(pid, second)) == "other_device"


async def test_a_nonce_is_spent_once(live: Scene) -> None:
    device, nonce = Device(), new_id()
    assert await live.join(live.pids[0], device, nonce=nonce) == "key"
    assert code(await live.join(live.pids[0], device, nonce=nonce)) == "proof"
    assert code(await live.join(live.pids[1], Device(), nonce=nonce)) == "proof"


async def test_a_refused_join_spends_no_nonce(live: Scene) -> None:
    await live.enter(live.pids[0])
    device, nonce = Device(), new_id()
    assert code(await live.join(live.pids[0], device, nonce=nonce)) == "other_device"
    assert await live.join(live.pids[1], device, nonce=nonce) == "key"


async def test_a_purged_browser_is_known_by_its_cookie_once_a_day(store: Store, time: Time) -> None:
    live = await scene(store, time, duration=24 * 60)
    await live.go_live()
    device, pid = Device(), live.pids[0]
    first = await live.enter(pid, device)
    purged = Device(cookie=device.cookie)
    assert await live.join(pid, purged) == "key"

    again = await live.hello(pid, purged)
    assert isinstance(again, Participant)
    assert (again.id, again.number) == (first.id, first.number)
    assert code(await live.hello(pid, device)) == "other_device"

    once_more = Device(cookie=device.cookie)
    assert code(await live.join(pid, once_more)) == "other_device"
    live.time.pass_by(REKEY_AFTER)
    assert await live.join(pid, once_more) == "key"
    row = (await live.store.snapshot(live.id)).participants[0]
    assert row.device_changes == 0


async def test_five_devices_if_the_organiser_allows_several(store: Store, time: Time) -> None:
    room = await scene(store, time, several_devices=True)
    await room.go_live()
    pid, devices = room.pids[0], [Device() for _ in range(6)]

    outcomes = [await room.join(pid, device) for device in devices]

    assert tally(outcomes) == {"in": 5, "other_device": 1}
    people = [await room.hello(pid, device) for device in devices[:5]]
    assert {one.number for one in people if isinstance(one, Participant)} == {1}
    assert len({one.device for one in people if isinstance(one, Participant)}) == 5
    snapshot = await store.snapshot(room.id)
    assert [row.device_changes for row in snapshot.participants] == [0]


async def test_one_browser_holds_one_seat_of_the_single_link(store: Store, time: Time) -> None:
    room = await scene(store, time, max_participants=3, links="single")
    await room.go_live()
    device = Device()
    first = await room.enter(None, device)
    again = await room.enter(None, device)
    other = await room.enter(None)

    assert (again.id, again.number, again.pid) == (first.id, 1, "")
    assert (other.id != first.id, other.number) == (True, 2)
    assert code(await room.hello(None, Device())) == "unlisted"


async def test_a_purged_browser_on_the_single_link(store: Store, time: Time) -> None:
    """Known by its cookie once a day; after that it is somebody new, with a seat of their own."""
    room = await scene(store, time, max_participants=3, links="single")
    await room.go_live()
    device = Device()
    first = await room.enter(None, device)
    second = await room.enter(None, Device(cookie=device.cookie))
    third = await room.enter(None, Device(cookie=device.cookie))

    assert second.id == first.id
    assert third.id != first.id
    assert third.number == 2


async def test_the_single_link_without_keys(store: Store, time: Time) -> None:
    room = await scene(store, time, max_participants=3, links="single")
    await room.go_live()
    device = Device(key=None)
    assert await room.join(None, device) == "cookie"
    lost = Device(key=None, attempt=device.attempt)
    first = await room.enter(None, lost)
    again = await room.enter(None, lost)
    assert (first.id, first.number) == (again.id, 1)
    assert (await room.enter(None, Device(key=None))).number == 2


async def test_nobody_joins_what_does_not_exist(live: Scene) -> None:
    joining = Joining(4711, live.pids[0], Asking("key", None, "attempt"), "cookie", None)
    with pytest.raises(LookupError):
        await live.store.join(joining)
