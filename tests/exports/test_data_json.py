"""`data.json`: all of it, with the exact texts."""

import json
from dataclasses import replace
from typing import Any

from hypothesis import given

from tests.domain.examples import (
    GUIDE,
    MINUTE,
    MULTIPLE,
    NUMBER,
    OPEN,
    SINGLE,
    T0,
    after,
    asked,
    live,
    settings,
    with_events,
)
from tests.exports.examples import answer, flexible, person, pid, snapshot
from tests.exports.worlds import snapshots
from turnout.domain.answers import Body
from turnout.domain.commands import End, Send
from turnout.domain.events import Edited
from turnout.domain.progress import Span
from turnout.exports.csv_file import CHUNK
from turnout.exports.data_json import data_json
from turnout.exports.runs import of_run
from turnout.exports.snapshot import Snapshot

ended = after(asked(5), [End()], T0 + 10 * MINUTE)


def data(taken: Snapshot, run: int | None = None) -> dict[str, Any]:
    text = b"".join(data_json(taken, run)).decode()
    found: dict[str, Any] = json.loads(text)
    return found


def test_texts_are_exact() -> None:
    text = '=HYPERLINK("x")\r\n|\u202e\u0645\u0631\u062d\u0628\u0627 \N{GRINNING FACE} \u00e9'
    given = [
        answer(SINGLE, 1, Body(other="=1|2")),
        answer(MULTIPLE, 1, Body(options=(1, 2), other="a|b")),
        answer(OPEN, 1, Body(text=text)),
        answer(NUMBER, 1, Body(number=0.3)),
    ]
    found = data(snapshot(ended, [person(1)], given))
    assert [(row["answer"], row["chosen"]) for row in found["answers"]] == [
        ({"other": "=1|2"}, []),
        ({"options": [1, 2], "other": "a|b"}, ["Bus", "Tram"]),
        ({"text": text}, []),
        ({"number": 0.3}, []),
    ]
    raw = b"".join(data_json(snapshot(ended, [person(1)], given), None))
    assert "\u0645\u0631\u062d\u0628\u0627 \N{GRINNING FACE} \u00e9".encode() in raw


def test_an_answer_says_all_that_is_known_of_it() -> None:
    row = replace(
        answer(SINGLE, 1, Body(option=2), late=True), revision=3, first_at=T0, aid="never shown"
    )
    (found,) = data(snapshot(ended, [person(1)], [row]))["answers"]
    assert found == {
        "question_id": SINGLE,
        "question": "Do you agree?",
        "type": "single_choice",
        "answer": {"option": 2},
        "chosen": ["No"],
        "withdrawn": False,
        "participant": 1,
        "run": 1,
        "revision": 3,
        "first_answered_at": "2026-11-25T09:00:00.000Z",
        "answered_at": "2026-11-25T09:00:00.001Z",
        "late": True,
        "muted": False,
    }


def test_a_participant_and_a_link() -> None:
    taken = snapshot(ended, [person(1, Span(T0, T0 + MINUTE))], links=2)
    refused = replace(taken.links[1], turned_away="full")
    found = data(replace(taken, links=(taken.links[0], refused)))
    assert found["participants"] == [
        {
            "number": 1,
            "participant_id": pid(1),
            "asked": 4,
            "answered": 0,
            "percent_answered": 0,
            "present": 1,
            "answered_while_present": 0,
            "percent_while_present": 0,
            "first_joined_at": "2026-11-25T09:00:00.000Z",
            "attended": [
                {"since": "2026-11-25T09:00:00.000Z", "until": "2026-11-25T09:01:00.000Z"}
            ],
            "device_changes": 0,
            "muted": False,
            "outcome": "left",
        }
    ]
    assert found["links"] == [
        {
            "number": 1,
            "participant_id": pid(1),
            "joined": True,
            "outcome": None,
            "reason": None,
        },
        {
            "number": 2,
            "participant_id": pid(2),
            "joined": False,
            "outcome": "turned_away",
            "reason": "full",
        },
    ]


def test_the_whole_guide_with_what_was_not_asked_and_earlier_words() -> None:
    conversation = after(live(), [Send(SINGLE)])
    corrected = with_events(conversation, [Edited(replace(GUIDE[1], text="Really?"))], T0)
    items = data(snapshot(corrected))["items"]
    assert [(item["id"], item["status"], item["asked"]) for item in items] == [
        (1, "queued", False),
        (2, "open", True),
        *((number, "queued", False) for number in (3, 4, 5, 6)),
    ]
    assert items[1]["text"] == "Really?"
    assert [old["text"] for old in items[1]["earlier_wordings"]] == ["Do you agree?"]
    assert items[1]["open"] == [{"since": "2026-11-25T09:00:00.000Z", "until": None}]
    assert items[1]["content"]["options"][0] == {"text": "Yes", "exclusive": False}


def test_runs_and_which_of_them_it_is_about() -> None:
    taken = snapshot(flexible(), [person(1, Span(T0, T0 + 1))])
    found = data(of_run(taken, None))
    assert [run["name"] for run in found["runs"]] == ["live", "flex", "flex-2"]
    assert found["runs"][0]["until"] == "2026-11-25T09:10:00.000Z"
    assert (found["run"], data(of_run(taken, 2), 2)["run"]) == ("all", "flex")


def test_anonymous_answers_connect_to_nothing() -> None:
    conversation = after(live(chosen=settings(links="single")), [Send(OPEN)])
    people = [replace(person(n), pid="") for n in range(1, 21)]
    given = [answer(OPEN, n, Body(text=str(n)), late=True) for n in range(1, 21)]
    found = data(snapshot(conversation, people, given))
    assert found["participants"] == found["links"] == []
    assert {tuple(row) for row in found["answers"]} == {
        ("question_id", "question", "type", "answer", "chosen", "withdrawn")
    }
    texts = [row["answer"]["text"] for row in found["answers"]]
    assert sorted(texts, key=int) == [str(n) for n in range(1, 21)] != texts


@given(snapshots())
def test_keys_stand_in_one_order_and_the_file_comes_in_pieces(taken: Snapshot) -> None:
    pieces = list(data_json(taken, None))
    assert pieces == list(data_json(taken, None))
    found = json.loads(b"".join(pieces))
    assert list(found) == [
        "format",
        "slug",
        "run",
        "phase",
        "settings",
        "runs",
        "items",
        "participants",
        "links",
        "answers",
    ]
    for name in ("items", "participants", "links", "answers"):
        assert len({tuple(row) for row in found[name]}) <= 1


def test_a_large_file_comes_in_pieces() -> None:
    people = [person(n) for n in range(1, 101)]
    given = [answer(OPEN, n, Body(text="x" * 2_000)) for n in range(1, 101)]
    pieces = list(data_json(snapshot(ended, people, given), None))
    assert len(pieces) > 2
    assert max(map(len, pieces)) < CHUNK + 5_000
    assert len(json.loads(b"".join(pieces))["answers"]) == 100
