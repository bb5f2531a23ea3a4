"""A guide's whole state fits into a welcome: refused at import, and at every change."""

from __future__ import annotations

import secrets

import pytest
from msgspec.structs import replace

from tests.domain.examples import GUIDE, OPEN
from tests.services.places import aid, command, made
from tests.services.recorder import Clock
from turnout import wire
from turnout.domain.guide import MAX_GUIDE_BYTES, Item, OpenText
from turnout.domain.refusals import Refused
from turnout.ports import Decided, Store
from turnout.services.moderating import Moderation
from turnout.services.rooms import Room, Rooms
from turnout.services.views import guide_bytes

HEAVY = "\x01" * 4_000
"""Takes six times its length on the wire."""
FULL = tuple(Item(id, HEAVY, OpenText()) for id in range(1, 10))


async def room_of(store: Store, rooms: Rooms) -> Room:
    located = await made(store)
    room = await rooms.find(located.slug)
    assert room is not None
    return room


async def test_another_guide_that_is_too_large_is_refused(store: Store, clock: Clock) -> None:
    rooms = Rooms(store, store.epoch, clock)
    room = await room_of(store, rooms)
    moderation = Moderation(store, rooms, secrets.token_bytes)
    fits = await moderation.set_guide(room, FULL[:8], name="Ada", cid=aid())
    assert isinstance(fits, Decided)
    refused = await moderation.set_guide(room, FULL, name="Ada", cid=aid())
    over = (guide_bytes(FULL) - MAX_GUIDE_BYTES - 1) // 1024 + 1
    why = f"The guide is {over} KiB too large. Shorten its texts."
    assert refused == Refused("invalid", why, reason="guide_large", number=over)


@pytest.mark.parametrize("op", ["add", "edit"])
async def test_a_change_on_the_fly_that_is_too_large_is_refused(
    store: Store, clock: Clock, op: wire.Op
) -> None:
    rooms = Rooms(store, store.epoch, clock)
    room = await room_of(store, rooms)
    moderation = Moderation(store, rooms, secrets.token_bytes)
    light = Item(9, "Why?", OpenText())
    await moderation.set_guide(room, (*FULL[:8], light), name="Ada", cid=aid())
    await command(store, rooms, room, "publish", "start")
    asked = wire.Command(aid(), op, item=9, draft=wire.Draft("open_text", HEAVY))
    refused = await moderation.command(room, asked, name="Ada", role="moderator")
    assert isinstance(refused, wire.CommandRefused)
    assert (refused.code, refused.why[:12]) == ("invalid", "The guide is")
    small = replace(asked, cid=aid(), draft=wire.Draft("open_text", "Why not?"))
    done = await moderation.command(room, small, name="Ada", role="moderator")
    assert isinstance(done, wire.Done)


async def test_what_cannot_change_any_more_is_refused_for_that(store: Store, clock: Clock) -> None:
    rooms = Rooms(store, store.epoch, clock)
    room = await room_of(store, rooms)
    await command(store, rooms, room, "publish", "start", "end")
    moderation = Moderation(store, rooms, secrets.token_bytes)
    refused = await moderation.set_guide(room, GUIDE[:OPEN], name="Ada", cid=aid())
    assert isinstance(refused, Refused)
    assert refused.code == "phase"
