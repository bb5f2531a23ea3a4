"""What tests of the store begin with: a clock to turn, a guide, people with links."""

from __future__ import annotations

import itertools
import os
import uuid
from dataclasses import dataclass, field

from turnout.domain import commands
from turnout.domain.answers import Body, Offer
from turnout.domain.commands import Command
from turnout.domain.conversation import Conversation, Settings
from turnout.domain.deciding import decide
from turnout.domain.devices import Asking, Assurance
from turnout.domain.guide import (
    Item,
    Message,
    MultipleChoice,
    Number,
    OpenText,
    Option,
    Scale,
    SingleChoice,
)
from turnout.domain.links import make_pid
from turnout.domain.refusals import Refused
from turnout.ports import (
    Arriving,
    Asked,
    AskingOver,
    Decided,
    Joining,
    Located,
    NewConversation,
    Participant,
    Settled,
    Store,
)

SECOND = 1_000
MINUTE = 60 * SECOND
NINE_O_CLOCK = 1_764_061_200_000

OPEN, SINGLE, MULTIPLE, SCALE, NUMBER, WELCOME = 2, 3, 4, 5, 6, 1
GUIDE = (
    Item(WELCOME, "Bienvenue ! ようこそ. مرحبا بكم", Message()),
    Item(OPEN, "What worries you most about AI?", OpenText(), section="Worries", tag="w1"),
    Item(
        SINGLE,
        "क्या आप सहमत हैं?",
        SingleChoice((Option("हाँ"), Option("नहीं"), Option("None", exclusive=True)), other=True),
        duration=90,
    ),
    Item(MULTIPLE, "Which of these?", MultipleChoice((Option("A"), Option("B")), randomize=True)),
    Item(SCALE, "How sure?", Scale(1, 5, "not at all", "entirely"), onboarding=True),
    Item(NUMBER, "How many hours?", Number(0, 24, 0.5), notes="Ask slowly."),
)

TEXTS = (
    "أخشى أن يفقد الناس وظائفهم",
    "我担心隐私和数据安全",
    "मुझे लगता है कि इससे शिक्षा बेहतर होगी",
    "Acho que pode ajudar na saúde",
    "Боюсь, что людям перестанут доверять",
    "No confío en quienes la controlan — «ni un poco»",
    "人々の仕事がなくなることが心配です 👩🏽‍🚀",
    "ฉันกังวลเรื่องข่าวปลอม",
    'It\'s =SUM(A1) "quoted"\r\nand on a second line',
)


class Time:
    """The store's clock, in the test's hands."""

    def __init__(self) -> None:
        self.now = NINE_O_CLOCK

    def __call__(self) -> int:
        return self.now

    def pass_by(self, milliseconds: int) -> None:
        self.now += milliseconds


def new_id() -> str:
    return str(uuid.uuid4())


def text(number: int) -> Body:
    return Body(text=TEXTS[number % len(TEXTS)])


def offer(question: int = OPEN, base: int = 0, body: Body | None = None) -> Offer:
    return Offer(new_id(), question, base, body or text(0))


def code(outcome: object) -> str:
    assert isinstance(outcome, Refused), outcome
    return outcome.code


def done(outcome: object) -> Decided:
    assert isinstance(outcome, Decided), outcome
    return outcome


def kinds(decided: Decided) -> list[str]:
    """What the events are, in order."""
    return [recorded.event.kind for recorded in decided.events]


@dataclass
class Device:
    """A browser: the key that it made, and the cookie that it was given."""

    key: str | None = field(default_factory=new_id)
    attempt: str = field(default_factory=lambda: uuid.uuid4().hex)
    cookie: str | None = None


