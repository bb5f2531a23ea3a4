"""The dialect: whatever is in a cell, a strict parser gets it back."""

import csv
import io
import unicodedata
from collections.abc import Iterator
from typing import Literal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.domain.examples import T0
from tests.exports.examples import SPREADSHEET, file_of, read
from turnout.domain.answers import is_blank
from turnout.exports.csv_file import (
    CHUNK,
    KEPT,
    Cell,
    Dialect,
    Table,
    guarded,
    render,
    time_text,
    yes_no,
)

PLAIN = Dialect(bom=False)
delimiters: st.SearchStrategy[Literal[",", ";"]] = st.sampled_from([",", ";"])
dialects = st.builds(Dialect, st.booleans(), delimiters)
texts = st.text(st.characters(exclude_categories=["Cs"])) | st.text(
    st.sampled_from(",;\"'\t\r\n\v\f\x1c\x1d\x1e\x85\u2028\u2029 \xa0\ufeff=+-@|a0"), max_size=6
)
cells = st.none() | st.integers() | texts
tables = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.tuples(*[cells] * width), max_size=4).map(
        lambda rows: Table(tuple(f"column_{n}" for n in range(width)), rows)
    )
)


def as_text(cell: Cell) -> str:
    return "" if cell is None else str(cell)


@given(tables, dialects)
@example(Table(("a", "b"), [("\ufeff", ""), ("", "\r\n"), (" ", '"')]), SPREADSHEET)
def test_a_strict_parser_gets_back_exactly_the_cells(table: Table, dialect: Dialect) -> None:
    data = file_of(table, dialect)
    assert data.startswith(b"\xef\xbb\xbf") == dialect.bom
    assert read(data, dialect.delimiter) == [
        list(table.header),
        *([as_text(cell) for cell in row] for row in table.rows),
    ]


@given(texts)
def test_outside_quotation_marks_nothing_separates(text: str) -> None:
    """Neither for a program that takes the other delimiter, nor for one with other line ends."""
    data = file_of(Table(("a", "b"), [(text, 1)]), PLAIN).decode()
    cell = data.removeprefix("a,b\r\n").removesuffix(",1\r\n")
    if cell.startswith('"'):
        assert cell[1:-1].replace('""', '"') == text
        assert cell[1:-1].replace('""', "").count('"') == 0
    else:
        assert cell == text == text.strip()
        assert len(text.splitlines()) <= 1
        assert not set(text) & set(',;\t"')


@pytest.mark.parametrize("char", ',;"\t\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029', ids=ascii)
def test_what_some_program_takes_for_a_separator_is_quoted(char: str) -> None:
    inner = char.replace('"', '""')
    table = Table(("a", "b"), [(f"x{char}y", "z")])
    assert file_of(table, PLAIN).decode() == f'a,b\r\n"x{inner}y",z\r\n'


