"""The rows below the header of the spreadsheet template as a guide, judged together.

Where the rows come from, a CSV file or a workbook, does not matter here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from turnout.domain.guide import MAX_ITEMS, Item, faults
from turnout.guides.header import Columns
from turnout.guides.problems import GuideFile, Problem, Problems, in_order
from turnout.guides.rows import Record, Row, read_row
from turnout.guides.workbook import Area

MAX_COLUMNS = 2_000
MAX_ROWS = 20_000
"""Empty ones included."""


def read_table(
    records: Iterable[Record | Problem],
    columns: Columns,
    remarks: Sequence[Problem] = (),
    merged: Sequence[Area] = (),
) -> GuideFile | Problems:
    """The guide in these rows of a table, the header and what stands above it among them, or every
    problem. `records` ends with the first `Problem`; `merged` is looked at when all rows are
    there."""
    rows, problems = _collected(records, columns)
    _fill_sections(rows, columns, merged)
    items = tuple(read_row(row, id) for id, row in enumerate(rows, start=1))
    problems += [problem for row in rows for problem in row.problems]
    problems += _judged(rows, items)
    if problems:
        return Problems(in_order(problems))
    if not rows:
        return Problems((Problem(columns.row, "", "There are no items below the header."),))
    found = (*remarks, *(remark for row in rows for remark in row.remarks))
    return GuideFile(items, remarks=in_order(found))


def too_wide(row: int) -> Problem:
    """The problem of a row beyond `MAX_COLUMNS`."""
    return Problem(row, "", f"The row has more than {MAX_COLUMNS:,} columns.")


def _collected(
    records: Iterable[Record | Problem], columns: Columns
) -> tuple[list[Row], list[Problem]]:
    rows: list[Row] = []
    for record in records:
        if isinstance(record, Problem):
            return rows, [record]
        row = Row(record, columns)
        if row.number > MAX_ROWS:
            what = f"The file has more than {MAX_ROWS:,} rows. Take out what is no guide."
            return rows, [Problem(row.number, "", what)]
        if row.number <= columns.row or row.is_empty:
            continue
        if len(rows) == MAX_ITEMS:
            what = f"A guide holds at most {MAX_ITEMS} items. Split it in two."
            return rows, [Problem(row.number, "", what)]
        rows.append(row)
    return rows, []


def _fill_sections(rows: list[Row], columns: Columns, merged: Sequence[Area]) -> None:
    """A section that is merged down over several rows is the section of each of them. Other merged
    cells are left: their text stands in the first one."""
    at = columns.fields.get("section")
    areas = iter(
        sorted(
            (area for area in merged if at is not None and area.left == at),
            key=lambda area: area.top,
        )
    )
    area, section = next(areas, None), ""
    for row in sorted(rows, key=lambda row: row.number):
        while area is not None and area.bottom < row.number:
            area, section = next(areas, None), ""
        if area is None:
            return
        if row.number == area.top:
            section = row.text("section")
        elif row.number > area.top:
            row.section = section


def _judged(rows: list[Row], items: tuple[Item, ...]) -> Iterator[Problem]:
    for fault in faults(items):
        row = rows[fault.position - 1]
        yield Problem(row.number, row.column_of(fault), fault.what)
