"""The participants' doors over HTTP, apart from joining: what they say, what they turn down, and
that looking changes nothing."""

import pytest

from tests.web.browser import Browser
from tests.web.edge import Edge
from turnout.domain.guide import Item, Message
from turnout.web.failures import UNKNOWN_CONVERSATION

POSTS = ("check", "nonce", "join")
FOREIGN = ["https://elsewhere.example", "null", "", "http://127.0.0.1", None]


async def test_anybody_who_has_the_address_may_know_what_the_conversation_is(edge: Edge) -> None:
    talk = await edge.talk(title="Our streets")
    response = await edge.get(f"/api/c/{talk.slug}")
    about = response.json()
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    assert about.pop("now") > 1_700_000_000_000
    assert about == {
        "title": "Our streets",
        "phase": "live",
        "links": "unique",
        "zone": "",
        "duration": 60,
        "starts_in": None,
        "max_participants": 3,
    }


@pytest.mark.parametrize("slug", ["nothing-here", "T", "%00", "a" * 500, "%F0%9F%92%A9"])
async def test_an_unknown_conversation_looks_like_an_unknown_link(edge: Edge, slug: str) -> None:
    expected = {"code": "unlisted", "why": UNKNOWN_CONVERSATION}
    about = await edge.get(f"/api/c/{slug}")
    answers = [about] + [await edge.post(f"/api/c/{slug}/{door}") for door in POSTS]
    for response in answers:
        assert response.status_code == 404
        assert response.json() == expected


async def test_an_unknown_link_gets_the_same_status_and_code_as_an_unknown_conversation(
    edge: Edge,
) -> None:
    talk = await edge.standing()
    unknown = "p" + "0" * 16
    response = await edge.post(f"/api/c/{talk.slug}/check", {"pid": unknown})
    assert (response.status_code, response.json()["code"]) == (404, "unlisted")
    joined = await Browser(edge, talk, unknown).join()
    assert (joined.status_code, joined.json()["code"]) == (404, "unlisted")


@pytest.mark.parametrize("door", POSTS)
@pytest.mark.parametrize("origin", FOREIGN)
async def test_a_post_from_another_site_or_from_nowhere_is_refused(
    edge: Edge, door: str, origin: str | None
) -> None:
    talk = await edge.standing("publish")
    response = await edge.post(f"/api/c/{talk.slug}/{door}", {}, origin=origin)
    assert response.status_code == 403
    assert response.json()["code"] == "origin"


@pytest.mark.parametrize("door", POSTS)
@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
async def test_a_door_for_posts_takes_nothing_else(edge: Edge, door: str, method: str) -> None:
    talk = await edge.standing("publish")
    response = await edge.request(method, f"/api/c/{talk.slug}/{door}")
    assert response.status_code == 405


@pytest.mark.parametrize("door", ["check", "join"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b'"pid"',
        b'{"pid": 5}',
        b'{"pid": "' + b"x" * 501 + b'"}',
        b'{"pid": "\xff"}',
        b'{"pid": "\\ud800"}',
        b'{"x": ' + b"[" * 30 + b"]" * 30 + b"}",
        b'{"x": ' + b"[" * 20_000 + b"]" * 20_000 + b"}",
        b'{"x": NaN}',
    ],
)
async def test_a_body_that_makes_no_sense_is_refused_in_words(
    edge: Edge, door: str, content: bytes
) -> None:
    talk = await edge.standing("publish")
    response = await edge.request("POST", f"/api/c/{talk.slug}/{door}", content=content)
    assert response.status_code == 400
    assert response.json()["code"] == "malformed"
    assert "makes no sense" in response.json()["why"]


@pytest.mark.parametrize("attempt", ["", "0", "A" * 32, "0" * 33, 5, None])
async def test_an_attempt_is_128_bits_in_hex(edge: Edge, attempt: object) -> None:
    talk = await edge.standing("publish")
    response = await edge.post(f"/api/c/{talk.slug}/join", {"attempt": attempt})
    assert (response.status_code, response.json()["code"]) == (400, "malformed")


@pytest.mark.parametrize("door", ["check", "join"])
async def test_a_body_beyond_64_kib_is_too_large(edge: Edge, door: str) -> None:
    talk = await edge.standing("publish")
    content = b'{"pid": "' + b"x" * 70_000 + b'"}'
    response = await edge.request("POST", f"/api/c/{talk.slug}/{door}", content=content)
    assert (response.status_code, response.json()["code"]) == (413, "too_large")