def test_b47_a_file_as_spreadsheet_programs_want_it() -> None:
    rows = [("Zażółć gęślą jaźń", "日本語"), ("\N{GRINNING FACE}", None)]
    data = file_of(Table(("participant_id", "answer"), rows))
    assert data == (
        b"\xef\xbb\xbfparticipant_id,answer\r\n"
        + "Zażółć gęślą jaźń,日本語\r\n\N{GRINNING FACE},\r\n".encode()
    )
    assert b"sep=" not in data
    first = next(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert list(first) == ["participant_id", "answer"]


def test_b47_without_the_mark_and_with_semicolons() -> None:
    table = Table(("a", "b"), [("1,5", "x")])
    assert file_of(table, PLAIN) == b'a,b\r\n"1,5",x\r\n'
    assert file_of(table, Dialect(bom=False, delimiter=";")) == b'a;b\r\n"1,5";x\r\n'
    assert file_of(table, Dialect(delimiter=";")).startswith(b"\xef\xbb\xbfa;b\r\n")


def test_a_table_without_rows_is_its_header() -> None:
    assert file_of(Table(("a", "b"), []), PLAIN) == b"a,b\r\n"


def test_a_file_comes_in_pieces_before_its_rows_are_all_there() -> None:
    drawn = 0

    def rows() -> Iterator[tuple[Cell, ...]]:
        nonlocal drawn
        for _ in range(1_000):
            drawn += 1
            yield ("x" * 998,)

    pieces = render(Table(("a",), rows()), SPREADSHEET)
    first = next(pieces)
    assert drawn < 100
    sizes = [len(first), *(len(piece) for piece in pieces)]
    assert len(sizes) == 16
    assert all(CHUNK <= size < CHUNK + 1_100 for size in sizes[:-1])
    assert sum(sizes) == 3 + len("a\r\n") + 1_000 * 1_000


def test_cells_are_the_same_however_many_there_were_before() -> None:
    """They are remembered, but not for ever, and never one for another."""
    cells = [f"{n},{'x' * (n % 7 * 100)}" for n in range(KEPT * 2)]
    rows = [(cell, n % 2) for n, cell in enumerate([*cells, *cells])]
    lines = file_of(Table(("a", "b"), rows), PLAIN).decode().split("\r\n")
    assert lines[1:-1] == [f'"{cell}",{number}' for cell, number in rows]


def test_a_file_that_fills_its_pieces_has_no_empty_one() -> None:
    row = ("x" * (CHUNK - len("a\r\n") - 2),)
    assert [len(piece) for piece in render(Table(("a",), [row]), PLAIN)] == [CHUNK]


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://evil.example","x")',
        "+1",
        "-5",
        "-3.5",
        "@x",
        "\t=1",
        "\r=1",
        "\tx",
        "\rx",
        " \tx",
        "  =1",
        "\n=1",
        "\xa0=1",
        "\u3000=1",
        "\u200b=1",
        "\ufeff=1",
        "\uff1d1",
        "\uff0b1",
        "\uff0d1",
        "\uff201",
        " \uff1d1",
        "\ufe661",
        "- a list",
        "=",
    ],
    ids=ascii,
)
def test_b50_free_text_that_would_run_gets_an_apostrophe(text: str) -> None:
    assert guarded(text) == "'" + text


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "yes",
        "1",
        "1-2",
        "a=b",
        "'=1",
        '"=1"',
        "(=1)",
        ";=1",
        ",+1",
        "\nx",
        "\u2014 x",
        "\u0645",
    ],
    ids=ascii,
)
def test_b50_no_other_text_is_touched(text: str) -> None:
    assert guarded(text) == text


def test_b50_whatever_a_text_begins_with_what_runs_behind_it_is_guarded() -> None:
    for char in map(chr, range(0x110000)):
        hides = is_blank(char) or unicodedata.normalize("NFKC", char)[0] in "=+-@"
        assert guarded(f"{char}=1") == ("'" if hides else "") + f"{char}=1", ascii(char)


@given(texts)
def test_b50_guarding_twice_adds_nothing(text: str) -> None:
    assert guarded(text) in (text, "'" + text)
    assert guarded(guarded(text)) == guarded(text)
    assert guarded(text).lstrip()[:1] not in (*"=+-@", "\uff1d", "\uff0b", "\uff0d", "\uff20")


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (T0, "2026-11-25T09:00:00.000Z"),
        (T0 + 123, "2026-11-25T09:00:00.123Z"),
        (T0 + 86_399_999 - 9 * 3_600_000, "2026-11-25T23:59:59.999Z"),
        (0, "1970-01-01T00:00:00.000Z"),
        (1_709_164_800_007, "2024-02-29T00:00:00.007Z"),
        (None, None),
    ],
)
def test_times_are_utc_with_milliseconds(at: int | None, text: str | None) -> None:
    assert time_text(at) == text


def test_yes_and_no() -> None:
    assert (yes_no(True), yes_no(False)) == ("yes", "no")
