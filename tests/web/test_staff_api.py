"""Signing in and out: the first-run link, passwords, sessions, the command line's token."""

import asyncio

import httpx
import pytest

from tests.web.edge import Edge

NAME, PASSWORD = "Ada", "correct horse battery"
THIRTY_MINUTES = 30 * 60_000
THIRTY_DAYS = 30 * 24 * 60 * 60_000


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["code"]


async def secret_of(edge: Edge) -> str:
    secret = await edge.turnout.sign_in.first_run_secret()
    assert secret is not None
    return secret


async def first_run(edge: Edge, **changes: str) -> httpx.Response:
    body = {"name": NAME, "password": PASSWORD, **changes}
    if "secret" not in body:
        body["secret"] = await secret_of(edge)
    return await edge.post("/api/console/first-run", body)


async def sign_in(edge: Edge, name: str = NAME, password: str = PASSWORD) -> httpx.Response:
    return await edge.post("/api/console/sign-in", {"name": name, "password": password})


def cookie_of(response: httpx.Response) -> str:
    return f"turnout-staff={response.cookies['turnout-staff']}"


async def me(edge: Edge, cookie: str) -> httpx.Response:
    return await edge.get("/api/console/me", cookie=cookie)


async def test_the_first_run_link_makes_the_owner_and_signs_them_in(own_edge: Edge) -> None:
    before = await own_edge.get("/api/console/me")
    assert (before.status_code, before.json()["first_run"]) == (401, True)
    response = await first_run(own_edge)
    assert response.status_code == 200
    assert response.json() == {"name": NAME, "role": "owner", "public": None}
    cookie = response.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert "secure" not in cookie
    signed_in = await me(own_edge, cookie_of(response))
    assert signed_in.json() == {"name": NAME, "role": "owner", "public": None}
    after = await own_edge.get("/api/console/me")
    assert after.json() == {
        "code": "signed_out",
        "why": "You are not signed in.",
        "first_run": False,
    }


async def test_the_first_run_link_works_once(own_edge: Edge) -> None:
    secret = await secret_of(own_edge)
    assert (await first_run(own_edge, secret=secret)).status_code == 200
    again = await first_run(own_edge, secret=secret, name="Eve")
    assert code(again) == (403, "first_run")
    assert await own_edge.turnout.sign_in.first_run_secret() is None


async def test_of_many_who_spend_the_first_run_link_at_once_one_owns_the_server(
    own_edge: Edge,
) -> None:
    secret = await secret_of(own_edge)
    names = ("Ada", "Eve", "Bob")
    answers = await asyncio.gather(*(first_run(own_edge, secret=secret, name=n) for n in names))
    assert sorted(answer.status_code for answer in answers) == [200, 403, 403]


async def test_the_first_run_link_is_over_after_30_minutes(own_edge: Edge) -> None:
    secret = await secret_of(own_edge)
    own_edge.clock.advance(THIRTY_MINUTES + 1_000)
    assert code(await first_run(own_edge, secret=secret)) == (403, "first_run")
    assert (await first_run(own_edge)).status_code == 200  # with a new one


async def test_a_newer_first_run_link_replaces_the_older_one(own_edge: Edge) -> None:
    older = await secret_of(own_edge)
    newer = await secret_of(own_edge)
    assert code(await first_run(own_edge, secret=older)) == (403, "first_run")
    assert (await first_run(own_edge, secret=newer)).status_code == 200


@pytest.mark.parametrize("secret", ["", "x", "\u00e9"])
async def test_a_guessed_secret_opens_nothing(own_edge: Edge, secret: str) -> None:
    assert code(await first_run(own_edge, secret=secret)) == (403, "first_run")
    await secret_of(own_edge)
    assert code(await first_run(own_edge, secret=secret)) == (403, "first_run")


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"password": "123456789"}, "at least 10"),
        ({"password": "x" * 1_001}, "at most 1,000"),
        ({"name": " \t"}, "name"),
        ({"name": "x" * 101}, "name"),
    ],
)
async def test_a_first_run_with_a_poor_name_or_password_spends_nothing(
    own_edge: Edge, changes: dict[str, str], word: str
) -> None:
    secret = await secret_of(own_edge)
    refused = await first_run(own_edge, secret=secret, **changes)
    assert code(refused) == (422, "invalid")
    assert word in refused.json()["why"]
    assert (await first_run(own_edge, secret=secret)).status_code == 200


async def test_signing_in_takes_the_right_name_and_password(own_edge: Edge) -> None:
    assert (await first_run(own_edge)).status_code == 200
    for name in (NAME, NAME.upper(), f"  {NAME} "):
        assert (await sign_in(own_edge, name)).status_code == 200
    for name, password in (
        (NAME, "wrong password"),
        ("Eve", PASSWORD),
        ("", ""),
        (NAME, "x" * 5000),
    ):
        refused = await sign_in(own_edge, name, password)
        assert code(refused) == (401, "sign_in")
        assert "don't go together" in refused.json()["why"]
        assert "set-cookie" not in refused.headers


