"""Jobs for the writing thread, and trouble for it."""

from __future__ import annotations

import asyncio
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, insert, select

from turnout.storage import schema
from turnout.storage.writer import Writer

MEGABYTE = 1024 * 1024


def note(what: str) -> Callable[[Connection], None]:
    """A job that leaves a trace."""

    def write(connection: Connection) -> None:
        connection.execute(insert(schema.audit).values(at=1, by="", what=what))

    return write


def notes(connection: Connection) -> list[str]:
    return list(
        connection.execute(select(schema.audit.c.what).order_by(schema.audit.c.id)).scalars()
    )


def pragma(text: str) -> Callable[[Connection], object]:
    return lambda connection: connection.exec_driver_sql(f"PRAGMA {text}").scalar()


async def idle(writer: Writer) -> None:
    """Until the thread has nothing to do."""
    if writer._pump is not None:
        await asyncio.wait([writer._pump])


@contextmanager
def no_file_grows() -> Iterator[None]:
    """Writes beyond the first bytes of any file fail, as on a broken disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (512, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
