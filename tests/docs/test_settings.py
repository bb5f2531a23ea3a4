"""docs/settings.md names every setting with its default, and no other; what docs/deployment.md says
about restoring does what it says."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

from tests.docs.markdown import names, own_text, read, rows, section
from turnout.settings import DOORS, NAMES, read_settings
from turnout.storage import open_store

DOC = read("settings.md")
RESTORE = re.compile(r"^sqlite3 \S+ \"(UPDATE .+)\"$", re.MULTILINE)


def test_every_setting_is_described_with_its_default() -> None:
    table = rows(own_text(section(DOC, "Settings")))
    defaults = {names(name)[0]: next(iter(names(default)), None) for name, default, *_ in table}
    unset = read_settings({})
    assert defaults == {
        "TURNOUT_DATA": str(unset.data),
        "TURNOUT_HOST": unset.host,
        "TURNOUT_PORT": str(unset.port),
        "TURNOUT_PUBLIC": unset.public,
        "TURNOUT_METRICS_PORT": unset.metrics_port,
        "TURNOUT_METRICS_HOST": unset.metrics_host,
        "TURNOUT_PROXIES": next(iter(unset.proxies), None),
        "TURNOUT_LOG": unset.log,
    }
    assert set(defaults) == NAMES


def test_no_other_variable_of_ours_is_described() -> None:
    known = NAMES | {"TURNOUT_TOKEN", "TURNOUT_NODE"}
    assert set(re.findall(r"TURNOUT_\w+", DOC + read("deployment.md"))) <= known


def test_what_a_path_of_the_public_address_may_not_hold_is_listed() -> None:
    text = own_text(section(DOC, "The public address"))
    listed = text.partition("parts")[2].partition("own.")[0]
    assert set(names(listed)) == DOORS


async def test_a_restored_database_has_a_new_history(tmp_path: Path) -> None:
    path = tmp_path / "turnout.db"
    clock: Callable[[], int] = lambda: 1_795_600_000_000  # noqa: E731
    store = await open_store(path, clock, os.urandom)
    await store.close()
    [statement] = RESTORE.findall(read("deployment.md"))
    connection = sqlite3.connect(path)
    connection.execute(statement)
    connection.commit()
    connection.close()
    restored = await open_store(path, clock, os.urandom)
    assert re.fullmatch(r"[0-9a-f]{32}", restored.epoch)
    assert restored.epoch != store.epoch
    await restored.close()
