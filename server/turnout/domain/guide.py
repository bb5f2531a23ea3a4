"""The discussion guide: what a moderator can send. Messages, and questions of five types.

An item keeps its id for ever once it exists; its position in the guide may change. Options are
numbered from 1 in the order of the guide and never removed, so that an answer can name them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, assert_never

MAX_ITEMS = 500
MAX_TEXT = 4_000
"""Unicode code points of one item's wording (real guides reach about 1,000)."""
MAX_OPTIONS = 300
"""Real guides list up to 197 countries."""
MAX_OPTION_TEXT = 500
MAX_SECTION = 200
"""Of a tag too."""
MAX_NUMBER = 10**15
"""Either way from 0: whole numbers up to here are exact in every client."""
MAX_DURATION = 4 * 60 * 60
"""Seconds."""
MAX_GUIDE_BYTES = 192 * 1024
"""protocol.md, Pressure: what the state of a whole guide may weigh on the wire."""
_UNSTORABLE = re.compile("[\\0\ud800-\udfff]")
"""PostgreSQL refuses NUL; a lone surrogate is in no encoding."""


@dataclass(frozen=True, slots=True)
class Option:
    """One choice. An `exclusive` one ("None of the above") rules out the rest and is shown last
    when the order is randomised."""

    text: str
    exclusive: bool = False


@dataclass(frozen=True, slots=True)
class Message:
    """Something to read; asks nothing and counts for nothing."""

    type: Literal["message"] = "message"


@dataclass(frozen=True, slots=True)
class SingleChoice:
    """Pick one; with `other`, an own answer may be written instead."""

    options: tuple[Option, ...]
    other: bool = False
    randomize: bool = False
    type: Literal["single_choice"] = "single_choice"


@dataclass(frozen=True, slots=True)
class MultipleChoice:
    """Pick any number, at least one; with `other`, an own answer may be added."""

    options: tuple[Option, ...]
    other: bool = False
    randomize: bool = False
    type: Literal["multiple_choice"] = "multiple_choice"


@dataclass(frozen=True, slots=True)
class OpenText:
    """Answer in your own words, up to 2,000 Unicode code points."""

    type: Literal["open_text"] = "open_text"


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `min` to `max` in steps of `step` (counted from `min`)."""

    min: float
    max: float
    step: float = 1
    type: Literal["number"] = "number"


@dataclass(frozen=True, slots=True)
class Scale:
    """A whole number from `min` to `max`, shown as a row of choices with labelled ends."""

    min: int
    max: int
    min_label: str = ""
    max_label: str = ""
    type: Literal["scale"] = "scale"


Question = SingleChoice | MultipleChoice | OpenText | Number | Scale
Content = Message | Question
ItemType = Literal["message", "single_choice", "multiple_choice", "open_text", "number", "scale"]


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of the guide. `id`: from 1, unique in the conversation, never used again.
    `duration`: the plan in seconds, None where there is none; with `auto_close` the question closes
    when it has run out. `onboarding` marks the questions that a panel asks first; they count like
    any other."""

    id: int
    text: str
    content: Content
    section: str = ""
    tag: str = ""
    notes: str = ""
    duration: int | None = None
    auto_close: bool = False
    onboarding: bool = False

    @property
    def is_question(self) -> bool:
        """Whether people are asked to answer."""
        return not isinstance(self.content, Message)


Field = Literal[
    "text",
    "section",
    "tag",
    "notes",
    "duration",
    "options",
    "min",
    "max",
    "step",
    "min_label",
    "max_label",
]
"""The fields of an item that can be wrong, named as `Item` and the contents name them."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one item, in words, and what to do. `position` counts from 1. `field`:
    where it lies, None for the item as a whole; `option`: the number of the option from 1, 0 where
    it is not about a single one."""

    position: int
    what: str
    field: Field | None = None
    option: int = 0


@dataclass(frozen=True, slots=True)
class _Place:
    """A field as faults name it: "The text", "Option 3"."""

    name: str
    field: Field
    option: int = 0


_Flaw = tuple[str, Field, int]
"""A fault whose item is known to the caller: what, field, option."""


def options_of(content: Content) -> tuple[Option, ...]:
    """The options of a choice; none for anything else."""
    match content:
        case SingleChoice(options=options) | MultipleChoice(options=options):
            return options
        case _:
            return ()


