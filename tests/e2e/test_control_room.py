"""The control room while it is live: one hand on the keyboard, two moderators, a laptop that dies,
texts that stand still while they are read, and those who only look on."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from tests.e2e.browsing import Browsing, go_offline
from tests.e2e.camera import Camera
from tests.e2e.crowd import Crowd
from tests.e2e.site import Site, Talk
from tests.second_client.client import Client, Refusal

GUIDE = """\
items:
  - single_choice: How did you come here?
    options: ["On foot", "By bicycle", "By bus"]
    duration: 0:30
  - open_text: What would make your street better?
    duration: 1:00
  - single_choice: Do you think the city does enough for people who walk?
    options: ["Yes", "No"]
  - single_choice: Do you think the city does enough for people who ride a bicycle?
    options: ["Yes", "No"]
  - message: Thank you, that was all.
"""


@pytest.fixture
async def talk(site: Site) -> Talk:
    return await site.talk(GUIDE, "publish", "start", people=40)


@pytest.fixture
async def crowd(site: Site, talk: Talk) -> AsyncIterator[Crowd]:
    crowd = Crowd(site, talk)
    yield crowd
    await crowd.leave()


async def room(browsing: Browsing, talk: Talk, cookies: dict[str, str] | None = None) -> Page:
    """A moderator's control room, connected."""
    desk = await browsing.desk(f"/console/{talk.slug}/live", cookies=cookies)
    await expect(desk.locator(".line:visible")).to_have_text("Connected")
    return desk


async def is_open(desk: Page, text: str) -> None:
    card = desk.locator(".open-card")
    await expect(card.get_by_role("heading", name=text)).to_be_visible()
    await expect(card.get_by_text("Open", exact=True)).to_be_visible()


async def test_one_hand_on_the_keyboard(site: Site, browsing: Browsing, talk: Talk) -> None:
    desk = await room(browsing, talk)
    await expect(desk.get_by_text("No question sent yet")).to_be_visible()
    await desk.keyboard.press("n")
    await is_open(desk, "How did you come here?")
    await desk.keyboard.press("c")
    await expect(desk.locator(".open-card .pill", has_text="Closed")).to_be_visible()

    await desk.keyboard.press("Enter")  # nothing is marked, so nothing is sent
    for _ in range(3):
        await desk.keyboard.press("j")
    await desk.keyboard.press("k")
    await expect(desk.locator(".is-marked")).to_contain_text("who walk")
    await desk.keyboard.press("Enter")
    await is_open(desk, "Do you think the city does enough for people who walk?")
    await expect(desk.locator(".is-marked")).to_have_count(0)

    await desk.keyboard.press("s")
    await expect(desk.get_by_role("button", name="Skipped 1")).to_be_visible()
    await desk.get_by_role("button", name="Skipped 1").press("Enter")
    await expect(desk.locator(".guide .t")).to_contain_text("What would make your street better?")

    await desk.keyboard.press("?")
    keys = desk.get_by_role("dialog", name="Keys")
    await expect(keys.get_by_text("Mark the item below, above")).to_be_visible()
    await desk.keyboard.press("n")  # not while a dialog is open
    await keys.get_by_label("Use these keys").uncheck()
    await desk.keyboard.press("Escape")
    await desk.keyboard.press("n")  # switched off
    await desk.keyboard.press("?")
    await expect(keys).to_have_count(0)
    await is_open(desk, "Do you think the city does enough for people who walk?")


async def test_keys_are_letters_in_a_field(
    site: Site, browsing: Browsing, talk: Talk, crowd: Crowd
) -> None:
    await site.command(talk, "next", "next")
    await crowd.join(1)
    await crowd.answer(slice(1), 2, {"text": "Benches in the shade"})
    desk = await room(browsing, talk)
    await expect(desk.get_by_text("Benches in the shade")).to_be_visible()
    await desk.keyboard.press("/")
    search = desk.get_by_role("searchbox", name="Search the texts")
    await expect(search).to_be_focused()
    await desk.keyboard.type("ncs")
    await expect(desk.get_by_text("No text holds “ncs”.")).to_be_visible()
    await is_open(desk, "What would make your street better?")


async def test_of_two_moderators_one_sends(site: Site, browsing: Browsing, talk: Talk) -> None:
    ben = await site.colleague("Ben", "moderator")
    first = await room(browsing, talk)
    hold: list[bool] = []
    desk = await browsing.desk("/console", cookies=ben)
    await delay(desk, hold)
    await browsing.visit(desk, f"{site.address}/console/{talk.slug}/live")
    await expect(desk.locator(".s-top")).to_contain_text("with Amara")
    await expect(first.locator(".s-top")).to_contain_text("with Ben")
    hold.append(True)  # what Amara does is still on its way to Ben
    await first.keyboard.press("n")
    await is_open(first, "How did you come here?")
    await desk.keyboard.press("n")
    await expect(desk.get_by_role("button", name="Next question")).to_have_attribute(
        "aria-busy", "true"
    )
    hold.clear()
    toast = desk.get_by_role("alert")
    await expect(toast).to_contain_text(re.compile(r"Amara sent question 1 (a second|\d+ s) ago\."))
    await expect(toast).to_contain_text("Yours was not sent; nothing was skipped.")
    await is_open(desk, "How did you come here?")
    await toast.get_by_role("button", name="OK").click()
    await expect(toast).to_have_count(0)


