"""The cross-reference: every row of the researcher's list with what became of it, then who came
and is not on the list. No row of the list is ever left out."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from turnout.exports.csv_file import Cell, Dialect, Table, guarded
from turnout.guides.header import letters
from turnout.guides.problems import Problem
from turnout.match.ids import id_in
from turnout.match.people import People, Person, read_people
from turnout.match.tables import CsvFile, CsvRow, NotMatched, read_csv

Result = Literal[
    "came", "came, under the threshold", "turned away", "never came", "not on your list"
]
ADDED = (
    "participant_id_matched",
    "result",
    "percent_answered",
    "percent_while_present",
    "minutes_present",
    "reason",
)
THRESHOLD = 80
_LIST, _DATA = "list", "participant data"
_NUMBER = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows of each result. The first four add up to `rows_of_list`."""

    rows_of_list: int
    came: int
    came_under_threshold: int
    turned_away: int
    never_came: int
    not_on_your_list: int


@dataclass(frozen=True, slots=True)
class Matched:
    """`table` as it is written in `dialect`; `id_column`: where the ids of the list were found;
    `notes`: what people should know about their files, in sentences."""

    table: Table
    dialect: Dialect
    counts: Counts
    id_column: str
    notes: tuple[str, ...]


def match(
    roster: bytes,
    participant_data: bytes,
    *,
    threshold: int = THRESHOLD,
    id_column: str | None = None,
) -> Matched | NotMatched:
    """Match a list of people with `participant_data.csv`. `threshold`: the percent_answered from
    which somebody came in full, 0 to 100; `id_column`: the header, or the letters, of the column
    with the ids, guessed if None. Never raises, whatever is in the files."""
    data = read_csv(participant_data, _DATA)
    if isinstance(data, Problem):
        return NotMatched(_DATA, (data,))
    people = read_people(data)
    if not isinstance(people, People):
        return NotMatched(_DATA, people)
    table = read_csv(roster, _LIST)
    if isinstance(table, Problem):
        return NotMatched(_LIST, (table,))
    column = _chosen(table, id_column) if id_column is not None else _guessed(table, people)
    if isinstance(column, Problem):
        return NotMatched(_LIST, (column,))
    return _Matching(table, people, column, threshold).matched(guessed=id_column is None)


def _chosen(table: CsvFile, name: str) -> int | Problem:
    wanted = name.strip().casefold()
    for names in (table.header, [letters(index) for index in range(len(table.header))]):
        found = [index for index, one in enumerate(names) if one.casefold() == wanted]
        if len(found) == 1:
            return found[0]
        if found:
            both = " and ".join(letters(index) for index in found[:2])
            what = f"Several columns are called so: {both}. Name the letters of one."
            return Problem(0, name, what)
    return Problem(0, name, f"There is no such column. There are: {', '.join(table.header)[:600]}.")


def _guessed(table: CsvFile, people: People) -> int | Problem:
    """The first column with the most ids of the participant data, then the most ids."""
    best, found = (0, 0), None
    for index in range(len(table.header)):
        pids = [pid for row in table.rows if (pid := id_in(row.cells[index]))]
        fit = (sum(pid in people.by_pid for pid in pids), len(pids))
        if fit > best:
            best, found = fit, index
    if found is None:
        what = "No column holds participant ids or links. The list needs what links.csv has in one"
        return Problem(0, "", f"{what} of its two columns, for each person.")
    return found


