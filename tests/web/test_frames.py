"""Frames that a participant's page would not send: none harms the server or anybody else."""

import json

import pytest

from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge, Talk


async def joined(edge: Edge, talk: Talk) -> Browser:
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    return browser


async def test_a_bad_answer_with_a_readable_id_is_refused_and_the_socket_stays(edge: Edge) -> None:
    talk = await edge.standing()
    browser = await joined(edge, talk)
    async with browser.arrived() as line:
        for wrong in (
            {"question": "one", "base": 0, "body": {}},
            {"question": CHOICE, "base": -1, "body": {"option": 1}},
            {"question": CHOICE, "base": 0, "body": []},
            {"question": 2**70, "base": 0, "body": {"option": 1}},
            {},
        ):
            id = "00000000-0000-4000-8000-00000000000a"
            await line.send({"t": "answer", "aid": id, **wrong})
            refused = await line.next("refused")
            assert (refused["aid"], refused["code"]) == (id, "invalid")
        assert (await line.answer(CHOICE, {"option": 1}))["t"] == "accepted"


@pytest.mark.parametrize(
    "frame",
    [
        "",
        "{",
        "null",
        "[]",
        '"hello"',
        "{}",
        '{"t": 5}',
        '{"t": "answer", "aid": "A0000000-0000-4000-8000-00000000000A"}',
        '{"t": "answer", "aid": 7}',
        '{"t": "beat", "rev": NaN}',
        '{"t": "beat", "rev": 1, "x": "\\ud800"}',
        '{"t": "beat", "rev": 0, "x": ' + "[" * 17 + "]" * 17 + "}",
        '{"t": "beat", "rev": 0, "x": ' + "[" * 12_000 + "]" * 12_000 + "}",
        b"\xff\xfe",
        b'{"t": "beat"',
    ],
)
async def test_a_frame_that_makes_no_sense_closes_the_socket(
    edge: Edge, frame: str | bytes
) -> None:
    browser = await joined(edge, await edge.standing())
    async with browser.arrived() as line:
        await line.send(frame)
        code, why = await line.bye()
    assert code == 4400
    assert why


async def test_a_message_of_a_later_version_is_ignored(edge: Edge) -> None:
    browser = await joined(edge, await edge.standing())
    async with browser.arrived() as line:
        await line.send({"t": "takeover_of_the_moon", "x": 1})
        assert await line.beat() > 0


async def test_binary_frames_are_read_like_text(edge: Edge) -> None:
    browser = await joined(edge, await edge.standing())
    async with browser.arrived() as line:
        await line.send(b'{"t": "beat", "rev": 0}')
        assert (await line.receive())["t"] == "beat"


@pytest.mark.parametrize(
    "text", ["x" * 33_000, "x" * 70_000, "\N{SNOWMAN}" * 11_000], ids=["ours", "uvicorn's", "utf-8"]
)
async def test_a_frame_that_is_too_large_closes_the_socket(edge: Edge, text: str) -> None:
    browser = await joined(edge, await edge.standing())
    async with browser.arrived() as line:
        await line.send(json.dumps({"t": "beat", "rev": 0, "x": text}, ensure_ascii=False))
        assert await line.code() == 1009


@pytest.mark.parametrize(
    "command",
    [
        {"t": "command", "cid": "00000000-0000-4000-8000-000000000001", "op": "end"},
        {"t": "command", "cid": "00000000-0000-4000-8000-000000000001", "op": "next"},
    ],
)
async def test_a_participant_cannot_command(edge: Edge, command: dict[str, object]) -> None:
    talk = await edge.standing()
    browser = await joined(edge, talk)
    async with browser.arrived() as line:
        before = await line.beat()
        await line.send(command)
        assert await line.beat() == before
    state = (await edge.staff_get(f"conversations/{talk.slug}")).json()
    assert state["phase"] == "live"