async def test_a_nonce_is_good_for_a_minute_and_never_the_same(edge: Edge) -> None:
    talk = await edge.talk(do=())
    answers = [(await edge.post(f"/api/c/{talk.slug}/nonce")).json() for _ in range(3)]
    assert {answer["expires_in"] for answer in answers} == {60}
    assert len({answer["nonce"] for answer in answers}) == 3


@pytest.mark.parametrize(
    ("do", "status", "code"),
    [
        ((), 409, "not_open"),
        (("publish",), 200, ""),
        (("publish", "start"), 200, ""),
        (("publish", "start", "end"), 410, "over"),
    ],
)
async def test_a_link_is_checked_against_the_phase(
    edge: Edge, do: tuple[str, ...], status: int, code: str
) -> None:
    talk = await edge.talk(do=do)
    response = await edge.post(f"/api/c/{talk.slug}/check", {"pid": talk.pids[0]})
    assert response.status_code == status
    if code:
        assert response.json()["code"] == code
    else:
        phase = "live" if len(do) > 1 else "published"
        assert response.json() == {"ready": True, "phase": phase}


@pytest.mark.parametrize(
    "kindly",
    [
        "{upper}",
        "  {pid} ",
        "PID={pid}",
        "pid = {upper}",
        "{pid}.",
        "<{pid}>",
        "%20{pid}%20",
        "%2520{pid}",
        "\u200b{pid}\ufeff",
        "{wide}",
    ],
)
async def test_a_link_is_read_kindly_when_it_is_checked_and_when_somebody_joins(
    edge: Edge, kindly: str
) -> None:
    talk = await edge.talk()
    pid = talk.pids[0]
    wide = "".join(chr(ord(char) + 0xFEE0) for char in pid)
    said = kindly.format(pid=pid, upper=pid.upper(), wide=wide)
    checked = await edge.post(f"/api/c/{talk.slug}/check", {"pid": said})
    assert checked.status_code == 200
    browser = Browser(edge, talk, said)
    assert (await browser.join()).status_code == 200
    async with browser.arrived() as line:
        assert await line.beat() > 0
    rows = (await edge.staff_get(f"conversations/{talk.slug}/links")).json()["links"]
    assert [row["joined"] for row in rows] == [True, False, False]


@pytest.mark.parametrize("damaged", ["", " ", "{{pid}}", "undefined", "null", "p12", "[ID]", None])
async def test_a_damaged_link_is_called_so(edge: Edge, damaged: str | None) -> None:
    talk = await edge.standing()
    body = {} if damaged is None else {"pid": damaged}
    response = await edge.post(f"/api/c/{talk.slug}/check", body)
    assert (response.status_code, response.json()["code"]) == (400, "damaged")
    assert "original message" in response.json()["why"]
    joined = await Browser(edge, talk, damaged).join()
    assert (joined.status_code, joined.json()["code"]) == (400, "damaged")


async def test_the_single_link_needs_no_number(edge: Edge) -> None:
    talk = await edge.talk(links="single")
    response = await edge.post(f"/api/c/{talk.slug}/check", {})
    assert response.json() == {"ready": True, "phase": "live"}


async def test_looking_changes_nothing(own_edge: Edge) -> None:
    edge = own_edge
    talk = await edge.talk()
    before = edge.dump()
    for path in (
        "/",
        "/healthz",
        f"/c/{talk.slug}?pid={talk.pids[0]}",
        f"/api/c/{talk.slug}",
        f"/api/c/{talk.slug}/join",
        "/api/c/nothing-here",
        "/console",
        "/console/first-run",
        "/api/console/me",
    ):
        for method in ("GET", "HEAD", "OPTIONS"):
            await edge.request(method, path, origin=None)
    for door, body in (("check", {"pid": talk.pids[0]}), ("check", {"pid": "x"}), ("nonce", {})):
        await edge.post(f"/api/c/{talk.slug}/{door}", body)
    staff = f"conversations/{talk.slug}"
    for path in (
        "me",
        "conversations",
        staff,
        f"{staff}/links",
        f"{staff}/answers?question=2",
        f"{staff}/files/links.csv",
        f"{staff}/files/participant_data.csv",
        f"{staff}/files/answers.csv",
        f"{staff}/files/questions.csv",
    ):
        assert (await edge.staff_get(path)).status_code == 200
    async with Browser(edge, talk, talk.pids[0]).open() as line:
        await line.next("lobby")
    assert edge.dump() == before


async def test_a_conversation_that_asks_nothing_is_known_all_the_same(edge: Edge) -> None:
    talk = await edge.talk(items=(Item(1, "Only words.", Message()),), do=())
    assert (await edge.get(f"/api/c/{talk.slug}")).json()["phase"] == "draft"
