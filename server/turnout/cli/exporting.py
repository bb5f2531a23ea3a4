"""`turnout export` and `turnout explain`: a conversation's files, and why a participant's numbers
are what they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlencode

import httpx
import typer

from turnout.cli.reach import ask, reach, settings_of
from turnout.cli.running import NO, Data, Json, Slug, err, out, print_json, run

FILES = {
    "participant_data": "participant_data.csv",
    "answers": "answers.csv",
    "questions": "questions.csv",
    "links": "links.csv",
    "data": "data.json",
    "bundle": "bundle.zip",
}
_BY_ENDING = {".json": "data", ".zip": "bundle"}
_TABLES = ("participant_data", "answers", "questions", "links")
LOCAL = "No public address is set: these links lead to this computer."
_WIDTH = 72
"""Characters of a question's wording in a listing."""

Run = Annotated[
    str, typer.Option("--run", help="Which run: live, flex, flex-2 ...; all of them together.")
]


def export(
    slug: Slug,
    file: Annotated[
        Path, typer.Argument(help="Where to write; its name says what, as participant_data.csv.")
    ],
    what: Annotated[
        str | None,
        typer.Option(help=f"What to write under another name: {', '.join(FILES)}."),
    ] = None,
    run_: Run = "all",
    include_all: Annotated[bool, typer.Option(help="Also links nobody joined with.")] = False,
    bom: Annotated[bool, typer.Option(help="Begin with a byte order mark.")] = True,
    semicolon: Annotated[bool, typer.Option(help="Semicolons in place of commas.")] = False,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Write one of the conversation's files."""
    chosen = _chosen(file, what)
    if chosen is None:
        known = ", ".join(FILES)
        err.print(f"There is no file {what}. The files are {known}.", markup=False)
        raise typer.Exit(2)
    path = _address(slug, chosen, run=run_, include_all=include_all, bom=bom, semicolon=semicolon)

    async def work() -> tuple[bytes, bool]:
        async with reach(settings_of(data)) as client:
            content = (await ask(client, "GET", path)).content
            return content, chosen == "links" and await lead_here(client)

    content, local = run(work())
    try:
        file.write_bytes(content)
    except OSError as error:
        err.print(f"{file} can't be written: {error.strerror}.", markup=False)
        raise typer.Exit(NO) from error
    if local:
        err.print(LOCAL, markup=False)
    if as_json:
        print_json({"file": str(file), "what": chosen, "bytes": len(content)})
    else:
        out.print(f"{file}: {len(content):,} bytes.", markup=False, highlight=False)


def explain(
    slug: Slug,
    pid: Annotated[str, typer.Argument(help="The number in a link, or a participant's number.")],
    run_: Run = "all",
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Say question by question why a participant's numbers are what they are."""

    async def work() -> dict[str, Any]:
        async with reach(settings_of(data)) as client:
            body = _whom(pid, run_)
            response = await ask(client, "POST", f"conversations/{slug}/explain", body)
            explained: dict[str, Any] = response.json()
            return explained

    explained = run(work())
    if as_json:
        print_json(explained)
    else:
        for line in told(explained):
            out.print(line, markup=False, highlight=False)


async def lead_here(client: httpx.AsyncClient) -> bool:
    """Whether links lead to this computer, so that nobody should send them. What the server was
    told counts, not what is set where the command runs."""
    return (await ask(client, "GET", "me")).json()["public"] is None


def _chosen(file: Path, what: str | None) -> str | None:
    """Which of `FILES` to write: the one that is named, or else what the file's name says. None if
    there is none of this name."""
    if what is not None:
        return what if what in FILES else None
    by_stem = file.stem if file.stem in _TABLES else "participant_data"
    return _BY_ENDING.get(file.suffix.lower(), by_stem)


def _address(
    slug: str, what: str, *, run: str, include_all: bool, bom: bool, semicolon: bool
) -> str:
    """The door of this file with these options."""
    options = {
        "run": run,
        "include": "all" if include_all else "joined",
        "bom": "yes" if bom else "no",
        "delimiter": "semicolon" if semicolon else "comma",
    }
    return f"conversations/{slug}/files/{FILES[what]}?{urlencode(options)}"


def _whom(pid: str, run: str) -> dict[str, object]:
    """The body that asks about a link's number, or about a participant by their number."""
    if pid.isascii() and pid.isdigit() and len(pid) < 10:
        return {"participant": int(pid), "run": run}
    return {"pid": pid, "run": run}


def told(explained: dict[str, Any]) -> Iterator[str]:
    """An explanation, line by line."""
    number, outcome = explained["participant"], explained["outcome"]
    who = explained["pid"] if number is None else f"Participant {number}, {explained['pid']}"
    yield who if outcome is None else f"{who}: {outcome}"
    for line in explained["lines"]:
        text = " ".join(line["text"].split())
        short = text if len(text) <= _WIDTH else text[: _WIDTH - 1] + "…"
        marks = (name if line[name] else f"not {name}" for name in ("asked", "present", "answered"))
        yield f"{line['position']}. {short}"
        yield f"   {' · '.join(marks)}. {line['why']}"
    yield from explained["arithmetic"]
