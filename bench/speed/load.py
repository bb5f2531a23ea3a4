"""The load client, driven: one command at a time, one JSON object back."""

from __future__ import annotations

import json
import subprocess
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.speed.machine import CLIENT_CORE, pin

Reply = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Target:
    """Where and as whom to connect. `protocol`: turnout, plain, socketio or otree. `people`: a file
    of `bench.speed.people`, or for oTree of codes; a missing one is no fault."""

    port: int
    protocol: str
    slug: str = "-"
    token: str = "-"
    people: Path = Path("-")


class Load:
    """A running client, for at most so many connections; a context. RuntimeError with its last
    words if it fails."""

    def __init__(self, program: Path, target: Target, most: int) -> None:
        self._command = [
            str(program),
            str(target.port),
            target.protocol,
            str(most),
            target.slug,
            target.token,
            str(target.people),
        ]
        self._stack = ExitStack()

    def __enter__(self) -> Load:
        self._process = self._stack.enter_context(
            subprocess.Popen(
                self._command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                text=True,
                bufsize=1,
                preexec_fn=lambda: pin(CLIENT_CORE),
            )
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._stack.close()

    def open(self, count: int, at_once: int) -> Reply:
        """So many more, until they are ready."""
        return self._do(f"open {count} {at_once}")

    def staff(self, count: int) -> Reply:
        """So many staff screens."""
        return self._do(f"staff {count}")

    def tell(self, text: str) -> Reply:
        """A command of staff, until it is done."""
        reply = self._do(f"tell {text}")
        if reply["reply"] != "done":
            raise RuntimeError(f"{text} was refused")
        return reply

    def ask(self, text: str) -> Reply:
        """The same, until everybody has the question (and has answered, after `answers`)."""
        return self._do(f"ask {text}")

    def answers(self, question: int, *, share: float, spread_ms: int, texts: bool) -> None:
        """How the next question is answered."""
        kind = "text" if texts else "option"
        self._say(f"answers {int(share * 1000)} {spread_ms} {question} {kind}")

    def rest(self, seconds: float) -> Reply:
        """Serve the sockets."""
        return self._do(f"rest {int(seconds * 1000)}")

    def _say(self, line: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(line + "\n")

    def _do(self, line: str) -> Reply:
        assert self._process.stdout is not None
        self._say(line)
        said = self._process.stdout.readline()
        if not said:
            assert self._process.stderr is not None
            raise RuntimeError(f"the load client failed: {self._process.stderr.read()}")
        reply: Reply = json.loads(said)
        return reply
