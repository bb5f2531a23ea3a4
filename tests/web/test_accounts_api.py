"""Staff accounts: invitations, roles, passwords, signing out everywhere."""

import pytest

from tests.web.edge import Edge
from turnout.ports import Role

PASSWORD, NEW = "correct horse battery", "another horse battery"
API = "/api/console"


async def invited(edge: Edge, role: Role) -> str:
    """The secret of an invitation by an owner."""
    response = await edge.post(
        f"{API}/accounts/invite", {"role": role}, cookie=await edge.staff("owner")
    )
    assert response.status_code == 201
    secret: str = response.json()["secret"]
    assert response.json()["link"].endswith(f"/console/invitation#{secret}")
    return secret


async def accepted(edge: Edge, name: str, role: Role = "moderator") -> str:
    """A new account; its cookie header."""
    secret = await invited(edge, role)
    response = await edge.post(
        f"{API}/invitation/accept", {"secret": secret, "name": name, "password": PASSWORD}
    )
    assert response.status_code == 200, response.text
    return f"turnout-staff={response.cookies['turnout-staff']}"


async def me(edge: Edge, cookie: str) -> tuple[int, str]:
    response = await edge.get(f"{API}/me", cookie=cookie)
    return response.status_code, response.json().get("role", "")


async def number_of(edge: Edge, name: str) -> int:
    """The account's number in the list."""
    found = await edge.staff_get("accounts")
    numbers: dict[str, int] = {one["name"]: one["id"] for one in found.json()["accounts"]}
    return numbers[name]


@pytest.mark.parametrize("role", ["owner", "moderator", "researcher", "observer"])
async def test_an_invitation_makes_one_account_with_its_role(edge: Edge, role: Role) -> None:
    secret = await invited(edge, role)
    shown = await edge.post(f"{API}/invitation", {"secret": secret})
    assert shown.json() == {"role": role}
    name = f"Invited {role}"
    body = {"secret": secret, "name": name, "password": PASSWORD}
    response = await edge.post(f"{API}/invitation/accept", body)
    cookie = f"turnout-staff={response.cookies['turnout-staff']}"
    assert await me(edge, cookie) == (200, role)
    for door, again in (("invitation", {"secret": secret}), ("invitation/accept", body)):
        spent = await edge.post(f"{API}/{door}", again)
        assert (spent.status_code, spent.json()["code"]) == (403, "account_over")


async def test_an_invitation_is_not_spent_by_a_password_or_a_name_that_will_not_do(
    edge: Edge,
) -> None:
    await accepted(edge, "Somebody")
    secret = await invited(edge, "observer")
    for name, password, code in (
        ("Fine", "short", "invalid"),
        ("", PASSWORD, "invalid"),
        ("sOMEBODY", PASSWORD, "taken"),
    ):
        body = {"secret": secret, "name": name, "password": password}
        refused = await edge.post(f"{API}/invitation/accept", body)
        assert refused.json()["code"] == code, refused.text
    assert (await edge.post(f"{API}/invitation", {"secret": secret})).status_code == 200


async def test_an_old_invitation_is_over(own_edge: Edge) -> None:
    secret = await invited(own_edge, "moderator")
    own_edge.clock.advance(8 * 24 * 3_600_000)
    late = await own_edge.post(f"{API}/invitation", {"secret": secret})
    assert late.json()["code"] == "account_over"


async def test_roles_and_disabling_take_hold_at_once(edge: Edge) -> None:
    cookie = await accepted(edge, "Changing")
    id = await number_of(edge, "Changing")
    assert (await edge.staff_post(f"accounts/{id}", {"role": "observer"})).status_code == 200
    assert await me(edge, cookie) == (200, "observer")
    assert (await edge.staff_post(f"accounts/{id}", {"disabled": True})).status_code == 200
    assert (await me(edge, cookie))[0] == 401
    signed = await edge.post(f"{API}/sign-in", {"name": "Changing", "password": PASSWORD})
    assert signed.status_code == 401
    assert (await edge.staff_post(f"accounts/{id}", {"disabled": False})).status_code == 200
    back = await edge.post(f"{API}/sign-in", {"name": "changing", "password": PASSWORD})
    assert back.status_code == 200


async def test_the_last_owner_stays_one(own_edge: Edge) -> None:
    await accepted(own_edge, "Only", "owner")
    accounts = (await own_edge.staff_get("accounts")).json()["accounts"]
    for one in accounts:
        if one["name"] != "Only":
            await own_edge.staff_post(f"accounts/{one['id']}", {"disabled": True})
    id = await number_of(own_edge, "Only")
    for change in ({"role": "moderator"}, {"disabled": True}):
        refused = await own_edge.staff_post(f"accounts/{id}", change)
        assert (refused.status_code, refused.json()["code"]) == (409, "account_last_owner")
    unknown = await own_edge.staff_post("accounts/99999", {"role": "owner"})
    assert (unknown.status_code, unknown.json()["code"]) == (404, "account_unknown")


async def test_a_new_password_signs_out_every_other_place(edge: Edge) -> None:
    here = await accepted(edge, "Careful")
    there_in = await edge.post(f"{API}/sign-in", {"name": "Careful", "password": PASSWORD})
    there = f"turnout-staff={there_in.cookies['turnout-staff']}"
    wrong = await edge.post(f"{API}/password", {"old": "no", "new": NEW}, cookie=here)
    assert wrong.status_code == 401
    short = await edge.post(f"{API}/password", {"old": PASSWORD, "new": "x"}, cookie=here)
    assert short.status_code == 422
    done = await edge.post(f"{API}/password", {"old": PASSWORD, "new": NEW}, cookie=here)
    assert done.status_code == 200
    assert await me(edge, here) == (200, "moderator")
    assert (await me(edge, there))[0] == 401
    again = await edge.post(f"{API}/sign-in", {"name": "Careful", "password": NEW})
    assert again.status_code == 200
    everywhere = await edge.post(f"{API}/sign-out-everywhere", cookie=here)
    assert everywhere.status_code == 200
    assert (await me(edge, here))[0] == 401


async def test_only_owners_keep_accounts(edge: Edge) -> None:
    for role in ("moderator", "researcher", "observer"):
        cookie = await edge.staff(role)
        for method, path, body in (
            ("GET", "accounts", None),
            ("POST", "accounts/invite", {"role": "owner"}),
            ("POST", "accounts/1", {"role": "owner"}),
        ):
            refused = await edge.request(method, f"{API}/{path}", json=body, cookie=cookie)
            assert (refused.status_code, refused.json()["code"]) == (403, "role")


async def test_accounts_are_changed_from_our_own_pages_alone(edge: Edge) -> None:
    cookie = await edge.staff("owner")
    for path, body in (
        ("accounts/invite", {"role": "owner"}),
        ("password", {"old": "x", "new": NEW}),
        ("sign-out-everywhere", {}),
    ):
        foreign = await edge.post(
            f"{API}/{path}", body, cookie=cookie, origin="https://elsewhere.example"
        )
        assert foreign.status_code in (401, 403), path
    for path in ("invitation", "invitation/accept"):
        body = {"secret": "x", "name": "y", "password": PASSWORD}
        sent = body if path.endswith("accept") else {"secret": "x"}
        foreign = await edge.post(f"{API}/{path}", sent, origin="https://elsewhere.example")
        assert (foreign.status_code, foreign.json()["code"]) == (403, "origin")
