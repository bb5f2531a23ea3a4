"""A staff screen's socket: what it is told, and that its numbers are those of the files."""

import asyncio
import contextlib
import csv
import sqlite3
from typing import Any

import pytest
from websockets.exceptions import InvalidStatus

from tests.web.browser import Browser
from tests.web.edge import CHOICE, TEXT, Edge, Talk
from tests.web.line import Line, aid
from turnout.ports import Role

pytestmark = pytest.mark.both_transports


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"token": "wrong"},
        {"cookie": "turnout-staff=wrong"},
        {"owner": True, "origin": None},
        {"owner": True, "origin": "https://elsewhere.example"},
        {"owner": True, "subprotocol": None},
        {"owner": True, "path": "/ws/console/nothing-here"},
    ],
)
async def test_who_is_not_staff_on_our_own_page_is_refused_before_the_upgrade(
    edge: Edge, more: dict[str, Any]
) -> None:
    talk = await edge.talk(do=())
    if more.pop("owner", False):
        more["cookie"] = await edge.staff("owner")
    path = more.pop("path", f"/ws/console/{talk.slug}")
    with pytest.raises(InvalidStatus) as raised:
        async with edge.socket(path, **more):
            pass
    assert raised.value.response.status_code == 403


async def test_the_token_opens_a_screen_without_an_origin(edge: Edge) -> None:
    talk = await edge.talk(do=())
    path = f"/ws/console/{talk.slug}"
    async with edge.socket(path, origin=None, token=edge.turnout.token) as screen:
        await screen.send({"t": "hello"})
        assert (await screen.next("welcome"))["name"] == "command line"


async def test_a_screen_is_welcomed_with_the_state_and_then_the_whole_tally(edge: Edge) -> None:
    talk = await edge.talk()
    async with edge.console(talk) as screen:
        welcome = await screen.receive()
        tally = await screen.receive()
    assert welcome["t"] == "welcome"
    assert welcome["state"] == (await edge.staff_get(f"conversations/{talk.slug}")).json()
    assert welcome["epoch"] == edge.turnout.store.epoch
    assert tally["t"] == "tally"
    assert tally["questions"] == [{"question": CHOICE, "answered": 0, "counts": {}}]
    assert (tally["asked"], tally["joined"], tally["present"], tally["waiting"]) == (1, 0, 0, 0)


async def test_a_command_is_done_and_every_screen_sees_what_came_of_it(edge: Edge) -> None:
    talk = await edge.talk()
    async with edge.console(talk) as one, edge.console(talk) as other:
        rev = (await one.next("welcome"))["rev"]
        await other.next("welcome")
        id = aid()
        await one.send({"t": "command", "cid": id, "op": "next"})
        done = await one.next("done")
        assert done == {"t": "done", "cid": id, "rev": rev + 2}
        closed, opened = await other.next("event"), await other.next("event")
        assert (closed["kind"], closed["item"], closed["prev"]) == ("closed", CHOICE, rev)
        assert (opened["kind"], opened["item"], opened["rev"]) == ("opened", TEXT, rev + 2)
        assert opened["by"] == "command line"
        statuses = [item["status"] for item in opened["state"]["items"]]
        assert statuses == ["closed", "closed", "open", "queued"]
        await one.send({"t": "command", "cid": id, "op": "next"})
        assert await one.next("done") == done


async def test_of_two_screens_that_press_next_together_one_wins(edge: Edge) -> None:
    talk = await edge.talk()
    async with edge.console(talk) as one, edge.console(talk) as other:
        sent = (await one.next("welcome"))["state"]["sent_rev"]
        await other.next("welcome")
        expect = {"phase": "live", "sent": sent}
        for screen in (one, other):
            await screen.send({"t": "command", "cid": aid(), "op": "next", "expect": expect})

        async def outcome(screen: Line) -> dict[str, Any]:
            while (message := await screen.receive())["t"] not in ("done", "refused"):
                pass
            return message

        outcomes = [await outcome(screen) for screen in (one, other)]
    refused = next(message for message in outcomes if message["t"] == "refused")
    assert sum(message["t"] == "done" for message in outcomes) == 1
    assert refused["code"] == "expect"
    assert refused["why"].startswith("Nothing was done: question 2 was sent ")


