"""Rooms: the conversations that somebody has open on this node, and who is connected to them.

A room holds the conversation's state, applies what was stored and tells everybody; it decides
nothing and stores nothing. Who is here now is memory only and never an input to a decision.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

import structlog
from msgspec import UNSET

from turnout import wire
from turnout.domain.conversation import Conversation
from turnout.domain.due import next_due
from turnout.domain.events import (
    Event,
    Muted,
    Recorded,
    Released,
    Removed,
    TakeoverAsked,
    Unmuted,
    apply,
    begin,
)
from turnout.domain.progress import Span, percent, progress_of
from turnout.domain.takeovers import TRIES
from turnout.exports.snapshot import ParticipantRow, Snapshot
from turnout.ports import Clock, Conversations, Counted, Located, Staff
from turnout.services import views
from turnout.services.connections import (
    HEARTBEAT_LOST,
    OTHER_TAB,
    OVER,
    REMOVED,
    Connection,
    farewell,
)
from turnout.services.lobby import Lobby

ERASED_WORDS = "This conversation was erased. Nothing of it is kept any more."
REMOVED_WORDS = "A moderator removed this link from the conversation."
RELEASED_WORDS = "This link moved to another device; your answers are safe."
log = structlog.get_logger()

MAX_DELTAS = 200
"""protocol.md: a gap beyond this is answered with the state."""


@dataclass(eq=False, slots=True)
class Person:
    """A participant with at least one open socket here. `answers`: by question."""

    id: int
    number: int
    pid: str
    answers: dict[int, Counted]
    attended: tuple[Span, ...]
    members: list[Member] = field(default_factory=list)


@dataclass(eq=False, slots=True)
class Member:
    """One socket of a participant. `attendance`: its row in the store, 0 if nothing is written any
    more; times in milliseconds."""

    person: Person
    connection: Connection
    device: int
    tab: int
    attendance: int
    since: int
    last_seen: int


class Room:
    """One conversation on this node. `screens`: staff sockets that were welcomed, and who
    looks; `checks`: asks for each of them who looks by now. `met`: the pid of everybody who was
    ever here, by number. `muted`, `removed`: numbers of participants. `damaged`: about so many
    damaged links were reported. `settled`: the end, with its grace, whose attendance was written
    for the last time."""

    def __init__(self, located: Located, history: Sequence[Recorded], epoch: str) -> None:
        self.id = located.id
        self.slug = located.slug
        self.epoch = epoch
        self.conversation = located.conversation
        self.damaged = 0
        self.settled: int | None = None
        self.muted: set[int] = set()
        self.removed: set[int] = set()
        self.waiting = Lobby()
        self.people: dict[int, Person] = {}
        self.met: dict[int, str] = {}
        self.screens: dict[Connection, Staff] = {}
        self.checks: dict[Connection, Callable[[], Awaitable[None]]] = {}
        self._told: list[wire.Delta] = []
        self._state: tuple[int, wire.State] | None = None
        self._asked: tuple[Conversation | None, frozenset[int]] = (None, frozenset())
        state = begin(history[0])
        for recorded in history[1:]:
            before, state = state, apply(state, recorded)
            self._remember(recorded, before, state)
            self._note_person(recorded.event)

    # --- events -------------------------------------------------------------------------------

    def advance(self, events: Sequence[Recorded], now: int) -> bool:
        """Apply stored events and tell everybody. Events that are known already are passed over.
        False if one is missing: then the rest waits until it was read."""
        for recorded in events:
            prev = self.conversation.rev
            if recorded.rev <= prev:
                continue
            if recorded.rev > prev + 1:
                return False
            log.info("event", conversation=self.id, rev=recorded.rev, kind=recorded.event.kind)
            before = self.conversation
            self.conversation = apply(before, recorded)
            delta = self._remember(recorded, before, self.conversation)
            if delta is not None:
                self._tell(delta)
                self._tell_lobby(delta, now)
            self._note_person(recorded.event)
            self._tell_person(recorded.event)
            state = views.staff_state(self.located)
            frame = wire.encode(views.staff_event(recorded, prev, state))
            for screen in tuple(self.screens):
                screen.send(frame)
        return True

    @property
    def located(self) -> Located:
        """The conversation as services hand it round. `aseq` is not kept here."""
        return Located(self.id, self.slug, self.conversation, aseq=0)

    def _remember(
        self, recorded: Recorded, before: Conversation, after: Conversation
    ) -> wire.Delta | None:
        event = views.seen_event(recorded.event, before, after)
        if event is None:
            return None
        delta = wire.Delta(recorded.rev, recorded.prev, event)
        self._told.append(delta)
        return delta

    def _tell(self, delta: wire.Delta) -> None:
        frame = wire.encode(wire.EventFrame(delta.rev, delta.prev, delta.event))
        people = self.people.values()
        everybody = [member.connection for person in people for member in person.members]
        for connection in everybody:
            connection.send(frame)

    def _tell_lobby(self, delta: wire.Delta, now: int) -> None:
        if isinstance(delta.event, wire.PhaseEvent):
            self.tell_lobby(now)

    def _note_person(self, event: Event) -> None:
        match event:
            case Muted(participant=number):
                self.muted.add(number)
            case Unmuted(participant=number):
                self.muted.discard(number)
            case Removed(participant=number):
                self.removed.add(number)
            case _:
                return

    def _tell_person(self, event: Event) -> None:
        """What moderators and other devices do about a participant reaches their sockets."""
        match event:
            case Removed(participant=number):
                self._send_away(number, REMOVED_WORDS, "removed")
            case Released(participant=number):
                self._send_away(number, RELEASED_WORDS, "released")
            case TakeoverAsked(participant=number):
                frame = wire.encode(wire.Takeover(since=0, tries_left=TRIES))
                for member in self._members_of(number):
                    member.connection.send(frame)
            case _:
                return

    def _send_away(self, number: int, why: str, reason: Literal["removed", "released"]) -> None:
        frame = wire.encode(wire.Bye(REMOVED, why, reason=reason))
        for member in self._members_of(number):
            self.leave(member)
            member.connection.send(frame)
            member.connection.close(REMOVED)

    def _members_of(self, number: int) -> Iterator[Member]:
        return (member for member in self.members() if member.person.number == number)

    def tell_lobby(self, now: int) -> None:
        """Tell all who wait how things stand."""
        frame = wire.encode(self.lobby(now))
        for connection in self.waiting:
            connection.send(frame)

    def lobby(self, now: int) -> wire.Lobby:
        """How things stand for who has not joined yet."""
        starts_in = views.starts_in(self.conversation, now)
        return wire.Lobby(self.conversation.phase, starts_in, len(self.waiting))

    # --- people -------------------------------------------------------------------------------

    def connections(self) -> Iterator[Connection]:
        """Every open socket: joined, waiting, staff."""
        for member in self.members():
            yield member.connection
        yield from self.waiting
        yield from tuple(self.screens)

    def members(self) -> Iterator[Member]:
        """Every joined socket."""
        for person in tuple(self.people.values()):
            yield from tuple(person.members)

    def up_to_date(self, snapshot: Snapshot) -> Snapshot:
        """The snapshot with the attendance of who is here, which is stored only now and then."""
        here = {person.number: person.members for person in self.people.values()}
        if self.settled is not None and self.settled == self.conversation.attended_until:
            return snapshot
        return replace(
            snapshot,
            participants=tuple(
                _attending(row, here[row.number]) if row.number in here else row
                for row in snapshot.participants
            ),
        )

    def attended_until(self, end: int) -> list[tuple[int, int]]:
        """Attendance rows of who is still here: they were so until `end`."""
        return [(member.attendance, end) for member in self.members() if member.attendance]

    @property
    def present(self) -> int:
        """How many participants are here (about: a dead socket is noticed within a minute)."""
        return len(self.people)

    def enter(self, member: Member) -> bool:
        """Let a socket of a participant in. The newest tab of a device talks; the older one is told
        so. False if this is the older one: it was told, and is not let in."""
        for other in tuple(member.person.members):
            if other.device != member.device:
                continue
            if other.tab > member.tab:
                farewell(member.connection, OTHER_TAB, "This conversation is open in another tab.")
                return False
            self.leave(other)
            if other.tab == member.tab:
                other.connection.close(HEARTBEAT_LOST)
            else:
                farewell(other.connection, OTHER_TAB, "This conversation is open in another tab.")
        member.person.members.append(member)
        self.people[member.person.id] = member.person
        self.met[member.person.number] = member.person.pid
        return True

    def leave(self, member: Member) -> None:
        """A socket is gone. Leaving twice does nothing: by then another `Person` may stand for
        those who came back."""
        person = member.person
        if member not in person.members:
            return
        person.members.remove(member)
        person.attended = (*person.attended, Span(member.since, member.last_seen))
        if not person.members:
            self.people.pop(person.id, None)

    # --- what a participant gets --------------------------------------------------------------

    def welcome(self, person: Person, resume: wire.Resume | None, now: int) -> wire.Welcome:
        """State, or the deltas behind where the client was."""
        deltas = self._deltas(resume)
        here = [Span(member.since, now) for member in person.members]
        spans = (*person.attended, *here)
        left = views.plan_left(self.conversation, now)
        return wire.Welcome(
            epoch=self.epoch,
            rev=self.conversation.seen_rev,
            mine=views.mine(person.answers.values(), len(self.conversation.runs)),
            progress=views.progress(
                progress_of(self.conversation, person.answers.keys(), spans), whole=True
            ),
            heartbeat_ms=wire.HEARTBEAT_MS,
            now=now,
            limits=LIMITS,
            state=self.state() if deltas is None else UNSET,
            deltas=UNSET if deltas is None else deltas,
            plan_left=views.known(left),
            ends_in=views.known(views.ends_in(self.conversation, now)),
        )

    def state(self) -> wire.State:
        """The participants' state, made once for each rev."""
        seen = self.conversation.seen_rev
        if self._state is None or self._state[0] != seen:
            self._state = (seen, views.state(self.conversation))
        return self._state[1]

    def _deltas(self, resume: wire.Resume | None) -> list[wire.Delta] | None:
        if resume is None or resume.epoch != self.epoch:
            return None
        if resume.rev == self.conversation.seen_rev:
            return []
        after = next((n for n, told in enumerate(self._told) if told.prev == resume.rev), None)
        if after is None or len(self._told) - after > MAX_DELTAS:
            return None
        return self._told[after:]

    def progress(self, person: Person) -> wire.Progress:
        """A participant's progress without attendance: `progress_of` at a rev that thousands who
        answer at once share."""
        if self._asked[0] is not self.conversation:
            asked = frozenset(entry.item.id for entry in self.conversation.asked)
            self._asked = (self.conversation, asked)
        asked = self._asked[1]
        answered = len(asked & person.answers.keys())
        return wire.Progress(len(asked), answered, percent(answered, len(asked)))


