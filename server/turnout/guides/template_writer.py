"""Discussion guides as the spreadsheet template: the reverse of `turnout.guides.template`, as far
as the template can say what a guide holds. `template_remarks` names what it cannot."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import assert_never

from turnout.domain.guide import (
    Content,
    Item,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Scale,
    SingleChoice,
    options_of,
)
from turnout.guides.cells import duration_text
from turnout.guides.problems import GuideFile, Problem, in_order
from turnout.guides.rows import NONE_OF_THE_ABOVE

_NOTES, _SECTION, _TAG = "Notes", "Section", "Cross Conversation Tag"
_TYPE, _TEXT, _DURATION = "Item type", "Content", "Duration in minutes"
_RANDOMIZE = "Randomize options or categories for each participant"
_OTHER, _NONE = "Add 'Other' as an option", "Add 'None of the above' as an option"
_OPTION = "Poll or Category Option {}"
_HEADER = (
    _NOTES,
    _SECTION,
    _TAG,
    _TYPE,
    _TEXT,
    _DURATION,
    _RANDOMIZE,
    _OTHER,
    _NONE,
)
_NONE_OPTION = Option(NONE_OF_THE_ABOVE, exclusive=True)


def write_template(guide: GuideFile) -> str:
    """The CSV text of a guide that has no faults (`turnout.domain.guide.faults`). Reading it gives
    the same items, with ids 1..n, but for what `template_remarks` names."""
    cells = [_cells(item) for item in guide.items]
    width = max((len(options) for _, options in cells), default=0)
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow((*_HEADER, *(_OPTION.format(number) for number in range(1, max(width, 1) + 1))))
    for own, options in cells:
        writer.writerow((*own, *options))
    return written.getvalue()


def template_remarks(guide: GuideFile) -> tuple[Problem, ...]:
    """What `write_template` leaves out or changes, by the row and the column of its file; none if
    the template says all of this guide."""
    found = [remark for row, item in enumerate(guide.items, start=2) for remark in _lost(row, item)]
    if guide.title:
        found.append(Problem(0, "", "The template has no place for the title; left out."))
    return in_order(found)


def _cells(item: Item) -> tuple[list[str], list[str]]:
    """The cells of an item up to its options, and those of its options."""
    content = item.content
    choice = content if isinstance(content, SingleChoice | MultipleChoice) else None
    own = [
        _plain(item.notes),
        _plain(item.section).strip(),
        _plain(item.tag).strip(),
        _type(item),
        _plain(item.text),
        "" if item.duration is None else duration_text(item.duration),
        _yes(choice is not None and choice.randomize),
        _yes(choice is not None and choice.other),
        _yes(_NONE_OPTION in options_of(content)),
    ]
    return own, [_plain(text) for text in _option_texts(content)]


def _type(item: Item) -> str:
    match item.content:
        case Message():
            return "speak"
        case SingleChoice():
            return "onboarding single select" if item.onboarding else "poll single select"
        case MultipleChoice():
            return "poll multi select"
        case OpenText():
            return "ask opinion"
        case Number(min=low, max=high, step=step):
            bounds = f"number {_number(low)} to {_number(high)}"
            return bounds if step == 1 else f"{bounds} step {_number(step)}"
        case Scale(min=low, max=high):
            return f"scale {low} to {high}"
        case never:
            assert_never(never)


def _option_texts(content: Content) -> list[str]:
    """The options that have a column, or the labels of a scale, as far as both are told apart."""
    if isinstance(content, Scale):
        labels = [content.min_label, content.max_label]
        return labels if labels[0].strip() else []
    return [option.text for option in options_of(content) if option != _NONE_OPTION]


def _lost(row: int, item: Item) -> Iterator[Problem]:
    for column, text in ((_SECTION, item.section), (_TAG, item.tag)):
        if text != text.strip():
            yield Problem(row, column, "Blanks at the ends are not kept.")
    for column, text in ((_NOTES, item.notes), (_SECTION, item.section), (_TAG, item.tag)):
        yield from _breaks(row, column, text)
    yield from _breaks(row, _TEXT, item.text)
    if item.auto_close:
        yield Problem(row, _DURATION, "The template cannot say auto_close; left out.")
    if item.onboarding and not isinstance(item.content, SingleChoice):
        yield Problem(row, _TYPE, "Only a single choice can be onboarding; left out.")
    if isinstance(item.content, Scale):
        yield from _lost_labels(row, item.content)
    else:
        yield from _lost_options(row, options_of(item.content))


def _lost_labels(row: int, scale: Scale) -> Iterator[Problem]:
    labels = (scale.min_label, scale.max_label)
    if not labels[0].strip() and any(labels):
        what = "A scale without a label of its lowest point can have none of its highest; left out."
        yield Problem(row, _OPTION.format(2), what)
        return
    if labels[1] and not labels[1].strip():
        yield Problem(row, _OPTION.format(2), "A label of blanks is left out.")
    for number, label in enumerate(labels, start=1):
        yield from _breaks(row, _OPTION.format(number), label)


def _lost_options(row: int, options: tuple[Option, ...]) -> Iterator[Problem]:
    if _NONE_OPTION in options[:-1]:
        yield Problem(row, _NONE, f"'{NONE_OF_THE_ABOVE}' becomes the last option.")
    headed = (option for option in options if option != _NONE_OPTION)
    for number, option in enumerate(headed, start=1):
        if option.exclusive:
            what = f"Only '{NONE_OF_THE_ABOVE}' can rule out the rest; written as a plain option."
            yield Problem(row, _OPTION.format(number), what)
        yield from _breaks(row, _OPTION.format(number), option.text)


def _breaks(row: int, column: str, text: str) -> Iterator[Problem]:
    if "\r" in text:
        yield Problem(row, column, "Line breaks of old kinds become plain ones.")


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _yes(flag: bool) -> str:
    return "yes" if flag else ""


def _number(number: float) -> str:
    return str(int(number)) if number == int(number) else repr(number)
