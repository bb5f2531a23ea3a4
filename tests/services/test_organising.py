"""Making conversations: addresses, links, and what is refused."""

import secrets

import pytest

from tests.domain.examples import GUIDE
from turnout.domain.conversation import Settings
from turnout.domain.guide import Item, OpenText
from turnout.ports import Located, Store
from turnout.services.organising import NotCreated, Organising


async def create(store: Store, title: str = "Talk", slug: str | None = None) -> str | NotCreated:
    made = await Organising(store, secrets.token_bytes).create(Settings(title, 2), GUIDE, slug)
    return made if isinstance(made, NotCreated) else made.slug


async def test_the_address_is_made_of_the_title(store: Store) -> None:
    assert await create(store, "Caf\u00e9 & Stra\u00dfe!") == "cafe-strae"
    assert await create(store, "\u6771\u4eac") == "conversation"


async def test_a_taken_address_gets_an_ending(store: Store) -> None:
    assert await create(store) == "talk"
    again = await create(store)
    assert isinstance(again, str)
    assert again.startswith("talk-")
    assert len(again) == len("talk-") + 6


async def test_an_address_that_was_asked_for_is_not_bent(store: Store) -> None:
    assert await create(store, slug="here") == "here"
    assert await create(store, slug="here") == NotCreated(
        "taken", "Another conversation has this address. Choose another one.", "address_taken"
    )


@pytest.mark.parametrize(
    "items",
    [
        (Item(1, "", OpenText()),),
        (Item(1, "Why?", OpenText()), Item(1, "And?", OpenText())),
        (Item(0, "Why?", OpenText()),),
    ],
)
async def test_a_guide_that_is_none_is_refused(store: Store, items: tuple[Item, ...]) -> None:
    refused = await Organising(store, secrets.token_bytes).create(Settings("T", 1), items, None)
    assert isinstance(refused, NotCreated)
    assert refused.code == "invalid"
    assert refused.why.startswith("Item ")
    assert await store.list() == ()


async def test_twins_among_the_drawn_numbers_are_drawn_again(store: Store) -> None:
    draws = iter([b"a" * 10, b"a" * 10, b"b" * 10])

    def randomness(count: int) -> bytes:
        assert count == 10
        return next(draws)

    made = await Organising(store, randomness).create(Settings("T", 2), GUIDE, "t")
    assert isinstance(made, Located)
    assert len({row.pid for row in await store.links(made.id)}) == 2
