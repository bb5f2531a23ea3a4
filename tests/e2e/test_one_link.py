"""One link and the browsers that open it: previews, reloads, tabs, links that do not work."""

from __future__ import annotations

from playwright.async_api import expect

from tests.e2e.browsing import Browsing
from tests.e2e.site import Site

GUIDE = """\
items:
  - single_choice: Do you agree?
    options: ["Yes", "No"]
  - open_text: Why?
"""


async def test_b01_a_browser_that_runs_the_page_but_taps_nothing_takes_nothing(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    scanner = await browsing.phone(talk.links[0])
    await expect(scanner.get_by_role("button", name="Join")).to_be_visible()
    assert [sent.url for sent in browsing.sent if sent.method != "GET"] == []
    assert not any(link["joined"] for link in await site.links(talk))

    # Nor did it bind the link to its own browser: somebody else joins with it.
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("Yes").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    assert [link["joined"] for link in await site.links(talk)] == [True, False, False]


async def test_b13_the_link_leaves_the_address_and_a_reload_goes_on(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("Yes").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    assert phone.url == talk.links[0].replace("?pid=", "#pid=")

    await phone.reload()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    await expect(phone.get_by_label("Yes")).to_be_checked()
    await expect(phone.get_by_text("1 of 1 answered")).to_be_visible()


async def test_b13_the_newest_tab_talks_and_the_older_one_can_take_over_again(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    first = await browsing.join(talk.links[0])
    second = await browsing.visit(await first.context.new_page(), talk.links[0])
    await expect(second.get_by_role("heading", name="Do you agree?")).to_be_visible()
    await expect(first.get_by_role("heading", name="Open in another tab")).to_be_visible()

    await first.get_by_role("button", name="Use here").click()
    await expect(first.get_by_role("heading", name="Do you agree?")).to_be_visible()
    await expect(second.get_by_role("heading", name="Open in another tab")).to_be_visible()

    # The quiet one stays quiet while the other one answers.
    await site.command(talk, "next")
    await expect(first.get_by_role("heading", name="Why?")).to_be_visible()
    await expect(second.get_by_role("button", name="Use here")).to_be_visible()


async def test_another_device_is_told_so_and_changes_nothing(
    site: Site, browsing: Browsing
) -> None:
    browsing.expected = "status of 409"
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await expect(phone.get_by_role("heading", name="Do you agree?")).to_be_visible()

    other = await browsing.phone(talk.links[0])
    await other.get_by_role("button", name="Join").click()
    await expect(
        other.get_by_role("heading", name="This link is in use on another device")
    ).to_be_visible()
    await expect(other.get_by_role("button", name="Ask to move here")).to_be_visible()

    await phone.get_by_label("No").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")


async def test_a_link_with_a_part_missing_is_told_at_once_and_counted_without_it(
    site: Site, browsing: Browsing
) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    for damaged in (talk.links[0][:-3], f"{talk.links[0].partition('=')[0]}={{{{pid}}}}"):
        before = len(browsing.sent)
        phone = await browsing.phone(damaged)
        heading = phone.get_by_role("heading", name="This link is damaged")
        await expect(heading).to_be_visible()
        assert "pid=" in phone.url.partition("#")[2]
        posted = [sent for sent in browsing.sent[before:] if sent.method == "POST"]
        assert [sent.url.rpartition("/")[2] for sent in posted] == ["damaged"]
    assert not any(link["joined"] for link in await site.links(talk))


async def test_a_link_in_capitals_with_look_alikes_works(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    base, _, pid = talk.links[0].partition("?pid=")
    spelt = pid.upper().replace("0", "O").replace("1", "I")
    phone = await browsing.join(f"{base}?PID=%20{spelt}.")
    await expect(phone.get_by_role("heading", name="Do you agree?")).to_be_visible()
    # As it was handed out, it is the same link, and this browser knows it.
    again = await browsing.visit(await phone.context.new_page(), talk.links[0])
    await expect(again.get_by_role("heading", name="Do you agree?")).to_be_visible()


async def test_without_the_link_the_browser_offers_to_go_on(site: Site, browsing: Browsing) -> None:
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await expect(phone.get_by_role("heading", name="Do you agree?")).to_be_visible()
    plain = talk.links[0].partition("?")[0]

    again = await browsing.visit(await phone.context.new_page(), plain)
    await again.get_by_role("button", name="Continue").click()
    await expect(again.get_by_role("heading", name="Do you agree?")).to_be_visible()
    assert again.url == talk.links[0].replace("?pid=", "#pid=")

    stranger = await browsing.phone(plain)
    await expect(stranger.get_by_role("heading", name="Your link is incomplete")).to_be_visible()


async def test_a_shared_computer_forgets_the_link(site: Site, browsing: Browsing) -> None:
    browsing.expected = "status of 409"
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await phone.get_by_label("No").check()
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.locator(".status")).to_contain_text("Saved")
    await site.command(talk, "end")
    await phone.get_by_role("button", name="I share this computer").click()
    await expect(phone.get_by_role("button", name="Keep")).to_be_focused()
    await phone.get_by_role("button", name="Forget").click()
    await expect(phone.get_by_role("heading", name="Forgotten here")).to_be_visible()
    assert phone.url == talk.links[0].partition("?")[0]

    # Neither the page without a link nor the link itself brings the next person in.
    await phone.reload()
    await expect(phone.get_by_role("heading", name="This conversation is over")).to_be_visible()
    await site.command(talk, "undo_end")
    await browsing.visit(phone, talk.links[0])
    await phone.get_by_role("button", name="Join").click()
    heading = phone.get_by_role("heading", name="This link is in use on another device")
    await expect(heading).to_be_visible()
    assert ",No," in await site.file(talk, "answers.csv")


async def test_b12_staff_look_on_until_they_sign_out(
    own_site: Site, own_browsing: Browsing
) -> None:
    own_browsing.expected = "status of 40[13]"
    own_browsing.cookies = await own_site.sign_in()
    talk = await own_site.talk(GUIDE, "publish", "start", "next")
    page = await own_browsing.desk(talk.links[0].removeprefix(own_site.address))
    await page.get_by_role("button", name="Join").click()
    await expect(page.get_by_role("heading", name="Preview: you are signed in")).to_be_visible()
    assert not any(link["joined"] for link in await own_site.links(talk))
    await page.get_by_role("button", name="Sign out and join").click()
    await expect(page.get_by_role("heading", name="Do you agree?")).to_be_visible()


async def test_b35_who_is_removed_is_told_and_can_not_come_back(
    site: Site, browsing: Browsing
) -> None:
    browsing.expected = "status of 403"
    talk = await site.talk(GUIDE, "publish", "start", "next")
    phone = await browsing.join(talk.links[0])
    await expect(phone.get_by_role("heading", name="Do you agree?")).to_be_visible()
    await site.do(talk, "remove", participant=1)
    heading = phone.get_by_role("heading", name="You can't take part any more")
    await expect(heading).to_be_visible()
    await phone.reload()
    await expect(heading).to_be_visible()


async def test_who_comes_after_the_last_seat_is_told(site: Site, browsing: Browsing) -> None:
    browsing.expected = "status of 409"
    talk = await site.talk(GUIDE, "publish", "start", "next", people=1, links="single")
    link = f"{site.address}/c/{talk.slug}"
    await browsing.join(link)
    late = await browsing.phone(link)
    await late.get_by_role("button", name="Join").click()
    await expect(late.get_by_role("heading", name="All seats are taken")).to_be_visible()
    await expect(late.get_by_text("1 person has joined")).to_be_visible()
