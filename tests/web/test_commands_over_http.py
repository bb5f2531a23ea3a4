"""The staff's doors of one conversation: commands, and the texts that people write."""

import asyncio
from typing import Any

import httpx
import pytest

from tests.web.browser import Browser
from tests.web.edge import CHOICE, TEXT, Edge
from tests.web.line import aid


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


@pytest.mark.parametrize(
    "path", ["nothing-here", "nothing-here/links", "nothing-here/answers?question=1"]
)
async def test_an_unknown_conversation_is_told_so(edge: Edge, path: str) -> None:
    response = await edge.staff_get(f"conversations/{path}")
    assert code(response) == (404, "unknown")
    body = {"cid": aid(), "op": "start"}
    posted = await edge.staff_post("conversations/nothing-here/command", body)
    assert code(posted) == (404, "unknown")


async def command(edge: Edge, slug: str, op: str, **more: object) -> httpx.Response:
    body = {"cid": aid(), "op": op, **more}
    return await edge.staff_post(f"conversations/{slug}/command", body)


async def test_a_command_sent_again_does_nothing_more(edge: Edge) -> None:
    talk = await edge.talk()
    id = aid()
    answers = [(await command(edge, talk.slug, "next", cid=id)).json() for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    state = (await edge.staff_get(f"conversations/{talk.slug}")).json()
    assert [item["status"] for item in state["items"]] == ["closed", "closed", "open", "queued"]


async def test_what_is_so_already_is_done(edge: Edge) -> None:
    talk = await edge.talk(do=("publish", "start"))
    for op in ("start", "close"):
        assert (await command(edge, talk.slug, op)).status_code == 200


@pytest.mark.parametrize(
    ("do", "op", "more", "expected", "word"),
    [
        ((), "start", {}, "phase", "draft"),
        (("publish",), "next", {}, "phase", "not started"),
        (("publish", "start", "end"), "publish", {}, "phase", "ended"),
        (("publish", "start"), "send", {}, "invalid", "Say which item"),
        (("publish", "start"), "skip", {}, "invalid", "Say which item"),
        (("publish", "start"), "send", {"item": 99}, "gone", "not in the guide"),
        (("publish", "start"), "send", {"item": 2**80}, "gone", "not in the guide"),
        (("publish", "start"), "close", {"item": -1}, "gone", "not in the guide"),
        (("publish", "start", "next"), "skip", {"item": 1}, "invalid", "sent already"),
        (("publish", "start"), "next", {"expect": {"phase": "ended", "sent": 0}}, "expect", "star"),
        (("publish", "start"), "next", {"expect": {"phase": "live", "sent": 9}}, "expect", "yet"),
    ],
)
async def test_a_command_that_cannot_be_done_is_refused_in_words(
    edge: Edge,
    do: tuple[str, ...],
    op: str,
    more: dict[str, object],
    expected: str,
    word: str,
) -> None:
    talk = await edge.talk(do=do)
    before = (await edge.staff_get(f"conversations/{talk.slug}")).json()
    response = await command(edge, talk.slug, op, **more)
    assert response.json()["code"] == expected
    assert response.status_code == (422 if expected == "invalid" else 409)
    assert word in response.json()["why"]
    assert (await edge.staff_get(f"conversations/{talk.slug}")).json() == before


async def test_when_everything_was_sent_there_is_nothing_left(edge: Edge) -> None:
    talk = await edge.talk(do=("publish", "start", *["next"] * 4))
    assert code(await command(edge, talk.slug, "next")) == (409, "nothing_left")


@pytest.mark.parametrize(
    "body",
    [
        {"op": "start"},
        {"cid": "1", "op": "start"},
        {"cid": aid(), "op": "explode"},
        {"cid": aid(), "op": "send", "item": "1"},
        {"cid": aid(), "op": "next", "expect": {"phase": "live"}},
        {"cid": aid(), "op": "next", "expect": {"phase": "live", "sent": -1}},
    ],
)
async def test_what_is_no_command_is_malformed(edge: Edge, body: dict[str, object]) -> None:
    talk = await edge.talk()
    response = await edge.staff_post(f"conversations/{talk.slug}/command", body)
    assert code(response) == (400, "malformed")


async def test_of_two_moderators_who_press_next_together_one_wins(edge: Edge) -> None:
    talk = await edge.talk()
    sent = (await edge.staff_get(f"conversations/{talk.slug}")).json()["sent_rev"]
    expect = {"phase": "live", "sent": sent}
    answers = await asyncio.gather(
        *(command(edge, talk.slug, "next", expect=expect) for _ in range(2))
    )
    won, lost = sorted(answers, key=lambda answer: answer.status_code)
    assert won.status_code == 200
    assert code(lost) == (409, "expect")
    assert lost.json()["why"] == "Nothing was done: question 2 was sent 1 s ago."


@pytest.mark.parametrize("op", ["edit", "drop"])
async def test_what_somebody_else_changed_meanwhile_is_not_overwritten(edge: Edge, op: str) -> None:
    talk = await edge.talk(do=())

    async def item() -> dict[str, Any]:
        state = (await edge.staff_get(f"conversations/{talk.slug}")).json()
        found: dict[str, Any] = state["items"][TEXT - 1]
        return found

    more = {"item": TEXT, "seen": (await item())["version"]}
    mine, theirs = ({"draft": {"type": "open_text", "text": text}} for text in ("Mine?", "Theirs?"))
    assert (await command(edge, talk.slug, "edit", **more, **theirs)).status_code == 200
    lost = await command(edge, talk.slug, op, **more, **mine)
    assert code(lost) == (409, "expect")
    assert "somebody changed this item" in lost.json()["why"]
    changed = await item()
    assert changed["item"]["text"] == "Theirs?"
    more["seen"] = changed["version"]
    assert (await command(edge, talk.slug, op, **more, **mine)).status_code == 200


# --- texts ---


async def test_texts_come_in_order_and_behind_what_is_known(edge: Edge) -> None:
    talk = await edge.talk(do=("publish", "start", "next", "next", "next"))
    path = f"conversations/{talk.slug}/answers"
    empty = (await edge.staff_get(f"{path}?question={TEXT}&after=7")).json()
    assert empty == {"aseq": 7, "answers": []}
    for place, text in enumerate(("first", "second")):
        browser = Browser(edge, talk, talk.pids[place])
        assert (await browser.join()).status_code == 200
        async with browser.arrived() as line:
            assert (await line.answer(TEXT, {"text": text}))["t"] == "accepted"
    whole = (await edge.staff_get(f"{path}?question={TEXT}")).json()
    assert [(row["participant"], row["pid"], row["text"]) for row in whole["answers"]] == [
        (1, talk.pids[0], "first"),
        (2, talk.pids[1], "second"),
    ]
    first = whole["answers"][0]
    assert (first["late"], first["aseq"] < whole["aseq"]) == (False, True)
    behind = (await edge.staff_get(f"{path}?question={TEXT}&after={first['aseq']}")).json()
    assert [row["text"] for row in behind["answers"]] == ["second"]
    other = (await edge.staff_get(f"{path}?question={CHOICE}")).json()
    assert other == {"aseq": whole["aseq"], "answers": []}


async def test_texts_of_an_anonymous_conversation_belong_to_nobody(edge: Edge) -> None:
    talk = await edge.talk(links="single", do=("publish", "start", "next", "next", "next"))
    browser = Browser(edge, talk)
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        await line.answer(TEXT, {"text": "nobody's"})
    path = f"conversations/{talk.slug}/answers?question={TEXT}"
    row = (await edge.staff_get(path)).json()["answers"][0]
    assert (row["participant"], row["pid"], row["text"]) == (0, "", "nobody's")


async def test_a_muted_text_is_read_no_more_also_where_nobody_has_a_name(edge: Edge) -> None:
    talk = await edge.talk(links="single", do=("publish", "start", "next", "next", "next"))
    browser = Browser(edge, talk)
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        await line.answer(TEXT, {"text": "rude"})
    path = f"conversations/{talk.slug}/answers?question={TEXT}"
    author = (await edge.staff_get(path)).json()["answers"][0]["author"]
    about = {"question": TEXT, "author": author}
    assert (await command(edge, talk.slug, "mute", **about)).status_code == 200
    assert (await edge.staff_get(path)).json()["answers"] == []
    assert (await command(edge, talk.slug, "unmute", **about)).status_code == 200
    assert [row["text"] for row in (await edge.staff_get(path)).json()["answers"]] == ["rude"]


@pytest.mark.parametrize(
    "query", ["", "?question=", "?question=x", "?question=-1", "?question=\u00b2"]
)
async def test_texts_are_of_one_question(edge: Edge, query: str) -> None:
    talk = await edge.talk()
    response = await edge.staff_get(f"conversations/{talk.slug}/answers{query}")
    assert code(response) == (400, "malformed")


async def test_a_refusal_says_when_it_may_be_done_over_http_and_over_the_socket(
    edge: Edge,
) -> None:
    talk = await edge.talk(do=("publish", "start", "end"))
    refused = await command(edge, talk.slug, "reopen_flex")
    assert code(refused) == (409, "phase")
    assert 0 < refused.json()["retry_ms"] <= 60_001
    async with edge.console(talk) as line:
        await line.next("welcome")
        await line.send({"t": "command", "cid": aid(), "op": "reopen_flex"})
        told = await line.next("refused")
        assert 0 < told["retry_ms"] <= 60_001
        await line.send({"t": "command", "cid": aid(), "op": "publish"})
        assert "retry_ms" not in await line.next("refused")
