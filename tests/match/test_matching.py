"""Who came: every row of the list has its result, and the numbers add up."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.match.examples import DATA, DATA_HEADER, A, B, C, D, E, added, done, refused
from turnout.exports.csv_file import render
from turnout.match import Counts, Matched, NotMatched, match


def test_every_result() -> None:
    roster = f"Name,id\nAda,{A}\nBen,{B}\nCem,{C}\nDee,{D}\n"
    other = f"{E},100,100,59,complete,"
    matched = done(roster, f"{DATA}\n{other}")
    assert matched.table.header == (
        "Name",
        "id",
        "participant_id_matched",
        "result",
        "percent_answered",
        "percent_while_present",
        "minutes_present",
        "reason",
    )
    assert list(matched.table.rows) == [
        ("Ada", A, A, "came", 80, "100", "58", ""),
        ("Ben", B, B, "came, under the threshold", 79, "90", "20", ""),
        ("Cem", C, C, "turned away", None, "", "", "over"),
        ("Dee", D, D, "never came", None, "", "", ""),
        (None, None, E, "not on your list", 100, "100", "59", ""),
    ]
    assert matched.counts == Counts(4, 1, 1, 1, 1, 1)
    assert matched.id_column == "id"
    assert matched.notes == ("The ids of your list were found in its column 'id'.",)


@pytest.mark.parametrize(("threshold", "result"), [(79, "came"), (0, "came"), (100, "under")])
def test_the_threshold_is_the_least_that_counts(threshold: int, result: str) -> None:
    matched = done(f"id\n{B}", threshold=threshold)
    assert (result == "came") == (matched.counts.came == 1)
    assert matched.counts.came + matched.counts.came_under_threshold == 1


def test_removed_people_came_and_nothing_asked_is_no_shortfall() -> None:
    data = f"{DATA_HEADER}\n{A},10,10,1,removed,\n{B},,,3,left,\n{C},90,,,removed,rude"
    assert added(done(f"id\n{A}\n{B}\n{C}", data)) == [
        (A, "came, under the threshold", 10, "10", "1", "removed"),
        (B, "came", None, "", "3", "nothing was asked"),
        (C, "came", 90, "", "", "rude"),
    ]


@pytest.mark.parametrize(
    "cell",
    [
        A,
        A.upper(),
        f" {A}. ",
        A.replace("0", "O").replace("1", "l"),
        f"PID={A}",
        f"https://talk.example.org/c/streets?pid={A}",
        f"https://talk.example.org/c/streets?utm=x&pid={A.upper()}&x=1#top",
        f"HTTPS://X.ORG/?PID%3D{A}",
        f"https://filter.example/?url=https%3A%2F%2Fx.org%2Fc%2Fs%3Fpid%3D{A}&data={'x' * 900}",
        f"<https://x.org/c/s?pid={A}>",
        f"https://x.org/?pid={A}&pid={A}",
    ],
)
def test_ids_in_many_forms(cell: str) -> None:
    matched = done(f"id\n{cell}")
    assert [row[0] for row in added(matched)][:1] == [A]
    assert matched.counts.came == 1


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "no id in this row"),
        ("  ", "no id in this row"),
        ("p123", "the id cannot be read"),
        ("{{participant_id}}", "the id cannot be read"),
        (f"https://x.org/?pid={A}&pid={B}", "the id cannot be read"),
        ("https://x.org/c/streets?pid=", "the id cannot be read"),
    ],
)
def test_rows_without_an_id_stay(cell: str, reason: str) -> None:
    matched = done(f"Name,id\nAda,{A}\nEve,{cell}")
    assert added(matched)[1] == (None, "never came", None, None, None, reason)
    assert matched.counts.rows_of_list == 2
    assert "1 rows of your list have no id that can be read; they never came." in matched.notes


def test_an_id_of_another_conversation_is_told_where_that_can_be_known() -> None:
    assert added(done(f"id\n{E}"))[0] == (
        E, "never came", None, None, None, "no link of this conversation",
    )  # fmt: skip
    only_joined = f"{DATA_HEADER}\n{A},80,100,58,complete,"
    matched = done(f"id\n{E}\n{A}", only_joined)
    assert added(matched)[0] == (E, "never came", None, None, None, "")
    assert matched.notes[-1].startswith("The participant data has only those who joined")


def test_repeated_ids_in_either_file() -> None:
    data = f"{DATA}\n{A},90,,,left,\n{A},10,,,left,\n{D},5,,,left,"
    matched = done(f"id,Name\n{A},Ada\n{B},Ben\n{A.upper()},Ada again\n{D},Dee", data)
    assert [row[1:3] + row[5:] for row in added(matched)] == [
        ("came", 90, "the same id stands in row 4"),
        ("came, under the threshold", 79, ""),
        ("came", 90, "the same id stands in row 2"),
        ("came, under the threshold", 5, ""),
        ("not on your list", None, "turned away: over"),
    ]
    assert "1 rows of your list repeat the id of another row; each has its result." in matched.notes
    assert "2 ids repeat in the participant data; the best row counts." in matched.notes


def test_unused_links_and_rows_without_an_id_in_the_data_are_left_out_and_counted() -> None:
    data = f"{DATA}\n{E},,,,turned_away,\nTotal,,,,,\n"
    matched = done(f"id\n{A}\n{B}\n{C}", data)
    assert added(matched)[3:] == [(E, "not on your list", None, "", "", "turned away")]
    assert matched.notes[1:] == (
        "1 rows of the participant data hold no id (row 7); left out.",
        "1 links that nobody joined with are not on your list; left out.",
    )


def test_the_column_is_guessed_by_content_or_chosen() -> None:
    roster = f"other,link,pid\n{E},https://x.org/?pid={A},{A}\n{D},,{B}"
    assert done(roster).id_column == "pid"
    assert done(roster, column=" LINK ").id_column == "link"
    assert done(roster, column="a").id_column == "other"
    assert done(roster, column="link").notes[0].startswith("1 rows of your list have no id")
    assert done(f"a,b\n{A},{A}").id_column == "a"
    assert refused(roster, column="x") == (
        "list",
        [(0, "x", "There is no such column. There are: other, link, pid.")],
    )
    what = "Several columns are called so: A and B. Name the letters of one."
    assert refused(f"id,ID\n{A},{B}", column="id") == ("list", [(0, "id", what)])


def test_a_list_without_ids_is_refused() -> None:
    what = (
        "No column holds participant ids or links. The list needs what links.csv has in one of its"
        " two columns, for each person."
    )
    assert refused("Name,E-mail\nAda,a@example.org") == ("list", [(0, "", what)])


def test_a_list_without_a_header_keeps_its_first_row() -> None:
    matched = done(f"\n\nAda,{A}\nBen,{B},late\n,,\n")
    assert matched.table.header[:3] == ("column A", "column B", "column C")
    assert [row[:3] for row in matched.table.rows][:2] == [("Ada", A, ""), ("Ben", B, "late")]
    assert matched.counts.rows_of_list == 2
    assert matched.notes[1:3] == (
        "Your list has no header: its first row holds an id. Its columns got letters.",
        "3 empty rows of your list are left out.",
    )


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_encodings_and_delimiters(encoding: str, delimiter: str, end: str) -> None:
    rows = [["Name", "Link"], ["Åsa, 'X'; |", f"https://x.org/?pid={A}"], ["李", B]]
    text = end.join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    data = DATA.replace(",", delimiter).encode(encoding)
    matched = done(text.encode(encoding), data)
    assert [row[0] for row in matched.table.rows][:2] == ["Åsa, 'X'; |", "李"]
    assert matched.counts.came == 1
    assert matched.dialect.delimiter == (";" if delimiter == ";" else ",")


def test_columns_of_the_data_may_come_in_any_order_and_as_spreadsheets_write_them() -> None:
    data = f'Outcome,percent_answered,Mine,PARTICIPANT_ID\ncomplete,"80,0 %",x,{A.upper()}'
    assert added(done(f"id\n{A}", data)) == [(A, "came", 80, "", "", "")]


def test_names_that_are_taken_are_numbered() -> None:
    header = done(f"id,Result,result_2\n{A},x,y").table.header
    assert header[3:5] == ("participant_id_matched", "result_3")


def test_cells_that_a_spreadsheet_would_run_are_guarded() -> None:
    data = f"{DATA_HEADER}\n{A},80,=1,58,complete,@x"
    matched = done(f"id,=Name,Phone,Note\n{A},=cmd(),+49 30 1,-3.5", data)
    assert matched.table.header[1] == "'=Name"
    assert next(iter(matched.table.rows)) == (
        A, "'=cmd()", "'+49 30 1", "-3.5", A, "came", 80, "'=1", "58", "'@x",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("roster", "data", "file", "row", "column", "what"),
    [
        ("", DATA, "list", 0, "", "The file is empty."),
        (",,\n,", DATA, "list", 0, "", "The file is empty."),
        (
            b"PK\x03\x04",
            DATA,
            "list",
            0,
            "",
            "The file is a workbook (such as .xlsx or .ods) or a zip archive. Save the list as"
            " UTF-8 text; spreadsheet programs call that 'CSV UTF-8'.",
        ),
        (
            f'id\n{A}\n"x',
            DATA,
            "list",
            3,
            "",
            "The row cannot be read (unexpected end of data). A quotation mark is missing or left"
            " over, here or above.",
        ),
        ("," * 1_000 + A, DATA, "list", 0, "", "A row has more than 1,000 columns."),
        ("id", "", "participant data", 0, "", "The file is empty."),
        (
            "id",
            f"participant_id,link\n{A},x",
            "participant data",
            1,
            "",
            "There is no column 'percent_answered': this is no participant_data.csv. The header"
            " has: participant_id, link.",
        ),
        (
            "id",
            f"{DATA_HEADER}\n{A},101,,,left,",
            "participant data",
            2,
            "percent_answered",
            "'101' is no whole percentage from 0 to 100. Take the file as it was exported.",
        ),
        (
            "id",
            f"{DATA_HEADER}\n{A},many,,,left,",
            "participant data",
            2,
            "percent_answered",
            "'many' is no whole percentage from 0 to 100. Take the file as it was exported.",
        ),
    ],
)
def test_files_that_cannot_be_matched(
    roster: str | bytes, data: str, file: str, row: int, column: str, what: str
) -> None:
    assert refused(roster, data) == (file, [(row, column, what)])


cells = st.one_of(
    st.sampled_from([A, B, C, E, A.upper(), f"https://x.org/?pid={D}", "", "=1+1", "p1"]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(cells, min_size=1, max_size=4), min_size=1, max_size=8))
def test_no_row_is_ever_dropped_and_the_numbers_add_up(rows: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written).writerows([["Name", "id"], ["Ada", A], *rows])
    matched = done(written.getvalue(), column="id")
    counts = matched.counts
    filled = [row for row in rows if any(cell.strip() for cell in row)]
    assert counts.rows_of_list == 1 + len(filled)
    listed = counts.came + counts.came_under_threshold + counts.turned_away + counts.never_came
    assert listed == counts.rows_of_list
    file = b"".join(render(matched.table, matched.dialect)).decode("utf-8-sig")
    assert len(list(csv.reader(io.StringIO(file, newline="")))) == (
        1 + counts.rows_of_list + counts.not_on_your_list
    )


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80), st.text("ab,;\"\n\r\t'=", max_size=40))
def test_any_file_is_answered(some: bytes, text: str) -> None:
    for roster, data in (
        (some, DATA.encode()),
        (DATA.encode(), some),
        ((text + A).encode(), (DATA + text).encode()),
    ):
        assert isinstance(match(roster, data), Matched | NotMatched)
