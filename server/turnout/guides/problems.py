"""What reading a guide file gives: the items, or everything that is wrong with the file, in words.

Both readers end here, so that a spreadsheet and a YAML file are judged by the same rules: those of
`turnout.domain.guide`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from turnout.domain.guide import Item

MAX_PROBLEMS = 200
"""Problems named one by one; of the rest only the number is told."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing in a file, in words, with what to do about it. `row`: as a spreadsheet program
    numbers it (records from 1, the header included), in YAML the line; 0 is the whole file.
    `column`: the header of the column or the YAML field as the file has it; "" is the whole row."""

    row: int
    column: str
    what: str


@dataclass(frozen=True, slots=True)
class Problems:
    """Why a file is no guide: at least one problem, in order of rows."""

    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class GuideFile:
    """A discussion guide read from a file. Item ids are 1..n in file order. `remarks` name what
    was read otherwise than it was written; they stop nothing."""

    items: tuple[Item, ...]
    title: str = ""
    remarks: tuple[Problem, ...] = ()


def in_order(found: Iterable[Problem]) -> tuple[Problem, ...]:
    """`found` by row, cut to `MAX_PROBLEMS`; the last one then tells how many more there are."""
    ordered = sorted(found, key=lambda problem: problem.row)
    if len(ordered) <= MAX_PROBLEMS:
        return tuple(ordered)
    more = len(ordered) - MAX_PROBLEMS
    last = Problem(ordered[MAX_PROBLEMS].row, "", f"And {more:,} more. Put these right first.")
    return (*ordered[:MAX_PROBLEMS], last)
