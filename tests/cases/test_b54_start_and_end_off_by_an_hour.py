"""Elsewhere saving in another time zone moved the closing hour, a clock change sent invitations an
hour late, and whoever's own clock was wrong could not take part or saw a timer of fourteen
minutes."""

from __future__ import annotations

import base64
import datetime
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from playwright.async_api import Browser as Chromium
from playwright.async_api import expect

from tests.cases.crowd import joined, table
from tests.e2e.browsing import Browsing
from tests.web.edge import Edge, Talk
from tests.web.line import aid
from turnout.domain.guide import Item, OpenText

GUIDE = base64.b64encode(b"items:\n  - open_text: Why?\n").decode()
HOUR = 3_600
QUICK = (Item(1, "Quick!", OpenText(), duration=30),)
STARTS = (
    ("Europe/Berlin", "2027-03-28T01:59:59+01:00"),  # the last second before summer
    ("Europe/Berlin", "2027-03-28T03:00+02:00"),
    ("Europe/Berlin", "2027-10-31T02:30+02:00"),  # comes twice: this is the first
    ("Europe/Berlin", "2027-10-31T02:30+01:00"),  # and this the second
    ("America/New_York", "2027-03-14T03:00-04:00"),
    ("Asia/Kathmandu", "2027-01-01T00:15+05:45"),
    ("America/St_Johns", "2027-01-31T23:30-03:30"),
    ("Pacific/Kiritimati", "2027-01-01T00:00+14:00"),  # still last year nearly everywhere
    ("Pacific/Pago_Pago", "2026-12-31T23:59-11:00"),
    ("UTC", "2027-02-28T23:00Z"),
)


def milliseconds(text: str) -> int:
    return round(datetime.datetime.fromisoformat(text).timestamp() * 1000)


async def created(edge: Edge, zone: str, starts_at: str) -> Talk:
    guide = {"name": "g.yaml", "data": GUIDE}
    form = {"title": "When", "max_participants": 2, "guide": guide, "zone": zone}
    made = await edge.staff_post("conversations", form | {"starts_at": starts_at})
    assert made.status_code == 201, made.text
    return Talk(made.json()["slug"])


async def state_of(edge: Edge, talk: Talk) -> Any:
    return (await edge.staff_get(f"conversations/{talk.slug}")).json()


async def save(edge: Edge, talk: Talk, **choices: object) -> None:
    path = f"conversations/{talk.slug}/settings"
    saved = await edge.staff_post(path, {"cid": aid(), **choices})
    assert saved.status_code == 200, saved.text


@pytest.mark.parametrize(("zone", "starts_at"), STARTS)
async def test_the_start_stays_the_same_instant_however_often_it_is_saved(
    edge: Edge, zone: str, starts_at: str
) -> None:
    talk = await created(edge, zone, starts_at)
    expected = milliseconds(starts_at)
    first = await state_of(edge, talk)
    assert (first["starts_at"], first["zone"]) == (expected, zone)
    for _ in range(2):
        await save(edge, talk, title="When", duration=60)
        assert await state_of(edge, talk) == first
    for other in ("UTC", "Asia/Kathmandu", "America/St_Johns", zone):
        stored = datetime.datetime.fromtimestamp(expected / 1000, ZoneInfo(other))
        await save(edge, talk, starts_at=stored.isoformat())  # as a form in that zone has it
        assert (await state_of(edge, talk))["starts_at"] == expected
    await edge.command(talk, "publish")
    about = (await edge.get(f"/api/c/{talk.slug}")).json()
    assert about["zone"] == zone
    assert round(about["now"] + about["starts_in"] * 1000) == pytest.approx(expected, abs=2)


@pytest.mark.parametrize(
    "starts_at", ["2027-03-28T18:00", "2027-03-28", "18:00", "tomorrow", "1900000000", ""]
)
async def test_a_start_without_its_zone_is_refused_wherever_it_is_written(
    edge: Edge, starts_at: str
) -> None:
    guide = {"name": "g.yaml", "data": GUIDE}
    form = {"title": "When", "max_participants": 2, "guide": guide, "starts_at": starts_at}
    talk = await created(edge, "Europe/Berlin", "2027-03-28T18:00+02:00")
    before = await state_of(edge, talk)
    for path, body in (
        ("conversations", form),
        (f"conversations/{talk.slug}/settings", {"cid": aid(), "starts_at": starts_at}),
    ):
        refused = await edge.staff_post(path, body)
        assert (refused.status_code, refused.json()["code"]) == (422, "invalid")
        assert "2026-11-25T18:00+01:00" in refused.json()["why"]
    assert await state_of(edge, talk) == before


# --- what clients are told, and what is believed of them ---


def instants(message: object, name: str = "") -> Iterator[str]:
    """Where in a message a point in time stands: a number of this century's milliseconds or
    seconds, or a date in words."""
    match message:
        case dict():
            for key, value in message.items():
                yield from instants(value, key)
        case list():
            for value in message:
                yield from instants(value, name)
        case bool():
            return
        case int() | float() if message > 1_000_000_000:
            yield name
        case str() if re.match(r"20\d\d-\d\d-\d\d", message):
            yield name


