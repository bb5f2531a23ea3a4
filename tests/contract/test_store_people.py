"""Staff accounts and sessions in a store."""

from __future__ import annotations

import asyncio

from tests.contract.scenes import MINUTE, Time
from turnout.ports import Staff, Store


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
