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
    assert "… " in (await second.inner_text())


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
    # At an end it stays, and says nothing wrong.
    await rows(desk).nth(4).focus()
    await desk.keyboard.press("Alt+ArrowDown")
    await desk.reload()
    await order(desk, "Welcome", "agree", "life", "town", "safe")
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


async def test_two_who_edit_see_each_other(site: Site, browsing: Browsing) -> None:
    talk, desk = await edited(site, browsing)
    other = await browsing.desk(f"/console/{talk.slug}/guide")
    await expect(rows(other)).to_have_count(5)
    await rows(desk).nth(3).click()
    await desk.get_by_role("button", name="Correct…").click()
    await desk.get_by_label("Wording").fill("Mine?")
    await rows(other).nth(3).click()
    await other.get_by_role("button", name="Correct…").click()
    await other.get_by_label("Wording").fill("Theirs?")
    await other.get_by_role("button", name="Save").click()
    await expect(desk.get_by_text("Somebody changed this item meanwhile")).to_be_visible()
    await expect(desk.get_by_text("Theirs?")).to_have_count(2)
    await expect(desk.get_by_label("Wording")).to_have_value("Mine?")
    await desk.get_by_role("button", name="Save").click()
    await order(other, "Welcome", "life", "town", "Mine", "safe")


async def test_a_file_with_errors_changes_nothing_and_names_its_rows(
    site: Site, browsing: Browsing, tmp_path: Path
) -> None:
    browsing.expected = "status of 422"
    _, desk = await edited(site, browsing)
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
    await desk.get_by_role("button", name="Replace the guide").click()
    await dialog.get_by_role("button", name="Replace the guide").click()
    await order(desk, "Why")
