"""The staff's doors for accounts: invitations, roles, passwords."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from msgspec import UNSET, UnsetType
from starlette.requests import Request
from starlette.responses import Response

from turnout import wire
from turnout.ports import Role, Staff, StoreUnavailable
from turnout.services.accounts import Accounts
from turnout.services.signing_in import Denied
from turnout.web.failures import denied, json, refusal
from turnout.web.participant_api import AWAY, FOREIGN
from turnout.web.requests import Origins, cookie_of, read_body
from turnout.web.sign_in import COOKIE, Access
from turnout.web.staff_api import Me, Nothing

OWNERS = "Only an owner can do this."
SIGN_IN = "You are not signed in. Sign in and try again."
BY_PAGE = "Sign in on the page: an account of yours is needed."


class Invite(wire.Part, frozen=True):
    """Body of `POST /api/console/accounts/invite`."""

    role: Role


class Invited(wire.Part, frozen=True):
    """The secret stands in the link's fragment: `/console/invitation#SECRET`."""

    secret: str
    link: str


class Secret(wire.Part, frozen=True):
    """Body of `POST /api/console/invitation`."""

    secret: str


class Invitation(wire.Part, frozen=True):
    """What an invitation gives."""

    role: Role


class Accept(wire.Part, frozen=True):
    """Body of `POST /api/console/invitation/accept`."""

    secret: str
    name: str
    password: str


class AccountLine(wire.Part, frozen=True):
    """An account in the list."""

    id: int
    name: str
    role: Role
    created_at: int
    disabled: bool


class AccountLines(wire.Part, frozen=True):
    """The list."""

    accounts: list[AccountLine]


class Change(wire.Part, frozen=True):
    """Body of `POST /api/console/accounts/ID`: what is to change."""

    role: Role | UnsetType = UNSET
    disabled: bool | UnsetType = UNSET
    password: str | UnsetType = UNSET


class Passwords(wire.Part, frozen=True):
    """Body of `POST /api/console/password`."""

    old: str
    new: str


class AccountsApi:
    """JSON in, JSON out."""

    def __init__(self, accounts: Accounts, access: Access, origins: Origins, address: str) -> None:
        self._accounts = accounts
        self._access = access
        self._origins = origins
        self._address = address

    async def list(self, request: Request) -> Response:
        """`GET /api/console/accounts`"""

        async def answer(_staff: Staff) -> Response:
            lines = [
                AccountLine(one.id, one.name, one.role, one.created_at, one.disabled)
                for one in await self._accounts.list()
            ]
            return json(AccountLines(lines))

        return await self._by_owner(request, answer)

    async def invite(self, request: Request) -> Response:
        """`POST /api/console/accounts/invite`"""

        async def answer(staff: Staff) -> Response:
            asked = await read_body(request, Invite)
            if isinstance(asked, Response):
                return asked
            secret = await self._accounts.invite(asked.role, staff)
            link = f"{self._address}/console/invitation#{secret}"
            return json(Invited(secret, link), 201)

        return await self._by_owner(request, answer)

    async def change(self, request: Request) -> Response:
        """`POST /api/console/accounts/ID`"""

        async def answer(_staff: Staff) -> Response:
            asked = await read_body(request, Change)
            if isinstance(asked, Response):
                return asked
            wrong = await self._change(request.path_params["id"], asked)
            return json(Nothing()) if wrong is None else denied(wrong)

        return await self._by_owner(request, answer)

    async def _change(self, id: int, asked: Change) -> Denied | None:
        wrong: Denied | None = None
        if asked.role is not UNSET:
            wrong = await self._accounts.set_role(id, asked.role)
        if wrong is None and asked.disabled is not UNSET:
            wrong = await self._accounts.set_disabled(id, disabled=asked.disabled)
        if wrong is None and asked.password is not UNSET:
            wrong = await self._accounts.set_password(id, "somebody", asked.password)
        return wrong

    async def invitation(self, request: Request) -> Response:
        """`POST /api/console/invitation`: which role it gives; changes nothing."""

        async def answer() -> Response:
            asked = await read_body(request, Secret)
            if isinstance(asked, Response):
                return asked
            role = await self._accounts.invited_as(asked.secret)
            if role is None:
                return refusal("account_over", "This invitation was used or is too old.")
            return json(Invitation(role))

        return await self._from_us(request, answer)

    async def accept(self, request: Request) -> Response:
        """`POST /api/console/invitation/accept`"""

        async def answer() -> Response:
            asked = await read_body(request, Accept)
            if isinstance(asked, Response):
                return asked
            outcome = await self._accounts.accept(asked.secret, asked.name, asked.password)
            if isinstance(outcome, Denied):
                return denied(outcome)
            response = json(Me(outcome.staff.name, outcome.staff.role, None))
            self._access.keep(response, outcome)
            return response

        return await self._from_us(request, answer)

    async def password(self, request: Request) -> Response:
        """`POST /api/console/password`: one's own; other sessions end."""

        async def answer(staff: Staff) -> Response:
            asked = await read_body(request, Passwords)
            if isinstance(asked, Response):
                return asked
            token = cookie_of(request, COOKIE)
            wrong = await self._accounts.change_password(staff, asked.old, asked.new, token)
            return json(Nothing()) if wrong is None else denied(wrong)

        return await self._by_somebody(request, answer)

    async def sign_out_everywhere(self, request: Request) -> Response:
        """`POST /api/console/sign-out-everywhere`"""

        async def answer(staff: Staff) -> Response:
            await self._accounts.sign_out_everywhere(staff)
            response = json(Nothing())
            self._access.take_back(response)
            return response

        return await self._by_somebody(request, answer)

    async def _by_somebody(
        self, request: Request, answer: Callable[[Staff], Awaitable[Response]]
    ) -> Response:
        """Doors for a signed-in account: the command line has none."""
        try:
            staff = await self._access.staff(request)
            if staff is None:
                return refusal("signed_out", SIGN_IN)
            return await answer(staff) if staff.id else refusal("role", BY_PAGE)
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)

    async def _by_owner(
        self, request: Request, answer: Callable[[Staff], Awaitable[Response]]
    ) -> Response:
        try:
            staff = await self._access.staff(request)
            if staff is None:
                return refusal("signed_out", SIGN_IN)
            return await answer(staff) if staff.role == "owner" else refusal("role", OWNERS)
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)

    async def _from_us(
        self, request: Request, answer: Callable[[], Awaitable[Response]]
    ) -> Response:
        if self._origins.of(request) is None:
            return refusal("origin", FOREIGN)
        try:
            return await answer()
        except StoreUnavailable:
            return refusal("unavailable", AWAY, 2_000)
