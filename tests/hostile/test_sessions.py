"""A session that somebody prepared for somebody else is worth nothing to them."""

from __future__ import annotations

import pytest

from tests.web.browser import Browser
from tests.web.edge import CHOICE, Edge

PERSON = {"name": "Ada", "password": "correct horse battery"}
PLANTED = "5" * 64


async def token_of(edge: Edge, door: str, body: dict[str, object], cookie: str) -> str:
    """The session that this door gives to one who comes with that cookie."""
    response = await edge.post(f"/api/console/{door}", body, cookie=cookie)
    assert response.status_code == 200, response.text
    return str(response.cookies["turnout-staff"])


async def is_signed_in(edge: Edge, token: str) -> bool:
    me = await edge.get("/api/console/me", cookie=f"turnout-staff={token}")
    return me.status_code == 200


async def test_signing_in_never_keeps_a_session_that_was_there_before(own_edge: Edge) -> None:
    edge = own_edge
    secret = await edge.turnout.sign_in.first_run_secret()
    planted = f"turnout-staff={PLANTED}"
    first = await token_of(edge, "first-run", {"secret": secret, **PERSON}, planted)
    assert not await is_signed_in(edge, PLANTED)

    owner = f"turnout-staff={first}"
    invited = (
        await edge.post("/api/console/accounts/invite", {"role": "moderator"}, cookie=owner)
    ).json()
    accepting = {"secret": invited["secret"], "name": "Ben", "password": PERSON["password"]}
    accepted = await token_of(edge, "invitation/accept", accepting, planted)
    again = await token_of(edge, "sign-in", dict(PERSON), planted)
    # Also where the session that was there before is a real one, of somebody else.
    over_it = await token_of(edge, "sign-in", dict(PERSON), f"turnout-staff={accepted}")
    assert len({first, accepted, again, over_it, PLANTED}) == 5
    assert not await is_signed_in(edge, PLANTED)
    for token in (first, accepted, again, over_it):
        assert await is_signed_in(edge, token)


async def test_a_session_that_was_signed_out_is_over_wherever_it_was_copied(own_edge: Edge) -> None:
    edge = own_edge
    secret = await edge.turnout.sign_in.first_run_secret()
    token = await token_of(edge, "first-run", {"secret": secret, **PERSON}, "")
    copied = f"turnout-staff={token}"
    talk = await edge.talk()
    async with edge.console(talk, cookie=copied) as screen:
        await screen.next("welcome")
        assert (await edge.post("/api/console/sign-out", cookie=copied)).status_code == 200
        assert not await is_signed_in(edge, token)
        await screen.send(
            {"t": "command", "cid": "0" * 8 + "-0000-4000-8000-" + "0" * 12, "op": "end"}
        )
        assert (await screen.bye())[0] == 4401


async def test_of_two_cookies_a_planted_one_never_hides_what_it_means(edge: Edge) -> None:
    """A neighbour on the host may set one more; whichever is read, nobody becomes somebody else."""
    mine, planted = await edge.staff("observer"), f"turnout-staff={PLANTED}"
    for cookie in (f"{mine}; {planted}", f"{planted}; {mine}"):
        me = await edge.get("/api/console/me", cookie=cookie)
        assert me.status_code in (200, 401)
        if me.status_code == 200:
            assert me.json()["role"] == "observer"


@pytest.mark.parametrize("several", [False, True])
async def test_a_cookie_that_was_planted_before_the_join_is_worth_nothing_without_the_link(
    edge: Edge, several: bool
) -> None:
    """Whoever made somebody join with a cookie that they know has not got their link."""
    talk = await edge.talk(several=several)
    planted = "6" * 32
    victim = Browser(edge, talk, talk.pids[0])
    victim.device.cookie = planted
    assert (await victim.join()).status_code == 200
    async with victim.arrived() as line:
        assert (await line.answer(CHOICE, {"option": 1}))["t"] == "accepted"
        thief = Browser(edge, talk, talk.pids[1], keyless=True)
        thief.device.cookie = planted
        assert (await thief.join()).json()["welcome"]["mine"] == []
        async with thief.arrived() as other:
            assert await other.beat() > 0
        assert await line.beat() > 0
