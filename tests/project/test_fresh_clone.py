"""A fresh copy of the sources sets itself up, with and without Node on the machine."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.long
@pytest.mark.parametrize("node", ["path", "wheel"])
def test_a_fresh_copy_sets_itself_up(node: str, tmp_path: Path) -> None:
    listing = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(listing, cwd=ROOT, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)

    env = {**os.environ, "TURNOUT_NODE": node}
    subprocess.run(["make", ".venv/.ready"], cwd=tmp_path, env=env, check=True)

    assert (tmp_path / "server/turnout/web/static/index.html").is_file()
    subprocess.run([tmp_path / ".venv/bin/turnout", "--help"], check=True)
