"""`participant_data.csv`: the file this exists for."""

from dataclasses import replace

import pytest

from tests.domain.examples import (
    MINUTE,
    MULTIPLE,
    OPEN,
    SINGLE,
    T0,
    after,
    asked,
    draft,
    live,
    settings,
    with_events,
)
from tests.exports.examples import answer, person, pid, rows_of, snapshot
from turnout.domain.answers import Body
from turnout.domain.commands import Close, End, Next, Publish, Send, Start
from turnout.domain.conversation import (
    Conversation,
    Entry,
)
from turnout.domain.events import (
    Opened,
)
from turnout.domain.guide import Item, Message, OpenText
from turnout.domain.progress import Span
from turnout.domain.refusals import Refused
from turnout.exports.participant_data import participant_data
from turnout.exports.runs import of_run

END = T0 + 10 * MINUTE
FINAL = END + MINUTE
ended = after(asked(4), [End()], END)
"""Three questions, from minutes 1, 2 and 3; ten minutes long."""
whole = Span(T0, END)
x = Body(text="x")


def test_a_row_says_all_there_is_to_say() -> None:
    visits = (Span(T0 + 500, T0 + 90_000), Span(T0 + 80_000, T0 + 125_500))
    row = replace(person(1, *visits, joined=T0 + 500), device_changes=2)
    answers = [answer(SINGLE, 1, Body(option=1))]
    (found,) = rows_of(participant_data(snapshot(ended, [row], answers)))
    assert found == {
        "participant_id": pid(1),
        "percent_answered": "33",
        "questions_answered": "1",
        "questions_asked": "3",
        "percent_while_present": "50",
        "minutes_present": "2",
        "first_joined_at": "2026-11-25T09:00:00.500Z",
        "last_seen_at": "2026-11-25T09:02:05.500Z",
        "device_changes": "2",
        "outcome": "left",
        "reason": "",
    }


def test_who_joined_and_answered_nothing_has_0() -> None:
    (found,) = rows_of(participant_data(snapshot(ended, [person(1, whole)])))
    assert found["percent_answered"] == found["questions_answered"] == "0"
    assert found["percent_while_present"] == "0"


def test_where_nothing_was_asked_there_is_no_percentage() -> None:
    conversation = after(live(), [Next(), End()], T0, MINUTE)
    (found,) = rows_of(participant_data(snapshot(conversation, [person(1)])))
    assert found["percent_answered"] == found["percent_while_present"] == ""
    assert found["questions_answered"] == found["questions_asked"] == "0"
    assert found["outcome"] == "left"
    assert found["last_seen_at"] == found["first_joined_at"]


def test_nothing_counts_behind_the_end_and_its_grace() -> None:
    taken = snapshot(ended, [person(1, Span(T0, END + 9 * MINUTE))])
    (found,) = rows_of(participant_data(of_run(taken, None)))
    assert found["minutes_present"] == "11"
    assert found["last_seen_at"] == "2026-11-25T09:11:00.000Z"


def test_links_that_nobody_joined_with_follow_on_request() -> None:
    people = [person(2, whole), person(3, whole)]
    taken = snapshot(ended, people, links=4)
    assert [row["participant_id"] for row in rows_of(participant_data(taken))] == [pid(2), pid(3)]
    rows = rows_of(participant_data(taken, include_all=True))
    assert [row["participant_id"] for row in rows] == [pid(2), pid(3), pid(1), pid(4)]
    absent = dict.fromkeys(rows[0], "")
    for row, number in zip(rows[2:], (1, 4), strict=True):
        assert row == absent | {"participant_id": pid(number), "outcome": "never_joined"}


def test_a_link_that_was_turned_away_says_why() -> None:
    taken = snapshot(ended, [person(2, whole)], links=3)
    first, second, third = taken.links
    refused = replace(taken, links=(replace(first, turned_away="full"), second, third))
    rows = rows_of(participant_data(refused, include_all=True))
    assert [(row["participant_id"], row["outcome"], row["reason"]) for row in rows] == [
        (pid(2), "complete", ""),
        (pid(1), "turned_away", "full"),
        (pid(3), "never_joined", ""),
    ]


def test_an_anonymous_conversation_has_no_participants_to_tell_of() -> None:
    conversation = live(chosen=settings(links="single"))
    for include_all in (False, True):
        assert participant_data(snapshot(conversation), include_all=include_all) == Refused(
            "anonymous",
            "There is no participant file: this conversation is anonymous, so nothing connects "
            "answers to people.",
        )


# --- outcome ---


