"""Copies of the database: whole while it is written, and put back without losing what was there."""

from __future__ import annotations

import asyncio
import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.contract.scenes import OPEN, Time, offer, scene
from turnout.ports import StoreInUse, StoreUnavailable
from turnout.storage import open_store
from turnout.storage.copies import CopyRefused, back_up, restore


def answers(path: Path) -> list[tuple[int, str]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        return connection.execute("SELECT participant, aid FROM answer ORDER BY aseq").fetchall()


@pytest.fixture
async def database(path: Path, time: Time) -> Path:
    """Of a live conversation with two answers."""
    store = await open_store(path, time, os.urandom)
    live = await scene(store, time)
    await live.go_live()
    await live.send(OPEN)
    for pid in live.pids[:2]:
        await live.answer(await live.enter(pid), offer())
    await store.close()
    return path


async def test_a_copy_made_while_answers_arrive_holds_all_that_were_acknowledged_before(
    path: Path, time: Time, tmp_path: Path
) -> None:
    store = await open_store(path, time, os.urandom)
    live = await scene(store, time, max_participants=40)
    await live.go_live()
    await live.send(OPEN)
    people = [await live.enter(pid) for pid in live.pids[:40]]
    for who in people[:20]:
        await live.answer(who, offer())
    before = {aid for _, aid in answers(path)}
    copying = asyncio.create_task(asyncio.to_thread(back_up, path, tmp_path / "copy.db"))
    for who in people[20:]:
        await live.answer(who, offer())
    size = await copying
    await store.close()
    assert size == (tmp_path / "copy.db").stat().st_size
    assert len(before) == 20
    assert before <= {aid for _, aid in answers(tmp_path / "copy.db")}


def test_a_copy_is_one_private_file_without_an_epoch(database: Path, tmp_path: Path) -> None:
    folder = tmp_path / "copies"
    folder.mkdir()
    back_up(database, folder / "copy.db")
    assert [file.name for file in folder.iterdir()] == ["copy.db"]
    assert (folder / "copy.db").stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(folder / "copy.db")) as connection:
        assert connection.execute("SELECT epoch FROM store").fetchall() == [("",)]
    with closing(sqlite3.connect(database)) as connection:
        assert connection.execute("SELECT epoch FROM store").fetchone() != ("",)


def test_a_copy_never_takes_the_place_of_a_file(database: Path, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("mine")
    with pytest.raises(CopyRefused, match="already"):
        back_up(database, tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "mine"


def test_where_nothing_is_there_is_nothing_to_copy(tmp_path: Path) -> None:
    with pytest.raises(CopyRefused, match="no data"):
        back_up(tmp_path / "turnout.db", tmp_path / "copy.db")
    assert list(tmp_path.iterdir()) == []


def test_a_copy_that_can_not_be_written_leaves_nothing(database: Path, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="copy could not be made"):
        back_up(database, tmp_path / "nowhere" / "copy.db")


async def test_what_was_there_is_kept_with_all_that_stood_in_its_log(
    database: Path, time: Time, tmp_path: Path
) -> None:
    back_up(database, tmp_path / "copy.db")
    later = tmp_path / "later"
    later.mkdir()
    store = await open_store(database, time, os.urandom)
    live = await scene(store, time, slug="later")
    await live.go_live()
    await live.send(OPEN)
    await live.answer(await live.enter(live.pids[0]), offer())
    for file in database.parent.glob("turnout.db*"):  # as a killed server leaves them
        (later / file.name).write_bytes(file.read_bytes())
    await store.close()
    assert (later / "turnout.db-wal").stat().st_size > 0
    restore(tmp_path / "copy.db", later / "turnout.db", later / "kept.db")
    assert len(answers(later / "kept.db")) == 3
    assert len(answers(later / "turnout.db")) == 2


async def test_a_running_server_keeps_its_data(database: Path, time: Time, tmp_path: Path) -> None:
    back_up(database, tmp_path / "copy.db")
    store = await open_store(database, time, os.urandom)
    with pytest.raises(StoreInUse):
        restore(tmp_path / "copy.db", database, tmp_path / "kept.db")
    assert not (tmp_path / "kept.db").exists()
    await store.close()


@pytest.mark.parametrize("harm", ["missing", "text", "cut", "another program's", "newer", "kept"])
def test_what_is_no_copy_changes_nothing(database: Path, tmp_path: Path, harm: str) -> None:
    copy, kept = tmp_path / "copy.db", tmp_path / "kept.db"
    back_up(database, copy)
    match harm:
        case "missing":
            copy.unlink()
        case "text":
            copy.write_text("participant_id,percent\n" * 1_000)
        case "cut":
            copy.write_bytes(copy.read_bytes()[: copy.stat().st_size // 2])
        case "another program's":
            copy.unlink()
            with closing(sqlite3.connect(copy)) as connection:
                connection.execute("CREATE TABLE store (name)")
        case "newer":
            with closing(sqlite3.connect(copy)) as connection:
                connection.execute("UPDATE alembic_version SET version_num = '9999'")
                connection.commit()
        case _:
            kept.write_text("mine")
    before = database.read_bytes()
    with pytest.raises((CopyRefused, StoreUnavailable)):
        restore(copy, database, kept)
    assert database.read_bytes() == before
    assert not [file for file in database.parent.iterdir() if "unfinished" in file.name]
    assert not kept.exists() or kept.read_text() == "mine"