async def delay(desk: Page, hold: list[bool]) -> None:
    """While `hold` is not empty, nothing from the server reaches this page."""

    def route(line: WebSocketRoute) -> None:
        server = line.connect_to_server()
        late: list[str | bytes] = []

        def pass_on(message: str | bytes) -> None:
            late.append(message)
            if not hold:
                for one in late:
                    line.send(one)
                late.clear()

        line.on_message(server.send)
        server.on_message(pass_on)

    await desk.route_web_socket(re.compile("/ws/console/"), route)


async def test_a_laptop_dies_and_nothing_is_lost(
    site: Site, browsing: Browsing, talk: Talk, crowd: Crowd
) -> None:
    browsing.expected = "ERR_INTERNET_DISCONNECTED"
    chidi = await site.colleague("Chidi", "moderator")
    await site.command(talk, "next")
    await crowd.join(2)
    first = await room(browsing, talk)
    second = await room(browsing, talk, chidi)
    await crowd.answer(slice(2), 1, {"option": 1}, {"option": 3})
    for desk in (first, second):
        await expect(desk.get_by_text("2 of about 2 here have answered")).to_be_visible()
    await go_offline(second)
    await expect(second.locator(".line:visible")).to_contain_text("Offline, what you see is from")
    await expect(second.get_by_text("Not connected, so nothing can be sent.")).to_be_visible()
    await expect(second.get_by_role("button", name="Next question")).to_have_attribute(
        "aria-disabled", "true"
    )
    await first.keyboard.press("n")
    await is_open(first, "What would make your street better?")
    await crowd.answer(slice(2), 2, {"text": "Trees"}, {"text": "Benches"})

    await second.context.set_offline(False)
    back = second.get_by_role("alert")
    await expect(back).to_contain_text(
        "Reconnected. Here is what happened: question 2 was sent; 2 answers came.", timeout=40_000
    )
    await is_open(second, "What would make your street better?")
    await second.keyboard.press("n")
    await is_open(first, "Do you think the city does enough for people who walk?")
    await crowd.answer(slice(2), 3, {"option": 2})

    await second.close()  # for good
    gone = first.get_by_role("alert")
    await expect(gone).to_contain_text("Chidi's screen is gone.", timeout=30_000)
    await expect(gone).to_contain_text("You have everything: question 3 is open, 2 answers.")
    await expect(first.get_by_text("with Chidi")).to_have_count(0)


async def test_texts_stand_still_while_they_are_read(
    site: Site, browsing: Browsing, talk: Talk, crowd: Crowd
) -> None:
    await site.command(talk, "next", "next")
    await crowd.join(40)
    long = " and a bench under a tree where one can sit and look" * 4
    await crowd.answer(slice(28), 2, *({"text": f"Number {n}{long}"} for n in range(28)))
    desk = await room(browsing, talk)
    stream = desk.get_by_role("region", name="Texts, newest first")
    await expect(stream.get_by_role("listitem")).to_have_count(28)
    await stream.evaluate("box => { box.scrollTop = 700 }")
    await desk.wait_for_function(
        "document.querySelector('.stream-top').parentElement.scrollTop > 600"
    )
    before = await in_view(desk)
    await crowd.answer(slice(28, 40), 2, {"text": "A later one"})
    await expect(stream.get_by_role("button", name="12 new")).to_be_visible()
    assert await in_view(desk) == before
    await expect(stream.get_by_text("A later one")).to_have_count(0)
    await stream.get_by_role("button", name="12 new").click()
    await expect(stream.get_by_text("A later one")).to_have_count(12)

    newest = stream.get_by_role("listitem").first
    await newest.get_by_role("button", name="Mute who wrote this").click()
    await expect(stream.get_by_text("A later one")).to_have_count(11)
    await desk.get_by_role("alert").get_by_role("button", name="Undo").click()
    await expect(stream.get_by_text("A later one")).to_have_count(12)


async def in_view(desk: Page) -> list[str]:
    """The texts that can be read, with where they stand."""
    seen: list[str] = await desk.evaluate(
        """() => [...document.querySelectorAll('.stream li')].map(row => {
          const box = row.getBoundingClientRect();
          return box.bottom > 0 && box.top < innerHeight
            ? Math.round(box.top) + row.textContent : '';
        }).filter(text => text !== '')"""
    )
    return seen


