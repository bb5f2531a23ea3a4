"""What a conversation's events come to. Folded once and kept, as far as they are committed.

The rev that a transaction reads from the conversation's row says whether what is kept is still true
there; what is missing is loaded from the events. So an old reading, another process's event and a
commit that failed can't do harm.
"""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select

from turnout.domain.conversation import Conversation
from turnout.domain.events import Recorded, apply, fold
from turnout.storage.events import recorded
from turnout.storage.schema import event

MAX_KEPT = 1_000
_stream = (
    event.c.rev,
    event.c.prev,
    event.c.at,
    event.c.kind,
    event.c.body,
    event.c.by,
)


class States:
    """Of one store. `at` may be called in any thread, `keep` in the loop's only. `restored_at`:
    when the store was last restored (milliseconds, 0 = never), set before anything is read."""

    def __init__(self) -> None:
        self.restored_at = 0
        self._kept: dict[int, Conversation] = {}
        self._erased: set[int] = set()

    def at(self, connection: Connection, conversation: int, rev: int) -> Conversation:
        """The state after the event `rev`, which this transaction has seen in the row."""
        kept = self._kept.get(conversation)
        if kept is None or kept.rev > rev:
            return self.dated(fold(events_between(connection, conversation, 0, rev)))
        if kept.rev < rev:
            for missed in events_between(connection, conversation, kept.rev, rev):
                kept = apply(kept, missed)
        return kept

    def dated(self, state: Conversation) -> Conversation:
        """The state with what no event says."""
        return replace(state, restored_at=self.restored_at)

    def keep(self, conversation: int, state: Conversation) -> None:
        """Remember a state that is committed, unless the conversation was forgotten."""
        if conversation in self._erased:
            return
        kept = self._kept.pop(conversation, None)
        if kept is not None and kept.rev > state.rev:
            state = kept
        elif kept is None and len(self._kept) >= MAX_KEPT:
            del self._kept[next(iter(self._kept))]
        self._kept[conversation] = state

    def forget(self, conversation: int) -> None:
        """It was erased; whoever still reads it must not bring it back."""
        self._erased.add(conversation)
        self._kept.pop(conversation, None)


def events_between(
    connection: Connection, conversation: int, after: int, until: int | None = None
) -> tuple[Recorded, ...]:
    """The events behind `after`, in order; up to `until` if it is given."""
    query = select(*_stream).where(event.c.conversation == conversation, event.c.rev > after)
    if until is not None:
        query = query.where(event.c.rev <= until)
    return recorded(connection.execute(query.order_by(event.c.rev)))
