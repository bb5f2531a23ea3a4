"""The messages of `turnout.v1`, in both directions, and the JSON bodies around joining. Pure.

One JSON object a frame, told apart by `t` (events by `kind`). Unknown fields are ignored; an
unknown `t` raises `UnknownMessage`, everything else that is no message raises `Malformed`.
docs/protocol.md says what each one means; client/src/wire.ts is generated from this file.
"""

from __future__ import annotations

from typing import Annotated, Literal, TypeVar

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from turnout.domain.refusals import Reason

T = TypeVar("T")

SUBPROTOCOL = "turnout.v1"
MAX_FRAME = 32 * 1024
"""Bytes of a participant's frame: 2,000 code points, all escaped, are 24,000."""
MAX_STAFF_FRAME = 64 * 1024
MAX_DEPTH = 16
HEARTBEAT_MS = 25_000

Rev = Annotated[int, Meta(ge=0)]
Revision = Annotated[int, Meta(ge=0, le=2**53)]
ItemId = Annotated[int, Meta(ge=0, le=2**53)]
"""Bounded so that every database can look for it."""
Aid = Annotated[
    str, Meta(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\Z")
]
"""A UUID in lower case, made by the client."""
Raw = Annotated[str, Meta(max_length=500)]
Attempt = Annotated[str, Meta(pattern=r"^[0-9a-f]{32}\Z")]
"""128 random bits in hex, made by the browser before its first join and kept."""
Proof = Annotated[str, Meta(max_length=4_000)]

Phase = Literal["draft", "published", "live", "ended", "flex"]
ItemType = Literal["message", "single_choice", "multiple_choice", "open_text", "number", "scale"]
JoinCode = Literal[
    "not_open",
    "over",
    "damaged",
    "unlisted",
    "full",
    "other_device",
    "removed",
    "preview",
    "slow_down",
    "proof",
    "malformed",
]
Letters = Annotated[str, Meta(max_length=20)]
"""Four letters that a device shows which asks to take a link over; read without case and blanks."""
AnswerCode = Literal["retry", "closed", "invalid", "gone", "superseded"]
CommandCode = Literal["phase", "expect", "invalid", "gone", "nothing_left", "role", "unavailable"]
Op = Literal[
    "publish",
    "unpublish",
    "start",
    "send",
    "next",
    "close",
    "skip",
    "withdraw",
    "edit",
    "add",
    "move",
    "drop",
    "end",
    "undo_end",
    "reopen_flex",
    "release",
    "mute",
    "unmute",
    "remove",
]
Role = Literal["owner", "moderator", "researcher", "observer"]


class Malformed(ValueError):
    """These bytes are no message of ours. The text says why and quotes nothing."""


class UnknownMessage(ValueError):
    """A message with a `t` that this version does not know: to be ignored, and counted."""


class Part(Struct, frozen=True, omit_defaults=True):
    """Something inside a message."""


class Message(Struct, frozen=True, omit_defaults=True, tag_field="t"):
    """A whole frame."""


# --- parts --------------------------------------------------------------------------------------


class Body(Part, frozen=True):
    """An answer. Set: `option` or `other` (single choice); `options` and perhaps `other` (multiple
    choice); `text`; `number` (number, scale). Options count from 1."""

    option: int | UnsetType = UNSET
    options: list[int] | UnsetType = UNSET
    other: str | UnsetType = UNSET
    text: str | UnsetType = UNSET
    number: float | UnsetType = UNSET


class Choice(Part, frozen=True):
    """One option. An exclusive one rules out the rest and stands last when the order is random."""

    text: str
    exclusive: bool = False


class Item(Part, frozen=True):
    """An item as people see it. `number`: its place among the questions of the guide, from 1 (0: a
    message). `duration`: the plan in seconds."""

    id: int
    type: ItemType
    number: int
    text: str
    options: list[Choice] = []
    other: bool = False
    randomize: bool = False
    min: float | UnsetType = UNSET
    max: float | UnsetType = UNSET
    step: float | UnsetType = UNSET
    min_label: str = ""
    max_label: str = ""
    duration: int | UnsetType = UNSET


class Seen(Part, frozen=True):
    """An item that was sent, and how it stands."""

    item: Item
    status: Literal["open", "closed", "withdrawn"]


class State(Part, frozen=True):
    """What a participant may know of the conversation. `items`: in the order in which they were
    last sent. State(a) with the events from a to b is state(b)."""

    title: str
    phase: Phase
    items: list[Seen]


class Mine(Part, frozen=True):
    """A counted answer of this participant, from whatever device. `locked`: it was given in an
    earlier run and stays as it is."""

    question: int
    aid: str
    revision: int
    body: Body
    locked: bool = False


class Counted(Part, frozen=True):
    """The answer that counts in place of the refused one."""

    aid: str
    revision: int
    body: Body


class Progress(Part, frozen=True):
    """`percent_answered` is null where nothing was asked. `percent_while_present` and `present`
    come with `welcome` only."""

    asked: int
    answered: int
    percent_answered: int | None
    present: int | UnsetType = UNSET
    percent_while_present: int | UnsetType | None = UNSET


class Limits(Part, frozen=True):
    """What this server takes."""

    text: int
    unacknowledged: int
    frame: int


class Resume(Part, frozen=True):
    """Where the client was."""

    epoch: Annotated[str, Meta(max_length=100)]
    rev: Rev


class Expect(Part, frozen=True):
    """What the sender's screen showed: the phase, and the rev of the last event that sent an
    item."""

    phase: Phase
    sent: Rev


# --- events, as participants see them -----------------------------------------------------------


class OpenedEvent(Part, frozen=True, tag="opened", tag_field="kind"):
    """A question is asked, or asked again."""

    item: Item


class MessageEvent(Part, frozen=True, tag="message", tag_field="kind"):
    """A message is shown. An open question stays open below it."""

    item: Item


class ClosedEvent(Part, frozen=True, tag="closed", tag_field="kind"):
    """A question is closed; answers on their way count within the grace."""

    question: int


class WithdrawnEvent(Part, frozen=True, tag="withdrawn", tag_field="kind"):
    """A question is taken back: it counts for nobody. Opening it again makes it count again."""

    question: int


class EditedEvent(Part, frozen=True, tag="edited", tag_field="kind"):
    """An item that people have seen reads differently now. Answers stay."""

    item: Item


class PhaseEvent(Part, frozen=True, tag="phase", tag_field="kind"):
    """The conversation moved on. `ended` also closes what is open. `flex` opens every question that
    was not taken back, those of the guide that were never sent included: `items` is the state's
    list from here on."""

    phase: Phase
    items: list[Seen] | UnsetType = UNSET


SeenEvent = OpenedEvent | MessageEvent | ClosedEvent | WithdrawnEvent | EditedEvent | PhaseEvent


# --- participants: to the server ----------------------------------------------------------------


class Hello(Message, frozen=True, tag="hello"):
    """Who I am, where I was. `link`: the pid, absent for the single link."""

    tab: Annotated[int, Meta(ge=0, le=2**53)]
    link: Raw | UnsetType = UNSET
    proof: Proof | UnsetType = UNSET
    resume: Resume | UnsetType = UNSET
    app: Annotated[str, Meta(max_length=100)] = ""


class Answer(Message, frozen=True, tag="answer"):
    """`base`: the revision that this replaces, 0 = none."""

    aid: Aid
    question: ItemId
    base: Revision
    body: Body


class Resync(Message, frozen=True, tag="resync"):
    """I lost an event: tell me again what is so."""

    epoch: Annotated[str, Meta(max_length=100)]
    rev: Rev


class Grant(Message, frozen=True, tag="grant"):
    """From the device that has the link: let the one go on that shows these letters."""

    letters: Letters


class Beat(Message, frozen=True, tag="beat"):
    """I am here, and this is the last rev that I saw (from the server to staff: that there is)."""

    rev: Rev


# --- participants: from the server --------------------------------------------------------------


class Challenge(Message, frozen=True, tag="challenge"):
    """The first frame. `nonce` is good for a proof on this socket only; `now`: ms since 1970,
    UTC."""

    nonce: str
    now: int


class Lobby(Message, frozen=True, tag="lobby"):
    """Before hello, now and at every change. `starts_in`: seconds, null without a start."""

    phase: Phase
    starts_in: float | None
    waiting: int


class EventFrame(Message, frozen=True, tag="event"):
    """Apply it only if `prev` is the last rev you saw; older: ignore; newer: resync."""

    rev: Rev
    prev: Rev
    event: SeenEvent


class Delta(Part, frozen=True):
    """A missed event, in `welcome`."""

    rev: Rev
    prev: Rev
    event: SeenEvent


class Welcome(Message, frozen=True, tag="welcome"):
    """All that a participant needs: state, or deltas after the rev that hello named. `plan_left`:
    seconds left of the open item's plan, negative when it is over. `ends_in`: seconds until a flex
    ends by itself."""

    epoch: str
    rev: Rev
    mine: list[Mine]
    progress: Progress
    heartbeat_ms: int
    now: int
    limits: Limits
    state: State | UnsetType = UNSET
    deltas: list[Delta] | UnsetType = UNSET
    plan_left: float | UnsetType = UNSET
    ends_in: float | UnsetType = UNSET


class Accepted(Message, frozen=True, tag="accepted"):
    """The answer is durable and counts."""

    aid: str
    revision: int
    progress: Progress
    late: bool = False


class Refused(Message, frozen=True, tag="refused"):
    """The answer was not taken. `retry`: keep it and send it again; all others are final."""

    aid: str
    code: AnswerCode
    why: str
    retry_ms: int | UnsetType = UNSET
    stored: Counted | UnsetType = UNSET


class MineFrame(Message, frozen=True, tag="mine"):
    """Another device or tab of this participant answered."""

    question: int
    aid: str
    revision: int
    body: Body
    progress: Progress


class Pulse(Message, frozen=True, tag="beat"):
    """The answer to a participant's beat: the last rev that there is, and the server's clock, ms
    since 1970, UTC."""

    rev: Rev
    now: int


class Degraded(Message, frozen=True, tag="degraded"):
    """The store is away; answers are kept by the client and tried again."""

    store: Literal["away", "back"]
    retry_ms: int


class Takeover(Message, frozen=True, tag="takeover"):
    """Another device asks for this link; the letters stand only there and in the control room.
    `since`: seconds ago; `tries_left` of five."""

    since: float
    tries_left: int


class Drain(Message, frozen=True, tag="drain"):
    """Open the next socket at a random moment within so many milliseconds, then close this one."""

    within_ms: int


class Bye(Message, frozen=True, tag="bye"):
    """Comes before a close, in words for people. `reason` tells what 4410 is about."""

    code: int
    why: str
    retry_ms: int | UnsetType = UNSET
    reason: Literal["released", "removed"] | UnsetType = UNSET


# --- staff --------------------------------------------------------------------------------------


class StaffHello(Message, frozen=True, tag="hello"):
    """The cookie says who I am; this, where I was."""

    resume: Resume | UnsetType = UNSET
    app: Annotated[str, Meta(max_length=100)] = ""


class Draft(Part, frozen=True):
    """An item as staff write it."""

    type: ItemType
    text: str
    options: list[Choice] = []
    other: bool = False
    randomize: bool = False
    min: float | UnsetType = UNSET
    max: float | UnsetType = UNSET
    step: float | UnsetType = UNSET
    min_label: str = ""
    max_label: str = ""
    duration: int | UnsetType = UNSET
    auto_close: bool = False
    section: str = ""


class Command(Message, frozen=True, tag="command"):
    """Idempotent by `cid`. `item`: for send, close, skip, withdraw, edit, move and drop; `draft`:
    for edit and add; `after`: for add and move, the item before it; `seen`: for edit and drop, the
    version of the item that the sender read; `days`: for reopen_flex;
    `participant`: the number, for mute, unmute, remove and release, or `question` and `author` of
    a text; `letters`: for release, in place of the number."""

    cid: Aid
    op: Op
    item: int | UnsetType = UNSET
    expect: Expect | UnsetType = UNSET
    draft: Draft | UnsetType = UNSET
    after: int | UnsetType = UNSET
    seen: Raw | UnsetType = UNSET
    days: int | UnsetType = UNSET
    participant: int | UnsetType = UNSET
    question: int | UnsetType = UNSET
    author: Raw | UnsetType = UNSET
    letters: Letters | UnsetType = UNSET


class StaffItem(Part, frozen=True):
    """A guide's item for staff. `version`: another one as soon as anybody changes what it says.
    `sent_at`: when it was last sent, `closed_at`: when last closed; ms."""

    item: Item
    status: Literal["queued", "open", "closed", "skipped", "withdrawn"]
    version: str
    section: str = ""
    auto_close: bool = False
    sent_at: int | UnsetType = UNSET
    closed_at: int | UnsetType = UNSET


class StaffRun(Part, frozen=True):
    """A run: `live`, or one flex. `due`: when a flex ends by itself. Times in ms."""

    kind: Literal["live", "flex"]
    since: int
    by_hand: bool = False
    until: int | UnsetType = UNSET
    due: int | UnsetType = UNSET


class StaffState(Part, frozen=True):
    """The conversation for staff. `items`: in guide order. `ends_at`: when what runs now ends by
    itself; `undo_until`: until when the End can be taken back; `over_at`: when it is for good.
    Times in ms since 1970, UTC."""

    slug: str
    title: str
    phase: Phase
    links: Literal["unique", "single"]
    max_participants: int
    several_devices: bool
    duration: int
    grace: int
    items: list[StaffItem]
    sent_rev: Rev
    zone: str = ""
    auto_start: bool = False
    people_may_move: bool = False
    demo: bool = False
    runs: list[StaffRun] = []
    starts_at: int | UnsetType = UNSET
    started_at: int | UnsetType = UNSET
    ended_at: int | UnsetType = UNSET
    ends_at: int | UnsetType = UNSET
    undo_until: int | UnsetType = UNSET
    over_at: int | UnsetType = UNSET


class StaffWelcome(Message, frozen=True, tag="welcome"):
    """Sent after hello and after resync."""

    epoch: str
    rev: Rev
    state: StaffState
    name: str
    role: Role
    heartbeat_ms: int
    now: int


class StaffEvent(Message, frozen=True, tag="event"):
    """What happened, with the state that came of it, so that any screen is right after any frame.
    `by`: the display name of who did it, empty for the server itself."""

    rev: Rev
    prev: Rev
    kind: str
    by: str
    at: int
    state: StaffState
    item: int | UnsetType = UNSET
    participant: int | UnsetType = UNSET


class Done(Message, frozen=True, tag="done"):
    """The command is durable (or was so already)."""

    cid: str
    rev: Rev


class CommandRefused(Message, frozen=True, tag="refused"):
    """Nothing happened; `why` says what did. `retry_ms`: it may be done after so long. `reason`:
    which of the sentences of its code; `number`: the one that it tells."""

    cid: str
    code: CommandCode
    rev: Rev
    why: str
    retry_ms: int | UnsetType = UNSET
    reason: Reason | UnsetType = UNSET
    number: int | UnsetType = UNSET


class QuestionTally(Part, frozen=True):
    """`counts`: answers for each option in guide order; or for each number, as text. Muted people
    are left out of live views."""

    question: int
    answered: int
    counts: dict[str, int]
    other: int = 0


class PersonTally(Part, frozen=True):
    """One participant: `number` in order of joining, `pid` as on the link. `late`: how many of
    their answers came after the close; `gone_at`: since when they are away, ms."""

    number: int
    pid: str
    here: bool
    answered: int
    percent_answered: int | None
    percent_while_present: int | None
    muted: bool = False
    removed: bool = False
    late: int = 0
    gone_at: int | UnsetType = UNSET


class Asking(Part, frozen=True):
    """Somebody asks to move a link to another device. `since`: seconds ago."""

    participant: int
    pid: str
    letters: str
    since: float


class Moment(Part, frozen=True):
    """A quarter of a minute that is over: when it began (ms), who was here at its end, and how many
    answers came in it."""

    at: int
    here: int
    answers: int


class Tally(Message, frozen=True, tag="tally"):
    """Where things stand, at most four times a second, as state. `questions`, `people` and `curve`:
    those that changed since this screen's last tally, all of them in the first. `looking`: the
    names of the staff whose screens are open. Estimates: present, waiting, the curve."""

    rev: Rev
    aseq: int
    joined: int
    present: int
    waiting: int
    asked: int
    questions: list[QuestionTally]
    people: list[PersonTally]
    asking: list[Asking] = []
    damaged: int = 0
    curve: list[Moment] = []
    looking: list[str] = []


FromParticipant = Hello | Answer | Resync | Grant | Beat
ToParticipant = (
    Challenge
    | Lobby
    | Welcome
    | EventFrame
    | Accepted
    | Refused
    | MineFrame
    | Pulse
    | Degraded
    | Takeover
    | Drain
    | Bye
)
FromStaff = StaffHello | Command | Resync | Beat
ToStaff = StaffWelcome | StaffEvent | Done | CommandRefused | Tally | Beat | Drain | Bye


# --- joining, over HTTP -------------------------------------------------------------------------


class Join(Part, frozen=True):
    """Body of `POST join`. `proof` is absent only where the browser can make no key."""

    attempt: Attempt
    pid: Raw | UnsetType = UNSET
    proof: Proof | UnsetType = UNSET


class Check(Part, frozen=True):
    """Body of `POST check`."""

    pid: Raw | UnsetType = UNSET


class Nonce(Part, frozen=True):
    """Answer of `POST nonce`: good for one proof within `expires_in` seconds."""

    nonce: str
    expires_in: int


class About(Part, frozen=True):
    """Answer of `GET /api/c/SLUG`: what anybody may know. Seconds: `starts_in`, `ended_ago`, and
    `ends_in` until a flex ends by itself."""

    title: str
    phase: Phase
    links: Literal["unique", "single"]
    zone: str
    duration: int
    max_participants: int
    starts_in: float | None
    now: int
    ended_ago: float | UnsetType = UNSET
    ends_in: float | UnsetType = UNSET


class Damaged(Part, frozen=True):
    """Body of `POST damaged`: a page saw a link that was damaged. It carries nothing of it."""


class TakeoverAsked(Part, frozen=True):
    """Answer of `POST takeover` (body: as `join`, with a proof for `takeover`): show these letters;
    repeat `join` every 5 s. `moves_in`: seconds until the first device gives way if it stays away;
    left out if it never does."""

    letters: str
    expires_in: int
    moves_in: int | UnsetType = UNSET


class Ready(Part, frozen=True):
    """Answer of `POST check`."""

    ready: bool
    phase: Phase


class Joined(Part, frozen=True):
    """Answer of `POST join`: the link works on this device. `assurance` says how it is known."""

    assurance: Literal["key", "cookie"]
    welcome: Welcome


class Refusal(Part, frozen=True):
    """Any HTTP refusal. `reason` tells `other_device` further: five devices already, or another one
    that may be asked; to staff it names the sentence. `number`: what the sentence tells."""

    code: str
    why: str
    retry_ms: int | UnsetType = UNSET
    reason: Literal["five_devices", "may_ask"] | Reason | UnsetType = UNSET
    number: int | UnsetType = UNSET


# --- bytes --------------------------------------------------------------------------------------


class _WithAid(Struct, frozen=True):
    aid: Aid


_participant: msgspec.json.Decoder[FromParticipant] = msgspec.json.Decoder(FromParticipant)
_staff: msgspec.json.Decoder[FromStaff] = msgspec.json.Decoder(FromStaff)
_aid = msgspec.json.Decoder(_WithAid)
_encoder = msgspec.json.Encoder()


def encode(message: Struct) -> bytes:
    """The message as UTF-8 JSON."""
    return _encoder.encode(message)


def decode_participant(frame: bytes | str) -> FromParticipant:
    """A participant's frame. Malformed or UnknownMessage if it is none."""
    return _decode(frame, _participant)


def decode_staff(frame: bytes | str) -> FromStaff:
    """A staff screen's frame. Malformed or UnknownMessage if it is none."""
    return _decode(frame, _staff)


def decode_body(data: bytes, kind: type[T]) -> T:
    """The JSON body of a request as this struct. Malformed if it is none."""
    return _decode(data, msgspec.json.Decoder(kind))


def is_larger(frame: bytes | str, most: int) -> bool:
    """Whether the frame has more than `most` bytes on the wire."""
    if isinstance(frame, str) and len(frame) <= most < 4 * len(frame):
        return len(frame.encode()) > most
    return len(frame) > most


def readable_aid(frame: bytes | str) -> str | None:
    """The aid of a frame that is no valid answer, if it has one: then the answer is refused and the
    socket stays."""
    try:
        return _decode(frame, _aid).aid
    except (Malformed, UnknownMessage):
        return None


def depth_is_bounded(data: bytes) -> bool:
    """Whether no object or array lies deeper than 16. Counted over the bytes, strings left out,
    before any parser sees them."""
    depth = 0
    in_string = escaped = False
    for byte in data:
        if in_string:
            if escaped:
                escaped = False
            elif byte == _BACKSLASH:
                escaped = True
            elif byte == _QUOTE:
                in_string = False
        elif byte == _QUOTE:
            in_string = True
        elif byte in _OPENING:
            depth += 1
            if depth > MAX_DEPTH:
                return False
        elif byte in _CLOSING:
            depth -= 1
    return True


_QUOTE, _BACKSLASH = b'"\\'
_OPENING, _CLOSING = b"{[", b"}]"


def _decode(frame: bytes | str, decoder: msgspec.json.Decoder[T]) -> T:
    try:
        data = frame.encode() if isinstance(frame, str) else frame
    except UnicodeEncodeError as error:
        raise Malformed("text that is not well-formed") from error
    if data.count(b"{") + data.count(b"[") > MAX_DEPTH and not depth_is_bounded(data):
        raise Malformed("nested too deep")
    try:
        return decoder.decode(data)
    except msgspec.ValidationError as error:
        if str(error).endswith("- at `$.t`") and str(error).startswith("Invalid value"):
            raise UnknownMessage("unknown t") from error
        raise Malformed("not a message of this protocol") from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise Malformed("not JSON") from error