async def test_an_observer_looks_on_without_names(
    site: Site, browsing: Browsing, talk: Talk, crowd: Crowd, camera: Camera
) -> None:
    dina = await site.colleague("Dina", "observer")
    await site.command(talk, "next", "next")
    await crowd.join(3)
    await crowd.answer(slice(3), 2, {"text": "Trees"}, {"text": "Benches"}, {"text": "مقاعد"})
    desk = await room(browsing, talk, dina)
    await expect(desk.get_by_text("Benches")).to_be_visible()
    await expect(desk.get_by_text("Observers see counts, no rows.")).to_be_visible()
    for name in ("Next question", "Close", "End…", "Add an item", "Mute who wrote this"):
        await expect(desk.get_by_role("button", name=name)).to_have_count(0)
    for pid in talk.pids[:3]:
        assert pid[:5] not in await desk.content()
    await desk.keyboard.press("n")
    await is_open(desk, "What would make your street better?")
    await camera.look(desk, "room-observer")


async def test_how_it_looks(
    site: Site, browsing: Browsing, talk: Talk, crowd: Crowd, camera: Camera
) -> None:
    browsing.expected = "status of 40[39]"
    await site.command(talk, "next")
    await crowd.join(12)
    options = [{"option": 1}, {"option": 1}, {"option": 2}, {"option": 3}]
    await crowd.answer(slice(11), 1, *options)
    await site.command(talk, "next")
    texts = ("Benches in the shade", "Slower cars", "مقاعد تحت الأشجار", "More trees, " * 12)
    await crowd.answer(slice(9), 2, *({"text": text} for text in texts))
    await site.do(talk, "mute", participant=5)
    await crowd.people[3].cut()
    other = Client(site.address, talk.slug, talk.pids[1])
    with pytest.raises(Refusal, match="other_device"):
        await other.prove("join")
    await other.prove("takeover")
    desk = await room(browsing, talk)
    await expect(desk.get_by_role("heading", name="1 person asks")).to_be_visible()
    await expect(desk.locator(".rows-people").get_by_role("button", name="Release")).to_be_visible()
    # Two quarters of a minute; whether one or many were here at first is a matter of the clock.
    curve = desk.get_by_role("img", name=re.compile("^From .* here at first"))
    await expect(curve).to_be_visible(timeout=40_000)
    await every_pane(desk, camera, "room-live")
    await site.command(talk, "end")
    await expect(desk.get_by_text("It is over")).to_be_visible()
    await every_pane(desk, camera, "room-ended")
    await desk.get_by_role("button", name=re.compile("Undo End")).click()
    await desk.get_by_role("dialog").get_by_role("button", name="Undo End").click()
    await is_open(desk, "What would make your street better?")


async def every_pane(desk: Page, camera: Camera, name: str) -> None:
    """A look at each width, and on a phone at each pane."""
    await camera.look(desk, name)
    await desk.set_viewport_size({"width": 360, "height": 780})
    for pane in ("Guide", "Texts", "People"):
        await desk.locator(".room-tabs").get_by_role("button", name=pane).click()
        await camera.look(desk, f"{name}-{pane.lower()}", 360)
    await desk.set_viewport_size({"width": 1440, "height": 900})


async def test_before_it_is_live(site: Site, browsing: Browsing, camera: Camera) -> None:
    talk = await site.talk(GUIDE)
    desk = await room(browsing, talk)
    await expect(desk.get_by_text("Nothing to steer yet")).to_be_visible()
    await camera.look(desk, "room-draft")
    await site.command(talk, "publish")
    await expect(desk.get_by_role("heading", name="Ready to start")).to_be_visible()
    await desk.keyboard.press("n")  # nothing can be sent yet
    await camera.look(desk, "room-published")
    await desk.get_by_role("button", name="Start…").click()
    await desk.get_by_role("button", name="Start now").click()
    await expect(desk.get_by_text("No question sent yet")).to_be_visible()
    await site.command(talk, "end")
    await expect(desk.get_by_text("It is over")).to_be_visible()


async def test_open_at_peoples_own_pace(site: Site, browsing: Browsing, camera: Camera) -> None:
    talk = await site.talk(GUIDE)
    await site.configure(talk, grace=0)
    await site.command(talk, "publish", "start", "next", "end")
    await site.do(talk, "reopen_flex", days=3)
    desk = await room(browsing, talk)
    await expect(desk.get_by_text("People answer at their own pace")).to_be_visible()
    await expect(desk.get_by_role("button", name="Next question")).to_have_count(0)
    await camera.look(desk, "room-flex")
    await desk.get_by_role("link", name="To Results").click()
    await expect(desk).to_have_url(re.compile("/results$"))
