"""What was done about people, for whoever has to answer for it: codes and internal numbers, never a
pid."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection, bindparam, func, insert, select

from turnout.storage.schema import audit

What = Literal[
    "rekeyed",
    "granted",
    "released",
    "moved",
    "forgot",
    "muted",
    "unmuted",
    "removed",
    "erased",
    "took_links",
    "added_links",
]


def note(
    connection: Connection,
    at: int,
    by: str,
    what: What,
    conversation: int | None,
    participant: int | None = None,
) -> None:
    """Write it down. `by`: a staff member's name, empty for participants and the server."""
    connection.execute(
        _note,
        {"at": at, "by": by, "what": what, "conversation": conversation, "who": participant},
    )


_note = insert(audit).values(
    at=bindparam("at"),
    by=bindparam("by"),
    what=bindparam("what"),
    conversation=bindparam("conversation"),
    participant=bindparam("who"),
)


def last(connection: Connection, what: What, conversation: int) -> int | None:
    """When it was done the last time; None if never."""
    at: int | None = connection.execute(
        _last, {"what": what, "conversation": conversation}
    ).scalar_one()
    return at


_last = select(func.max(audit.c.at)).where(
    audit.c.what == bindparam("what"), audit.c.conversation == bindparam("conversation")
)
