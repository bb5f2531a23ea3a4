"""`answers.csv`"""

from dataclasses import replace

import pytest

from tests.domain.examples import (
    GUIDE,
    MULTIPLE,
    NUMBER,
    OPEN,
    QUESTIONS,
    SCALE,
    SINGLE,
    T0,
    after,
    asked,
    live,
    settings,
    with_events,
)
from tests.exports.examples import answer, file_of, person, pid, read, rows_of, snapshot
from turnout.domain.answers import Body
from turnout.domain.commands import Send
from turnout.domain.conversation import Conversation
from turnout.domain.events import Edited
from turnout.domain.guide import Item, MultipleChoice, OpenText, Option, SingleChoice
from turnout.exports.answers import answers
from turnout.exports.csv_file import Dialect, Table, render
from turnout.exports.snapshot import AnswerRow

conversation = asked(6)


def answer_cell(question: int, body: Body, *, of: Conversation = conversation) -> str:
    (row,) = rows_of(answers(snapshot(of, [person(1)], [answer(question, 1, body)])))
    return row["answer"]


def test_a_row_says_whose_answer_to_what_and_when() -> None:
    given = [
        answer(OPEN, 2, Body(text="No."), late=True),
        answer(SINGLE, 1, Body(option=1), muted=True),
    ]
    rows = rows_of(answers(snapshot(conversation, [person(1), person(2)], given)))
    assert rows == [
        {
            "participant_id": pid(1),
            "question_id": "2",
            "question": "Do you agree?",
            "type": "single_choice",
            "answer": "Yes",
            "answered_at": "2026-11-25T09:00:00.001Z",
            "late": "no",
            "muted": "yes",
            "withdrawn": "no",
        },
        {
            "participant_id": pid(2),
            "question_id": "4",
            "question": "Why?",
            "type": "open_text",
            "answer": "No.",
            "answered_at": "2026-11-25T09:00:00.002Z",
            "late": "yes",
            "muted": "no",
            "withdrawn": "no",
        },
    ]


def test_rows_stand_by_the_place_in_the_guide_then_by_the_order_of_joining() -> None:
    backwards = replace(conversation, entries=conversation.entries[::-1])
    given = [answer(OPEN, n, Body(text="x")) for n in (10, 9, 2)]
    given += [answer(SCALE, 3, Body(number=1)), answer(SINGLE, 1, Body(option=1))]
    taken = replace(snapshot(backwards, [person(n) for n in range(1, 11)]), answers=tuple(given))
    rows = rows_of(answers(taken))
    assert [(row["question_id"], row["participant_id"]) for row in rows] == [
        ("6", pid(3)),
        ("4", pid(2)),
        ("4", pid(9)),
        ("4", pid(10)),
        ("2", pid(1)),
    ]


def test_answers_to_a_withdrawn_question_stay_and_are_marked() -> None:
    entries = [
        replace(entry, status="withdrawn") if entry.item.id == OPEN else entry
        for entry in conversation.entries
    ]
    withdrawn = replace(conversation, entries=tuple(entries))
    given = [answer(SINGLE, 1, Body(option=1)), answer(OPEN, 1, Body(text="x"))]
    rows = rows_of(answers(snapshot(withdrawn, [person(1)], given)))
    assert [(row["question_id"], row["withdrawn"]) for row in rows] == [("2", "no"), ("4", "yes")]


@pytest.mark.parametrize(
    ("question", "body", "cell"),
    [
        (SINGLE, Body(option=2), "No"),
        (SINGLE, Body(other="Perhaps | maybe"), "Perhaps | maybe"),
        (MULTIPLE, Body(options=(1,)), "Bus"),
        (MULTIPLE, Body(options=(2, 1)), "Bus|Tram"),
        (MULTIPLE, Body(options=(1, 2), other="On foot"), "Bus|Tram|On foot"),
        (MULTIPLE, Body(options=(), other="On foot"), "On foot"),
        (MULTIPLE, Body(other="On foot"), "On foot"),
        (MULTIPLE, Body(options=(1,), other="a|b"), "Bus|a\xa6b"),
        (OPEN, Body(text="a|b"), "a|b"),
        (NUMBER, Body(number=0.3), "0.3"),
        (NUMBER, Body(number=0), "0"),
        (SCALE, Body(number=5.0), "5"),
    ],
)
def test_how_each_type_is_written(question: int, body: Body, cell: str) -> None:
    assert answer_cell(question, body) == cell


def test_an_option_with_the_joining_character_is_one_choice_still() -> None:
    options = (Option("a|b"), Option("c"))
    items = (Item(1, "?", MultipleChoice(options)), Item(2, "?", SingleChoice(options)))
    assert answer_cell(1, Body(options=(1, 2)), of=live(items)) == "a\xa6b|c"
    assert answer_cell(2, Body(option=1), of=live(items)) == "a|b"


AWKWARD = (
    "a,b",
    "a;b",
    'say "yes"',
    "it''s",
    "tab\tin",
    "CR\rin",
    "LF\nin",
    "CRLF\r\nin",
    "line\u2028separator\u2029",
    "a\x0b\x0c\x85b",
    " blank before",
    "blank behind ",
    '"""',
    '"',
    "\N{GRINNING FACE}" * 2_000,
    "\ufeff",
    "\u0645\u0631\u062d\u0628\u0627 123",
)


