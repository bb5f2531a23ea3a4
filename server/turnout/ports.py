"""What the services need from the outside: the store, the clock, randomness.

One transaction a method; a race between callers is settled by a constraint of the store, never by a
lock in Python. All times are milliseconds since the Unix epoch; "now" inside a transaction is the
store's clock, but never before the conversation's last event.

Whatever decides about a conversation (a command, an answer, a join, a hello, a move to another
device) first writes what has come due by itself, in the same transaction, and then decides on the
state after that. Those events stay even if the request itself is refused. Methods that take a
conversation's id raise LookupError once it was erased, unless they say otherwise.
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
    """What was asked for is durable. `events`: all that the transaction added, in order, what had
    come due by itself included; none if it was so already."""

    conversation: Conversation
    events: tuple[Recorded, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """What a decision may have to know beside the state, read in its own transaction. `links`: how
    many unique links there are; `answered`: whether a question (by item id) has an answer. To be
    used inside the decision only."""

    now: int
    links: int
    answered: Callable[[int], bool]


@dataclass(frozen=True, slots=True)
class Head:
    """How far a conversation's two streams have come, and how many damaged links were reported."""

    rev: int
    aseq: int
    damaged: int = 0


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
    """A counted answer. `run`: which of the conversation's runs it was given in, from 1; one of an
    earlier run than the last is locked."""

    question: int
    aid: str
    revision: int
    body: Body
    run: int = 1


@dataclass(frozen=True, slots=True)
class AskingOver:
    """A device that was refused `other_device` asks to go on with the link. `asking` and `nonce` as
    in `Joining`. `asking.attempt` is how a device without a key is known again: it must send the
    same one with its next joins."""

    conversation: int
    pid: str | None
    asking: Asking
    nonce: str | None


@dataclass(frozen=True, slots=True)
class Takeover:
    """A request that waits. `participant`: their number; `letters` are for the asking page and the
    control room alone, never for the first device. It is over at `until`; the first device can't
    grant it any more when no try is left, a moderator still can."""

    participant: int
    letters: str
    asked_at: int
    until: int
    tries_left: int


@dataclass(frozen=True, slots=True)
class Asked:
    """`events`: what the transaction added; no `TakeoverAsked` if this device had asked before.
    `moves_at`: when the first device gives way if it stays away; None if it never does."""

    takeover: Takeover
    events: tuple[Recorded, ...]
    moves_at: int | None = None


@dataclass(frozen=True, slots=True)
class WrongLetters:
    """Nothing was granted. `tries_left`: 0 also if nobody asks (any more)."""

    tries_left: int


@dataclass(frozen=True, slots=True)
class Participant:
    """Who said hello, with all that counts for them. `id` is internal; `number` is their place
    among those who joined, from 1 (0: a join that has not said hello yet). `device` is internal and
    stays with the browser. `attendance`: the row of this connection, to be moved along (0: none
    yet). `takeover`: somebody waits to go on with their link elsewhere."""

    id: int
    number: int
    pid: str
    device: int
    assurance: Assurance
    attendance: int
    answers: tuple[Counted, ...]
    attended: tuple[Span, ...]
    takeover: Takeover | None = None


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


@dataclass(frozen=True, slots=True)
class Account:
    """A staff account as the owners' list shows it. `disabled`: nobody can sign in with it."""

    id: int
    name: str
    role: Role
    created_at: int
    disabled: bool


AccountCode = Literal["over", "taken", "last_owner", "unknown"]
"""Why an account stayed as it was. `over`: the invitation was used, is too old, or is none (or who
made it is no owner any more); `taken`: the name is; `last_owner`: nobody could run this server;
`unknown`: there is no such account."""


