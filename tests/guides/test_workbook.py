"""Guides in workbooks: what spreadsheet programs make of what people type becomes that again, and
whatever else is in a file, there are problems in words."""

import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.guides.sheets import (
    SHEET,
    cell,
    packed,
    parts,
    row,
    sheet,
    text,
    texts,
    workbook,
)
from turnout.domain.guide import Item, Message, Option, SingleChoice
from turnout.guides import GuideFile, Problem, Problems, read_guide
from turnout.guides.package import MAX_ELEMENTS

DATA = Path(__file__).parent / "data"
HEADER = texts(1, "Item type", "Content", "Duration", "Option 1", "Option 2")
DAMAGED = "The workbook is damaged and cannot be opened. Save it again, or save the guide as CSV."
LARGE = (
    "The workbook holds much more than a guide. Copy the guide into a new workbook, or save it as"
    " CSV."
)


def otherwise(shown: str) -> str:
    return (
        f"The spreadsheet program made a date or a number of this; read as '{shown}'. If that is"
        " wrong, format the cell as text and write it again."
    )


def read(data: bytes) -> GuideFile:
    guide = read_guide("guide.xlsx", data)
    assert isinstance(guide, GuideFile), guide
    return guide


def wrong(data: bytes, name: str = "guide.xlsx") -> list[tuple[int, str, str]]:
    guide = read_guide(name, data)
    assert isinstance(guide, Problems), guide
    return [(problem.row, problem.column, problem.what) for problem in guide.problems]


@pytest.mark.parametrize("program", ["openpyxl", "xlsxwriter"])
def test_workbooks_of_other_programs_give_the_guide_of_the_csv(program: str) -> None:
    """The files were written by these libraries from the rows of street-guide.csv, with its
    durations as times and its ticks as booleans."""
    by_csv = read_guide("g.csv", (DATA / "street-guide.csv").read_bytes())
    by_workbook = read((DATA / f"street-guide-{program}.xlsx").read_bytes())
    assert by_workbook == by_csv


@pytest.mark.parametrize("name", ["guide.xlsx", "guide.csv", "guide.yaml", "guide", ""])
def test_a_workbook_is_known_under_any_name(name: str) -> None:
    guide = read_guide(name, workbook(HEADER, texts(3, "speak", "Hello\r\nyou")))
    assert guide == GuideFile((Item(1, "Hello\nyou", Message()),))


@pytest.mark.parametrize(
    ("style", "value", "shown"),
    [
        (0, "5", "5"),
        (0, "0.30000000000000004", "0.3"),
        (0, "1E+20", "1e+20"),
        (1, "0.0625", "1:30"),
        (1, "0.0010416666666666667", "0:01:30"),
        (2, "1.25", "30:00:00"),
        (3, "0.0010416666666666667", "01:30"),
        (3, "0.0625", "01:30:00"),
        (5, "0.5", "50%"),
        (6, "1.5", "1.50"),
        (7, "25000", "25,000"),
        (9, "0.5625", "1:30 PM"),
        (9, "0.01", "12:14:24 AM"),
        (10, "0.0625", "90:00"),
        (11, "0.0625", "1:30:00"),
        (12, "7", "7"),
        (14, "0.0625", "01:30"),
        (16, "0.0010416666666666667", "1:30"),
        (99, "7", "7"),
    ],
)
def test_numbers_are_the_text_that_is_shown(style: int, value: str, shown: str) -> None:
    data = workbook(
        HEADER, row(2, text("A2", "single choice"), text("B2", "?"), cell("D2", value, style=style))
    )
    assert read(data) == GuideFile((Item(1, "?", SingleChoice((Option(shown),))),))


@pytest.mark.parametrize(
    ("style", "value", "shown"),
    [
        (4, "45658", "2025-01-01"),
        (4, "1", "1900-01-01"),
        (13, "45658.75", "2025-01-01 18:00"),
        (4, "-1", "-1"),
        (1, "-1", "-1"),
        (8, "50", "50"),
        (15, "0.5", "0.5"),
    ],
)
def test_what_cannot_be_told_is_remarked_upon(style: int, value: str, shown: str) -> None:
    data = workbook(
        HEADER, row(2, text("A2", "single choice"), text("B2", "?"), cell("D2", value, style=style))
    )
    assert read(data).items[0].content == SingleChoice((Option(shown),))
    assert read(data).remarks == (Problem(2, "Option 1", otherwise(shown)),)


