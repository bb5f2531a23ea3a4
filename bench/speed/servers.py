"""Servers to be measured, each a process of its own on a core of its own."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from bench.speed.builds import HERE, Built, environment
from bench.speed.load import Target
from bench.speed.machine import SERVER_CORE, pin
from bench.speed.people import write_people

Peer = Literal["limit", "picows", "websockets", "socketio", "ws", "otree"]
PEERS: tuple[Peer, ...] = ("picows", "websockets", "socketio", "ws")
"""Those that take thousands of sockets without a page."""
TRIGGER: Mapping[str, str] = {"socketio": '42["go"]', "otree": '"go"'}
READY_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Running:
    """`pid`: of the process that serves; `target`: how to reach it."""

    pid: int
    target: Target
    data: Path


@contextmanager
def turnout(
    transport: Literal["detached", "asgi"],
    people: int,
    questions: int = 100,
    conversations: int = 1,
) -> Iterator[Running]:
    """Turnout with conversations of so many links each, live; the first one's people are made."""
    with tempfile.TemporaryDirectory(prefix="turnout-bench-") as folder:
        port = _free_port()
        words = [str(word) for word in (folder, port, transport, people, questions, conversations)]
        command = [sys.executable, "-m", "bench.speed.turnout_server", *words]
        with _process(command, HERE.parents[1]) as process:
            said = json.loads(_line(process))
            file = Path(folder) / "people"
            write_people(file, (Path(folder) / "links").read_text("ascii").split())
            target = Target(port, "turnout", said["slug"], said["token"], file)
            yield Running(said["pid"], target, Path(folder))


@contextmanager
def peer(name: Peer, built: Built, people: int) -> Iterator[Running]:
    """One of the others. oTree gets a session of so many participants."""
    port = _free_port()
    with tempfile.TemporaryDirectory(prefix="turnout-bench-") as folder:
        data = Path(folder)
        if name == "otree":
            with _otree(built, port, data, people) as running:
                yield running
            return
        own = {"NODE_PATH": str(built.node_modules)}
        with _process(_command(name, built, port), HERE / "peers", own) as process:
            _line(process)
            protocol = "socketio" if name == "socketio" else "plain"
            yield Running(process.pid, Target(port, protocol), data)


def _command(name: Peer, built: Built, port: int) -> list[str]:
    if name == "limit":
        return [str(built.limit), str(port)]
    if name == "ws":
        return [built.node, "ws_server.js", str(port)]
    return [str(built.python), f"{name}_server.py", str(port)]


@contextmanager
def _otree(built: Built, port: int, data: Path, people: int) -> Iterator[Running]:
    project = data / "project"
    shutil.copytree(HERE / "peers" / "otree", project)
    (project / "_static").mkdir()  # it does not start without
    otree = str(built.otree.with_name("otree"))
    subprocess.run([otree, "resetdb", "--noinput"], cwd=project, check=True, capture_output=True)
    own = {"PATH": f"{built.otree.parent}{os.pathsep}{os.environ['PATH']}", "OTREE_PRODUCTION": "1"}
    command = [otree, "prodserver1of2", f"127.0.0.1:{port}"]
    with _process(command, project, own) as process:
        _wait_for(port)
        base = f"http://127.0.0.1:{port}/api/sessions"
        body = {"session_config_name": "q", "num_participants": people}
        code = _json(base, body)["code"]
        found = _json(f"{base}/{code}")["participants"]
        assert isinstance(found, list)
        (data / "people").write_text("\n".join(one["code"] for one in found), "ascii")
        yield Running(process.pid, Target(port, "otree", str(code), "-", data / "people"), data)


def _json(address: str, body: object = None) -> dict[str, object]:
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(address, data, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=READY_WITHIN) as answer:
        said: dict[str, object] = json.load(answer)
    return said


@contextmanager
def _process(
    command: Sequence[str], folder: Path, own: Mapping[str, str] | None = None
) -> Iterator[subprocess.Popen[str]]:
    """`own`: variables that it gets besides. It is killed with whatever it started."""
    with subprocess.Popen(
        command,
        cwd=folder,
        env={**environment(), **(own or {})},
        start_new_session=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        preexec_fn=lambda: pin(SERVER_CORE),
    ) as process:
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGKILL)


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = process.stdout.readline()
    if not said:
        raise RuntimeError(f"{process.args!r} did not start")
    return said


def _wait_for(port: int) -> None:
    until = time.monotonic() + READY_WITHIN
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)
        else:
            return


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port