class Conversations(Protocol):
    """The conversation stream: rare, ordered."""

    async def create(self, new: NewConversation) -> Located | None:
        """Write it whole, links and first events included; None if the slug is taken."""

    async def find(self, slug: str) -> Located | None:
        """The conversation with this slug, as written: what has come due since is not in it."""

    async def list(self) -> tuple[Listed, ...]:
        """All of them, newest first, with what has come due."""

    async def decide(
        self,
        conversation: int,
        decision: Callable[[Conversation, Facts], Decision],
        *,
        by: str,
        cid: str,
        new_pids: Callable[[int], Sequence[str]] | None = None,
    ) -> Decided | Refused:
        """Take the conversation's row, call `decision` (pure) and write the events that it returns
        under the name `by`, in one transaction. A `cid` that was decided before is not decided
        again: `Decided` without events of its own.

        If Max participants of a conversation with unique links was raised, the links that are
        missing are appended behind the others: `new_pids` is called with their number (ValueError
        without it) and returns so many pids, each drawn anew."""

    async def catch_up(self, conversation: int) -> Decided:
        """Write what has come due by itself, and nothing else. Called when `next_due` says so; many
        may call at once, and one writes."""

    async def erase(self, conversation: int, *, by: str) -> Refused | None:
        """Everything of it goes, its slug is free, and its bytes are overwritten in the store's
        files when this returns. Refused (`phase`) while it is live or flex. Erased before: None.
        StoreUnavailable may mean that it is gone but its bytes are not yet: call again."""

    async def count_damaged(self, conversation: int, count: int = 1) -> None:
        """So many more damaged links were reported; see `Head`. Nothing if it was erased."""

    async def events_after(self, conversation: int, rev: int) -> tuple[Recorded, ...]:
        """The events behind `rev`, in order; none of an erased one."""

    async def heads(self, conversations: Sequence[int]) -> dict[int, Head]:
        """How far each has come; one that was erased is left out."""

    async def links(self, conversation: int) -> tuple[LinkRow, ...]:
        """The links in order; none of an erased one."""

    async def note_links_taken(self, conversation: int, *, by: str) -> None:
        """Somebody of the staff downloaded the links. Nothing if it was erased."""

    async def links_taken_at(self, conversation: int) -> int | None:
        """When that was the last time; None if never."""

    async def links_added_at(self, conversation: int) -> int | None:
        """When a raised Max participants added links the last time; None if never."""

    async def snapshot(self, conversation: int) -> Snapshot:
        """One consistent reading of everything, with what has come due at that moment."""


class Participants(Protocol):
    """Joining and being there."""

    async def check(self, conversation: int, pid: str) -> Refused | None:
        """Whether this link is on the list and not removed; writes nothing."""

    async def join(self, joining: Joining) -> Assurance | Refused:
        """Spend the nonce, bind the device, take a seat: one transaction, or a refusal that changed
        nothing but the link's last code. The same device again gets the same answer; so does one
        whose take-over was granted, or grants itself now (`people_may_move`)."""

    async def arrive(self, arriving: Arriving, *, attend: bool) -> Participant | Refused:
        """Who this is, if the device is bound to the link. With `attend`, the first such call makes
        the join final (number, seat) and each one opens an attendance row."""

    async def attend(self, rows: Sequence[tuple[int, int]]) -> None:
        """Move the `until` of attendance rows: (row, milliseconds). Never backwards, and never past
        the end and grace of the run in which the row began: if the connection lives on in a later
        run, the time since that run's start is written to another row by itself. Rows of an erased
        conversation, and row 0, are passed over."""

    async def forget(self, arriving: Arriving) -> Refused | None:
        """This browser is shared: remove what the store knows it by. The link stays taken, so that
        coming back needs a release (or a free slot, where several devices are allowed). None if
        done; the same refusals as a hello's."""


class Devices(Protocol):
    """Moving a link to another device. Never for the single link, nor where several devices are
    allowed."""

    async def ask_takeover(self, asked: AskingOver) -> Asked | Refused | None:
        """Ask to go on with a link that is used elsewhere: one request a link, for 10 minutes. The
        same device again gets the same request; another one is told `slow_down` and when to come
        back. None: this device may simply join."""

    async def grant(
        self, conversation: int, participant: int, device: int, letters: str
    ) -> Decided | WrongLetters:
        """The first device (`Participant.id` and `.device`) typed letters, in any case. If they are
        right the asking device is bound and the first one is out: close its sockets."""

    async def takeovers(self, conversation: int) -> tuple[Takeover, ...]:
        """The requests that wait now, oldest first; none of an erased one."""

    async def release(
        self, conversation: int, participant: int | str, *, by: str, cid: str
    ) -> Decided | Refused:
        """A moderator grants the request of this participant (their number, or the letters that
        they read out); without a request, the link is free for the next device that joins. In
        either case the devices that it worked on are out: close their sockets if `Released` is
        among the events. Idempotent by `cid`."""