def test_days_may_count_from_1904_and_dates_be_texts() -> None:
    cells = (
        text("A2", "single choice"),
        text("B2", "?"),
        cell("D2", "44196", style=4),
        cell("E2", "2025-01-02", "d"),
    )
    guide = read(workbook(HEADER, row(2, *cells), properties='<workbookPr date1904="1"/>'))
    dates = tuple(map(Option, ["2025-01-01", "2025-01-02"]))
    assert guide.items[0].content == SingleChoice(dates)
    assert [remark.column for remark in guide.remarks] == ["Option 1", "Option 2"]


@pytest.mark.parametrize(
    ("style", "value", "seconds", "remarks"),
    [
        (1, "0.0625", 90, ()),
        (1, "6.944444444444444E-3", 10, ()),
        (3, "0.0010416666666666667", 90, ()),
        (0, "2", 120, ()),
        (2, "1.25", 1800, ("'30:00:00' read as 30:00, minutes and seconds.",)),
    ],
)
def test_durations_stored_as_times(
    style: int, value: str, seconds: int, remarks: tuple[str, ...]
) -> None:
    cells = (text("A2", "speak"), text("B2", "Hi"), cell("C2", value, style=style))
    guide = read(workbook(HEADER, row(2, *cells)))
    assert guide.items[0].duration == seconds
    assert tuple(remark.what for remark in guide.remarks) == remarks


def test_booleans_shared_strings_formulas_and_cells_without_a_place() -> None:
    shared = (
        "<si><t>speak</t></si>"
        '<si><r><t>Rich </t></r><r><t xml:space="preserve"> text_x000D__x0000_</t></r>'
        "<rPh><t>hint</t></rPh></si>"
    )
    cells = (
        '<row><c t="s"><v>0</v></c><c t="s"><v>1</v></c><c/></row>',
        row(
            3,
            text("A3", "single choice"),
            cell("B3", "shown", "str", formula="A1"),
            cell("D3", "1", "b"),
            cell("E3", "0", "b"),
        ),
        row(4, text("A4", "speak"), text("B4", "x"), cell("G4", "", "str", formula="A1")),
        row(5, cell("F5", "", "str", formula="A1")),
        row(6, text("A6", " "), "<extLst/>"),
    )
    guide = read(workbook(HEADER, *cells, shared=shared))
    assert guide == GuideFile(
        (
            Item(1, "Rich  text\n_x0000_", Message()),
            Item(2, "shown", SingleChoice((Option("TRUE"), Option("FALSE")))),
            Item(3, "x", Message()),
        ),
        remarks=(Problem(3, "Content", "A formula; read as it was last shown."),),
    )


def test_errors_and_formulas_without_value_are_problems_where_they_are_read() -> None:
    cells = (text("A2", "speak"), cell("B2", "#NAME?", "e"), cell("C2", "", formula="1+1"))
    assert wrong(workbook(HEADER, row(2, *cells))) == [
        (2, "Content", "The cell shows an error (#NAME?). Write the text itself."),
        (
            2,
            "Duration",
            "A formula without a value. Save the workbook in a spreadsheet program, or write the"
            " text itself.",
        ),
        (2, "Duration", "'=1+1' is no duration. Write minutes and seconds: 1:30."),
    ]
    headed = texts(1, "Item type", "Content", "Mine")
    ignored = row(2, text("A2", "speak"), text("B2", "x"), cell("C2", "#REF!", "e"))
    assert read(workbook(headed, ignored)).remarks == ()


