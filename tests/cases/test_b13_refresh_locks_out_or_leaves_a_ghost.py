"""Elsewhere a reload was refused as "already connected", or made a second entry in the list, and
closing one of two tabs left a person who was there and looked gone."""

from __future__ import annotations

from typing import Any

from tests.cases.crowd import joined, table
from tests.web.edge import CHOICE, TEXT, Edge, Talk
from tests.web.line import Line


class Roster:
    """What a moderator's screen shows."""

    def __init__(self, screen: Line) -> None:
        self._screen = screen
        self.people: dict[str, dict[str, Any]] = {}
        self.joined = 0
        self.present = 0

    async def look(self) -> None:
        """Wait for the next tally."""
        tally = await self._screen.next("tally")
        self.joined, self.present = tally["joined"], tally["present"]
        self.people.update({person["pid"]: person for person in tally["people"]})
        assert self.joined <= 1
        assert self.present <= 1
        assert len(self.people) <= 1

    async def shows(self, pid: str, *, here: bool) -> None:
        """Look until it shows this person alone, here or gone."""
        while self.people.get(pid, {}).get("here") is not here or self.present != int(here):
            await self.look()
        assert list(self.people) == [pid]


async def one_row(edge: Edge, talk: Talk) -> dict[str, str]:
    [row] = await table(edge, talk, "participant_data.csv")
    assert (row["participant_id"], row["device_changes"]) == (talk.pids[0], "0")
    return row


async def test_twenty_reloads_are_one_person_who_is_never_refused(edge: Edge) -> None:
    talk = await edge.talk()
    browser = await joined(edge, talk)
    async with edge.console(talk) as screen:
        roster = Roster(screen)
        async with browser.arrived(tab=1) as line:
            assert (await line.answer(CHOICE, {"option": 1}))["t"] == "accepted"
        for reload in range(2, 22):
            assert (await browser.join()).status_code == 200
            async with browser.open() as line:
                await browser.hello(line, tab=reload)
                welcome = await line.next("welcome")
                assert [mine["body"] for mine in welcome["mine"]] == [{"option": 1}]
                assert welcome["state"]["items"][-1]["item"]["id"] == CHOICE
                await roster.look()
        await roster.shows(talk.pids[0], here=False)
    assert (await one_row(edge, talk))["percent_answered"] == "100"


async def test_of_two_tabs_either_goes_on_when_the_other_is_closed(edge: Edge) -> None:
    talk = await edge.talk()
    browser = await joined(edge, talk)
    async with edge.console(talk) as screen:
        roster = Roster(screen)
        async with browser.arrived(tab=1) as first:
            async with browser.arrived(tab=2) as second:
                assert (await first.bye())[0] == 4408
                assert (await second.answer(CHOICE, {"option": 1}))["t"] == "accepted"
                await roster.shows(talk.pids[0], here=True)
            # The first one again: "use here".
            await edge.command(talk, "next")
            async with browser.open() as again:
                await browser.hello(again, tab=3)
                welcome = await again.next("welcome")
                assert [mine["question"] for mine in welcome["mine"]] == [CHOICE]
                assert welcome["state"]["items"][-1]["item"]["id"] == TEXT
                assert (await again.answer(TEXT, {"text": "here"}))["t"] == "accepted"
                await roster.shows(talk.pids[0], here=True)
        await roster.shows(talk.pids[0], here=False)
    assert (await one_row(edge, talk))["percent_answered"] == "100"


async def test_who_is_cut_off_and_reloads_at_once_leaves_no_ghost(edge: Edge) -> None:
    talk = await edge.talk()
    browser = await joined(edge, talk)
    async with edge.console(talk) as screen:
        roster = Roster(screen)
        async with browser.arrived(tab=1) as cut, browser.arrived(tab=1) as same:
            # The server never heard that the first one is gone.
            assert await cut.code() == 4009
            assert (await same.answer(CHOICE, {"option": 1}))["t"] == "accepted"
            same.connection.transport.abort()
            async with browser.open() as back:
                await browser.hello(back, tab=2)
                assert len((await back.next("welcome"))["mine"]) == 1
                await roster.shows(talk.pids[0], here=True)
                for _ in range(4):
                    await roster.look()
                assert roster.people[talk.pids[0]]["here"]
        await roster.shows(talk.pids[0], here=False)
    await one_row(edge, talk)