@dataclass
class Scene:
    """A conversation with people, in a store."""

    store: Store
    time: Time
    located: Located
    pids: tuple[str, ...]
    _cids: itertools.count[int] = field(default_factory=itertools.count)

    @property
    def id(self) -> int:
        return self.located.id

    async def state(self) -> Conversation:
        found = await self.store.find(self.located.slug)
        assert found is not None
        return found.conversation

    async def command(self, command: Command, cid: str = "") -> Decided | Refused:
        return await self.store.decide(
            self.id,
            lambda state, facts: decide(state, command, facts.now),
            by="Mona",
            cid=cid or self.cid(),
        )

    async def go_live(self) -> None:
        done(await self.command(commands.Publish()))
        done(await self.command(commands.Start()))

    async def send(self, item: int) -> None:
        done(await self.command(commands.Send(item)))

    async def join(
        self, pid: str | None, device: Device, *, nonce: str | None = None
    ) -> Assurance | Refused:
        """A tap on Join; the browser keeps the cookie that the answer carries."""
        kept = device.cookie or f"cookie-{new_id()}"
        asking = Asking(device.key, device.cookie, device.attempt)
        spent = new_id() if nonce is None and device.key is not None else nonce
        outcome = await self.store.join(Joining(self.id, pid, asking, kept, spent))
        if not isinstance(outcome, Refused):
            device.cookie = kept
        return outcome

    async def hello(
        self, pid: str | None, device: Device, *, attend: bool = True
    ) -> Participant | Refused:
        arriving = Arriving(self.id, pid, device.key, device.cookie)
        return await self.store.arrive(arriving, attend=attend)

    async def enter(self, pid: str | None, device: Device | None = None) -> Participant:
        """Join and say hello."""
        device = device or Device()
        joined = await self.join(pid, device)
        assert not isinstance(joined, Refused), joined
        participant = await self.hello(pid, device)
        assert isinstance(participant, Participant), participant
        return participant

    async def ask(
        self, pid: str | None, device: Device, *, nonce: str | None = None
    ) -> Asked | Refused | None:
        """This device asks to take the link over."""
        asking = Asking(device.key, device.cookie, device.attempt)
        return await self.store.ask_takeover(AskingOver(self.id, pid, asking, nonce or new_id()))

    async def asked(self, pid: str | None, device: Device) -> Asked:
        asked = await self.ask(pid, device)
        assert isinstance(asked, Asked), asked
        return asked

    async def release(self, who: int | str, cid: str = "") -> Decided | Refused:
        return await self.store.release(self.id, who, by="Mona", cid=cid or self.cid())

    async def mute(self, who: int, cid: str = "") -> Decided | Refused:
        return await self.store.mute(self.id, who, by="Mona", cid=cid or self.cid())

    async def unmute(self, who: int, cid: str = "") -> Decided | Refused:
        return await self.store.unmute(self.id, who, by="Mona", cid=cid or self.cid())

    async def remove(self, who: int, cid: str = "") -> Decided | Refused:
        return await self.store.remove(self.id, who, by="Mona", cid=cid or self.cid())

    def cid(self) -> str:
        return f"cid-{next(self._cids)}"

    async def answer(self, who: Participant, given: Offer) -> Settled:
        return await self.store.answer(self.id, who.id, given)


async def scene(store: Store, time: Time, slug: str = "worries", **changes: object) -> Scene:
    """A draft of ten unique links, unless `changes` to the settings say otherwise. `issued`: how
    many links, if not Max; `guide`: other items."""
    issued, guide = changes.pop("issued", None), changes.pop("guide", GUIDE)
    assert isinstance(guide, tuple)
    settings = Settings(**{"title": "KI & 私たち", "max_participants": 10, **changes})  # type: ignore[arg-type] # a test's own keywords
    count = issued if isinstance(issued, int) else settings.max_participants
    pids = tuple(make_pid(os.urandom(10)) for _ in range(count))
    pids = pids if settings.links == "unique" else ()
    located = await store.create(NewConversation(slug, settings, guide, pids))
    assert located is not None
    return Scene(store, time, located, pids)