def test_a_section_merged_down_counts_for_every_row() -> None:
    header = texts(1, "Section", "Item type", "Content")
    rows = (
        texts(2, "One", "speak", "a"),
        texts(3, "", "speak", "b"),
        texts(5, "", "speak", "c"),
        texts(6, "", "speak", "d"),
        texts(7, "Two", "speak", "e"),
        texts(9, "", "speak", "f"),
    )
    after = (
        '<mergeCells><mergeCell ref="A2:A5"/><mergeCell ref="B2:B3"/><mergeCell ref="C7"/>'
        '<mergeCell ref="A7:A8"/></mergeCells>'
    )
    guide = read(workbook(header, *rows, after=after))
    assert [item.section for item in guide.items] == ["One", "One", "One", "", "Two", ""]


def test_the_first_visible_sheet_with_the_header_wins() -> None:
    sheets = {
        "Hidden": sheet(HEADER, texts(2, "speak", "hidden")),
        "Read me": sheet(texts(1, "Content"), texts(11, "x")),
        "Guide": sheet(texts(2, "Type", "Text"), texts(3, "speak", "A")),
        "Later": sheet(HEADER, texts(2, "speak", "B")),
    }
    states = ("hidden", "visible", "visible", "visible")
    guide = read(packed(parts(sheets, states=states)))
    assert [item.text for item in guide.items] == ["A"]
    what = "Only the sheet 'Guide' was read, and not 'Read me', 'Later'."
    assert guide.remarks == (Problem(0, "", what),)


def test_without_a_header_the_nearest_sheet_is_named() -> None:
    near = sheet(texts(1, "Content", "Notes"))
    assert wrong(
        packed(
            parts(
                {
                    "A": sheet(texts(1, "Content")),
                    "B": near,
                    "C": sheet(),
                    "D": sheet(texts(1, "Notes")),
                }
            )
        )
    ) == [(1, "", "There is no column 'Item type'. The header has: Content, Notes.")]
    none = "No sheet has a header with the columns 'Item type' and 'Content' in its first 10 rows."
    assert wrong(workbook()) == [(0, "", f"{none} The sheets are: 'Guide'.")]
    assert wrong(packed(parts({}))) == [(0, "", f"{none} The sheets are: none.")]
    many = {f"S{number}": sheet() for number in range(11)}
    assert wrong(packed(parts(many)))[0][2].endswith("'S9' ….")


@pytest.mark.parametrize(
    ("rows", "problems"),
    [
        ((HEADER,), [(1, "", "There are no items below the header.")]),
        (
            (HEADER, row(2, text("BXY2", "x"))),
            [(2, "", "The row has more than 2,000 columns.")],
        ),
        (
            (HEADER, texts(1_048_576, "speak", "far")),
            [
                (
                    1_048_576,
                    "",
                    "The file has more than 20,000 rows. Take out what is no guide.",
                )
            ],
        ),
        (
            (HEADER, texts(2, "speak", "x" * 40_000)),
            [
                (2, "Content", "The cell has more than 32,767 characters. Shorten it."),
                (2, "Content", "The text has 32,767 characters; 4,000 is the most. Shorten it."),
            ],
        ),
        ((HEADER, "<row>" + "<c/>" * (MAX_ELEMENTS + 1) + "</row>"), [(0, "", LARGE)]),
        ((HEADER, f"<row>{' ' * (30 * 1024 * 1024)}</row>"), [(0, "", LARGE)]),
        ((HEADER, row(2, '<c r="A2" t="s"><v>9</v></c>')), [(0, "", DAMAGED)]),
        ((HEADER, row(2, '<c r="A2" t="s"><v>x</v></c>')), [(0, "", DAMAGED)]),
        ((HEADER, row(2, '<c r="A2"><v>nan</v></c>')), [(0, "", DAMAGED)]),
        ((HEADER, row(2, '<c r="a"><v>1</v></c>')), [(0, "", DAMAGED)]),
        ((HEADER, row(-2, text("A2", "x"))), [(0, "", DAMAGED)]),
    ],
)
def test_sheets_with_something_wrong(
    rows: tuple[str, ...], problems: list[tuple[int, str, str]]
) -> None:
    assert wrong(workbook(*rows)) == problems


ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({SHEET: f"{ENTITIES}<worksheet>&b;</worksheet>"}, DAMAGED),
        ({SHEET: "<worksheet>"}, DAMAGED),
        ({SHEET: '<?xml version="1.0" encoding="none"?><worksheet/>'}, DAMAGED),
        ({SHEET: None}, DAMAGED),
        ({"xl/_rels/workbook.xml.rels": "x"}, DAMAGED),
        (
            {"_rels/.rels": "<Relationships/>"},
            "The file is an archive of another program and no workbook. Save the guide as .xlsx"
            " or as CSV.",
        ),
        (
            {"_rels/.rels": None, "content.xml": "x"},
            "The file is an OpenDocument (.ods). Save it as .xlsx or as CSV.",
        ),
        (
            {"_rels/.rels": None},
            "The file is a zip archive and no workbook. Import the guide itself.",
        ),
        (
            {"xl/workbook.bin": "x"},
            "The file is a binary workbook (.xlsb). Save it as .xlsx or as CSV.",
        ),
    ],
)
def test_packages_with_something_wrong(changes: dict[str, str | None], what: str) -> None:
    files = {**parts({"Guide": sheet(HEADER)}), **changes}
    kept = {name: content for name, content in files.items() if content is not None}
    assert wrong(packed(kept)) == [(0, "", what)]


