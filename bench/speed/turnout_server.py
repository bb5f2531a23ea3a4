"""Turnout as it is served, with a conversation that has begun:
`python -m bench.speed.turnout_server DATA PORT TRANSPORT PARTICIPANTS QUESTIONS CONVERSATIONS`.

It says in one line of JSON what a driver needs to know, once people can connect.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Iterable
from pathlib import Path
from typing import cast

import uvloop

from turnout import wire
from turnout.app import Turnout, serve
from turnout.cli.serving import listen
from turnout.domain.conversation import Settings as Choices
from turnout.domain.guide import Item, OpenText, Option, SingleChoice
from turnout.exports.snapshot import LinkRow
from turnout.logs import configure_logs
from turnout.ports import Located
from turnout.services import views
from turnout.services.organising import NotCreated
from turnout.settings import Settings
from turnout.transport import Transport

FRAME = 600
"""Bytes of the frame that shows a question."""


def guide(questions: int) -> tuple[Item, ...]:
    """Choices and texts by turns, each of which makes a frame of FRAME bytes."""
    return tuple(_item(number) for number in range(1, questions + 1))


def _item(number: int) -> Item:
    options = tuple(Option(text) for text in ("Much better", "Better", "Worse", "I can't say"))
    content = SingleChoice(options) if number % 2 else OpenText()
    item = Item(id=number, text="How do you see it? ", content=content)
    shown = wire.OpenedEvent(views.item_to_wire(item, number))
    spare = FRAME - len(wire.encode(wire.EventFrame(number + 10, number + 9, shown)))
    return Item(id=number, text=item.text + "x" * spare, content=content)


async def begun(turnout: Turnout, slug: str, participants: int, questions: int) -> Located:
    """A conversation that is live."""
    choices = Choices("A crowded room", max_participants=participants)
    made = await turnout.organising.create(choices, guide(questions), slug)
    if isinstance(made, NotCreated):
        raise RuntimeError(made.why)
    room = await turnout.rooms.find(slug)
    assert room is not None
    ops: tuple[wire.Op, ...] = ("publish", "start")
    for number, op in enumerate(ops):
        command = wire.Command(f"00000000-0000-4000-8000-{number:012}", op)
        await turnout.moderation.command(room, command, name="bench", role="owner")
    return made


def keep_links(data: Path, links: Iterable[LinkRow]) -> None:
    """Write the pids into `data`/links, one a line."""
    (data / "links").write_text("\n".join(row.pid for row in links), "ascii")


async def main(words: list[str]) -> int:
    """Serve until a signal."""
    data, port, transport, *numbers = words
    participants, questions, conversations = map(int, numbers)
    listener, settings = listen(Settings(Path(data), port=int(port)), None)

    @contextlib.asynccontextmanager
    async def beside(turnout: Turnout) -> AsyncIterator[None]:
        made = [
            await begun(turnout, f"room-{number}", participants, questions)
            for number in range(conversations)
        ]
        keep_links(Path(data), await turnout.store.links(made[0].id))
        gc.collect()
        said = {"pid": os.getpid(), "slug": made[0].slug, "token": turnout.token}
        print(json.dumps(said), flush=True)
        yield

    with listener:
        return await serve(settings, listener, beside=beside, transport=cast(Transport, transport))


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    configure_logs("warning")
    sys.exit(uvloop.run(main(sys.argv[1:])))
