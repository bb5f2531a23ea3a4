"""What a rehearsal found, as numbers and in words. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, field

from turnout.rehearsal.ledger import Spread
from turnout.rehearsal.outcomes import Outcomes, lines

TOLD = 20
"""Details that are told in words; all of them stand in the JSON form."""


@dataclass(frozen=True, slots=True)
class Report:
    """Counts, and `details`: a line for each thing that went wrong. `answers_sent`: distinct
    answers, however often each was sent. Times in milliseconds, `seconds` in all. `faults`: for
    each that was rehearsed, the number of its steps."""

    joined: int
    answers_sent: int
    accepted: int
    refused: int
    lost: int
    duplicated: int
    mismatches: int
    send_to_seen_ms: Spread
    answer_to_accepted_ms: Spread
    seconds: float
    restarts: int = 0
    reconnects: int = 0
    faults: Outcomes = field(default_factory=dict)
    details: tuple[str, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether nothing was lost, doubled or miscounted."""
        return not (self.lost or self.duplicated or self.mismatches)

    def as_dict(self) -> dict[str, object]:
        """Everything, for JSON."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """The same in words."""
        yield f"{self.joined:,} joined, {self.answers_sent:,} answers sent, in {self.seconds:.1f} s"
        yield f"{self.accepted:,} accepted, {self.refused:,} refused"
        if self.restarts:
            yield f"the server was killed and restarted {self.restarts} times"
        yield f"a question reached people within  {_words(self.send_to_seen_ms)}"
        yield f"an answer was durable within      {_words(self.answer_to_accepted_ms)}"
        yield from lines(self.faults)
        yield f"lost {self.lost:,}, duplicated {self.duplicated:,}, mismatches {self.mismatches:,}"
        yield from (f"  {detail}" for detail in self.details[:TOLD])
        if len(self.details) > TOLD:
            yield f"  and {len(self.details) - TOLD:,} more"


def _words(spread: Spread) -> str:
    if spread.max is None:
        return "(never)"
    return f"{spread.p50} ms (half), {spread.p95} (95 %), {spread.p99} (99 %), {spread.max} (all)"
