"""How a participant's number is made, and kindly read."""

import random
import re
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from turnout.domain.links import (
    ALPHABET,
    MAX_RAW,
    PID_BYTES,
    is_slug,
    link,
    make_pid,
    read_pid,
    read_pids,
    slug_of,
)

PID = make_pid(bytes(range(7, 7 + PID_BYTES)))
pids = st.binary(min_size=PID_BYTES, max_size=PID_BYTES).map(make_pid)


@given(st.binary(min_size=PID_BYTES, max_size=PID_BYTES))
def test_a_pid_is_p_and_16_characters_that_say_the_80_bits(random_bytes: bytes) -> None:
    pid = make_pid(random_bytes)
    assert re.fullmatch(r"p[0-9a-hj-km-np-tv-z]{16}", pid)
    number = 0
    for char in pid[1:]:
        number = number * 32 + ALPHABET.index(char)
    assert number.to_bytes(PID_BYTES, "big") == random_bytes
    assert read_pid(pid) == pid


@pytest.mark.parametrize("length", [0, 9, 11])
def test_a_pid_is_made_of_10_bytes(length: int) -> None:
    with pytest.raises(ValueError, match="10 bytes"):
        make_pid(bytes(length))


def test_b48_no_pid_is_a_number_a_date_or_a_formula() -> None:
    drawn = random.Random(48)
    made = [make_pid(drawn.randbytes(PID_BYTES)) for _ in range(10_000)]
    risky = re.compile(
        r"""[0-9]+ | [0-9.]+e[+-]?[0-9]+ | 0.* | true | false | [=+\-@\s'"].* | .*[,;.:/\-\s].*
        | (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*[0-9]+ | 0x[0-9a-f]+""",
        re.IGNORECASE | re.VERBOSE,
    )
    assert risky.fullmatch("1E5")
    assert risky.fullmatch("MAR1")
    for pid in made:
        assert not risky.fullmatch(pid)
        assert pid[0].isalpha()
        with pytest.raises(ValueError, match="could not convert"):
            float(pid)
    assert len({pid.casefold() for pid in made}) == len(made)


WIDE_NAME = "\uff30\uff29\uff24\uff1d"
"""PID= in full-width letters."""
GLUED = (
    *".,)>\"';:!?]}*_…»”。、\u2019\uff09\uff1e",
    *" \n\r\t\xa0\u3000",
    *"\u200b\u200c\u200d\u2060\ufeff\xad\u200e\u202c",
    ").",
    ">,",
    "\r\n",
    "\ufffd",
)


@pytest.mark.parametrize("glue", GLUED, ids=ascii)
@pytest.mark.parametrize("encoded", [False, True])
def test_b04_what_was_glued_to_a_link_comes_off(glue: str, encoded: bool) -> None:
    for raw in (PID + glue, glue + PID, f"{glue}{PID}{glue}"):
        assert read_pid(quote(raw, safe="") if encoded else raw) == PID


@pytest.mark.parametrize(
    "raw",
    [
        f"{PID}%22",
        f"%20{PID}",
        f"{PID}%0A",
        f"{PID}%E2%80%8B",
        f"{PID}%C2%A0",
        f"{PID}%EF%BB%BF",
        f"{PID}%2520",
        f"{PID}%",
        f"{PID}%FF",
        f"<{PID}>",
        "\u200b".join(PID),
        " ".join(PID),
        "".join(f"%{ord(char):02x}" for char in PID),
    ],
)
def test_b04_percent_escapes_and_invisible_characters_come_off(raw: str) -> None:
    assert read_pid(raw) == PID


def test_b04_full_width_forms_are_read() -> None:
    wide = "".join(chr(ord(char) + 0xFEE0) for char in PID)
    assert wide != PID
    assert read_pid(wide) == PID
    assert read_pid(wide.upper()) == PID


