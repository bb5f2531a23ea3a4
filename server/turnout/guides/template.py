"""The spreadsheet template: a discussion guide as CSV, one row for each item.

Finds out the delimiter and finds the header; `turnout.guides.table` reads what is below. Rows are
counted as spreadsheet programs show them: records from 1, empty ones and the header included.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from turnout.guides.header import HEADER_ROWS, NECESSARY, Columns, read_header, recognised
from turnout.guides.problems import GuideFile, Problem, Problems
from turnout.guides.rows import Record
from turnout.guides.table import MAX_COLUMNS, MAX_ROWS, read_table, too_wide

_DELIMITERS = ",;\t"


def read_template(text: str) -> GuideFile | Problems:
    """The guide in the text of a CSV file delimited by comma, semicolon or tab, or every problem
    in it. Never raises."""
    found = _find_header(text)
    if isinstance(found, Problems):
        return found
    delimiter, columns = found
    return read_table(_records(text, delimiter, MAX_ROWS + 1), columns)


def _find_header(text: str) -> tuple[str, Columns] | Problems:
    """The delimiter and the header with the most columns of ours, in the first rows."""
    most, found = 0, None
    for delimiter in _DELIMITERS:
        for record in _records(text, delimiter, HEADER_ROWS):
            if isinstance(record, Problem):
                break
            if (columns := recognised(record.cells)) > most:
                most, found = columns, (delimiter, record)
    if found is None:
        return Problems((_no_header(text),))
    delimiter, record = found
    header = read_header(record.number, record.cells)
    return (delimiter, header) if isinstance(header, Columns) else Problems(header)


def _no_header(text: str) -> Problem:
    for record in _records(text, ",", HEADER_ROWS):
        if isinstance(record, Problem):
            return record
    names = " and ".join(f"'{name}'" for name in NECESSARY.values())
    begins = " ".join(text[:200].split())[:60]
    what = f"There is no header with the columns {names} in the first {HEADER_ROWS} rows."
    return Problem(0, "", f"{what} The file begins: {begins}")


def _records(text: str, delimiter: str, most: int) -> Iterator[Record | Problem]:
    """The first `most` rows, without the blank ones up to `MAX_ROWS`; whoever gets
    a `Problem` stops there."""
    row = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        for row, cells in enumerate(islice(reader, most), start=1):
            while cells and not cells[-1].strip():
                cells.pop()
            if len(cells) > MAX_COLUMNS:
                yield too_wide(row)
            elif cells or row > MAX_ROWS:
                plain = [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
                yield Record(row, plain)
    except csv.Error as error:
        what = f"The row cannot be read ({error}). A quotation mark is missing or left over"
        yield Problem(row + 1, "", f"{what}, here or above.")
