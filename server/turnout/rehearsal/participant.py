"""A participant's side of `turnout.v1`, as docs/protocol.md asks of clients: the state of the
conversation, the outbox, and the accepted answers.

Knows no socket and no time but the ledger's: messages go in, and what is to be sent is in the
outbox.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msgspec import UNSET

from turnout import wire
from turnout.rehearsal.ledger import Ledger


@dataclass(slots=True)
class Pending:
    """An answer in the outbox. `sent_at`: when it first left; None before. `in_flight`: sent on
    this connection and not answered yet. `not_before`: the server asked to wait until then."""

    aid: str
    question: int
    base: int
    body: wire.Body
    sent_at: float | None = None
    in_flight: bool = False
    not_before: float = 0.0


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer that the server said is durable. `late`: whether it said that it came late; None
    where it did not say."""

    aid: str
    revision: int
    body: wire.Body
    late: bool | None = None


class Participant:
    """`name` is used in troubles. `asked` is called for each question that is open and not yet
    answered, again after each gap. Item ids throughout."""

    def __init__(self, name: str, ledger: Ledger, asked: Callable[[wire.Item], None]) -> None:
        self.name = name
        self.epoch = ""
        self.rev = 0
        self.phase: wire.Phase = "published"
        self.items: dict[int, wire.Item] = {}
        self.status: dict[int, str] = {}
        self.outbox: dict[int, Pending] = {}
        self.kept: dict[int, Kept] = {}
        self.locked: set[int] = set()
        """Questions whose answers stay, because they were given in an earlier run."""
        self._behind = False
        self._withdrawn: set[int] = set()
        self._aids: dict[int, list[str]] = {}
        self._ledger = ledger
        self._asked = asked

    @property
    def resume(self) -> wire.Resume | None:
        """Where it was, for the next hello."""
        return wire.Resume(self.epoch, self.rev) if self.epoch else None

    def answer(self, question: int, aid: str, body: wire.Body) -> bool:
        """Put an answer into the outbox; False if the question is not open or one is there."""
        if self.status.get(question) != "open" or question in self.outbox:
            return False
        base = self.kept[question].revision if question in self.kept else 0
        self.outbox[question] = Pending(aid, question, base, body)
        self._aids.setdefault(question, []).append(aid)
        return True

    def disconnected(self) -> None:
        """Everything in the outbox is sent again on the next connection."""
        for pending in self.outbox.values():
            pending.in_flight = False
            pending.not_before = 0.0

    def came_back(self) -> None:
        """It was away for long: what it missed tells nothing about how fast items travel."""
        self._behind = True

    def moved(self) -> None:
        """Another device goes on: it knows nothing and has nothing to send. What the first device
        was told is saved is remembered here, to hold the server to it."""
        self.epoch, self.rev = "", 0
        self.items.clear()
        self.status.clear()
        self.outbox.clear()
        self._aids.clear()

    def welcome(self, message: wire.Welcome) -> None:
        """Take over where the server says things stand."""
        first = not self.epoch
        self.locked = {answer.question for answer in message.mine if answer.locked}
        mine = {answer.question: answer for answer in message.mine}
        if first or message.epoch == self.epoch:
            self._hold_to_its_word(message, mine)
        else:
            self._return_to_outbox(mine)
        self._take_over(message, first)
        for answer in message.mine:
            self._counted(answer.question, Kept(answer.aid, answer.revision, answer.body))
        self._check(message.progress, settled=not self.outbox)
        self._behind = False
        self._ask_open()

    def event(self, message: wire.EventFrame) -> bool:
        """Apply an event; False if one before it is missing and a resync is due."""
        if message.rev <= self.rev:
            return True
        if message.prev != self.rev:
            return False
        self._apply(message.rev, message.event)
        if isinstance(message.event, wire.OpenedEvent):
            self._ask(message.event.item)
        elif isinstance(message.event, wire.PhaseEvent):
            self._ask_open()
        return True

    def accepted(self, message: wire.Accepted) -> None:
        """The server says that an answer is durable."""
        pending = self.pending(message.aid)
        if pending is not None:
            kept = Kept(message.aid, message.revision, pending.body, message.late)
            self._counted(pending.question, kept)
        else:
            self._accepted_again(message)
        self._check(message.progress, settled=not self.outbox)

    def refused(self, message: wire.Refused) -> None:
        """The server turned an answer down: for now, for good, or because another counts."""
        pending = self.pending(message.aid)
        if pending is None:
            return
        pending.in_flight = False
        stored = None if message.stored is UNSET else message.stored
        match message.code:
            case "retry":
                wait = 1000 if message.retry_ms is UNSET else message.retry_ms
                pending.not_before = self._ledger.clock() + wait / 1000
            case "superseded" if stored is None:
                pending.base = 0
            case "superseded" if stored is not None and stored.aid == message.aid:
                kept = Kept(stored.aid, stored.revision, stored.body)
                self._counted(pending.question, kept)
            case "superseded" if stored is not None and stored.aid in self._aids[pending.question]:
                pending.base = stored.revision
            case _:
                self._give_up(pending, message.code, stored)

    def mine(self, message: wire.MineFrame) -> None:
        """An answer of the same participant from another device or tab."""
        self._counted(message.question, Kept(message.aid, message.revision, message.body))

    def pending(self, aid: str) -> Pending | None:
        """What is in the outbox under this id."""
        return next((pending for pending in self.outbox.values() if pending.aid == aid), None)

    # --- inside -----------------------------------------------------------------------------

    def _accepted_again(self, message: wire.Accepted) -> None:
        """An answer that is settled already: it was sent more than once, and counts once."""
        question = next((q for q, aids in self._aids.items() if message.aid in aids), None)
        if question is None:
            self._ledger.trouble(f"{self.name}: an answer was accepted that was never sent")
            return
        kept = self.kept.get(question)
        if kept is None or kept.aid != message.aid:
            return
        if kept.revision != message.revision:
            what = f"question {question}: one answer as revision {kept.revision}"
            self._ledger.duplicates.append(f"{self.name}: {what} and {message.revision}")
        if kept.late is None:
            self.kept[question] = Kept(kept.aid, kept.revision, kept.body, message.late)

    def _hold_to_its_word(self, message: wire.Welcome, mine: dict[int, wire.Mine]) -> None:
        if message.rev < self.rev:
            what = f"the server fell back from rev {self.rev} to {message.rev}"
            self._ledger.trouble(f"{self.name}: {what}")
        for question, kept in self.kept.items():
            found = mine.get(question)
            if found is None or found.revision < kept.revision:
                what = f"question {question}: the server forgot an answer that it acknowledged"
                self._ledger.trouble(f"{self.name}: {what}")

    def _return_to_outbox(self, mine: dict[int, wire.Mine]) -> None:
        """The store was restored: what it lost is sent again, under the same aid."""
        self._ledger.trouble(f"{self.name}: the server came back with another epoch")
        for question, kept in tuple(self.kept.items()):
            found = mine.get(question)
            if found is not None and found.revision >= kept.revision:
                continue
            del self.kept[question]
            base = 0 if found is None else found.revision
            self.outbox.setdefault(question, Pending(kept.aid, question, base, kept.body))

    def _take_over(self, message: wire.Welcome, first: bool) -> None:
        if message.state is not UNSET:
            known = set(self.items)
            self._list(message.state.items)
            self.phase = message.state.phase
            for id in self.items.keys() - known if not (first or self._behind) else ():
                self._ledger.item_seen(id)
        elif message.deltas is not UNSET and message.epoch == self.epoch:
            for delta in message.deltas:
                if delta.prev != self.rev:
                    what = f"welcome jumps from rev {self.rev} to one after {delta.prev}"
                    self._ledger.trouble(f"{self.name}: {what}")
                self._apply(delta.rev, delta.event)
        else:
            self._ledger.trouble(f"{self.name}: welcome brought neither state nor usable deltas")
        self.epoch, self.rev = message.epoch, message.rev

    def _apply(self, rev: int, event: wire.SeenEvent) -> None:
        self.rev = rev
        match event:
            case wire.OpenedEvent(item=item) | wire.MessageEvent(item=item):
                if item.id not in self.items and not self._behind:
                    self._ledger.item_seen(item.id)
                self.items[item.id] = item
                self.status[item.id] = "open"
            case wire.ClosedEvent(question=question):
                self.status[question] = "closed"
            case wire.PhaseEvent(phase=phase, items=items):
                self.phase = phase
                if items is not UNSET:
                    self._list(items)
                if phase == "ended":
                    self._close_all()

    def _list(self, items: list[wire.Seen]) -> None:
        self.items = {seen.item.id: seen.item for seen in items}
        self.status = {seen.item.id: seen.status for seen in items}
        self._withdrawn = {id for id, status in self.status.items() if status == "withdrawn"}

    def _close_all(self) -> None:
        for id, status in self.status.items():
            if status == "open":
                self.status[id] = "closed"

    def _ask_open(self) -> None:
        for id, item in self.items.items():
            if self.status[id] == "open":
                self._ask(item)

    def _ask(self, item: wire.Item) -> None:
        if item.type != "message" and item.id not in self.kept and item.id not in self.outbox:
            self._asked(item)

    def _counted(self, question: int, now: Kept) -> None:
        """The server says that `now` counts; it may settle what is in the outbox."""
        before = self.kept.get(question)
        pending = self.outbox.get(question)
        if pending is not None and pending.aid == now.aid:
            del self.outbox[question]
            if before is not None and before.aid != now.aid and pending.base < before.revision:
                what = f"question {question}: accepted under two ids, {before.aid} and {now.aid}"
                self._ledger.duplicates.append(f"{self.name}: {what}")
            number = self.items[question].number if question in self.items else 0
            since = self._ledger.clock() if pending.sent_at is None else pending.sent_at
            self._ledger.answer_accepted(number, since)
        if before is None or now.revision > before.revision:
            self.kept[question] = now

    def _give_up(self, pending: Pending, code: str, stored: wire.Counted | None) -> None:
        del self.outbox[pending.question]
        if stored is not None:
            kept = Kept(stored.aid, stored.revision, stored.body)
            self._counted(pending.question, kept)
        number = self.items[pending.question].number
        self._ledger.answer_refused(number)
        if code in ("invalid", "gone"):
            what = f"question {pending.question}: a right answer was refused as '{code}'"
            self._ledger.trouble(f"{self.name}: {what}")

    def _check(self, progress: wire.Progress, settled: bool) -> None:
        right = 100 * progress.answered // progress.asked if progress.asked else None
        if progress.percent_answered != right:
            what = f"{progress.percent_answered} %, but {progress.answered} of {progress.asked}"
            self._ledger.trouble(f"{self.name}: progress says {what}")
        answered = len(self.kept.keys() - self._withdrawn)
        if settled and progress.answered != answered:
            what = f"{progress.answered} answered; it holds {answered} acknowledged answers"
            self._ledger.trouble(f"{self.name}: progress says {what}")
