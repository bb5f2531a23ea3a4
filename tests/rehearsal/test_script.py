import pytest

from tests.rehearsal.examples import ANSWERS, GUIDE, HEADER
from turnout import wire
from turnout.guides import GuideFile, read_guide
from turnout.rehearsal.script import Mistakes, Script, read_scripts


def scripts(text: str | bytes) -> tuple[Script, ...] | Mistakes:
    guide = read_guide("guide.yaml", GUIDE)
    assert isinstance(guide, GuideFile)
    return read_scripts(text.encode() if isinstance(text, str) else text, guide.items)


def mistakes(text: str | bytes) -> list[tuple[int, str, str]]:
    found = scripts(text)
    assert isinstance(found, Mistakes)
    return [(problem.row, problem.column, problem.what) for problem in found.problems]


def test_a_row_becomes_the_bodies_of_answers() -> None:
    found = scripts(ANSWERS)
    assert isinstance(found, tuple)
    ann, bob, cid, dee = found
    assert [script.row for script in found] == ["ann", "bob", "cid", "dee"]
    assert ann.answers == {
        1: wire.Body(option=1),
        2: wire.Body(options=[1, 2]),
        3: wire.Body(text='Because, I said\n"so"'),
        4: wire.Body(number=2.5),
        5: wire.Body(number=5),
    }
    assert bob.answers == {
        1: wire.Body(other="Mauve"),
        2: wire.Body(options=[3], other="on foot"),
        3: wire.Body(text="=1+1"),
        5: wire.Body(number=3),
    }
    assert cid.answers == {}
    assert dee.answers[1] == wire.Body(option=2)
    assert dee.answers[2] == wire.Body(options=[4])


def test_blank_lines_and_a_byte_order_mark_do_not_matter() -> None:
    found = scripts(f"\ufeff{HEADER}\n\neve,Red,,,,\n\n")
    assert isinstance(found, tuple)
    assert [script.row for script in found] == ["eve"]


@pytest.mark.parametrize(
    ("row", "column", "why"),
    [
        ("x,Red,Bus|a|b,,,", "q2", "'a' and 'b' are both no option"),
        ("x,Red,Bus|None of these,,,", "q2", "leaves no room"),
        ("x,,,,many,", "q4", "'many' is no number"),
        ("x,,,,nan,", "q4", "'nan' is no number"),
        ("x,,,,2.3,", "q4", "From 0 to 100, in steps of 0.5"),
        ("x,,,,,6", "q5", "From 1 to 5"),
        ("x, ,,,,", "q1", "Write something first"),
        (f"x,,,{'y' * 2001},,", "q3", "Too long: 1 over 2,000"),
        (",Red,,,,", "participant", "no name"),
        ("x,Red", "", "2 cells; the header has 6"),
    ],
)
def test_a_mistake_is_told_with_its_place(row: str, column: str, why: str) -> None:
    ((at, where, what),) = mistakes(f"{HEADER}\n{row}\n")
    assert (at, where) == (2, column)
    assert why in what


def test_a_name_that_stands_twice_is_a_mistake() -> None:
    ((row, _, what),) = mistakes(f"{HEADER}\nx,,,,,\nx,,,,,\n")
    assert row == 3
    assert "row 2 too" in what


def test_an_own_answer_where_none_is_allowed_is_no_option() -> None:
    guide = read_guide("g.yaml", GUIDE.replace(b"other: true", b"other: false"))
    assert isinstance(guide, GuideFile)
    found = read_scripts(f"{HEADER}\nx,Mauve,Bus|walk,,,\n".encode(), guide.items)
    assert isinstance(found, Mistakes)
    assert [problem.what for problem in found.problems] == [
        "'Mauve' is no option.",
        "'walk' is no option.",
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "The file is empty"),
        (b"\xff\xfe\xff", "not UTF-16"),
        (f'{HEADER}\n"x'.encode(), "no CSV"),
        (b"participant,q1\n", "1 columns for questions; the guide has 5"),
    ],
)
def test_a_file_that_is_none_is_refused(data: bytes, why: str) -> None:
    ((_, _, what),) = mistakes(data)
    assert why in what


def test_columns_have_to_be_in_the_guides_order() -> None:
    found = mistakes("participant,q2,q1,q3,q4,q5\nx,,,,,\n")
    assert [(row, column) for row, column, _ in found] == [(1, "q2"), (1, "q1")]
