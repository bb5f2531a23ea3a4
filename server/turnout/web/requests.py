"""Reading requests: where they come from, how much they carry, what it means."""

from __future__ import annotations

from typing import TypeVar
from urllib.parse import urlsplit

from starlette.requests import ClientDisconnect, HTTPConnection, Request
from starlette.responses import Response

from turnout import wire
from turnout.web.failures import refusal

T = TypeVar("T")

MAX_BODY = 64 * 1024
MAX_UPLOAD = 8 * 1024 * 1024
"""Bytes of a request that carries a guide: 5 MiB in base64, and what stands around it."""


class Origins:
    """Which pages may talk to this server: the public address's, or without one the very scheme and
    host of the request."""

    def __init__(self, public: str | None) -> None:
        self._public = None if public is None else _origin(public)
        self.base = "" if public is None else urlsplit(public).path.rstrip("/")
        """What stands before every path that pages use, such as `/turnout`; perhaps empty."""

    @property
    def secure(self) -> bool:
        """Whether people come by https, so that cookies may say so."""
        return self._public is not None and self._public.startswith("https:")

    @property
    def cookie_path(self) -> str:
        """The `Path` of cookies: other paths of this host may be somebody else's."""
        return self.base or "/"

    def of(self, connection: HTTPConnection) -> str | None:
        """The origin that the request names, if it is allowed; None otherwise."""
        said = connection.headers.get("origin")
        if said is None:
            return None
        allowed = self._public or _own_origin(connection)
        return said if said == allowed else None


def address_of(connection: HTTPConnection) -> str:
    """The network address that it came from, or that a trusted proxy says; empty if unknown. To be
    forgotten with the request, but for what slows down who guesses."""
    return "" if connection.client is None else connection.client.host


def cookie_of(connection: HTTPConnection, name: str) -> str:
    """The cookie of this name; empty if none came. Of several it is the first, which has the
    longest path: the others belong to servers above us on the same host."""
    for header in connection.headers.getlist("cookie"):
        for part in header.split(";"):
            said, _, value = part.strip().partition("=")
            if said == name:
                return value
    return ""


def _origin(address: str) -> str:
    """As browsers write it: in lower case, without the scheme's own port."""
    parts = urlsplit(address.lower())
    own = {"http": ":80", "https": ":443"}.get(parts.scheme, "")
    return f"{parts.scheme}://{parts.netloc.removesuffix(own)}"


def _own_origin(connection: HTTPConnection) -> str:
    secure = connection.url.scheme in ("https", "wss")
    return f"{'https' if secure else 'http'}://{connection.headers.get('host', '')}".lower()


async def read_body(request: Request, kind: type[T], limit: int = MAX_BODY) -> T | Response:
    """The JSON body as this struct, or the refusal: too large, or no such message. Of a request
    that broke off in the middle nobody reads it."""
    data = bytearray()
    try:
        async for chunk in request.stream():
            data += chunk
            if len(data) > limit:
                return refusal("too_large", "The request is too large.")
        return wire.decode_body(bytes(data), kind)
    except (wire.Malformed, wire.UnknownMessage, ClientDisconnect):
        return refusal("malformed", "The request makes no sense to this server.")
