"""Programs with one fault each, which the simulation must find: what proves that it can fail."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any
from unittest.mock import patch

from tests.simulation.pages import Change
from turnout import wire
from turnout.domain.answers import Accepted, Openness, Stored, settle
from turnout.domain.conversation import Conversation
from turnout.services.answering import Answering
from turnout.services.rooms import Room

P = "src/participant/"


@dataclass(frozen=True)
class Mutant:
    """`caught`: the invariants that it breaks. `changes`: of the client's sources; `server`: what
    stands in place of a function of the server, by its name. `rare`: it takes many seeds."""

    name: str
    caught: frozenset[str]
    changes: tuple[Change, ...] = ()
    server: tuple[str, object] | None = None
    rare: bool = False

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """The server has its fault meanwhile."""
        if self.server is None:
            yield
        else:
            with patch(*self.server):
                yield


def _client(
    name: str, caught: set[str], file: str, old: str, new: str, *, rare: bool = False
) -> Mutant:
    return Mutant(name, frozenset(caught), ((file, old, new),), rare=rare)


async def _early(self: Answering, member: Any, offer: Any) -> None:
    """Acknowledges, then stores."""
    progress = wire.Progress(1, 1, 100)
    self._connection.send(wire.encode(wire.Accepted(offer.aid, offer.base + 1, progress)))
    self._settled(member, offer, await self._store.answer(1, member.person.id, offer))


def _generous(conversation: Conversation, question: int, now: int) -> Openness:
    """Knows no end of the grace."""
    entry = conversation.entry(question)
    if entry is None or not entry.item.is_question or not entry.windows:
        return "gone"
    return "open" if entry.closed_at is None else "late"


_settle_truly = settle


def _last_wins(
    conversation: Conversation, stored: Stored | None, offer: Any, now: int, **more: Any
) -> Any:
    """Ignores which revision an answer replaces."""
    base = stored.revision if stored else 0
    return _settle_truly(conversation, stored, replace(offer, base=base), now, **more)


def _forgetful(
    conversation: Conversation, stored: Stored | None, offer: Any, now: int, **more: Any
) -> Any:
    """Does not know a copy of the answer that counts."""
    if stored is not None and stored.aid == offer.aid:
        return Accepted(replace(stored, revision=stored.revision + 1))
    return _settle_truly(conversation, stored, offer, now, **more)


def _rounded(part: int, whole: int) -> int | None:
    """To the nearest."""
    return round(100 * part / whole) if whole else None


def _withdrawn_counts(conversation: Conversation) -> Any:
    """What was taken back is still asked."""
    return tuple(e for e in conversation.entries if e.item.is_question and e.was_sent)


_deltas_truly = Room._deltas


def _one_short(self: Room, resume: Any) -> Any:
    """Leaves the first of the missed events out, and closes the gap."""
    deltas = _deltas_truly(self, resume)
    if not deltas or len(deltas) < 2:
        return deltas
    first, second, *rest = deltas
    return [wire.Delta(second.rev, first.prev, second.event), *rest]


MUTANTS = (
    _client(
        "an answer that was sent is held",
        {"I3"},
        P + "answers.ts",
        "  return { pending, next: undefined,",
        '  const held = { aid, revision: 1, body, epoch: "e1" };\n'
        "  return { held, pending, next: undefined,",
    ),
    Mutant(
        "what was under way when a line is lost is not sent again",
        frozenset({"outbox"}),
        tuple(
            (
                P + "outbox.ts",
                f"  {name}(): void {{\n    this.#inFlight.clear();",
                f"  {name}(): void {{",
            )
            for name in ("lineLost", "replyLost")
        ),
    ),
    _client(
        "answers are sent before they are kept",
        {"kept first"},
        P + "outbox.ts",
        "await this.#saving.get(question);",
        "",
    ),
    _client(
        "events that leave a hole are applied",
        {"I5"},
        P + "conversation.ts",
        'if (prev !== conversation.rev) return { kind: "gap" };',
        "",
        rare=True,
    ),
    _client(
        "a beat that tells of a missed event is not heard",
        {"I6"},
        P + "state.ts",
        "return { ...state, skew, gap: state.gap || lost };",
        "void lost;\n  return { ...state, skew };",
        rare=True,
    ),
    _client(
        "a welcome of another epoch sends nothing back",
        {"I1"},
        P + "answers.ts",
        "(lost ? { aid: held.aid, body: held.body } : undefined)",
        "undefined",
        rare=True,
    ),
    _client(
        "a closed question takes its draft with it",
        {"draft"},
        P + "state.ts",
        "  return moved({ ...state, answers }, next.conversation, now);",
        '  const gone = event.kind === "closed"\n'
        "    ? outbox.drafted(answers, event.question, undefined) : answers;\n"
        "  return moved({ ...state, answers: gone }, next.conversation, now);",
    ),
    _client(
        "drafts are not kept",
        {"draft"},
        P + "outbox.ts",
        "if (isDraft) this.#planDrafts();",
        "",
        rare=True,
    ),
    _client(
        "two tabs fight for the line",
        {"I13"},
        "src/socket.ts",
        'if (code >= 4400 && code < 4500) return "stop";',
        'if (code >= 4400 && code < 4500 && code !== 4408) return "stop";',
    ),
    _client(
        "an answer that another device's replaced is dropped without a word",
        {"I1"},
        P + "answers.ts",
        "return change(answers, question, { pending: undefined, next: undefined, held, note });",
        "void note;\n  return change(answers, question, { pending: undefined, held });",
    ),
    Mutant(
        "answers are acknowledged before they are stored",
        frozenset({"I1"}),
        server=("turnout.services.answering.Answering._settle", _early),
    ),
    Mutant(
        "the grace has no end",
        frozenset({"I8"}),
        server=("turnout.domain.answers.openness", _generous),
    ),
    Mutant(
        "the last answer wins, whatever it replaces",
        frozenset({"I2"}),
        server=("tests.simulation.store.settle", _last_wins),
    ),
    Mutant(
        "a copy counts again",
        frozenset({"I2"}),
        server=("tests.simulation.store.settle", _forgetful),
    ),
    Mutant(
        "percentages are rounded",
        frozenset({"I7"}),
        server=("turnout.domain.progress.percent", _rounded),
    ),
    Mutant(
        "what was taken back is still asked",
        frozenset({"I7"}),
        server=("turnout.domain.conversation.Conversation.asked", property(_withdrawn_counts)),
    ),
    Mutant(
        "a missed event is left out of what is told of them",
        frozenset({"I5"}),
        server=("turnout.services.rooms.Room._deltas", _one_short),
    ),
)
