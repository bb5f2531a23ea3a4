"""Random valid guides, with every script and every text that YAML could take for something else."""

from dataclasses import replace

from hypothesis import strategies as st

from turnout.domain.guide import (
    MAX_DURATION,
    Content,
    Item,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Scale,
    SingleChoice,
    faults,
)
from turnout.guides import GuideFile

WORDS = """
    yes no on off ~ null true False 3 -3 1.50 0x1f 0o17 1e3 1_000 12:30:45 .inf .nan = << 2024-01-01
    - -- ? : # [ ] { } , & * ! | > ' " % @ ` --- ... a: a:b #a a# 'a' "a" {exclusive: \\n {{x}}
"""
TRAPS = tuple(WORDS.split())
LONGER = (
    "a: b",
    "a #b",
    "- a",
    " leading",
    "trailing ",
    "\ttab",
    "two\nlines",
    "two\n\n  lines\n",
    "\n\nbreaks first",
    "breaks last\n\n\n",
    "blank at the end \nof a line",
    "a\r\nb",
    "a\rb",
    "a\x85b\u2028c\u2029d",
    "\ufeffmark",
    "a\u00a0b\u200bc\u00add",
    "bell\x07 delete\x7f",
    "Was ist das? „Anführung“, ja…",
    "ما هي لغتك المفضلة؟",
    "您的首选语言是什么",
    "आपकी भाषा क्या है?",
    "👩‍👩‍👧‍👦 and 🏳️‍🌈",
    "word " * 60,
    "x" * 400,
)

any_text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=60)
odd_text = st.text(
    st.sampled_from("ab \n\t\r:#-'\"\\|>&*!%@`{}[],?~\u2028\x85\ufeffé漢"), max_size=30
)
texts = st.one_of(any_text, odd_text, st.sampled_from((*TRAPS, *LONGER)))
written = texts.filter(lambda text: bool(text.strip()))
options = st.lists(
    st.builds(Option, written, st.booleans()), max_size=6, unique_by=lambda o: o.text.strip()
)
numbers = st.one_of(
    st.integers(-(10**15), 10**15), st.floats(-1e15, 1e15, allow_nan=False, allow_infinity=False)
)


def choices(kind: type[SingleChoice | MultipleChoice]) -> st.SearchStrategy[Content]:
    return st.builds(
        lambda some, other, randomize: kind(tuple(some), other or not some, randomize),
        options,
        st.booleans(),
        st.booleans(),
    )


contents: st.SearchStrategy[Content] = st.one_of(
    st.just(Message()),
    st.just(OpenText()),
    choices(SingleChoice),
    choices(MultipleChoice),
    st.builds(Number, numbers, numbers, numbers),
    st.builds(
        lambda low, points, least, most: Scale(low, low + points, least, most),
        st.integers(-(10**14), 10**14),
        st.integers(1, 10),
        texts,
        texts,
    ),
)
items = st.builds(
    Item,
    st.just(1),
    written,
    contents,
    section=texts.filter(lambda text: len(text) <= 200),
    tag=texts.filter(lambda text: len(text) <= 200),
    notes=texts,
    duration=st.none() | st.integers(1, MAX_DURATION),
    auto_close=st.booleans(),
    onboarding=st.booleans(),
).filter(lambda item: not list(faults((item,))))


def _guide(title: str, drawn: list[Item]) -> GuideFile:
    numbered = (replace(item, id=id) for id, item in enumerate(drawn, start=1))
    return GuideFile(tuple(numbered), title)


guides = st.builds(
    _guide, texts.filter(lambda text: len(text) <= 200), st.lists(items, min_size=1, max_size=4)
)
