"""Elsewhere Excel showed rubbish for want of a byte-order mark, other readers found one glued to
the first header, and half of Europe saw a file of commas in a single column."""

from __future__ import annotations

import asyncio
import csv
import io
import zipfile
from itertools import product

import pytest

from tests.cases.crowd import download, joined
from tests.web.edge import Edge, Talk
from tests.web.line import PATIENCE
from turnout.domain.guide import Item, OpenText, Option, SingleChoice

MARK = b"\xef\xbb\xbf"
TEXTS = (
    "Zażółć gęślą jaźń",
    "人々の仕事がなくなることが心配です",
    "👩🏽‍🚀 family: 👨‍👩‍👧‍👦, flag: 🇵🇱",
    "أخشى أن يفقد الناس وظائفهم",
    "Été; après, «ni un peu»",
    "e\u0301 is not \u00e9",
)
HEADERS = {
    "links.csv": ["participant_id", "link"],
    "participant_data.csv": [
        "participant_id",
        "percent_answered",
        "questions_answered",
        "questions_asked",
        "percent_while_present",
        "minutes_present",
        "first_joined_at",
        "last_seen_at",
        "device_changes",
        "outcome",
        "reason",
    ],
    "answers.csv": [
        "participant_id",
        "question_id",
        "question",
        "type",
        "answer",
        "answered_at",
        "late",
        "muted",
        "withdrawn",
    ],
    "questions.csv": [
        "question_id",
        "position",
        "type",
        "question",
        "asked_at",
        "closed_at",
        "present",
        "answered",
    ],
}
ITEMS = (
    Item(1, f"Dlaczego? {TEXTS[1]}", OpenText()),
    Item(2, TEXTS[2], SingleChoice(tuple(map(Option, TEXTS)))),
)
DIALECTS = tuple(product(("yes", "no"), ("comma", "semicolon")))
SIGN = {"comma": ",", "semicolon": ";"}


async def answered(edge: Edge) -> Talk:
    """A conversation in many scripts, whose title is one as well."""
    talk = await edge.talk(
        most=len(TEXTS), items=ITEMS, title=TEXTS[0], do=("publish", "start", "next", "next")
    )
    for place, text in enumerate(TEXTS):
        async with (await joined(edge, talk, place)).arrived() as line:
            assert (await line.answer(1, {"text": text}))["t"] == "accepted"
            assert (await line.answer(2, {"option": place + 1}))["t"] == "accepted"
    room = await edge.turnout.rooms.find(talk.slug)
    assert room is not None
    async with asyncio.timeout(PATIENCE):
        while room.present:
            await asyncio.sleep(0.01)
    await edge.turnout.store.probe()  # written behind until when they were seen
    return talk


def read(data: bytes, encoding: str, delimiter: str) -> list[list[str]]:
    text = io.StringIO(data.decode(encoding), newline="")
    return list(csv.reader(text, delimiter=delimiter, strict=True))


@pytest.mark.parametrize("name", HEADERS)
async def test_every_dialect_of_every_file_reads_the_same(edge: Edge, name: str) -> None:
    talk = await answered(edge)
    found = []
    for bom, delimiter in DIALECTS:
        file = await download(edge, talk, f"{name}?bom={bom}&delimiter={delimiter}")
        assert file.headers["content-type"] == "text/csv; charset=utf-8"
        assert file.content.startswith(MARK) == (bom == "yes")
        assert file.content.count(MARK) == (bom == "yes")
        assert not file.content.removeprefix(MARK).startswith(b"sep=")
        assert b"\r\n" in file.content
        assert b"\n" not in file.content.replace(b"\r\n", b"")
        assert file.content.endswith(b"\r\n")
        encoding = "utf-8-sig" if bom == "yes" else "utf-8"
        found.append(read(file.content, encoding, SIGN[delimiter]))
    assert all(rows == found[0] for rows in found)
    assert found[0][0] == HEADERS[name]
    assert {len(row) for row in found[0]} == {len(HEADERS[name])}
    usual = await download(edge, talk, name)
    spreadsheet = await download(edge, talk, f"{name}?bom=yes&delimiter=comma")
    assert usual.content == spreadsheet.content


async def test_every_script_comes_back_letter_by_letter(edge: Edge) -> None:
    talk = await answered(edge)
    for bom, delimiter in DIALECTS:
        file = await download(edge, talk, f"answers.csv?bom={bom}&delimiter={delimiter}")
        rows = read(file.content, "utf-8-sig", SIGN[delimiter])[1:]
        assert [row[4] for row in rows] == [*TEXTS, *TEXTS]
        assert {row[2] for row in rows} == {item.text for item in ITEMS}


@pytest.mark.parametrize(("bom", "delimiter"), DIALECTS)
async def test_a_link_is_never_touched_by_mark_or_quote(
    edge: Edge, bom: str, delimiter: str
) -> None:
    talk = await answered(edge)
    file = await download(edge, talk, f"links.csv?bom={bom}&delimiter={delimiter}")
    lines = file.content.removeprefix(MARK).decode("ascii").split("\r\n")
    listed = (await edge.staff_get(f"conversations/{talk.slug}/links")).json()["links"]
    cut = [line.split(SIGN[delimiter]) for line in lines[1:-1]]  # by the simplest of programs
    assert cut == [[line["pid"], line["link"]] for line in listed]
    for _, link in cut:
        path = "/" + link.split("/", 3)[3]
        assert (await edge.get(path)).status_code == 200


@pytest.mark.parametrize(("bom", "delimiter"), DIALECTS)
async def test_the_bundle_is_written_in_the_dialect_that_was_asked_for(
    edge: Edge, bom: str, delimiter: str
) -> None:
    talk = await answered(edge)
    bundle = await download(edge, talk, f"bundle.zip?bom={bom}&delimiter={delimiter}")
    with zipfile.ZipFile(io.BytesIO(bundle.content)) as archive:
        assert archive.testzip() is None
        for name in HEADERS:
            single = await download(edge, talk, f"{name}?bom={bom}&delimiter={delimiter}")
            assert archive.read(name) == single.content
        for name in archive.namelist():
            if name.endswith(".csv"):
                assert archive.read(name).startswith(MARK) == (bom == "yes")
