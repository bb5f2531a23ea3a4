"""Answers over a participant's socket: taken, refused, replaced, late; and catching up."""

import asyncio

import pytest

from tests.web.browser import Browser
from tests.web.edge import CHOICE, LAST, TEXT, Edge, Talk
from tests.web.line import aid
from turnout.domain.guide import Item, OpenText
from turnout.services.ticking import TICK

pytestmark = pytest.mark.both_transports

MINUTE = 60_000


async def joined(edge: Edge, talk: Talk, place: int = 0) -> Browser:
    browser = Browser(edge, talk, talk.pids[place])
    assert (await browser.join()).status_code == 200
    return browser


async def test_an_accepted_answer_is_stored(edge: Edge) -> None:
    talk = await edge.standing()
    browser = await joined(edge, talk)
    id = aid()
    async with browser.arrived() as line:
        accepted = await line.answer(CHOICE, {"option": 2}, id=id)
    assert accepted == {
        "t": "accepted",
        "aid": id,
        "revision": 1,
        "progress": {"asked": 1, "answered": 1, "percent_answered": 100},
    }
    async with browser.open() as line:
        await browser.hello(line)
        welcome = await line.next("welcome")
    assert welcome["mine"] == [
        {"question": CHOICE, "aid": id, "revision": 1, "body": {"option": 2}}
    ]


async def test_the_same_answer_sent_five_times_is_one(edge: Edge) -> None:
    talk = await edge.talk()
    browser = await joined(edge, talk)
    id = aid()
    async with browser.arrived() as line:
        answers = [await line.answer(CHOICE, {"option": 1}, id=id) for _ in range(5)]
    assert all(answer == answers[0] for answer in answers)
    assert answers[0]["revision"] == 1
    rows = (await edge.staff_get(f"conversations/{talk.slug}/files/answers.csv?bom=no")).text
    assert len(rows.splitlines()) == 2


@pytest.mark.parametrize(
    ("question", "body", "code"),
    [
        (CHOICE, {"option": 3}, "invalid"),
        (CHOICE, {"option": 0}, "invalid"),
        (CHOICE, {"option": 2**70}, "invalid"),
        (CHOICE, {"other": "\u200b \u2800"}, "invalid"),
        (CHOICE, {"text": "Yes"}, "invalid"),
        (CHOICE, {"number": 1e308}, "invalid"),
        (CHOICE, {"other": "x" * 2_001}, "invalid"),
        (CHOICE, {"other": "a\0b"}, "invalid"),
        (CHOICE, {}, "invalid"),
        (1, {"text": "to a message"}, "gone"),
        (TEXT, {"text": "not asked yet"}, "gone"),
        (99, {"text": "not in the guide"}, "gone"),
        (2**53, {"text": "not in any"}, "gone"),
    ],
)
async def test_what_is_no_answer_to_an_asked_question_is_refused_for_good(
    edge: Edge, question: int, body: dict[str, object], code: str
) -> None:
    browser = await joined(edge, await edge.standing())
    async with browser.arrived() as line:
        refused = await line.answer(question, body)
        assert (refused["t"], refused["code"]) == ("refused", code)
        assert refused["why"]
        assert (await line.answer(CHOICE, {"other": "\U0001f6b2" * 2_000}))["t"] == "accepted"


async def test_an_answer_on_a_revision_that_no_longer_counts_is_shown_the_one_that_does(
    edge: Edge,
) -> None:
    browser = await joined(edge, await edge.standing())
    async with browser.arrived() as line:
        first = await line.answer(CHOICE, {"option": 1})
        second = await line.answer(CHOICE, {"option": 2}, base=1)
        late_copy = await line.answer(CHOICE, {"option": 1}, id=first["aid"])
        stale = await line.answer(CHOICE, {"option": 1}, base=0)
    stored = {"aid": second["aid"], "revision": 2, "body": {"option": 2}}
    for refused in (late_copy, stale):
        assert (refused["code"], refused["stored"]) == ("superseded", stored)


async def test_an_answer_that_replaces_what_is_not_there_is_told_that_nothing_is(
    edge: Edge,
) -> None:
    browser = await joined(edge, await edge.standing())
    async with browser.arrived() as line:
        refused = await line.answer(CHOICE, {"option": 1}, base=4)
    assert refused["code"] == "superseded"
    assert "stored" not in refused


async def test_an_answer_within_the_grace_is_late_and_counts(own_edge: Edge) -> None:
    talk = await own_edge.talk()
    browser = await joined(own_edge, talk)
    async with browser.arrived() as line:
        await own_edge.command(talk, "close")
        own_edge.clock.advance(50_000)
        accepted = await line.answer(CHOICE, {"option": 1})
    assert (accepted["t"], accepted["late"]) == ("accepted", True)


async def test_an_answer_after_the_grace_is_refused(own_edge: Edge) -> None:
    talk = await own_edge.talk()
    browser = await joined(own_edge, talk)
    async with browser.arrived() as line:
        await own_edge.command(talk, "next")
        own_edge.clock.advance(MINUTE + 1_000)
        refused = await line.answer(CHOICE, {"option": 1})
        assert (await line.answer(TEXT, {"text": "open"}))["t"] == "accepted"
    assert refused["code"] == "closed"


