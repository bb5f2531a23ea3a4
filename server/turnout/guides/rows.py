"""One row of the spreadsheet template as an item of the guide."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from turnout.domain.guide import (
    Content,
    Fault,
    Item,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Scale,
    SingleChoice,
)
from turnout.guides.cells import (
    duration_text,
    folded,
    plain_name,
    seconds_of,
    seconds_of_shifted,
    yes_or_no,
)
from turnout.guides.header import Columns
from turnout.guides.problems import Problem

NONE_OF_THE_ABOVE = "None of the above"
ITEM_TYPES = {
    "speak": "message",
    "poll single select": "single_choice",
    "poll multi select": "multiple_choice",
    "ask opinion": "open_text",
    "ask experience multi select": "experience",
    "onboarding single select": "onboarding",
    "message": "message",
    "single choice": "single_choice",
    "multiple choice": "multiple_choice",
    "open text": "open_text",
}
_TO = r" *(?:-|\u2013|to) *"
_SCALE = re.compile(rf"scale +(?P<low>-?[0-9]{{1,16}}){_TO}(?P<high>-?[0-9]{{1,16}})")
_DECIMAL = r"-?[0-9]{1,16}(?:\.[0-9]{1,20})?(?:e[-+]?[0-9]{1,3})?"
_NUMBER = re.compile(
    rf"number +(?P<low>{_DECIMAL}){_TO}(?P<high>{_DECIMAL})(?: +step +(?P<step>{_DECIMAL}))?"
)
_KNOWN = ", ".join((*ITEM_TYPES, "number 0-120", "number 0-10 step 0.5", "scale 1-5"))
_BOXES = ("randomize", "other", "none")
_CHOICES = frozenset({"single_choice", "multiple_choice", "experience", "onboarding"})


@dataclass(frozen=True, slots=True)
class Note:
    """What is to be said about a cell that was no plain text: a problem, or else a remark."""

    what: str
    is_problem: bool


@dataclass(frozen=True, slots=True)
class Record:
    """A row of a table. `number`: from 1, as a spreadsheet program shows it; `cells` without the
    blank ones at the end, with `\n` for line breaks; `notes` by the index of the cell."""

    number: int
    cells: list[str]
    notes: Mapping[int, Note] = field(default_factory=dict)


@dataclass(slots=True)
class Row:
    """A row while it is read: its record, and what was found wrong (`problems`) or read otherwise
    than it was written (`remarks`). `section` stands for an empty Section cell."""

    record: Record
    columns: Columns
    section: str = ""
    problems: list[Problem] = field(default_factory=list)
    remarks: list[Problem] = field(default_factory=list)
    option_indices: tuple[int, ...] = field(init=False)
    """The columns that hold the options, in order; blank cells between do not count."""

    def __post_init__(self) -> None:
        indices = self.columns.option_indices(len(self.cells))
        self.option_indices = tuple(index for index in indices if self.cells[index].strip())

    @property
    def number(self) -> int:
        """As a spreadsheet program shows it."""
        return self.record.number

    @property
    def cells(self) -> list[str]:
        """The texts of the row."""
        return self.record.cells

    @property
    def is_empty(self) -> bool:
        """Whether nothing stands in the columns of the template, unticked boxes aside."""
        return not self.option_indices and not any(
            self.text(name).strip() and not (name in _BOXES and yes_or_no(self.text(name)) is False)
            for name in self.columns.fields
        )

    def text(self, name: str) -> str:
        """The cell of a field as it was written; "" where row or file end before it."""
        index = self.columns.fields.get(name, len(self.cells))
        return self.cells[index] if index < len(self.cells) else ""

    def flag(self, name: str) -> bool:
        """The cell of a yes/no column."""
        if (flag := yes_or_no(self.text(name))) is None:
            self.problem(name, f"{_quoted(self.text(name))} is neither yes nor no. Write one.")
        return bool(flag)

    @property
    def options(self) -> tuple[str, ...]:
        """The texts of the options as they were written."""
        return tuple(self.cells[index] for index in self.option_indices)

    def problem(self, name: str, what: str) -> None:
        """Something is wrong in the column of a field."""
        self.problems.append(Problem(self.number, self.columns.field_name(name), what))

    def remark(self, column: str, what: str) -> None:
        """Something was read otherwise than it was written."""
        self.remarks.append(Problem(self.number, column, what))

    def column_of(self, fault: Fault) -> str:
        """The header of the column where a fault of the domain lies."""
        indices = self.option_indices or self.columns.options
        match fault.field:
            case "options" if fault.option > len(self.option_indices):
                return self.columns.field_name("none")
            case "options":
                return self.columns.name(indices[max(fault.option, 1) - 1]) if indices else ""
            case "min_label":
                return self.columns.name(indices[0])
            case "max_label":
                return self.columns.name(indices[1])
            case "min" | "max" | "step":
                return self.columns.field_name("type")
            case field:
                return self.columns.field_name(field or "")


def read_row(row: Row, id: int) -> Item:
    """The item that `row` describes. What is wrong is added to the row's problems, and the rest
    of the row is read all the same."""
    _tell_notes(row)
    duration = _duration(row)
    kind = ITEM_TYPES.get(plain_name(row.text("type")), "")
    item = Item(
        id,
        row.text("text"),
        _content(row, kind),
        section=row.text("section").strip() or row.section.strip(),
        tag=row.text("tag").strip(),
        notes=row.text("notes"),
        duration=duration,
        onboarding=kind == "onboarding",
    )
    _remark_left_out(row)
    return item


def _tell_notes(row: Row) -> None:
    """Those of the columns that are read."""
    read = {*row.columns.fields.values(), *row.option_indices}
    for index, note in row.record.notes.items():
        if index in read:
            problem = Problem(row.number, row.columns.name(index), note.what)
            (row.problems if note.is_problem else row.remarks).append(problem)


def _duration(row: Row) -> int | None:
    if not (text := row.text("duration")).strip():
        return None
    if (seconds := seconds_of_shifted(text)) is not None:
        what = f"{_quoted(text)} read as {duration_text(seconds)}, minutes and seconds."
        row.remark(row.columns.field_name("duration"), what)
        return seconds
    if (seconds := seconds_of(text, minutes_alone=True)) is None:
        what = f"{_quoted(text)} is no duration. Write minutes and seconds: 1:30."
        row.problem("duration", what)
    return seconds


def _content(row: Row, kind: str) -> Content:
    flags = {name: row.flag(name) for name in _BOXES}
    if kind in _CHOICES:
        return _choice(row, kind, **flags)
    for name, ticked in flags.items():
        if ticked:
            row.remark(row.columns.field_name(name), "Only a choice can have this; left out.")
    if (ranged := _ranged(row)) is not None:
        return ranged
    _remark_options(row)
    if kind == "open_text":
        return OpenText()
    if not kind:
        cell = row.text("type")
        what = f"{_quoted(cell)} is no type of item." if cell.strip() else "The type is missing."
        row.problem("type", f"{what} The types are: {_KNOWN}.")
    return Message()


def _choice(
    row: Row, kind: str, *, randomize: bool, other: bool, none: bool
) -> SingleChoice | MultipleChoice:
    options = tuple(Option(text) for text in row.options)
    if kind == "experience" and not options and not other:
        other = True
        what = "No categories: people answer in their own words, under 'Other'."
        row.remark(row.columns.field_name("type"), what)
    if none:
        options = (*options, Option(NONE_OF_THE_ABOVE, exclusive=True))
    if kind in ("multiple_choice", "experience"):
        return MultipleChoice(options, other, randomize)
    return SingleChoice(options, other, randomize)


def _ranged(row: Row) -> Number | Scale | None:
    """A number, or a scale with up to two options as the labels of its ends; None if the type is
    something else."""
    kind = folded(row.text("type"))
    if scale := _SCALE.fullmatch(kind):
        _remark_options(row, taken=2)
        low_label, high_label, *_ = (*row.options, "", "")
        return Scale(int(scale["low"]), int(scale["high"]), low_label, high_label)
    if number := _NUMBER.fullmatch(kind):
        _remark_options(row)
        return Number(float(number["low"]), float(number["high"]), float(number["step"] or 1))
    return None


def _remark_options(row: Row, taken: int = 0) -> None:
    if left := row.option_indices[taken:]:
        what = f"Only a choice has options; {len(left)} left out."
        row.remark(row.columns.name(left[0]), what)


def _remark_left_out(row: Row) -> None:
    """Text below no header is left out, but never silently."""
    read = {*row.columns.fields.values(), *row.columns.option_indices(len(row.cells))}
    for index, cell in enumerate(row.cells):
        headed = index < len(row.columns.headers) and row.columns.headers[index].strip()
        if cell.strip() and index not in read and not headed:
            row.remark(row.columns.name(index), "A column without a header; its text left out.")


def _quoted(text: str) -> str:
    return f"'{text.strip()[:60]}'"
