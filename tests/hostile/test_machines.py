"""Joining and answering, in whatever order chance thinks of, against a store and beside a model of
some lines: what hypothesis finds it prints as the shortest way there."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import Coroutine
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from tests.contract.scenes import OPEN, SINGLE, Device, Scene, Time, done, new_id, scene
from turnout.domain import commands
from turnout.domain.answers import Accepted, Body, Known, Offer, Superseded
from turnout.domain.devices import PROVISIONAL, REKEY_AFTER
from turnout.domain.refusals import Refused
from turnout.ports import Participant
from turnout.storage import open_store

T = TypeVar("T")
LINKS, BROWSERS, GRACE = 3, 3, 60_000
places = st.integers(0, LINKS - 1)
browsers = st.integers(0, BROWSERS - 1)
waits = st.sampled_from([1, 59_999, 60_000, 60_001, PROVISIONAL, PROVISIONAL + 1, REKEY_AFTER])


class Staged(RuleBasedStateMachine):
    """A live conversation in a store of its own, on a loop of its own."""

    def __init__(self) -> None:
        super().__init__()
        self._loop = asyncio.new_event_loop()
        self._folder = tempfile.TemporaryDirectory()
        self.time = Time()
        self.scene = self.run(self._opened())

    async def _opened(self) -> Scene:
        store = await open_store(Path(self._folder.name, "turnout.db"), self.time, os.urandom)
        # Long enough that it does not end by itself: 60 minutes of plan more than the most.
        live = await scene(store, self.time, max_participants=LINKS, duration=600)
        await live.go_live()
        return live

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for this."""
        return self._loop.run_until_complete(work)

    def teardown(self) -> None:
        self.run(self.scene.store.close())
        self._loop.close()
        self._folder.cleanup()


@dataclass(frozen=True)
class Binding:
    """The model's: who has a link."""

    browser: int
    key: str | None
    cookie: str | None
    since: int
    said_hello: bool = False
    rekeyed_at: int = 0


class Joining(Staged):
    """One device a link, and a number that stays, whoever comes, leaves and loses keys."""

    def __init__(self) -> None:
        super().__init__()
        self.browsers = [Device() for _ in range(BROWSERS)]
        self.bound: dict[int, Binding] = {}
        self.numbers: dict[int, int] = {}

    @rule(place=places, who=browsers)
    def join(self, place: int, who: int) -> None:
        device, now = self.browsers[who], self.time.now
        outcome = self.run(self.scene.join(self.scene.pids[place], device))
        held = self.bound.get(place)
        if held is not None and held.key == device.key:
            self.bound[place] = replace(held, since=now)
        elif held is not None and self._knows(held, device):
            self.bound[place] = replace(held, key=device.key, rekeyed_at=now)
        elif held is None or (not held.said_hello and now - held.since > PROVISIONAL):
            self.bound[place] = Binding(who, device.key, device.cookie, now)
        else:
            assert isinstance(outcome, Refused)
            assert outcome.code == "other_device"
            return
        assert outcome == "key", outcome

    def _knows(self, held: Binding, device: Device) -> bool:
        """Whether it is the same browser, which lost its key and may go on by its cookie."""
        same = device.cookie is not None and device.cookie == held.cookie
        return same and self.time.now - held.rekeyed_at >= REKEY_AFTER

    @rule(place=places, who=browsers)
    def hello(self, place: int, who: int) -> None:
        device = self.browsers[who]
        outcome = self.run(self.scene.hello(self.scene.pids[place], device))
        held = self.bound.get(place)
        if held is None or held.key != device.key:
            assert isinstance(outcome, Refused)
            return
        assert isinstance(outcome, Participant), outcome
        self.bound[place] = replace(held, said_hello=True)
        assert self.numbers.setdefault(place, outcome.number) == outcome.number

    @rule(who=browsers)
    def lose_the_key(self, who: int) -> None:
        self.browsers[who].key = new_id()

    @rule(who=browsers)
    def lose_everything(self, who: int) -> None:
        self.browsers[who] = Device()

    @rule(place=places)
    def release(self, place: int) -> None:
        if place in self.numbers:
            done(self.run(self.scene.release(self.numbers[place])))
            self.bound.pop(place, None)

    @rule(wait=waits.filter(lambda wait: wait < REKEY_AFTER))
    def wait(self, wait: int) -> None:
        self.time.pass_by(wait)

    @invariant()
    def numbers_are_dense_and_nobody_has_two(self) -> None:
        assert sorted(self.numbers.values()) == list(range(1, len(self.numbers) + 1))


