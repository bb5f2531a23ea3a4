"""What the services need from the outside: the store, the clock, randomness.

One transaction a method; a race between callers is settled by a constraint of the store, never by a
lock in Python. All times are milliseconds since the Unix epoch; "now" inside a transaction is the
store's clock.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from turnout.domain.answers import Body, Offer, Verdict
from turnout.domain.commands import Decision
from turnout.domain.conversation import (
    Conversation,
    Settings,
)
from turnout.domain.devices import Asking, Assurance
from turnout.domain.events import (
    Recorded,
)
from turnout.domain.guide import Item
from turnout.domain.progress import Span
from turnout.domain.refusals import Refused
from turnout.exports.snapshot import AnswerRow, LinkRow, Snapshot

Clock = Callable[[], int]
"""Milliseconds since the Unix epoch."""
Randomness = Callable[[int], bytes]
"""That many unpredictable bytes."""
Role = Literal["owner", "moderator", "researcher", "observer"]


class StoreUnavailable(Exception):
    """The store did not answer, or could not write. Nothing was acknowledged; try again later."""


class StoreInUse(Exception):
    """Another process writes to this store. The text says so in words, and what to do."""


@dataclass(frozen=True, slots=True)
class NewConversation:
    """`pids`: one for each unique link, in link order; empty for the single link."""

    slug: str
    settings: Settings
    items: tuple[Item, ...]
    pids: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Located:
    """A conversation as the store has it. `id` is internal; `aseq` as in protocol.md."""

    id: int
    slug: str
    conversation: Conversation
    aseq: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A line of the staff's list. `joined`: participants who said hello at least once."""

    slug: str
    conversation: Conversation
    created_at: int
    joined: int


@dataclass(frozen=True, slots=True)
class Decided:
    """The command is durable. `events`: what it added, none if it was so already."""

    conversation: Conversation
    events: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """How far a conversation's two streams have come."""

    rev: int
    aseq: int


@dataclass(frozen=True, slots=True)
class Joining:
    """A tap on Join. `pid`: None for the single link. `cookie`: HMAC of the cookie that the browser
    will hold from now on; `asking.cookie`: of the one it sent, None if it sent none. `nonce`: the
    accepted nonce, spent in the same transaction (None where the cookie serves alone)."""

    conversation: int
    pid: str | None
    asking: Asking
    cookie: str
    nonce: str | None


@dataclass(frozen=True, slots=True)
class Arriving:
    """A hello. `thumbprint`: of the key that was proved, else None and the cookie's HMAC alone."""

    conversation: int
    pid: str | None
    thumbprint: str | None
    cookie: str | None


@dataclass(frozen=True, slots=True)
class Counted:
    """A counted answer."""

    question: int
    aid: str
    revision: int
    body: Body


@dataclass(frozen=True, slots=True)
class Participant:
    """Who said hello, with all that counts for them. `id` is internal; `number` is their place
    among those who joined, from 1 (0: a join that has not said hello yet). `device` is internal and
    stays with the browser. `attendance`: the row of this connection, to be moved along (0: none
    yet)."""

    id: int
    number: int
    pid: str
    device: int
    assurance: Assurance
    attendance: int
    answers: tuple[Counted, ...]
    attended: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of an offered answer, once durable. `aseq`: of its group (0: nothing changed)."""

    verdict: Verdict
    aseq: int


@dataclass(frozen=True, slots=True)
class Staff:
    """A signed-in person. `password` is an argon2id hash."""

    id: int
    name: str
    password: str
    role: Role


class Conversations(Protocol):
    """The conversation stream: rare, ordered."""

    async def create(self, new: NewConversation) -> Located | None:
        """Write it whole, links and first events included; None if the slug is taken."""

    async def find(self, slug: str) -> Located | None:
        """The conversation with this slug."""

    async def list(self) -> tuple[Listed, ...]:
        """All of them, newest first."""

    async def decide(
        self,
        conversation: int,
        decision: Callable[[Conversation, int], Decision],
        *,
        by: str,
        cid: str,
    ) -> Decided | Refused:
        """Take the conversation's row, call `decision` (pure; state and store's time) and write the
        events that it returns under the name `by`, in one transaction. A `cid` that was decided
        before returns its first outcome (no events) without calling."""

    async def events_after(self, conversation: int, rev: int) -> tuple[Recorded, ...]:
        """The events behind `rev`, in order."""

    async def heads(self, conversations: Sequence[int]) -> dict[int, Head]:
        """How far each has come."""

    async def links(self, conversation: int) -> tuple[LinkRow, ...]:
        """The links in order."""

    async def snapshot(self, conversation: int) -> Snapshot:
        """One consistent reading of everything."""


class Participants(Protocol):
    """Joining and being there."""

    async def check(self, conversation: int, pid: str) -> Refused | None:
        """Whether this link is on the list and not removed; writes nothing."""

    async def join(self, joining: Joining) -> Assurance | Refused:
        """Spend the nonce, bind the device, take a seat: one transaction, or a refusal that changed
        nothing. The same device again gets the same answer."""

    async def arrive(self, arriving: Arriving, *, attend: bool) -> Participant | Refused:
        """Who this is, if the device is bound to the link. With `attend`, the first such call makes
        the join final (number, seat) and each one opens an attendance row."""

    async def attend(self, rows: Sequence[tuple[int, int]]) -> None:
        """Move the `until` of attendance rows: (row, milliseconds). Never backwards."""


class Answers(Protocol):
    """The answers: thousands at once, unordered."""

    async def answer(self, conversation: int, participant: int, offer: Offer) -> Settled:
        """Durable when it returns. Callers at the same time share a transaction. StoreUnavailable
        if nothing can be said about it."""

    async def answers_after(self, conversation: int, aseq: int) -> tuple[AnswerRow, ...]:
        """The counted answers that changed behind `aseq`, in aseq order. Includes withdrawn
        questions'; leaves out nothing."""


class People(Protocol):
    """Staff accounts and their sessions. Tokens are stored as SHA-256 only."""

    async def has_owner(self) -> bool:
        """Whether somebody owns this server."""

    async def add_owner(self, name: str, password: str) -> Staff | None:
        """The first account; None if there is an owner already (a constraint decides)."""

    async def staff(self, name: str) -> Staff | None:
        """By sign-in name, ignoring case."""

    async def open_session(self, staff: int, token: bytes, until: int) -> None:
        """`token`: SHA-256 of the cookie's value."""

    async def session(self, token: bytes) -> Staff | None:
        """Who this session belongs to, unless it is over."""

    async def close_session(self, token: bytes) -> None:
        """Signed out."""


class Store(Conversations, Participants, Answers, People, Protocol):
    """The truth. Opened by `turnout.app`; closed once."""

    @property
    def epoch(self) -> str:
        """Id of the store's history: new when it is created or restored."""

    @property
    def key(self) -> bytes:
        """32 secret bytes that were drawn with the store, for MACs."""

    async def close(self) -> None:
        """Finish what was begun and let go."""
