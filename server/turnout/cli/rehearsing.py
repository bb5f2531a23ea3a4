"""`turnout rehearse`: robots take part in a conversation over real sockets, and count
afterwards."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from turnout.cli.reach import OutOfReach, settings_of
from turnout.rehearsal import (
    Plan,
    PlanRefused,
    RehearsalFailed,
    Remote,
    Report,
    Step,
    rehearse,
    remote_of,
)


def remote(url: str | None, data: Path | None) -> Remote | PlanRefused | None:
    """The server that was named, with the token of TURNOUT_TOKEN or of the data folder; None if the
    rehearsal brings its own."""
    if url is None:
        return None
    token = os.environ.get("TURNOUT_TOKEN", "")
    if not token:
        path = settings_of(data).data / "token"
        try:
            token = path.read_text().strip()
        except OSError:
            what_next = "Name the server's data folder with --data, or set TURNOUT_TOKEN."
            return PlanRefused((f"{path} can't be read. {what_next}",))
    return remote_of(url, token)


async def hold(plan: Plan, err: Console) -> Report:
    """Hold it, with a bar on a terminal. OutOfReach if it could not be held to its end."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=err, disable=not err.is_terminal) as bar:
        task = bar.add_task("setting up", total=None)

        def progress(step: Step) -> None:
            bar.update(task, description=step.what, completed=step.done, total=step.of or None)

        try:
            with _stopped_by_sigterm():
                return await rehearse(plan, progress)
        except RehearsalFailed as failed:
            raise OutOfReach(str(failed)) from failed
        except asyncio.CancelledError as stopped:
            raise OutOfReach("The rehearsal was stopped before its end.") from stopped


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """SIGTERM ends the rehearsal as Ctrl+C does: its own server and scratch folder go with it."""
    if threading.current_thread() is not threading.main_thread():
        yield  # signals reach the main thread alone
        return
    loop, task = asyncio.get_running_loop(), asyncio.current_task()
    assert task is not None
    loop.add_signal_handler(signal.SIGTERM, task.cancel)
    try:
        yield
    finally:
        loop.remove_signal_handler(signal.SIGTERM)
