"""CSV files as people keep them: any delimiter, UTF-8 or UTF-16, with a header or without."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from turnout.guides.header import letters
from turnout.guides.problems import Problem
from turnout.guides.source import text_of
from turnout.match.ids import id_in

MAX_BYTES = 50 * 1024 * 1024
MAX_COLUMNS = 1_000
_DELIMITERS = ",;\t|"
_SAMPLE = 200
"""Rows by which the delimiter is found."""


@dataclass(frozen=True, slots=True)
class NotMatched:
    """Why two files cannot be matched: at least one problem; nothing was written. `file` is the
    list or the participant data."""

    file: str
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class CsvRow:
    """`number`: from 1, as a spreadsheet program shows it."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """`header` has a name for every column, and every row is as wide; rows of blanks are left out
    and counted in `empty`."""

    header: tuple[str, ...]
    rows: tuple[CsvRow, ...]
    delimiter: str
    empty: int
    has_header: bool


def read_csv(data: bytes, thing: str) -> CsvFile | Problem:
    """The rows of a file of at most `MAX_BYTES`. A first row that holds an id is no header. Never
    raises."""
    text = text_of(data, thing, MAX_BYTES)
    if isinstance(text, Problem):
        return text
    delimiter = max(_DELIMITERS, key=lambda one: _fit(text, one))
    read = _rows(text, delimiter)
    if isinstance(read, Problem):
        return read
    filled = [row for row in read if any(cell.strip() for cell in row.cells)]
    width = max((len(row.cells) for row in filled), default=0)
    if width > MAX_COLUMNS:
        return Problem(0, "", f"A row has more than {MAX_COLUMNS:,} columns.")
    if not filled:
        return Problem(0, "", "The file is empty.")
    first = filled[0]
    has_header = not any(id_in(cell) for cell in first.cells)
    names = first.cells if has_header else ()
    header = tuple(
        (names[index].strip() if index < len(names) else "") or f"column {letters(index)}"
        for index in range(width)
    )
    rows = filled[1:] if has_header else filled
    blanks = ("",) * width
    padded = (CsvRow(row.number, (row.cells + blanks)[:width]) for row in rows)
    return CsvFile(header, tuple(padded), delimiter, len(read) - len(filled), has_header)


def _fit(text: str, delimiter: str) -> tuple[int, int, int]:
    """How well a delimiter fits: ids that stand alone in a cell, rows as wide as the first one,
    its width."""
    try:
        sample = list(islice(_reader(text, delimiter), _SAMPLE))
    except csv.Error:
        return (-1, 0, 0)
    width = len(sample[0])
    ids = sum(1 for cells in sample for cell in cells if id_in(cell))
    alike = sum(len(cells) == width for cells in sample) if width > 1 else 0
    return (ids, alike, width)


def _rows(text: str, delimiter: str) -> list[CsvRow] | Problem:
    rows: list[CsvRow] = []
    try:
        for number, cells in enumerate(_reader(text, delimiter), start=1):
            rows.append(CsvRow(number, tuple(cells)))
    except csv.Error as error:
        what = f"The row cannot be read ({error}). A quotation mark is missing or left over"
        return Problem(len(rows) + 1, "", f"{what}, here or above.")
    return rows


def _reader(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
