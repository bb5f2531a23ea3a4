"""The guide before the start: items are added, corrected, moved, copied and deleted, by pointer and
by keyboard; a file takes the place of all of them only when it is whole."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import Locator, Page, expect

from tests.e2e.browsing import Browsing
from tests.e2e.camera import Camera
from tests.e2e.site import Site, Talk

GUIDE = """\
items:
  - message: Welcome.
  - open_text: Do you think the increased use of AI is likely to make your life better?
  - open_text: Do you think the increased use of AI is likely to make your town better?
  - single_choice: Do you agree?
    options: ["Yes", "No"]
  - scale: How safe do you feel on it?
    min: 0
    max: 10
"""


def rows(desk: Page) -> Locator:
    return desk.locator(".guide .item .item-head")


async def order(desk: Page, *texts: str) -> None:
    await expect(rows(desk)).to_have_text([re.compile(text) for text in texts])


async def edited(site: Site, browsing: Browsing, *do: str) -> tuple[Talk, Page]:
    talk = await site.talk(GUIDE, *do)
    desk = await browsing.desk(f"/console/{talk.slug}/guide")
    await expect(desk.get_by_role("heading", name="Guide", exact=True)).to_be_visible()
    await expect(rows(desk)).to_have_count(5)
    return talk, desk


async def test_rows_say_what_differs_and_wholly_to_those_who_listen(
    site: Site, browsing: Browsing
) -> None:
    _, desk = await edited(site, browsing)
    second = rows(desk).nth(2)
    whole = "Do you think the increased use of AI is likely to make your town better?"
    await expect(desk.get_by_role("button", name=whole)).to_have_count(1)
    left_out = "Do you think the increased use of AI is likely to make "
    await expect(second.locator(".t .vh")).to_have_text(left_out)


async def test_the_keyboard_moves_an_item_and_says_where_it_is(
    site: Site, browsing: Browsing
) -> None:
    talk, desk = await edited(site, browsing)
    await rows(desk).nth(3).focus()
    await desk.keyboard.press("Alt+ArrowUp")
    await order(desk, "Welcome", "life", "agree", "town", "safe")
    await expect(desk.get_by_text("Moved to 3 of 5.")).to_be_attached()
    await expect(rows(desk).nth(2)).to_be_focused()
    await desk.keyboard.press("Alt+ArrowUp")
    await order(desk, "Welcome", "agree", "life", "town", "safe")
    await expect(rows(desk).nth(1)).to_be_focused()
    # Pressed again before the server has answered it goes on; at an end it stays.
    for _ in range(4):
        await desk.keyboard.press("Alt+ArrowDown")
    await order(desk, "Welcome", "life", "town", "safe", "agree")
    await expect(rows(desk).nth(4)).to_be_focused()
    await expect(desk.get_by_text("Moved to 5 of 5.")).to_be_attached()
    await desk.reload()
    await order(desk, "Welcome", "life", "town", "safe", "agree")
    await site.command(talk, "publish", "start", "next", "next")
    await expect(desk.get_by_text("The conversation has begun")).to_be_visible()
    await expect(desk.locator(".grip")).to_have_count(0)


async def test_a_row_is_dragged_to_its_place(site: Site, browsing: Browsing) -> None:
    _, desk = await edited(site, browsing)
    grip = await desk.get_by_role("button", name="Move question 4").bounding_box()
    goal = await rows(desk).nth(1).bounding_box()
    assert grip is not None
    assert goal is not None
    await desk.mouse.move(grip["x"] + 8, grip["y"] + 8)
    await desk.mouse.down()
    await desk.mouse.move(grip["x"] + 8, goal["y"] + 2, steps=8)
    await expect(desk.locator(".is-drop-after")).to_have_text(re.compile("Welcome"))
    await desk.mouse.up()
    await order(desk, "Welcome", "safe", "life", "town", "agree")
    # Let go with Escape nothing moves.
    await desk.mouse.move(grip["x"] + 8, grip["y"] + 8)
    await desk.mouse.down()
    await desk.mouse.move(grip["x"] + 8, goal["y"] - 40, steps=8)
    await desk.keyboard.press("Escape")
    await desk.mouse.up()
    await order(desk, "Welcome", "safe", "life", "town", "agree")


async def test_items_are_copied_corrected_and_deleted(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    _, desk = await edited(site, browsing)
    await rows(desk).nth(3).click()
    await desk.get_by_role("button", name="Duplicate").click()
    await order(desk, "Welcome", "life", "town", "agree", "agree", "safe")
    await desk.get_by_role("button", name="Correct…").click()
    await desk.get_by_label("Wording").fill("Do you agree with that?")
    await camera.look(desk, "staff-guide-correct")
    await desk.get_by_role("button", name="Save").click()
    await order(desk, "Welcome", "life", "town", "with that", "agree", "safe")
    await desk.get_by_role("button", name="Delete…").click()
    await expect(desk.get_by_role("heading", name="Delete question 3?")).to_be_visible()
    await desk.get_by_role("button", name="Delete", exact=True).click()
    await order(desk, "Welcome", "life", "town", "agree", "safe")
    await camera.look(desk, "staff-guide")


async def test_two_who_edit_the_same_words_say_whose_it_shall_be(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    talk, desk = await edited(site, browsing)
    other = await browsing.desk(f"/console/{talk.slug}/guide")
    await expect(rows(other)).to_have_count(5)
    await correct(desk, 3, "Mine?")
    await correct(other, 3, "Theirs?")
    await other.get_by_label("Seconds planned").fill("45")
    await other.get_by_role("button", name="Save").click()
    await expect(desk.get_by_text("Somebody changed this item meanwhile")).to_be_visible()
    dialog = desk.get_by_role("dialog")
    await expect(dialog).to_contain_text("Theirs?")
    await expect(desk.get_by_label("Wording")).to_have_value("Mine?")
    # What only they changed follows them.
    await expect(desk.get_by_label("Seconds planned")).to_have_value("45")
    await camera.look(desk, "staff-guide-two-editors", 360)
    # Nothing is saved before it is said whose it shall be.
    await desk.get_by_role("button", name="Save").click()
    await expect(desk.get_by_role("button", name="Keep mine")).to_be_focused()
    await order(other, "Welcome", "life", "town", "Theirs", "safe")
    await desk.get_by_role("button", name="Keep mine").click()
    await desk.get_by_role("button", name="Save").click()
    await order(other, "Welcome", "life", "town", "Mine", "safe")
    await correct(desk, 3, "Mine again?")
    await site.do(talk, "edit", item=4, draft={"type": "open_text", "text": "Theirs again?"})
    await desk.get_by_role("button", name="Take theirs").click()
    await expect(desk.get_by_label("Wording")).to_have_value("Theirs again?")


async def correct(desk: Page, row: int, text: str) -> None:
    """Type another wording for an item; it is not saved yet."""
    if await rows(desk).nth(row).get_attribute("aria-expanded") == "false":
        await rows(desk).nth(row).click()
    await desk.get_by_role("button", name="Correct…").click()
    await desk.get_by_label("Wording").fill(text)


async def test_what_was_typed_outlives_what_others_do(site: Site, browsing: Browsing) -> None:
    talk, desk = await edited(site, browsing)
    await correct(desk, 4, "How safe?")
    draft = {"type": "scale", "text": "Theirs?", "min": 0, "max": 7}
    await site.do(talk, "edit", item=5, draft=draft)
    await expect(desk.get_by_role("button", name="Keep mine")).to_be_visible()
    await desk.get_by_label("Wording").fill("How safe is it?")
    await site.do(talk, "drop", item=5)
    await expect(desk.get_by_text("Somebody deleted this item meanwhile")).to_be_visible()
    await expect(desk.get_by_label("Wording")).to_have_value("How safe is it?")
    await expect(desk.get_by_label("Highest number")).to_have_value("7")
    await desk.get_by_role("button", name="Add", exact=True).click()
    await order(desk, "Welcome", "life", "town", "agree", "How safe is it")
    # In the room, another moderator sends the very item that is being corrected.
    await site.command(talk, "publish", "start", "next")
    await browsing.visit(desk, desk.url.replace("/guide", "/live"))
    await rows(desk).filter(has_text="life").click()
    await desk.locator(".item-body").get_by_role("button", name="Correct…").click()
    await desk.get_by_label("Wording").fill("A better life?")
    kind = desk.get_by_label("Kind")
    await kind.select_option("scale")
    await site.command(talk, "next")
    await expect(desk.get_by_text("Everybody sees the correction")).to_be_visible()
    # Its kind can't change any more, so it is again what it was.
    await expect(kind).to_be_disabled()
    await expect(kind).to_have_value("open_text")
    await desk.get_by_role("button", name="Save").click()
    await expect(desk.get_by_role("heading", name="A better life?")).to_be_visible()


async def test_what_was_typed_is_there_again_after_leaving(site: Site, browsing: Browsing) -> None:
    _, desk = await edited(site, browsing)
    await correct(desk, 1, "Why not?")
    await desk.keyboard.press("Escape")
    await expect(desk.get_by_role("dialog")).to_have_count(0)
    await expect(desk.get_by_role("button", name="Correct…")).to_be_focused()
    await desk.reload()
    await expect(rows(desk)).to_have_count(5)
    await rows(desk).nth(1).click()
    await desk.get_by_role("button", name="Correct…").click()
    await expect(desk.get_by_text("You typed this before")).to_be_visible()
    await expect(desk.get_by_label("Wording")).to_have_value("Why not?")
    await desk.get_by_role("button", name="Start over").click()
    await expect(desk.get_by_label("Wording")).to_have_value(re.compile("life better"))
    await expect(desk.get_by_text("You typed this before")).to_have_count(0)


async def test_a_finger_drags_too_and_a_tap_asks_for_the_place(
    site: Site, browsing: Browsing, camera: Camera
) -> None:
    _, desk = await edited(site, browsing)
    grip = await desk.get_by_role("button", name="Move question 1").bounding_box()
    goal = await rows(desk).nth(4).bounding_box()
    assert grip is not None
    assert goal is not None
    touch = await desk.context.new_cdp_session(desk)
    x, start, end = grip["x"] + 8, grip["y"] + 8, goal["y"] + goal["height"] - 4

    async def finger(kind: str, *y: float) -> None:
        points = [{"x": x, "y": one} for one in y]
        await touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    await finger("touchStart", start)
    for step in range(1, 9):
        await finger("touchMove", start + (end - start) * step / 8)
    await expect(desk.locator(".is-drop-after")).to_have_text(re.compile("safe"))
    await finger("touchEnd")
    await order(desk, "Welcome", "town", "agree", "safe", "life")
    await expect(desk.get_by_role("dialog")).to_have_count(0)
    await desk.get_by_role("button", name="Move question 4").click()
    await camera.look(desk, "staff-guide-move", 360)
    await desk.get_by_label("Where").select_option(label="At the beginning")
    await desk.get_by_role("button", name="Move", exact=True).click()
    await order(desk, "life", "Welcome", "town", "agree", "safe")
    await expect(desk.get_by_role("button", name="Move question 1")).to_be_focused()


async def test_a_file_takes_the_place_of_what_was_read_and_only_whole(
    site: Site, browsing: Browsing, tmp_path: Path
) -> None:
    browsing.expected = "status of (409|422)"
    talk, desk = await edited(site, browsing)
    bad = tmp_path / "bad.yaml"
    bad.write_text("items:\n  - single_choice: Which?\n  - opn_text: Why?\n", "utf-8")
    await desk.set_input_files("input[type=file]", bad)
    await expect(desk.get_by_role("table")).to_contain_text("options")
    await desk.get_by_role("button", name="Replace the guide").click()
    await expect(rows(desk)).to_have_count(5)
    good = tmp_path / "good.yaml"
    good.write_text("items:\n  - open_text: Why?\n", "utf-8")
    await desk.set_input_files("input[type=file]", good)
    await desk.get_by_role("button", name="Replace the guide").click()
    dialog = desk.get_by_role("dialog")
    await expect(dialog).to_contain_text("5 items go that stand here now, and 1 item comes")
    await dialog.get_by_role("button", name="Keep this guide").click()
    await expect(rows(desk)).to_have_count(5)
    # Somebody adds an item while it is asked: nobody has read that one, so nothing goes.
    await desk.get_by_role("button", name="Replace the guide").click()
    await expect(dialog).to_be_visible()
    await site.do(talk, "add", draft={"type": "message", "text": "Hello."})
    await dialog.get_by_role("button", name="Replace the guide").click()
    await expect(desk.get_by_role("alert")).to_contain_text("somebody changed the guide")
    await expect(rows(desk)).to_have_count(6)
    await desk.get_by_role("button", name="Replace the guide").click()
    await expect(dialog).to_contain_text("6 items go")
    await dialog.get_by_role("button", name="Replace the guide").click()
    await order(desk, "Why")
