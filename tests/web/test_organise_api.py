"""What an organiser does before, beside and after: choices, the guide, a copy, erasing."""

import base64

import pytest

from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge, Talk
from tests.web.line import aid

OTHER = base64.b64encode(b"title: T\nitems:\n  - open_text: And why not?\n").decode()


async def pids(edge: Edge, talk: Talk) -> list[str]:
    found = (await edge.staff_get(f"conversations/{talk.slug}/links")).json()
    return [line["pid"] for line in found["links"]]


async def set_(edge: Edge, talk: Talk, **choices: object) -> tuple[int, str]:
    """Change choices; the status, and why not."""
    body = {"cid": aid(), **choices}
    response = await edge.staff_post(f"conversations/{talk.slug}/settings", body)
    return response.status_code, response.json().get("why", "")


async def test_raising_the_maximum_keeps_every_link_and_appends(edge: Edge) -> None:
    talk = await edge.talk(most=3, do=("publish",))
    assert await set_(edge, talk, max_participants=7) == (200, "")
    after = await pids(edge, talk)
    assert after[:3] == talk.pids
    assert len(set(after)) == 7


async def test_lowering_below_what_was_handed_out_and_raising_while_live_are_refused(
    edge: Edge,
) -> None:
    talk = await edge.talk(most=3, do=("publish",))
    status, why = await set_(edge, talk, max_participants=2)
    assert status in (409, 422)
    assert "3" in why
    await edge.command(talk, "start")
    status, why = await set_(edge, talk, max_participants=9)
    assert status == 409
    assert why
    assert await pids(edge, talk) == talk.pids


@pytest.mark.parametrize(
    "choices",
    [
        {"starts_at": "2030-01-01T10:00"},
        {"starts_at": "tomorrow"},
        {"grace": 601},
        {"duration": 0},
        {"title": "  "},
        {"max_participants": 0},
        {"auto_start": True},
    ],
)
async def test_choices_that_make_no_sense_are_refused_in_words(
    edge: Edge, choices: dict[str, object]
) -> None:
    talk = await edge.talk(do=())
    status, why = await set_(edge, talk, **choices)
    assert status == 422
    assert why.endswith(".")


async def test_choices_change_one_by_one_and_the_start_can_be_taken_back(edge: Edge) -> None:
    talk = await edge.talk(do=())
    start = "2030-01-01T10:00+01:00"
    assert await set_(edge, talk, starts_at=start, zone="Europe/Vienna", auto_start=True) == (
        200,
        "",
    )
    about = (await edge.get(f"/api/c/{talk.slug}")).json()
    assert about["zone"] == "Europe/Vienna"
    assert about["starts_in"] > 0
    assert await set_(edge, talk, starts_at=None, auto_start=False, several_devices=True) == (
        200,
        "",
    )
    assert (await edge.get(f"/api/c/{talk.slug}")).json()["starts_in"] is None


async def test_a_guide_goes_out_and_another_comes_in_until_something_was_sent(edge: Edge) -> None:
    talk = await edge.talk(do=())
    one = f"conversations/{talk.slug}/guide"
    for form, media in (("yaml", "application/yaml"), ("template", "text/csv")):
        response = await edge.staff_get(f"{one}?as={form}")
        assert response.headers["content-type"].startswith(media)
        assert "attachment" in response.headers["content-disposition"]
        assert "Do you agree?" in response.text
    body = {"cid": aid(), "guide": {"name": "g.yaml", "data": OTHER}}
    assert (await edge.staff_post(one, body)).status_code == 200
    assert "And why not?" in (await edge.staff_get(one)).text
    broken = {"cid": aid(), "guide": {"name": "g.yaml", "data": "AAAA"}}
    assert (await edge.staff_post(one, broken)).status_code == 422
    for op in ("publish", "start", "next"):
        await edge.command(talk, op)
    refused = await edge.staff_post(one, {**body, "cid": aid()})
    assert (refused.status_code, refused.json()["code"]) == (409, "phase")


async def test_nobodys_guide_is_replaced_unread(edge: Edge) -> None:
    talk = await edge.talk(do=())
    one = f"conversations/{talk.slug}"
    read = [item["version"] for item in (await edge.staff_get(one)).json()["items"]]
    draft = {"type": "open_text", "text": "And now?"}
    await edge.command(talk, "add", draft=draft)
    body = {"guide": {"name": "g.yaml", "data": OTHER}, "seen": read}
    refused = await edge.staff_post(f"{one}/guide", {"cid": aid(), **body})
    assert (refused.status_code, refused.json()["code"]) == (409, "expect")
    after = (await edge.staff_get(one)).json()["items"]
    assert len(after) == len(read) + 1
    body["seen"] = [item["version"] for item in after]
    assert (await edge.staff_post(f"{one}/guide", {"cid": aid(), **body})).status_code == 200
    assert len((await edge.staff_get(one)).json()["items"]) == 1


async def test_a_copy_has_links_of_its_own(edge: Edge) -> None:
    talk = await edge.talk()
    copied = await edge.staff_post(f"conversations/{talk.slug}/duplicate", {"title": "Again"})
    assert copied.status_code == 201
    copy = Talk(copied.json()["slug"])
    state = (await edge.staff_get(f"conversations/{copy.slug}")).json()
    assert (state["phase"], state["settings"]["title"] if "settings" in state else "Again") == (
        "draft",
        "Again",
    )
    theirs = await pids(edge, copy)
    assert len(theirs) == 3
    assert not set(theirs) & set(talk.pids)
    taken = await edge.staff_post(f"conversations/{talk.slug}/duplicate", {"slug": talk.slug})
    assert (taken.status_code, taken.json()["code"]) == (409, "taken")


async def test_an_erased_conversation_is_gone_from_the_database(edge: Edge) -> None:
    talk = await edge.talk(title="Erase me whole")
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        accepted = await line.answer(CHOICE, {"other": "a canary in the coal mine"})
        assert accepted["t"] == "accepted"
        one = f"conversations/{talk.slug}/erase"
        live = await edge.staff_post(one, {"title": "Erase me whole"})
        if live.status_code != 200:
            assert live.json()["code"] == "phase"
            await edge.command(talk, "end")
            wrong = await edge.staff_post(one, {"title": "Erase me"})
            assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid")
            assert (await edge.staff_post(one, {"title": "Erase me whole"})).status_code == 200
        assert await line.code() in (4404, 4411)
    held = "\n".join(edge.dump())
    for trace in (talk.slug, "Erase me whole", "canary in the coal mine", *talk.pids):
        assert trace not in held
    assert (await edge.get(f"/api/c/{talk.slug}")).status_code == 404
    assert (await edge.staff_get(f"conversations/{talk.slug}")).status_code == 404


async def test_a_retried_change_of_choices_happens_once(edge: Edge) -> None:
    talk = await edge.talk(do=())
    body = {"cid": aid(), "grace": 30}
    door = f"conversations/{talk.slug}/settings"
    first, again = await edge.staff_post(door, body), await edge.staff_post(door, body)
    assert first.json() == again.json()


@pytest.mark.parametrize("typed", ["Streets", " Streets ", "\tStreets"])
async def test_blanks_around_the_title_make_no_difference_to_erasing(
    edge: Edge, typed: str
) -> None:
    talk = await edge.talk(title=" Streets  ", do=())
    response = await edge.staff_post(f"conversations/{talk.slug}/erase", {"title": typed})
    assert response.status_code == 200, response.text
