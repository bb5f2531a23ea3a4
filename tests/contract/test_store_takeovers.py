"""Moving a link to another device: asked for, granted, released, or by itself."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

import pytest

from tests.contract.scenes import (
    MINUTE,
    OPEN,
    SECOND,
    Device,
    Scene,
    Time,
    code,
    done,
    kinds,
    new_id,
    offer,
    scene,
)
from turnout.domain.commands import End
from turnout.domain.devices import PROVISIONAL
from turnout.domain.events import Released, TakeoverAsked
from turnout.domain.refusals import Refused
from turnout.domain.takeovers import AWAY, COUNT, LETTERS, LIFE, MAX_MOVES, TRIES
from turnout.ports import (
    Asked,
    Decided,
    Participant,
    Store,
    Takeover,
    WrongLetters,
)


def wrong(letters: str) -> str:
    """Other ones of the same alphabet."""
    return "".join(LETTERS[(LETTERS.index(char) + 1) % len(LETTERS)] for char in letters)


async def grant(room: Scene, who: Participant, letters: str) -> Decided | WrongLetters:
    return await room.store.grant(room.id, who.id, who.device, letters)


async def changes(room: Scene) -> list[int]:
    return [row.device_changes for row in (await room.store.snapshot(room.id)).participants]


@pytest.fixture(params=["key", "cookie"])
def phone(request: pytest.FixtureRequest) -> Device:
    """The device that asks; the second makes no keys, and nothing was ever set in it."""
    return Device() if request.param == "key" else Device(key=None)


async def test_a_request_waits_ten_minutes_and_shows_four_letters(
    live: Scene, phone: Device
) -> None:
    pid = live.pids[0]
    await live.enter(live.pids[1])
    who = await live.enter(pid)
    assert who.takeover is None
    now = live.time.now

    asked = await live.asked(pid, phone)

    letters = asked.takeover.letters
    assert len(letters) == COUNT
    assert set(letters) <= set(LETTERS)
    assert asked.takeover == Takeover(2, letters, now, now + LIFE, TRIES)
    assert [(one.event, one.by) for one in asked.events] == [(TakeoverAsked(2, letters), "")]
    assert await live.store.takeovers(live.id) == (asked.takeover,)
    live.time.pass_by(LIFE)
    assert await live.store.takeovers(live.id) == (asked.takeover,)
    live.time.pass_by(1)
    assert await live.store.takeovers(live.id) == ()


async def test_the_same_device_gets_the_same_request(live: Scene, phone: Device) -> None:
    pid = live.pids[0]
    await live.enter(pid)
    first = await live.asked(pid, phone)
    live.time.pass_by(MINUTE)

    assert await live.asked(pid, phone) == Asked(first.takeover, ())
    live.time.pass_by(LIFE)
    again = await live.asked(pid, phone)
    assert again.takeover.asked_at == live.time.now
    assert len(again.events) == 1


async def test_another_device_has_to_wait(live: Scene, phone: Device) -> None:
    pid = live.pids[0]
    await live.enter(pid)
    first = await live.asked(pid, phone)
    live.time.pass_by(LIFE - MINUTE)

    refused = await live.ask(pid, Device())
    assert isinstance(refused, Refused)
    assert (refused.code, refused.retry_ms) == ("slow_down", MINUTE + 1)
    assert await live.store.takeovers(live.id) == (first.takeover,)
    live.time.pass_by(MINUTE + 1)
    second = await live.asked(pid, Device())
    assert await live.store.takeovers(live.id) == (second.takeover,)


async def test_the_first_device_is_told_without_letters_being_needed(live: Scene) -> None:
    laptop, pid = Device(), live.pids[0]
    await live.enter(pid, laptop)
    asked = await live.asked(pid, Device())

    back = await live.hello(pid, laptop)

    assert isinstance(back, Participant)
    assert back.takeover == asked.takeover


async def test_the_right_letters_move_the_link(live: Scene, phone: Device) -> None:
    await live.send(OPEN)
    laptop, pid = Device(), live.pids[0]
    who = await live.enter(pid, laptop)
    given = offer()
    await live.answer(who, given)
    asked = await live.asked(pid, phone)
    assert code(await live.join(pid, phone)) == "other_device"

    typed = " - ".join(asked.takeover.letters.lower())
    granted = done(await grant(live, who, typed))

    assert [(one.event, one.by) for one in granted.events] == [(Released(1), "")]
    assert code(await live.hello(pid, laptop)) == "other_device"
    assert code(await live.join(pid, laptop)) == "other_device"
    again = await live.enter(pid, phone)
    assert (again.id, again.number, again.takeover) == (who.id, 1, None)
    assert again.assurance == ("cookie" if phone.key is None else "key")
    assert again.device != who.device
    assert [one.aid for one in again.answers] == [given.aid]
    assert await changes(live) == [1]
    assert await live.store.takeovers(live.id) == ()


async def test_five_wrong_tries_are_all(live: Scene, phone: Device) -> None:
    pid = live.pids[0]
    who = await live.enter(pid)
    asked = await live.asked(pid, phone)
    letters = asked.takeover.letters

    for left in range(TRIES - 1, -1, -1):
        assert await grant(live, who, wrong(letters)) == WrongLetters(left)
    assert await grant(live, who, letters) == WrongLetters(0)
    assert await grant(live, who, wrong(letters)) == WrongLetters(0)

    assert (await live.asked(pid, phone)).takeover.tries_left == 0
    assert code(await live.join(pid, phone)) == "other_device"
    # A moderator knows more than letters.
    assert kinds(done(await live.release(1))) == ["released"]
    assert (await live.enter(pid, phone)).id == who.id


async def test_nothing_is_granted_that_nobody_asked_for(live: Scene) -> None:
    who, other = [await live.enter(pid) for pid in live.pids[:2]]
    assert await grant(live, who, "CDFH") == WrongLetters(0)
    asked = await live.asked(live.pids[0], Device())
    letters = asked.takeover.letters
    # Nobody grants another's, with whatever device.
    assert await grant(live, other, letters) == WrongLetters(0)
    assert await live.store.grant(live.id, who.id, other.device, letters) == WrongLetters(0)
    live.time.pass_by(LIFE + 1)
    assert await grant(live, who, letters) == WrongLetters(0)
    assert await changes(live) == [0, 0]


async def test_who_was_asked_to_go_grants_nothing_after_it(live: Scene) -> None:
    laptop, phone, pid = Device(), Device(), live.pids[0]
    who = await live.enter(pid, laptop)
    first = await live.asked(pid, phone)
    done(await grant(live, who, first.takeover.letters))
    await live.enter(pid, phone)
    second = await live.asked(pid, laptop)

    assert await grant(live, who, second.takeover.letters) == WrongLetters(0)
    assert (await live.store.takeovers(live.id))[0].tries_left == TRIES


async def test_a_grant_that_nobody_comes_for_leaves_the_link_free(live: Scene) -> None:
    laptop, phone, pid = Device(), Device(), live.pids[0]
    who = await live.enter(pid, laptop)
    done(await grant(live, who, (await live.asked(pid, phone)).takeover.letters))
    live.time.pass_by(PROVISIONAL)
    assert code(await live.join(pid, laptop)) == "other_device"
    live.time.pass_by(1)
    assert await live.join(pid, laptop) == "key"
    assert isinstance(await live.hello(pid, laptop), Participant)
    assert code(await live.join(pid, phone)) == "other_device"


@pytest.mark.parametrize("by", ["number", "letters"])
async def test_a_moderator_lets_in_who_asks(live: Scene, phone: Device, by: str) -> None:
    laptop, pid = Device(), live.pids[0]
    who = await live.enter(pid, laptop)
    await live.enter(live.pids[1])
    await live.asked(live.pids[1], Device())
    letters = (await live.asked(pid, phone)).takeover.letters

    released = done(await live.release(1 if by == "number" else f" {letters.lower()} "))

    assert [(one.event, one.by) for one in released.events] == [(Released(1), "Mona")]
    assert code(await live.join(pid, laptop)) == "other_device"
    assert code(await live.join(pid, Device())) == "other_device"
    assert (await live.enter(pid, phone)).id == who.id
    assert await changes(live) == [1, 0]
    assert len(await live.store.takeovers(live.id)) == 1


async def test_without_a_request_the_next_device_is_let_in(live: Scene) -> None:
    laptop, phone, pid = Device(), Device(), live.pids[0]
    who = await live.enter(pid, laptop)

    assert kinds(done(await live.release(1))) == ["released"]

    assert code(await live.hello(pid, laptop)) == "other_device"
    assert await live.ask(pid, phone) is None
    assert (await live.enter(pid, phone)).id == who.id
    assert code(await live.join(pid, laptop)) == "other_device"
    assert await changes(live) == [1]


async def test_what_is_free_is_not_released_again(live: Scene) -> None:
    await live.enter(live.pids[0])
    done(await live.release(1))
    assert kinds(done(await live.release(1))) == []


async def test_letters_that_nobody_shows_release_nothing(live: Scene) -> None:
    await live.enter(live.pids[0])
    letters = (await live.asked(live.pids[0], Device())).takeover.letters
    for strange in (wrong(letters), "", "?", letters + "C"):
        assert code(await live.release(strange)) == "gone"
    live.time.pass_by(LIFE + 1)
    assert code(await live.release(letters)) == "gone"


async def test_letters_are_one_request_s_in_a_conversation(store: Store, time: Time) -> None:
    room = await scene(store, time, max_participants=150)
    await room.go_live()
    for pid in room.pids:
        await room.enter(pid)
    asked = await asyncio.gather(*(room.asked(pid, Device()) for pid in room.pids))
    assert len({one.takeover.letters for one in asked}) == 150
    waiting = await store.takeovers(room.id)
    assert [one.participant for one in waiting] == list(range(1, 151))


async def test_who_may_simply_join_asks_for_nothing(live: Scene) -> None:
    device, pid = Device(), live.pids[0]
    assert await live.ask(pid, device) is None
    await live.enter(pid, device)
    assert await live.ask(pid, device) is None
    purged = Device(cookie=device.cookie)
    assert await live.ask(pid, purged) is None
    assert await live.store.takeovers(live.id) == ()


async def test_there_is_nothing_to_take_over_before_a_hello(live: Scene) -> None:
    pid = live.pids[0]
    await live.join(pid, Device())
    live.time.pass_by(MINUTE)

    refused = await live.ask(pid, Device())

    assert isinstance(refused, Refused)
    assert (refused.code, refused.retry_ms) == ("other_device", PROVISIONAL - MINUTE + 1)
    live.time.pass_by(PROVISIONAL - MINUTE + 1)
    assert await live.ask(pid, Device()) is None


async def test_asking_is_refused_like_joining(draft: Scene) -> None:
    pid = draft.pids[0]
    assert code(await draft.ask(pid, Device())) == "not_open"
    await draft.go_live()
    who = await draft.enter(pid)
    assert code(await draft.ask("p0000000000000000", Device())) == "unlisted"
    assert code(await draft.ask(None, Device())) == "unlisted"
    asked = await draft.asked(pid, Device())
    done(await draft.command(End()))
    assert code(await draft.ask(pid, Device())) == "over"
    assert code(await draft.release(1)) == "phase"
    assert await grant(draft, who, asked.takeover.letters) == WrongLetters(0)


async def test_a_nonce_asks_once(live: Scene) -> None:
    await live.enter(live.pids[0])
    nonce, phone = new_id(), Device()
    assert isinstance(await live.ask(live.pids[0], phone, nonce=nonce), Asked)
    assert code(await live.ask(live.pids[0], phone, nonce=nonce)) == "proof"
    assert code(await live.join(live.pids[1], Device(), nonce=nonce)) == "proof"


async def test_the_single_link_knows_no_moves(store: Store, time: Time) -> None:
    room = await scene(store, time, links="single")
    await room.go_live()
    await room.enter(None)
    assert await room.ask(None, Device()) is None
    assert code(await room.ask(room.located.slug, Device())) == "unlisted"
    assert code(await room.release(1)) == "invalid"


async def test_where_several_devices_are_allowed_the_sixth_is_told_so(
    store: Store, time: Time
) -> None:
    room = await scene(store, time, several_devices=True)
    await room.go_live()
    pid, devices = room.pids[0], [Device() for _ in range(6)]
    for device in devices[:5]:
        await room.enter(pid, device)

    joined, asked = await room.join(pid, devices[5]), await room.ask(pid, devices[5])

    assert code(joined) == code(asked) == "other_device"
    assert joined == asked
    assert isinstance(joined, Refused)
    assert "5 devices" in joined.why
    assert kinds(done(await room.release(1))) == ["released"]
    assert {code(await room.hello(pid, device)) for device in devices[:5]} == {"other_device"}
    assert (await room.enter(pid, devices[5])).number == 1
    assert await changes(room) == [0]


# --- by itself ----------------------------------------------------------------------------------


@pytest.fixture
async def moving(store: Store, time: Time) -> Scene:
    moving = await scene(store, time, people_may_move=True)
    await moving.go_live()
    return moving


async def test_people_may_move_once_the_old_device_is_long_gone(
    moving: Scene, phone: Device
) -> None:
    laptop, pid = Device(), moving.pids[0]
    who = await moving.enter(pid, laptop)
    moving.time.pass_by(MINUTE)
    await moving.store.attend([(who.attendance, moving.time.now)])
    assert (await moving.asked(pid, phone)).moves_at == moving.time.now + AWAY
    moving.time.pass_by(AWAY - 1)
    assert code(await moving.join(pid, phone)) == "other_device"
    moving.time.pass_by(1)
    # Nobody moves who has not asked.
    assert code(await moving.join(pid, Device())) == "other_device"

    again = await moving.enter(pid, phone)

    assert again.id == who.id
    assert code(await moving.hello(pid, laptop)) == "other_device"
    assert await changes(moving) == [1]
    last = (await moving.store.events_after(moving.id, 0))[-1]
    assert (last.event, last.by) == (Released(1), "")
    assert await moving.join(pid, phone) == ("cookie" if phone.key is None else "key")


async def test_a_request_that_is_over_moves_nobody(moving: Scene) -> None:
    phone, pid = Device(), moving.pids[0]
    await moving.enter(pid)
    await moving.asked(pid, phone)
    moving.time.pass_by(LIFE + 1)
    assert code(await moving.join(pid, phone)) == "other_device"


async def test_nobody_moves_by_themselves_where_the_organiser_did_not_say_so(live: Scene) -> None:
    phone, pid = Device(), live.pids[0]
    await live.enter(pid)
    await live.asked(pid, phone)
    live.time.pass_by(LIFE)
    assert code(await live.join(pid, phone)) == "other_device"


async def test_a_link_moves_by_itself_twice(moving: Scene) -> None:
    pid = moving.pids[0]
    await moving.enter(pid)
    for number in range(1, MAX_MOVES + 2):
        phone = Device()
        await moving.asked(pid, phone)
        moving.time.pass_by(AWAY + SECOND)
        joined = await moving.join(pid, phone)
        if number > MAX_MOVES:
            assert code(joined) == "other_device"
        else:
            assert joined == "key"
            await moving.enter(pid, phone)
    assert await changes(moving) == [MAX_MOVES]
    # A moderator still may.
    done(await moving.release(1))
    assert (await moving.enter(pid, phone)).number == 1


# --- at the same time ---------------------------------------------------------------------------


async def test_of_twenty_who_ask_one_may(live: Scene) -> None:
    pid = live.pids[0]
    await live.enter(pid)
    devices = [Device() for _ in range(20)]

    outcomes = await asyncio.gather(*(live.ask(pid, device) for device in devices))

    assert [isinstance(one, Asked) for one in outcomes].count(True) == 1
    assert [code(one) for one in outcomes if not isinstance(one, Asked)] == ["slow_down"] * 19


async def test_of_twenty_grants_one_moves_the_link(live: Scene) -> None:
    pid, phone = live.pids[0], Device()
    who = await live.enter(pid)
    letters = (await live.asked(pid, phone)).takeover.letters

    outcomes = await asyncio.gather(*(grant(live, who, letters) for _ in range(20)))

    assert [one for one in outcomes if isinstance(one, WrongLetters)] == [WrongLetters(0)] * 19
    assert await changes(live) == [1]
    assert (await live.enter(pid, phone)).id == who.id


async def test_wrong_letters_at_once_are_five_tries(live: Scene) -> None:
    who = await live.enter(live.pids[0])
    letters = (await live.asked(live.pids[0], Device())).takeover.letters

    outcomes = await asyncio.gather(*(grant(live, who, wrong(letters)) for _ in range(20)))

    assert outcomes == [*map(WrongLetters, (4, 3, 2, 1, 0)), *[WrongLetters(0)] * 15]


@pytest.mark.parametrize("first", ["grant", "release", "join"])
async def test_grants_releases_and_joins_at_once_leave_one_device(live: Scene, first: str) -> None:
    pid, laptop, phone = live.pids[0], Device(), Device()
    who = await live.enter(pid, laptop)
    letters = (await live.asked(pid, phone)).takeover.letters
    strangers = [Device() for _ in range(20)]

    calls: dict[str, list[Awaitable[object]]] = {
        "grant": [grant(live, who, letters) for _ in range(20)],
        "release": [live.release(1) for _ in range(2)],
        "join": [live.join(pid, one) for one in (*strangers, laptop, phone)],
    }
    order = sorted(calls, key=lambda name: name != first)
    outcomes = await asyncio.gather(*(call for name in order for call in calls[name]))

    events = [kind for one in outcomes if isinstance(one, Decided) for kind in kinds(one)]
    assert events in (["released"], ["released"] * 2, ["released"] * 3)
    devices = (*strangers, laptop, phone)
    hellos = await asyncio.gather(*(live.hello(pid, device) for device in devices))
    # Two releases leave it free; whoever joined before the second has to join again.
    assert [isinstance(one, Participant) for one in hellos].count(True) <= 1
    joins = await asyncio.gather(*(live.join(pid, device) for device in devices))
    assert [one == "key" for one in joins].count(True) == 1
    hellos = await asyncio.gather(*(live.hello(pid, device) for device in devices))
    there = [one for one in hellos if isinstance(one, Participant)]
    assert [(one.id, one.number) for one in there] == [(who.id, 1)]
