"""What is true in a simulation, written down beside the server's own rules: what was asked and when
it closed, which answers were committed. The invariants are held against this."""

from __future__ import annotations

from typing import Any

import msgspec

from tests.simulation.store import SimulatedStore
from turnout.domain.answers import Body, Offer, Stored
from turnout.domain.conversation import Conversation
from turnout.domain.events import Recorded
from turnout.domain.guide import Item
from turnout.services import views


class Violation(AssertionError):
    """An invariant does not hold. `name`: which, as in the protocol's list."""

    def __init__(self, name: str, what: str) -> None:
        super().__init__(f"{name}: {what}")
        self.name = name


def said(value: object) -> Any:
    """As it travels: plain dicts, lists and numbers."""
    return msgspec.to_builtins(value)


def body_of(body: Body) -> dict[str, Any]:
    """An answer as pages have it."""
    plain: dict[str, Any] = said(views.body_to_wire(body))
    return plain


class Asked:
    """What became of the questions, from the events alone: semantics.md, not `apply`."""

    def __init__(self) -> None:
        self.questions: set[int] = set()
        self.sent: set[int] = set()
        self.withdrawn: set[int] = set()
        self.open: set[int] = set()
        self.closed_at: dict[int, int] = {}

    @property
    def counts(self) -> frozenset[int]:
        """The questions of which a percentage is taken."""
        return frozenset((self.sent & self.questions) - self.withdrawn)

    def take(self, recorded: Recorded) -> None:
        """One more event."""
        event: Any = recorded.event
        match event.kind:
            case "guide_set":
                items: tuple[Item, ...] = event.items
                self.questions = {item.id for item in items if item.is_question}
            case "opened":
                self.sent.add(event.item)
                self.withdrawn.discard(event.item)
                self.open.add(event.item)
            case "closed":
                self._close({event.item}, recorded.at)
            case "withdrawn":
                self._close({event.item} & self.open, recorded.at)
                self.withdrawn.add(event.item)
            case "ended":
                self._close(set(self.open), recorded.at)
            case "reopened":
                self.open = self.questions - self.withdrawn
                self.sent |= self.open
            case _:
                pass

    def _close(self, items: set[int], at: int) -> None:
        self.open -= items
        self.closed_at.update(dict.fromkeys(items, at))


class Record:
    """Of one simulation's store, through all its epochs. `states`: what participants may know, by
    epoch and rev; `asked`: the same for the questions that count. `truth`: every answer that ever
    counted, by epoch, pid, question and revision, as (aid, body). `aids`: of the present epoch."""

    def __init__(self) -> None:
        self.states: dict[tuple[str, int], Any] = {}
        self.asked_at: dict[tuple[str, int], frozenset[int]] = {}
        self.truth: dict[tuple[str, str, int, int], tuple[str, dict[str, Any]]] = {}
        self.ever: dict[tuple[str, int], set[str]] = {}
        self.aids: dict[str, tuple[str, int]] = {}
        self.asked = Asked()
        self.restored_at = 0

    def begin(self, store: SimulatedStore) -> None:
        """A history begins with these rows."""
        self.asked, self.aids = Asked(), {}
        for recorded in store.rows.events:
            self.asked.take(recorded)
        self.restored_at = store.rows.conversation.restored_at
        self._know(store, store.rows.conversation)
        pids = {person.id: person.pid for person in store.rows.people.values()}
        for (who, question), stored in store.rows.counted.items():
            self._count(store.epoch, pids[who], question, stored)
            for aid in stored.earlier:
                self.aids[aid] = pids[who], question

    def _know(self, store: SimulatedStore, state: Conversation) -> None:
        key = store.epoch, state.seen_rev
        self.states[key] = said(views.state(state))
        self.asked_at[key] = self.asked.counts

    def happened(self, store: SimulatedStore, recorded: Recorded, after: Conversation) -> None:
        """An event was committed."""
        self.asked.take(recorded)
        if after.seen_rev == recorded.rev:
            self._know(store, after)

    def counted(
        self, store: SimulatedStore, participant: int, offer: Offer, stored: Stored, now: int
    ) -> None:
        """I2 and I8: whether this answer may count."""
        pid = next(one.pid for one in store.rows.people.values() if one.id == participant)
        question = offer.question
        if stored.aid in self.aids:
            raise Violation("I2", f"{stored.aid} counts twice")
        before = self.truth.get((store.epoch, pid, question, offer.base))
        if stored.revision != offer.base + 1 or (offer.base and before is None):
            raise Violation("I2", f"revision {stored.revision} was given on {offer.base}")
        if question not in self.asked.open:
            closed = self.asked.closed_at.get(question)
            grace = store.rows.conversation.settings.grace * 1_000
            if closed is None or now > max(closed, self.restored_at) + grace:
                raise Violation("I8", f"question {question} closed at {closed}, taken at {now}")
        if (store.epoch, pid, question, stored.revision) in self.truth:
            raise Violation("I2", f"revision {stored.revision} of question {question} twice")
        self._count(store.epoch, pid, question, stored)

    def _count(self, epoch: str, pid: str, question: int, stored: Stored) -> None:
        self.aids[stored.aid] = pid, question
        self.ever.setdefault((pid, question), set()).add(stored.aid)
        self.truth[epoch, pid, question, stored.revision] = stored.aid, body_of(stored.body)
