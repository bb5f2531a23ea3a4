"""A robot's answers on their way: how many at once, which wait, which are sent again for a fault.

Knows no socket: it is told how to send, and when to look again.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable

from turnout import wire
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.participant import Participant, Pending
from turnout.rehearsal.parts import Part

MAX_IN_FLIGHT = 16
MAX_A_SECOND = 8


class Outgoing:
    """`send` puts an answer on the open socket; `later` calls `pump` again after so many seconds.
    `late`: the questions whose answers left after their close; `twice`: those sent twice;
    `resent`: those sent again after their acknowledgement was thrown away."""

    def __init__(
        self,
        participant: Participant,
        ledger: Ledger,
        part: Part,
        send: Callable[[wire.Answer], None],
        later: Callable[[float], None],
    ) -> None:
        self.late: set[int] = set()
        self.twice: set[int] = set()
        self.resent: set[int] = set()
        self._participant = participant
        self._ledger = ledger
        self._part = part
        self._send = send
        self._later = later
        self._recent: deque[float] = deque(maxlen=MAX_A_SECOND)
        self._to_lose = set(part.lost)
        self._thrown: dict[str, wire.Answer] = {}

    @property
    def is_empty(self) -> bool:
        """Whether everything was acknowledged, for good."""
        return not self._participant.outbox and not self._thrown

    def pump(self) -> None:
        """Send what may be sent now; look again when more may. Only while welcomed."""
        now = self._ledger.clock()
        flying = sum(pending.in_flight for pending in self._participant.outbox.values())
        for pending in self._participant.outbox.values():
            if pending.in_flight or self._is_held(pending):
                continue
            if flying >= MAX_IN_FLIGHT:
                return  # the next acknowledgement looks again
            pace = self._recent[0] + 1 if len(self._recent) == MAX_A_SECOND else now
            wait = max(pending.not_before, pace) - now
            if wait > 0:
                self._later(wait)
                continue
            flying += 1
            self._go(pending, now)

    def throws_away(self, message: wire.Accepted) -> bool:
        """Whether this acknowledgement is lost on purpose; its answer will be sent again."""
        pending = self._participant.pending(message.aid)
        number = 0 if pending is None else self._number(pending)
        if pending is None or number not in self._to_lose:
            return False
        self._to_lose.discard(number)
        self._thrown[pending.aid] = wire.Answer(
            pending.aid, pending.question, pending.base, pending.body
        )
        self._ledger.count("lost-ack", "thrown_away")
        return True

    def welcomed(self) -> None:
        """Send again what was acknowledged in vain. The welcome must hold it already."""
        for aid, answer in self._thrown.items():
            if answer.question not in self.resent:
                self.resent.add(answer.question)
                self._ledger.count("lost-ack", "resent")
                if self._participant.pending(aid) is not None:
                    what = f"question {answer.question}: acknowledged, and not in the next welcome"
                    self._ledger.trouble(f"{self._participant.name}: {what}")
            if self._participant.pending(aid) is None:
                self._send(answer)

    def acknowledged(self, message: wire.Accepted) -> None:
        """After the participant has taken it in."""
        answer = self._thrown.pop(message.aid, None)
        if answer is None:
            return
        kept = self._participant.kept.get(answer.question)
        if kept is not None and (kept.aid, kept.revision) == (message.aid, message.revision):
            self._ledger.count("lost-ack", "same_answer")
        self._ledger.came_to_rest()

    def _is_held(self, pending: Pending) -> bool:
        """Whether it waits for the close of its question, to be late."""
        person = self._participant
        if person.phase != "live" or self._number(pending) not in self._part.late:
            return False
        return person.status.get(pending.question) == "open"

    def _number(self, pending: Pending) -> int:
        item = self._participant.items.get(pending.question)
        return 0 if item is None else item.number

    def _go(self, pending: Pending, now: float) -> None:
        pending.in_flight = True
        self._recent.append(now)
        if pending.sent_at is None:
            pending.sent_at = now
            self._ledger.answer_sent()
            self._mark(pending)
        self._send(wire.Answer(pending.aid, pending.question, pending.base, pending.body))

    def _mark(self, pending: Pending) -> None:
        if self._part.doubles:
            self.twice.add(pending.question)
            self._ledger.count("double", "answered_twice")
        closed = self._participant.status.get(pending.question) == "closed"
        if closed and self._number(pending) in self._part.late:
            self.late.add(pending.question)
            self._ledger.count("late", "answered_late")
