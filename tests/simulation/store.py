"""The store of a simulation: the real rules on rows in memory, in place of the database.

What was committed outlives a restart of the server; what was not is gone. Never decides anything
itself: who may join, what counts and what comes due is `turnout.domain`'s.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any

from turnout.domain.answers import Accepted, Offer, Stored, settle
from turnout.domain.commands import Decision
from turnout.domain.conversation import Conversation
from turnout.domain.devices import Assurance, Bind, Bound, Other, Rekey, admit
from turnout.domain.due import due
from turnout.domain.events import Recorded, apply, fold, record
from turnout.domain.progress import Span
from turnout.domain.refusals import Refused
from turnout.ports import (
    Arriving,
    AskingOver,
    Counted,
    Decided,
    Facts,
    Head,
    Joining,
    Located,
    Participant,
    Settled,
    StoreUnavailable,
)

SLUG = "talk"
ID = 1
Commit = Callable[[Callable[[], Any], "asyncio.Future[Any]"], None]


@dataclass(slots=True)
class Person:
    """A participant and their link's devices. `number`: 0 before their first hello."""

    id: int
    pid: str
    number: int = 0
    devices: tuple[Bound, ...] = ()
    attended: tuple[Span, ...] = ()


@dataclass(slots=True)
class Rows:
    """All that is committed. `counted`: by participant and question."""

    events: tuple[Recorded, ...]
    conversation: Conversation
    people: dict[str, Person] = field(default_factory=dict)
    counted: dict[tuple[int, int], Stored] = field(default_factory=dict)
    aseq: int = 0

    def copied(self) -> Rows:
        """A backup."""
        people = {pid: copy(person) for pid, person in self.people.items()}
        return replace(self, people=people, counted=dict(self.counted))


