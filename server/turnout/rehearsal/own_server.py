"""The rehearsal's own server: a process of its own behind a listening socket that outlives it.

The socket is bound here and inherited by each process in turn, so that nothing races for a port,
and whoever connects while no process runs waits in the backlog and is served by the next one.
"""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import httpx

from turnout.rehearsal.staff import RehearsalFailed

SERVE = (sys.executable, "-m", "turnout.cli", "serve")
BACKLOG = 4096
ALONE = {"TURNOUT_PUBLIC": "", "TURNOUT_METRICS_PORT": ""}
"""Settings of another server on this machine that would lead robots to it, or take its port."""
READY_WITHIN = 30.0
STOP_WITHIN = 15.0
LAST_WORDS = 2_000
"""Bytes of the log that are told when a server dies."""


class OwnServer:
    """`data`: its data folder. `log`: where its output goes. `command`: what is run, without the
    options. Use: start, any number of kill and restart, stop."""

    def __init__(self, data: Path, log: Path, command: Sequence[str] = SERVE) -> None:
        self._data = data
        self._log = log
        self._command = tuple(command)
        self._listener = socket.socket()
        self._listener.bind(("127.0.0.1", 0))
        self._listener.listen(BACKLOG)
        self._process: asyncio.subprocess.Process | None = None
        self._expected = False
        self.up = False
        """Whether the process that runs now has answered."""
        self.died: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        """Ends with words if the server goes although nobody asked it to."""

    @property
    def url(self) -> str:
        """Its address."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    @property
    def token(self) -> str:
        """What is in its token file. RehearsalFailed if there is none."""
        try:
            return (self._data / "token").read_text(encoding="utf-8").strip()
        except OSError as error:
            raise RehearsalFailed(f"The server left no token: {error}") from error

    async def start(self) -> None:
        """Run it and wait until it answers. RehearsalFailed with its last words if it does not."""
        listener = self._listener.fileno()
        options = ("--data", str(self._data), "--fd", str(listener))
        log = os.open(self._log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            process = await asyncio.create_subprocess_exec(
                *self._command,
                *options,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, **ALONE},
                pass_fds=(listener,),
            )
        finally:
            os.close(log)
        self._process, self._expected = process, False
        self._watcher = asyncio.create_task(self._watch(process))
        await self._answers()
        self.up = True

    def kill(self) -> None:
        """kill -9, now."""
        assert self._process is not None
        self._expected, self.up = True, False
        self._process.kill()

    async def restart(self) -> None:
        """Run it again after a kill, on the same socket."""
        await self._watcher
        await self.start()

    async def stop(self) -> None:
        """Ask it to go, insist if it does not, and close the socket."""
        self._listener.close()
        if self._process is None or self._process.returncode is not None:
            return
        self._expected, self.up = True, False
        self._process.terminate()
        try:
            async with asyncio.timeout(STOP_WITHIN):
                await asyncio.shield(self._watcher)
        except TimeoutError:
            self._process.kill()
            await self._watcher

    def give_up(self, why: str) -> None:
        """There is no server any more, and none will come."""
        if not self.died.done():
            self.died.set_result(why)

    async def _watch(self, process: asyncio.subprocess.Process) -> None:
        code = await process.wait()
        if not self._expected:
            self.give_up(f"The server ended by itself ({code}). {self._last_words()}")

    async def _answers(self) -> None:
        async with httpx.AsyncClient(trust_env=False, timeout=READY_WITHIN) as client:
            asking = asyncio.create_task(self._ask(client))
            try:
                await asyncio.wait((asking, self.died), return_when=asyncio.FIRST_COMPLETED)
                if not asking.done():
                    raise RehearsalFailed(self.died.result())
            finally:
                asking.cancel()
                await asyncio.wait((asking,))
            if not asking.result():
                why = f"The server was not ready within {READY_WITHIN:g} s. {self._last_words()}"
                raise RehearsalFailed(why)

    async def _ask(self, client: httpx.AsyncClient) -> bool:
        """Whether it answered in time; a connection waits in the backlog until it can."""
        until = time.monotonic() + READY_WITHIN
        while time.monotonic() < until:
            try:
                response = await client.get(f"{self.url}/healthz")
            except httpx.TransportError:
                await asyncio.sleep(0.05)
                continue
            if response.status_code == httpx.codes.OK:
                return True
            await asyncio.sleep(0.05)
        return False

    def _last_words(self) -> str:
        words = self._log.read_bytes()[-LAST_WORDS:].decode(errors="replace").strip()
        return f"Its log ends:\n{words}" if words else "It wrote nothing."
