"""`turnout backup` and `turnout restore`: a copy of the data, and the way back."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from turnout.app import DATABASE
from turnout.cli.reach import Refusal, settings_of
from turnout.cli.running import Data, Json, out, print_json, run
from turnout.storage.copies import CopyRefused, back_up
from turnout.storage.copies import restore as put_back

ELSEWHERE = (
    "The data is in PostgreSQL, which has tools of its own for this: pg_dump and pg_restore. "
    "docs/deployment.md says what else there is to do."
)


def _folder(data: Path | None) -> Path:
    settings = settings_of(data)
    if settings.database is not None:
        raise Refusal({"why": ELSEWHERE})
    return settings.data


def backup(
    file: Annotated[Path, typer.Argument(help="Where to put the copy: a new file.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Copy all data to a file; a server may be running."""

    async def work() -> int:
        try:
            return back_up(_folder(data) / DATABASE, file)
        except CopyRefused as refused:
            raise Refusal({"why": str(refused)}) from refused

    size = run(work())
    if as_json:
        print_json({"file": str(file), "bytes": size})
    else:
        out.print(f"{file}: {size:,} bytes. It holds answers and password hashes.", markup=False)


def restore(
    file: Annotated[Path, typer.Argument(help="A copy that turnout backup made.")],
    data: Data = None,
    as_json: Json = False,
) -> None:
    """Put a copy in the place of the data; the server must be stopped."""

    async def work() -> Path | None:
        folder = _folder(data)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        there = (folder / DATABASE).exists()
        kept = folder / f"turnout-until-{datetime.now():%Y%m%d-%H%M%S}.db"
        try:
            put_back(file, folder / DATABASE, kept)
        except CopyRefused as refused:
            raise Refusal({"why": str(refused)}) from refused
        return kept if there else None

    kept = run(work())
    if as_json:
        print_json({"kept": None if kept is None else str(kept)})
        return
    out.print("The copy is in place. Phones send again what it lacks, once the server runs.")
    if kept is not None:
        out.print(f"What was there before: {kept}. Delete it when all is well.", markup=False)
