"""Elsewhere a page that was begun in a mail program's own browser was unknown to the phone's
browser beside it: two jars of cookies made two devices of one phone, and its owner was refused."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from tests.cases.crowd import table
from tests.web.browser import Browser
from tests.web.edge import CHOICE, TEXT, Edge, Talk


@dataclass
class Phone:
    """One phone: the mail program's browser has joined and answered; the other one has not."""

    talk: Talk
    inside: Browser
    outside: Browser


async def phone_of(edge: Edge, *, keyless: bool = False) -> Phone:
    talk = await edge.talk()
    inside, outside = (Browser(edge, talk, talk.pids[0], keyless=keyless) for _ in range(2))
    assert (await inside.join()).status_code == 200
    async with inside.arrived() as line:
        assert (await line.answer(CHOICE, {"option": 2}))["t"] == "accepted"
    return Phone(talk, inside, outside)


async def ask(browser: Browser) -> str:
    """Ask to go on here; the letters to show."""
    body = {"pid": browser.pid, "attempt": browser.device.attempt}
    if not browser.keyless:
        said = browser.proof("takeover", await browser.nonce(), attempt=browser.device.attempt)
        body["proof"] = said
    asked = await browser.edge.post(f"/api/c/{browser.talk.slug}/takeover", body)
    assert asked.status_code == 200, asked.text
    letters: str = asked.json()["letters"]
    return letters


@pytest.mark.parametrize("keyless", [False, True])
async def test_the_other_browser_is_told_what_happened_where_to_go_and_what_it_may_do(
    edge: Edge, keyless: bool
) -> None:
    phone = await phone_of(edge, keyless=keyless)
    refused = await phone.outside.join()
    assert refused.status_code == 409
    told = refused.json()
    assert (told["code"], told["reason"]) == ("other_device", "may_ask")
    assert "another device" in told["why"]
    assert "Go back to it" in told["why"]
    async with phone.outside.open() as line:
        await phone.outside.hello(line)
        assert (await line.bye())[0] == 4409


@pytest.mark.parametrize("keyless", [False, True])
@pytest.mark.parametrize("by", ["number", "letters"])
async def test_staff_release_the_link_by_one_tap_and_the_answers_come_along(
    edge: Edge, by: str, keyless: bool
) -> None:
    phone = await phone_of(edge, keyless=keyless)
    talk, inside, outside = phone.talk, phone.inside, phone.outside
    async with inside.arrived(tab=2) as first:
        letters = await ask(outside)
        who = {"participant": 1} if by == "number" else {"letters": letters}
        await edge.command(talk, "release", **who)
        bye = await first.next("bye")
        assert (bye["code"], bye["reason"]) == (4410, "released")

    assert (await outside.join()).status_code == 200
    async with outside.open() as line:
        await outside.hello(line)
        welcome = await line.next("welcome")
        assert [mine["body"] for mine in welcome["mine"]] == [{"option": 2}]
        await edge.command(talk, "next")
        assert (await line.answer(TEXT, {"text": "from here"}))["t"] == "accepted"

        assert (await inside.join()).json()["code"] == "other_device"
        async with inside.open() as old:
            await inside.hello(old, tab=3)
            assert (await old.bye())[0] == 4409
        assert await line.beat() > 0
    [row] = await table(edge, talk, "participant_data.csv")
    assert (row["percent_answered"], row["device_changes"]) == ("100", "1")


async def test_the_letters_typed_in_the_first_browser_do_the_same_without_staff(
    edge: Edge,
) -> None:
    phone = await phone_of(edge)
    async with phone.inside.arrived(tab=2) as first:
        letters = await ask(phone.outside)
        await first.next("takeover")
        await first.send({"t": "grant", "letters": letters.lower()})
        assert (await first.next("bye"))["code"] == 4410
    assert (await phone.outside.join()).status_code == 200
    async with phone.outside.open() as line:
        await phone.outside.hello(line)
        assert len((await line.next("welcome"))["mine"]) == 1


async def test_a_release_without_anybody_asking_frees_the_link(edge: Edge) -> None:
    phone = await phone_of(edge)
    await edge.command(phone.talk, "release", participant=1)
    assert (await phone.outside.join()).status_code == 200
    async with phone.outside.arrived():
        pass
    assert (await phone.inside.join()).json()["code"] == "other_device"
    assert len(await table(edge, phone.talk, "participant_data.csv")) == 1
