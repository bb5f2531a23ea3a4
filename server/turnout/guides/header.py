"""The header row of the spreadsheet template: which column holds what.

Columns are found by name, in any order, in one of the first `HEADER_ROWS` rows.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from turnout.guides.cells import plain_name
from turnout.guides.problems import Problem

HEADER_ROWS = 10
NECESSARY = {"type": "Item type", "text": "Content"}
"""What a template cannot do without: the field, and the header to write."""

_NAMES = {
    "notes": r"notes?",
    "section": r"section",
    "tag": r"(cross conversation )?tag( .*)?",
    "type": r"(item )?type",
    "text": r"content|text",
    "duration": r"duration( in minutes)?",
    "randomize": r"randomi[sz]e( options or categories)?( for each participant)?",
    "other": r"(add )?other( as an option)?",
    "none": r"(add )?none of the above( as an option)?",
}
_OPTION = re.compile(r"(?:poll |category |poll or category )?option ([0-9]{1,4})")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each field stands. Indices count from 0. `options` are in the order of their numbers;
    in a row, options go on from column `more` up to, without it, `until` (None: without end)."""

    row: int
    headers: tuple[str, ...]
    fields: dict[str, int]
    options: tuple[int, ...]
    more: int
    until: int | None

    def name(self, index: int) -> str:
        """The header of a column; its letters where it has none ("column AE")."""
        header = self.headers[index].strip() if index < len(self.headers) else ""
        return header or f"column {letters(index)}"

    def field_name(self, field: str) -> str:
        """The header of a field's column; "" where the file has no such column."""
        return self.name(self.fields[field]) if field in self.fields else ""

    def option_indices(self, width: int) -> tuple[int, ...]:
        """Where a row of `width` cells may hold options, in order."""
        until = width if self.until is None else min(width, self.until)
        return (*(i for i in self.options if i < width), *range(self.more, until))


def letters(index: int) -> str:
    """A column as a spreadsheet program calls it: 0 is A, 26 is AA."""
    name = ""
    while index >= 0:
        index, letter = index // 26 - 1, index % 26
        name = chr(ord("A") + letter) + name
    return name


def recognised(cells: Sequence[str]) -> int:
    """How many cells are headers of ours."""
    return sum(1 for cell in cells if _field_of(cell))


def read_header(row: int, cells: Sequence[str]) -> Columns | tuple[Problem, ...]:
    """The columns that the header `cells` name, or why they do not make a header."""
    found: dict[str, int] = {}
    problems = []
    for index, cell in enumerate(cells):
        field = _field_of(cell)
        if field in found:
            both = f"{letters(found[field])} and {letters(index)}"
            problems.append(Problem(row, cell.strip(), f"Two such columns: {both}. Keep one."))
        elif field:
            found[field] = index
    there = ", ".join(cell.strip()[:60] for cell in cells if cell.strip())
    for field, name in NECESSARY.items():
        if field not in found:
            problems.append(
                Problem(row, "", f"There is no column '{name}'. The header has: {there[:600]}.")
            )
    if problems:
        return tuple(problems)
    return _columns(row, cells, found)


def _columns(row: int, cells: Sequence[str], found: dict[str, int]) -> Columns:
    numbered = sorted((int(name), at) for name, at in found.items() if name.isdigit())
    options = tuple(at for _, at in numbered)
    more = max(options) + 1 if options else len(cells)
    headed = (i for i in range(more, len(cells)) if cells[i].strip())
    until = next(headed, None if options else more)
    fields = {name: at for name, at in found.items() if not name.isdigit()}
    return Columns(row, tuple(cells), fields, options, more, until)


def _field_of(cell: str) -> str:
    """The field a header names, the number of an option as digits, "" if neither."""
    name = plain_name(cell)
    if option := _OPTION.fullmatch(name):
        return str(int(option[1]))
    return next((field for field, names in _NAMES.items() if re.fullmatch(names, name)), "")
