"""Changing choices and guide in a store: decided on what the store knows, links appended."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from tests.contract.scenes import (
    GUIDE,
    OPEN,
    SINGLE,
    Device,
    Scene,
    Time,
    code,
    done,
    offer,
    scene,
)
from turnout.domain.answers import Body
from turnout.domain.commands import Configure, Decision, Edit, Publish, Start
from turnout.domain.conversation import Conversation
from turnout.domain.deciding import decide
from turnout.domain.guide import Item, Option, SingleChoice
from turnout.domain.links import make_pid
from turnout.domain.refusals import Refused
from turnout.ports import Decided, Facts, Store


def draw(count: int) -> tuple[str, ...]:
    return tuple(make_pid(os.urandom(10)) for _ in range(count))


async def configure(
    room: Scene,
    new_pids: Callable[[int], Sequence[str]] | None = draw,
    cid: str = "",
    **changes: object,
) -> Decided | Refused:
    def decision(state: Conversation, facts: Facts) -> Decision:
        settings = replace(state.settings, **changes)  # type: ignore[arg-type] # a test's keywords
        return decide(state, Configure(settings, facts.links), facts.now)

    return await room.store.decide(
        room.id, decision, by="Mona", cid=cid or room.cid(), new_pids=new_pids
    )


async def pids(room: Scene) -> list[str]:
    links = await room.store.links(room.id)
    assert [link.number for link in links] == list(range(1, len(links) + 1))
    return [link.pid for link in links]


async def test_raising_max_keeps_every_link_and_appends_new_ones(draft: Scene) -> None:
    decided = done(await configure(draft, max_participants=25, title="Another"))

    assert decided.conversation.settings.max_participants == 25
    found = await pids(draft)
    assert found[:10] == list(draft.pids)
    assert len(set(found)) == len(found) == 25
    done(await draft.command(Publish()))
    done(await configure(draft, max_participants=26))
    assert (await pids(draft))[:25] == found


async def test_a_raise_that_is_sent_again_adds_nothing(draft: Scene) -> None:
    done(await configure(draft, max_participants=12, cid="once"))
    again = done(await configure(draft, max_participants=12, cid="once"))

    assert again.events == ()
    assert len(await pids(draft)) == 12


async def test_lowering_below_what_was_handed_out_is_refused(draft: Scene) -> None:
    done(await configure(draft, max_participants=12))

    assert code(await configure(draft, max_participants=11)) == "invalid"

    assert len(await pids(draft)) == 12
    assert (await draft.state()).settings.max_participants == 12


async def test_links_beyond_max_are_used_first(store: Store, time: Time) -> None:
    room = await scene(store, time, max_participants=3, issued=5)
    done(await configure(room, max_participants=5, new_pids=None))
    assert await pids(room) == list(room.pids)
    done(await configure(room, max_participants=7))
    assert len(await pids(room)) == 7


async def test_a_single_link_stays_the_only_one(store: Store, time: Time) -> None:
    room = await scene(store, time, links="single")
    done(await configure(room, max_participants=20, new_pids=None))
    done(await configure(room, max_participants=5, new_pids=None))
    assert await pids(room) == []


async def test_a_draft_may_go_over_to_unique_links_and_back(store: Store, time: Time) -> None:
    room = await scene(store, time, "draft", links="single")
    done(await configure(room, links="unique", max_participants=4))
    first = await pids(room)
    assert len(first) == 4
    done(await configure(room, links="single"))
    # Whoever was sent one of them finds it good again.
    done(await configure(room, links="unique"))
    assert await pids(room) == first


async def test_without_new_pids_nothing_happens(draft: Scene) -> None:
    before = await draft.state()
    with pytest.raises(ValueError, match="2 links"):
        await configure(draft, max_participants=12, new_pids=None)

    assert await draft.state() == before
    assert await pids(draft) == list(draft.pids)


async def test_raises_and_joins_at_the_same_time(store: Store, time: Time) -> None:
    """Wherever the start falls between the raises: what was raised has its links, who joined their
    seat."""
    room = await scene(store, time, max_participants=20)
    done(await room.command(Publish()))
    devices = [Device() for _ in room.pids]

    async def raised(most: int) -> Decided | Refused:
        return await configure(room, max_participants=most)

    joins = [room.join(pid, device) for pid, device in zip(room.pids, devices, strict=True)]

    outcomes = await asyncio.gather(
        *(raised(most) for most in range(21, 26)),
        room.command(Start()),
        *(one for pair in zip(joins, map(raised, range(26, 46)), strict=True) for one in pair),
    )

    assert [done(one).conversation.settings.max_participants for one in outcomes[:6]] == [
        *range(21, 26),
        25,
    ]
    assert set(outcomes[6::2]) == {"key"}
    assert {code(one) for one in outcomes[7::2]} == {"phase"}
    found = await pids(room)
    assert (found[:20], len(found)) == (list(room.pids), 25)
    joined = await asyncio.gather(*(room.join(pid, Device()) for pid in found))
    assert [one if one == "key" else code(one) for one in joined] == [
        *["other_device"] * 20,
        *["key"] * 5,
    ]


async def test_seats_follow_a_raised_max(store: Store, time: Time) -> None:
    room = await scene(store, time, max_participants=2)
    done(await configure(room, max_participants=4))
    await room.go_live()

    joined = await asyncio.gather(*(room.join(pid, Device()) for pid in await pids(room)))

    assert joined == ["key"] * 4


async def test_an_edit_knows_whether_somebody_answered(live: Scene) -> None:
    who = await live.enter(live.pids[0])
    await live.send(SINGLE)
    old = next(item for item in GUIDE if item.id == SINGLE)
    assert isinstance(old.content, SingleChoice)

    def reworded(*options: str) -> Item:
        return replace(old, content=SingleChoice(tuple(map(Option, options)), other=True))

    asked: list[bool] = []

    async def edit(item: Item) -> Decided | Refused:
        def decision(state: Conversation, facts: Facts) -> Decision:
            asked.append(facts.answered(item.id))
            assert not facts.answered(OPEN)
            return decide(state, Edit(item, facts.answered(item.id)), facts.now)

        return await live.store.decide(live.id, decision, by="Mona", cid=live.cid())

    done(await edit(reworded("ja", "nein", "None")))
    await live.answer(who, offer(SINGLE, 0, Body(option=1)))
    assert code(await edit(reworded("oui", "non", "None"))) == "invalid"
    decided = done(await edit(reworded("ja", "nein", "None", "vielleicht")))

    assert asked == [False, True, True]
    entry = decided.conversation.entry(SINGLE)
    assert entry is not None
    row = (await live.store.snapshot(live.id)).answers[0]
    assert entry.shown(row.shown_rev) == reworded("ja", "nein", "None")


async def test_an_edit_and_a_first_answer_at_once_come_in_one_order(live: Scene) -> None:
    people = [await live.enter(pid) for pid in live.pids]
    await live.send(SINGLE)
    old = next(item for item in GUIDE if item.id == SINGLE)
    new = replace(old, content=SingleChoice((Option("x"), Option("y"), Option("z")), other=True))

    def decision(state: Conversation, facts: Facts) -> Decision:
        return decide(state, Edit(new, facts.answered(SINGLE)), facts.now)

    edited, *_ = await asyncio.gather(
        live.store.decide(live.id, decision, by="Mona", cid=live.cid()),
        *(live.answer(who, offer(SINGLE, 0, Body(option=1))) for who in people),
    )

    entry = (await live.state()).entry(SINGLE)
    assert entry is not None
    shown = {entry.shown(row.shown_rev) for row in await live.store.answers_after(live.id, 0)}
    assert shown == ({new} if isinstance(edited, Decided) else {old})
