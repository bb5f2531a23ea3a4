"""The spreadsheet template: what real guides look like, and every way a cell may be written."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnout.domain.guide import (
    Content,
    Item,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Scale,
    SingleChoice,
)
from turnout.guides import GuideFile, Problem, Problems, read_guide, write_yaml
from turnout.guides.cells import duration_text, seconds_of
from turnout.guides.header import letters

STREETS = Path(__file__).parent / "data/street-guide.csv"
NO_CATEGORIES = "No categories: people answer in their own words, under 'Other'."


def read(text: str, name: str = "guide.csv") -> GuideFile:
    guide = read_guide(name, text.encode())
    assert isinstance(guide, GuideFile), guide
    return guide


def one(row: str, header: str = "Item type,Content,Option 1,Option 2") -> Item:
    [item] = read(f"{header}\n{row}\n").items
    return item


def options(*texts: str) -> tuple[Option, ...]:
    return tuple(Option(text) for text in texts)


def test_a_guide_of_the_shape_of_the_real_ones() -> None:
    none = Option("None of the above", exclusive=True)
    several = (
        "Three things are good to know:\nThere are no right answers\n Everybody sees the same"
        ' questions\nIt takes ten minutes   \n"Street" means the road outside your home'
    )
    guide = read_guide(STREETS.name, STREETS.read_bytes())
    assert guide == GuideFile(
        (
            Item(
                1,
                "Please select your preferred language:",
                SingleChoice(options("Arabic", "English", "Chinese (China)", "Hindi")),
                tag="Merge 1",
                onboarding=True,
            ),
            Item(
                2,
                "Which letter does the name of your street begin with?",
                SingleChoice(options(*"ABCDEFGHIJKLMNOPQRSTUVWXYZ")),
                tag="Merge 2",
                onboarding=True,
            ),
            Item(
                3,
                "Welcome. We ask how people see the street they live in.",
                Message(),
                section="Intro",
                duration=10,
            ),
            Item(4, several, Message(), section="Intro", duration=10),
            Item(
                5,
                "Is there a tree in your street, \N{EN DASH} or a bush?",
                SingleChoice(options("Yes", "No ")),
                section="Streets",
                tag="Merge 3",
                duration=30,
            ),
            Item(
                6,
                "Which of these does your street have?",
                MultipleChoice(
                    (*options("Benches", "A crossing", "Shops"), none), other=True, randomize=True
                ),
                section="Streets",
                tag="Merge 4",
                duration=60,
            ),
            Item(
                7,
                "What would make your street better? Why?",
                OpenText(),
                section="Streets",
                tag="Merge 5",
                notes="read it aloud",
                duration=120,
            ),
            Item(
                8,
                "What has changed most in your street?",
                MultipleChoice(options("Traffic", "Shops")),
                section="Streets",
                tag="Merge 6",
                duration=60,
            ),
            Item(
                9,
                "Lastly, is there anything else you want to say?",
                MultipleChoice((), other=True),
                section="Outro",
                tag="Merge 7",
                duration=3600,
            ),
        ),
        remarks=(Problem(12, "Item type (dropdown)", NO_CATEGORIES),),
    )
    again = read_guide("guide.yaml", write_yaml(guide).encode())
    assert isinstance(again, GuideFile)
    assert again.items == guide.items


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("name", ["g.csv", "g.CSV", "g.tsv", "g.tab", "g", "g.txt"])
def test_encodings_delimiters_and_names(encoding: str, delimiter: str, name: str) -> None:
    rows = ["Item type|Content|Option 1", "speak|Hallo, Wörld; ja\tgut|", "single choice|?|a", ""]
    cells = [[f'"{cell}"' for cell in row.split("|")] for row in rows]
    text = "\r\n".join(delimiter.join(row) for row in cells)
    guide = read_guide(name, text.encode(encoding))
    assert isinstance(guide, GuideFile)
    assert [item.text for item in guide.items] == ["Hallo, Wörld; ja\tgut", "?"]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_ends_of_lines_in_and_between_cells(end: str) -> None:
    text = f'Item type,Content{end}speak,"a{end}b"{end}{end}speak,c'
    assert [item.text for item in read(text).items] == ["a\nb", "c"]


def test_columns_in_any_order_with_unknown_ones_between() -> None:
    header = "Option 2,Colour,CONTENT ,Option 1,item TYPE (dropdown),Notes"
    item = one("b,red,Which?,a,Poll  Single-Select,n", header)
    assert item == Item(1, "Which?", SingleChoice(options("a", "b")), notes="n")


@pytest.mark.parametrize(
    "header",
    [
        "Item type,Content,Duration,Randomize,Other,None of the above,Option 1",
        "Type,Text,Duration in minutes,Randomise,OTHER,Add \u201cNone of the above\u201d,Option 1",
        "item_type,content (required),duration (mm:ss),Randomize options or categories for each"
        " participant,Add 'Other' as an option,Add 'None of the above' as an option,"
        "Poll Option 1",
    ],
)
def test_headers_by_many_names(header: str) -> None:
    item = one("poll multi select,Which?,1:30,yes,x,1,a", header)
    choice = MultipleChoice((Option("a"), Option("None of the above", True)), True, True)
    assert item == Item(1, "Which?", choice, duration=90)


def test_the_header_may_stand_in_the_tenth_row() -> None:
    above = "My guide\n\n\n,,,\nby me\n\n\n\n\n"
    text = "Item type,Content\nspeak,Hello\n"
    assert [item.text for item in read(above + text).items] == ["Hello"]
    assert isinstance(read_guide("g.csv", f"\n{above}{text}".encode()), Problems)


def test_options_go_on_past_the_last_headed_column() -> None:
    many = [f"o{number}" for number in range(300)]
    item = one(f"single choice,Which?,{','.join(many)}")
    assert item.content == SingleChoice(options(*many))


def test_options_end_where_another_header_begins() -> None:
    guide = read("Item type,Content,Option 1,,Notes,\nsingle choice,?,a,b,note,c,,d\n")
    assert guide.items[0].content == SingleChoice(options("a", "b"))
    assert guide.items[0].notes == "note"
    assert guide.remarks == (
        Problem(2, "column F", "A column without a header; its text left out."),
        Problem(2, "column H", "A column without a header; its text left out."),
    )


def test_rows_in_which_nothing_of_ours_stands_are_skipped_and_counted() -> None:
    header = "Nr,Item type,Content,Randomize,Other,None of the above,Option 1"
    guide = read_guide(
        "g.csv", f"{header}\n1,speak,A\n2,,,FALSE,no,0,\n\n,,,\n3,,,,\n4,speak,\n".encode()
    )
    what = "The text is empty. Write what people should read."
    assert guide == Problems((Problem(7, "Content", what),))


@pytest.mark.parametrize(
    ("type", "content", "onboarding"),
    [
        ("speak", Message(), False),
        ("SPEAK ", Message(), False),
        ("message", Message(), False),
        ("poll single select", SingleChoice(options("a", "b")), False),
        ("single_choice", SingleChoice(options("a", "b")), False),
        ("poll multi select", MultipleChoice(options("a", "b")), False),
        ("multiple choice", MultipleChoice(options("a", "b")), False),
        ("ask opinion", OpenText(), False),
        ("Open text (long)", OpenText(), False),
        ("ask experience multi select", MultipleChoice(options("a", "b")), False),
        ("onboarding single select", SingleChoice(options("a", "b")), True),
        ("number 0-120", Number(0, 120), False),
        ("Number -10 - -5.5 step 0.25", Number(-10, -5.5, 0.25), False),
        ("number 1 to 3", Number(1, 3), False),
        ("scale 1-5", Scale(1, 5, "a", "b"), False),
        ("scale -2\N{EN DASH}2", Scale(-2, 2, "a", "b"), False),
    ],
)
def test_types(type: str, content: Content, onboarding: bool) -> None:
    assert one(f"{type},Text,a,b") == Item(1, "Text", content, onboarding=onboarding)


def test_a_scale_may_have_one_label_or_none() -> None:
    assert one("scale 1-5,?,bad").content == Scale(1, 5, "bad")
    assert one("scale 1-5,?").content == Scale(1, 5)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("", None),
        ("00:10", 10),
        ("0:30", 30),
        (" 2:00 ", 120),
        ("90:00", 5400),
        ("1:00:00", 3600),
        ("01:02:03", 3723),
        ("2", 120),
        ("\uff10\uff1a\uff13\uff10", 30),
    ],
)
def test_durations(cell: str, seconds: int | None) -> None:
    assert one(f"speak,Text,{cell}", "Item type,Content,Duration").duration == seconds


@given(st.integers(0, 14_400))
def test_every_duration_is_read_as_it_is_written(seconds: int) -> None:
    assert seconds_of(duration_text(seconds), minutes_alone=False) == seconds


@pytest.mark.parametrize("cell", ["yes", "YES", " y", "True", "x", "X", "1"])
def test_yes(cell: str) -> None:
    assert one(f"single choice,?,{cell}", "Type,Text,Other").content == SingleChoice((), True)


@pytest.mark.parametrize("cell", ["no", "N", "FALSE", "0", "", " "])
def test_no(cell: str) -> None:
    item = one(f"single choice,?,{cell},a", "Type,Text,Other,Option 1")
    assert item.content == SingleChoice(options("a"))


def test_an_experience_without_categories_and_with_other_is_no_surprise() -> None:
    guide = read("Type,Text,Other\nask experience multi select,?,yes\n")
    assert guide.items[0].content == MultipleChoice((), other=True)
    assert guide.remarks == ()


def test_what_only_a_choice_can_have_is_remarked_upon() -> None:
    guide = read(
        "Type,Text,Randomize,Other,None of the above,Option 1\n"
        "speak,A,yes,yes,yes\n"
        "ask opinion,B,,,,a,b\n"
        "number 1-5,C,,,,a\n"
        "scale 1-5,D,,,,a,b,c,d\n"
    )
    flag = "Only a choice can have this; left out."
    assert guide.remarks == (
        Problem(2, "Randomize", flag),
        Problem(2, "Other", flag),
        Problem(2, "None of the above", flag),
        Problem(3, "Option 1", "Only a choice has options; 2 left out."),
        Problem(4, "Option 1", "Only a choice has options; 1 left out."),
        Problem(5, "column H", "Only a choice has options; 2 left out."),
    )


def test_columns_have_letters_as_in_spreadsheet_programs() -> None:
    assert [letters(i) for i in (0, 25, 26, 51, 52, 701, 702)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]
