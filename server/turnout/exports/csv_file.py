"""The dialect that all CSV files share: UTF-8, CRLF, RFC 4180 quoting, and the guard for free text.

The only place that turns cells into bytes and times into text. docs/files.md describes it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import Literal

from turnout.domain.answers import is_blank

Cell = str | int | None
"""None is an empty cell."""

CHUNK = 64 * 1024
"""Characters that are gathered before they are handed on."""
KEPT, SHORT = 10_000, 500
"""Cells that are remembered, and how many characters of each at most."""
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_QUOTED = re.compile('[",;\t\n\r\v\f\x1c-\x1e\x85\u2028\u2029]|^\\s|\\s$')
"""Quotes, everything that some program takes for a delimiter or an end of line, and blanks at the
ends, which some would trim. The same in both dialects."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a file is written. `bom`: begin with a byte order mark, by which spreadsheet programs see
    that it is UTF-8; `delimiter`: a semicolon for those that take a comma for a decimal mark."""

    bom: bool = True
    delimiter: Literal[",", ";"] = ","


@dataclass(frozen=True, slots=True)
class Table:
    """One file's cells. `rows` are as wide as `header` and may be gone through once."""

    header: tuple[str, ...]
    rows: Iterable[tuple[Cell, ...]]


def render(table: Table, dialect: Dialect) -> Iterator[bytes]:
    """The file, in pieces of about 64 KiB."""
    pieces: list[str] = ["\ufeff"] if dialect.bom else []
    waiting = 0
    written = _Written()
    for row in chain([table.header], table.rows):
        line = dialect.delimiter.join([written[cell] for cell in row]) + "\r\n"
        pieces.append(line)
        waiting += len(line)
        if waiting >= CHUNK:
            yield "".join(pieces).encode()
            pieces, waiting = [], 0
    if pieces:
        yield "".join(pieces).encode()


class _Written(dict[Cell, str]):
    """Cells as the file has them. Of one file only, and not many: the same wordings, pids and dates
    stand in thousands of rows."""

    def __missing__(self, cell: Cell) -> str:
        text = "" if cell is None else str(cell)
        if _QUOTED.search(text):
            text = '"' + text.replace('"', '""') + '"'
        if len(text) <= SHORT:
            if len(self) >= KEPT:
                self.clear()
            self[cell] = text
        return text


def guarded(text: str) -> str:
    """Free text as a cell that no spreadsheet program runs: with an apostrophe in front if, after
    blanks and invisible characters, it begins with = + - @ or one of their wide or small forms, or
    if a tab or carriage return is among those blanks. Guarding twice adds nothing."""
    first = text[:1]
    if first.isascii() and first.isalnum():  # as much text begins; none of those below is one
        return text
    for char in text:
        if char in "\t\r":
            return "'" + text
        if not is_blank(char):
            runs = unicodedata.normalize("NFKC", char)[0] in "=+-@"
            return "'" + text if runs else text
    return text


def time_text(at: int | None) -> str | None:
    """Milliseconds since 1970 as `2026-11-25T09:00:00.000Z`; None stays None."""
    if at is None:
        return None
    return f"{_second(at // 1000)}.{at % 1000:03d}Z"


@lru_cache(maxsize=4096)
def _second(at: int) -> str:
    return (_EPOCH + timedelta(seconds=at)).strftime("%Y-%m-%dT%H:%M:%S")


def yes_no(value: bool) -> str:
    """How files say it."""
    return "yes" if value else "no"