def outcome(conversation: Conversation, *attended: Span, at: int = FINAL + 1) -> str:
    (row,) = rows_of(participant_data(snapshot(conversation, [person(1, *attended)], at=at)))
    return row["outcome"]


@pytest.mark.parametrize(
    ("until", "expected"),
    [
        (END - MINUTE - 1, "left"),
        (END - MINUTE, "complete"),
        (END, "complete"),
        (FINAL, "complete"),
    ],
)
def test_who_stayed_into_the_last_minute_is_complete(until: int, expected: str) -> None:
    assert outcome(ended, Span(T0, until)) == expected
    assert outcome(ended, Span(T0, until), Span(T0, T0 + 1)) == expected
    assert outcome(ended, Span(T0, until), at=END + 1) == expected


def test_who_came_back_only_after_the_end_has_left() -> None:
    assert outcome(ended, Span(T0, T0 + MINUTE), Span(END + 1, END + 2)) == "left"
    assert outcome(ended, Span(T0, T0 + MINUTE), Span(END, END + 2)) == "complete"
    assert outcome(ended) == "left"


def test_while_it_goes_on_the_moment_of_the_file_stands_for_the_end() -> None:
    at = T0 + 7 * MINUTE
    assert outcome(asked(4), Span(T0, at - MINUTE), at=at) == "complete"
    assert outcome(asked(4), Span(T0, at - MINUTE - 1), at=at) == "left"


def test_a_run_of_less_than_a_minute_is_its_own_last_stretch() -> None:
    conversation = after(after(draft(), [Publish(), Start()], T0 + 9_000), [End()], T0 + 15_000)
    assert outcome(conversation, Span(T0, T0 + 8_000)) == "left"
    assert outcome(conversation, Span(T0, T0 + 9_000)) == "complete"


def test_who_answered_all_is_complete_and_who_was_removed_is_removed() -> None:
    brief = Span(T0, T0 + 1)
    people = [person(1, brief), person(2, brief), person(3, brief, removed=True)]
    answers = [
        answer(question, number, x)
        for number, questions in ((1, 3), (2, 2), (3, 3))
        for question in (SINGLE, MULTIPLE, OPEN)[:questions]
    ]
    rows = rows_of(participant_data(snapshot(ended, people, answers)))
    assert [row["outcome"] for row in rows] == ["complete", "left", "removed"]
    assert [row["percent_answered"] for row in rows] == ["100", "66", "100"]


# --- cases ---


def test_b41_percentages_lie_between_0_and_100() -> None:
    """Ten questions queued; seven sent, one of them twice; one sent and withdrawn; one added on the
    fly; a message. Asked: seven and the added one."""
    queue = tuple(Item(n, f"Question {n}?", OpenText()) for n in range(1, 11))
    conversation = live((*queue, Item(11, "Welcome.", Message())))
    sent = [Send(n) for n in (11, 1, 2, 3, 4, 5, 6, 7, 3, 8)]
    conversation = after(conversation, [*sent, Close()], T0, 1_000)
    withdrawn = conversation.entries[7]
    added = Entry(Item(12, "And now?", OpenText()))
    entries = (*conversation.entries[:7], replace(withdrawn, status="withdrawn"))
    entries += (*conversation.entries[8:], added)
    conversation = with_events(replace(conversation, entries=entries), [Opened(12)], T0 + 60_000)
    conversation = after(conversation, [End()], END)
    asked_ids = (1, 2, 3, 4, 5, 6, 7, 12)

    people = [
        person(1, whole),  # answered all, the withdrawn one too
        person(2, whole),  # changed each answer three times: one counted answer each
        person(3, whole, whole),  # two devices
        person(4, Span(T0 + 5_500, END)),  # joined after question 4
        person(5, whole),  # nothing
        person(6, whole),  # the withdrawn one and nothing else
    ]
    answers = [answer(n, who, x) for who in (1, 2, 3) for n in (*asked_ids, 8)]
    answers = [replace(row, revision=3) if row.participant == 2 else row for row in answers]
    answers += [answer(n, 4, x) for n in (5, 6, 7, 12)]
    answers += [answer(8, 6, x)]
    rows = rows_of(participant_data(snapshot(conversation, people, answers)))
    assert {row["questions_asked"] for row in rows} == {"8"}
    assert [row["questions_answered"] for row in rows] == ["8", "8", "8", "4", "0", "0"]
    assert [row["percent_answered"] for row in rows] == ["100", "100", "100", "50", "0", "0"]
    # The fourth was there when question 3 was sent again.
    assert [row["percent_while_present"] for row in rows] == ["100", "100", "100", "80", "0", "0"]
