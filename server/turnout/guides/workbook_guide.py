"""The spreadsheet template in a workbook: the first visible sheet that has its header."""

from __future__ import annotations

from collections.abc import Iterator

from turnout.guides.header import HEADER_ROWS, NECESSARY, Columns, read_header, recognised
from turnout.guides.package import Unreadable
from turnout.guides.problems import GuideFile, Problem, Problems
from turnout.guides.rows import Record
from turnout.guides.table import MAX_COLUMNS, read_table, too_wide
from turnout.guides.workbook import Area, Sheet, SheetRow, Workbook

BEGINNING = b"PK\x03\x04"
"""Of every zip archive, and so of every workbook."""
_NAMED = 10
"""Sheets that are named one by one."""


def read_workbook(data: bytes) -> GuideFile | Problems:
    """The guide in a workbook, or every problem in it. Never raises."""
    try:
        workbook = Workbook(data)
        found = _find_header(workbook)
        if isinstance(found, Problems):
            return found
        sheet, columns = found
        merged: list[Area] = []
        records = _records(workbook, sheet, merged)
        return read_table(records, columns, _remarks(workbook, sheet), merged)
    except Unreadable as error:
        return Problems((Problem(0, "", str(error)),))


def _find_header(workbook: Workbook) -> tuple[Sheet, Columns] | Problems:
    """The first sheet with a header, or what is wrong with the one that comes nearest to it."""
    most = 0
    problems: tuple[Problem, ...] = (_no_header(workbook.sheets),)
    for sheet in workbook.sheets:
        best, row = 0, None
        for record in _records(workbook, sheet, []):
            if isinstance(record, Problem) or record.number > HEADER_ROWS:
                break
            if (columns := recognised(record.cells)) > best:
                best, row = columns, record
        if row is None:
            continue
        header = read_header(row.number, row.cells)
        if isinstance(header, Columns):
            return sheet, header
        if best > most:
            most, problems = best, header
    return Problems(problems)


def _no_header(sheets: tuple[Sheet, ...]) -> Problem:
    names = " and ".join(f"'{name}'" for name in NECESSARY.values())
    what = f"No sheet has a header with the columns {names} in its first {HEADER_ROWS} rows."
    return Problem(0, "", f"{what} The sheets are: {_names(sheets) or 'none'}.")


def _remarks(workbook: Workbook, sheet: Sheet) -> tuple[Problem, ...]:
    others = tuple(other for other in workbook.sheets if other is not sheet)
    if not others:
        return ()
    what = f"Only the sheet {_names((sheet,))} was read, and not {_names(others)}."
    return (Problem(0, "", what),)


def _names(sheets: tuple[Sheet, ...]) -> str:
    names = [f"'{sheet.name[:31]}'" for sheet in sheets[:_NAMED]]
    return ", ".join(names) + (" …" if len(sheets) > _NAMED else "")


def _records(workbook: Workbook, sheet: Sheet, merged: list[Area]) -> Iterator[Record | Problem]:
    """The rows in which something stands; whoever gets a `Problem` stops there."""
    for row in workbook.rows(sheet, merged):
        filled = [column for column, text in row.cells.items() if text.strip()]
        if filled and max(filled) >= MAX_COLUMNS:
            yield too_wide(row.number)
        elif filled:
            yield _record(row, max(filled) + 1)


def _record(row: SheetRow, width: int) -> Record:
    cells = [row.cells.get(column, "") for column in range(width)]
    return Record(row.number, cells, row.notes)