async def test_an_end_closes_no_socket_and_the_grace_follows_it(own_edge: Edge) -> None:
    talk = await own_edge.talk()
    browser, other = await joined(own_edge, talk), await joined(own_edge, talk, 1)
    async with browser.arrived() as line, other.arrived() as second:
        await own_edge.command(talk, "end")
        ended = await line.next("event")
        assert ended["event"] == {"kind": "phase", "phase": "ended"}
        own_edge.clock.advance(30_000)
        accepted = await line.answer(CHOICE, {"option": 1})
        assert accepted["late"] is True
        own_edge.clock.advance(MINUTE)
        assert (await second.answer(CHOICE, {"option": 1}))["code"] == "closed"
        assert await second.beat() == ended["rev"]


async def test_who_had_joined_may_come_back_after_the_end_until_the_undo_has_lapsed(
    own_edge: Edge,
) -> None:
    talk = await own_edge.talk()
    browser = await joined(own_edge, talk)
    async with browser.arrived():
        pass
    never_arrived = await joined(own_edge, talk, 1)
    await own_edge.command(talk, "end")
    async with browser.arrived() as line:
        assert await line.beat() > 0
    async with never_arrived.open() as line:
        await never_arrived.hello(line)
        assert (await line.bye())[0] == 4411
    own_edge.clock.advance(10 * MINUTE + 1_000)
    async with browser.open() as line:
        await browser.hello(line)
        code, why = await line.bye()
    assert (code, why) == (4411, "This conversation is over.")


async def test_however_short_the_grace_the_thank_you_page_gets_its_numbers_before_4411(
    own_edge: Edge,
) -> None:
    """It asks for them at a random moment within 5 seconds of the end."""
    talk = await own_edge.talk(grace=0)
    browser = await joined(own_edge, talk)
    async with browser.arrived() as line:
        await own_edge.command(talk, "end")
        own_edge.clock.advance(1)
        await own_edge.command(talk, "reopen_flex")
        await own_edge.command(talk, "end")
        own_edge.clock.advance(9_000)
        await asyncio.sleep(2.5 * TICK)
        await line.send({"t": "resync", "epoch": "", "rev": 0})
        assert "percent_while_present" in (await line.next("welcome"))["progress"]
        own_edge.clock.advance(1_001)
        assert (await line.bye())[0] == 4411


async def test_i2_an_aid_that_counts_for_one_question_is_invalid_for_another(
    own_edge: Edge,
) -> None:
    talk = await own_edge.talk()
    browser = await joined(own_edge, talk)
    id = aid()
    async with browser.arrived() as line:
        assert (await line.answer(CHOICE, {"option": 1}, id=id))["t"] == "accepted"
        await own_edge.command(talk, "next")
        refused = await line.answer(TEXT, {"text": "the same id"}, id=id)
        assert (refused["code"], "retry_ms" in refused) == ("invalid", False)
        assert (await line.answer(TEXT, {"text": "its own id"}))["t"] == "accepted"
        assert (await line.answer(CHOICE, {"option": 1}, id=id))["t"] == "accepted"


# --- events and catching up ---


async def test_what_a_moderator_does_arrives_as_a_chain_of_events(edge: Edge) -> None:
    talk = await edge.talk()
    browser = await joined(edge, talk)
    async with browser.arrived() as line:
        rev = await line.beat()
        await edge.command(talk, "next")
        await edge.command(talk, "skip", item=LAST)
        await edge.command(talk, "send", item=1)
        events = [await line.next("event") for _ in range(3)]
    assert [event["event"]["kind"] for event in events] == ["closed", "opened", "message"]
    for event in events:
        assert event["prev"] == rev
        rev = event["rev"]
    assert events[1]["event"]["item"] == {
        "id": TEXT,
        "type": "open_text",
        "number": 2,
        "text": "Why?",
    }


async def test_who_was_away_for_a_while_gets_what_they_missed(edge: Edge) -> None:
    talk = await edge.talk()
    browser = await joined(edge, talk)
    async with browser.open() as line:
        await browser.hello(line)
        welcome = await line.next("welcome")
    resume = {"epoch": welcome["epoch"], "rev": welcome["rev"]}
    async with browser.open() as line:
        await browser.hello(line, resume=resume)
        nothing = await line.next("welcome")
    assert nothing["deltas"] == []
    assert "state" not in nothing
    await edge.command(talk, "next")
    async with browser.open() as line:
        await browser.hello(line, resume=resume)
        missed = await line.next("welcome")
    assert [delta["event"]["kind"] for delta in missed["deltas"]] == ["closed", "opened"]
    assert missed["deltas"][0]["prev"] == welcome["rev"]
    assert missed["deltas"][-1]["rev"] == missed["rev"]
    assert "state" not in missed


@pytest.mark.parametrize("resume", [{"epoch": "another"}, {"rev": 10**9}, {"rev": 2}])
async def test_who_cannot_be_brought_up_to_date_by_events_gets_the_state(
    edge: Edge, resume: dict[str, object]
) -> None:
    talk = await edge.standing()
    browser = await joined(edge, talk)
    async with browser.open() as line:
        await browser.hello(line)
        welcome = await line.next("welcome")
        where = {"epoch": welcome["epoch"], "rev": 2} | resume
        await line.send({"t": "resync", **where})
        again = await line.next("welcome")
    assert again["state"] == welcome["state"]
    assert "deltas" not in again


async def test_a_welcome_says_how_much_of_the_plan_is_left(own_edge: Edge) -> None:
    talk = await own_edge.talk(items=(Item(1, "Quick!", OpenText(), duration=30),), do=())
    for op in ("publish", "start", "next"):
        await own_edge.command(talk, op)
    browser = await joined(own_edge, talk)
    own_edge.clock.advance(40_000)
    async with browser.open() as line:
        await browser.hello(line)
        welcome = await line.next("welcome")
    assert -11 < welcome["plan_left"] < -9