async def test_who_guesses_a_password_is_slowed_and_nobody_else(own_edge: Edge) -> None:
    assert (await first_run(own_edge)).status_code == 200
    many = await asyncio.gather(*(sign_in(own_edge, NAME, f"guess number {n}") for n in range(30)))
    assert [code(one)[1] for one in many].count("sign_in") == 10
    slowed = await sign_in(own_edge)
    assert code(slowed) == (429, "slow_down")
    assert 0 < slowed.json()["retry_ms"] <= 90_000
    assert "set-cookie" not in slowed.headers
    # Another name has tries of its own, and after a while so has this one.
    assert code(await sign_in(own_edge, "Eve", PASSWORD)) == (401, "sign_in")
    own_edge.clock.advance(90_000)
    for _ in range(20):  # the right one never counts
        assert (await sign_in(own_edge)).status_code == 200


async def test_signing_out_ends_this_session_and_no_other(own_edge: Edge) -> None:
    one = cookie_of(await first_run(own_edge))
    other = cookie_of(await sign_in(own_edge))
    out = await own_edge.post("/api/console/sign-out", cookie=one)
    assert out.status_code == 200
    assert 'turnout-staff=""' in out.headers["set-cookie"]
    assert (await me(own_edge, one)).status_code == 401
    assert (await me(own_edge, other)).status_code == 200
    assert (await own_edge.post("/api/console/sign-out")).status_code == 200  # nobody: nothing


async def test_a_session_is_over_after_30_days(own_edge: Edge) -> None:
    cookie = cookie_of(await first_run(own_edge))
    own_edge.clock.advance(THIRTY_DAYS - 60_000)
    assert (await me(own_edge, cookie)).status_code == 200
    own_edge.clock.advance(120_000)
    assert (await me(own_edge, cookie)).status_code == 401


async def test_the_session_cookie_is_for_https_only_where_staff_come_by_https(
    public_edge: Edge,
) -> None:
    response = await first_run(public_edge)
    assert "; Secure" in response.headers["set-cookie"]
    assert response.json()["public"] == "https://talk.example.org/town"


@pytest.mark.parametrize("door", ["first-run", "sign-in", "sign-out"])
@pytest.mark.parametrize("origin", [None, "null", "https://elsewhere.example"])
async def test_no_other_site_signs_anybody_in_or_out(
    edge: Edge, door: str, origin: str | None
) -> None:
    response = await edge.post(f"/api/console/{door}", {}, origin=origin)
    assert code(response) == (403, "origin")


@pytest.mark.parametrize("door", ["first-run", "sign-in"])
async def test_what_is_no_name_and_password_is_refused(edge: Edge, door: str) -> None:
    bodies: tuple[object, ...] = ({}, {"name": 1, "password": PASSWORD}, [])
    for body in bodies:
        assert code(await edge.post(f"/api/console/{door}", body)) == (400, "malformed")
    huge = {"secret": "x", "name": "x", "password": "x" * 70_000}
    assert code(await edge.post(f"/api/console/{door}", huge)) == (413, "too_large")


# --- who a request comes from ---


async def test_the_token_serves_from_anywhere_without_an_origin(edge: Edge) -> None:
    response = await edge.get("/api/console/me", token=edge.turnout.token)
    assert response.json()["role"] == "owner"
    for scheme in ("bearer", "BEARER"):
        headers = {"Authorization": f"{scheme}  {edge.turnout.token}"}
        assert (await edge.get("/api/console/me", headers=headers)).status_code == 200


@pytest.mark.parametrize("said", ["Bearer x", "Bearer", "Bearer \u00e9"])
async def test_a_wrong_token_is_nobody_even_with_a_good_cookie(edge: Edge, said: str) -> None:
    cookie = await edge.staff("owner")
    headers = {"Authorization": said}
    response = await edge.get("/api/console/me", cookie=cookie, headers=headers)
    assert response.status_code == 401


async def test_another_kind_of_authorization_is_passed_over(edge: Edge) -> None:
    cookie = await edge.staff("owner")
    headers = {"Authorization": "Basic eDp5"}
    response = await edge.get("/api/console/me", cookie=cookie, headers=headers)
    assert response.status_code == 200


async def test_with_a_cookie_whatever_changes_something_must_come_from_our_own_page(
    edge: Edge,
) -> None:
    talk = await edge.talk(do=())
    cookie = await edge.staff("owner")
    path = f"/api/console/conversations/{talk.slug}/command"
    body = {"cid": "00000000-0000-4000-8000-000000000001", "op": "publish"}
    for origin in (None, "null", "https://elsewhere.example"):
        response = await edge.post(path, body, cookie=cookie, origin=origin)
        assert code(response) == (401, "signed_out")
    assert (await edge.post(path, body, cookie=cookie)).status_code == 200


@pytest.mark.parametrize("cookie", ["turnout-staff=", "turnout-staff=x", "turnout-staff=\u00e9"])
async def test_a_made_up_cookie_is_nobody(edge: Edge, cookie: str) -> None:
    assert (await edge.get("/api/console/me", cookie=cookie)).status_code == 401