class SimulatedStore:
    """What `turnout.ports.Store` says, as far as participants and the stream need it. `commit`
    brings a transaction to its end some time later, or never; `witness` hears of each one."""

    def __init__(
        self, events: tuple[Recorded, ...], clock: Callable[[], int], witness: Witness
    ) -> None:
        self.rows = Rows(events, fold(events))
        self.clock = clock
        self.witness = witness
        self.epoch = "e1"
        self.key = bytes(32)
        self.away = False
        self.commit: Commit | None = None

    def restore(self, backup: Rows, now: int) -> None:
        """Another history begins, with what the backup holds."""
        self.rows = backup.copied()
        self.rows.conversation = replace(self.rows.conversation, restored_at=now)
        self.epoch = f"e{int(self.epoch[1:]) + 1}"
        self.witness.restored(self)

    async def _transact(self, work: Callable[[], Any]) -> Any:
        if self.away:
            await asyncio.sleep(0.05)
            raise StoreUnavailable("away")
        assert self.commit is not None
        done = asyncio.get_running_loop().create_future()
        self.commit(work, done)
        return await done

    def _hold(self) -> tuple[Conversation, tuple[Recorded, ...], int]:
        state = self.rows.conversation
        now = state.time(self.clock())
        state, came = due(state, now)
        self._append(came)
        return state, came, now

    def _append(self, events: Sequence[Recorded]) -> None:
        for recorded in events:
            before = self.rows.conversation
            self.rows.conversation = apply(before, recorded)
            self.witness.happened(self, recorded, before, self.rows.conversation)
        self.rows.events = (*self.rows.events, *events)

    # --- the conversation -----------------------------------------------------------------------

    async def find(self, slug: str) -> Located | None:
        return Located(ID, SLUG, self.rows.conversation, self.rows.aseq)

    async def events_after(self, conversation: int, rev: int) -> tuple[Recorded, ...]:
        return self.rows.events[rev:]

    async def heads(self, conversations: Sequence[int]) -> dict[int, Head]:
        head = Head(self.rows.conversation.rev, self.rows.aseq)
        return dict.fromkeys(conversations, head)

    async def probe(self) -> None:
        if self.away:
            raise StoreUnavailable("away")

    async def catch_up(self, conversation: int) -> Decided:
        def work() -> Decided:
            state, came, _ = self._hold()
            return Decided(state, came)

        decided: Decided = await self._transact(work)
        return decided

    async def decide(
        self, conversation: int, decision: Callable[[Conversation, Facts], Decision]
    ) -> Decided | Refused:
        def work() -> Decided | Refused:
            state, came, now = self._hold()
            outcome = decision(state, Facts(now, len(self.rows.people), self._is_answered))
            if isinstance(outcome, Refused):
                return outcome
            done = list(came)
            for event in outcome:
                done.append(record(state, event, now))
                state = apply(state, done[-1])
            self._append(done[len(came) :])
            return Decided(state, tuple(done))

        decided: Decided | Refused = await self._transact(work)
        return decided

    def _is_answered(self, question: int) -> bool:
        return any(key[1] == question for key in self.rows.counted)

    # --- participants ---------------------------------------------------------------------------

    async def join(self, joining: Joining) -> Assurance | Refused:
        result: Assurance | Refused = await self._transact(lambda: self._join(joining))
        return result

    def _join(self, joining: Joining) -> Assurance | Refused:
        state, _, now = self._hold()
        if state.phase in ("draft", "published"):
            return Refused("not_open", "Not yet.")
        if state.phase == "ended":
            return Refused("over", "Over.")
        assert joining.pid is not None
        people = self.rows.people
        person = people.get(joining.pid) or Person(len(people) + 1, joining.pid)
        several = state.settings.several_devices
        admission = admit(person.devices, joining.asking, several=several, now=now)
        if isinstance(admission, Other | Rekey):
            return Refused("other_device", "Elsewhere.")
        known = {device.slot: device for device in person.devices}
        bound = Bound(
            admission.slot, "cookie", None, joining.cookie, joining.asking.attempt, now, False
        )
        if not isinstance(admission, Bind):
            bound = replace(known[admission.slot], cookie=joining.cookie)
        known[admission.slot] = bound
        people[joining.pid] = replace(person, devices=tuple(known.values()))
        return "cookie"

    async def ask_takeover(self, asked: AskingOver) -> Refused | None:
        """None if the device may simply join. Nobody gives a link away here."""
        person = self.rows.people.get(asked.pid or "")
        bound = () if person is None else person.devices
        several = self.rows.conversation.settings.several_devices
        admission = admit(bound, asked.asking, several=several, now=self.clock())
        return Refused("slow_down", "Later.") if isinstance(admission, Other) else None

    async def arrive(self, arriving: Arriving, *, attend: bool) -> Participant | Refused:
        result: Participant | Refused = await self._transact(lambda: self._arrive(arriving, attend))
        return result

    def _arrive(self, arriving: Arriving, attend: bool) -> Participant | Refused:
        state, _, now = self._hold()
        person = self.rows.people.get(arriving.pid or "")
        if person is None:
            return Refused("unlisted", "Nobody has joined.")
        if state.over_at is not None and (person.number == 0 or now > state.over_at):
            return Refused("over", "Over.")
        device = next((one for one in person.devices if one.cookie == arriving.cookie), None)
        if device is None:
            return Refused("other_device", "Elsewhere.")
        if attend:
            others = (one for one in person.devices if one is not device)
            person.devices = (*others, replace(device, confirmed=True))
            person.number = person.number or 1 + max(p.number for p in self.rows.people.values())
        return Participant(
            person.id,
            person.number,
            person.pid,
            device.slot,
            "cookie",
            1 if attend else 0,
            tuple(
                Counted(question, stored.aid, stored.revision, stored.body, stored.run)
                for (who, question), stored in self.rows.counted.items()
                if who == person.id
            ),
            person.attended,
        )

    async def attend(self, rows: Sequence[tuple[int, int]]) -> None:
        """Attendance is no matter of this simulation."""

    # --- answers --------------------------------------------------------------------------------

    async def answer(self, conversation: int, participant: int, offer: Offer) -> Settled:
        settled: Settled = await self._transact(lambda: self._answer(participant, offer))
        return settled

    def _answer(self, participant: int, offer: Offer) -> Settled:
        state, _, now = self._hold()
        key = participant, offer.question
        counted = self.rows.counted
        elsewhere = any(
            who == participant and question != offer.question and stored.aid == offer.aid
            for (who, question), stored in counted.items()
        )
        verdict = settle(state, counted.get(key), offer, now, elsewhere=elsewhere)
        if not isinstance(verdict, Accepted):
            return Settled(verdict, 0)
        counted[key] = verdict.stored
        self.rows.aseq += 1
        self.witness.counted(self, participant, offer, verdict.stored, now)
        return Settled(verdict, self.rows.aseq)


class Witness:
    """Hears of every commit."""

    def happened(
        self, store: SimulatedStore, recorded: Recorded, before: Conversation, after: Conversation
    ) -> None:
        """An event was written."""

    def counted(
        self, store: SimulatedStore, participant: int, offer: Offer, stored: Stored, now: int
    ) -> None:
        """An answer counts from now on."""

    def restored(self, store: SimulatedStore) -> None:
        """The rows are a backup's."""