@given(pids, st.data())
def test_b06_letter_case_does_not_matter(pid: str, data: st.DataObject) -> None:
    upper = data.draw(st.lists(st.booleans(), min_size=len(pid), max_size=len(pid)))
    mixed = "".join(char.upper() if up else char for char, up in zip(pid, upper, strict=True))
    for raw in (pid.upper(), pid.title(), mixed):
        for name in (
            "",
            "pid=",
            "PID=",
            "Pid=",
            "?pid=",
            "pid=pid=",
            "pid = ",
            WIDE_NAME,
            "PID%3D",
        ):
            assert read_pid(name + raw) == pid


@given(pids, st.data())
def test_b06_look_alikes_are_one_character(pid: str, data: st.DataObject) -> None:
    alike = {"0": "0oO", "1": "1iIlL"}
    typed = "".join(data.draw(st.sampled_from(alike.get(char, char))) for char in pid)
    assert read_pid(typed) == pid


@pytest.mark.parametrize(
    "raw",
    [
        "",
        " ",
        "%20",
        "pid=",
        "{{%25PROLIFIC_PID%25}}",
        "{{%PROLIFIC_PID%}}",
        "%7B%7B%25PROLIFIC_PID%25%7D%7D",
        "${e://Field/pid}",
        "[ID]",
        "undefined",
        "null",
        "None",
        "NaN",
        "PROLIFIC_PID=" + PID,
        "5f8a3b2c1d0e9f8a7b6c5d4e",
    ],
)
def test_b07_a_placeholder_is_damaged(raw: str) -> None:
    assert read_pid(raw) is None


@pytest.mark.parametrize(
    "raw",
    [
        PID[:-1],
        PID + "0",
        PID[1:],
        "q" + PID[1:],
        PID[:-1] + "u",
        PID[:-1] + "é",
        PID[:-1] + "٣",
        PID + PID,
        f"{PID[:8]}-{PID[8:]}",
        PID[:-1] + "\ud800",
        PID + " " * (MAX_RAW - len(PID) + 1),
    ],
    ids=ascii,
)
def test_what_cannot_be_one_of_ours_is_damaged(raw: str) -> None:
    assert read_pid(raw) is None


def test_as_much_as_the_limit_is_looked_at() -> None:
    assert read_pid(PID + " " * (MAX_RAW - len(PID))) == PID


@given(st.text(st.characters(), max_size=60))
def test_nothing_breaks_the_reading(raw: str) -> None:
    pid = read_pid(raw)
    assert pid is None or read_pid(pid) == pid


def test_several_that_agree_are_one() -> None:
    other = make_pid(bytes(PID_BYTES))
    assert read_pids([PID]) == PID
    assert read_pids([PID, PID.upper(), PID + "."]) == PID
    assert read_pids([PID, other]) is None
    assert read_pids([PID, ""]) is None
    assert read_pids(["", "null"]) is None
    assert read_pids([]) is None


@pytest.mark.parametrize("slug", ["a", "7", "ab", "a-b", "global-dialogues-3", "x" * 63, "a--b"])
def test_a_slug(slug: str) -> None:
    assert is_slug(slug)


@pytest.mark.parametrize(
    "text", ["", "-", "-a", "a-", "A", "a b", "a/b", "a.b", "a_b", "é", "x" * 64, "a\n", "٣"]
)
def test_no_slug(text: str) -> None:
    assert not is_slug(text)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Global Dialogues 3", "global-dialogues-3"),
        ("  ¿Qué pasa, señor? ", "que-pasa-senor"),
        ("\uff21\uff22\uff23", "abc"),
        ("对话", ""),
        ("x" * 39 + " yz", "x" * 39),
        ("", ""),
    ],
)
def test_a_slug_is_made_of_a_title(title: str, slug: str) -> None:
    assert slug_of(title) == slug


@given(st.text(max_size=80))
def test_what_is_made_of_a_title_is_a_slug_or_nothing(title: str) -> None:
    assert slug_of(title) == "" or is_slug(slug_of(title))


def test_a_link_begins_with_the_public_address() -> None:
    assert (
        link("https://turnout.example", "talk", PID) == f"https://turnout.example/c/talk?pid={PID}"
    )
    assert link("https://turnout.example", "talk", None) == "https://turnout.example/c/talk"
