"""Erasing a conversation: every row of it goes. The store overwrites what its files held."""

from __future__ import annotations

from sqlalchemy import Connection, delete, select, update

from turnout.domain.refusals import Refused
from turnout.storage import audit as book
from turnout.storage.schema import (
    answer,
    attendance,
    audit,
    command,
    conversation,
    device,
    event,
    link,
    participant,
    run_end,
    seat,
    takeover,
)
from turnout.storage.stream import Held

RUNNING = Refused("phase", "People can answer in it now. End it first.", reason="erase_running")


def erase(connection: Connection, held: Held, by: str) -> Refused | None:
    """Delete everything that belongs to it. That it was erased, and by whom, stays written down,
    without saying what it was."""
    if held.state.phase in ("live", "flex"):
        return RUNNING
    people = select(participant.c.id).where(participant.c.conversation == held.id)
    connection.execute(
        update(audit)
        .where(audit.c.conversation == held.id)
        .values(conversation=None, participant=None)
    )
    for table in (takeover, attendance):
        connection.execute(delete(table).where(table.c.participant.in_(people)))
    links = select(link.c.id).where(link.c.conversation == held.id)
    connection.execute(delete(run_end).where(run_end.c.link.in_(links)))
    for table in (answer, seat, device, participant, link, command, event):
        connection.execute(delete(table).where(table.c.conversation == held.id))
    connection.execute(delete(conversation).where(conversation.c.id == held.id))
    book.note(connection, held.now, by, "erased", None)
    return None
