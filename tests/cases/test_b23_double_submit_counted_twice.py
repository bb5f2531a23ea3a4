"""Elsewhere impatient taps wrote several results, going back sent the answer again, and one second
submission left a player unable to answer anything for the rest of the lesson."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cases.crowd import joined, table
from tests.web.edge import CHOICE, TEXT, Edge, Talk
from tests.web.line import Line, aid

BODIES: list[dict[str, Any]] = [
    {"option": 1},
    {"option": 2},
    {"other": "neither"},
    {"option": 1},
    {"option": 2},
]


async def burst(line: Line, answers: list[tuple[str, dict[str, Any]]]) -> list[dict[str, Any]]:
    """Send all of them before anything is heard; what is said to each, in order."""
    for id, body in answers:
        await line.send({"t": "answer", "aid": id, "question": CHOICE, "base": 0, "body": body})
    said: list[dict[str, Any]] = []
    while len(said) < len(answers):
        message = await line.receive()
        if message["t"] in ("accepted", "refused"):
            said.append(message)
    return said


async def counted_once(edge: Edge, talk: Talk, line: Line, answer: str) -> None:
    """One row in every file, one on the screens, and the next question works."""
    async with edge.console(talk) as screen:
        tally = await screen.next("tally")
        assert [question["answered"] for question in tally["questions"]] == [1]
        assert [(who["answered"], who["percent_answered"]) for who in tally["people"]] == [(1, 100)]
    assert [row["answer"] for row in await table(edge, talk, "answers.csv")] == [answer]
    [question] = await table(edge, talk, "questions.csv")
    assert question["answered"] == "1"
    await edge.command(talk, "next")
    assert (await line.answer(TEXT, {"text": "next"}))["t"] == "accepted"
    [person] = await table(edge, talk, "participant_data.csv")
    assert (person["questions_answered"], person["percent_answered"]) == ("2", "100")


@pytest.mark.parametrize("body", BODIES[1:3])
async def test_the_same_answer_five_times_in_one_burst_is_one_with_one_acknowledgement(
    edge: Edge, body: dict[str, Any]
) -> None:
    talk, id = await edge.talk(), aid()
    async with (await joined(edge, talk)).arrived() as line:
        said = await burst(line, [(id, body)] * 5)
        assert {message["t"] for message in said} == {"accepted"}
        assert all(message == said[0] for message in said)
        assert (said[0]["aid"], said[0]["revision"]) == (id, 1)
        await counted_once(edge, talk, line, body.get("other", "No"))


async def test_five_taps_that_each_made_an_answer_are_the_first_one(edge: Edge) -> None:
    talk = await edge.talk()
    async with (await joined(edge, talk)).arrived() as line:
        first, *others = await burst(line, [(aid(), body) for body in BODIES])
        assert (first["t"], first["revision"]) == ("accepted", 1)
        for refused in others:
            assert refused["code"] == "superseded"
            assert refused["stored"] == {
                "aid": first["aid"],
                "revision": 1,
                "body": BODIES[0],
            }
        await counted_once(edge, talk, line, "Yes")


async def test_an_answer_whose_acknowledgement_was_lost_is_sent_again_and_counts_once(
    edge: Edge,
) -> None:
    talk, id = await edge.talk(), aid()
    browser = await joined(edge, talk)
    frame = {"t": "answer", "aid": id, "question": CHOICE, "base": 0, "body": {"option": 2}}
    for tab in range(1, 4):
        async with browser.arrived(tab=tab) as line:
            await line.send(frame)
            line.connection.transport.abort()
    async with browser.open() as line:
        await browser.hello(line, tab=4)
        held = (await line.next("welcome"))["mine"]
        assert all((one["aid"], one["revision"]) == (id, 1) for one in held)
        said = await line.answer(CHOICE, {"option": 2}, id=id)
        assert (said["t"], said["revision"]) == ("accepted", 1)
        await counted_once(edge, talk, line, "No")


async def test_another_answer_on_what_counts_replaces_it_and_on_what_no_longer_does_changes_nothing(
    edge: Edge,
) -> None:
    talk = await edge.talk()
    async with (await joined(edge, talk)).arrived() as line:
        first = await line.answer(CHOICE, {"option": 1})
        second = await line.answer(CHOICE, {"option": 2}, base=1)
        assert (second["t"], second["revision"]) == ("accepted", 2)
        went_back = await line.answer(CHOICE, {"option": 1}, base=0)
        copied = await line.answer(CHOICE, {"option": 1}, id=first["aid"])
        for refused in (went_back, copied):
            assert (refused["code"], refused["stored"]["aid"]) == ("superseded", second["aid"])
        await counted_once(edge, talk, line, "No")
