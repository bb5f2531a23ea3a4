"""What an answer may hold, for each type of question."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.domain.examples import (
    multiple,
    number,
    scale,
    single,
)
from turnout.domain.answers import (
    MAX_ANSWER_TEXT,
    Body,
    checked,
    is_blank,
    is_storable,
    number_text,
)
from turnout.domain.guide import MultipleChoice, Number, OpenText, Option, Question, SingleChoice
from turnout.domain.refusals import Refused


def invalid(question: Question, body: Body) -> str:
    refused = checked(question, body)
    assert isinstance(refused, Refused)
    assert refused.code == "invalid"
    assert refused.retry_ms is None
    return refused.why


# --- what it may hold: choices ---


@pytest.mark.parametrize("body", [Body(option=1), Body(option=2), Body(other="By bicycle.")])
def test_a_single_choice_is_an_option_or_an_own_answer(body: Body) -> None:
    assert checked(single, body) == body


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (Body(), "Choose one option."),
        (Body(option=0), "not one of the question's"),
        (Body(option=-1), "not one of the question's"),
        (Body(option=3), "not one of the question's"),
        (Body(option=1, other="x"), "Choose one option, or"),
        (Body(other=""), "Write something first."),
        (Body(options=(1,)), "another type"),
        (Body(option=1, text="x"), "another type"),
        (Body(option=1, number=1), "another type"),
    ],
)
def test_what_is_no_single_choice(body: Body, why: str) -> None:
    assert why in invalid(single, body)


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (Body(options=(1,)), (1,)),
        (Body(options=(2, 1)), (1, 2)),
        (Body(options=(2, 2, 1)), (1, 2)),
        (Body(options=(3,)), (3,)),
        (Body(options=(1,), other="x"), (1,)),
        (Body(options=(), other="x"), ()),
        (Body(other="x"), ()),
    ],
)
def test_several_choices_are_kept_in_the_guides_order(body: Body, kept: tuple[int, ...]) -> None:
    assert checked(multiple, body) == replace(body, options=kept)


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (Body(), "at least one"),
        (Body(options=()), "at least one"),
        (Body(options=(0,)), "not the question's"),
        (Body(options=(1, 4)), "not the question's"),
        (Body(options=(-1, 2)), "not the question's"),
        (Body(options=(1, 3)), "leaves no room"),
        (Body(options=(3,), other="x"), "leaves no room"),
        (Body(options=(1,), other=" "), "Write something first."),
        (Body(option=1), "another type"),
        (Body(options=(1,), text="x"), "another type"),
        (Body(options=(1,), number=1), "another type"),
    ],
)
def test_what_is_no_multiple_choice(body: Body, why: str) -> None:
    assert why in invalid(multiple, body)


def test_own_answers_only_where_the_question_takes_them() -> None:
    options = (Option("Yes"), Option("No"))
    assert "of your own" in invalid(SingleChoice(options), Body(other="x"))
    assert "of your own" in invalid(MultipleChoice(options), Body(options=(1,), other="x"))


# --- what it may hold: texts ---

TEXTS = (
    "yes",
    "  indented\n\tand broken  ",
    "\u0645\u0631\u062d\u0628\u0627",
    "\N{FAMILY}",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467",
    "e" + "\u0301" * 200,
    "\u202eback to front",
    "=HYPERLINK(1)",
    "0",
    ".",
    "\u0301",
    "\ue000",
)


@pytest.mark.parametrize("text", TEXTS, ids=ascii)
def test_texts_are_stored_as_typed(text: str) -> None:
    assert checked(OpenText(), Body(text=text)) == Body(text=text)
    assert checked(single, Body(other=text)) == Body(other=text)


@pytest.mark.parametrize("char", ["x", "\u4e2d", "\N{GRINNING FACE}"], ids=ascii)
def test_a_text_has_at_most_2000_code_points(char: str) -> None:
    longest = Body(text=char * MAX_ANSWER_TEXT)
    assert checked(OpenText(), longest) == longest
    why = invalid(OpenText(), Body(text=char * (MAX_ANSWER_TEXT + 1)))
    assert why == "Too long: 1 over 2,000. Shorten it and send again."
    assert "1,000 over" in invalid(single, Body(other=char * 3_000))


@pytest.mark.parametrize(
    "text", ["a\0b", "a\ud800", "\udfffb", "a\ud83d\ude00b"], ids=["NUL", "high", "low", "pair"]
)
def test_what_no_database_takes_is_refused(text: str) -> None:
    assert "no text can hold" in invalid(OpenText(), Body(text=text))
    assert "no text can hold" in invalid(multiple, Body(other=text))
    assert not is_storable(text)


@given(st.text(st.characters()))
def test_a_storable_text_is_one_that_utf_8_holds_without_nul(text: str) -> None:
    encoded = text.encode(errors="replace")
    assert is_storable(text) == ("\0" not in text and encoded.decode() == text)


INVISIBLE = (
    "",
    " ",
    "\t\r\n\v\f",
    "\x00",
    "\x1f\x7f\x85",
    "\xa0\u1680\u2000\u2003\u200a\u202f\u205f\u3000",
    "\u2028\u2029",
    "\u200b\u200c\u200d\ufeff\u2060",
    "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069",
    "\xad\u034f\u115f\u1160\u3164\uffa0",
    "\u17b4\u17b5\u180b\u180c\u180d\u180e\u180f",
    "\u2061\u2062\u2063\u2064\u2065\u206a\u206f",
    "\u2800\u2800",
    "\ufe00\ufe0f\U000e0100\U000e01ef",
    "\ufff0\ufff8\ufff9\ufffb",
    "\U0001bca0\U0001d173\U0001d17a",
    "\U000e0001\U000e0020\U000e007f\U000e0fff",
)


@pytest.mark.parametrize("text", INVISIBLE, ids=ascii)
def test_only_invisible_characters_are_empty(text: str) -> None:
    assert is_blank(text)
    assert all(is_blank(char) for char in text)
    assert invalid(OpenText(), Body(text=text)) == "Write something first."
    assert invalid(multiple, Body(other=text)) == "Write something first."


@given(st.text(st.sampled_from("".join(INVISIBLE))), st.sampled_from(TEXTS))
def test_one_visible_character_is_something(invisible: str, visible: str) -> None:
    assert is_blank(invisible)
    assert not is_blank(invisible + visible)
    assert not is_blank(visible + invisible)


@pytest.mark.parametrize(
    "body", [Body(option=1), Body(text="x", number=1), Body(text="x", other="y")]
)
def test_a_text_is_nothing_else(body: Body) -> None:
    assert "another type" in invalid(OpenText(), body)


def test_no_text_is_empty() -> None:
    assert invalid(OpenText(), Body()) == "Write something first."


# --- what it may hold: numbers ---


@pytest.mark.parametrize("tenths", range(11))
def test_steps_of_a_tenth(tenths: int) -> None:
    exact = tenths / 10
    summed = sum([0.1] * tenths)
    for sent in (exact, summed, tenths * 0.1, min(exact + 1e-9, 1)):
        assert checked(number, Body(number=sent)) == Body(number=exact)


@pytest.mark.parametrize(
    "sent", [-0.1, 1.1, 0.05, 0.15, 0.3001, float("nan"), float("inf"), float("-inf"), None]
)
def test_what_is_off_the_steps_or_out_of_bounds(sent: float | None) -> None:
    assert invalid(number, Body(number=sent)) == "From 0 to 1, in steps of 0.1."


@pytest.mark.parametrize("sent", [1, 2, 3, 4, 5, 5.0])
def test_a_scale_takes_its_whole_numbers(sent: float) -> None:
    assert checked(scale, Body(number=sent)) == Body(number=sent)


@pytest.mark.parametrize("sent", [0, 6, 2.5, None])
def test_what_is_not_on_the_scale(sent: float | None) -> None:
    assert invalid(scale, Body(number=sent)) == "From 1 to 5, in steps of 1."


@pytest.mark.parametrize("body", [Body(number=1, text="x"), Body(option=1), Body(other="1")])
def test_a_number_is_nothing_else(body: Body) -> None:
    assert "another type" in invalid(number, body)
    assert "another type" in invalid(scale, body)


@pytest.mark.parametrize(
    ("question", "sent"),
    [
        (Number(-3.5, 3.5, 0.5), -3.5),
        (Number(-3.5, 3.5, 0.5), -0.0),
        (Number(0.5, 10, 3), 6.5),
        (Number(-(10**15), 10**15), 10**15),
        (Number(-(10**15), 10**15), 999_999_999_999_999),
        (Number(-(10**14), 10**14, 0.1), 0.3),
        (Number(0, 1e-6, 1e-7), 3e-7),
        (Number(0, 1, 0.3), 0.9),
    ],
)
def test_steps_are_counted_from_the_lowest_number(question: Number, sent: float) -> None:
    assert checked(question, Body(number=sent)) == Body(number=sent)


def test_the_highest_number_counts_only_if_a_step_reaches_it() -> None:
    assert "in steps of 0.3" in invalid(Number(0, 1, 0.3), Body(number=1))
    almost = Number(0, 0.3 - 1e-12, 0.1)
    assert checked(almost, Body(number=0.3 - 1e-12)) == Body(number=0.3 - 1e-12)


steps = st.sampled_from([0.1, 0.25, 0.5, 1, 2, 5, 0.01])


@given(st.integers(-1_000, 1_000), steps, st.integers(1, 2_000), st.data())
def test_every_step_is_taken_and_nothing_between(
    low: int, step: float, count: int, data: st.DataObject
) -> None:
    question = Number(low, low + count * step, step)
    taken = data.draw(st.integers(0, count))
    stored = checked(question, Body(number=low + taken * step))
    assert isinstance(stored, Body)
    assert stored.number is not None
    assert stored.number == pytest.approx(low + taken * step)
    assert question.min <= stored.number <= question.max
    assert checked(question, stored) == stored
    between = low + (taken + data.draw(st.floats(0.001, 0.999))) * step
    assert isinstance(checked(question, Body(number=between)), Refused)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (-0.0, "0"),
        (5.0, "5"),
        (-3.5, "-3.5"),
        (0.3, "0.3"),
        (1e-7, "0.0000001"),
        (10**15, "1000000000000000"),
        (1e15, "1000000000000000"),
        (-1234567.25, "-1234567.25"),
    ],
)
def test_numbers_are_written_without_an_exponent(value: float, text: str) -> None:
    assert number_text(value) == text


@given(st.floats(-(10**15), 10**15))
def test_a_written_number_is_the_number(value: float) -> None:
    assert float(number_text(value)) == value
    assert "e" not in number_text(value)


def test_large_bounds_are_told_in_full() -> None:
    why = invalid(Number(0, 2_000_000), Body(number=-1))
    assert why == "From 0 to 2000000, in steps of 1."


# --- all types ---

small = st.none() | st.integers(-1, 4)
bodies = st.builds(
    Body,
    option=small,
    options=st.none() | st.lists(st.integers(0, 4), max_size=4).map(tuple),
    other=st.none() | st.sampled_from(["", " ", "x", "\0"]),
    text=st.none() | st.text(max_size=3),
    number=st.none() | st.floats(-1, 6) | st.integers(-1, 6),
)
one_field = st.one_of(
    st.builds(Body, option=small),
    st.builds(Body, options=st.lists(st.integers(0, 4), max_size=4).map(tuple)),
    st.builds(Body, text=st.text(max_size=3)),
    st.builds(Body, number=st.integers(-1, 6)),
)


@given(st.sampled_from([single, multiple, OpenText(), number, scale]), st.one_of(bodies, one_field))
def test_what_was_checked_passes_again_unchanged(question: Question, body: Body) -> None:
    stored = checked(question, body)
    if isinstance(stored, Refused):
        assert stored.code == "invalid"
        return
    assert checked(question, stored) == stored
    texts = (stored.other, stored.text)
    assert all(text is None or not is_blank(text) for text in texts)
    set_fields = [
        stored.option is not None,
        stored.options is not None,
        stored.text is not None,
        stored.number is not None,
    ]
    assert sum(set_fields) == 1 or stored == Body(other=stored.other)