async def test_a_screen_that_lost_something_asks_again(edge: Edge) -> None:
    talk = await edge.talk()
    async with edge.console(talk) as screen:
        first = await screen.next("welcome")
        await screen.send({"t": "resync", "epoch": first["epoch"], "rev": 0})
        again = await screen.next("welcome")
        assert {**again, "now": 0} == {**first, "now": 0}
        assert await screen.beat() == first["rev"]


@pytest.mark.parametrize("frame", ["{", "[]", '{"t":"command","cid":"1","op":"next"}', b"\xff"])
async def test_a_frame_that_makes_no_sense_closes_a_screen(edge: Edge, frame: str | bytes) -> None:
    talk = await edge.talk()
    async with edge.console(talk) as screen:
        await screen.send(frame)
        assert (await screen.bye())[0] == 4400


async def test_a_screens_frames_may_have_64_kib_and_no_more(edge: Edge) -> None:
    talk = await edge.talk()
    async with edge.console(talk) as screen:
        await screen.send({"t": "a later version's", "x": "x" * 40_000})
        assert await screen.beat() > 0
        await screen.send('{"t": "beat", "rev": 0, "x": "' + "x" * 70_000 + '"}')
        assert await screen.code() == 1009


# --- tallies ---


class Board:
    """What a screen knows after the tallies it got."""

    def __init__(self) -> None:
        self.people: dict[str, dict[str, Any]] = {}
        self.questions: dict[int, dict[str, Any]] = {}
        self.last: dict[str, Any] = {}

    def take(self, tally: dict[str, Any]) -> None:
        self.last = tally
        self.people.update({person["pid"]: person for person in tally["people"]})
        self.questions.update({question["question"]: question for question in tally["questions"]})


async def percent_in_the_file(edge: Edge, talk: Talk) -> dict[str, int]:
    path = f"conversations/{talk.slug}/files/participant_data.csv?bom=no"
    rows = csv.DictReader((await edge.staff_get(path)).text.splitlines())
    return {row["participant_id"]: int(row["percent_answered"]) for row in rows}


async def answers_in_the_file(edge: Edge, talk: Talk) -> int:
    path = f"conversations/{talk.slug}/files/answers.csv?bom=no"
    return len((await edge.staff_get(path)).text.splitlines()) - 1


async def test_tallies_come_to_what_the_files_say_for_whoever_comes_and_goes(edge: Edge) -> None:
    talk = await edge.talk(most=8)

    browsers = {pid: Browser(edge, talk, pid) for pid in talk.pids}

    async def take_part(pid: str, option: int) -> None:
        browser = browsers[pid]
        assert (await browser.join()).status_code == 200
        async with browser.arrived() as line:
            assert (await line.answer(CHOICE, {"option": option}))["t"] == "accepted"
            if option == 2:
                changed = await line.answer(CHOICE, {"other": "neither"}, base=1)
                assert changed["t"] == "accepted"

    await take_part(talk.pids[0], 1)  # before anybody looks
    board = Board()
    async with edge.console(talk) as screen:
        board.take(await screen.next("tally"))
        assert board.people[talk.pids[0]]["percent_answered"] == 100
        # Quick ones, gone before a tally could see them here.
        await asyncio.gather(*(take_part(pid, 1 + n % 2) for n, pid in enumerate(talk.pids[1:])))
        await edge.command(talk, "next")
        async with browsers[talk.pids[0]].arrived() as line:
            assert (await line.answer(TEXT, {"text": "because"}))["t"] == "accepted"
            while len(board.questions) < 2 or board.questions[TEXT]["answered"] < 1:
                board.take(await screen.next("tally"))
        stored = await percent_in_the_file(edge, talk)
        shown = {pid: row["percent_answered"] for pid, row in board.people.items()}
        assert shown == stored == dict.fromkeys(talk.pids, 50) | {talk.pids[0]: 100}
        assert board.last["joined"] == 8
        choice = board.questions[CHOICE]
        assert (choice["answered"], choice["counts"], choice["other"]) == (8, {"1": 5}, 3)
        total = sum(question["answered"] for question in board.questions.values())
        assert total == await answers_in_the_file(edge, talk)


