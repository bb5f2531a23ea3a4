"""Elsewhere a rule that lived in a cookie was passed by deleting it, and a strict one left honest
people with a new phone outside for good."""

from __future__ import annotations

import pytest

from tests.cases.crowd import joined, table
from tests.web.browser import Browser
from tests.web.device import Device
from tests.web.edge import CHOICE, Edge, Talk

STRANGERS = {
    "a private window": Device(),
    "another browser": Device(),
    "a browser without keys": None,
    "a cookie of its own making": Device(cookie="0" * 32),
    "a cookie that is none": Device(cookie='"\\351=x'),
}


async def taken(edge: Edge, *, keyless: bool = False) -> tuple[Talk, Browser]:
    """A conversation whose first link somebody has joined and answered with."""
    talk = await edge.talk()
    owner = Browser(edge, talk, talk.pids[0], keyless=keyless)
    assert (await owner.join()).status_code == 200
    async with owner.arrived() as line:
        assert (await line.answer(CHOICE, {"option": 1}))["t"] == "accepted"
    return talk, owner


async def record(edge: Edge, talk: Talk) -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """What the files say of who took part. When they were last seen moves until the server has
    noticed that their socket closed."""
    people = await table(edge, talk, "participant_data.csv")
    for row in people:
        del row["last_seen_at"]
    return people, await table(edge, talk, "answers.csv")


@pytest.mark.parametrize("of_the_owner", ["key", "cookie"])
@pytest.mark.parametrize("kind", STRANGERS)
async def test_the_server_refuses_every_other_browser_and_the_record_stays(
    edge: Edge, kind: str, of_the_owner: str
) -> None:
    talk, owner = await taken(edge, keyless=of_the_owner == "cookie")
    before = await record(edge, talk)
    device = STRANGERS[kind]
    other = Browser(edge, talk, talk.pids[0], keyless=device is None, device=device or Device())
    refused = await other.join()
    assert (refused.status_code, refused.json()["code"]) == (409, "other_device")
    async with other.open() as line:
        await other.hello(line)
        assert (await line.bye())[0] == 4409
    assert await record(edge, talk) == before
    async with owner.arrived(tab=2) as line:
        assert await line.beat() > 0


@pytest.mark.parametrize("keyless", [False, True])
async def test_a_cookie_that_was_edited_opens_nothing(edge: Edge, keyless: bool) -> None:
    talk, owner = await taken(edge, keyless=keyless)
    before = await record(edge, talk)
    kept = owner.device.cookie
    other_digit = "0" if kept[-1] != "0" else "1"
    for edited in (kept[:-1] + other_digit, kept[:-1], kept + "0", kept.upper() + "!", ""):
        thief = Browser(edge, talk, talk.pids[0], keyless=keyless)
        thief.device.cookie = edited
        assert (await thief.join()).json()["code"] == "other_device"
    assert await record(edge, talk) == before


@pytest.mark.parametrize("of_the_thief", ["key", "cookie"])
@pytest.mark.parametrize("of_the_owner", ["key", "cookie"])
async def test_a_cookie_that_was_copied_is_at_worst_the_same_participant(
    edge: Edge, of_the_owner: str, of_the_thief: str
) -> None:
    talk, owner = await taken(edge, keyless=of_the_owner == "cookie")
    before = await record(edge, talk)
    thief = Browser(edge, talk, talk.pids[0], keyless=of_the_thief == "cookie")
    thief.device.cookie = owner.device.cookie
    response = await thief.join()
    assert response.status_code in (200, 409)
    if response.status_code == 200:
        assert [one["body"] for one in response.json()["welcome"]["mine"]] == [{"option": 1}]
    people, answers = await record(edge, talk)
    assert [row["participant_id"] for row in people] == [talk.pids[0]]
    assert answers == before[1]
    # With another link it is nothing but a cookie that this link never saw.
    elsewhere = Browser(edge, talk, talk.pids[1])
    elsewhere.device.cookie = owner.device.cookie
    assert (await elsewhere.join()).json()["welcome"]["mine"] == []


async def test_whoever_lost_everything_comes_back_by_a_release(edge: Edge) -> None:
    talk, _ = await taken(edge)
    fresh = Browser(edge, talk, talk.pids[0])
    assert (await fresh.join()).json()["code"] == "other_device"
    await edge.command(talk, "release", participant=1)
    assert len((await fresh.join()).json()["welcome"]["mine"]) == 1
    assert [row["participant_id"] for row in (await record(edge, talk))[0]] == [talk.pids[0]]


async def test_where_several_devices_are_allowed_the_later_one_sees_what_is_stored(
    edge: Edge,
) -> None:
    talk = await edge.talk(several=True)
    phone, laptop = await joined(edge, talk), await joined(edge, talk)
    async with phone.arrived() as one, laptop.arrived() as other:
        first = await one.answer(CHOICE, {"option": 1})
        assert first["t"] == "accepted"
        late = await other.answer(CHOICE, {"option": 2})  # it had seen no answer yet
        assert late["code"] == "superseded"
        stored = {"aid": first["aid"], "revision": 1, "body": {"option": 1}}
        assert late["stored"] == stored
        again = await other.answer(CHOICE, {"option": 2}, base=1)
        assert (again["t"], again["revision"]) == ("accepted", 2)
        assert again["progress"] == {"asked": 1, "answered": 1, "percent_answered": 100}
        assert (await one.next("mine"))["body"] == {"option": 2}
    people, answers = await record(edge, talk)
    assert [(row["questions_answered"], row["percent_answered"]) for row in people] == [
        ("1", "100")
    ]
    assert [row["answer"] for row in answers] == ["No"]
