"""Elsewhere rights were checked when a socket opened, or in the page alone: a voter could speak to
all others as the server, a copied request changed an old answer, and who was put out stayed on."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from websockets.exceptions import InvalidStatus

from tests.cases.crowd import joined, room_of, table
from tests.web.browser import Browser
from tests.web.edge import CHOICE, TEXT, Edge, Talk
from tests.web.line import Line, aid
from turnout import wire

STAFF_FRAMES: tuple[dict[str, Any], ...] = (
    *({"t": "command", "op": op, "item": TEXT, "participant": 2} for op in get_args(wire.Op)),
    *({"t": t} for t in ("event", "lobby", "welcome", "tally", "accepted", "mine", "bye", "drain")),
    *({"t": t, "channel": "console"} for t in ("subscribe", "join", "attach", "publish")),
    {"t": "event", "rev": 99, "prev": 0, "event": {"kind": "closed", "question": CHOICE}},
)


async def state_of(edge: Edge, talk: Talk) -> Any:
    return (await edge.staff_get(f"conversations/{talk.slug}")).json()


async def test_what_only_the_server_or_staff_may_say_has_no_effect(edge: Edge) -> None:
    talk = await edge.talk()
    people = [await joined(edge, talk, place) for place in range(2)]
    before = await state_of(edge, talk)
    async with room_of(people) as (intruder, other):
        rev = await other.beat()
        for frame in STAFF_FRAMES:
            await intruder.send({"cid": aid(), **frame})
            assert await intruder.beat() == rev, frame
        await other.send({"t": "beat", "rev": rev})
        assert (await other.receive())["t"] == "beat"  # nothing came before it
    assert await state_of(edge, talk) == before


async def test_nothing_that_a_participant_holds_opens_a_door_of_the_staff(edge: Edge) -> None:
    talk = await edge.talk()
    browser = await joined(edge, talk)
    held = (browser.pid or "", browser.device.cookie, browser.device.attempt)
    one = f"/api/console/conversations/{talk.slug}"
    names = ("links.csv", "participant_data.csv", "answers.csv", "data.json", "bundle.zip")
    doors = [one, f"{one}/links", f"{one}/answers?question=2", *(f"{one}/files/{n}" for n in names)]
    for secret in held:
        cookie = f"turnout-staff={secret}; turnout-{talk.slug}={secret}"
        for more in ({"cookie": cookie}, {"token": secret}):
            for door in doors:
                assert (await edge.get(door, **more)).status_code == 401, door
            body = {"cid": aid(), "op": "end"}
            assert (await edge.post(f"{one}/command", body, **more)).status_code == 401
            with pytest.raises(InvalidStatus) as raised:
                async with edge.socket(f"/ws/console/{talk.slug}", **more):
                    pass
            assert raised.value.response.status_code == 403
    assert (await state_of(edge, talk))["phase"] == "live"


@pytest.mark.parametrize("name", ["pid", "link", "participant", "participant_id", "number"])
async def test_an_answer_is_always_the_answer_of_who_proved_the_link(edge: Edge, name: str) -> None:
    talk = await edge.talk()
    browser, victim = await joined(edge, talk), await joined(edge, talk, 1)
    claimed = 2 if name in ("participant", "number") else talk.pids[1]
    async with room_of([browser, victim]) as (line, _):
        frame = {"t": "answer", "aid": aid(), "question": CHOICE, "base": 0, "body": {"option": 1}}
        await line.send(frame | {name: claimed})
        assert (await line.next("accepted"))["revision"] == 1
    rows = await table(edge, talk, "answers.csv")
    assert [row["participant_id"] for row in rows] == [talk.pids[0]]


async def test_a_hello_in_the_name_of_another_link_is_turned_away(edge: Edge) -> None:
    talk = await edge.talk()
    browser = await joined(edge, talk)
    await joined(edge, talk, 1)
    thief = Browser(edge, talk, talk.pids[1], device=browser.device)
    async with thief.open() as line:
        await thief.hello(line)
        assert (await line.bye())[0] == 4409


async def test_a_copied_answer_changes_nothing_afterwards(own_edge: Edge) -> None:
    talk = await own_edge.talk()
    browser, stranger = await joined(own_edge, talk), await joined(own_edge, talk, 1)
    id, other = aid(), aid()
    async with room_of([browser, stranger]) as (line, elsewhere):
        given = await line.answer(CHOICE, {"option": 1}, id=id)
        assert await line.answer(CHOICE, {"option": 2}, id=id) == given
        await own_edge.command(talk, "close")
        own_edge.clock.advance(61_000)
        assert await line.answer(CHOICE, {"option": 2}, id=id) == given
        for base in (0, 1):
            refused = await line.answer(CHOICE, {"option": 2}, base=base, id=other)
            assert refused["code"] == "closed"
        assert (await elsewhere.answer(CHOICE, {"option": 2}, id=id))["code"] == "closed"
    rows = await table(own_edge, talk, "answers.csv")
    assert [(row["participant_id"], row["answer"]) for row in rows] == [(talk.pids[0], "Yes")]


@pytest.mark.parametrize("several", [False, True])
async def test_who_is_removed_is_out_at_once_on_all_devices_and_stays_out(
    edge: Edge, several: bool
) -> None:
    talk = await edge.talk(several=several)
    devices = [await joined(edge, talk) for _ in range(2 if several else 1)]
    async with room_of(devices) as lines:
        assert (await lines[0].answer(CHOICE, {"option": 1}))["t"] == "accepted"
        await edge.command(talk, "remove", participant=1)
        for line in lines:
            code, why = await line.bye()
            assert (code, why) == (4410, "A moderator removed this link from the conversation.")
    for browser in [*devices, Browser(edge, talk, talk.pids[0])]:
        again = await browser.join()
        assert (again.status_code, again.json()["code"]) == (403, "removed")
        async with browser.open() as line:
            await browser.hello(line)
            assert (await line.bye())[0] in (4410, 4409)
    (row,) = await table(edge, talk, "participant_data.csv")
    assert (row["participant_id"], row["outcome"]) == (talk.pids[0], "removed")


async def test_an_answer_on_its_way_when_its_author_is_removed_is_not_taken(edge: Edge) -> None:
    talk = await edge.talk()
    async with (await joined(edge, talk)).arrived() as line:
        await edge.turnout.store.remove(
            (await edge.turnout.rooms.find(talk.slug)).id,  # type: ignore[union-attr]
            1,
            by="Mona",
            cid=aid(),
        )
        # The store knows; this node has not heard of it yet.
        await line.send(
            {"t": "answer", "aid": aid(), "question": CHOICE, "base": 0, "body": {"option": 1}}
        )
        assert await line.code() == 4410
    assert await table(edge, talk, "answers.csv") == []


# --- rights that staff lose ---


async def account(edge: Edge, cookie: str) -> int:
    name = (await edge.get("/api/console/me", cookie=cookie)).json()["name"]
    accounts = (await edge.staff_get("accounts")).json()["accounts"]
    id: int = next(one["id"] for one in accounts if one["name"] == name)
    return id


@pytest.mark.parametrize("change", [{"disabled": True}, {"password": "another long password"}])
async def test_whoever_is_signed_out_by_the_owner_sees_and_commands_nothing_more(
    edge: Edge, change: dict[str, object]
) -> None:
    talk = await edge.talk()
    cookie = await edge.staff("moderator")
    async with edge.console(talk, cookie=cookie) as screen:
        await screen.next("tally")
        id = await account(edge, cookie)
        assert (await edge.staff_post(f"accounts/{id}", change)).status_code == 200
        assert await screen.bye() == (4401, "You are signed out. Sign in again.")
    path = f"/api/console/conversations/{talk.slug}/command"
    refused = await edge.post(path, {"cid": aid(), "op": "end"}, cookie=cookie)
    assert (refused.status_code, refused.json()["code"]) == (401, "signed_out")


async def test_who_becomes_an_observer_commands_nothing_and_sees_nobody_by_name(
    edge: Edge,
) -> None:
    talk = await edge.talk()
    cookie = await edge.staff("moderator")
    browser = await joined(edge, talk)
    async with browser.arrived() as line, edge.console(talk, cookie=cookie) as screen:
        while not (await screen.next("tally"))["people"]:
            pass
        id = await account(edge, cookie)
        assert (await edge.staff_post(f"accounts/{id}", {"role": "observer"})).status_code == 200
        # The screen that shows people by name is closed; the next one shows nobody.
        assert await screen.code() == 4403
        async with edge.console(talk, cookie=cookie) as observer:
            await observer.send({"t": "command", "cid": aid(), "op": "end"})
            assert (await observer.next("refused"))["code"] == "role"
            await line.answer(CHOICE, {"option": 1})
            assert await named_until_answered(observer) == []
    assert (await state_of(edge, talk))["phase"] == "live"


async def named_until_answered(screen: Line) -> list[object]:
    """Whom the tallies name, up to the one that counts an answer."""
    named: list[object] = []
    while True:
        tally = await screen.next("tally")
        named += tally.get("people", [])
        if any(question["answered"] for question in tally["questions"]):
            return named
