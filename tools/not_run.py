"""A pytest plugin: adds to a file, a line each, what a run left out, and why.

As a program it tells that in one line. `make test` prints it last, so that a skipped test is never
mistaken for a passed one.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

MARKERS = ("linux", "long")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--not-run", type=Path, required=True, metavar="FILE")


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(NotRun(config.getoption("--not-run")))


class NotRun:
    """With workers, each counts what it was not given, and the first to end tells the rest."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._left_out: Counter[str] = Counter()
        self._skipped: Counter[str] = Counter()

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        for item in items:
            marked = next((name for name in MARKERS if item.get_closest_marker(name)), None)
            why = f"{marked}, see `make test-{marked}`" if marked else "see `make test`"
            self._left_out[why] += 1

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self._note(report)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self._note(report)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any) -> None:
        self._left_out = Counter(node.workeroutput.get("left_out", {}))

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        told: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
        if told is not None:
            told["left_out"] = dict(self._left_out)
            return
        with self._file.open("a", encoding="utf-8") as file:
            for why, count in (self._left_out + self._skipped).items():
                file.write(f"{count} test{'s'[: count > 1]} ({why})\n")

    def _note(self, report: pytest.CollectReport | pytest.TestReport) -> None:
        if report.skipped and isinstance(report.longrepr, tuple):
            self._skipped[str(report.longrepr[2]).removeprefix("Skipped: ")] += 1


if __name__ == "__main__":
    print(f"Not run: {'; '.join(Path(sys.argv[1]).read_text('utf-8').splitlines()) or 'nothing'}.")
