"""A participant's socket at the edge: who is let in, in what order, and how it ends."""

import asyncio

import pytest
from websockets.exceptions import InvalidStatus

from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge, Talk

pytestmark = pytest.mark.both_transports


async def refused_upgrade(edge: Edge, path: str, **more: object) -> int:
    """The status with which the upgrade is turned down."""
    with pytest.raises(InvalidStatus) as raised:
        async with edge.socket(path, **more):  # type: ignore[arg-type]
            pass
    return raised.value.response.status_code


@pytest.mark.parametrize(
    "origin", ["https://elsewhere.example", "null", None, "http://127.0.0.1", "http://localhost:1"]
)
async def test_a_foreign_or_missing_origin_is_refused_before_the_upgrade(
    edge: Edge, origin: str | None
) -> None:
    talk = await edge.standing()
    assert await refused_upgrade(edge, f"/ws/c/{talk.slug}", origin=origin) == 403


async def test_an_unknown_conversation_has_no_socket(edge: Edge) -> None:
    assert await refused_upgrade(edge, "/ws/c/nothing-here") == 403


@pytest.mark.parametrize("subprotocol", [None, "turnout.v0", "graphql-ws"])
async def test_a_socket_must_speak_our_subprotocol(edge: Edge, subprotocol: str | None) -> None:
    talk = await edge.standing()
    path = f"/ws/c/{talk.slug}"
    assert await refused_upgrade(edge, path, subprotocol=subprotocol) == 403


async def test_first_come_the_challenge_and_the_lobby_and_after_a_hello_the_welcome(
    edge: Edge,
) -> None:
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    async with browser.open() as line:
        challenge = await line.receive()
        assert challenge["t"] == "challenge"
        lobby = await line.receive()
        assert lobby == {"t": "lobby", "phase": "live", "starts_in": None, "waiting": 1}
        proof = browser.proof("hello", challenge["nonce"])
        await line.send({"t": "hello", "tab": 1, "link": talk.pids[0], "proof": proof})
        welcome = await line.receive()
    assert welcome["t"] == "welcome"
    assert [seen["status"] for seen in welcome["state"]["items"]] == ["closed", "open"]
    assert welcome["progress"] == {
        "asked": 1,
        "answered": 0,
        "percent_answered": 0,
        "present": 1,
        "percent_while_present": 0,
    }
    assert welcome["mine"] == []


async def test_who_waits_is_told_when_the_conversation_starts(edge: Edge) -> None:
    talk = await edge.talk(do=("publish",))
    async with Browser(edge, talk).open() as line:
        assert (await line.next("lobby"))["phase"] == "published"
        await edge.command(talk, "start")
        assert (await line.next("lobby"))["phase"] == "live"


async def test_who_waits_learns_how_many_others_do(edge: Edge) -> None:
    talk = await edge.talk()
    async with Browser(edge, talk).open() as first:
        assert (await first.next("lobby"))["waiting"] == 1
        async with Browser(edge, talk).open():
            while (await first.next("lobby"))["waiting"] != 2:
                pass


async def test_a_hello_without_a_join_is_turned_away(edge: Edge) -> None:
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0])
    async with browser.open() as line:
        await browser.hello(line)
        code, why = await line.bye()
    assert code == 4404
    assert "Tap Join first" in why


async def test_a_hello_without_a_join_on_the_single_link_is_turned_away(edge: Edge) -> None:
    talk = await edge.talk(links="single")
    browser = Browser(edge, talk)
    async with browser.open() as line:
        await browser.hello(line)
        assert (await line.bye())[0] == 4404


@pytest.mark.parametrize("link", [None, "", "p123", "{{pid}}", "p" + "0" * 16])
async def test_a_hello_with_a_damaged_or_unknown_link_is_turned_away(
    edge: Edge, link: str | None
) -> None:
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    async with browser.open() as line:
        challenge = await line.next("challenge")
        proof = browser.proof("hello", challenge["nonce"], pid=link or "")
        message = {"t": "hello", "tab": 1, "proof": proof}
        await line.send(message if link is None else message | {"link": link})
        assert (await line.bye())[0] == 4404


@pytest.mark.parametrize(
    "changes",
    [
        {"aud": "https://elsewhere.example"},
        {"slug": "another"},
        {"pid": "p0000000000000000"},
        {"use": "join"},
        {"attempt": "0" * 32},
        {"nonce": "made-up"},
    ],
)
async def test_a_hello_with_a_proof_for_something_else_is_turned_away(
    edge: Edge, changes: dict[str, str]
) -> None:
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    async with browser.open() as line:
        challenge = await line.next("challenge")
        proof = browser.proof("hello", challenge["nonce"], **changes)
        await line.send({"t": "hello", "tab": 1, "link": talk.pids[0], "proof": proof})
        code, why = await line.bye()
    assert code == 4404
    assert why == "This device could not prove its key. Reload the page and try again."


async def test_who_was_removed_is_told_so_at_every_hello(edge: Edge) -> None:
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        await edge.command(talk, "remove", participant=1)
        byes = [await line.next("bye")]
    async with browser.open() as line:
        await browser.hello(line, tab=2)
        byes.append(await line.next("bye"))
    assert [(bye["code"], bye["reason"]) for bye in byes] == [(4410, "removed")] * 2


