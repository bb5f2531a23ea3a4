"""No tracked file names a folder of somebody's machine or the address of a package registry."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
THIS = Path(__file__).relative_to(ROOT).as_posix()
BINARY = (".png", ".ico", ".woff2", ".xlsx")

MACHINE_PATH = re.compile(r"(?<![\w.])/(?:work|root|home|Users)/")
REGISTRY = re.compile(
    r"pypi\.org|pythonhosted\.org|registry\.npmjs|npmjs\.(?:org|com)|registry\.yarnpkg"
    r"|proxy\.golang|artifactory|/simple/",
    re.IGNORECASE,
)


def tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    names = listed.stdout.splitlines()
    return [name for name in names if name != THIS and not name.endswith(BINARY)]


@pytest.mark.parametrize("forbidden", [MACHINE_PATH, REGISTRY], ids=["machine", "registry"])
def test_no_tracked_file_names_it(forbidden: re.Pattern[str]) -> None:
    found = []
    for name in tracked():
        path = ROOT / name
        if path.is_file():  # a tracked file may be deleted and not yet committed
            lines = path.read_text("utf-8").splitlines()
            found += [f"{name}:{n}" for n, line in enumerate(lines, 1) if forbidden.search(line)]
    assert found == []


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        (MACHINE_PATH, "cd /home/ada/turnout"),
        (MACHINE_PATH, '"/home/ada/.cache"'),
        (REGISTRY, "https://pypi.org/simple"),
        (REGISTRY, "resolved: https://registry.npmjs.org/preact"),
    ],
)
def test_the_patterns_find_what_they_are_for(pattern: re.Pattern[str], text: str) -> None:
    assert pattern.search(text)
