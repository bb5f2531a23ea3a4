"""The sheets of a workbook (.xlsx, .xlsm) as rows of text, as the spreadsheet program shows them.

Formulas are never calculated: their last value counts. Rows come as a stream, so that a huge sheet
costs no more than what is taken of it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from turnout.guides.package import DAMAGED, Attributes, Handlers, Package, Unreadable
from turnout.guides.rows import Note
from turnout.guides.shown import Format, format_of, shown

MAX_CELL = 32_767
"""Characters, as spreadsheet programs have it."""
MAX_MERGED = 10_000
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")
_REFERENCE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
_ERROR = "The cell shows an error ({}). Write the text itself."
_NO_VALUE = (
    "A formula without a value. Save the workbook in a spreadsheet program, or write the text"
    " itself."
)
_FORMULA = "A formula; read as it was last shown."
_OTHERWISE = (
    "The spreadsheet program made a date or a number of this; read as '{}'. If that is wrong,"
    " format the cell as text and write it again."
)
_LONG = f"The cell has more than {MAX_CELL:,} characters. Shorten it."


@dataclass(slots=True)
class SheetRow:
    """The cells of a row that hold something, by column from 0, and what is to be said of them."""

    number: int
    cells: dict[int, str] = field(default_factory=dict)
    notes: dict[int, Note] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Area:
    """Merged cells, of which the first holds the text. Rows from 1, columns from 0, ends
    included."""

    top: int
    bottom: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A visible sheet: its name, and its part of the package."""

    name: str
    part: str


class Workbook:
    """What all sheets share. Unreadable if the bytes are no workbook."""

    def __init__(self, data: bytes) -> None:
        self.package = Package(data)
        main = next(
            (to.part for to in self.package.related("").values() if to.kind == "workbook"), None
        )
        if main is None:
            what = "The file is an archive of another program and no workbook."
            raise Unreadable(f"{what} Save the guide as .xlsx or as CSV.")
        self.since_1904 = False
        self.sheets = self._sheets(main)

    def _sheets(self, main: str) -> tuple[Sheet, ...]:
        related = self.package.related(main)
        sheets: list[Sheet] = []

        def start(name: str, attributes: Attributes) -> None:
            if name == "workbookPr":
                self.since_1904 = attributes.get("date1904", "0") in ("1", "true")
            elif name == "sheet" and attributes.get("state", "visible") == "visible":
                to = related.get(attributes.get("id", ""))
                if to is not None and to.kind == "worksheet":
                    sheets.append(Sheet(attributes.get("name", ""), to.part))

        self.package.read(main, Handlers(start))
        parts = {to.kind: to.part for to in related.values()}
        self.strings = _strings(self.package, parts["strings"]) if "strings" in parts else []
        self.formats = _formats(self.package, parts["styles"]) if "styles" in parts else []
        return tuple(sheets)

    def rows(self, sheet: Sheet, merged: list[Area]) -> Iterator[SheetRow]:
        """The rows that hold something, in the order of the file; at the end of the sheet its
        merged areas are in `merged`. Unreadable if the sheet turns out to be damaged."""
        reader = _SheetReader(self, merged)
        for _ in self.package.stream(sheet.part, reader.handlers):
            yield from reader.taken()


def _strings(package: Package, part: str) -> list[str]:
    """The texts that cells share, without the hints for pronunciation."""
    strings: list[str] = []
    text = _Text()

    def end(name: str) -> None:
        text.end(name)
        if name == "si":
            strings.append(text.take())

    package.read(part, Handlers(text.start, end, text.add))
    return strings


def _formats(package: Package, part: str) -> list[Format]:
    """The format of each cell style."""
    numbers: list[int] = []
    codes: dict[int, str] = {}
    inside = ""

    def start(name: str, attributes: Attributes) -> None:
        nonlocal inside
        if name in ("numFmts", "cellXfs", "cellStyleXfs", "dxfs"):
            inside = name
        elif name == "xf" and inside == "cellXfs":
            numbers.append(int(attributes.get("numFmtId", "0")))
        elif name == "numFmt" and inside == "numFmts":
            codes[int(attributes.get("numFmtId", "0"))] = attributes.get("formatCode", "")[:255]

    package.read(part, Handlers(start))
    known = {number: format_of(number, codes) for number in set(numbers)}
    return [known[number] for number in numbers]


