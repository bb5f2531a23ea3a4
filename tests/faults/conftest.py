"""What the fault rig needs of the machine; a test that lacks it is skipped and says why."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

LIBRARIES = Path("/usr/lib")


@pytest.fixture(scope="session")
def may_mount(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A small disk can be mounted here."""
    folder = tmp_path_factory.mktemp("mounted")
    try:
        subprocess.run(["mount", "-t", "tmpfs", "tmpfs", folder], check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("this machine lets nobody mount a disk")
    subprocess.run(["umount", folder], check=True)


@pytest.fixture(scope="session")
def fuse(may_mount: None) -> None:
    """File systems of our own can be mounted here."""
    if not Path("/dev/fuse").exists():
        pytest.skip("this machine has no /dev/fuse")


@pytest.fixture(scope="session")
def strace() -> None:
    """System calls can be made to fail here."""
    if shutil.which("strace") is None:
        pytest.skip("strace is not installed")
    traced = subprocess.run(["strace", "-o", "/dev/null", "true"], capture_output=True, check=False)
    if traced.returncode != 0:
        pytest.skip("this machine lets nobody trace a program")


@pytest.fixture(scope="session")
def faketime() -> Path:
    """The library that bends clocks."""
    return _library("faketime/libfaketime.so.1")


@pytest.fixture(scope="session")
def eatmydata() -> Path:
    """The library that drops syncs."""
    return _library("libeatmydata.so*")


def _library(pattern: str) -> Path:
    for found in LIBRARIES.glob(f"*/{pattern}"):
        return found
    pytest.skip(f"{pattern.rpartition('/')[2].partition('.')[0]} is not installed")
