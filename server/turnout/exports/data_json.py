"""`data.json`: all that the other files say, whole: exact texts, nothing guarded or joined.

Keys stand in an order that never changes. In an anonymous conversation nothing in it, nor its
place, may say whose an answer is or when it came.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from turnout.domain.answers import Body
from turnout.domain.conversation import Conversation, Entry, Run
from turnout.domain.guide import Item, options_of
from turnout.domain.progress import progress_of
from turnout.exports.answers import in_order
from turnout.exports.csv_file import CHUNK, time_text
from turnout.exports.participant_data import absence, outcome, with_answered
from turnout.exports.runs import ALL, run_names
from turnout.exports.snapshot import AnswerRow, Snapshot

FORMAT = 1


def data_json(snapshot: Snapshot, run: int | None) -> Iterator[bytes]:
    """The file, in pieces of about 64 KiB. `snapshot`: `of_run` of this run (None: all)."""
    pieces: list[str] = []
    waiting = 0
    for text in _texts(snapshot, run):
        pieces.append(text)
        waiting += len(text)
        if waiting >= CHUNK:
            yield "".join(pieces).encode()
            pieces, waiting = [], 0
    yield "".join(pieces).encode()


def _texts(snapshot: Snapshot, run: int | None) -> Iterator[str]:
    conversation = snapshot.conversation
    names = run_names(conversation)
    settings = asdict(conversation.settings)
    settings["starts_at"] = time_text(conversation.settings.starts_at)
    head = {
        "format": FORMAT,
        "slug": snapshot.slug,
        "run": ALL if run is None else names[run - 1],
        "phase": conversation.phase,
        "settings": settings,
    }
    yield "{\n"
    yield from (f"{_json(key)}: {_json(value)},\n" for key, value in head.items())
    runs = zip(names, conversation.runs, strict=True)
    yield from _list("runs", (_run(name, one) for name, one in runs), ",\n")
    yield from _list("items", _items(conversation), ",\n")
    anonymous = conversation.settings.links == "single"
    yield from _list("participants", () if anonymous else _participants(snapshot), ",\n")
    yield from _list("links", () if anonymous else _links(snapshot), ",\n")
    yield from _list("answers", _answers(snapshot, anonymous=anonymous), "\n}\n")


def _list(name: str, values: Iterable[object], behind: str) -> Iterator[str]:
    """A value a line, so that two files can be compared line by line."""
    yield f"{_json(name)}: ["
    between = "\n"
    for value in values:
        yield between + _json(value)
        between = ",\n"
    yield "]" + behind


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))


def _run(name: str, run: Run) -> dict[str, Any]:
    return {
        "name": name,
        "since": time_text(run.since),
        "until": time_text(run.until),
        "due": time_text(run.due),
        "by_hand": run.by_hand,
    }


def _items(conversation: Conversation) -> Iterator[dict[str, Any]]:
    """The whole guide, with what was not asked."""
    asked = {entry.item.id for entry in conversation.asked}
    for position, entry in enumerate(conversation.entries, start=1):
        yield {
            "position": position,
            **asdict(entry.item),
            "status": entry.status,
            "asked": entry.item.id in asked,
            "open": [
                {"since": time_text(window.since), "until": time_text(window.until)}
                for window in entry.windows
            ],
            "earlier_wordings": [asdict(wording.item) for wording in entry.wordings],
        }


def _participants(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    for person, answered in with_answered(snapshot):
        progress = progress_of(snapshot.conversation, answered, person.attended)
        yield {
            "number": person.number,
            "participant_id": person.pid,
            **asdict(progress),
            "first_joined_at": time_text(person.first_joined_at),
            "attended": [
                {"since": time_text(span.since), "until": time_text(span.until)}
                for span in person.attended
            ],
            "device_changes": person.device_changes,
            "muted": person.muted,
            "outcome": outcome(snapshot, person, progress),
        }


def _links(snapshot: Snapshot) -> Iterator[dict[str, Any]]:
    for link in snapshot.links:
        joined = link.joined_at is not None
        yield {
            "number": link.number,
            "participant_id": link.pid,
            "joined": joined,
            "outcome": None if joined else absence(link),
            "reason": None if joined else link.turned_away,
        }


def _answers(snapshot: Snapshot, *, anonymous: bool) -> Iterator[dict[str, Any]]:
    for entry, row in in_order(snapshot):
        what = _what(entry, row)
        yield what if anonymous else what | _whose(row)


def _what(entry: Entry, row: AnswerRow) -> dict[str, Any]:
    """With the wording and options as they were when it was given."""
    item = entry.shown(row.shown_rev)
    return {
        "question_id": item.id,
        "question": item.text,
        "type": item.content.type,
        "answer": {key: value for key, value in asdict(row.body).items() if value is not None},
        "chosen": _chosen(item, row.body),
        "withdrawn": entry.status == "withdrawn",
    }


def _chosen(item: Item, body: Body) -> list[str]:
    options = options_of(item.content)
    numbers = [body.option] if body.option is not None else body.options or ()
    return [options[number - 1].text for number in numbers]


def _whose(row: AnswerRow) -> dict[str, Any]:
    return {
        "participant": row.participant,
        "run": row.run,
        "revision": row.revision,
        "first_answered_at": time_text(row.first_at),
        "answered_at": time_text(row.answered_at),
        "late": row.late,
        "muted": row.muted,
    }
