"""The participant's side of the protocol, message by message."""

from __future__ import annotations

import pytest
from msgspec import UNSET

from tests.rehearsal.examples import ITEMS
from turnout import wire
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.participant import Participant

ONE, SEVERAL, TEXT, _ = ITEMS
HELLO = wire.Item(1, "message", 0, "Welcome.")
BODY = wire.Body(option=1)
OTHER = wire.Body(option=2)


class Table:
    """A participant, what it was asked, and its ledger."""

    def __init__(self) -> None:
        self.now = 100.0
        self.ledger = Ledger(lambda: self.now)
        self.asked: list[int] = []
        self.participant = Participant("ann", self.ledger, lambda item: self.asked.append(item.id))


def welcome(
    rev: int,
    *,
    epoch: str = "e1",
    seen: list[wire.Seen] | None = None,
    deltas: list[wire.Delta] | None = None,
    mine: list[wire.Mine] | None = None,
    progress: wire.Progress | None = None,
) -> wire.Welcome:
    mine = mine or []
    asked = max(len(mine), 1)
    return wire.Welcome(
        epoch,
        rev,
        mine,
        progress or wire.Progress(asked, len(mine), 100 * len(mine) // asked),
        25_000,
        0,
        wire.Limits(2000, 16, 32768),
        state=UNSET if seen is None else wire.State("t", "live", seen),
        deltas=UNSET if deltas is None else deltas,
    )


def opened(rev: int, item: wire.Item, prev: int | None = None) -> wire.EventFrame:
    return wire.EventFrame(rev, rev - 1 if prev is None else prev, wire.OpenedEvent(item))


def accepted(aid: str, revision: int = 1, answered: int = 1, asked: int = 1) -> wire.Accepted:
    return wire.Accepted(aid, revision, wire.Progress(asked, answered, 100 * answered // asked))


@pytest.fixture
def table() -> Table:
    table = Table()
    table.participant.welcome(welcome(1, seen=[]))
    assert table.participant.event(opened(2, ONE))
    assert table.participant.answer(ONE.id, "a1", BODY)
    return table


def test_events_apply_in_order_only(table: Table) -> None:
    participant = table.participant
    assert participant.event(opened(2, SEVERAL, prev=1))  # an old one is ignored
    assert SEVERAL.id not in participant.items
    assert not participant.event(opened(5, SEVERAL))  # one is missing
    assert participant.event(wire.EventFrame(3, 2, wire.ClosedEvent(ONE.id)))
    assert participant.event(wire.EventFrame(4, 3, wire.MessageEvent(HELLO)))
    assert participant.event(wire.EventFrame(5, 4, wire.PhaseEvent("ended")))
    assert participant.status == {ONE.id: "closed", HELLO.id: "closed"}
    assert (participant.rev, participant.phase) == (5, "ended")
    assert table.asked == [ONE.id]


def test_what_is_not_open_is_not_answered(table: Table) -> None:
    assert not table.participant.answer(ONE.id, "a2", BODY)  # one is on its way
    assert not table.participant.answer(SEVERAL.id, "a3", BODY)  # never opened
    table.participant.event(wire.EventFrame(3, 2, wire.ClosedEvent(ONE.id)))
    table.participant.accepted(accepted("a1"))
    assert not table.participant.answer(ONE.id, "a4", BODY)


def test_an_accepted_answer_is_kept_and_settled_once(table: Table) -> None:
    table.participant.outbox[ONE.id].sent_at = 99.5
    for _ in range(2):
        table.participant.accepted(accepted("a1"))
    assert table.participant.kept[ONE.id].aid == "a1"
    assert not table.participant.outbox
    assert table.ledger.accepted == 1
    assert list(table.ledger.accepted_after) == [0.5]
    assert table.ledger.settled == {ONE.number: 1}
    assert table.ledger.troubled == 0
    table.participant.answer(ONE.id, "a2", OTHER)
    assert table.participant.outbox[ONE.id].base == 1


def test_a_lost_acknowledgement_is_made_good_by_mine(table: Table) -> None:
    table.participant.disconnected()
    mine = [wire.Mine(ONE.id, "a1", 1, BODY)]
    table.participant.welcome(welcome(2, deltas=[], mine=mine))
    assert not table.participant.outbox
    assert table.ledger.accepted == 1


def test_what_mine_does_not_hold_stays_in_the_outbox(table: Table) -> None:
    pending = table.participant.outbox[ONE.id]
    pending.in_flight = True
    table.participant.disconnected()
    table.participant.welcome(welcome(2, deltas=[]))
    assert table.participant.outbox == {ONE.id: pending}
    assert not pending.in_flight
    assert table.asked == [ONE.id]  # not asked again


def test_deltas_are_applied_and_open_questions_asked(table: Table) -> None:
    deltas = [
        wire.Delta(3, 2, wire.ClosedEvent(ONE.id)),
        wire.Delta(4, 3, wire.OpenedEvent(SEVERAL)),
    ]
    table.ledger.item_sent(SEVERAL.id)
    table.now += 2
    table.participant.welcome(welcome(4, deltas=deltas))
    assert table.asked == [ONE.id, SEVERAL.id]
    assert list(table.ledger.seen_after) == [2]
    assert table.participant.rev == 4
    assert table.ledger.troubled == 0


def test_a_state_replaces_what_was_known(table: Table) -> None:
    table.ledger.item_sent(SEVERAL.id)
    seen = [wire.Seen(ONE, "withdrawn"), wire.Seen(SEVERAL, "open")]
    table.participant.welcome(welcome(9, seen=seen))
    assert table.participant.status == {ONE.id: "withdrawn", SEVERAL.id: "open"}
    assert table.participant.rev == 9
    assert len(table.ledger.seen_after) == 1
    assert SEVERAL.id in table.asked


def test_retry_keeps_the_answer_for_later(table: Table) -> None:
    pending = table.participant.outbox[ONE.id]
    pending.in_flight = True
    table.participant.refused(wire.Refused("a1", "retry", "busy", retry_ms=500))
    assert (pending.in_flight, pending.not_before) == (False, 100.5)
    table.participant.refused(wire.Refused("a1", "retry", "busy"))
    assert pending.not_before == 101.0
    assert table.ledger.refused == 0


def test_a_final_refusal_empties_the_outbox(table: Table) -> None:
    table.participant.refused(wire.Refused("a1", "closed", "too late"))
    table.participant.refused(wire.Refused("a1", "closed", "too late"))
    assert not table.participant.outbox
    assert (table.ledger.refused, table.ledger.troubled) == (1, 0)
    assert table.ledger.settled == {ONE.number: 1}


@pytest.mark.parametrize("code", ["invalid", "gone"])
def test_a_right_answer_that_is_called_wrong_is_a_trouble(
    table: Table, code: wire.AnswerCode
) -> None:
    table.participant.refused(wire.Refused("a1", code, "no"))
    assert table.ledger.troubled == 1


def test_superseded_by_an_earlier_answer_of_this_device_is_sent_again(table: Table) -> None:
    table.participant.accepted(accepted("a1"))
    table.participant.answer(ONE.id, "a2", OTHER)
    table.participant.outbox[ONE.id].base = 0
    stored = wire.Counted("a1", 1, BODY)
    table.participant.refused(wire.Refused("a2", "superseded", "x", stored=stored))
    assert table.participant.outbox[ONE.id].base == 1
    table.participant.accepted(accepted("a2", revision=2))
    assert table.participant.kept[ONE.id].body == OTHER
    assert (table.ledger.accepted, table.ledger.duplicates) == (2, [])


def test_superseded_by_another_device_shows_the_stored_one(table: Table) -> None:
    stored = wire.Counted("b9", 3, OTHER)
    table.participant.refused(wire.Refused("a1", "superseded", "x", stored=stored))
    assert not table.participant.outbox
    assert table.participant.kept[ONE.id].aid == "b9"
    assert (table.ledger.accepted, table.ledger.refused) == (0, 1)


def test_superseded_by_itself_is_accepted(table: Table) -> None:
    stored = wire.Counted("a1", 1, BODY)
    table.participant.refused(wire.Refused("a1", "superseded", "x", stored=stored))
    assert table.ledger.accepted == 1


def test_superseded_by_nothing_is_sent_on_nothing(table: Table) -> None:
    table.participant.outbox[ONE.id].base = 4
    table.participant.refused(wire.Refused("a1", "superseded", "x"))
    assert table.participant.outbox[ONE.id].base == 0


def test_only_a_higher_revision_replaces_what_is_kept(table: Table) -> None:
    table.participant.accepted(accepted("a1", revision=2))
    progress = wire.Progress(1, 1, 100)
    table.participant.mine(wire.MineFrame(ONE.id, "b1", 1, OTHER, progress))
    assert table.participant.kept[ONE.id].aid == "a1"
    table.participant.mine(wire.MineFrame(ONE.id, "b2", 3, OTHER, progress))
    assert table.participant.kept[ONE.id].aid == "b2"


def test_a_new_epoch_returns_what_was_lost_to_the_outbox(table: Table) -> None:
    table.participant.accepted(accepted("a1", revision=2))
    old = [wire.Mine(ONE.id, "a0", 1, OTHER)]
    seen = [wire.Seen(ONE, "open")]
    table.participant.welcome(welcome(1, epoch="e2", seen=seen, mine=old))
    pending = table.participant.outbox[ONE.id]
    assert (pending.aid, pending.base, pending.body) == ("a1", 1, BODY)
    assert "another epoch" in table.ledger.troubles[0]
    table.participant.accepted(accepted("a1", revision=2))
    assert table.participant.kept[ONE.id].aid == "a1"


def test_a_new_epoch_with_the_same_answer_loses_nothing(table: Table) -> None:
    table.participant.accepted(accepted("a1"))
    mine = [wire.Mine(ONE.id, "a1", 1, BODY)]
    seen = [wire.Seen(ONE, "open")]
    table.participant.welcome(welcome(1, epoch="e2", seen=seen, mine=mine))
    assert not table.participant.outbox


def test_a_new_epoch_without_the_answer_starts_from_nothing(table: Table) -> None:
    table.participant.accepted(accepted("a1"))
    table.participant.welcome(welcome(1, epoch="e2", seen=[wire.Seen(ONE, "open")]))
    assert table.participant.outbox[ONE.id].base == 0


@pytest.mark.parametrize(
    ("lie", "words"),
    [
        (lambda p: p.accepted(accepted("zz")), "never sent"),
        (lambda p: p.welcome(welcome(1, deltas=[])), "fell back from rev 2 to 1"),
        (lambda p: p.welcome(welcome(3)), "neither state nor usable deltas"),
        (
            lambda p: p.welcome(welcome(4, deltas=[wire.Delta(4, 3, wire.ClosedEvent(2))])),
            "jumps from rev 2 to one after 3",
        ),
        (
            lambda p: p.welcome(welcome(2, deltas=[], progress=wire.Progress(3, 1, 34))),
            "34 %, but 1 of 3",
        ),
    ],
)
def test_a_server_that_is_wrong_is_noticed(table: Table, lie: object, words: str) -> None:
    lie(table.participant)  # type: ignore[operator]
    assert any(words in trouble for trouble in table.ledger.troubles)


def test_a_forgotten_acknowledgement_is_noticed(table: Table) -> None:
    table.participant.accepted(accepted("a1"))
    table.participant.welcome(welcome(2, deltas=[]))
    assert "forgot an answer that it acknowledged" in table.ledger.troubles[0]


def test_progress_that_does_not_hold_what_was_acknowledged_is_noticed(table: Table) -> None:
    table.participant.accepted(accepted("a1", answered=0))
    assert "0 answered; it holds 1" in table.ledger.troubles[0]


def test_an_answer_that_counts_under_two_ids_is_a_duplicate(table: Table) -> None:
    table.participant.mine(wire.MineFrame(ONE.id, "b1", 1, OTHER, wire.Progress(1, 1, 100)))
    table.participant.accepted(accepted("a1"))
    assert len(table.ledger.duplicates) == 1
    assert "two ids, b1 and a1" in table.ledger.duplicates[0]


def test_where_it_was_is_named_once_there_is_something(table: Table) -> None:
    assert table.participant.resume == wire.Resume("e1", 2)
    assert Table().participant.resume is None
