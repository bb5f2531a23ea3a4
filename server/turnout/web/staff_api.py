"""The staff's doors for signing in and out."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response

from turnout import wire
from turnout.ports import Role, StoreUnavailable
from turnout.services.signing_in import Denied, SignedIn, SignIn
from turnout.web.failures import denied, json, refusal
from turnout.web.participant_api import AWAY, FOREIGN
from turnout.web.requests import Origins, address_of, cookie_of, read_body
from turnout.web.sign_in import COOKIE, Access

SIGNED_OUT = "You are not signed in."


class FirstRun(wire.Part, frozen=True):
    """Body of `POST /api/console/first-run`."""

    secret: str
    name: str
    password: str


class Credentials(wire.Part, frozen=True):
    """Body of `POST /api/console/sign-in`."""

    name: str
    password: str


class Me(wire.Part, frozen=True):
    """Who is signed in. `public`: the public address, null if none is set."""

    name: str
    role: Role
    public: str | None


class SignedOut(wire.Part, frozen=True):
    """Nobody is. `first_run`: nobody owns this server yet."""

    code: str
    why: str
    first_run: bool


class Nothing(wire.Part, frozen=True):
    """An empty answer."""


class StaffApi:
    """Signing in by the first-run link or a password; signing out."""

    def __init__(
        self, sign_in: SignIn, access: Access, origins: Origins, public: str | None
    ) -> None:
        self._sign_in = sign_in
        self._access = access
        self._origins = origins
        self._public = public

    async def first_run(self, request: Request) -> Response:
        """`POST /api/console/first-run`"""
        if self._origins.of(request) is None:
            return refusal("origin", FOREIGN)
        asked = await read_body(request, FirstRun)
        if isinstance(asked, Response):
            return asked
        try:
            return self._done(
                await self._sign_in.first_run(asked.secret, asked.name, asked.password)
            )
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)

    async def sign_in(self, request: Request) -> Response:
        """`POST /api/console/sign-in`"""
        if self._origins.of(request) is None:
            return refusal("origin", FOREIGN)
        asked = await read_body(request, Credentials)
        if isinstance(asked, Response):
            return asked
        try:
            outcome = await self._sign_in.sign_in(asked.name, asked.password, address_of(request))
            return self._done(outcome)
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)

    def _done(self, outcome: SignedIn | Denied) -> Response:
        if isinstance(outcome, Denied):
            return denied(outcome)
        response = json(Me(outcome.staff.name, outcome.staff.role, self._public))
        self._access.keep(response, outcome)
        return response

    async def sign_out(self, request: Request) -> Response:
        """`POST /api/console/sign-out`"""
        if self._origins.of(request) is None:
            return refusal("origin", FOREIGN)
        try:
            await self._sign_in.sign_out(cookie_of(request, COOKIE))
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)
        response = json(Nothing())
        self._access.take_back(response)
        return response

    async def me(self, request: Request) -> Response:
        """`GET /api/console/me`"""
        try:
            staff = await self._access.staff(request)
            if staff is None:
                first_run = await self._sign_in.is_first_run()
                return json(SignedOut("signed_out", SIGNED_OUT, first_run), 401)
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)
        return json(Me(staff.name, staff.role, self._public))
