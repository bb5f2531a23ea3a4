"""The connections that read, beside the one that writes. Each reading is of one moment."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import TypeVar

from sqlalchemy.exc import SQLAlchemyError

from turnout.ports import StoreUnavailable
from turnout.storage.database import Work
from turnout.storage.engines import reader_engine
from turnout.storage.faults import Faults

T = TypeVar("T")


class Readers:
    """Of one store; closed once, before its writer."""

    def __init__(self, path: Path, faults: Faults) -> None:
        self._engine = reader_engine(path)
        self._faults = faults
        self._under_way = 0
        self._quiet = asyncio.Event()
        self._quiet.set()
        self._open = asyncio.Event()
        self._open.set()
        self._closed = False

    async def read(self, work: Work[T]) -> T:
        """What `work` reads, all of it as at one moment. StoreUnavailable if it can't be read."""
        while not self._open.is_set():
            await self._open.wait()
        if self._closed:
            raise StoreUnavailable("The store is closed.")
        self._faults.refuse_if_fatal()
        self._under_way += 1
        self._quiet.clear()
        try:
            async with self._engine.begin() as connection:
                return await connection.run_sync(work)
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise self._faults.unavailable(error) or error from error
        finally:
            self._under_way -= 1
            if self._under_way == 0:
                self._quiet.set()

    @asynccontextmanager
    async def held_off(self) -> AsyncIterator[None]:
        """Inside, nothing is being read: who reads is waited for, who comes waits. One at a time
        (`turnout.storage.store` sees to it)."""
        self._open.clear()
        try:
            await self._quiet.wait()
            yield
        finally:
            self._open.set()

    async def close(self) -> None:
        """Let what is being read be read to its end: a connection that is in use now would be left
        open."""
        self._closed = True
        await self._quiet.wait()
        await self._engine.dispose()
