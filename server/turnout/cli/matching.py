"""`turnout match`: the researcher's list beside Participant Data. Reads two files and writes one;
asks no server."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from turnout.exports.csv_file import render
from turnout.match import Counts, Matched, NotMatched, match

_out = Console(soft_wrap=True)
_err = Console(stderr=True, soft_wrap=True)
_NO, _USAGE = 1, 2


def match_command(
    roster: Annotated[Path, typer.Argument(help="Your own list, as CSV, with an id or link each.")],
    participant_data: Annotated[
        Path, typer.Argument(help="The conversation's participant_data.csv.")
    ],
    threshold: Annotated[
        int, typer.Option(min=0, max=100, help="The percent_answered that counts as having come.")
    ] = 80,
    id_column: Annotated[
        str | None,
        typer.Option(help="The header or letters of the ids' column.", show_default="guessed"),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="Where to write.", show_default="ROSTER-matched.csv"),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object.")] = False,
) -> None:
    """Say for each row of your list who came. Nothing leaves this computer."""
    target = _target(roster, participant_data, output)
    matched = match(
        _read(roster), _read(participant_data), threshold=threshold, id_column=id_column
    )
    if isinstance(matched, NotMatched):
        _refuse(matched, as_json)
        raise typer.Exit(_NO)
    _write(target, matched)
    if as_json:
        _print_json(
            {
                "file": str(target),
                "id_column": matched.id_column,
                "threshold": threshold,
                "counts": asdict(matched.counts),
                "notes": list(matched.notes),
            }
        )
        return
    for line in (f"{target} is written.", *_sums(matched.counts, threshold), *matched.notes):
        _out.print(line, markup=False, highlight=False)


def _sums(counts: Counts, threshold: int) -> tuple[str, ...]:
    return (
        f"Your list: {counts.rows_of_list} rows"
        f" = {counts.came} came"
        f" + {counts.came_under_threshold} came, under {threshold} %"
        f" + {counts.turned_away} turned away"
        f" + {counts.never_came} never came.",
        f"Not on your list: {counts.not_on_your_list}.",
    )


def _target(roster: Path, data: Path, output: Path | None) -> Path:
    """Where to write. Never over one of the two files, and over another only if it was named."""
    target = output or roster.with_name(f"{roster.stem}-matched.csv")
    if any(target.exists() and one.exists() and target.samefile(one) for one in (roster, data)):
        _fail(f"{target} is one of the files to read. Name another with -o.", _USAGE)
    if output is None and target.exists():
        _fail(f"{target} is there already. Name it, or another, with -o.", _NO)
    return target


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        _fail(f"{path} can't be read: {error.strerror}.", _NO)


def _write(path: Path, matched: Matched) -> None:
    try:
        path.write_bytes(b"".join(render(matched.table, matched.dialect)))
    except OSError as error:
        _fail(f"{path} can't be written: {error.strerror}.", _NO)


def _fail(what: str, code: int) -> NoReturn:
    _err.print(what, markup=False, highlight=False)
    raise typer.Exit(code)


def _refuse(refused: NotMatched, as_json: bool) -> None:
    if as_json:
        problems = [asdict(problem) for problem in refused.problems]
        _print_json({"file": refused.file, "problems": problems})
        return
    for problem in refused.problems:
        row = f", row {problem.row}" if problem.row else ""
        column = f", {problem.column}" if problem.column else ""
        words = f"The {refused.file}{row}{column}: {problem.what}"
        _err.print(words, markup=False, highlight=False)


def _print_json(value: object) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
