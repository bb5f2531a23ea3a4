"""Participant Data by id: who came, with what, and who did not."""

from __future__ import annotations

import re
from dataclasses import dataclass

from turnout.guides.problems import Problem, in_order
from turnout.match.ids import id_in
from turnout.match.tables import CsvFile, CsvRow

NECESSARY = ("participant_id", "percent_answered", "outcome")
_PERCENT = re.compile(r"([0-9]{1,3})(?:[.,]0+)? *%?")
_RANK = {"never_joined": 0, "turned_away": 1}


@dataclass(frozen=True, slots=True)
class Person:
    """A row of Participant Data. `percent` is None where nothing was asked; the texts are those of
    the file."""

    pid: str
    row: int
    percent: int | None
    while_present: str
    minutes: str
    outcome: str
    reason: str

    @property
    def came(self) -> bool:
        """Whether somebody joined with this link."""
        return self.outcome not in _RANK


@dataclass(frozen=True, slots=True)
class People:
    """`repeated`: ids that stand in several rows, of which the one with the most counts.
    `unreadable`: rows without an id."""

    by_pid: dict[str, Person]
    repeated: tuple[str, ...]
    unreadable: tuple[int, ...]

    @property
    def whole(self) -> bool:
        """Whether the file has the links that nobody joined with, too (`include=all`)."""
        return any(person.outcome in _RANK for person in self.by_pid.values())


def read_people(table: CsvFile) -> People | tuple[Problem, ...]:
    """The people of `participant_data.csv`, its columns in any order, or what is wrong with it."""
    columns = {name.casefold(): index for index, name in reversed(list(enumerate(table.header)))}
    missing = [name for name in NECESSARY if name not in columns]
    if missing:
        what = f"There is no column '{missing[0]}': this is no participant_data.csv."
        return (Problem(1, "", f"{what} The header has: {', '.join(table.header)[:300]}."),)
    by_pid: dict[str, Person] = {}
    repeated: dict[str, None] = {}
    problems: list[Problem] = []
    unreadable: list[int] = []
    for row in table.rows:
        pid = id_in(row.cells[columns["participant_id"]])
        if pid is None:
            unreadable.append(row.number)
            continue
        person = _person(pid, row, columns)
        if isinstance(person, Problem):
            problems.append(person)
            continue
        earlier = by_pid.get(pid)
        if earlier is not None:
            repeated[pid] = None
        if earlier is None or _weight(person) > _weight(earlier):
            by_pid[pid] = person
    if problems:
        return in_order(problems)
    return People(by_pid, tuple(repeated), tuple(unreadable))


def _weight(person: Person) -> tuple[int, int]:
    percent = -1 if person.percent is None else person.percent
    return _RANK.get(person.outcome, 2), percent


def _person(pid: str, row: CsvRow, columns: dict[str, int]) -> Person | Problem:
    def cell(name: str) -> str:
        return row.cells[columns[name]].strip() if name in columns else ""

    written = cell("percent_answered")
    number = _PERCENT.fullmatch(written)
    if written and (number is None or int(number[1]) > 100):
        what = f"'{written[:60]}' is no whole percentage from 0 to 100."
        return Problem(row.number, "percent_answered", f"{what} Take the file as it was exported.")
    return Person(
        pid,
        row.number,
        int(number[1]) if number else None,
        cell("percent_while_present"),
        cell("minutes_present"),
        cell("outcome").casefold(),
        cell("reason"),
    )