class _Matching:
    """One match, while it is made."""

    def __init__(self, table: CsvFile, people: People, column: int, threshold: int) -> None:
        self._list = table
        self._people = people
        self._column = column
        self._threshold = threshold
        self._pids = [id_in(row.cells[column]) for row in table.rows]
        self._rows_of: defaultdict[str, list[int]] = defaultdict(list)
        for row, pid in zip(table.rows, self._pids, strict=True):
            if pid is not None:
                self._rows_of[pid].append(row.number)

    def matched(self, *, guessed: bool) -> Matched:
        """The whole answer."""
        header = tuple(guarded(name) for name in (*self._list.header, *self._added()))
        listed = list(self._listed())
        others = list(self._others())
        results = Counter(str(row[len(self._list.header) + 1]) for row in (*listed, *others))
        counts = Counts(
            len(listed),
            results["came"],
            results["came, under the threshold"],
            results["turned away"],
            results["never came"],
            results["not on your list"],
        )
        name = self._list.header[self._column]
        return Matched(
            Table(header, [*listed, *others]),
            Dialect(delimiter=";" if self._list.delimiter == ";" else ","),
            counts,
            name,
            tuple(self._notes(name, guessed)),
        )

    def _added(self) -> tuple[str, ...]:
        """Our columns, numbered where the list has one of that name already."""
        taken = {name.casefold() for name in self._list.header}
        names = []
        for name in ADDED:
            free, number = name, 2
            while free in taken:
                free, number = f"{name}_{number}", number + 1
            names.append(free)
        return tuple(names)

    def _listed(self) -> Iterator[tuple[Cell, ...]]:
        for row, pid in zip(self._list.rows, self._pids, strict=True):
            own = tuple(_own(cell) for cell in row.cells)
            yield (*own, *self._cells(row, pid))

    def _cells(self, row: CsvRow, pid: str | None) -> tuple[Cell, ...]:
        if pid is None:
            written = row.cells[self._column].strip()
            why = "the id cannot be read" if written else "no id in this row"
            return (None, "never came", None, None, None, why)
        person = self._people.by_pid.get(pid)
        result, reason = self._result(person)
        reasons = [reason] if reason else []
        if len(rows := self._rows_of[pid]) > 1:
            others = [str(number) for number in rows if number != row.number]
            reasons.append(f"the same id stands in row {', '.join(others[:5])}")
        return (pid, result, *_numbers(person), _own("; ".join(reasons)))

    def _result(self, person: Person | None) -> tuple[Result, str]:
        if person is None:
            missing = "no link of this conversation" if self._people.whole else ""
            return "never came", missing
        if person.outcome == "turned_away":
            return "turned away", person.reason
        if not person.came:
            return "never came", person.reason
        why = person.reason or ("removed" if person.outcome == "removed" else "")
        if person.percent is None:
            return "came", why or "nothing was asked"
        return ("came" if person.percent >= self._threshold else "came, under the threshold"), why

    def _others(self) -> Iterator[tuple[Cell, ...]]:
        blank = (None,) * len(self._list.header)
        for pid, person in self._people.by_pid.items():
            if pid not in self._rows_of and person.outcome != "never_joined":
                _, reason = self._result(person)
                if person.outcome == "turned_away":
                    reason = f"turned away: {reason}" if reason else "turned away"
                yield (*blank, pid, "not on your list", *_numbers(person), _own(reason))

    def _notes(self, name: str, guessed: bool) -> Iterator[str]:
        if guessed:
            yield f"The ids of your list were found in its column '{name}'."
        if not self._list.has_header:
            yield "Your list has no header: its first row holds an id. Its columns got letters."
        if self._list.empty:
            yield f"{self._list.empty} empty rows of your list are left out."
        if unreadable := self._pids.count(None):
            yield f"{unreadable} rows of your list have no id that can be read; they never came."
        again = sum(len(rows) - 1 for rows in self._rows_of.values())
        if again:
            yield f"{again} rows of your list repeat the id of another row; each has its result."
        if repeated := len(self._people.repeated):
            yield f"{repeated} ids repeat in the participant data; the best row counts."
        if self._people.unreadable:
            rows = ", ".join(str(number) for number in self._people.unreadable[:5])
            count = len(self._people.unreadable)
            yield f"{count} rows of the participant data hold no id (row {rows}); left out."
        unused = sum(
            person.outcome == "never_joined" and pid not in self._rows_of
            for pid, person in self._people.by_pid.items()
        )
        if unused:
            yield f"{unused} links that nobody joined with are not on your list; left out."
        if not self._people.whole:
            yield (
                "The participant data has only those who joined: nobody can be told as turned away."
                " Export it with all links (include all) for that."
            )


def _numbers(person: Person | None) -> tuple[Cell, Cell, Cell]:
    if person is None:
        return (None, None, None)
    return (person.percent, _own(person.while_present), _own(person.minutes))


def _own(cell: str) -> str:
    """A cell of people's files, so that no spreadsheet program runs it; numbers stay."""
    return cell if _NUMBER.fullmatch(cell) else guarded(cell)
