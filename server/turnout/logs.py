"""The log: one line an event, on standard error; JSON unless a terminal reads it.

Nobody is named in it: no pid, token, answer, address or query string. Events name a conversation by
its internal number. Of an exception the log tells its kind and the places it came through, never
its words: those may quote what somebody wrote. For the same reason the messages of libraries are
cut before the first sign that they quote something.
"""

from __future__ import annotations

import logging
import re
import sys
import traceback
from types import TracebackType
from typing import TextIO

import structlog
from structlog.typing import EventDict, ExcInfo, WrappedLogger

_QUOTED = re.compile(r"[\n?(<{\['\"].*", re.DOTALL)


class _StandardError(logging.StreamHandler[TextIO]):
    """Looks it up for every line, since somebody may have put another in its place."""

    def emit(self, record: logging.LogRecord) -> None:
        self.stream = sys.stderr
        super().emit(record)


def configure_logs(level: str) -> None:
    """Let everything from `level` on go to standard error, what libraries have to say included,
    theirs from `warning` on at the lowest. For a process that serves, before it does."""
    number = getattr(logging, level.upper())
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *_stamped(),
            in_places,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    handler = _StandardError()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*_stamped(), in_places, shortened],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _renderer(terminal=sys.stderr.isatty()),
            ],
        )
    )
    root = logging.getLogger()
    for other in [one for one in root.handlers if isinstance(one, _StandardError)]:
        root.removeHandler(other)
    root.addHandler(handler)
    root.setLevel(max(number, logging.WARNING))
    logging.getLogger("turnout").setLevel(number)


def _stamped() -> list[structlog.typing.Processor]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
    ]


def _renderer(*, terminal: bool) -> structlog.typing.Processor:
    if terminal:
        return structlog.dev.ConsoleRenderer()
    return structlog.processors.JSONRenderer(default=repr)


def in_places(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """In place of `exc_info`: `error`, the exception's kind, and `places`, where it came through,
    the innermost last."""
    given = event.pop("exc_info", None)
    found = sys.exc_info() if given is True else _exc_info(given)
    if found[1] is not None:
        event["error"] = type(found[1]).__qualname__
        event["places"] = [
            f"{frame.f_code.co_filename.rpartition('site-packages/')[2]}:{line}"
            for frame, line in traceback.walk_tb(found[2])
        ]
    return event


def _exc_info(
    given: ExcInfo | BaseException | bool | None,
) -> tuple[type[BaseException] | None, BaseException | None, TracebackType | None]:
    if isinstance(given, BaseException):
        return type(given), given, given.__traceback__
    if isinstance(given, tuple):
        return given
    return None, None, None


def shortened(_logger: WrappedLogger, _name: str, event: EventDict) -> EventDict:
    """A library's message, up to where it may quote what somebody sent."""
    event["event"] = _QUOTED.sub("", str(event.get("event", ""))).rstrip()
    return event
