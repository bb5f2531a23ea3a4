"""Elsewhere a download ended in the middle, or looked whole and held a tenth of the rows; one that
was taken while people answered had participants and answers that did not agree."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from starlette.requests import ClientDisconnect

from tests.cases.crowd import download, joined, room_of, strictly
from tests.contract.scenes import Scene, Time, text
from tests.exports.test_real_dialogue import body_of
from tests.web.edge import TEXT, Edge, Talk
from tests.web.line import aid
from tests.web.test_store_away import make_unusable
from turnout.domain.answers import Accepted, Offer
from turnout.guides import GuideFile, read_guide
from turnout.ports import Participant
from turnout.web.files_api import Download
from turnout.web.spool import spooled

FILES = (
    "links.csv",
    "participant_data.csv",
    "answers.csv",
    "questions.csv",
    "data.json",
    "bundle.zip",
)
PEOPLE, RESTLESS = 120, 10
"""Of the real dialogue, and those who go on while files are made."""


@dataclass
class Dialogue:
    """A live conversation in which real answers to 116 questions are stored."""

    talk: Talk
    scene: Scene
    people: list[Participant]
    answers: int


@pytest.fixture
async def dialogue(own_edge: Edge, shared_data: Path) -> Dialogue:
    folder = shared_data / "dialogue"
    guide = read_guide("guide.csv", (folder / "guide.csv").read_bytes())
    assert isinstance(guide, GuideFile)
    with (folder / "answers.csv").open(encoding="utf-8", newline="") as file:
        given = [row for row, _ in zip(csv.DictReader(file), range(PEOPLE), strict=False)]
    do = ("publish", "start", *["next"] * len(guide.items))
    talk = await own_edge.talk(most=PEOPLE, grace=600, items=guide.items, do=do)
    store = own_edge.turnout.store
    located = await store.find(talk.slug)
    assert located is not None
    scene = Scene(store, Time(), located, tuple(talk.pids))
    people = [await scene.enter(pid) for pid in talk.pids]
    questions = [item for item in guide.items if item.is_question]
    offers = [
        (who, Offer(aid(), item.id, 0, body_of(item, cell)))
        for who, row in zip(people, given, strict=True)
        for item, cell in zip(questions, list(row.values())[1:], strict=True)
        if cell
    ]
    for start in range(0, len(offers), 500):
        group = offers[start : start + 500]
        settled = await asyncio.gather(*(scene.answer(who, offer) for who, offer in group))
        assert all(isinstance(one.verdict, Accepted) for one in settled)
    return Dialogue(talk, scene, people, len(offers))


def bundled(response: httpx.Response) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(response.content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def counted(files: dict[str, bytes]) -> int:
    """How many answers these files hold, if all of them agree."""
    people = strictly(files["participant_data.csv"])
    answers = strictly(files["answers.csv"])
    questions = strictly(files["questions.csv"])
    whole = json.loads(files["data.json"])
    assert len(whole["answers"]) == len(answers)
    assert sum(int(row["questions_answered"]) for row in people) == len(answers)
    assert sum(int(row["answered"]) for row in questions) == len(answers)
    assert {row["questions_asked"] for row in people} == {str(len(questions))}
    assert {row["participant_id"] for row in answers} <= {row["participant_id"] for row in people}
    return len(answers)


@pytest.mark.data
async def test_a_file_taken_while_hundreds_answer_agrees_with_itself(
    own_edge: Edge, dialogue: Dialogue
) -> None:
    """Real answers, changed and added to all the time."""
    talk, stop = dialogue.talk, asyncio.Event()
    await own_edge.command(talk, "add", draft={"type": "open_text", "text": "More?"}, after=1)
    state = (await own_edge.staff_get(f"conversations/{talk.slug}")).json()
    added = max(line["item"]["id"] for line in state["items"])
    await own_edge.command(talk, "next")

    async def go_on() -> int:
        """One new answer after the other, until told to stop; how many were taken."""
        taken = 0
        while not stop.is_set() and taken < PEOPLE:
            offer = Offer(aid(), added, 0, text(taken))
            settled = await dialogue.scene.answer(dialogue.people[taken], offer)
            assert isinstance(settled.verdict, Accepted)
            taken += 1
            await asyncio.sleep(0.01)
        return taken

    answering = asyncio.create_task(go_on())
    sizes = []
    for _ in range(4):
        response = await download(own_edge, talk, "bundle.zip")
        assert "-interim.zip" in response.headers["content-disposition"]
        sizes.append(counted(bundled(response)))
    stop.set()
    taken = await answering
    assert taken
    assert sizes == sorted(sizes)
    final = counted(bundled(await download(own_edge, talk, "bundle.zip")))
    assert final == dialogue.answers + taken > sizes[0] >= dialogue.answers


async def test_nobody_who_answers_meanwhile_is_refused(edge: Edge) -> None:
    talk = await edge.talk(most=RESTLESS, do=("publish", "start", "next", "next", "next"))
    people = [await joined(edge, talk, place) for place in range(RESTLESS)]
    async with room_of(people) as lines:
        said, files = await asyncio.gather(
            asyncio.gather(*(line.answer(TEXT, {"text": "meanwhile"}) for line in lines)),
            asyncio.gather(
                *(edge.staff_get(f"conversations/{talk.slug}/files/{name}") for name in FILES * 3)
            ),
        )
    assert {one["t"] for one in said} == {"accepted"}
    assert {one.status_code for one in files} == {200}


@pytest.mark.parametrize("name", FILES)
async def test_a_file_says_how_long_it_is_so_that_a_broken_one_is_seen(
    edge: Edge, name: str
) -> None:
    talk = await edge.talk()
    path = f"/api/console/conversations/{talk.slug}/files/{name}"
    whole = await download(edge, talk, name)
    length = int(whole.headers["content-length"])
    assert length == len(whole.content)
    assert "transfer-encoding" not in whole.headers
    host, port = edge.address.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    asked = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nAuthorization: Bearer "
    writer.write(f"{asked}{edge.turnout.token}\r\n\r\n".encode())
    assert await reader.readline() == b"HTTP/1.1 200 OK\r\n"
    writer.transport.abort()  # this reader goes away in the middle: nobody else notices
    assert (await download(edge, talk, name)).content == whole.content


async def test_a_store_that_goes_away_gives_a_refusal_and_no_half_file(own_edge: Edge) -> None:
    talk = await own_edge.talk()
    await joined(own_edge, talk)
    assert [await status(own_edge, talk, name) for name in FILES] == [200] * len(FILES)
    with pytest.raises(Exception, match="log is gone"):
        await make_unusable(own_edge)
    for name in FILES:
        answer = await own_edge.staff_get(f"conversations/{talk.slug}/files/{name}")
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert answer.json()["why"]


async def status(edge: Edge, talk: Talk, name: str) -> int:
    return (await edge.staff_get(f"conversations/{talk.slug}/files/{name}")).status_code


@pytest.mark.parametrize("name", FILES)
async def test_a_full_disk_gives_a_refusal_and_no_half_file(
    edge: Edge, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    talk = await edge.talk()
    with monkeypatch.context() as full:
        full.setattr(tempfile, "tempdir", str(tmp_path / "gone"))
        answer = await edge.staff_get(f"conversations/{talk.slug}/files/{name}")
        assert (answer.status_code, answer.json()["code"]) == (507, "no_room")
        assert answer.json()["why"] == "Not enough disk to make this file. Nothing was changed."
    assert await status(edge, talk, name) == 200


@pytest.mark.parametrize("run", ["all", "live"])
async def test_two_files_after_the_end_are_the_same_byte_for_byte(own_edge: Edge, run: str) -> None:
    edge = own_edge
    talk = await edge.talk(do=("publish", "start", "next", "next", "next"))
    async with (await joined(edge, talk)).arrived() as line:
        await line.answer(TEXT, {"text": '=1, "two"\r\nthree'})
    names = [f"{name}?run={run}" for name in FILES]
    for past in (0, 30_000):  # before the end, and within its grace
        edge.clock.advance(past)
        for name in names[1:]:
            header = (await download(edge, talk, name)).headers["content-disposition"]
            assert "-interim." in header
        if not past:
            await edge.command(talk, "end")
    edge.clock.advance(31_000)
    first = [await download(edge, talk, name) for name in names]
    edge.clock.advance(3 * 24 * 3_600_000)
    second = [await download(edge, talk, name) for name in names]
    for one, other in zip(first, second, strict=True):
        assert "-interim" not in one.headers["content-disposition"]
        assert one.content == other.content
        assert one.headers["content-disposition"] == other.headers["content-disposition"]


async def test_a_file_is_let_go_of_when_its_reader_is_gone_before_the_first_byte() -> None:
    file = spooled([b"participant_id\r\n"])
    response = Download(file, {}, "text/csv")

    async def asked() -> dict[str, str]:
        return {"type": "http.disconnect"}

    async def gone(_message: object) -> None:
        raise OSError("the reader is gone")

    with pytest.raises(ClientDisconnect):
        await response({"type": "http", "asgi": {"spec_version": "2.4"}}, asked, gone)
    assert file.closed
