"""Conversations in a real store, and people who are in them, for tests of the services."""

from __future__ import annotations

import secrets
import uuid

from tests.domain.examples import GUIDE
from tests.services.recorder import Recorder
from turnout import wire
from turnout.domain.conversation import LinkKind, Settings
from turnout.domain.devices import Asking
from turnout.domain.refusals import Refused
from turnout.metrics import Metrics
from turnout.ports import Joining, Located, Randomness, Store
from turnout.services.guessing import Guessing
from turnout.services.hellos import Hellos
from turnout.services.joining import cookie_mac
from turnout.services.moderating import Moderation
from turnout.services.organising import NotCreated, Organising
from turnout.services.rooms import Room, Rooms
from turnout.services.visits import Handshake, Node, Visit

COOKIE = "c" * 32


def aid() -> str:
    """A new id of an answer or a command."""
    return str(uuid.uuid4())


def node() -> Node:
    """A process that nobody else uses."""
    return Node(Hellos(), Guessing(lambda: 0), Metrics())


async def made(
    store: Store, *, links: LinkKind = "unique", randomness: Randomness = secrets.token_bytes
) -> Located:
    """A draft with three links."""
    organising = Organising(store, randomness)
    located = await organising.create(Settings("Talk", 3, links=links), GUIDE, None)
    assert not isinstance(located, NotCreated)
    return located


async def command(store: Store, rooms: Rooms, room: Room, *ops: wire.Op) -> None:
    """Moderator's commands that succeed."""
    for op in ops:
        done = await Moderation(store, rooms, secrets.token_bytes).command(
            room, wire.Command(aid(), op), name="Ada", role="moderator"
        )
        assert isinstance(done, wire.Done), done


async def answered(visit: Visit, *frames: bytes | str) -> None:
    """Send answers, one after the other; each is accepted or refused before the next."""
    for frame in frames:
        await visit.receive(frame)
        await visit._answering.answered()


async def arrived(
    store: Store, rooms: Rooms, room: Room, pid: str, *, tab: int = 1
) -> tuple[Visit, Recorder]:
    """A participant without a key who joined with this link and said hello."""
    mac = cookie_mac(COOKIE, pid)
    assert mac is not None
    joined = await store.join(Joining(room.id, pid, Asking(None, mac, "0" * 32), mac, None))
    assert not isinstance(joined, Refused)
    connection = Recorder()
    shake = Handshake("http://x", COOKIE, "nonce")
    visit = Visit(room, rooms, store, connection, shake, node())
    visit.begin()
    await visit.receive(wire.encode(wire.Hello(tab, link=pid)))
    return visit, connection
