"""The `turnout` command: one that ends, in this process; a server, as a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import ssl
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import httpx
from typer.testing import CliRunner

from turnout.cli.commands import app

PATIENCE = 30.0
"""Seconds after which a test gives up waiting."""
TLS = ssl.create_default_context()
"""Made once: it takes longer than a request."""
GUIDE = """
title: Our streets
items:
  - message: Welcome.
  - single_choice: Do you walk?
    options: [Often, Seldom]
    other: true
  - open_text: Why?
"""


def environment(**more: str) -> dict[str, str]:
    """This process's, without settings of ours."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("TURNOUT_")}
    return kept | {"PYTHONUNBUFFERED": "1", "NO_COLOR": "1"} | more


@dataclass(frozen=True)
class Outcome:
    """What a command that ended said."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON object that it printed."""
        return json.loads(self.out)


async def turnout(*arguments: str | Path, **variables: str) -> Outcome:
    """Run a command to its end: in this process, since a new one takes seconds to import itself, in
    a thread with a loop of its own."""
    ours: dict[str, str | None] = dict.fromkeys(
        name for name in os.environ if name.startswith("TURNOUT_")
    )
    ours.update(variables)
    result = await asyncio.to_thread(
        CliRunner().invoke, app, [str(argument) for argument in arguments], env=ours
    )
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Outcome(result.exit_code, result.stdout, result.stderr)


class Running(Protocol):
    """A process, whoever started it. `returncode`: None while it runs."""

    @property
    def pid(self) -> int: ...

    @property
    def returncode(self) -> int | None: ...

    def send_signal(self, number: int, /) -> None:
        """Nothing happens to one that is gone."""

    async def wait(self) -> int:
        """Its exit code; less than 0: the signal that killed it."""


@dataclass
class Process:
    """A server in a process. `lines`: what it printed so far."""

    data: Path
    address: str
    running: Running
    output: Path

    @property
    def printed(self) -> str:
        """Everything on its standard output and error."""
        return self.output.read_text()

    @property
    def token(self) -> str:
        """The command line's token."""
        return (self.data / "token").read_text().strip()

    async def says(self, words: str) -> str:
        """The line with these words, once it is printed."""
        async with asyncio.timeout(PATIENCE):
            while True:
                for line in self.printed.splitlines(keepends=True):
                    if words in line and line.endswith("\n"):
                        return line
                assert self.running.returncode is None, self.printed
                await asyncio.sleep(0.02)

    async def ended(self) -> int:
        """The exit code."""
        return await asyncio.wait_for(self.running.wait(), PATIENCE)

    def client(self) -> httpx.AsyncClient:
        """A client that is signed in as the command line."""
        headers = {"Authorization": f"Bearer {self.token}"}
        return httpx.AsyncClient(
            base_url=self.address, headers=headers, trust_env=False, verify=TLS
        )


@contextlib.asynccontextmanager
async def server(
    data: Path, *arguments: str, command: str = "serve", log: str = "", **variables: str
) -> AsyncIterator[Process]:
    """A server on a free port for the length of a block. `log`: its level.
    `variables`: further ones of its environment."""
    listener = socket.create_server(("127.0.0.1", 0), backlog=128)
    output = data.with_name(data.name + "-output.txt")
    with listener, output.open("wb") as file:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "turnout.cli",
            command,
            "--data",
            str(data),
            "--fd",
            str(listener.fileno()),
            *arguments,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=file,
            stderr=asyncio.subprocess.STDOUT,
            env=environment(TURNOUT_LOG=log, **variables),
            pass_fds=[listener.fileno()],
        )
        port = listener.getsockname()[1]
    try:
        started = Process(data, f"http://127.0.0.1:{port}", process, output)
        await started.says("Staff")
        yield started
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            try:
                await asyncio.wait_for(process.wait(), PATIENCE)
            except TimeoutError:
                process.kill()
                await process.wait()
