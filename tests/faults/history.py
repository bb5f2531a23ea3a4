"""What everybody was promised, and the judgement afterwards: frames as they went over the sockets,
held against the invariants of the protocol by name, and at the end against the exported files.

Believes nothing but frames and files, and must never ask the server's own code what is right.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import msgspec

from turnout import wire
from turnout.rehearsal.audit import Witness, audit

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Violation:
    """`invariant`: I1 to I13 of the protocol, or the rule's own name, such as `outbox`: what was
    given is accepted or refused in the end."""

    invariant: str
    what: str

    def __str__(self) -> str:
        return f"{self.invariant}: {self.what}"


@dataclass(slots=True)
class Sent:
    """An answer that somebody gave. `times`: how often it left the device. `fate`: unknown until
    the server said accepted or, for good, refused. `revision`: of its acceptance."""

    question: int
    body: Json
    times: int = 0
    fate: str = "unknown"
    revision: int = 0


@dataclass(slots=True)
class Place:
    """Where one device is in the stream."""

    epoch: str = ""
    rev: int = 0


@dataclass(slots=True)
class Told:
    """What one participant, whatever their devices, sent and was told. `held`: by question, the
    revision, aid and body of the newest answer that the server called durable."""

    pid: str
    sent: dict[str, Sent] = field(default_factory=dict)
    held: dict[int, tuple[int, str, Json]] = field(default_factory=dict)
    withdrawn: set[int] = field(default_factory=set)
    joined: bool = False
    violations: list[Violation] = field(default_factory=list)
    on_accepted: Callable[[], None] = lambda: None

    def broken(self, invariant: str, what: str) -> None:
        """Note it."""
        self.violations.append(Violation(invariant, f"{self.pid}: {what}"))

    def gave(self, one: Json) -> None:
        """This participant gave an answer, whether or not there is a network."""
        self.sent.setdefault(one["aid"], Sent(one["question"], one["body"]))

    def took(self, message: Json) -> None:
        """This participant sent a frame."""
        if message["t"] == "answer":
            self.gave(message)
            self.sent[message["aid"]].times += 1

    def shows(self, question: int, revision: int) -> None:
        """The page says that this revision is saved."""
        known = self.held.get(question)
        if known is None or known[0] < revision:
            self.broken("I3", f"question {question} is shown as saved, and nobody said so")

    def returns(self, code: int | None) -> None:
        """The page connects again by itself after this close code."""
        if code is not None and stops(code):
            self.broken("I13", f"came back after {code}")

    def durable(self, question: int, aid: str, revision: int, body: Json) -> None:
        """The server said that this one counts."""
        known = self.held.get(question)
        if known is not None and known[0] == revision and known[1] != aid:
            self.broken(
                "I2", f"question {question}: {known[1]} and {aid}, both revision {revision}"
            )
        if known is None or known[0] < revision:
            self.held[question] = revision, aid, body

    def accepted(self, message: Json) -> None:
        """An acknowledgement."""
        sent = self.sent.get(message["aid"])
        if sent is None:
            self.broken("I3", f"{message['aid']} was accepted and never sent")
            return
        if sent.fate == "accepted" and sent.revision != message["revision"]:
            both = f"revision {sent.revision} and {message['revision']}"
            self.broken("I2", f"question {sent.question}: one aid as {both}")
        sent.fate, sent.revision = "accepted", message["revision"]
        self.durable(sent.question, message["aid"], message["revision"], sent.body)
        self.progress(message["progress"])
        self.on_accepted()

    def refused(self, message: Json) -> None:
        """A refusal; `retry` settles nothing."""
        sent = self.sent.get(message["aid"])
        if sent is not None and message["code"] != "retry" and sent.fate == "unknown":
            sent.fate = "refused"

    def progress(self, told: Json) -> None:
        """Numbers that were shown."""
        asked, answered, percent = told["asked"], told["answered"], told.get("percent_answered")
        right = 100 * answered // asked if asked else None
        if percent != right:
            self.broken("I7", f"{percent} %, with {answered} of {asked} answered")
        held = self.held.keys() - self.withdrawn
        most = held | {sent.question for sent in self.sent.values()}
        if not len(held) <= answered <= len(most):
            self.broken("I7", f"{answered} answered, but {len(held)} are held")

    def welcome(self, message: Json, place: Place) -> None:
        """How things stand, says the server."""
        self.joined = True
        if message["epoch"] == place.epoch:
            if message["rev"] < place.rev:
                self.broken("I4", f"rev fell from {place.rev} to {message['rev']}")
            self._still_held({one["question"]: one for one in message["mine"]})
            at = place.rev
            for delta in message.get("deltas", ()):
                if delta["prev"] != at:
                    self.broken("I4", f"the welcome jumps from rev {at} to {delta['rev']}")
                at = delta["rev"]
        if "state" in message:
            self.withdrawn = {
                one["item"]["id"]
                for one in message["state"]["items"]
                if one["status"] == "withdrawn"
            }
        for one in message["mine"]:
            self.durable(one["question"], one["aid"], one["revision"], one["body"])
            if (sent := self.sent.get(one["aid"])) is not None and sent.fate == "unknown":
                sent.fate, sent.revision = "accepted", one["revision"]
        place.epoch, place.rev = message["epoch"], message["rev"]
        self.progress(message["progress"])

    def event(self, message: Json, place: Place) -> None:
        """Something happened in the conversation."""
        if message["prev"] != place.rev:
            self.broken("I4", f"at rev {place.rev} came {message['rev']} after {message['prev']}")
        place.rev = max(place.rev, message["rev"])
        event = message["event"]
        if event["kind"] == "withdrawn":
            self.withdrawn.add(event["question"])
        elif event["kind"] == "opened":
            self.withdrawn.discard(event["item"]["id"])

    def _still_held(self, mine: Mapping[int, Json]) -> None:
        for question, (revision, aid, _) in self.held.items():
            found = mine.get(question)
            if found is None or found["revision"] < revision:
                self.broken("I1", f"question {question}: {aid} was acknowledged and is forgotten")


def stops(code: int) -> bool:
    """Whether a page stays away after this close code, until somebody asks it not to."""
    return code in (1000, 1007, 1009) or 4400 <= code < 4500


class History:
    """Of one conversation: everybody's."""

    def __init__(self) -> None:
        self.told: dict[str, Told] = {}
        self.others: list[Violation] = []

    def of(self, pid: str) -> Told:
        """This participant's part."""
        return self.told.setdefault(pid, Told(pid))

    def broken(self, invariant: str, what: str) -> None:
        """Something that no single participant saw."""
        self.others.append(Violation(invariant, what))

    @property
    def violations(self) -> list[Violation]:
        """Everything found so far."""
        return [*self.others, *(one for told in self.told.values() for one in told.violations)]

    def fates(self) -> Counter[str]:
        """How many distinct answers were sent, accepted, refused, and neither."""
        fates = Counter(sent.fate for told in self.told.values() for sent in told.sent.values())
        fates["sent"] = fates.total()
        return fates

    def audit(self, files: Mapping[str, bytes], asked: Sequence[wire.Item]) -> None:
        """Hold the files, fetched when nothing changes any more, against what was promised."""
        found = audit(files, asked, [_witness(told) for told in self.told.values()])
        self.others += (Violation("I1", what) for what in found.lost)
        self.others += (Violation("I2", what) for what in found.duplicated)
        for what in found.mismatches:
            self.others.append(Violation(_named(what), what))


def _named(mismatch: str) -> str:
    if "nobody was told is saved" in mismatch:
        return "I3"
    if "neither acknowledged nor refused" in mismatch:
        return "outbox"
    return "I7" if "percent" in mismatch or "answered is" in mismatch else "files"


def _witness(told: Told) -> Witness:
    open = {sent.question for sent in told.sent.values() if sent.fate == "unknown"}
    return Witness(
        row=told.pid,
        pid=told.pid,
        joined=told.joined,
        at_end=False,
        answers={
            question: msgspec.convert(body, wire.Body)
            for question, (_, _, body) in told.held.items()
        },
        open=frozenset(open),
    )
