"""The spreadsheet template: a discussion guide as CSV, one row for each item.

Finds out the delimiter, finds the header, reads the rows (`turnout.guides.rows`) and judges the
items together. Rows are counted as spreadsheet programs show them: records from 1, empty ones and
the header included.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

from turnout.domain.guide import MAX_ITEMS, Item, faults
from turnout.guides.header import HEADER_ROWS, NECESSARY, Columns, read_header, recognised
from turnout.guides.problems import GuideFile, Problem, Problems, in_order
from turnout.guides.rows import Row, read_row

MAX_COLUMNS = 2_000
MAX_ROWS = 20_000
"""Empty ones included."""
_DELIMITERS = ",;\t"

Record = tuple[int, list[str]]
"""The number of a row, and its cells without the blank ones at the end."""


def read_template(text: str) -> GuideFile | Problems:
    """The guide in the text of a CSV file delimited by comma, semicolon or tab, or every problem
    in it. Never raises."""
    found = _find_header(text)
    return found if isinstance(found, Problems) else _read_rows(text, *found)


def _find_header(text: str) -> tuple[str, Columns] | Problems:
    """The delimiter and the header with the most columns of ours, in the first rows."""
    most, found = 0, None
    for delimiter in _DELIMITERS:
        for record in _records(text, delimiter, HEADER_ROWS):
            if isinstance(record, Problem):
                break
            if (columns := recognised(record[1])) > most:
                most, found = columns, (delimiter, record)
    if found is None:
        return Problems((_no_header(text),))
    delimiter, record = found
    header = read_header(*record)
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
                yield Problem(row, "", f"The row has more than {MAX_COLUMNS:,} columns.")
            elif cells or row > MAX_ROWS:
                yield row, [cell.replace("\r\n", "\n").replace("\r", "\n") for cell in cells]
    except csv.Error as error:
        what = f"The row cannot be read ({error}). A quotation mark is missing or left over"
        yield Problem(row + 1, "", f"{what}, here or above.")


def _read_rows(text: str, delimiter: str, columns: Columns) -> GuideFile | Problems:
    rows: list[Row] = []
    problems: list[Problem] = []
    for record in _records(text, delimiter, MAX_ROWS + 1):
        if isinstance(record, Problem):
            problems.append(record)
            break
        row = Row(*record, columns)
        if row.number > MAX_ROWS:
            what = f"The file has more than {MAX_ROWS:,} rows. Take out what is no guide."
            problems.append(Problem(row.number, "", what))
            break
        if row.number <= columns.row or row.is_empty:
            continue
        if len(rows) == MAX_ITEMS:
            what = f"A guide holds at most {MAX_ITEMS} items. Split it in two."
            problems.append(Problem(row.number, "", what))
            break
        rows.append(row)
    items = tuple(read_row(row, id) for id, row in enumerate(rows, start=1))
    problems += [problem for row in rows for problem in row.problems]
    problems += _judged(rows, items)
    if problems:
        return Problems(in_order(problems))
    if not rows:
        return Problems((Problem(columns.row, "", "There are no items below the header."),))
    return GuideFile(items, remarks=in_order(remark for row in rows for remark in row.remarks))


def _judged(rows: list[Row], items: tuple[Item, ...]) -> Iterator[Problem]:
    for fault in faults(items):
        row = rows[fault.position - 1]
        yield Problem(row.number, row.column_of(fault), fault.what)
