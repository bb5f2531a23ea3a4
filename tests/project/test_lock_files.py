"""Lock files hold names and versions only, and nothing built is kept in the repository."""

import json
import re
import subprocess
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
REQUIREMENTS = [*PROJECT["dependencies"], *PROJECT["optional-dependencies"]["dev"]]
BUILT = re.compile(r"(^|/)(\.venv|dist|node_modules|__pycache__|web/static)/|\.(pyc|whl|db)$")


def locked_versions() -> dict[str, str]:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = (line.partition(" ;")[0].split("==") for line in lines)
    return {canonicalize_name(name): version for name, version in pins}


def test_the_python_lock_names_versions_and_no_address() -> None:
    text = (ROOT / "constraints.txt").read_text("utf-8")
    assert "://" not in text
    assert all(re.match(r"[\w.-]+==[\w.+!]+( ; .+)?$", line) for line in text.splitlines())


@pytest.mark.parametrize("requirement", REQUIREMENTS)
def test_the_python_lock_satisfies_the_project_file(requirement: str) -> None:
    wanted = Requirement(requirement)
    assert locked_versions()[canonicalize_name(wanted.name)] in wanted.specifier


def test_the_client_lock_names_no_address() -> None:
    lock = (ROOT / "client/package-lock.json").read_text("utf-8")
    assert '"resolved"' not in lock


def test_the_client_lock_satisfies_the_package_file() -> None:
    package = json.loads((ROOT / "client/package.json").read_text("utf-8"))
    locked = json.loads((ROOT / "client/package-lock.json").read_text("utf-8"))["packages"][""]
    for group in ("dependencies", "devDependencies"):
        assert locked[group] == package[group]


def test_nothing_built_is_kept_in_the_repository() -> None:
    listed = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert [name for name in listed.stdout.splitlines() if BUILT.search(name)] == []