async def test_participants_are_sent_remaining_seconds_and_never_a_deadline(
    own_edge: Edge,
) -> None:
    edge = own_edge
    starts = datetime.datetime.fromtimestamp(edge.clock() / 1000 + 300, datetime.UTC)
    talk = await edge.talk(items=QUICK, do=())
    await save(edge, talk, starts_at=starts.isoformat(), zone="UTC")
    await edge.command(talk, "publish")
    told = [(await edge.get(f"/api/c/{talk.slug}")).json()]
    assert 0 < told[0]["starts_in"] <= 300
    await edge.command(talk, "start")
    browser = await joined(edge, talk)
    told.append((await browser.join()).json())
    async with browser.open() as line:
        told += [await line.receive(), await line.receive()]
        await edge.command(talk, "next")
        edge.clock.advance(10_000)
        challenge = told[-2]
        proof = browser.proof("hello", challenge["nonce"])
        await line.send({"t": "hello", "tab": 1, "link": browser.pid, "proof": proof})
        welcome = await line.next("welcome")
        assert 15 < welcome["plan_left"] <= 20
        told += [welcome, await line.answer(1, {"text": "in time"})]
        await edge.command(talk, "end")
        told.append(await line.next("event"))
    edge.clock.advance(61_000)
    await edge.command(talk, "reopen_flex", days=2)
    async with browser.open() as line:
        await browser.hello(line, tab=2)
        welcome = await line.next("welcome")
        assert 0 < welcome["ends_in"] <= 2 * 24 * HOUR
        told.append(welcome)
    assert {name for message in told for name in instants(message)} == {"now"}


@pytest.mark.parametrize("wrong", [-HOUR, HOUR, 365 * 24 * HOUR])
async def test_no_time_that_a_client_says_is_believed(own_edge: Edge, wrong: int) -> None:
    edge = own_edge
    moment = datetime.datetime.fromtimestamp(edge.clock() / 1000 + wrong, datetime.UTC)
    date = moment.strftime("%a, %d %b %Y %H:%M:%S GMT")
    talk = await edge.talk(items=QUICK, do=("publish",))
    path = f"/api/c/{talk.slug}"
    usual = (await edge.get(path)).json()
    about = (await edge.get(path, headers={"Date": date, "If-Modified-Since": date})).json()
    assert about | {"now": 0} == usual | {"now": 0}
    await edge.command(talk, "start")
    await edge.command(talk, "next")
    browser = await joined(edge, talk)
    said = round(moment.timestamp() * 1000)
    async with browser.arrived(now=said, clock=date) as line:
        frame = {"t": "answer", "aid": aid(), "question": 1, "base": 0, "body": {"text": "now"}}
        await line.send(frame | {"now": said, "answered_at": said})
        assert "late" not in await line.next("accepted")
    (row,) = await table(edge, talk, "answers.csv")
    answered = milliseconds(row["answered_at"])
    assert abs(answered - edge.clock()) < HOUR * 1000 / 2
    assert row["late"] == "no"


async def test_every_time_in_a_file_names_its_offset(edge: Edge) -> None:
    talk = await edge.talk(do=("publish", "start", "next", "next"))
    async with (await joined(edge, talk)).arrived() as line:
        await line.answer(2, {"option": 1})
    await edge.command(talk, "next")
    found = []
    for name in ("participant_data.csv", "answers.csv", "questions.csv"):
        for row in await table(edge, talk, name):
            found += [value for key, value in row.items() if key.endswith("_at") and value]
    assert len(found) == 6
    for text in found:
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", text)


# --- on a phone whose clock is wrong ---


@pytest.fixture
async def phones(browser: Chromium, own_edge: Edge) -> AsyncIterator[Browsing]:
    """Phones in Berlin that visit the server in this process."""
    browsing = Browsing(browser, own_edge.address, {})
    yield browsing
    await browsing.finish()


@pytest.mark.parametrize("wrong", [-HOUR, HOUR])
async def test_a_phone_whose_clock_is_an_hour_off_waits_and_answers_like_all_others(
    own_edge: Edge, phones: Browsing, wrong: int
) -> None:
    edge = own_edge
    talk = await edge.talk(items=QUICK, do=())
    now = datetime.datetime.fromtimestamp(edge.clock() / 1000, datetime.UTC)
    starts = now.replace(microsecond=0) + datetime.timedelta(minutes=30)
    await save(edge, talk, starts_at=starts.isoformat(), zone="Asia/Kathmandu")
    await edge.command(talk, "publish")
    phone = await phones.phone("about:blank")
    await phone.clock.install(time=now + datetime.timedelta(seconds=wrong))
    await phones.visit(phone, f"{edge.address}/c/{talk.slug}?pid={talk.pids[0]}")

    await expect(phone.get_by_role("timer")).to_have_text(re.compile("Starts in (30:00|29:[345])"))
    await expect(phone.get_by_text("your time (Berlin)")).to_be_visible()
    there = starts.astimezone(ZoneInfo("Asia/Kathmandu")).strftime("%H:%M").lstrip("0")
    await expect(phone.get_by_text(f"{there} for the organiser (Kathmandu)")).to_be_visible()
    here = starts.astimezone(ZoneInfo("Europe/Berlin"))
    clock = re.compile(rf"\b0?{here.hour}:{here.minute:02}$")
    await expect(phone.get_by_text(clock).first).to_be_visible()

    await edge.command(talk, "start")
    await phone.reload()
    await phone.get_by_role("button", name="Join").click()
    await edge.command(talk, "next")
    await expect(phone.get_by_role("heading", name="Quick!")).to_be_visible()
    await expect(phone.get_by_text(re.compile(r"about (30|[12]\d) s"))).to_be_visible()
    await phone.clock.set_system_time(now + datetime.timedelta(seconds=3 * wrong))
    await phone.get_by_label("Your answer").fill("in time")
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    (row,) = await table(edge, talk, "answers.csv")
    assert (row["answer"], row["late"]) == ("in time", "no")
    assert abs(milliseconds(row["answered_at"]) - edge.clock()) < HOUR * 1000 / 2
