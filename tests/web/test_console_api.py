"""The staff's doors for conversations: made, listed, commanded; their links and texts."""

import base64
from typing import Any

import httpx
import pytest

from tests.web.edge import Edge

YAML = """
title: Our streets
items:
  - message: Welcome.
  - single_choice: Do you walk?
    options: [Often, Seldom]
  - open_text: Why?
"""


def upload(text: str | bytes = YAML, name: str = "guide.yaml") -> dict[str, str]:
    data = text.encode() if isinstance(text, str) else text
    return {"name": name, "data": base64.b64encode(data).decode()}


def form(**changes: object) -> dict[str, object]:
    body = {"title": "Our streets", "max_participants": 3, "guide": upload(), **changes}
    return {name: value for name, value in body.items() if value is not None}


async def create(edge: Edge, **changes: object) -> httpx.Response:
    return await edge.staff_post("conversations", form(**changes))


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


async def test_a_conversation_is_made_of_a_guide_with_its_links(own_edge: Edge) -> None:
    made = await create(own_edge)
    assert made.status_code == 201
    assert made.json() == {
        "slug": "our-streets",
        "items": 3,
        "questions": 2,
        "links": 3,
        "remarks": [],
    }
    links = (await own_edge.staff_get("conversations/our-streets/links")).json()
    assert links["public"] is False
    assert [line["number"] for line in links["links"]] == [1, 2, 3]
    for line in links["links"]:
        assert line["link"] == f"http://localhost:{port(own_edge)}/c/our-streets?pid={line['pid']}"
        assert line["joined"] is False


def port(edge: Edge) -> str:
    return edge.address.rpartition(":")[2]


async def test_everything_that_was_chosen_stands_in_the_state_and_the_list(own_edge: Edge) -> None:
    chosen = {
        "slug": "chosen",
        "links": "single",
        "duration": 90,
        "starts_at": "2030-01-01T10:00+01:00",
        "zone": "Europe/Berlin",
        "title": "  Streets ",
    }
    assert (await create(own_edge, **chosen)).status_code == 201
    starts_at = 1_893_488_400_000
    state = (await own_edge.staff_get("conversations/chosen")).json()
    expected = {
        "slug": "chosen",
        "title": "Streets",
        "phase": "draft",
        "links": "single",
        "max_participants": 3,
        "several_devices": False,
        "duration": 90,
        "grace": 60,
        "sent_rev": 0,
        "starts_at": starts_at,
        "zone": "Europe/Berlin",
    }
    assert {name: state[name] for name in expected} == expected
    assert [item["status"] for item in state["items"]] == ["queued"] * 3
    listed = (await own_edge.staff_get("conversations")).json()["conversations"]
    assert len(listed) == 1
    assert listed[0].pop("created_at") > 0
    assert listed[0] == {
        "slug": "chosen",
        "title": "Streets",
        "phase": "draft",
        "questions": 2,
        "joined": 0,
        "max_participants": 3,
        "links": "single",
        "starts_at": starts_at,
    }
    links = (await own_edge.staff_get("conversations/chosen/links")).json()["links"]
    assert links == [
        {
            "number": 1,
            "link": f"http://localhost:{port(own_edge)}/c/chosen",
            "pid": "",
            "joined": False,
            "refused": None,
            "removed": False,
        }
    ]
    about = (await own_edge.get("/api/c/chosen")).json()
    assert about["starts_in"] > 0


async def test_a_title_that_is_taken_gets_an_address_of_its_own(edge: Edge) -> None:
    slugs = {(await create(edge, title="Same")).json()["slug"] for _ in range(3)}
    assert len(slugs) == 3
    assert all(slug.startswith("same") for slug in slugs)
    foreign = await create(edge, title="\u6771\u4eac")
    assert foreign.json()["slug"].startswith("conversation")


async def test_an_address_that_was_asked_for_and_is_taken_is_refused(edge: Edge) -> None:
    assert (await create(edge, slug="mine-alone")).status_code == 201
    assert code(await create(edge, slug="mine-alone")) == (409, "taken")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"title": "  "}, "title is empty"),
        ({"title": "x" * 201}, "200 characters"),
        ({"title": "a\0"}, "cannot be stored"),
        ({"max_participants": 0}, "1 to 100,000"),
        ({"max_participants": 10**40}, "1 to 100,000"),
        ({"duration": 0}, "duration"),
        ({"slug": "Not A Slug"}, "a-z, 0-9 and hyphens"),
        ({"slug": ""}, "a-z, 0-9 and hyphens"),
        ({"starts_at": "2030-01-01T10:00"}, "time zone"),
        ({"starts_at": "tomorrow"}, "date and time"),
        ({"starts_at": "2030-01-01T10:00+01:00"}, "needs your time zone"),
        ({"starts_at": ""}, "date and time"),
    ],
)
async def test_a_choice_that_cannot_be_is_refused_in_words_and_nothing_is_made(
    edge: Edge, changes: dict[str, Any], word: str
) -> None:
    before = (await edge.staff_get("conversations")).json()
    response = await create(edge, **changes)
    assert code(response) == (422, "invalid")
    assert word in response.json()["why"]
    assert (await edge.staff_get("conversations")).json() == before


@pytest.mark.parametrize(
    "changes",
    [
        {"title": None},
        {"max_participants": "3"},
        {"max_participants": 1.5},
        {"links": "both"},
        {"guide": "x"},
        {"guide": {"name": "g.yaml", "data": "***"}},
        {"guide": {"name": "g.yaml", "data": "\u00e9"}},
        {"slug": 5},
    ],
)
async def test_a_form_that_is_none_is_malformed(edge: Edge, changes: dict[str, Any]) -> None:
    assert code(await create(edge, **changes)) == (400, "malformed")


async def test_a_guide_with_problems_is_refused_row_by_row(edge: Edge) -> None:
    wrong = "title: T\nitems:\n  - single_choice: ''\n  - open_text: Why?\n    colour: red\n"
    response = await create(edge, guide=upload(wrong))
    assert code(response) == (422, "guide")
    problems = response.json()["problems"]
    assert response.json()["why"] == (
        f"The guide has {len(problems)} problems. Nothing was imported."
    )
    assert {problem["row"] for problem in problems} >= {3, 5}
    assert all(problem["what"] for problem in problems)
    checked = await edge.staff_post("guides/check", upload(wrong))
    assert checked.json() == response.json()


async def test_a_guide_with_one_problem_says_so_in_the_singular(edge: Edge) -> None:
    response = await edge.staff_post("guides/check", upload("items: 5\n"))
    assert response.json()["why"] == "The guide has 1 problem. Nothing was imported."


async def test_a_guide_can_be_checked_without_making_anything(edge: Edge) -> None:
    response = await edge.staff_post("guides/check", upload())
    assert response.json() == {"title": "Our streets", "items": 3, "questions": 2, "remarks": []}


@pytest.mark.parametrize("door", ["conversations", "guides/check"])
async def test_an_upload_may_have_8_mib_and_no_more(edge: Edge, door: str) -> None:
    body = {"name": "x", "data": "A" * (8 * 1024 * 1024)}
    sent = form(guide=body) if door == "conversations" else body
    assert code(await edge.staff_post(door, sent)) == (413, "too_large")


async def test_hostile_guides_are_refused_and_harm_nothing(edge: Edge) -> None:
    for data in (b"", b"\0" * 1_000, b"\xff\xfe\x00", b"a: &a [*a, *a]", b"[" * 50_000, b"\x80"):
        for name in ("g.yaml", "g.csv", ""):
            response = await edge.staff_post("guides/check", upload(data, name))
            assert code(response) == (422, "guide")
