"""What this process counts for whoever watches over it, in a registry of its own.

Numbers only: no label ever holds a pid, a token, an address, a text or a slug, and every label has
a short list of values. docs/operations.md lists them all.
"""

from __future__ import annotations

from collections.abc import Callable

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector

COMMIT_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)
"""Upper bounds of the histogram's buckets."""


class Metrics:
    """Of one process. Methods count; `watch` has a number read when somebody asks for it."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._sockets = self._gauge("sockets", "Open sockets.", "kind")
        self._rooms = self._gauge("rooms", "Conversations that this process has open.")
        self._waiting = self._gauge("waiting", "What waits for its turn.", "what")
        self._hellos = self._counter("hellos", "Hellos of participants.", "outcome")
        self._joins = self._counter("joins", "Taps on Join.", "outcome")
        self._answers = self._counter("answers", "Answers that were offered.", "outcome")
        self._answer_outcomes: dict[str, Counter] = {}
        self._unknown = self._counter("unknown_frames", "Frames of a type unknown here.", "kind")
        self._closes = self._counter("closes", "Sockets that ended.", "code")
        self._commit = Histogram(
            "turnout_commit_seconds",
            "From the begin of a transaction until it is durable, or failed.",
            buckets=COMMIT_SECONDS,
            registry=self.registry,
        )

    def _gauge(self, name: str, what: str, *labels: str) -> Gauge:
        return Gauge(f"turnout_{name}", what, labels, registry=self.registry)

    def _counter(self, name: str, what: str, label: str) -> Counter:
        return Counter(f"turnout_{name}", what, [label], registry=self.registry)

    def watch_sockets(self, kind: str, number: Callable[[], int]) -> None:
        """How many sockets of this kind are open."""
        self._sockets.labels(kind).set_function(number)

    def watch_rooms(self, number: Callable[[], int]) -> None:
        """How many conversations are open here."""
        self._rooms.set_function(number)

    def watch_waiting(self, what: str, number: Callable[[], int]) -> None:
        """How many of these wait for their turn."""
        self._waiting.labels(what).set_function(number)

    def hello(self, outcome: str) -> None:
        """A participant said hello: welcomed, or why not."""
        self._hellos.labels(outcome).inc()

    def join(self, outcome: str) -> None:
        """Somebody tapped Join: joined, or the refusal's code."""
        self._joins.labels(outcome).inc()

    def answer(self, outcome: str) -> None:
        """An answer was offered: accepted, late, known, or the refusal's code."""
        counter = self._answer_outcomes.get(outcome)
        if counter is None:  # to find it is dearer than to count
            counter = self._answer_outcomes[outcome] = self._answers.labels(outcome)
        counter.inc()

    def unknown(self, kind: str) -> None:
        """A frame on a socket of this kind had a `t` that this version does not know."""
        self._unknown.labels(kind).inc()

    def close(self, code: str) -> None:
        """A socket ended: our close code, `left` if the peer closed it, `lost` if nobody did."""
        self._closes.labels(code).inc()

    def commit(self, seconds: float) -> None:
        """A transaction took so long."""
        self._commit.observe(seconds)
