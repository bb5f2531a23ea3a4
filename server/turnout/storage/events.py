"""How events and answers are written in a row, and read back. Texts of JSON, nothing else.

What was written once must be readable for ever: a change of a dataclass that is stored here needs a
reader for the old form.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from typing import Any, get_args

import msgspec

from turnout.domain.answers import Body
from turnout.domain.events import Added, Edited, Event, GuideSet, Recorded
from turnout.domain.guide import Content, Item


def _by_default(union: object, field: str) -> dict[str, type[Any]]:
    """The classes of a union by the value that tells them apart."""
    return {
        str(one_field.default): one
        for one in get_args(union)
        for one_field in fields(one)
        if one_field.name == field
    }


_EVENTS = _by_default(Event, "kind")
_CONTENTS = _by_default(Content, "type")
_BODY = tuple(field.name for field in fields(Body))
_body = msgspec.json.Decoder(Body)
_encoder = msgspec.json.Encoder()


def event_to_text(event: Event) -> str:
    """The event's fields; its kind stands in a column of its own."""
    plain = msgspec.to_builtins(event)
    del plain["kind"]
    return _encoder.encode(plain).decode()


def event_from_text(kind: str, text: str) -> Event:
    """The event that was written. KeyError for a kind that this version does not know."""
    plain = msgspec.json.decode(text)
    match kind:
        case "guide_set":
            return GuideSet(tuple(_item(item) for item in plain["items"]))
        case "edited":
            return Edited(_item(plain["item"]))
        case "added":
            return Added(_item(plain["item"]), plain["after"])
    event: Event = msgspec.convert(plain, _EVENTS[kind])
    return event


def _item(plain: dict[str, Any]) -> Item:
    """msgspec does not take a union of dataclasses, so the content is told apart here."""
    content = plain.pop("content")
    return Item(content=msgspec.convert(content, _CONTENTS[content["type"]]), **plain)


def recorded(rows: Iterable[Any]) -> tuple[Recorded, ...]:
    """Events from rows (rev, prev, at, kind, body, by)."""
    return tuple(
        Recorded(rev, prev, at, event_from_text(kind, body), by)
        for rev, prev, at, kind, body, by in rows
    )


def body_to_text(body: Body) -> str:
    """The fields that are set."""
    plain = {name: value for name in _BODY if (value := getattr(body, name)) is not None}
    return _encoder.encode(plain).decode()


def body_from_text(text: str) -> Body:
    """The body that was written."""
    return _body.decode(text)
