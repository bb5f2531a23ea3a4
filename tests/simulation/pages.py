"""The pages' process: Node with the real client code in it, built for the purpose."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from types import TracebackType
from typing import Any

import msgspec

from tools.npm import node

HERE = Path(__file__).parent
CLIENT = HERE.parents[1] / "client"

Change = tuple[str, str, str]
"""A file of the client, what stands there once, and what shall."""


class Pages:
    """Runs the pages of many simulations. `changes`: what makes a mutant of the client."""

    def __init__(self, changes: tuple[Change, ...] = ()) -> None:
        self._over: list[int] = []
        self._process = subprocess.Popen(
            [str(node()), str(HERE / "pages.mjs"), str(CLIENT), json.dumps(changes)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
        )

    def __enter__(self) -> Pages:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.kill()
        self._process.stdin.close()
        self._process.stdout.close()
        self._process.wait()

    def ask(self, tasks: list[tuple[int, float, list[Any]]]) -> None:
        """Have these simulations' pages go on: number, horizon, orders."""
        assert self._process.stdin is not None
        message = {"tasks": tasks, "over": self._over}
        self._over = []
        self._process.stdin.write(msgspec.json.encode(message) + b"\n")
        self._process.stdin.flush()

    def answer(self) -> list[tuple[int, float, list[list[Any]]]]:
        """What came of the tasks asked first: number, when its pages have something to do next
        (-1: never), and what happened on them."""
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"the pages' process ended with {self._process.wait()}")
        answer: list[tuple[int, float, list[list[Any]]]] = msgspec.json.decode(line)
        return answer

    def drop(self, number: int) -> None:
        """This simulation is over."""
        self._over.append(number)
