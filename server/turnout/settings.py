"""What an operator can choose. Read once, checked whole before anything starts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_network
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "TURNOUT_"
NAMES = frozenset(
    {
        "TURNOUT_DATA",
        "TURNOUT_DATABASE",
        "TURNOUT_HOST",
        "TURNOUT_LOG",
        "TURNOUT_METRICS_HOST",
        "TURNOUT_METRICS_PORT",
        "TURNOUT_PORT",
        "TURNOUT_PROXIES",
        "TURNOUT_PUBLIC",
    }
)
LEVELS = ("debug", "info", "warning", "error")
DOORS = frozenset({"api", "c", "console", "healthz", "readyz", "static", "ws"})
"""What the paths of the server's own doors begin with: a sub-path that held one of them would be
taken for a door."""
TOOLS = frozenset({"TURNOUT_NODE", "TURNOUT_TOKEN"})
"""Variables with our prefix that are no settings of the server."""

_SEGMENT = re.compile(r"[A-Za-z0-9._~-]+")


class WrongSettings(ValueError):
    """The settings contradict each other or make no sense. The text says which, and what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """`data`: the folder with the database and the token. `database`: the address of a PostgreSQL
    that is used instead of a file there; it may hold a password, so nothing shows it. `public`: the
    address that participants see, without a slash at the end; None: links are made for `host` and
    `port`, for trying out. `metrics_port`: None, they are not served. `proxies`: addresses and
    networks whose word is taken for where a request came from. `log`: the lowest level that is
    logged."""

    data: Path
    host: str = "127.0.0.1"
    port: int = 8000
    public: str | None = None
    metrics_host: str = "127.0.0.1"
    metrics_port: int | None = None
    proxies: tuple[str, ...] = ()
    log: str = "warning"
    database: str | None = field(default=None, repr=False)

    @property
    def address(self) -> str:
        """The address that links begin with."""
        if self.public is not None:
            return self.public
        host = "localhost" if self.host in ("0.0.0.0", "::", "127.0.0.1") else self.host
        return f"http://{in_address(host)}:{self.port}"


def in_address(host: str) -> str:
    """A host as addresses have it: IPv6 in brackets."""
    return f"[{host}]" if ":" in host else host


def read_settings(values: Mapping[str, str]) -> Settings:
    """Settings from environment variables (the names above). WrongSettings for an unknown or
    impossible one."""
    unknown = sorted(
        name for name in values if name.startswith(PREFIX) and name not in NAMES | TOOLS
    )
    if unknown:
        known = ", ".join(sorted(NAMES))
        raise WrongSettings(f"There is no setting {unknown[0]}. The settings are {known}.")
    # A variable that is empty is one that was not set: an empty host would be every host.
    metrics_port = values.get("TURNOUT_METRICS_PORT")
    return Settings(
        data=Path(values.get("TURNOUT_DATA") or "turnout-data"),
        host=values.get("TURNOUT_HOST") or "127.0.0.1",
        port=_port("TURNOUT_PORT", values.get("TURNOUT_PORT") or "8000"),
        public=public_address(values.get("TURNOUT_PUBLIC", "")),
        metrics_host=values.get("TURNOUT_METRICS_HOST") or "127.0.0.1",
        metrics_port=_port("TURNOUT_METRICS_PORT", metrics_port) if metrics_port else None,
        proxies=_proxies(values.get("TURNOUT_PROXIES", "")),
        log=_level(values.get("TURNOUT_LOG") or "warning"),
        database=database_address(values.get("TURNOUT_DATABASE", "")),
    )


def _port(name: str, text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= 5 and int(text) <= 65_535):
        raise WrongSettings(f"{name} is a number from 0 to 65535, not {text!r}.")
    return int(text)


def _level(text: str) -> str:
    if text not in LEVELS:
        raise WrongSettings(f"TURNOUT_LOG is one of {', '.join(LEVELS)}, not {text!r}.")
    return text


def database_address(text: str) -> str | None:
    """The address of a PostgreSQL; None if there is none. WrongSettings for that of anything else;
    what stands in it is not repeated, since it may hold a password."""
    text = text.strip()
    if text and not text.startswith(("postgresql://", "postgres://")):
        raise WrongSettings(
            "The address of the database is like postgresql://turnout@db.example.org/turnout. For "
            "a file in the data folder, leave it out."
        )
    return text or None


def _proxies(text: str) -> tuple[str, ...]:
    named = tuple(part.strip() for part in text.split(",") if part.strip())
    for part in named:
        try:
            ip_network(part)
        except ValueError as error:
            raise WrongSettings(
                "TURNOUT_PROXIES holds addresses or networks like 127.0.0.1 or 10.0.0.0/8, with "
                f"commas between, not {part!r}."
            ) from error
    return named


def public_address(text: str) -> str | None:
    """The public address without a slash at the end; None if there is none. WrongSettings unless it
    is http or https, a host, perhaps a port and a path of plain names, none of them a door's."""
    text = text.strip().rstrip("/")
    if not text:
        return None
    if not _is_address(text):
        raise WrongSettings(
            f"The public address is like https://talk.example.org, not {text!r}: "
            "a scheme and a host, perhaps a path, nothing more."
        )
    _check_path(text, urlsplit(text).path)
    return text


def _check_path(text: str, path: str) -> None:
    segments = path.split("/")[1:]
    if not all(_SEGMENT.fullmatch(segment) and segment.strip(".") for segment in segments):
        raise WrongSettings(
            "The path of the public address is made of letters (a-z), digits, '-', '_', '~' and "
            f"'.', with single slashes between, like https://example.org/turnout, not {text!r}."
        )
    if taken := DOORS.intersection(segments):
        raise WrongSettings(
            f"The path of the public address can't hold /{min(taken)}, where the server has doors "
            "of its own. Choose another, like https://example.org/turnout."
        )


def _is_address(text: str) -> bool:
    if any(char in "?#@" or char.isspace() for char in text):
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that enclose no address, a port that is no number
        return False
