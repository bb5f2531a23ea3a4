"""Copies of the database: made while a server writes it, and put back in its place.

A copy has no epoch, so whichever store begins with it begins a history of its own. Must never write
to, or checkpoint, a database that a server may have open.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from turnout.ports import StoreUnavailable
from turnout.storage.engines import writer_engine
from turnout.storage.lock import Lock
from turnout.storage.migrations import migrate

_PAGES = 1_000
"""Pages (4 KiB) that are copied at a time; between them the server goes on writing."""
_LOG, _INDEX = "-wal", "-shm"


class CopyRefused(Exception):
    """In words: what was asked for can't be done, and nothing was changed."""


def back_up(database: Path, copy: Path) -> int:
    """Copy the database, as it is at one moment, to a new file that only its owner may read. A
    server may be writing it. Returns the copy's bytes. CopyRefused if there is no database or the
    file is there already, StoreUnavailable if a disk fails or is full."""
    if not database.exists():
        raise CopyRefused(f"There is no data in {database.parent}.")
    _refuse_existing(copy)
    with _faults(), _finished(copy) as unfinished:
        _copy(database, unfinished)
    return copy.stat().st_size


def restore(copy: Path, database: Path, kept: Path) -> None:
    """Put a copy in the database's place, its schema brought up to date; what was there is kept
    beside it under the name `kept`. StoreInUse if a server runs, CopyRefused if the copy is no
    whole copy or `kept` is there already, StoreUnavailable if a newer version wrote it or a disk
    fails or is full. Whatever is raised, the database is as it was."""
    lock = Lock(database.parent)
    try:
        _refuse_existing(kept)
        _refuse_broken(copy)
        with _faults(), _finished(database) as unfinished:
            _copy(copy, unfinished)
            engine = writer_engine(unfinished)
            try:
                migrate(engine)
            finally:
                engine.dispose()
            _keep(database, kept)
    finally:
        lock.release()


def _keep(database: Path, kept: Path) -> None:
    """Another name for what is there, its log included; then the log must not meet the copy."""
    for end in ("", _LOG):
        if (old := _beside(database, end)).exists():
            _beside(kept, end).hardlink_to(old)
    _sync(kept.parent)
    for end in (_LOG, _INDEX):
        _beside(database, end).unlink(missing_ok=True)


def _copy(database: Path, copy: Path) -> None:
    with (
        closing(sqlite3.connect(f"{database.absolute().as_uri()}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target, pages=_PAGES, sleep=0.01)
        target.execute("PRAGMA journal_mode=DELETE")  # one file, nothing beside it
        target.execute("UPDATE store SET epoch = ''")
        target.commit()


def _refuse_broken(copy: Path) -> None:
    """It is opened as it is: a copy has no log beside it."""
    if not copy.exists():
        raise CopyRefused(f"There is no file {copy}.")
    try:
        with closing(
            sqlite3.connect(f"{copy.absolute().as_uri()}?mode=ro", uri=True)
        ) as connection:
            said = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
            connection.execute("SELECT epoch, key FROM store").fetchone()
    except sqlite3.Error as error:
        raise CopyRefused(f"{copy} is no copy that Turnout made: {error}.") from error
    if said != "ok":
        raise CopyRefused(f"{copy} is damaged: {said}.")


def _refuse_existing(file: Path) -> None:
    if file.exists():
        raise CopyRefused(f"{file} is there already. Choose another name.")


@contextmanager
def _finished(file: Path) -> Iterator[Path]:
    """A file to write that has its name only once it is whole and on the disk."""
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        os.close(os.open(unfinished, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
        yield unfinished
        _sync(unfinished)
        unfinished.replace(file)
        _sync(file.parent)
    finally:
        unfinished.unlink(missing_ok=True)


def _sync(file: Path) -> None:
    descriptor = os.open(file, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _beside(file: Path, end: str) -> Path:
    return file.with_name(file.name + end)


@contextmanager
def _faults() -> Iterator[None]:
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise StoreUnavailable(f"The copy could not be made: {error}.") from error
