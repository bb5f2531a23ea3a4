"""The door to the files: what is in them belongs to tests/exports; here how they are handed out."""

import csv
import tempfile
from pathlib import Path

import httpx
import pytest

from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge, Talk

NAMES = ("links", "participant_data", "answers", "questions")


async def file(edge: Edge, talk: Talk, name: str) -> httpx.Response:
    return await edge.staff_get(f"conversations/{talk.slug}/files/{name}")


async def answered(edge: Edge, talk: Talk) -> None:
    browser = Browser(edge, talk, talk.pids[1] if talk.pids else None)
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        assert (await line.answer(CHOICE, {"other": "=1+1, caf\u00e9"}))["t"] == "accepted"


def rows(response: httpx.Response, delimiter: str = ",") -> list[list[str]]:
    text = response.content.decode("utf-8-sig")
    return list(csv.reader(text.splitlines(keepends=True), delimiter=delimiter))


@pytest.mark.parametrize("name", NAMES)
async def test_a_file_says_how_long_it_is_and_what_it_is_called(edge: Edge, name: str) -> None:
    talk = await edge.talk()
    await answered(edge, talk)
    response = await file(edge, talk, f"{name}.csv")
    assert response.status_code == 200
    assert int(response.headers["content-length"]) == len(response.content)
    assert "transfer-encoding" not in response.headers
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["cache-control"] == "no-store"
    interim = "" if name == "links" else "-interim"
    assert response.headers["content-disposition"] == (
        f'attachment; filename="{talk.slug}-{name}{interim}.csv"; '
        f"filename*=UTF-8''Streets%20%26%20-squares%20-%20{name}{interim}.csv"
    )
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert response.content.endswith(b"\r\n")


async def test_participant_data_has_who_came_and_on_request_who_did_not(edge: Edge) -> None:
    talk = await edge.talk()
    await answered(edge, talk)
    came = rows(await file(edge, talk, "participant_data.csv"))
    assert [row[:4] for row in came[1:]] == [[talk.pids[1], "100", "1", "1"]]
    everybody = rows(await file(edge, talk, "participant_data.csv?include=all"))
    assert [(row[0], row[9]) for row in everybody[2:]] == [
        (talk.pids[0], "never_joined"),
        (talk.pids[2], "never_joined"),
    ]


async def test_a_file_comes_in_the_dialect_that_was_asked_for(edge: Edge) -> None:
    talk = await edge.talk()
    await answered(edge, talk)
    plain = await file(edge, talk, "answers.csv?bom=no&delimiter=semicolon")
    assert plain.content.startswith(b"participant_id;question_id;")
    spreadsheet = await file(edge, talk, "answers.csv?bom=yes&delimiter=comma")
    assert rows(plain, ";") == rows(spreadsheet) == rows(await file(edge, talk, "answers.csv"))
    assert rows(plain, ";")[1][4] == "'=1+1, caf\u00e9"


@pytest.mark.parametrize(
    "query",
    ["bom=maybe", "delimiter=tab", "include=some", "colour=red", "bom", "bom=no&bom=perhaps"],
)
async def test_an_option_that_there_is_not_is_refused_in_words(edge: Edge, query: str) -> None:
    talk = await edge.talk()
    response = await file(edge, talk, f"participant_data.csv?{query}")
    assert (response.status_code, response.json()["code"]) == (422, "invalid")
    assert "bom=no, delimiter=semicolon" in response.json()["why"]


@pytest.mark.parametrize(
    "name", ["answers", "answers.xlsx", "bundle.zip", "..%2Fturnout.db", "%00"]
)
async def test_a_file_that_there_is_not_is_not_found(edge: Edge, name: str) -> None:
    talk = await edge.talk()
    assert (await file(edge, talk, name)).status_code == 404


async def test_a_file_of_an_unknown_conversation_is_not_found(edge: Edge) -> None:
    response = await file(edge, Talk("nothing-here"), "links.csv")
    assert (response.status_code, response.json()["code"]) == (404, "unknown")


async def test_an_anonymous_conversation_has_no_participant_file_and_says_why(edge: Edge) -> None:
    talk = await edge.talk(links="single")
    await answered(edge, talk)
    response = await file(edge, talk, "participant_data.csv")
    assert response.status_code == 409
    assert response.json() == {
        "code": "anonymous",
        "why": "There is no participant file: this conversation is anonymous, so nothing connects "
        "answers to people.",
    }
    assert len(rows(await file(edge, talk, "answers.csv"))) == 2


async def test_files_made_after_the_end_and_its_grace_are_final_and_stay_so(
    own_edge: Edge,
) -> None:
    talk = await own_edge.talk()
    await answered(own_edge, talk)
    await own_edge.command(talk, "end")
    within = await file(own_edge, talk, "answers.csv")
    assert "-interim" in within.headers["content-disposition"]
    own_edge.clock.advance(61_000)
    first = [await file(own_edge, talk, f"{name}.csv") for name in NAMES]
    own_edge.clock.advance(3_600_000)
    second = [await file(own_edge, talk, f"{name}.csv") for name in NAMES]
    for one, other in zip(first, second, strict=True):
        assert "-interim" not in one.headers["content-disposition"]
        assert one.content == other.content


async def test_asking_for_the_head_of_a_file_gives_its_length(edge: Edge) -> None:
    talk = await edge.talk()
    whole = await file(edge, talk, "links.csv")
    path = f"/api/console/conversations/{talk.slug}/files/links.csv"
    head = await edge.request("HEAD", path, origin=None, token=edge.turnout.token)
    assert head.content == b""
    assert head.headers["content-length"] == whole.headers["content-length"]


async def test_no_temporary_file_stays_behind(
    edge: Edge, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    talk = await edge.talk()
    for name in NAMES:
        assert (await file(edge, talk, f"{name}.csv")).status_code == 200
    assert list(tmp_path.iterdir()) == []
