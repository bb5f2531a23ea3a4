"""The log of a process that serves: JSON lines that name nobody, whatever goes wrong."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

SECRET = "p0000000000000000"


def logged(level: str, program: str) -> list[dict[str, Any]]:
    """What a process logs. Its standard output must stay empty."""
    start = f"import logging, structlog\nfrom turnout.logs import configure_logs\nS = {SECRET!r}\n"
    source = f"{start}configure_logs({level!r})\n{program}"
    run = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    assert run.stdout == ""
    assert SECRET not in run.stderr
    return [json.loads(line) for line in run.stderr.splitlines()]


def test_an_event_is_one_line_of_json() -> None:
    program = "structlog.get_logger('turnout.x').info('event', conversation=7, kind='opened')"
    [line] = logged("info", program)
    assert line.pop("at").endswith("Z")
    assert line == {
        "event": "event",
        "conversation": 7,
        "kind": "opened",
        "level": "info",
        "logger": "turnout.x",
    }


@pytest.mark.parametrize(
    ("level", "heard"),
    [
        ("debug", ["debug", "info", "warning", "error"]),
        ("info", ["info", "warning", "error"]),
        ("warning", ["warning", "error"]),
        ("error", ["error"]),
    ],
)
def test_what_is_below_the_level_is_not_logged(level: str, heard: list[str]) -> None:
    program = """
log = structlog.get_logger("turnout.x")
for name in ("debug", "info", "warning", "error"):
    getattr(log, name)(name)
"""
    assert [line["event"] for line in logged(level, program)] == heard


def test_libraries_are_heard_from_warning_on_only() -> None:
    program = """
for name in ("debug", "info", "warning", "error"):
    getattr(logging.getLogger("uvicorn.error"), name)(name)
"""
    assert [line["event"] for line in logged("debug", program)] == ["warning", "error"]


def test_of_an_exception_its_kind_and_places_are_told_and_not_its_words() -> None:
    program = """
def within():
    return int(S)
try:
    within()
except ValueError as error:
    assert S in str(error)
    structlog.get_logger("turnout.x").error("failed", exc_info=error)
    structlog.get_logger("turnout.x").exception("failed")
    message = "Exception in ASGI application\\n%s"
    logging.getLogger("uvicorn.error").error(message, S, exc_info=error)
"""
    lines = logged("info", program)
    assert [line["event"] for line in lines] == [
        "failed",
        "failed",
        "Exception in ASGI application",
    ]
    for line in lines:
        assert line["error"] == "ValueError"
        assert len(line["places"]) == 2
        assert all(place.startswith("<string>:") for place in line["places"])


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        (f"GET /c/x?pid={SECRET} failed", "GET /c/x"),
        (f"Task was destroyed <Task {SECRET}>", "Task was destroyed"),
        (
            f"Task exception was never retrieved\nfuture: {SECRET}",
            "Task exception was never retrieved",
        ),
        (f"Exception in callback do({SECRET})", "Exception in callback do"),
        (f"no such key '{SECRET}'", "no such key"),
        (f'no such key "{SECRET}"', "no such key"),
        (f"body was {{{SECRET}}}", "body was"),
    ],
)
def test_messages_of_libraries_are_cut_where_they_quote(said: str, kept: str) -> None:
    secret = said.replace(SECRET, "%s")
    program = f"logging.getLogger('asyncio').error({secret!r}, S)"
    [line] = logged("info", program)
    assert (line["event"], line["logger"]) == (kept, "asyncio")