class Moderated(Protocol):
    """What moderators do about a participant (`participant`: their number). Each writes its event,
    is idempotent by `cid`, and does nothing if it is so already. Refused: `gone` for a number that
    nobody has, `phase` where it is too late."""

    async def mute(
        self, conversation: int, participant: int, *, by: str, cid: str
    ) -> Decided | Refused:
        """Out of the live views. Raises `aseq`: their answers come again behind it, marked."""

    async def unmute(
        self, conversation: int, participant: int, *, by: str, cid: str
    ) -> Decided | Refused:
        """Back in them, the same way."""

    async def remove(
        self, conversation: int, participant: int, *, by: str, cid: str
    ) -> Decided | Refused:
        """Out for good, in live and flex. Close their sockets."""


class Answers(Protocol):
    """The answers: thousands at once, unordered."""

    async def answer(self, conversation: int, participant: int, offer: Offer) -> Settled:
        """Durable when it returns. Callers at the same time share a transaction. StoreUnavailable
        if nothing can be said about it. Refused (`gone`) in an erased conversation."""

    async def answers_after(self, conversation: int, aseq: int) -> tuple[AnswerRow, ...]:
        """The counted answers that changed behind `aseq`, or whose author was muted or unmuted
        since, in aseq order. Includes withdrawn questions'; leaves out nothing."""


class People(Protocol):
    """Staff accounts and their sessions. Tokens are stored as SHA-256 only. A change of an account
    takes effect with the next call of `session`."""

    async def has_owner(self) -> bool:
        """Whether somebody owns this server."""

    async def add_owner(self, name: str, password: str) -> Staff | None:
        """The first account; None if there is an owner already (a constraint decides)."""

    async def invite(self, token: bytes, role: Role, until: int, *, by: int | None) -> None:
        """An invitation, good once until then. `by`: the owner's account, None for whoever runs the
        server. `token`: SHA-256."""

    async def invitation(self, token: bytes) -> Role | None:
        """Which role it gives, as long as it is good; changes nothing."""

    async def accept_invitation(
        self, token: bytes, name: str, password: str
    ) -> Staff | AccountCode:
        """A new account by an invitation, which is spent by it (not by a name that is taken)."""

    async def accounts(self) -> tuple[Account, ...]:
        """All accounts, oldest first."""

    async def staff(self, name: str) -> Staff | None:
        """By sign-in name, ignoring case; None for a disabled account."""

    async def set_password(
        self, staff: int, password: str, *, keep: bytes | None = None
    ) -> AccountCode | None:
        """Another password. All sessions of the account end, but the one with the token `keep`."""

    async def set_role(self, staff: int, role: Role) -> AccountCode | None:
        """Another role. The last owner who can sign in stays owner."""

    async def set_disabled(self, staff: int, *, disabled: bool) -> AccountCode | None:
        """Close an account, sessions included, or open it again. The last owner's stays open."""

    async def open_session(self, staff: int, token: bytes, until: int) -> bool:
        """Signed in, unless the account was disabled meanwhile. `token`: SHA-256 of the cookie's
        value."""

    async def session(self, token: bytes) -> Staff | None:
        """Who this session belongs to, with the role of now, unless it is over."""

    async def close_session(self, token: bytes) -> None:
        """Signed out."""

    async def close_sessions(self, staff: int, *, keep: bytes | None = None) -> None:
        """Signed out everywhere, but in the session with the token `keep`."""


class Store(Conversations, Participants, Devices, Moderated, Answers, People, Protocol):
    """The truth. Opened by `turnout.app`; closed once."""

    @property
    def epoch(self) -> str:
        """Id of the store's history: new when it is created or restored."""

    @property
    def key(self) -> bytes:
        """32 secret bytes that were drawn with the store, for MACs."""

    async def probe(self) -> None:
        """Write something that changes nothing. StoreUnavailable if nothing can be written now."""

    async def close(self) -> None:
        """Finish what was begun and let go."""