def faults(items: tuple[Item, ...]) -> Iterator[Fault]:
    """Everything that keeps `items` from being a guide, in order of position."""
    if len(items) > MAX_ITEMS:
        yield Fault(MAX_ITEMS + 1, f"A guide holds at most {MAX_ITEMS} items. Split it in two.")
    seen: set[int] = set()
    for position, item in enumerate(items, start=1):
        if item.id < 1 or item.id in seen:
            yield Fault(position, f"The id {item.id} is not a number of its own, from 1 up.")
        seen.add(item.id)
        for what, field, option in _item_flaws(item):
            yield Fault(position, what, field, option)


def _item_flaws(item: Item) -> Iterator[_Flaw]:
    if not item.text.strip():
        yield "The text is empty. Write what people should read.", "text", 0
    yield from _text_flaws(_Place("The text", "text"), item.text, MAX_TEXT)
    yield from _text_flaws(_Place("The section", "section"), item.section, MAX_SECTION)
    yield from _text_flaws(_Place("The tag", "tag"), item.tag, MAX_SECTION)
    yield from _text_flaws(_Place("The note", "notes"), item.notes, MAX_TEXT)
    if item.duration is not None and not 1 <= item.duration <= MAX_DURATION:
        yield "The duration must be between 1 second and 4 hours.", "duration", 0
    if item.auto_close and item.duration is None:
        yield "It closes by itself, but after no time. Give it a duration.", "duration", 0
    match item.content:
        case SingleChoice() | MultipleChoice():
            yield from _choice_flaws(item.content)
        case Number():
            yield from _number_flaws(item.content)
        case Scale():
            yield from _scale_flaws(item.content)
        case Message() | OpenText():
            return
        case never:
            assert_never(never)


def _text_flaws(place: _Place, text: str, most: int) -> Iterator[_Flaw]:
    name, field, option = place.name, place.field, place.option
    if len(text) > most:
        what = f"{name} has {len(text):,} characters; {most:,} is the most. Shorten it."
        yield what, field, option
    if _UNSTORABLE.search(text):
        what = f"{name} holds a character that cannot be stored (NUL or half a pair). Take it out."
        yield what, field, option


def _number_flaws(number: Number) -> Iterator[_Flaw]:
    low, high = number.min, number.max
    if not (abs(low) <= MAX_NUMBER and abs(high) <= MAX_NUMBER):
        yield f"The lowest and the highest number lie within {MAX_NUMBER:,} of 0.", "min", 0
    elif not low < high:
        yield f"The lowest number ({low:g}) must be below the highest ({high:g}).", "min", 0
    elif not 0 < number.step <= high - low:
        yield f"The step must be above 0 and at most {high - low:g}.", "step", 0


def _scale_flaws(scale: Scale) -> Iterator[_Flaw]:
    if not 1 <= scale.max - scale.min <= 10:
        yield "A scale has from 2 to 11 points. For more, use a number.", "max", 0
    elif max(abs(scale.min), abs(scale.max)) > MAX_NUMBER:
        yield f"The ends of a scale lie within {MAX_NUMBER:,} of 0.", "max", 0
    lowest, highest = (
        _Place("The lowest label", "min_label"),
        _Place("The highest label", "max_label"),
    )
    yield from _text_flaws(lowest, scale.min_label, MAX_OPTION_TEXT)
    yield from _text_flaws(highest, scale.max_label, MAX_OPTION_TEXT)


def _choice_flaws(choice: SingleChoice | MultipleChoice) -> Iterator[_Flaw]:
    count = len(choice.options)
    if not choice.options and not choice.other:
        what = "A choice without options. Add at least one option, or allow 'Other'."
        yield what, "options", 0
    if count > MAX_OPTIONS:
        what = f"A choice holds at most {MAX_OPTIONS} options; this one has {count}."
        yield what, "options", 0
        return  # whoever sends a million of them is told once
    first: dict[str, int] = {}
    for number, option in enumerate(choice.options, start=1):
        text = option.text.strip()
        if not text:
            what = f"Option {number} is empty. Write its text or take it out."
            yield what, "options", number
        elif (earlier := first.setdefault(text, number)) != number:
            what = f"Option {number} repeats option {earlier}. Take one out."
            yield what, "options", number
        place = _Place(f"Option {number}", "options", number)
        yield from _text_flaws(place, option.text, MAX_OPTION_TEXT)
