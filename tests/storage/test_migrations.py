"""The schema's history."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import CheckConstraint, Connection, insert, inspect

from tests.contract.scenes import Time
from turnout.ports import StoreUnavailable
from turnout.storage import open_store
from turnout.storage.engines import writer_engine
from turnout.storage.migrations import StoreTooNew, migrate, upgrade
from turnout.storage.schema import metadata

MIGRATE = """
import sys
from pathlib import Path
from turnout.storage.engines import writer_engine
from turnout.storage.migrations import migrate
engine = writer_engine(Path(sys.argv[1]))
sys.stdin.read()
migrate(engine)
engine.dispose()
"""


def test_the_migrations_make_the_tables_of_the_schema(path: Path) -> None:
    engine = writer_engine(path)
    migrate(engine)
    migrate(engine)
    with engine.begin() as connection:
        options = {"compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        # Of checks, which that does not compare, the names.
        for table in metadata.sorted_tables:
            checks = {one["name"] for one in inspect(connection).get_check_constraints(table.name)}
            assert checks == {
                one.name for one in table.constraints if isinstance(one, CheckConstraint)
            }
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar_one() == 1
    engine.dispose()


def test_an_id_is_never_used_twice(path: Path) -> None:
    """Memory may still know of a row that was erased."""
    engine = writer_engine(path)
    migrate(engine)
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            sql = connection.exec_driver_sql(
                f"SELECT sql FROM sqlite_schema WHERE name = '{table.name}'"
            ).scalar_one()
            wanted = bool(table.dialect_options["sqlite"]["autoincrement"])
            assert ("AUTOINCREMENT" in sql) == wanted, table.name
    engine.dispose()


def versions(path: Path) -> list[tuple[str]]:
    with sqlite3.connect(path) as connection:
        found = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    connection.close()
    return found


async def test_a_newer_store_is_refused_in_words(path: Path, time: Time) -> None:
    await (await open_store(path, time, os.urandom)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()

    for _ in range(2):
        with pytest.raises(StoreTooNew, match="newer version of Turnout"):
            await open_store(path, time, os.urandom)

    assert versions(path) == [("9999",)]


def test_a_crash_in_the_middle_leaves_nothing(path: Path) -> None:
    engine = writer_engine(path)
    with engine.connect() as connection:
        upgrade(connection)
        assert inspect(connection).has_table("answer")
        connection.rollback()
    with engine.begin() as connection:
        assert inspect(connection).get_table_names() == []
    engine.dispose()


def test_four_at_once(path: Path) -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", MIGRATE, str(path)], stdin=subprocess.PIPE)
        for _ in range(4)
    ]
    for process in processes:
        assert process.stdin is not None
        process.stdin.close()
    assert [process.wait(timeout=60) for process in processes] == [0] * 4
    assert versions(path) == [("0003",)]


async def test_rows_that_refer_to_nothing_are_not_taken(path: Path, time: Time) -> None:
    await (await open_store(path, time, os.urandom)).close()
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO attendance (participant, since, until) VALUES (7, 1, 1)")
    connection.close()

    with pytest.raises(StoreUnavailable, match="attendance"):
        await open_store(path, time, os.urandom)


def test_ids_that_a_broken_client_used_twice_are_told_apart(path: Path) -> None:
    """Both answers stay; the first keeps the id."""
    engine = writer_engine(path)
    migrate(engine)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP INDEX ix_answer_participant_aid")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0002'")
        connection.exec_driver_sql("PRAGMA defer_foreign_keys = ON")
        _insert_answers(connection, [(1, 1, b"a" * 16), (1, 2, b"a" * 16), (2, 1, b"a" * 16)])
        upgrade(connection)
        rows = connection.exec_driver_sql(
            "SELECT participant, question, aid FROM answer ORDER BY id"
        ).all()
        connection.rollback()
    engine.dispose()
    assert [row[:2] for row in rows] == [(1, 1), (1, 2), (2, 1)]
    assert rows[0].aid == rows[2].aid == b"a" * 16
    assert rows[1].aid != rows[0].aid
    assert len(rows[1].aid) == 16


def _insert_answers(connection: Connection, rows: Sequence[tuple[int, int, bytes]]) -> None:
    for who, question, aid in rows:
        values = {"conversation": 1, "participant": who, "question": question, "revision": 1}
        connection.execute(
            insert(metadata.tables["answer"]).values(
                **values,
                aid=aid,
                earlier=b"",
                body="{}",
                shown_rev=1,
                run=1,
                first_at=1,
                answered_at=1,
                late=False,
                aseq=1,
            )
        )
