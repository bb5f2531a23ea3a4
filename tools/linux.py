"""Gets the programs with which the tests hurt a server, where they are missing, from Debian:
strace fails its system calls, libfaketime bends its clocks, libeatmydata drops its syncs.

Without root or apt-get it changes nothing: the tests that lack something are skipped and say so.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

LIBRARIES = Path("/usr/lib")
NEEDED: dict[str, Callable[[], bool]] = {
    "strace": lambda: shutil.which("strace") is not None,
    "libfaketime": lambda: any(LIBRARIES.glob("*/faketime/libfaketime.so.1")),
    "libeatmydata1": lambda: any(LIBRARIES.glob("*/libeatmydata.so*")),
}
"""By the name of the package: whether what it brings is there."""


def get() -> None:
    """Install what is missing, if that is possible."""
    missing = [name for name, is_there in NEEDED.items() if not is_there()]
    if not missing:
        return
    if not shutil.which("apt-get") or os.geteuid() != 0:
        print(f"Without apt-get and root there is no {', '.join(missing)}.")
        return
    if not _succeeds(["apt-get", "update"]) or not _succeeds(
        ["apt-get", "install", "-y", "--no-install-recommends", *missing]
    ):
        print(f"There was no getting {', '.join(missing)}.")


def _succeeds(command: Sequence[str]) -> bool:
    """Whether it ends well in time; its output goes to stderr."""
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            timeout=180,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return False
    return done.returncode == 0


if __name__ == "__main__":
    get()
