"""The door to the files: what is in them belongs to tests/exports; here how they are handed out."""

import csv
import errno
import io
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.web.browser import Browser
from tests.web.edge import CHOICE, TEXT, Edge, Talk

NAMES = ("links", "participant_data", "answers", "questions")
ALL = (*(f"{name}.csv" for name in NAMES), "data.json", "bundle.zip")
DAY = 24 * 3_600_000


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
    [
        "bom=maybe",
        "delimiter=tab",
        "include=some",
        "colour=red",
        "bom",
        "bom=no&bom=perhaps",
        "run=live&pid=p0000000000000000",
    ],
)
async def test_an_option_that_there_is_not_is_refused_in_words(edge: Edge, query: str) -> None:
    talk = await edge.talk()
    response = await file(edge, talk, f"participant_data.csv?{query}")
    assert (response.status_code, response.json()["code"]) == (422, "invalid")
    assert "bom=no, delimiter=semicolon" in response.json()["why"]


@pytest.mark.parametrize(
    "name", ["answers", "answers.xlsx", "bundle", "README.txt", "..%2Fturnout.db", "%00"]
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
    first = [await file(own_edge, talk, f"{name}?include=all") for name in ALL]
    own_edge.clock.advance(3_600_000)
    second = [await file(own_edge, talk, f"{name}?include=all") for name in ALL]
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
    for name in ALL:
        assert (await file(edge, talk, name)).status_code == 200
    assert list(tmp_path.iterdir()) == []


async def test_the_bundle_holds_the_files_as_they_are_alone(edge: Edge) -> None:
    talk = await edge.talk()
    await answered(edge, talk)
    response = await file(edge, talk, "bundle.zip")
    assert response.headers["content-type"] == "application/zip"
    assert int(response.headers["content-length"]) == len(response.content)
    assert f'filename="{talk.slug}-bundle-interim.zip"' in response.headers["content-disposition"]
    with zipfile.ZipFile(io.BytesIO(response.content)) as bundle:
        assert bundle.testzip() is None
        assert {entry.external_attr >> 16 for entry in bundle.infolist()} == {0o100644}
        assert len({entry.date_time for entry in bundle.infolist()}) == 1
        for name in ALL[:-1]:
            if name != "participant_data.csv":  # who is connected goes on living meanwhile
                assert bundle.read(name) == (await file(edge, talk, name)).content
        assert "= 1 = rows in answers.csv" in bundle.read("README.txt").decode()


async def test_all_data_as_json(edge: Edge) -> None:
    talk = await edge.talk()
    await answered(edge, talk)
    response = await file(edge, talk, "data.json")
    assert response.headers["content-type"] == "application/json"
    assert response.json()["answers"][0]["answer"] == {"other": "=1+1, caf\u00e9"}
    assert response.json()["slug"] == talk.slug


async def test_the_live_runs_files_stay_the_same_through_flex(own_edge: Edge) -> None:
    """Somebody new comes in flex, somebody answers the rest, and strangers are turned away."""
    talk = await own_edge.talk()
    first = Browser(own_edge, talk, talk.pids[1])
    assert (await first.join()).status_code == 200
    async with first.arrived() as line:
        assert (await line.answer(CHOICE, {"option": 1}))["t"] == "accepted"
    await own_edge.command(talk, "end")
    own_edge.clock.advance(61_000)
    assert (await Browser(own_edge, talk, talk.pids[0]).join()).status_code == 410
    own_edge.clock.advance(600_000)
    names = [f"{name}?run=live&include=all" for name in ALL]
    before = [await file(own_edge, talk, name) for name in names]

    await own_edge.command(talk, "reopen_flex", days=7)
    for browser in (first, Browser(own_edge, talk, talk.pids[0])):
        assert (await browser.join()).status_code == 200
        async with browser.arrived() as line:
            assert (await line.answer(TEXT, {"text": "Later."}))["t"] == "accepted"
    assert (await Browser(own_edge, talk, talk.pids[1]).join()).status_code == 409
    during = [await file(own_edge, talk, name) for name in names]
    own_edge.clock.advance(8 * DAY)
    after = [await file(own_edge, talk, name) for name in names]

    for one, other, third in zip(before, during, after, strict=True):
        assert one.status_code == 200
        assert one.content == other.content == third.content
        assert one.headers["content-disposition"] == third.headers["content-disposition"]
    assert f"{talk.slug}-answers-live.csv" in before[2].headers["content-disposition"]
    live = rows(before[1])
    assert [(row[0], row[9], row[10]) for row in live[1:]] == [
        (talk.pids[1], "complete", ""),
        (talk.pids[0], "turned_away", "over"),
        (talk.pids[2], "never_joined", ""),
    ]
    flex = rows(await file(own_edge, talk, "participant_data.csv?run=flex"))
    assert [row[:4] for row in flex[1:]] == [
        [talk.pids[1], "66", "2", "3"],
        [talk.pids[0], "33", "1", "3"],
    ]
    assert rows(await file(own_edge, talk, "participant_data.csv"))[1][:4] == flex[1][:4]
    assert len(rows(await file(own_edge, talk, "answers.csv?run=2"))) == 4


async def test_a_run_that_there_was_not_is_refused_in_words(edge: Edge) -> None:
    talk = await edge.talk()
    for query, status in (("run=live", 200), ("run=1", 200), ("run=all", 200), ("run=flex", 422)):
        response = await file(edge, talk, f"answers.csv?{query}")
        assert response.status_code == status
    assert "Choose one of: live (1); or all." in response.json()["why"]


class _Full(io.BytesIO):
    """A file on a disk that has no room left."""

    def write(self, data: Any) -> int:
        raise OSError(errno.ENOSPC, "No space left on device")


class _Broken(io.BytesIO):
    def write(self, data: Any) -> int:
        raise OSError(errno.EIO, "Input/output error")


def _no_folder(**_: str) -> io.BytesIO:
    raise FileNotFoundError(errno.ENOENT, "No usable temporary directory found")


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("made", [lambda **_: _Full(), _no_folder], ids=["full", "no folder"])
async def test_without_room_on_the_disk_a_file_is_refused_in_words(
    edge: Edge, monkeypatch: pytest.MonkeyPatch, name: str, made: Any
) -> None:
    talk = await edge.talk()
    monkeypatch.setattr(tempfile, "TemporaryFile", made)
    response = await file(edge, talk, name)
    assert (response.status_code, response.json()["code"]) == (507, "no_room")
    assert "Not enough disk" in response.json()["why"]


@pytest.mark.parametrize("name", ["answers.csv", "bundle.zip"])
async def test_a_disk_that_is_broken_is_not_called_full(
    edge: Edge, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    talk = await edge.talk()
    monkeypatch.setattr(tempfile, "TemporaryFile", lambda **_: _Broken())
    assert (await file(edge, talk, name)).status_code == 500