def _attending(row: ParticipantRow, members: Sequence[Member]) -> ParticipantRow:
    here = (Span(member.since, member.last_seen) for member in members if member.attendance)
    spans = (*row.attended, *here)
    return replace(row, attended=tuple(sorted(spans, key=lambda span: span.since)))


LIMITS = wire.Limits(text=2_000, unacknowledged=16, frame=wire.MAX_FRAME)


class Rooms:
    """The rooms of this node, opened when first needed and kept."""

    def __init__(self, store: Conversations, epoch: str, clock: Clock) -> None:
        self._store = store
        self._epoch = epoch
        self._clock = clock
        self._rooms: dict[str, Room] = {}
        self._opening = asyncio.Lock()

    async def find(self, slug: str) -> Room | None:
        """The room of the conversation with this slug."""
        room = self._rooms.get(slug)
        if room is not None:
            return room
        async with self._opening:
            if slug not in self._rooms:
                located = await self._store.find(slug)
                if located is None:
                    return None
                history = await self._store.events_after(located.id, 0)
                self._rooms[slug] = Room(located, history, self._epoch)
            room = self._rooms[slug]
        await self.let_come_due(room)
        return room

    def forget(self, room: Room) -> None:
        """The conversation was erased: nobody is told anything of it any more."""
        self._rooms.pop(room.slug, None)
        for connection in tuple(room.connections()):
            farewell(connection, OVER, ERASED_WORDS)

    async def let_come_due(self, room: Room) -> None:
        """Write what has come due by itself in this room, and tell it."""
        at = next_due(room.conversation)
        if at is not None and at <= self._clock():
            decided = await self._store.catch_up(room.id)
            await self.tell(room, decided.events)

    async def tell(self, room: Room, events: Sequence[Recorded]) -> None:
        """Tell a room what was stored just now."""
        if not room.advance(events, self._clock()):
            await self.catch_up(room)

    def __iter__(self) -> Iterator[Room]:
        return iter(tuple(self._rooms.values()))

    async def heal(self) -> None:
        """Read how far each conversation has come, and catch up with what this node missed."""
        rooms = {room.id: room for room in self}
        for id, head in (await self._store.heads(tuple(rooms))).items():
            rooms[id].damaged = head.damaged
            if head.rev > rooms[id].conversation.rev:
                await self.catch_up(rooms[id])

    async def catch_up(self, room: Room) -> None:
        """Read what this room missed, and tell it."""
        missed = await self._store.events_after(room.id, room.conversation.rev)
        room.advance(missed, self._clock())

    def now(self) -> int:
        """Milliseconds since the Unix epoch."""
        return self._clock()
