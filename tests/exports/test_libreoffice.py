"""LibreOffice opens every file as it was meant: ids and accents whole, nothing that runs.

It is told what its dialog proposes of itself for a file with our byte order mark; without a dialog
it does not look for one.
"""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.domain.examples import GUIDE, MINUTE, OPEN, SINGLE, T0, after, live
from tests.exports.examples import answer, person, pid, snapshot
from turnout.domain.answers import Body
from turnout.domain.commands import End, Next
from turnout.domain.guide import Item, OpenText
from turnout.domain.progress import Span
from turnout.exports.bundle import bundle
from turnout.exports.files import Options

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")

COMMA, QUOTE, UTF_8 = 44, 34, 76
"""As its filter calls them."""
TEXTS = (
    '=HYPERLINK("http://example.org","click")',
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(1;1)",
    "  =1+1",
    "\t=1+1",
    "\uff1d1+1",
    "=cmd|' /C calc'!A0",
    "Zażółć gęślą jaźń, naïve façade",
    "日本語と한국어",
    "\u0645\u0631\u062d\u0628\u0627 \u202bRTL\u202c 123",
    "\u05e9\u05dc\u05d5\u05dd",
    "\N{GRINNING FACE} e\u0301",
    'say "yes", or; no',
    "two\nlines",
    "'already guarded",
)
"""Answers. Those that would run come first."""
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_TABLE = "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"


@dataclass(frozen=True)
class Cell:
    """As LibreOffice read it: its text, its type, and its formula if it is one."""

    text: str
    type: str
    formula: str | None


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[bytes, list[list[Cell]]]]:
    """Every CSV file of a bundle, and the cells of it."""
    folder = tmp_path_factory.mktemp("files")
    files = {name: data for name, data in _bundle().items() if name.endswith(".csv")}
    for name, data in files.items():
        (folder / name).write_bytes(data)
    command = [
        str(SOFFICE),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        "--headless",
        f"--infilter=CSV:{COMMA},{QUOTE},{UTF_8}",
        "--convert-to",
        "fods",
        "--outdir",
        str(folder / "opened"),
        *(str(folder / name) for name in files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=170)
    return {
        name: (data, list(_rows(folder / "opened" / f"{Path(name).stem}.fods")))
        for name, data in files.items()
    }


def _bundle() -> dict[str, bytes]:
    guide = (*GUIDE[:4], Item(7, "=1+1?", OpenText()), Item(8, "Où ça ?", OpenText()))
    sent = after(live(guide), [Next()] * len(guide), T0, MINUTE)
    conversation = after(sent, [End()], T0 + 10 * MINUTE)
    people = [person(n, Span(T0, T0 + MINUTE)) for n in range(1, len(TEXTS) + 1)]
    given = [answer(OPEN, n, Body(text=text)) for n, text in enumerate(TEXTS, start=1)]
    given += [answer(SINGLE, 1, Body(other="=2+2")), answer(7, 1, Body(text="x"))]
    taken = snapshot(conversation, people, given, links=len(TEXTS) + 3)
    options = Options("https://turnout.example")
    return {name: b"".join(pieces) for name, pieces in bundle(taken, options)}


def _rows(path: Path) -> Iterator[list[Cell]]:
    for row in ElementTree.parse(path).iter(f"{_TABLE}table-row"):
        cells: list[Cell] = []
        for cell in row.iter(f"{_TABLE}table-cell"):
            paragraphs = ["".join(_words(one)) for one in cell.iter(f"{_TEXT}p")]
            said = Cell(
                "\n".join(paragraphs),
                cell.get(f"{_OFFICE}value-type", ""),
                cell.get(f"{_TABLE}formula"),
            )
            cells += [said] * int(cell.get(f"{_TABLE}number-columns-repeated", "1"))
        if any(one.text for one in cells):
            yield cells


def _words(paragraph: ElementTree.Element) -> Iterator[str]:
    """Blanks and tabs are elements of their own there."""
    yield paragraph.text or ""
    for part in paragraph:
        if part.tag == f"{_TEXT}s":
            yield " " * int(part.get(f"{_TEXT}c", "1"))
        elif part.tag == f"{_TEXT}tab":
            yield "\t"
        else:
            yield from _words(part)
        yield part.tail or ""


def written(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_every_cell_of_every_file_is_there(
    opened: dict[str, tuple[bytes, list[list[Cell]]]],
) -> None:
    assert len(opened) == 6
    for name, (data, rows) in opened.items():
        lines = written(data)
        assert len(rows) == len(lines), name
        for line, cells in zip(lines, rows, strict=True):
            texts = [one.text for one in cells[: len(line)]]
            for text, cell, column in zip(line, texts, lines[0], strict=True):
                if not column.endswith("_at"):  # shown as the reader's own dates
                    assert cell == text, (name, column)


def test_nothing_is_a_formula_and_ids_are_texts(
    opened: dict[str, tuple[bytes, list[list[Cell]]]],
) -> None:
    for name, (data, rows) in opened.items():
        assert [cell for row in rows for cell in row if cell.formula is not None] == [], name
        header = written(data)[0]
        for column in {"participant_id", "answer", "question", "link"} & set(header):
            cells = [row[header.index(column)] for row in rows[1:]]
            assert {cell.type for cell in cells} == {"string"}, (name, column)


def test_accents_scripts_and_guards_are_as_they_were_written(
    opened: dict[str, tuple[bytes, list[list[Cell]]]],
) -> None:
    data, rows = opened["answers.csv"]
    place = written(data)[0].index("answer")
    answers = [row[place].text for row in rows[1:]]
    for text in TEXTS[:9]:
        assert f"'{text}" in answers
    for text in TEXTS[9:]:
        assert text in answers


def test_ids_come_back_one_by_one(opened: dict[str, tuple[bytes, list[list[Cell]]]]) -> None:
    for name in ("links.csv", "participant_data_all.csv"):
        ids = [row[0].text for row in opened[name][1][1:]]
        assert sorted(ids) == [pid(n) for n in range(1, len(TEXTS) + 4)]
