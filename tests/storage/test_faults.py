"""Which errors of the database mean what."""

from __future__ import annotations

import sqlite3

import pytest
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from turnout.ports import StoreUnavailable
from turnout.storage.faults import Faults


def error(kind: type[sqlite3.Error], code: int) -> sqlite3.Error:
    made = kind("as SQLite says")
    made.sqlite_errorcode = code
    return made


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def faults(told: list[str]) -> Faults:
    return Faults(told.append)


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_IOERR_FSYNC,
        sqlite3.SQLITE_IOERR_READ,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_CORRUPT,
        sqlite3.SQLITE_CORRUPT_INDEX,
        sqlite3.SQLITE_NOTADB,
    ],
)
def test_final(code: int, faults: Faults, told: list[str]) -> None:
    faults.refuse_if_fatal()
    for _ in range(2):
        assert faults.unavailable(error(sqlite3.DatabaseError, code)) is not None
    assert len(told) == 1
    with pytest.raises(StoreUnavailable, match="can't be trusted"):
        faults.refuse_if_fatal()


@pytest.mark.parametrize(
    "code",
    [
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_READONLY,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_IOERR_SHMSIZE,
    ],
)
def test_passing(code: int, faults: Faults, told: list[str]) -> None:
    cause = error(sqlite3.OperationalError, code)
    assert faults.unavailable(cause) is not None
    assert faults.unavailable(DBAPIError("SELECT 1", {}, cause)) is not None
    faults.refuse_if_fatal()
    assert told == []


def test_a_pool_without_room_is_passing(faults: Faults) -> None:
    assert faults.unavailable(PoolTimeout()) is not None
    faults.refuse_if_fatal()


@pytest.mark.parametrize(
    "mistake",
    [
        error(sqlite3.IntegrityError, sqlite3.SQLITE_CONSTRAINT_UNIQUE),
        error(sqlite3.DataError, sqlite3.SQLITE_TOOBIG),
        error(sqlite3.ProgrammingError, 0),
        ValueError("no error of the database at all"),
    ],
)
def test_a_mistake_of_the_callers_own(mistake: Exception, faults: Faults) -> None:
    assert faults.unavailable(mistake) is None
