"""What staff screens show of a live conversation: counts for each question, progress of each
person.

A board is filled from the store by "after aseq N" and never from what sockets said, so that it
equals the files. Only presence is an estimate of this node.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import replace

import msgspec
from msgspec import UNSET

from turnout import wire
from turnout.domain.answers import Body
from turnout.domain.conversation import Conversation
from turnout.domain.progress import percent, was_present
from turnout.exports.snapshot import AnswerRow, ParticipantRow, Snapshot
from turnout.ports import Role, Takeover
from turnout.services.curves import Curve
from turnout.services.rooms import Room


class _Person:
    __slots__ = ("answered", "gone_at", "here", "pid", "present")

    def __init__(self, pid: str) -> None:
        self.pid = pid
        self.here = False
        self.gone_at: int | None = None
        self.answered: set[int] = set()
        self.present: set[int] = set()


class Board:
    """The tallies of one room. `tally` gives what changed since it was last asked. `here`: the
    numbers of who is here now."""

    def __init__(self, snapshot: Snapshot, here: Container[int] = ()) -> None:
        self.aseq = 0
        self._curve = Curve(replace(snapshot, answers=()), here)
        self._late: dict[int, set[int]] = {}
        self._anonymous = snapshot.conversation.settings.links == "single"
        self._people: dict[int, _Person] = {}
        self._bodies: dict[int, dict[int, Body]] = {}
        self._changed_people: set[int] = set()
        self._changed_questions: set[int] = set()
        self._asked: frozenset[int] = frozenset()
        self._muted: frozenset[int] = frozenset()
        self._removed: frozenset[int] = frozenset()
        self.asking: tuple[Takeover, ...] = ()
        for row in snapshot.participants:
            self._join(row, snapshot.conversation)
        self.absorb(snapshot.answers)
        self._curve.told()

    def _join(self, row: ParticipantRow, conversation: Conversation) -> None:
        person = self._person(row.number, row.pid)
        person.gone_at = max((span.until for span in row.attended), default=None)
        person.present = {
            entry.item.id
            for entry in conversation.asked
            if was_present(entry.windows, row.attended)
        }

    def _person(self, number: int, pid: str) -> _Person:
        person = self._people.get(number)
        if person is None:
            person = self._people[number] = _Person(pid)
            # Their first answers may have been taken in before anybody saw them here.
            person.answered.update(q for q, bodies in self._bodies.items() if number in bodies)
            self._changed_people.add(number)
        return person

    def absorb(self, rows: Iterable[AnswerRow]) -> None:
        """Take in answers that are new or were replaced."""
        rows = tuple(rows)
        self._curve.add(rows)
        for row in rows:
            self._note_late(row)
            self._bodies.setdefault(row.question, {})[row.participant] = row.body
            self._changed_questions.add(row.question)
            person = self._people.get(row.participant)
            if person is not None and row.question not in person.answered:
                person.answered.add(row.question)
                self._changed_people.add(row.participant)
            self.aseq = max(self.aseq, row.aseq)

    def _note_late(self, row: AnswerRow) -> None:
        late = self._late.setdefault(row.participant, set())
        if row.late != (row.question in late):
            late ^= {row.question}
            self._changed_people.update({row.participant} & self._people.keys())

    def observe(self, room: Room, now: int) -> None:
        """Take in who is here, and what is being asked."""
        self._curve.observe(room.present, now)
        for number, pid in room.met.items():
            self._person(number, pid)
        here = {person.number for person in room.people.values()}
        current = {entry.item.id for entry in room.conversation.entries if entry.status == "open"}
        for number in here:
            person = self._people[number]
            if not person.here:
                person.here = True
                self._changed_people.add(number)
            if not current <= person.present:
                person.present |= current
                self._changed_people.add(number)
        for number, person in self._people.items():
            if person.here and number not in here:
                person.here = False
                person.gone_at = now
                self._changed_people.add(number)
        for before, after in ((self._muted, room.muted), (self._removed, room.removed)):
            self._changed_people.update((before ^ after) & self._people.keys())
        if self._muted != room.muted:
            self._changed_questions.update(self._bodies)
        self._muted, self._removed = frozenset(room.muted), frozenset(room.removed)
        asked = frozenset(entry.item.id for entry in room.conversation.asked)
        if asked != self._asked:
            self._changed_people.update(self._people)
            self._changed_questions.update(asked - self._asked)
            self._asked = asked

    def pid(self, number: int) -> str:
        """The pid of the participant with this number; empty if it is not known here yet."""
        person = self._people.get(number)
        return "" if person is None else person.pid

    def tally(self, room: Room, now: int, *, whole: bool = False) -> wire.Tally:
        """What changed (or all) as one message. Asking for all forgets nothing that others miss."""
        people = self._people if whole else sorted(self._changed_people)
        questions = self._asked if whole else self._changed_questions & self._asked
        message = wire.Tally(
            rev=room.conversation.rev,
            aseq=self.aseq,
            joined=len(self._people),
            present=room.present,
            waiting=len(room.waiting),
            asked=len(self._asked),
            questions=[self._question(question) for question in sorted(questions)],
            people=[] if self._anonymous else [self._row(number) for number in people],
            asking=[] if self._anonymous else [self._asking(one, now) for one in self.asking],
            damaged=room.damaged,
            curve=self._curve.moments(whole=whole),
            looking=sorted({staff.name for staff in room.screens.values()}),
        )
        if not whole:
            self._curve.told()
            self._changed_people.clear()
            self._changed_questions.clear()
        return message

    def _asking(self, asked: Takeover, now: int) -> wire.Asking:
        since = max(0.0, (now - asked.asked_at) / 1000)
        return wire.Asking(asked.participant, self.pid(asked.participant), asked.letters, since)

    def _question(self, question: int) -> wire.QuestionTally:
        rows = self._bodies.get(question, {})
        bodies = [body for number, body in rows.items() if number not in self._muted]
        counts: Counter[str] = Counter()
        other = 0
        for body in bodies:
            counts.update(_picked(body))
            other += body.other is not None
        return wire.QuestionTally(question, len(bodies), dict(counts), other)

    def _row(self, number: int) -> wire.PersonTally:
        person = self._people[number]
        answered = person.answered & self._asked
        present = (person.present & self._asked) | answered
        return wire.PersonTally(
            number,
            person.pid,
            person.here,
            len(answered),
            percent(len(answered), len(self._asked)),
            percent(len(answered), len(present)),
            muted=number in self._muted,
            removed=number in self._removed,
            late=len(self._late.get(number, set()) & self._asked),
            gone_at=UNSET if person.here or person.gone_at is None else person.gone_at,
        )


def _picked(body: Body) -> list[str]:
    if body.option is not None:
        return [str(body.option)]
    if body.options is not None:
        return [str(option) for option in body.options]
    return [] if body.number is None else [f"{body.number:g}"]


def seen_by(role: Role, tally: wire.Tally) -> wire.Tally:
    """The tally as this role may see it: observers look on without pids."""
    if role != "observer":
        return tally
    return msgspec.structs.replace(tally, people=[], asking=[])


class Boards:
    """The boards of the rooms that some staff screen looks at."""

    def __init__(self) -> None:
        self._boards: dict[int, Board] = {}

    def get(self, room: Room) -> Board | None:
        """The room's board, if it has one."""
        return self._boards.get(room.id)

    def put(self, room: Room, snapshot: Snapshot) -> Board:
        """Give the room a board unless it got one meanwhile."""
        here = {person.number for person in room.people.values()}
        return self._boards.setdefault(room.id, Board(snapshot, here))

    def drop(self, room: Room) -> None:
        """Nobody looks any more."""
        self._boards.pop(room.id, None)