class _Text:
    """Gathers the text of `t` elements, those of phonetic hints aside."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._in_text = self._in_hint = False

    def start(self, name: str, _: Attributes) -> None:
        self._in_text = name == "t" and not self._in_hint
        self._in_hint = self._in_hint or name == "rPh"

    def add(self, text: str) -> None:
        if self._in_text:
            self._parts.append(text)

    def end(self, name: str) -> None:
        self._in_text = False
        self._in_hint = self._in_hint and name != "rPh"

    def take(self) -> str:
        text = _unescaped("".join(self._parts))
        self._parts.clear()
        return text


def _unescaped(text: str) -> str:
    """`_x000D_` is the character with that number. Line breaks are plain, and one character more
    than a cell may have is kept, to tell by."""
    if "_x" in text:
        text = _ESCAPE.sub(_character, text[: 2 * MAX_CELL])
    return text.replace("\r\n", "\n").replace("\r", "\n")[: MAX_CELL + 1]


def _character(match: re.Match[str]) -> str:
    """What no file may hold (NUL, half a pair) stays as it is written."""
    number = int(match[1], 16)
    return match[0] if number == 0 or 0xD800 <= number <= 0xDFFF else chr(number)


class _SheetReader:
    """The state while a sheet goes by."""

    def __init__(self, workbook: Workbook, merged: list[Area]) -> None:
        self.handlers = Handlers(self._start, self._end, self._add)
        self._workbook = workbook
        self._merged = merged
        self._rows: list[SheetRow] = []
        self._row: SheetRow | None = None
        self._number = 0
        self._column = -1
        self._cell: Attributes | None = None
        self._inline = _Text()
        self._parts: dict[str, list[str]] = {}
        self._part: list[str] | None = None

    def taken(self) -> list[SheetRow]:
        """The rows that are whole by now; each once."""
        rows, self._rows = self._rows, []
        return rows

    def _start(self, name: str, attributes: Attributes) -> None:
        if name == "row":
            self._number = int(attributes.get("r", self._number + 1))
            if self._number < 1:
                raise Unreadable(DAMAGED)
            self._row = SheetRow(self._number)
            self._column = -1
        elif name == "mergeCell" and len(self._merged) < MAX_MERGED:
            self._merged.append(_area(attributes.get("ref", "")))
        elif self._row is None:
            return
        elif name == "c":
            self._cell = attributes
            reference = attributes.get("r")
            self._column = self._column + 1 if reference is None else _place(reference)[0]
            self._parts.clear()
        elif self._cell is not None:
            self._inline.start(name, attributes)
            self._part = self._parts.setdefault(name, []) if name in ("v", "f") else None

    def _add(self, text: str) -> None:
        self._inline.add(text)
        if self._part is not None:
            self._part.append(text)

    def _end(self, name: str) -> None:
        self._inline.end(name)
        self._part = None
        if self._row is None:
            return
        if name == "c" and self._cell is not None:
            self._put(self._row, self._cell)
            self._cell = None
        elif name == "row":
            if self._row.cells:
                self._rows.append(self._row)
            self._row = None

    def _put(self, row: SheetRow, cell: Attributes) -> None:
        text, note = self._read(cell)
        if len(text) > MAX_CELL:
            text, note = text[:MAX_CELL], Note(_LONG, is_problem=True)
        self._workbook.package.count(text)
        if text:
            row.cells[self._column] = text
            if note is not None:
                row.notes[self._column] = note

    def _read(self, cell: Attributes) -> tuple[str, Note | None]:
        """The text of a cell, and what is to be said of it."""
        kind = cell.get("t", "n")
        inline = self._inline.take()
        value = "".join(self._parts.get("v", ()))
        if "f" in self._parts and not value and kind != "str":
            return "=" + "".join(self._parts["f"])[:60], Note(_NO_VALUE, is_problem=True)
        note = Note(_FORMULA, is_problem=False) if "f" in self._parts else None
        match kind:
            case "inlineStr":
                return inline, note
            case "str":
                return _unescaped(value), note
            case _ if not value:
                return "", None
            case "s":
                return self._shared(int(value)), note
            case "b":
                return ("FALSE" if value == "0" else "TRUE"), note
            case "e":
                return value[:60], Note(_ERROR.format(value[:60]), is_problem=True)
            case "d":
                return value[:60], note or Note(_OTHERWISE.format(value[:60]), is_problem=False)
            case _:
                return self._number_text(float(value), int(cell.get("s", "0")), note)

    def _shared(self, index: int) -> str:
        if not 0 <= index < len(self._workbook.strings):
            raise Unreadable(DAMAGED)
        return self._workbook.strings[index]

    def _number_text(self, value: float, style: int, note: Note | None) -> tuple[str, Note | None]:
        if not math.isfinite(value):
            raise Unreadable(DAMAGED)
        known = 0 <= style < len(self._workbook.formats)
        format = self._workbook.formats[style] if known else Format("general")
        result = shown(value, format, since_1904=self._workbook.since_1904)
        if not result.as_typed:
            note = note or Note(_OTHERWISE.format(result.text), is_problem=False)
        return result.text, note


def _place(reference: str) -> tuple[int, int]:
    """Column (from 0) and row (from 1) of a reference such as `AB12`."""
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise Unreadable(DAMAGED)
    return _column(match[1]), int(match[2])


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _area(reference: str) -> Area:
    first, _, last = reference.partition(":")
    left, top = _place(first)
    right, bottom = _place(last or first)
    return Area(top, bottom, left, right)
