"""docs/glossary.md has a word for all that the wire speaks of."""

from __future__ import annotations

from typing import get_args, get_type_hints

import msgspec
import pytest

from tests.docs.markdown import names, read, rows
from turnout import wire

DOC = read("glossary.md")
TERMS = set(names(DOC))
SIDES = (wire.FromParticipant, wire.ToParticipant, wire.FromStaff, wire.ToStaff, wire.SeenEvent)


@pytest.mark.parametrize("side", SIDES)
def test_every_message_has_its_word(side: object) -> None:
    assert {str(one.__struct_config__.tag) for one in get_args(side)} - {"event"} <= TERMS


@pytest.mark.parametrize("side", [wire.FromParticipant, wire.FromStaff])
def test_every_field_that_a_client_fills_has_its_word(side: object) -> None:
    messages: tuple[type[msgspec.Struct], ...] = get_args(side)
    fields = {field for message in messages for field in message.__struct_fields__}
    assert fields - {"op"} <= TERMS | {"item"}


def test_every_closed_list_has_its_words() -> None:
    words = {*get_args(wire.Phase), *get_args(wire.Role), *get_args(wire.ItemType)}
    words |= set(get_args(get_type_hints(wire.StaffItem)["status"]))
    words |= set(get_args(get_type_hints(wire.StaffState)["links"]))
    words |= set(get_args(get_type_hints(wire.Joined)["assurance"]))
    assert words <= TERMS


def test_no_word_is_explained_twice() -> None:
    first = [cells[0] for cells in rows(DOC)]
    assert len(first) == len(set(first))