async def test_a_hello_of_a_link_that_is_bound_to_a_key_needs_the_proof(edge: Edge) -> None:
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    async with browser.open() as line:  # its cookie travels with the upgrade
        await line.next("challenge")
        await line.send({"t": "hello", "tab": 1, "link": talk.pids[0]})
        assert (await line.bye())[0] == 4409


async def test_a_proof_that_was_heard_on_another_socket_is_worth_nothing(edge: Edge) -> None:
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    async with browser.open() as heard, browser.open() as line:
        proof = browser.proof("hello", (await heard.next("challenge"))["nonce"])
        await line.next("challenge")
        await line.send({"t": "hello", "tab": 1, "link": talk.pids[0], "proof": proof})
        assert (await line.bye())[0] == 4404


async def test_a_nonce_of_a_join_serves_no_hello(edge: Edge) -> None:
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    proof = browser.proof("hello", await browser.nonce())
    async with browser.open() as line:
        await line.next("challenge")
        await line.send({"t": "hello", "tab": 1, "link": talk.pids[0], "proof": proof})
        assert (await line.bye())[0] == 4404


async def test_a_second_hello_is_malformed(edge: Edge) -> None:
    talk = await edge.standing()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        await line.send({"t": "hello", "tab": 1, "link": talk.pids[0]})
        assert (await line.bye())[0] == 4400


@pytest.mark.parametrize(
    "frame",
    [
        {"t": "resync", "epoch": "", "rev": 0},
        {
            "t": "answer",
            "aid": "00000000-0000-4000-8000-000000000001",
            "question": CHOICE,
            "base": 0,
            "body": {"option": 1},
        },
        {"t": "answer", "aid": "00000000-0000-4000-8000-000000000001"},
    ],
)
async def test_nothing_but_a_hello_comes_first(edge: Edge, frame: dict[str, object]) -> None:
    talk = await edge.standing()
    async with Browser(edge, talk).open() as line:
        await line.send(frame)
        assert (await line.bye())[0] == 4400


async def test_who_waits_may_ask_whether_the_server_is_there(edge: Edge) -> None:
    talk = await edge.talk()
    async with Browser(edge, talk).open() as line:
        assert await line.beat() > 0


# --- tabs and devices ---


async def joined(edge: Edge, talk: Talk) -> Browser:
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    return browser


async def test_the_newer_tab_takes_over_and_the_older_is_told(edge: Edge) -> None:
    browser = await joined(edge, await edge.standing())
    async with browser.arrived(tab=1) as older, browser.arrived(tab=2) as newer:
        code, why = await older.bye()
        assert code == 4408
        assert "another tab" in why
        assert await newer.beat() > 0


async def test_an_older_tab_never_takes_over(edge: Edge) -> None:
    browser = await joined(edge, await edge.standing())
    async with browser.arrived(tab=7) as newer, browser.open() as older:
        await browser.hello(older, tab=6)
        assert (await older.bye())[0] == 4408
        assert await newer.beat() > 0


async def test_the_same_tab_again_replaces_its_dead_socket_without_a_word(edge: Edge) -> None:
    browser = await joined(edge, await edge.standing())
    async with browser.arrived(tab=3) as dead, browser.arrived(tab=3) as alive:
        assert await dead.code() == 4009
        assert await alive.beat() > 0


async def test_a_link_in_use_is_closed_to_another_device(edge: Edge) -> None:
    talk = await edge.standing()
    browser = await joined(edge, talk)
    other = Browser(edge, talk, talk.pids[0])
    async with browser.arrived() as line, other.open() as refused:
        await other.hello(refused)
        code, why = await refused.bye()
        assert code == 4409
        assert "another device" in why
        assert await line.beat() > 0


async def test_what_one_device_answers_shows_on_the_other_where_several_are_allowed(
    edge: Edge,
) -> None:
    talk = await edge.talk(several=True)
    phone = await joined(edge, talk)
    laptop = await joined(edge, talk)
    async with phone.arrived(tab=1) as one, laptop.arrived(tab=1) as other:
        accepted = await one.answer(CHOICE, {"option": 2})
        mine = await other.next("mine")
        assert mine == {
            "t": "mine",
            "question": CHOICE,
            "aid": accepted["aid"],
            "revision": 1,
            "body": {"option": 2},
            "progress": {"asked": 1, "answered": 1, "percent_answered": 100},
        }
        changed = await other.answer(CHOICE, {"option": 1}, base=1)
        assert changed["t"] == "accepted"
        assert (await one.next("mine"))["revision"] == 2


async def test_a_participant_socket_says_hello_for_nobody_on_the_staff_door(edge: Edge) -> None:
    talk = await edge.standing()
    browser = await joined(edge, talk)
    cookie = f"turnout-{talk.slug}={browser.device.cookie}"
    assert await refused_upgrade(edge, f"/ws/console/{talk.slug}", cookie=cookie) == 403


async def test_a_socket_that_goes_away_leaves_the_room(edge: Edge) -> None:
    talk = await edge.talk()
    browser = await joined(edge, talk)
    room = await edge.turnout.rooms.find(talk.slug)
    assert room is not None
    async with browser.arrived():
        assert room.present == 1
    async with browser.open() as line:
        await line.next("lobby")
        assert len(room.waiting) == 1
    while room.present or room.waiting:
        await asyncio.sleep(0.01)
    assert list(room.connections()) == []
