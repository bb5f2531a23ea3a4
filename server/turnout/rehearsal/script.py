"""The answers file: what each robot will answer, one row a robot. Pure.

A cell is the text of an option, several joined with `|`, an open text or a number; an empty cell is
not answered. A text that is no option is an answer under "Other" where the guide allows one, and
otherwise a mistake of the file, told before anything starts.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from msgspec import UNSET

from turnout import wire
from turnout.domain.answers import Body, checked
from turnout.domain.guide import (
    Item,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Question,
    Scale,
    SingleChoice,
)
from turnout.domain.refusals import Refused
from turnout.guides import Problem
from turnout.guides.source import text_of

SEPARATOR = "|"


@dataclass(frozen=True, slots=True)
class Script:
    """What one robot answers. `row`: the file's name for it. `answers`: by the question's place
    among the questions of the guide, from 1."""

    row: str
    answers: Mapping[int, wire.Body]


@dataclass(frozen=True, slots=True)
class Mistakes:
    """Why an answers file cannot be played; at least one, in order of rows."""

    problems: tuple[Problem, ...]


def read_scripts(data: bytes, items: Iterable[Item]) -> tuple[Script, ...] | Mistakes:
    """The scripts of an answers file with the header `participant,q1,q2,...`: one column for each
    question of `items`, in guide order. Never raises, whatever `data` is."""
    questions = tuple(item for item in items if item.is_question)
    text = text_of(data)
    if isinstance(text, Problem):
        return Mistakes((text,))
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        what = f"The file is no CSV ({error}). A quotation mark is missing or left over."
        return Mistakes((Problem(0, "", what),))
    problems = list(_header_problems(records[0], len(questions)))
    scripts: list[Script] = []
    if not problems:
        names: dict[str, int] = {}
        for row, cells in enumerate(records[1:], start=2):
            if any(cells):
                scripts.append(_script(row, cells, questions, names, problems))
    return Mistakes(tuple(problems)) if problems else tuple(scripts)


def _header_problems(header: Sequence[str], questions: int) -> Iterator[Problem]:
    expected = ["participant", *(f"q{number}" for number in range(1, questions + 1))]
    if len(header) != len(expected):
        what = f"The file has {len(header) - 1} columns for questions; the guide has {questions}."
        yield Problem(1, "", what)
        return
    for found, name in zip(header, expected, strict=True):
        if found.strip().lower() != name:
            yield Problem(1, found, f"This column should be called '{name}'.")


def _script(
    row: int,
    cells: Sequence[str],
    questions: Sequence[Item],
    names: dict[str, int],
    problems: list[Problem],
) -> Script:
    name = cells[0].strip()
    if not name:
        problems.append(Problem(row, "participant", "The row has no name."))
    elif (earlier := names.setdefault(name, row)) != row:
        problems.append(Problem(row, "participant", f"'{name}' is the name of row {earlier} too."))
    if len(cells) != len(questions) + 1:
        what = f"The row has {len(cells)} cells; the header has {len(questions) + 1}."
        problems.append(Problem(row, "", what))
        return Script(name, {})
    answers: dict[int, wire.Body] = {}
    for number, (item, cell) in enumerate(zip(questions, cells[1:], strict=True), start=1):
        if not cell:
            continue
        body = _body(item, cell)
        if isinstance(body, str):
            problems.append(Problem(row, f"q{number}", body))
        else:
            answers[number] = on_the_wire(body)
    return Script(name, answers)


def _body(item: Item, cell: str) -> Body | str:
    """The answer in a cell, or in words why it is none."""
    assert not isinstance(item.content, Message)
    read = _read(item.content, cell)
    if isinstance(read, str):
        return read
    verdict = checked(item.content, read)
    return f"{_quoted(cell)}: {verdict.why}" if isinstance(verdict, Refused) else verdict


def _read(question: Question, cell: str) -> Body | str:
    match question:
        case SingleChoice(options=options):
            number = _numbers(options).get(cell)
            if number is not None:
                return Body(option=number)
            return Body(other=cell) if question.other else f"{_quoted(cell)} is no option."
        case MultipleChoice():
            return _several(question, cell)
        case OpenText():
            return Body(text=cell)
        case Number() | Scale():
            try:
                value = float(cell)
            except ValueError:
                value = math.nan
            return Body(number=value) if math.isfinite(value) else f"{_quoted(cell)} is no number."
        case _:
            assert_never(question)


def _several(question: MultipleChoice, cell: str) -> Body | str:
    """Options may themselves hold the separator: the longest run of parts that is one wins."""
    numbers = _numbers(question.options)
    parts = cell.split(SEPARATOR)
    chosen: list[int] = []
    others: list[str] = []
    at = 0
    while at < len(parts):
        ends = range(len(parts), at, -1)
        end = next((e for e in ends if SEPARATOR.join(parts[at:e]) in numbers), None)
        if end is None:
            others.append(parts[at])
            at += 1
        else:
            chosen.append(numbers[SEPARATOR.join(parts[at:end])])
            at = end
    if not others:
        return Body(options=tuple(chosen))
    if not question.other:
        return f"{_quoted(others[0])} is no option."
    if len(others) > 1:
        return f"{_quoted(others[0])} and {_quoted(others[1])} are both no option; one may be."
    return Body(options=tuple(chosen), other=others[0])


def _numbers(options: Sequence[Option]) -> dict[str, int]:
    return {option.text: number for number, option in enumerate(options, start=1)}


def on_the_wire(body: Body) -> wire.Body:
    """The same answer as a message carries it."""
    return wire.Body(
        option=UNSET if body.option is None else body.option,
        options=UNSET if body.options is None else list(body.options),
        other=UNSET if body.other is None else body.other,
        text=UNSET if body.text is None else body.text,
        number=UNSET if body.number is None else body.number,
    )


def _quoted(text: str) -> str:
    return f"'{text[:60]}'"