async def test_after_the_first_tally_only_changes_are_told(edge: Edge) -> None:
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line, edge.console(talk) as screen:
        await screen.next("tally")
        while (await screen.next("tally"))["people"]:
            pass
        await line.answer(CHOICE, {"option": 2})
        while not (tally := await screen.next("tally"))["questions"]:
            assert tally["people"] == []
        assert tally["questions"] == [{"question": CHOICE, "answered": 1, "counts": {"2": 1}}]
        assert [person["answered"] for person in tally["people"]] == [1]
        quiet = await screen.next("tally")
        assert (quiet["questions"], quiet["people"]) == ([], [])


async def test_who_leaves_is_shown_as_gone(edge: Edge) -> None:
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    board = Board()
    async with edge.console(talk) as screen:
        async with browser.arrived():
            while not board.people.get(talk.pids[0], {}).get("here"):
                board.take(await screen.next("tally"))
            assert board.last["present"] == 1
        while board.people[talk.pids[0]]["here"]:
            board.take(await screen.next("tally"))
        assert board.last["present"] == 0


async def test_an_anonymous_conversation_has_numbers_but_no_people(edge: Edge) -> None:
    talk = await edge.talk(links="single")
    browser = Browser(edge, talk)
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line, edge.console(talk) as screen:
        await line.answer(CHOICE, {"option": 1})
        answered = 0
        while not answered:
            tally = await screen.next("tally")
            assert (tally["people"], tally["joined"]) == ([], 1)
            answered = sum(question["answered"] for question in tally["questions"])
        assert answered == 1


# --- who commands ---


async def test_who_signed_out_commands_nothing_any_more(edge: Edge) -> None:
    talk = await edge.talk(do=("publish",))
    cookie = await edge.staff("moderator")
    async with edge.console(talk, cookie=cookie) as line:
        await line.next("welcome")
        await edge.post("/api/console/sign-out", cookie=cookie)
        await line.send({"t": "command", "cid": aid(), "op": "start"})
        assert await line.bye() == (4401, "You are signed out. Sign in again.")
    room = await edge.turnout.rooms.find(talk.slug)
    assert room is not None
    assert room.conversation.phase == "published"


def demote(edge: Edge, role: Role) -> None:
    """All moderators are this from now on."""
    with contextlib.closing(sqlite3.connect(edge.data / "turnout.db", timeout=5)) as database:
        database.execute("UPDATE staff SET role = ? WHERE role = 'moderator'", (role,))
        database.commit()


async def test_a_role_that_changed_holds_for_the_next_command(edge: Edge) -> None:
    talk = await edge.talk(do=("publish",))
    async with edge.console(talk, cookie=await edge.staff("moderator")) as line:
        await line.next("welcome")
        demote(edge, "researcher")
        await line.send({"t": "command", "cid": aid(), "op": "start"})
        assert (await line.next("refused"))["code"] == "role"


async def test_who_may_not_see_any_more_what_the_screen_shows_is_closed_with_4403(
    edge: Edge,
) -> None:
    """By the clock, without a command; as an observer they may look again."""
    talk = await edge.talk(do=("publish",))
    cookie = await edge.staff("moderator")
    async with edge.console(talk, cookie=cookie) as line:
        await line.next("welcome")
        demote(edge, "observer")
        code, why = await line.bye()
        assert code == 4403
        assert "Load the page again" in why
    async with edge.console(talk, cookie=cookie) as line:
        assert (await line.next("welcome"))["role"] == "observer"
        await line.send({"t": "command", "cid": aid(), "op": "start"})
        assert (await line.next("refused"))["code"] == "role"
