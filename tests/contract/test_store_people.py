"""Staff accounts and sessions in a store."""

from __future__ import annotations

import asyncio

import pytest

from tests.contract.scenes import MINUTE, Time
from turnout.ports import Account, Role, Staff, Store


async def test_the_first_account_owns_the_server(store: Store) -> None:
    assert not await store.has_owner()
    owner = await store.add_owner("Zoë", "argon2id-hash")

    assert owner is not None
    assert owner == Staff(owner.id, "Zoë", "argon2id-hash", "owner")
    assert await store.has_owner()
    assert await store.add_owner("Eve", "another") is None
    assert await store.staff("Eve") is None


async def test_of_many_who_want_to_be_first_one_is(store: Store) -> None:
    added = await asyncio.gather(*(store.add_owner(f"P{n}", "hash") for n in range(30)))

    assert len([one for one in added if one is not None]) == 1


async def test_names_ignore_case_and_how_an_accent_was_typed(store: Store) -> None:
    owner = await store.add_owner("Zoë Straße", "hash")

    for typed in ("zoë straße", "ZOE\u0308 STRASSE", " Zoë Straße "):
        assert await store.staff(typed) == owner
    assert await store.staff("zoe strasse") is None


async def test_a_session_lasts_until_its_end_or_signing_out(store: Store, time: Time) -> None:
    owner = await store.add_owner("Zoë", "hash")
    assert owner is not None
    await store.open_session(owner.id, b"one", time.now + MINUTE)
    await store.open_session(owner.id, b"two", time.now + MINUTE)

    assert await store.session(b"one") == owner
    await store.close_session(b"one")
    assert await store.session(b"one") is None
    assert await store.session(b"two") == owner
    time.pass_by(MINUTE)
    assert await store.session(b"two") is None
    await store.close_session(b"two")
    assert await store.session(b"none") is None


@pytest.fixture
async def owner(store: Store) -> Staff:
    owner = await store.add_owner("Zoë", "hash")
    assert owner is not None
    return owner


async def add(store: Store, time: Time, owner: Staff, name: str, role: Role) -> Staff:
    token = name.encode()
    await store.invite(token, role, time.now + MINUTE, by=owner.id)
    added = await store.accept_invitation(token, name, "hash")
    assert isinstance(added, Staff)
    return added


async def test_an_invitation_makes_one_account(store: Store, time: Time, owner: Staff) -> None:
    await store.invite(b"token", "researcher", time.now + MINUTE, by=owner.id)

    assert await store.invitation(b"token") == "researcher"
    assert await store.invitation(b"another") is None
    added = await store.accept_invitation(b"token", "Eve", "her hash")

    assert isinstance(added, Staff)
    assert added == Staff(added.id, "Eve", "her hash", "researcher")
    assert await store.staff("eve") == added
    assert await store.invitation(b"token") is None
    assert await store.accept_invitation(b"token", "Mallory", "hash") == "over"
    assert await store.accept_invitation(b"another", "Mallory", "hash") == "over"
    assert await store.staff("Mallory") is None


async def test_of_twenty_who_accept_one_is_let_in(store: Store, time: Time, owner: Staff) -> None:
    await store.invite(b"token", "moderator", time.now + MINUTE, by=owner.id)

    outcomes = await asyncio.gather(
        *(store.accept_invitation(b"token", f"P{n}", "hash") for n in range(20))
    )

    assert [isinstance(one, Staff) for one in outcomes].count(True) == 1
    assert outcomes.count("over") == 19
    assert len(await store.accounts()) == 2


async def test_a_taken_name_spends_no_invitation(store: Store, time: Time, owner: Staff) -> None:
    await store.invite(b"token", "observer", time.now + MINUTE, by=owner.id)

    assert await store.accept_invitation(b"token", " zoË", "hash") == "taken"

    assert isinstance(await store.accept_invitation(b"token", "Zoe", "hash"), Staff)


async def test_an_invitation_is_over_in_time(store: Store, time: Time, owner: Staff) -> None:
    await store.invite(b"token", "observer", time.now + MINUTE, by=owner.id)
    time.pass_by(MINUTE)
    assert await store.invitation(b"token") is None
    assert await store.accept_invitation(b"token", "Eve", "hash") == "over"


@pytest.mark.parametrize("how", ["demoted", "disabled"])
async def test_what_an_owner_promised_ends_with_being_owner(
    store: Store, time: Time, owner: Staff, how: str
) -> None:
    other = await add(store, time, owner, "Eve", "owner")
    await store.invite(b"token", "owner", time.now + MINUTE, by=other.id)

    if how == "demoted":
        assert await store.set_role(other.id, "moderator") is None
    else:
        assert await store.set_disabled(other.id, disabled=True) is None

    assert await store.invitation(b"token") is None
    assert await store.accept_invitation(b"token", "Mallory", "hash") == "over"


