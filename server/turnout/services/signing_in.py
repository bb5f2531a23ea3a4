"""Staff signing in: the first-run link, passwords (argon2id), sessions.

The first-run link exists only while nobody owns the server, for 30 minutes, once; its secret is the
only one that is ever printed.
"""

from __future__ import annotations

import asyncio
import hmac
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import VerifyMismatchError

from turnout.domain.refusals import Reason
from turnout.ports import Clock, People, Randomness, Staff
from turnout.services.guessing import Passwords

FIRST_RUN = 30 * 60 * 1000
"""Milliseconds that a first-run link lives."""
SESSION = 30 * 24 * 60 * 60 * 1000
"""Milliseconds that a session lives."""
MIN_PASSWORD = 10
MAX_PASSWORD = 1_000
MAX_NAME = 100
TOO_MANY = "Too many wrong passwords came from your network. Wait a while, or try from elsewhere."


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, and the secret for their cookie."""

    staff: Staff
    token: str


@dataclass(frozen=True, slots=True)
class Denied:
    """Not signed in. `code`: first_run, sign_in, slow_down or invalid. `retry_ms`: when it may be
    tried again, where that is known. `reason` and `number`: as in `Refused`."""

    code: str
    why: str
    retry_ms: int | None = None
    reason: Reason | None = None
    number: int | None = None


def token_hash(token: str) -> bytes:
    """How a session's secret is stored."""
    return sha256(token.encode("utf-8", "replace")).digest()


def _unmatched(hasher: PasswordHasher) -> str:
    """What no password has as its hash, and as slow to compare: to make a true one would hold up
    every start of the server."""
    costs = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = (
        b64encode(bytes(size)).decode().rstrip("=") for size in (hasher.salt_len, hasher.hash_len)
    )
    return f"$argon2id$v=19${costs}${salt}${digest}"


class SignIn:
    """Who is who among staff."""

    def __init__(self, people: People, clock: Clock, randomness: Randomness) -> None:
        self._people = people
        self._clock = clock
        self._randomness = randomness
        self._hasher = PasswordHasher()
        self._passwords = Passwords(clock)
        self._nobody = _unmatched(self._hasher)
        self._first_run: tuple[str, int] | None = None

    async def first_run_secret(self) -> str | None:
        """A new secret for the first-run link, in place of any earlier one; None if there is an
        owner."""
        if await self._people.has_owner():
            return None
        secret = self._randomness(24).hex()
        self._first_run = (secret, self._clock() + FIRST_RUN)
        return secret

    async def is_first_run(self) -> bool:
        """Whether nobody owns this server yet."""
        return not await self._people.has_owner()

    async def first_run(self, secret: str, name: str, password: str) -> SignedIn | Denied:
        """Spend the first-run link: make the owner and sign them in."""
        if not self._may_spend(secret):
            why = "This link was used or is too old. Start the server again."
            return Denied("first_run", why, reason="first_run_over")
        wrong = faults(name, password)
        if wrong is not None:
            return wrong
        hashed = await asyncio.to_thread(self._hasher.hash, password)
        owner = await self._people.add_owner(name.strip(), hashed)
        if owner is None:
            why = "Somebody owns this server already. Sign in instead."
            return Denied("first_run", why, reason="owned")
        self._first_run = None
        return await self.open(owner)

    def _may_spend(self, secret: str) -> bool:
        if self._first_run is None:
            return False
        expected, until = self._first_run
        same = hmac.compare_digest(secret.encode("utf-8", "replace"), expected.encode())
        return same and self._clock() <= until

    async def sign_in(self, name: str, password: str, address: str) -> SignedIn | Denied:
        """Sign in by name and password. An unknown name takes as long as a wrong password; too many
        wrong ones from the network of this address have to wait."""
        wait = self._passwords.attempt(name, address)
        if wait:
            return Denied("slow_down", TOO_MANY, wait)
        staff = await self._people.staff(name.strip())
        hashed = self._nobody if staff is None else staff.password
        right = await asyncio.to_thread(self.verify, hashed, password)
        if staff is None or not right:
            why = "This name and password don't go together. Try again."
            return Denied("sign_in", why, reason="wrong_sign_in")
        self._passwords.right(name, address)
        return await self.open(staff)

    def verify(self, hashed: str, password: str) -> bool:
        """Whether this is the password. Takes a while on purpose: call it beside the loop."""
        try:
            return self._hasher.verify(hashed, password[:MAX_PASSWORD])
        except VerifyMismatchError:
            return False

    async def open(self, staff: Staff) -> SignedIn | Denied:
        """A new session."""
        token = self._randomness(32).hex()
        until = self._clock() + SESSION
        if not await self._people.open_session(staff.id, token_hash(token), until):
            return Denied(
                "sign_in", "This account is closed. Ask the owner.", reason="account_closed"
            )
        return SignedIn(staff, token)

    async def who(self, token: str) -> Staff | None:
        """Whose session this is."""
        return await self._people.session(token_hash(token)) if token else None

    async def sign_out(self, token: str) -> None:
        """End this session."""
        await self._people.close_session(token_hash(token))


def faults(name: str, password: str) -> Denied | None:
    """What is wrong with a new name and password, if anything is."""
    if not name.strip() or len(name) > MAX_NAME:
        return Denied("invalid", "Write a name to sign in with.", reason="name_missing")
    if len(password) < MIN_PASSWORD:
        why = f"A password has at least {MIN_PASSWORD} characters."
        return Denied("invalid", why, reason="password_short", number=MIN_PASSWORD)
    if len(password) > MAX_PASSWORD:
        why = f"A password has at most {MAX_PASSWORD:,} characters."
        return Denied("invalid", why, reason="password_long", number=MAX_PASSWORD)
    return None