@pytest.mark.parametrize("bom", [True, False])
@pytest.mark.parametrize("delimiter", [",", ";"])
def test_b49_no_answer_and_no_question_shifts_a_column(bom: bool, delimiter: str) -> None:
    items = tuple(Item(n, text, OpenText()) for n, text in enumerate(AWKWARD, start=1))
    people = [person(n) for n in range(1, len(AWKWARD) + 1)]
    given = [answer(q, p.number, Body(text=AWKWARD[p.number - 1])) for q in (1, 17) for p in people]
    given += [answer(item.id, 1, Body(text="x")) for item in items[1:16]]
    table = answers(snapshot(live(items), people, given))
    dialect = Dialect(bom, ";" if delimiter == ";" else ",")
    header, *rows = read(b"".join(render(table, dialect)), delimiter)
    assert len(rows) == len(given) == 2 * len(AWKWARD) + 15
    assert {len(row) for row in rows} == {len(header)} == {9}
    assert [row[4] for row in rows] == [*AWKWARD, *["x"] * 15, *AWKWARD]
    assert [row[2] for row in rows[16:33]] == list(AWKWARD)


def test_b50_texts_that_would_run_are_guarded_and_numbers_stay_numbers() -> None:
    items = (
        *(replace(item, text="=" + item.text) for item in GUIDE),
        Item(7, "-?", SingleChoice((Option("+1"), Option("-1")), other=True)),
        Item(8, "?", MultipleChoice((Option("@all"), Option("none")), other=True)),
    )
    of = live(items)
    assert answer_cell(OPEN, Body(text='=HYPERLINK("x")'), of=of) == '\'=HYPERLINK("x")'
    assert answer_cell(OPEN, Body(text="  =1"), of=of) == "'  =1"
    assert answer_cell(OPEN, Body(text=";=1"), of=of) == ";=1"
    assert answer_cell(7, Body(option=2), of=of) == "'-1"
    assert answer_cell(7, Body(other="\uff1d1"), of=of) == "'\uff1d1"
    assert answer_cell(8, Body(options=(1, 2)), of=of) == "'@all|none"
    assert answer_cell(8, Body(options=(), other="=1"), of=of) == "'=1"
    assert answer_cell(NUMBER, Body(number=-3.5), of=of) == "-3.5"
    (row,) = rows_of(answers(snapshot(of, [person(1)], [answer(7, 1, Body(option=1))])))
    assert row["question"] == "'-?"
    assert row["participant_id"] == pid(1)


def test_an_answer_stands_beside_the_words_that_were_shown_then() -> None:
    """The first answered before the correction, the second behind it."""
    sent = after(live(), [Send(SINGLE)])
    item = replace(GUIDE[1], text="Do you really agree?")
    corrected = with_events(sent, [Edited(item)], T0)
    given = [
        replace(answer(SINGLE, who, Body(option=1)), shown_rev=rev)
        for who, rev in ((1, sent.rev), (2, corrected.rev))
    ]
    rows = rows_of(answers(snapshot(corrected, [person(1), person(2)], given)))
    assert [row["question"] for row in rows] == ["Do you agree?", "Do you really agree?"]


# --- the single link ---

anonymous = live(chosen=settings(links="single"))
bodies = {
    SINGLE: Body(option=1),
    MULTIPLE: Body(options=(1,)),
    OPEN: Body(text="x"),
    NUMBER: Body(number=1),
    SCALE: Body(number=2),
}
everybody = [replace(person(n), pid="") for n in range(1, 21)]
everything = [
    answer(question, who, replace(bodies[question], text=f"by {who}", option=None))
    if question == OPEN
    else answer(question, who, bodies[question], late=True, muted=True)
    for question in QUESTIONS
    for who in range(1, 21)
]


def authors(rows: list[dict[str, str]]) -> list[str]:
    return [row["answer"].removeprefix("by ") for row in rows if row["question_id"] == str(OPEN)]


def test_anonymous_rows_name_nobody_and_no_time() -> None:
    table = answers(snapshot(anonymous, everybody, everything))
    assert table.header == answers(snapshot(conversation)).header
    rows = rows_of(table)
    assert len(rows) == 100
    for row in rows:
        empty = [row[name] for name in ("participant_id", "answered_at", "late", "muted")]
        assert empty == [""] * 4
        assert row["withdrawn"] == "no"
    assert [int(row["question_id"]) for row in rows] == [q for q in QUESTIONS for _ in range(20)]


def test_the_place_of_an_anonymous_row_tells_nothing_but_is_always_the_same() -> None:
    taken = snapshot(anonymous, everybody, everything)
    order = authors(rows_of(answers(taken)))
    assert sorted(order, key=int) == [str(n) for n in range(1, 21)]
    assert order != sorted(order, key=int)
    assert order == authors(rows_of(answers(replace(taken, at=taken.at + 1))))
    assert order != authors(rows_of(answers(replace(taken, key=b"another key"))))


def test_anonymous_rows_of_two_questions_are_shuffled_differently() -> None:
    twice = live((GUIDE[3], replace(GUIDE[3], id=5)), settings(links="single"))
    given: list[AnswerRow] = [
        answer(question, who, Body(text=str(who))) for question in (4, 5) for who in range(1, 21)
    ]
    texts = [row["answer"] for row in rows_of(answers(snapshot(twice, (), given)))]
    assert sorted(texts[:20]) == sorted(texts[20:])
    assert texts[:20] != texts[20:]


def test_a_file_without_answers_is_its_header() -> None:
    table = answers(snapshot(conversation))
    assert isinstance(table, Table)
    assert len(read(file_of(table))) == 1
