"""Elsewhere answers hung on a question's place or present wording: after an edit or a deletion they
were still counted, but nobody could see them, or a column of old results was gone."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.cases.crowd import download, joined, room_of, strictly, table
from tests.web.edge import CHOICE, HELLO, LAST, TEXT, Edge, Talk
from tests.web.line import aid

COLUMNS = "participant_id,question_id,question,type,answer,answered_at,late,muted,withdrawn"
WORDING = "Do you agree?"


def choice(text: str = WORDING, *options: str) -> dict[str, Any]:
    return {
        "type": "single_choice",
        "text": text,
        "options": [{"text": option} for option in options or ("Yes", "No")],
        "other": True,
    }


async def edit(edge: Edge, talk: Talk, item: int, draft: dict[str, Any]) -> httpx.Response:
    body = {"cid": aid(), "op": "edit", "item": item, "draft": draft}
    return await edge.staff_post(f"conversations/{talk.slug}/command", body)


async def answered(edge: Edge, people: int = 5) -> Talk:
    """A live conversation whose first question has so many answers."""
    talk = await edge.talk(most=people + 1)
    async with room_of([await joined(edge, talk, place) for place in range(people)]) as lines:
        for number, line in enumerate(lines):
            said = await line.answer(CHOICE, {"option": 1 + number % 2})
            assert said["t"] == "accepted"
    return talk


async def by_link(edge: Edge, talk: Talk, question: int, file: str = "answers.csv") -> Any:
    """Wording and answer of everybody who answered this question."""
    return {
        row["participant_id"]: (row["question"], row["answer"])
        for row in await table(edge, talk, file)
        if row["question_id"] == str(question)
    }


async def test_a_corrected_wording_keeps_every_answer_with_the_words_it_was_given_to(
    edge: Edge,
) -> None:
    talk = await answered(edge)
    before = await by_link(edge, talk, CHOICE)
    percent = await table(edge, talk, "participant_data.csv")
    late = await joined(edge, talk, 5)
    async with late.arrived() as line:
        fixed = choice("Do you really agree?", "Yes", "No", "Perhaps")
        assert (await edit(edge, talk, CHOICE, fixed)).status_code == 200
        seen = (await line.next("event"))["event"]
        assert (seen["kind"], seen["item"]["text"]) == ("edited", "Do you really agree?")
        assert (await line.answer(CHOICE, {"option": 3}))["t"] == "accepted"
    after = await by_link(edge, talk, CHOICE)
    assert after == before | {talk.pids[5]: ("Do you really agree?", "Perhaps")}
    kept = (await table(edge, talk, "participant_data.csv"))[:5]
    columns = ("participant_id", "percent_answered", "questions_answered", "questions_asked")
    assert [[r[c] for c in columns] for r in kept] == [[r[c] for c in columns] for r in percent]


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (choice(WORDING, "Yes"), "can't be taken away"),
        (choice(WORDING, "No", "Yes"), "options can be added, not reworded"),
        (choice(WORDING, "Yes", "Never"), "options can be added, not reworded"),
        (choice() | {"other": False}, "can't be taken away"),
        ({"type": "open_text", "text": WORDING}, "keeps its type"),
        ({"type": "message", "text": WORDING}, "another number"),
        (choice(""), "The text is empty"),
    ],
)
async def test_what_would_change_the_meaning_of_an_answer_is_refused_in_words(
    edge: Edge, draft: dict[str, Any], words: str
) -> None:
    talk = await answered(edge, 2)
    before = (await download(edge, talk, "answers.csv")).content
    refused = await edit(edge, talk, CHOICE, draft)
    assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
    assert words in refused.json()["why"]
    assert (await download(edge, talk, "answers.csv")).content == before


async def test_a_deleted_question_keeps_its_answers_and_leaves_the_percentage(edge: Edge) -> None:
    talk = await answered(edge, 2)
    await edge.command(talk, "next")
    before = await by_link(edge, talk, CHOICE)
    await edge.command(talk, "withdraw", item=CHOICE)
    assert await by_link(edge, talk, CHOICE) == before
    assert {row["withdrawn"] for row in await table(edge, talk, "answers.csv")} == {"yes"}
    rows = await table(edge, talk, "participant_data.csv")
    assert [(row["questions_asked"], row["percent_answered"]) for row in rows] == [("1", "0")] * 2
    await edge.command(talk, "send", item=CHOICE)
    rows = await table(edge, talk, "participant_data.csv")
    assert [(row["questions_asked"], row["percent_answered"]) for row in rows] == [("2", "50")] * 2
    assert {row["withdrawn"] for row in await table(edge, talk, "answers.csv")} == {"no"}


async def test_nothing_takes_a_question_out_of_a_guide_that_was_begun(edge: Edge) -> None:
    talk = await answered(edge, 1)
    other = {"name": "g.yaml", "data": "aXRlbXM6CiAgLSBvcGVuX3RleHQ6IFdoeT8K"}
    body = {"cid": aid(), "guide": other}
    refused = await edge.staff_post(f"conversations/{talk.slug}/guide", body)
    assert (refused.status_code, refused.json()["code"]) == (409, "phase")
    assert len(await by_link(edge, talk, CHOICE)) == 1


@pytest.mark.parametrize("after", [HELLO, CHOICE, TEXT, LAST])
async def test_another_order_and_more_questions_leave_answers_where_they_belong(
    edge: Edge, after: int
) -> None:
    talk = await answered(edge, 2)
    before = await by_link(edge, talk, CHOICE)
    draft = {"type": "open_text", "text": "In between?"}
    await edge.command(talk, "add", draft=draft, after=after)
    for item in (LAST, TEXT):  # against the guide's order
        await edge.command(talk, "send", item=item)
    assert await by_link(edge, talk, CHOICE) == before
    asked = {
        row["question_id"]: row["question"] for row in await table(edge, talk, "questions.csv")
    }
    assert asked == {str(CHOICE): WORDING, str(TEXT): "Why?", str(LAST): "And now?"}


async def test_all_of_it_and_then_flex_and_the_file_of_the_first_run_stays(own_edge: Edge) -> None:
    edge = own_edge
    talk = await answered(edge)
    await edit(edge, talk, CHOICE, choice("Do you agree, then?", "Yes", "No", "Perhaps"))
    await edge.command(talk, "next")
    await edge.command(talk, "withdraw", item=CHOICE)
    await edge.command(talk, "end")
    edge.clock.advance(11 * 60_000)
    live = (await download(edge, talk, "answers.csv?run=live")).content
    await edge.command(talk, "reopen_flex", days=1)
    async with (await joined(edge, talk, 5)).arrived() as line:
        assert (await line.answer(TEXT, {"text": "later"}))["t"] == "accepted"
        fixed = await edit(edge, talk, TEXT, {"type": "open_text", "text": "Why so?"})
        assert fixed.status_code == 200
    whole = (await download(edge, talk, "answers.csv?bom=no")).content
    assert whole.decode().splitlines()[0] == COLUMNS
    assert (await download(edge, talk, "answers.csv?run=live")).content == live
    assert {row["question"] for row in strictly(live)} == {WORDING}
    rows = {row["question_id"]: row for row in strictly(whole)}
    assert (rows[str(TEXT)]["question"], rows[str(TEXT)]["withdrawn"]) == ("Why?", "no")
    assert (rows[str(CHOICE)]["question"], rows[str(CHOICE)]["withdrawn"]) == (WORDING, "yes")
