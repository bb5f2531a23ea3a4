"""Prints the path of a Chromium for the browser tests; gets one where there is none.

In this order: $CHROMIUM, an installed one, Playwright's, Debian's package (as root). It never
leaves the choice open: a machine without a browser makes it fail, and `make test` with it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence

from playwright.sync_api import sync_playwright

INSTALLED = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NONE_FOUND = (
    "The browser tests need Chromium, and none could be found or installed: "
    "install it, or set CHROMIUM to its path."
)


def find() -> str | None:
    """The first browser that runs; downloads and installs come last."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        return _runs(chosen)
    return _installed() or _runs(_playwrights()) or _downloaded() or _from_apt()


def _installed() -> str | None:
    paths = (shutil.which(name) for name in INSTALLED)
    return next((path for path in paths if path and _runs(path)), None)


def _playwrights() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def _downloaded() -> str | None:
    download = [sys.executable, "-m", "playwright", "install", "--no-shell", "chromium"]
    return _runs(_playwrights()) if _succeeds(download, seconds=180) else None


def _from_apt() -> str | None:
    if not shutil.which("apt-get") or os.geteuid() != 0:
        return None
    install = ["apt-get", "install", "-y", "--no-install-recommends", "chromium"]
    got = _succeeds(["apt-get", "update"], seconds=180) and _succeeds(install, seconds=600)
    return _installed() if got else None


def _runs(path: str) -> str | None:
    """The path, if there is a browser that starts."""
    return path if _succeeds([path, "--version"], seconds=60) else None


def _succeeds(command: Sequence[str], seconds: float) -> bool:
    """Whether the command ends well in time; its output goes to stderr."""
    try:
        done = subprocess.run(
            command,
            env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"},
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            timeout=seconds,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


if __name__ == "__main__":
    path = find()
    if path is None:
        sys.exit(NONE_FOUND)
    print(path)
