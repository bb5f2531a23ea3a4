"""The door to explanations: what they say belongs to tests/exports."""

from typing import Any

import httpx
import pytest

from tests.web.edge import CHOICE, LAST, TEXT, Edge, Talk
from tests.web.test_files_api import answered, file, rows


async def explain(edge: Edge, talk: Talk, **body: object) -> httpx.Response:
    return await edge.staff_post(f"conversations/{talk.slug}/explain", body)


async def test_a_participant_is_explained_as_the_file_says(edge: Edge) -> None:
    talk = await edge.talk()
    await answered(edge, talk)
    (row,) = rows(await file(edge, talk, "participant_data.csv"))[1:]
    found = await explain(edge, talk, pid=talk.pids[1].upper())
    assert found.status_code == 200
    told = found.json()
    numbers = [told[name] for name in ("pid", "percent_answered", "answered", "asked")]
    assert [str(one) for one in numbers] == row[:4]
    assert told["outcome"] == row[9]
    assert (told["participant"], told["reason"]) == (1, None)
    assert [
        (line["question"], line["position"], line["asked"], line["present"], line["answered"])
        for line in told["lines"]
    ] == [
        (CHOICE, 1, True, True, True),
        (TEXT, 2, False, False, False),
        (LAST, 3, False, False, False),
    ]
    assert told["lines"][1]["why"] == "It was never sent, so it counts for nobody."
    assert told["arithmetic"][0] == "percent_answered = floor(100 x 1 answered / 1 asked) = 100"
    assert (await explain(edge, talk, participant=1, run="live")).json() == told


async def test_a_link_that_nobody_joined_with_is_explained_too(edge: Edge) -> None:
    talk = await edge.talk()
    told = (await explain(edge, talk, pid=talk.pids[0])).json()
    assert (told["participant"], told["outcome"], told["asked"]) == (None, "never_joined", None)
    assert told["lines"] == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"pid": "p0000000000000000"}, 404, "unlisted"),
        ({"participant": 9}, 404, "unlisted"),
        ({"pid": "somebody"}, 400, "damaged"),
        ({"pid": ""}, 400, "damaged"),
        ({}, 422, "invalid"),
        ({"participant": 1, "run": "flex"}, 422, "invalid"),
        ({"participant": "1"}, 400, "malformed"),
        ([], 400, "malformed"),
    ],
    ids=str,
)
async def test_what_cannot_be_explained_is_refused_in_words(
    edge: Edge, body: Any, status: int, code: str
) -> None:
    talk = await edge.talk()
    response = await edge.staff_post(f"conversations/{talk.slug}/explain", body)
    assert (response.status_code, response.json()["code"]) == (status, code)
    assert response.json()["why"]


async def test_an_anonymous_conversation_explains_nobody(edge: Edge) -> None:
    talk = await edge.talk(links="single")
    await answered(edge, talk)
    response = await explain(edge, talk, participant=1)
    assert (response.status_code, response.json()["code"]) == (409, "anonymous")


async def test_no_explanation_without_a_post(edge: Edge) -> None:
    """A pid never stands in an address."""
    talk = await edge.talk()
    path = f"conversations/{talk.slug}/explain?pid={talk.pids[0]}"
    assert (await edge.staff_get(path)).status_code == 405
