"""What is kept of folded events is never taken for more than it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from tests.contract.scenes import GUIDE
from turnout.domain.commands import Next, Publish, Start
from turnout.domain.conversation import (
    Conversation,
    Settings,
)
from turnout.domain.deciding import decide
from turnout.domain.events import (
    fold,
)
from turnout.ports import Decided, NewConversation
from turnout.storage import conversations, states
from turnout.storage.engines import writer_engine
from turnout.storage.migrations import migrate
from turnout.storage.states import States, events_between
from turnout.storage.stream import hold


@pytest.fixture
def connection(path: Path) -> Iterator[Connection]:
    engine = writer_engine(path)
    migrate(engine)
    with engine.begin() as connection:
        yield connection
    engine.dispose()


def history(connection: Connection) -> dict[int, Conversation]:
    """The states of a conversation by rev; its id is 1."""
    new = NewConversation("a", Settings("A", 2), GUIDE, ())
    assert conversations.create(connection, States(), new, 1, b"") is not None
    for number, command in enumerate((Publish(), Start(), Next(), Next())):
        held = hold(connection, States(), 1, lambda _: 1)
        assert held is not None
        decided = conversations.decide(
            connection,
            held,
            lambda state, facts, command=command: decide(state, command, facts.now),  # type: ignore[misc]
            "",
            str(number),
            None,
        )
        assert isinstance(decided, Decided)
    events = events_between(connection, 1, 0)
    return {count: fold(events[:count]) for count in range(1, len(events) + 1)}


def test_whatever_is_kept_the_rev_of_the_row_decides(connection: Connection) -> None:
    by_rev = history(connection)
    assert len(by_rev) == 6
    for kept in (None, *by_rev.values()):
        for rev, state in by_rev.items():
            fresh = States()
            if kept is not None:
                fresh.keep(1, kept)
            assert fresh.at(connection, 1, rev) == state


def test_the_later_state_is_kept(connection: Connection) -> None:
    by_rev = history(connection)
    kept = States()
    kept.keep(1, by_rev[5])
    kept.keep(1, by_rev[3])

    assert kept.at(connection, 1, 5) is by_rev[5]


def test_the_longest_unused_make_room(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(states, "MAX_KEPT", 2)
    by_rev = history(connection)
    kept = States()
    kept.keep(1, by_rev[1])
    kept.keep(7, by_rev[1])
    kept.keep(1, by_rev[2])
    kept.keep(8, by_rev[1])

    assert kept.at(connection, 1, 2) is by_rev[2]
    with pytest.raises(ValueError, match="without events"):
        kept.at(connection, 7, 1)
