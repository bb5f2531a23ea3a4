"""Writes client/src/participant/fixtures/story.json: one conversation, event by event, as the
server tells it to participants, with the state and the progress that it computes after each.

The client's tests replay it, so that both sides' rules are held to each other. It must hold nothing
that the server's own code did not compute. `--check` only says, by exit status 1, that it is stale.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import msgspec

from turnout.domain import guide
from turnout.domain.commands import (
    Add,
    Close,
    Command,
    Edit,
    End,
    Next,
    Publish,
    ReopenFlex,
    Send,
    Skip,
    Start,
    UndoEnd,
    Unpublish,
    Withdraw,
)
from turnout.domain.conversation import Conversation, Settings
from turnout.domain.deciding import decide
from turnout.domain.events import Created, Event, GuideSet, Recorded, apply, begin, record
from turnout.domain.progress import progress_of
from turnout.domain.refusals import Refused
from turnout.services import views

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "client" / "src" / "participant" / "fixtures" / "story.json"
T0 = 1_795_597_200_000


@dataclass(frozen=True)
class Answered:
    """The participant answers this question."""

    question: int


@dataclass(frozen=True)
class Wait:
    """Time passes."""

    seconds: int


_options = (guide.Option("Bus"), guide.Option("Tram"), guide.Option("None", exclusive=True))
_more = (*_options, guide.Option("On foot"))
GUIDE = (
    guide.Item(1, "Welcome.", guide.Message()),
    guide.Item(2, "Do you agree?", guide.SingleChoice(_options[:2], other=True), duration=30),
    guide.Item(3, "How do you travel?", guide.MultipleChoice(_options, randomize=True)),
    guide.Item(4, "Halfway.", guide.Message()),
    guide.Item(5, "Why?", guide.OpenText()),
    guide.Item(6, "Which share?", guide.Number(0, 1, 0.1)),
    guide.Item(7, "How often?", guide.Scale(1, 5, "never", "always")),
    guide.Item(8, "Thank you.", guide.Message()),
)
ADDED = guide.Item(9, "What did we forget?", guide.OpenText())
Part = Command | Answered | Wait
BEFORE: tuple[Part, ...] = (Publish(), Unpublish(), Publish(), Start())
LIVE: tuple[Part, ...] = (
    Next(),
    Edit(guide.Item(1, "Welcome, all.", guide.Message()), answered=False),
    Next(),
    Answered(2),
    Next(),
    Next(),
    Answered(3),
    Edit(
        guide.Item(3, "How do you go?", guide.MultipleChoice(_more, randomize=True)), answered=True
    ),
    # Nobody has seen this one yet, nor do they hear of it.
    Edit(guide.Item(8, "Thanks.", guide.Message()), answered=False),
    Next(),
    Close(),
    Skip(6),
    Send(2),
    Withdraw(2),
    Send(7),
    Withdraw(3),
    Send(8),
    Answered(7),
    Send(2),
    Send(5),
    Answered(5),
    Send(1),
)
AFTER: tuple[Part, ...] = (
    End(),
    Wait(60),
    UndoEnd(),
    Add(ADDED, after=8),
    End(),
    Wait(60),
    ReopenFlex(),
    Answered(6),
    Edit(guide.Item(6, "Which part?", guide.Number(0, 1, 0.1)), answered=True),
    Withdraw(7),
    Send(7),
    Send(3),
    Add(ADDED, after=9),
    End(),
    Wait(60),
    ReopenFlex(1),
)
STORY = BEFORE + LIVE + AFTER


def story() -> dict[str, Any]:
    """`start`: before the first event; `steps`: `{answered}` or `{delta, state, progress}` each."""
    created = Recorded(1, 0, T0, Created(Settings("A conversation", max_participants=10)))
    first = begin(created)
    conversation = apply(first, record(first, GuideSet(GUIDE), T0))
    start = {"rev": conversation.seen_rev, "state": _plain(views.state(conversation))}
    steps: list[dict[str, Any]] = []
    answered: set[int] = set()
    now = T0
    for part in STORY:
        now += 1_000
        match part:
            case Answered(question=question):
                answered.add(question)
                steps.append({"answered": question})
            case Wait(seconds=seconds):
                now += seconds * 1_000
            case command:
                for event in _decided(conversation, command, now):
                    before, recorded = conversation, record(conversation, event, now)
                    conversation = apply(before, recorded)
                    steps += _steps(before, conversation, recorded, answered)
    return {"start": start, "steps": steps}


def _decided(conversation: Conversation, command: Command, now: int) -> tuple[Event, ...]:
    events = decide(conversation, command, now)
    if isinstance(events, Refused):
        raise AssertionError(f"the story stops at {command}: {events.why}")
    return events


def _steps(
    before: Conversation, after: Conversation, recorded: Recorded, answered: set[int]
) -> list[dict[str, Any]]:
    """One step; none where participants do not hear of it."""
    seen = views.seen_event(recorded.event, before, after)
    if seen is None:
        return []
    return [
        {
            "delta": {"rev": recorded.rev, "prev": recorded.prev, "event": _plain(seen)},
            "state": _plain(views.state(after)),
            "progress": _plain(views.progress(progress_of(after, answered, ()))),
        }
    ]


def _plain(value: object) -> Any:
    """As it travels."""
    return msgspec.json.decode(msgspec.json.encode(value))


def main(arguments: Sequence[str]) -> int:
    """0: written, or current; 1: stale (`--check`)."""
    text = json.dumps(story(), ensure_ascii=False, indent=2) + "\n"
    if "--check" in arguments:
        current = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
        if not current:
            print(f"{TARGET.name} is stale: run tools/client_fixtures.py.", file=sys.stderr)
        return 0 if current else 1
    TARGET.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
