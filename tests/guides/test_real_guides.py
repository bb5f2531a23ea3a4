"""The guides of real conversations import whole, counted and compared cell by cell without any of
our code."""

import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from turnout.domain.guide import Item, options_of
from turnout.guides import GuideFile, read_guide, write_yaml

pytestmark = pytest.mark.data

TYPES = {
    "speak": "message",
    "ask opinion": "open_text",
    "onboarding single select": "single_choice",
    "poll single select": "single_choice",
    "poll multi select": "multiple_choice",
    "ask experience multi select": "multiple_choice",
}
GUIDES = {
    "guides/global-dialogues-1.csv": {
        "speak": 28,
        "ask opinion": 17,
        "onboarding single select": 7,
        "poll single select": 3,
        "ask experience multi select": 1,
    },
    "guides/global-dialogues-3.csv": {
        "poll single select": 42,
        "speak": 23,
        "ask opinion": 15,
        "onboarding single select": 7,
        "ask experience multi select": 2,
    },
    "dialogue/guide.csv": {
        "poll single select": 110,
        "ask opinion": 4,
        "poll multi select": 2,
        "speak": 1,
    },
}


def read(file: Path) -> GuideFile:
    guide = read_guide(file.name, file.read_bytes())
    assert isinstance(guide, GuideFile), guide
    return guide


def rows(file: Path) -> Iterator[tuple[int, list[str]]]:
    """Row number and cells of every item: section 1, tag 2, type 3, text 4, time 5, options 10-."""
    with file.open(encoding="utf-8", newline="") as lines:
        for number, cells in enumerate(csv.reader(lines), start=1):
            if len(cells) > 4 and cells[0] != "Notes":
                yield number, cells


@pytest.mark.parametrize(("name", "counts"), GUIDES.items())
def test_every_item_is_there(shared_data: Path, name: str, counts: dict[str, int]) -> None:
    real = list(rows(shared_data / name))
    assert Counter(cells[3] for _, cells in real) == counts
    items = read(shared_data / name).items
    assert len(items) == sum(counts.values())
    assert [item.id for item in items] == list(range(1, len(items) + 1))
    for item, (_, cells) in zip(items, real, strict=True):
        assert_same(item, cells)


def assert_same(item: Item, cells: list[str]) -> None:
    assert item.content.type == TYPES[cells[3]]
    assert item.onboarding == (cells[3] == "onboarding single select")
    assert (item.section, item.tag, item.text) == (cells[1], cells[2], cells[4])
    minutes, _, seconds = cells[5].partition(":")
    assert item.duration == (int(minutes) * 60 + int(seconds) if cells[5] else None)
    options = [cell for cell in cells[10:] if cell]
    assert [option.text for option in options_of(item.content)] == options


@pytest.mark.parametrize("name", GUIDES)
def test_experiences_without_categories_are_remarked_upon(shared_data: Path, name: str) -> None:
    bare = [
        number
        for number, cells in rows(shared_data / name)
        if cells[3].startswith("ask experience") and not any(cells[10:])
    ]
    remarks = read(shared_data / name).remarks
    assert [remark.row for remark in remarks] == bare
    assert all("in their own words" in remark.what for remark in remarks)


def test_counts_by_hand(shared_data: Path) -> None:
    first, third, dialogue = (read(shared_data / name).items for name in GUIDES)
    assert (len(first), len(third), len(dialogue)) == (56, 89, 117)
    assert sum(item.is_question for item in dialogue) == 116
    assert max(len(options_of(item.content)) for item in first) == 197


@pytest.mark.parametrize("name", GUIDES)
def test_there_and_back_in_yaml(shared_data: Path, name: str) -> None:
    guide = read(shared_data / name)
    again = read_guide("guide.yaml", write_yaml(guide).encode())
    assert isinstance(again, GuideFile)
    assert again.items == guide.items
