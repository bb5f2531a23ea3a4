"""Who is staff: the session cookie of a page of ours, or the token of the command line."""

from __future__ import annotations

import hmac

from starlette.requests import HTTPConnection
from starlette.responses import Response

from turnout.ports import Staff
from turnout.services.signing_in import SESSION, SignedIn, SignIn
from turnout.web.requests import Origins, cookie_of

COOKIE = "turnout-staff"
COMMAND_LINE = Staff(id=0, name="command line", password="", role="owner")


class Access:
    """Decides who a request comes from."""

    def __init__(self, sign_in: SignIn, origins: Origins, token: str) -> None:
        self._sign_in = sign_in
        self._origins = origins
        self._token = token

    async def staff(self, connection: HTTPConnection) -> Staff | None:
        """Who asks for something: with the token, from anywhere; with the cookie, from our own
        pages only (a plain GET carries no Origin, and changes nothing)."""
        bearer = self._bearer(connection)
        if bearer is not None:
            return COMMAND_LINE if bearer else None
        reads = connection.scope["type"] == "http" and connection.scope["method"] in ("GET", "HEAD")
        if not reads and self._origins.of(connection) is None:
            return None
        return await self._sign_in.who(cookie_of(connection, COOKIE))

    async def signed_in(self, connection: HTTPConnection) -> Staff | None:
        """Who is signed in, in this browser."""
        return await self._sign_in.who(cookie_of(connection, COOKIE))

    def _bearer(self, connection: HTTPConnection) -> bool | None:
        """Whether the request carries the right token; None if it carries none."""
        kind, _, said = connection.headers.get("authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        return hmac.compare_digest(said.strip().encode("utf-8", "replace"), self._token.encode())

    def keep(self, response: Response, signed_in: SignedIn) -> None:
        """Hand the session to the browser."""
        response.set_cookie(
            COOKIE,
            signed_in.token,
            max_age=SESSION // 1000,
            path=self._origins.cookie_path,
            secure=self._origins.secure,
            httponly=True,
            samesite="strict",
        )

    def take_back(self, response: Response) -> None:
        """The session is over: have the browser forget it."""
        response.delete_cookie(
            COOKIE, path=self._origins.cookie_path, httponly=True, samesite="strict"
        )
