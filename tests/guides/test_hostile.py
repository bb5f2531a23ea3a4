"""Whatever is in a file, reading it gives a guide or problems in words, soon, and never raises."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.guides.strategies import guides
from turnout.guides import GuideFile, Problems, read_guide, write_yaml

HEADER = "Item type,Content,Duration,Other,Option 1,Option 2\n"
names = st.sampled_from(["guide.csv", "guide.yaml", "guide.xlsx", "guide", ""])
MIB = 1024 * 1024

HUGE = {
    "commas": b"," * (5 * MIB),
    "wide header": b"Item type,Content" + b",a" * (2 * MIB),
    "a million columns": HEADER.encode() + b"a," * (2 * MIB),
    "empty rows": HEADER.encode() + b"\n" * (5 * MIB - 100),
    "short rows": HEADER.encode() + b"a\n" * (2 * MIB),
    "one quote": HEADER.encode() + b'"' + b"a\n" * (2 * MIB),
    "quotes": HEADER.encode() + b'"' * (5 * MIB - 100),
    "parentheses": b"(" * 100_000 + b"\n" + b"Item type,Content" + b",(((((((((((((" * 1_900,
    "same options": HEADER.encode() + (b"single choice,A,,," + b"a," * 300 + b"\n") * 1_000,
    "brackets": b"[" * (512 * 1024),
    "braces": b"items: " + b"{" * (500 * 1024),
    "lists": b"- " * (256 * 1024),
    "keys": b"".join(b"k%d: a\n" % number for number in range(20_000)),
    "questions": b"items:\n" + b"- ?\n" * 100_000,
    "one text": b"items: '" + b"''" * (250 * 1024),
    "lines": b"items: a\n" + b" a\n" * (170 * 1024),
    "blanks": b" " * (512 * 1024 - 1) + b"a",
}


@pytest.mark.parametrize("name", ["guide.csv", "guide.yaml"])
@pytest.mark.parametrize("data", HUGE.values(), ids=HUGE)
def test_huge_files_are_answered(name: str, data: bytes) -> None:
    """Each in a second or two; at quadratic cost it would be hours."""
    guide = read_guide(name, data)
    assert isinstance(guide, Problems)
    assert 1 <= len(guide.problems) <= 201
    assert all(len(problem.what) < 1_000 for problem in guide.problems)


@settings(max_examples=100, deadline=None)
@given(names, st.binary(max_size=200))
def test_any_bytes(name: str, data: bytes) -> None:
    assert_in_words(read_guide(name, data))


@settings(max_examples=100, deadline=None)
@given(names, st.text(st.sampled_from("ab,;\t\"'\n\r -:#[]{}&*!|>%?@\\\0\ufeffé"), max_size=60))
@example("guide.yaml", "%YAML 1." + "9" * 5_000 + "\n--- a")
def test_any_text_in_the_place_of_items(name: str, text: str) -> None:
    for before in (HEADER, f"{HEADER}single choice,", "items:\n- message: ", "items:\n"):
        assert_in_words(read_guide(name, (before + text).encode()))


@settings(max_examples=60, deadline=None)
@given(guides, st.data())
def test_a_guide_with_a_slip_in_it(guide: GuideFile, data: st.DataObject) -> None:
    text = write_yaml(guide)
    at = data.draw(st.integers(0, len(text)))
    slip = data.draw(st.sampled_from(["", ":", "\n", "'", '"', "- ", "{", "&a ", "\t", "\0", "x"]))
    cut = data.draw(st.integers(0, 5))
    assert_in_words(read_guide("guide.yaml", (text[:at] + slip + text[at + cut :]).encode()))


def assert_in_words(guide: GuideFile | Problems) -> None:
    if isinstance(guide, GuideFile):
        assert guide.items
        return
    assert guide.problems
    assert [p.row for p in guide.problems] == sorted(p.row for p in guide.problems)
    assert all(" " in problem.what and problem.row >= 0 for problem in guide.problems)
