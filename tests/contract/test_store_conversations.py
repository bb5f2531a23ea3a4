"""Conversations in a store: created, decided on, listed."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from tests.contract.conftest import Opener
from tests.contract.scenes import GUIDE, MINUTE, OPEN, SINGLE, Scene, Time, done, offer, scene
from turnout.domain.commands import Close, Decision, End, Expect, Next, Publish, Skip
from turnout.domain.conversation import (
    Conversation,
    Settings,
)
from turnout.domain.events import (
    Opened,
    fold,
)
from turnout.domain.links import make_pid
from turnout.domain.refusals import Refused
from turnout.ports import Decided, Facts, Head, NewConversation, Store


async def test_what_was_created_is_found(draft: Scene) -> None:
    found = await draft.store.find("worries")

    assert found == draft.located
    assert found.conversation.settings.title == "KI & 私たち"
    assert tuple(entry.item for entry in found.conversation.entries) == GUIDE
    assert found.aseq == 0


async def test_nothing_is_found_under_another_slug(draft: Scene) -> None:
    assert await draft.store.find("WORRIES") is None


async def test_links_are_in_order_and_nobody_joined(draft: Scene) -> None:
    links = await draft.store.links(draft.id)

    assert [(link.number, link.pid) for link in links] == list(enumerate(draft.pids, start=1))
    assert {link.joined_at for link in links} == {None}


async def test_one_of_many_gets_the_slug(store: Store) -> None:
    async def create() -> object:
        pids = tuple(make_pid(os.urandom(10)) for _ in range(3))
        return await store.create(NewConversation("taken", Settings("A", 3), GUIDE, pids))

    created = await asyncio.gather(*(create() for _ in range(20)))

    assert len([one for one in created if one is not None]) == 1
    assert len(await store.list()) == 1


async def test_the_list_is_newest_first_and_counts_hellos(store: Store, time: Time) -> None:
    older = await scene(store, time, "older")
    await older.go_live()
    await older.enter(older.pids[0])
    await older.enter(older.pids[1])
    time.pass_by(MINUTE)
    await scene(store, time, "newer")

    listed = await store.list()

    assert [(one.slug, one.joined, one.conversation.phase) for one in listed] == [
        ("newer", 0, "draft"),
        ("older", 2, "live"),
    ]
    assert listed[0].created_at - listed[1].created_at == MINUTE


async def test_the_state_is_the_fold_of_the_events(live: Scene) -> None:
    for command in (Next(), Next(), Skip(SINGLE), Next(), Close(), Next(), End()):
        live.time.pass_by(1_000)
        decided = done(await live.command(command))
        events = await live.store.events_after(live.id, 0)
        assert fold(events) == decided.conversation == await live.state()
        assert [event.rev for event in events] == list(range(1, len(events) + 1))


async def test_events_carry_who_and_when(live: Scene) -> None:
    live.time.pass_by(5_000)
    decided = done(await live.command(Next()))

    assert await live.store.events_after(live.id, decided.conversation.rev - 1) == decided.events
    assert [(e.event, e.by, e.at) for e in decided.events] == [(Opened(1), "Mona", live.time.now)]


async def test_several_events_of_a_command_come_together(live: Scene) -> None:
    await live.send(OPEN)
    decided = done(await live.command(Next()))
    again = done(await live.command(Next()))

    assert [event.event.kind for event in decided.events] == ["opened"]
    assert [event.event.kind for event in again.events] == ["closed", "opened"]


async def test_a_cid_is_decided_once(live: Scene) -> None:
    first = done(await live.command(Next(), cid="once"))
    again = done(await live.command(Next(), cid="once"))

    assert len(first.events) == 1
    assert again == Decided(first.conversation, ())


async def test_a_cid_that_found_nothing_to_do_does_nothing_later(live: Scene) -> None:
    """A late copy of a "close" must not close the next question."""
    assert done(await live.command(Close(), cid="early")).events == ()
    await live.send(OPEN)

    late = done(await live.command(Close(), cid="early"))

    assert late.events == ()
    assert late.conversation.open_question is not None


async def test_a_cid_is_one_of_its_conversation(live: Scene) -> None:
    other = await scene(live.store, live.time, "other")
    done(await live.command(Next(), cid="same"))

    assert len(done(await other.command(Publish(), cid="same")).events) == 1


async def test_a_refusal_changes_nothing(draft: Scene) -> None:
    before = await draft.store.events_after(draft.id, 0)

    refused = await draft.command(Next(), cid="too early")

    assert isinstance(refused, Refused)
    assert refused.code == "phase"
    assert await draft.store.events_after(draft.id, 0) == before
    await draft.go_live()
    assert len(done(await draft.command(Next(), cid="too early")).events) == 1


async def test_a_decision_that_fails_changes_nothing(live: Scene) -> None:
    def decide(_state: Conversation, _facts: Facts) -> Decision:
        raise ZeroDivisionError

    before = await live.state()
    with pytest.raises(ZeroDivisionError):
        await live.store.decide(live.id, decide, by="", cid="broken")

    assert await live.state() == before
    assert len(done(await live.command(Next(), cid="broken")).events) == 1


async def test_of_two_moderators_who_press_next_one_wins(live: Scene) -> None:
    expect = Expect("live", 0)
    outcomes = await asyncio.gather(*(live.command(Next(expect)) for _ in range(10)))

    won = [one for one in outcomes if isinstance(one, Decided)]
    lost = [one for one in outcomes if isinstance(one, Refused)]
    assert len(won) == 1
    assert {one.code for one in lost} == {"expect"}
    assert (await live.state()).sent_rev == won[0].conversation.rev


async def test_heads_tell_how_far_each_has_come(live: Scene) -> None:
    other = await scene(live.store, live.time, "other")
    rev = (await live.state()).rev

    heads = await live.store.heads([live.id, other.id, 4711])

    assert heads == {live.id: Head(rev, 0), other.id: Head(2, 0)}
    assert await live.store.heads([]) == {}


async def test_there_is_nothing_to_decide_on_or_read_in_what_does_not_exist(store: Store) -> None:
    with pytest.raises(LookupError):
        await store.decide(4711, lambda _state, _facts: (), by="", cid="c")
    with pytest.raises(LookupError):
        await store.snapshot(4711)
    assert await store.events_after(4711, 0) == ()
    assert await store.links(4711) == ()


async def test_everything_is_there_after_opening_again(
    opener: Opener, tmp_path: Path, time: Time
) -> None:
    store = await opener(tmp_path, time)
    first = await scene(store, time)
    await first.go_live()
    who = await first.enter(first.pids[3])
    state, epoch, key = await first.state(), store.epoch, store.key
    await store.close()

    store = await opener(tmp_path, time)
    found = await store.find("worries")
    assert found is not None
    assert found.conversation == state
    assert (store.epoch, store.key) == (epoch, key)
    assert len(key) == 32
    assert [row.pid for row in (await store.snapshot(found.id)).participants] == [who.pid]
    await store.close()


async def test_two_stores_have_two_histories(opener: Opener, tmp_path: Path, time: Time) -> None:
    folders = (tmp_path / "a", tmp_path / "b")
    for folder in folders:
        folder.mkdir()
    stores = await asyncio.gather(*(opener(folder, time) for folder in folders))
    assert stores[0].epoch != stores[1].epoch
    assert stores[0].key != stores[1].key
    for store in stores:
        await store.close()


@pytest.mark.parametrize("strange", ["a\x00b", "\x00", "\ud800", "x" * 100_000])
async def test_what_no_name_can_be_is_nobodys(live: Scene, strange: str) -> None:
    """No database takes a lone surrogate, and some no NUL."""
    assert await live.store.find(strange) is None
    assert await live.store.staff(strange) is None
    refused = await live.store.check(live.id, strange)
    assert refused is not None
    assert refused.code == "unlisted"


@pytest.mark.parametrize("question", [0, -1, 2**31, 2**63, 2**64])
async def test_a_question_with_an_impossible_number_is_not_part_of_it(
    live: Scene, question: int
) -> None:
    who = await live.enter(live.pids[0])
    settled = await live.answer(who, offer(question))
    assert isinstance(settled.verdict, Refused)
    assert settled.verdict.code == "gone"
