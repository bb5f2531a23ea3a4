"""Servers that start in a moment: one process imports everything once and forks a server for
whoever asks. What a fork shares is code; a server has its own data, descriptors and death.

`python -m tests.faults.nursery FD` is that process; it obeys the socket FD and ends with it. Must
never start a thread or an event loop itself: neither survives a fork.
"""

from __future__ import annotations

import asyncio
import atexit
import contextlib
import importlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from tests.cli.running import PATIENCE, environment

HERE = Path(__file__).parents[2]
_MOST = 64 * 1024


class Forked:
    """A server in a process that another one forked. As much of asyncio's Process as is needed."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None
        self._gone = asyncio.Event()

    def send_signal(self, number: int) -> None:
        """Nothing happens to one that is gone."""
        if self.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def wait(self) -> int:
        """Its exit code; less than 0: the signal that killed it."""
        await self._gone.wait()
        assert self.returncode is not None
        return self.returncode

    def ended(self, code: int) -> None:
        """The nursery says so."""
        self.returncode = code
        self._gone.set()


class Nursery:
    """The process that forks, seen from the tests. `variables`: of its environment, and so of all
    that it forks."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        # Coverage would follow every fork, and servers that are killed have none to tell.
        clean = {k: v for k, v in environment().items() if not k.startswith("COVERAGE_")}
        with theirs:
            self._running = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.nursery", str(theirs.fileno())],
                cwd=HERE,
                stdin=subprocess.DEVNULL,
                env={**clean, **variables},
                pass_fds=[theirs.fileno()],
            )
        ours.setblocking(False)
        self._orders = ours
        self._born: asyncio.Queue[Forked] = asyncio.Queue()
        self._alive: dict[int, Forked] = {}
        asyncio.get_running_loop().add_reader(ours, self._told)
        atexit.register(self._close)

    async def fork(
        self,
        arguments: Sequence[str],
        mutant: str,
        variables: Mapping[str, str],
        descriptors: tuple[int, int],
    ) -> Forked:
        """`turnout` with these arguments. `descriptors`: its listening socket, for which FD stands
        in the arguments, and where it prints."""
        order = json.dumps([list(arguments), mutant, dict(variables)]).encode()
        socket.send_fds(self._orders, [order], list(descriptors))
        return await asyncio.wait_for(self._born.get(), 3 * PATIENCE)  # the first imports it all

    def _told(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while said := self._orders.recv(_MOST):
                what, pid, code = json.loads(said)
                if what == "born":
                    self._alive[pid] = Forked(pid)
                    self._born.put_nowait(self._alive[pid])
                else:
                    self._alive.pop(pid).ended(code)

    def _close(self) -> None:
        self._orders.close()
        self._running.wait()


@cache
def nursery(**preloaded: str) -> Nursery:
    """The one of this process and its event loop that began with these variables: a library such
    as libfaketime must be there from the beginning."""
    return Nursery(preloaded)


# --- in the process that forks ------------------------------------------------------------------


def serve(orders: socket.socket) -> None:
    """Until the other end is gone; what still runs then is killed."""
    for module in ("turnout.app", "turnout.cli.commands", "turnout.cli.serving", "uvloop"):
        importlib.import_module(module)
    importlib.import_module("typer._adapters")  # which it would import when it is called
    mutants = importlib.import_module("tests.faults.mutants").MUTANTS
    awake, wake = socket.socketpair()
    for end in (awake, wake):
        end.setblocking(False)
    signal.set_wakeup_fd(wake.fileno())
    signal.signal(signal.SIGCHLD, lambda *_: None)
    alive: set[int] = set()
    while True:
        ready, _, _ = select.select([orders, awake], [], [])
        if awake in ready:
            awake.recv(_MOST)
        _bury(orders, alive)
        if orders not in ready:
            continue
        said, descriptors, _, _ = socket.recv_fds(orders, _MOST, 2)
        if not said:
            break
        arguments, mutant, variables = json.loads(said)
        pid = os.fork()
        if pid == 0:
            orders.close()
            _live(arguments, mutants[mutant].patch if mutant else None, variables, descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        alive.add(pid)
        orders.send(json.dumps(["born", pid, 0]).encode())
    for pid in alive:
        os.kill(pid, signal.SIGKILL)


def _bury(orders: socket.socket, alive: set[int]) -> None:
    while alive:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if pid == 0:
            return
        alive.discard(pid)
        with contextlib.suppress(OSError):  # nobody may be left to hear it
            orders.send(json.dumps(["died", pid, os.waitstatus_to_exitcode(status)]).encode())


def _live(
    arguments: list[str], patch: object, variables: dict[str, str], descriptors: list[int]
) -> None:
    """The rest of a forked process's life."""
    listener, output = descriptors
    code = 1
    try:
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for standard in (1, 2):
            os.dup2(output, standard)
        os.environ.update(variables)
        if callable(patch):
            patch()
        sys.argv = ["turnout", *(str(listener) if one == "FD" else one for one in arguments)]
        importlib.import_module("turnout.cli").main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(end.code is not None)
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


if __name__ == "__main__":
    with socket.socket(fileno=int(sys.argv[1])) as orders_socket:
        serve(orders_socket)