async def test_accounts_are_listed_oldest_first(store: Store, time: Time, owner: Staff) -> None:
    created = time.now
    time.pass_by(MINUTE)
    eve = await add(store, time, owner, "Eve", "observer")
    await store.set_disabled(eve.id, disabled=True)

    assert await store.accounts() == (
        Account(owner.id, "Zoë", "owner", created, disabled=False),
        Account(eve.id, "Eve", "observer", time.now, disabled=True),
    )


async def test_another_role_takes_effect_at_once(store: Store, time: Time, owner: Staff) -> None:
    eve = await add(store, time, owner, "Eve", "observer")
    assert await store.open_session(eve.id, b"eve", time.now + MINUTE)

    assert await store.set_role(eve.id, "moderator") is None

    found = await store.session(b"eve")
    assert found == Staff(eve.id, "Eve", "hash", "moderator")


async def test_another_password_ends_the_other_sessions(
    store: Store, time: Time, owner: Staff
) -> None:
    eve = await add(store, time, owner, "Eve", "observer")
    for who, token in ((owner, b"one"), (owner, b"two"), (owner, b"three"), (eve, b"eve")):
        assert await store.open_session(who.id, token, time.now + MINUTE)

    assert await store.set_password(owner.id, "new", keep=b"two") is None

    found = {token: await store.session(token) for token in (b"one", b"two", b"three", b"eve")}
    assert found == {
        b"one": None,
        b"two": Staff(owner.id, "Zoë", "new", "owner"),
        b"three": None,
        b"eve": eve,
    }
    assert await store.set_password(owner.id, "newer") is None
    assert await store.session(b"two") is None


async def test_signing_out_everywhere(store: Store, time: Time, owner: Staff) -> None:
    eve = await add(store, time, owner, "Eve", "observer")
    for who, token in ((owner, b"one"), (owner, b"two"), (eve, b"eve")):
        await store.open_session(who.id, token, time.now + MINUTE)

    await store.close_sessions(owner.id, keep=b"one")
    assert [await store.session(token) for token in (b"one", b"two", b"eve")] == [owner, None, eve]
    await store.close_sessions(owner.id)
    assert [await store.session(token) for token in (b"one", b"eve")] == [None, eve]


async def test_a_disabled_account_is_shut(store: Store, time: Time, owner: Staff) -> None:
    eve = await add(store, time, owner, "Eve", "moderator")
    await store.open_session(eve.id, b"eve", time.now + MINUTE)

    assert await store.set_disabled(eve.id, disabled=True) is None

    assert await store.session(b"eve") is None
    assert await store.staff("Eve") is None
    assert not await store.open_session(eve.id, b"again", time.now + MINUTE)
    await store.invite(b"token", "owner", time.now + MINUTE, by=owner.id)
    assert await store.accept_invitation(b"token", "eve", "hash") == "taken"
    assert await store.set_disabled(eve.id, disabled=False) is None
    assert await store.staff("Eve") == eve
    assert await store.session(b"eve") is None


async def test_the_last_owner_stays(store: Store, time: Time, owner: Staff) -> None:
    assert await store.set_role(owner.id, "moderator") == "last_owner"
    assert await store.set_disabled(owner.id, disabled=True) == "last_owner"
    assert await store.set_role(owner.id, "owner") is None
    eve = await add(store, time, owner, "Eve", "owner")
    assert await store.set_disabled(eve.id, disabled=True) is None
    # One who can't sign in runs nothing.
    assert await store.set_role(owner.id, "moderator") == "last_owner"
    assert await store.set_disabled(eve.id, disabled=False) is None
    assert await store.set_role(owner.id, "moderator") is None
    assert await store.set_role(eve.id, "observer") == "last_owner"


async def test_of_owners_who_all_step_down_one_stays(
    store: Store, time: Time, owner: Staff
) -> None:
    owners = [owner, *[await add(store, time, owner, f"P{n}", "owner") for n in range(9)]]

    outcomes = await asyncio.gather(
        *(store.set_role(one.id, "observer") for one in owners[::2]),
        *(store.set_disabled(one.id, disabled=True) for one in owners[1::2]),
    )

    assert outcomes.count("last_owner") == 1
    assert outcomes.count(None) == 9
    left = [one for one in await store.accounts() if one.role == "owner" and not one.disabled]
    assert len(left) == 1
    assert await store.has_owner()


async def test_there_is_no_such_account(store: Store, owner: Staff) -> None:
    assert await store.set_role(4711, "owner") == "unknown"
    assert await store.set_role(4711, "observer") == "unknown"
    assert await store.set_disabled(4711, disabled=True) == "unknown"
    assert await store.set_password(4711, "hash") == "unknown"
    assert not await store.open_session(4711, b"token", 2**60)
    assert [one.id for one in await store.accounts()] == [owner.id]
