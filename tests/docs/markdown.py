"""Reads our own documents: headings, the text below them, tables, links. For tests only;
knows no more of Markdown than docs/ uses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"

_FENCE = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
_ROW = re.compile(r"^\|(.+)\|$", re.MULTILINE)
_CELL_END = re.compile(r"(?<!\\)\|")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_NAME = re.compile(r"`([^`]+)`")


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all below it, up to the next heading that is not deeper. `path`: the headings
    above it and its own, outermost first, without backticks."""

    path: tuple[str, ...]
    text: str


def read(name: str) -> str:
    """A document of docs/."""
    return (DOCS / name).read_text("utf-8")


def prose(text: str) -> str:
    """The text without its fenced examples; as many lines as before."""
    return _FENCE.sub(lambda fence: "\n" * fence[0].count("\n"), text)


def sections(text: str) -> Iterator[Section]:
    """Every section, in order."""
    text = prose(text)
    found = list(_HEADING.finditer(text))
    path: list[tuple[int, str]] = []
    for place, heading in enumerate(found):
        level = len(heading[1])
        path = [*(one for one in path if one[0] < level), (level, heading[2].replace("`", ""))]
        after = (other.start() for other in found[place + 1 :] if len(other[1]) <= level)
        end = next(after, len(text))
        yield Section(tuple(title for _, title in path), text[heading.end() : end])


def section(text: str, *titles: str) -> Section:
    """The one section whose path ends like this. ValueError if there is none, or are several."""
    same = [one for one in sections(text) if one.path[-len(titles) :] == titles]
    if len(same) != 1:
        raise ValueError(f"{len(same)} sections end in {' / '.join(titles)}")
    return same[0]


def own_text(section: Section) -> str:
    """The section's text up to the first heading inside it."""
    first = _HEADING.search(section.text)
    return section.text if first is None else section.text[: first.start()]


def rows(text: str) -> list[list[str]]:
    """The cells of every table row, headers and rulers left out."""
    lines = [[cell.strip() for cell in _CELL_END.split(row)] for row in _ROW.findall(text)]
    rulers = {place for place, cells in enumerate(lines) if set("".join(cells)) <= set("-|")}
    heads = {place - 1 for place in rulers}
    return [cells for place, cells in enumerate(lines) if place not in rulers | heads]


def names(text: str) -> list[str]:
    """What stands in backticks, examples left out."""
    return _NAME.findall(prose(text))


def links(text: str) -> list[str]:
    """Where links lead."""
    return _LINK.findall(prose(text))


def anchors(text: str) -> set[str]:
    """The anchors that a renderer makes of the headings."""
    titles = (one.path[-1].lower() for one in sections(text))
    return {re.sub(r"[^\w -]", "", title).replace(" ", "-") for title in titles}
