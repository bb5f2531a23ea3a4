"""Writes client/src/participant/fixtures/story.json: one conversation, event by event, as the
server tells it to participants, with the state and the progress that it computes after each.

The client's tests replay it, so that both sides' rules are held to each other. It must hold nothing
that the server's own code did not compute. `--check` only says, by exit status 1, that it is stale.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import msgspec

from turnout.domain import guide
from turnout.domain.commands import Close, Command, End, Next, Publish, Send, Skip, Start, decide
from turnout.domain.conversation import (
    Conversation,
    Created,
    Event,
    GuideSet,
    Recorded,
    Settings,
    apply,
    begin,
    participants_see,
    record,
)
from turnout.domain.progress import progress_of
from turnout.domain.refusals import Refused
from turnout.services import views

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "client" / "src" / "participant" / "fixtures" / "story.json"
T0 = 1_795_597_200_000

_options = (guide.Option("Bus"), guide.Option("Tram"), guide.Option("None", exclusive=True))
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
STORY: tuple[Command | int, ...] = (
    Publish(),
    Start(),
    Next(),
    Next(),
    2,  # a number: the participant answers this question
    Next(),
    Next(),
    3,
    Next(),
    Close(),
    Skip(6),
    Send(2),
    Send(7),
    Send(8),
    7,
    Send(5),
    5,
    Send(1),
    End(),
)


def story() -> dict[str, Any]:
    """`start`: before the first event; `steps`: `{answered}` or `{delta, state, progress}` each."""
    created = Recorded(1, 0, T0, Created(Settings("A conversation", max_participants=10)))
    first = begin(created)
    conversation = apply(first, record(first, GuideSet(GUIDE), T0))
    start = {"rev": conversation.seen_rev, "state": _plain(views.state(conversation))}
    steps: list[dict[str, Any]] = []
    answered: set[int] = set()
    for at, part in enumerate(STORY, 1):
        if isinstance(part, int):
            answered.add(part)
            steps.append({"answered": part})
            continue
        events = decide(conversation, part, T0 + at * 1000)
        if isinstance(events, Refused):
            raise AssertionError(f"the story stops at {part}: {events.why}")
        for event in events:
            recorded = record(conversation, event, T0 + at * 1000)
            conversation = apply(conversation, recorded)
            if participants_see(event):
                steps.append(_step(conversation, event, recorded, answered))
    return {"start": start, "steps": steps}


def _step(
    conversation: Conversation, event: Event, recorded: Recorded, answered: set[int]
) -> dict[str, Any]:
    seen = views.seen_event(event, conversation)
    return {
        "delta": {"rev": recorded.rev, "prev": recorded.prev, "event": _plain(seen)},
        "state": _plain(views.state(conversation)),
        "progress": _plain(views.progress(progress_of(conversation, answered, ()))),
    }


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
