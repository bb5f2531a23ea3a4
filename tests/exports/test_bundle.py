"""`bundle.zip`: what stands in it, and the counts that must add up."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import given

from tests.docs.markdown import own_text, read, rows, section
from tests.domain.examples import MINUTE, OPEN, SINGLE, T0, after, asked, draft, live, settings
from tests.exports.examples import answer, flexible, person, pid, snapshot
from tests.exports.examples import read as lines
from tests.exports.worlds import snapshots
from turnout.domain.answers import Body
from turnout.domain.commands import End, Withdraw
from turnout.domain.progress import Span
from turnout.domain.refusals import Refused
from turnout.exports.bundle import bundle, dated
from turnout.exports.csv_file import Dialect, render
from turnout.exports.dictionary import MEANINGS, OUTCOMES, dictionary
from turnout.exports.files import TABLES, Options, pieces, table
from turnout.exports.participant_data import ANONYMOUS
from turnout.exports.runs import of_run
from turnout.exports.snapshot import Snapshot

OPTIONS = Options("https://turnout.example")
END = T0 + 10 * MINUTE
DOC = read("files.md")


def bundled(taken: Snapshot, options: Options = OPTIONS) -> dict[str, bytes]:
    return {name: b"".join(made) for name, made in bundle(of_run(taken, options.run), options)}


def whole(name: str, taken: Snapshot, options: Options = OPTIONS) -> bytes:
    made = pieces(name, of_run(taken, options.run), options)
    assert not isinstance(made, Refused)
    return b"".join(made)


@pytest.fixture
def taken() -> Snapshot:
    """Three questions, one of them taken back; two came of four who were invited."""
    conversation = after(asked(4), [Withdraw(OPEN), End()], END)
    people = [person(1, Span(T0, END)), person(2, Span(T0, T0 + MINUTE))]
    given = [
        answer(SINGLE, 1, Body(option=1)),
        answer(SINGLE, 2, Body(option=2)),
        answer(OPEN, 1, Body(text="x")),
    ]
    return snapshot(conversation, people, given, links=4, at=END + 10 * MINUTE)


def test_all_files_stand_in_it_as_they_are_alone(taken: Snapshot) -> None:
    found = bundled(taken)
    assert list(found) == [
        "README.txt",
        "data_dictionary.csv",
        "links.csv",
        "participant_data.csv",
        "participant_data_all.csv",
        "answers.csv",
        "questions.csv",
        "data.json",
    ]
    for name in (*TABLES, "data.json"):
        assert found[name] == whole(name, taken)
    everybody = replace(OPTIONS, include_all=True)
    assert found["participant_data_all.csv"] == whole("participant_data.csv", taken, everybody)
    assert bundled(taken, everybody) == found


def test_the_readme_says_the_formula_and_the_counts(taken: Snapshot) -> None:
    text = bundled(taken)["README.txt"].decode()
    assert "percent_answered = floor(100 x distinct questions answered / distinct" in text
    assert text.splitlines()[0] == "A conversation"
    assert "live: from 2026-11-25T09:00:00.000Z until 2026-11-25T09:10:00.000Z" in text
    assert "INTERIM" not in text
    assert text.partition("What must add up\n")[2].splitlines()[1:7] == [
        "2 rows in participant_data.csv",
        "4 rows in participant_data_all.csv, 2 of them nobody joined with",
        "2 = sum of questions_answered in participant_data.csv"
        " = 2 = sum of answered in questions.csv = 2 = rows in answers.csv with withdrawn = no",
        "1 rows in answers.csv with withdrawn = yes",
        "2 rows in questions.csv = questions_asked of everybody",
        "",
    ]


@given(snapshots())
def test_the_counts_add_up_and_are_those_of_the_files(taken: Snapshot) -> None:
    found = bundled(taken)
    rows = {name: lines(found[name])[1:] for name in found if name.endswith(".csv")}
    sums = [
        sum(int(row[2]) for row in rows["participant_data.csv"]),
        sum(int(row[7]) for row in rows["questions.csv"]),
        sum(row[8] == "no" for row in rows["answers.csv"]),
    ]
    assert len(set(sums)) == 1
    text = found["README.txt"].decode()
    said = next(line for line in text.splitlines() if " = sum of questions_answered" in line)
    assert re.findall(r"(\d+) =", said) == [str(one) for one in sums]
    assert f"{len(rows['participant_data.csv'])} rows in participant_data.csv" in text
    assert f"{len(rows['questions.csv'])} rows in questions.csv = questions_asked" in text
    data = json.loads(found["data.json"])
    assert len(data["answers"]) == len(rows["answers.csv"])
    assert len(data["participants"]) == len(rows["participant_data.csv"])


def test_an_anonymous_bundle_has_no_participant_files_and_says_why() -> None:
    conversation = live(chosen=settings(links="single"))
    found = bundled(snapshot(conversation))
    assert not [name for name in found if "participant" in name]
    text = found["README.txt"].decode()
    assert "nothing connects answers to people" in text
    assert "0 = sum of answered in questions.csv = 0 = rows in answers.csv" in text
    assert "INTERIM" in text
    assert "goes on" in text
    assert pieces("participant_data.csv", snapshot(conversation), OPTIONS) == ANONYMOUS


def test_the_dialect_holds_for_every_table(taken: Snapshot) -> None:
    found = bundled(taken, replace(OPTIONS, dialect=Dialect(bom=False, delimiter=";")))
    for name, data in found.items():
        assert not data.startswith(b"\xef\xbb\xbf")
        if name.endswith(".csv"):
            assert b";" in data.partition(b"\r\n")[0]
    assert all(
        data.startswith(b"\xef\xbb\xbf") == name.endswith(".csv")
        for name, data in bundled(taken).items()
    )


def test_the_bundle_of_a_run_says_which(taken: Snapshot) -> None:
    of_flex = snapshot(flexible(), [person(1, Span(T0, T0 + 1))])
    text = bundled(of_flex, replace(OPTIONS, run=2))["README.txt"].decode()
    assert "These files are about the run flex:" in text
    assert "0 rows in participant_data.csv" in text
    assert "about all runs together" in bundled(of_flex)["README.txt"].decode()


def test_entries_are_dated_at_the_end() -> None:
    ended = after(asked(2), [End()], END)
    assert dated(snapshot(ended, at=END + 10**9)) == (2026, 11, 25, 9, 10, 0)
    first = of_run(snapshot(flexible(), at=END + 10**10), 1)
    assert dated(first) == (2026, 11, 25, 9, 10, 0)
    # While it goes on, at the last thing that happened; never at the time of export.
    assert dated(snapshot(asked(2), at=END)) == (2026, 11, 25, 9, 1, 0)


@pytest.mark.parametrize(("at", "year"), [(0, 1980), (7 * 10**12, 2107)])
def test_a_clock_that_zip_files_cannot_tell_is_brought_near(at: int, year: int) -> None:
    assert dated(snapshot(replace(draft(), at=at)))[0] == year


def test_there_is_no_other_table(taken: Snapshot) -> None:
    with pytest.raises(KeyError):
        table("people.csv", taken, OPTIONS)


def test_the_guard_is_in_the_tables_and_not_in_the_data() -> None:
    given = [answer(OPEN, 1, Body(text="=1+1"))]
    found = bundled(snapshot(after(asked(4), [End()], END), [person(1)], given))
    assert b"'=1+1" in found["answers.csv"]
    assert b'"=1+1"' in found["data.json"]
    assert pid(1).encode() in found["data.json"]


@pytest.mark.parametrize("name", MEANINGS)
def test_the_dictionary_has_the_words_of_the_documentation(name: str) -> None:
    assert described(name, "| column |") == MEANINGS[name]


def test_so_it_has_for_outcomes() -> None:
    assert described("participant_data.csv", "| `outcome` | |") == OUTCOMES
    found = lines(b"".join(render(dictionary(), Dialect())))
    last = [row[1:] for row in found[-len(OUTCOMES) :]]
    assert last == [[f"outcome = {outcome}", OUTCOMES[outcome]] for outcome in OUTCOMES]


def described(name: str, header: str) -> dict[str, str]:
    """The table below this header in the section of a file."""
    table = own_text(section(DOC, name)).partition(header)[2].partition("\n\n")[0]
    return {cells[0].strip("`"): cells[1].replace("`", "") for cells in rows(table)}


def test_the_dictionary_has_a_row_for_each_column(taken: Snapshot) -> None:
    found = lines(bundled(taken)["data_dictionary.csv"])
    assert found[0] == ["file", "column", "meaning"]
    for name in TABLES:
        header = lines(whole(name, taken))[0]
        assert [row[1] for row in found if row[0] == name][: len(header)] == header