def test_missing_optional_parts_and_macros_do_no_harm() -> None:
    files = parts({"Guide": sheet(HEADER, row(2, text("A2", "speak"), cell("B2", "7", style=4)))})
    files["xl/_rels/workbook.xml.rels"] = files["xl/_rels/workbook.xml.rels"].replace(
        "/styles", "/vbaProject"
    )
    files["xl/vbaProject.bin"] = "macro"
    assert read(packed(files)).items[0].text == "7"
    del files["xl/_rels/workbook.xml.rels"]
    assert wrong(packed(files))[0][2].startswith("No sheet has a header")


def test_other_compressions_and_passwords_are_refused() -> None:
    files = parts({"Guide": sheet(HEADER)})
    assert wrong(packed(files, zipfile.ZIP_LZMA)) == [(0, "", DAMAGED)]
    data = bytearray(packed(files))
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    what = "The archive is protected by a password. Take it off and save again."
    assert wrong(bytes(data)) == [(0, "", what)]


def test_a_long_text_that_many_cells_share_is_not_looked_at_in_all_of_them() -> None:
    cells = "<row>" + '<c t="s"><v>0</v></c>' * 300 + "</row>"
    shared = f"<si><t>{' ' * 32_000}</t></si>"
    assert wrong(workbook(HEADER, cells, shared=shared)) == [(0, "", LARGE)]


def test_a_workbook_beyond_the_size_of_files_is_refused() -> None:
    data = workbook(HEADER) + b"x" * (5 * 1024 * 1024)
    assert wrong(data) == [(0, "", "The file has more than 5 MB. Take out what is no guide.")]


WHOLE = workbook(HEADER, texts(2, "single choice", "Which?", "0:30", "a", "b"), shared="<si/>")
PARTS = parts({"Guide": sheet(HEADER, row(2, cell("A2", "0", "s")))}, shared="<si><t>a</t></si>")


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_damage_gives_a_guide_or_problems(data: st.DataObject) -> None:
    part = data.draw(st.sampled_from(sorted(PARTS)))
    content = PARTS[part]
    at = data.draw(st.integers(0, len(content)))
    cut = data.draw(st.integers(0, 12))
    slip = data.draw(st.sampled_from(["", "x", "-1", "99999", '"', "<a>", "&", "\u0661", "\0"]))
    changed = {**PARTS, part: content[:at] + slip + content[at + cut :]}
    assert isinstance(read_guide("g.xlsx", packed(changed)), GuideFile | Problems)


@settings(max_examples=150, deadline=None)
@given(st.integers(4, len(WHOLE) - 1), st.integers(0, 255), st.integers(0, 40))
def test_any_damage_of_the_archive(at: int, byte: int, cut: int) -> None:
    damaged = WHOLE[:at] + bytes([byte]) + WHOLE[at + cut :]
    assert isinstance(read_guide("g.xlsx", damaged), GuideFile | Problems)
