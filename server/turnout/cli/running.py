"""What all commands share: their options, and how work is run: every expected failure becomes a
sentence and an exit code."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Annotated, Any, TypeVar

import typer
from rich.console import Console

from turnout.cli.reach import OutOfReach, Refusal
from turnout.logs import configure_logs
from turnout.ports import StoreInUse, StoreUnavailable
from turnout.settings import WrongSettings

T = TypeVar("T")

out = Console(soft_wrap=True)  # lines are as long as they are, in files too
err = Console(stderr=True, soft_wrap=True)

NO, UNREACHABLE = 1, 3

Data = Annotated[
    Path | None, typer.Option("--data", help="The data folder.", show_default="turnout-data")
]
Json = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
Fd = Annotated[int | None, typer.Option(help="Use this inherited listening socket.")]
Slug = Annotated[str, typer.Argument(help="The conversation's part of the address.")]


def run(work: Coroutine[Any, Any, T]) -> T:
    """Run this command's work; every expected failure becomes a sentence and an exit code. A
    command may run the application itself, whose log would say the same again; a server sets its
    own."""
    configure_logs("critical")
    try:
        return _loop(work)
    except Refusal as refusal:
        err.print(refusal.why, style="bold red", markup=False)
        for problem in _problems(refusal):
            err.print(problem, markup=False, highlight=False)
        raise typer.Exit(NO) from refusal
    except (OutOfReach, StoreInUse, StoreUnavailable) as error:
        err.print(str(error), style="bold red", markup=False)
        raise typer.Exit(UNREACHABLE) from error
    except WrongSettings as error:
        err.print(str(error), style="bold red", markup=False)
        raise typer.Exit(2) from error


def _loop(work: Coroutine[Any, Any, T]) -> T:
    if sys.platform == "win32":
        return asyncio.run(work)
    import uvloop

    return uvloop.run(work)


def _problems(refusal: Refusal) -> list[str]:
    found = refusal.body.get("problems")
    if not isinstance(found, list):
        return []
    return [words(problem["row"], problem["column"], problem["what"]) for problem in found]


def words(row: int, column: str, what: str) -> str:
    """Where in a file something is, and what."""
    place = f"Row {row}" if row else "The file"
    return f"{place}, {column}: {what}" if column else f"{place}: {what}"


def print_json(value: object) -> None:
    """One object on one line of standard output."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
