"""Staff accounts: invitations, roles, passwords. Only owners change other people's accounts."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from argon2 import PasswordHasher

from turnout.ports import Account, AccountCode, Clock, People, Randomness, Role, Staff
from turnout.services.signing_in import Denied, SignedIn, SignIn, faults, token_hash

INVITATION = 7 * 24 * 60 * 60 * 1000
"""Milliseconds that an invitation lives."""

WORDS: dict[AccountCode, str] = {
    "over": "This invitation was used or is too old. Ask for another one.",
    "taken": "Somebody has this name already. Choose another one.",
    "last_owner": "This is the last owner; without one nobody could run this server.",
    "unknown": "There is no such account.",
}


class Accounts:
    """The accounts of this server."""

    def __init__(
        self, people: People, sign_in: SignIn, clock: Clock, randomness: Randomness
    ) -> None:
        self._people = people
        self._sign_in = sign_in
        self._clock = clock
        self._randomness = randomness
        self._hasher = PasswordHasher()

    async def list(self) -> tuple[Account, ...]:
        """All accounts, oldest first."""
        return await self._people.accounts()

    async def invite(self, role: Role, by: Staff) -> str:
        """The secret of a new invitation, good once for a week."""
        secret = self._randomness(24).hex()
        until = self._clock() + INVITATION
        await self._people.invite(token_hash(secret), role, until, by=by.id or None)
        return secret

    async def invited_as(self, secret: str) -> Role | None:
        """The role that an invitation gives; None if it is not good."""
        return await self._people.invitation(token_hash(secret))

    async def accept(self, secret: str, name: str, password: str) -> SignedIn | Denied:
        """A new account by an invitation, signed in."""
        wrong = faults(name, password)
        if wrong is not None:
            return wrong
        hashed = await self._hash(password)
        staff = await self._people.accept_invitation(token_hash(secret), name.strip(), hashed)
        if isinstance(staff, Staff):
            return await self._sign_in.open(staff)
        return _denied(staff)

    async def set_role(self, staff: int, role: Role) -> Denied | None:
        """Another role, from their next request on."""
        return _outcome(await self._people.set_role(staff, role))

    async def set_disabled(self, staff: int, *, disabled: bool) -> Denied | None:
        """Close an account, or open it again."""
        return _outcome(await self._people.set_disabled(staff, disabled=disabled))

    async def change_password(self, staff: Staff, old: str, new: str, token: str) -> Denied | None:
        """One's own password; other sessions end."""
        if not await asyncio.to_thread(self._sign_in.verify, staff.password, old):
            return Denied("sign_in", "The old password is not right.", reason="old_password")
        return await self.set_password(staff.id, staff.name, new, keep=token_hash(token))

    async def set_password(
        self, staff: int, name: str, new: str, *, keep: bytes | None = None
    ) -> Denied | None:
        """Somebody's password, by the command line or its owner."""
        wrong = faults(name, new)
        if wrong is not None:
            return wrong
        return _outcome(await self._people.set_password(staff, await self._hash(new), keep=keep))

    async def sign_out_everywhere(self, staff: Staff) -> None:
        """End all sessions of this account."""
        await self._people.close_sessions(staff.id)

    async def _hash(self, password: str) -> str:
        hash_it: Callable[[str], str] = self._hasher.hash
        return await asyncio.to_thread(hash_it, password)


def _outcome(code: AccountCode | None) -> Denied | None:
    return None if code is None else _denied(code)


def _denied(code: AccountCode) -> Denied:
    if code == "taken":
        return Denied("taken", WORDS[code], reason="name_taken")
    return Denied(f"account_{code}", WORDS[code])
