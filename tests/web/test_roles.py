"""Every door of the console against every role: one table."""

import base64

import pytest
from websockets.exceptions import InvalidStatus

from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge, Talk
from tests.web.line import aid
from turnout.ports import Role

GUIDE = base64.b64encode(b"title: T\nitems:\n  - open_text: Why?\n").decode()
ROLES: tuple[Role, ...] = ("owner", "moderator", "researcher", "observer")
FULL, MODERATES, READS, LOOKS = (
    dict(zip(ROLES, statuses, strict=True))
    for statuses in (
        (200, 200, 200, 200),
        (200, 200, 403, 403),
        (200, 200, 200, 403),
        (200, 200, 200, 200),
    )
)


def doors(talk: Talk) -> list[tuple[str, str, object, dict[Role, int]]]:
    """Method, path, body, and the status for each role."""
    one = f"conversations/{talk.slug}"
    new = {"title": "T", "max_participants": 2, "guide": {"name": "g.yaml", "data": GUIDE}}
    created = {role: 201 if status == 200 else status for role, status in MODERATES.items()}
    return [
        ("GET", "me", None, FULL),
        ("GET", "conversations", None, FULL),
        ("POST", "guides/check", {"name": "g.yaml", "data": GUIDE}, FULL),
        ("POST", "conversations", new, created),
        ("GET", one, None, FULL),
        ("POST", f"{one}/command", {"cid": aid(), "op": "publish"}, MODERATES),
        ("POST", f"{one}/command", {"cid": aid(), "op": "start"}, MODERATES),
        ("POST", f"{one}/command", {"cid": aid(), "op": "next"}, MODERATES),
        ("POST", f"{one}/command", {"cid": aid(), "op": "send", "item": CHOICE}, MODERATES),
        ("POST", f"{one}/command", {"cid": aid(), "op": "close"}, MODERATES),
        ("POST", f"{one}/command", {"cid": aid(), "op": "skip", "item": 4}, MODERATES),
        ("POST", f"{one}/command", {"cid": aid(), "op": "end"}, MODERATES),
        ("GET", f"{one}/links", None, READS),
        ("POST", f"{one}/links", {}, READS),
        ("GET", f"{one}/qr", None, READS),
        ("GET", f"{one}/answers?question={CHOICE}", None, LOOKS),
        ("GET", f"{one}/files/links.csv", None, READS),
        ("GET", f"{one}/files/participant_data.csv", None, READS),
        ("GET", f"{one}/files/answers.csv", None, READS),
        ("GET", f"{one}/files/questions.csv", None, READS),
        ("GET", f"{one}/files/data.json", None, READS),
        ("GET", f"{one}/files/bundle.zip", None, READS),
        ("POST", f"{one}/explain", {"pid": talk.pids[0]}, READS),
    ]


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_may_do_what_the_table_says_and_nothing_else(
    edge: Edge, role: Role
) -> None:
    talk = await edge.talk(do=())
    cookie = await edge.staff(role)
    for method, path, body, statuses in doors(talk):
        response = await edge.request(method, f"/api/console/{path}", json=body, cookie=cookie)
        assert response.status_code == statuses[role], (method, path, response.text)
        if response.status_code == 403:
            assert response.json()["code"] == "role"
            assert "sk " in response.json()["why"]  # ask whom
    state = (await edge.staff_get(f"conversations/{talk.slug}")).json()
    assert state["phase"] == ("ended" if MODERATES[role] == 200 else "draft")


async def test_who_is_not_signed_in_may_do_nothing(edge: Edge) -> None:
    talk = await edge.talk(do=())
    before = edge.dump()
    for method, path, body, _ in doors(talk):
        response = await edge.request(method, f"/api/console/{path}", json=body)
        assert (response.status_code, response.json()["code"]) == (401, "signed_out"), path
    with pytest.raises(InvalidStatus):
        async with edge.socket(f"/ws/console/{talk.slug}"):
            pass
    assert edge.dump() == before


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_may_watch_but_observers_see_nobody_by_name(edge: Edge, role: Role) -> None:
    talk = await edge.talk()
    browser = Browser(edge, talk, talk.pids[0])
    assert (await browser.join()).status_code == 200
    async with (
        browser.arrived() as line,
        edge.console(talk, cookie=await edge.staff(role)) as screen,
    ):
        welcome = await screen.next("welcome")
        assert welcome["role"] == role
        await line.answer(CHOICE, {"other": "my own way"})
        people: list[dict[str, object]] = []
        while True:
            tally = await screen.next("tally")
            people += tally.get("people", [])
            if any(question["answered"] for question in tally["questions"]):
                break
        assert {person["pid"] for person in people} == (
            set() if role == "observer" else {talk.pids[0]}
        )
        path = f"/api/console/conversations/{talk.slug}/answers?question={CHOICE}"
        answers = (await edge.get(path, cookie=await edge.staff(role))).json()["answers"]
    assert [answer["text"] for answer in answers] == ["my own way"]
    named = (talk.pids[0], 1) if role != "observer" else ("", 0)
    assert (answers[0]["pid"], answers[0]["participant"]) == named


@pytest.mark.parametrize("role", ["researcher", "observer"])
async def test_a_command_over_the_socket_of_one_who_only_looks_is_refused(
    edge: Edge, role: Role
) -> None:
    talk = await edge.talk()
    async with edge.console(talk, cookie=await edge.staff(role)) as screen:
        await screen.send({"t": "command", "cid": aid(), "op": "end"})
        refused = await screen.next("refused")
    assert refused["code"] == "role"
    assert "Ask a moderator" in refused["why"]
    assert (await edge.staff_get(f"conversations/{talk.slug}")).json()["phase"] == "live"