@dataclass(frozen=True)
class Counted:
    """The model's: the answer that counts."""

    aid: str
    revision: int
    text: str
    earlier: tuple[str, ...] = ()


class Answering(Staged):
    """One counted answer, replaced only by one that names it, and only while it is time."""

    def __init__(self) -> None:
        super().__init__()
        self.person = self.run(self.scene.enter(self.scene.pids[0]))
        self.stranger = self.run(self.scene.enter(self.scene.pids[1]))
        self.counted: Counted | None = None
        self.asked_ever = False
        self.closed_at: int | None = None

    @rule()
    def send(self) -> None:
        self.run(self.scene.send(OPEN))
        self.asked_ever, self.closed_at = True, None

    @precondition(lambda self: self.asked_ever and self.closed_at is None)
    @rule(by_another=st.booleans())
    def close(self, by_another: bool) -> None:
        if by_another:
            self.run(self.scene.send(SINGLE))
        else:
            done(self.run(self.scene.command(commands.Close(OPEN))))
        self.closed_at = self.time.now

    @rule(wait=waits)
    def wait(self, wait: int) -> None:
        if wait < PROVISIONAL:
            self.time.pass_by(wait)

    @rule(text=st.sampled_from(["a", "b", "'; DROP TABLE answer; --"]), base=st.integers(0, 4))
    def offer(self, text: str, base: int) -> None:
        given = Offer(new_id(), OPEN, base, Body(text=text))
        verdict = self.run(self.scene.answer(self.person, given)).verdict
        held, now = self.counted, self.time.now
        if not self.asked_ever:
            assert isinstance(verdict, Refused)
            assert verdict.code == "gone"
        elif self.closed_at is not None and now > self.closed_at + GRACE:
            assert isinstance(verdict, Refused)
            assert verdict.code == "closed"
        elif base != (held.revision if held else 0):
            assert isinstance(verdict, Superseded)
        else:
            assert isinstance(verdict, Accepted), verdict
            assert verdict.stored.late == (self.closed_at is not None)
            earlier = (*held.earlier, held.aid) if held else ()
            self.counted = Counted(given.aid, base + 1, text, earlier)

    @precondition(lambda self: self.counted is not None)
    @rule(base=st.integers(0, 4), which=st.integers(0, 9))
    def offer_again(self, base: int, which: int) -> None:
        """Whatever was sent before changes nothing, at any time, whatever it says now."""
        assert self.counted is not None
        known = (*self.counted.earlier, self.counted.aid)
        aid = known[which % len(known)]
        settled = self.run(self.scene.answer(self.person, Offer(aid, OPEN, base, Body(text="new"))))
        expected = Known if aid == self.counted.aid else Superseded
        assert isinstance(settled.verdict, expected)

    @precondition(lambda self: self.counted is not None)
    @rule()
    def a_stranger_uses_the_same_id(self) -> None:
        """It is theirs then, and changes nothing of this one."""
        assert self.counted is not None
        given = Offer(self.counted.aid, OPEN, 7, Body(text="stolen"))
        verdict = self.run(self.scene.answer(self.stranger, given)).verdict
        assert isinstance(verdict, Superseded | Refused)

    @invariant()
    def what_counts_is_what_the_store_holds(self) -> None:
        rows = self.run(self.scene.store.answers_after(self.scene.id, 0))
        held = [
            (row.aid, row.revision, row.body.text)
            for row in rows
            if row.participant == self.person.number and row.question == OPEN
        ]
        one = self.counted
        assert held == ([] if one is None else [(one.aid, one.revision, one.text)])
        assert all(row.participant == self.person.number for row in rows)


QUICK = settings(max_examples=12, stateful_step_count=25, deadline=None, derandomize=True)
TestJoining = Joining.TestCase
TestJoining.settings = QUICK
TestAnswering = Answering.TestCase
TestAnswering.settings = QUICK
