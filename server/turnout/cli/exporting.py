"""What `turnout export` and `turnout explain` ask the server for, and how an explanation reads."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

FILES = {
    "participant_data": "participant_data.csv",
    "answers": "answers.csv",
    "questions": "questions.csv",
    "links": "links.csv",
    "data": "data.json",
    "bundle": "bundle.zip",
}
_BY_ENDING = {".json": "data", ".zip": "bundle"}
_WIDTH = 72
"""Characters of a question's wording in a listing."""


def chosen(file: Path, what: str | None) -> str | None:
    """Which of `FILES` to write: the one that is named, or else what the file's name says. None if
    there is none of this name."""
    if what is not None:
        return what if what in FILES else None
    by_ending = _BY_ENDING.get(file.suffix.lower(), "participant_data")
    return file.stem if file.stem in FILES else by_ending


def address(
    slug: str, what: str, *, run: str, include_all: bool, bom: bool, semicolon: bool
) -> str:
    """The door of this file with these options."""
    options = {
        "run": run,
        "include": "all" if include_all else "joined",
        "bom": "yes" if bom else "no",
        "delimiter": "semicolon" if semicolon else "comma",
    }
    return f"conversations/{slug}/files/{FILES[what]}?{urlencode(options)}"


def whom(pid: str, run: str) -> dict[str, object]:
    """The body that asks about a link's number, or about a participant by their number."""
    if pid.isascii() and pid.isdigit() and len(pid) < 10:
        return {"participant": int(pid), "run": run}
    return {"pid": pid, "run": run}


def told(explained: dict[str, Any]) -> Iterator[str]:
    """An explanation, line by line."""
    number, outcome = explained["participant"], explained["outcome"]
    who = explained["pid"] if number is None else f"Participant {number}, {explained['pid']}"
    yield who if outcome is None else f"{who}: {outcome}"
    for line in explained["lines"]:
        text = " ".join(line["text"].split())
        short = text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
        marks = (name if line[name] else f"not {name}" for name in ("asked", "present", "answered"))
        yield f"{line['position']}. {short}"
        yield f"   {' · '.join(marks)}. {line['why']}"
    yield from explained["arithmetic"]
