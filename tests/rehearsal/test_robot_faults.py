"""One robot, and what befalls it in a rehearsal."""

from __future__ import annotations

import asyncio

import pytest
from msgspec import UNSET

from tests.rehearsal.examples import eventually
from tests.rehearsal.robot_stage import JOINED, LIMITS, Porter, Stage, answers, opened, welcome
from turnout import wire
from turnout.rehearsal.device import Device
from turnout.rehearsal.parts import Part


def closed(rev: int, question: int) -> wire.EventFrame:
    return wire.EventFrame(rev, rev - 1, wire.ClosedEvent(question))


async def test_an_answer_that_shall_be_late_leaves_at_the_close(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED), Part(late=frozenset({2})))
    notes = await stage.inside()
    stage.tell(opened(2))
    assert list(stage.robot.participant.outbox) == [2]
    stage.robot._pump()
    before = answers(notes)
    stage.tell(closed(3, 2))
    assert (before, [answer.question for answer in answers(notes)]) == ([], [2])
    assert stage.robot.outgoing.late == {2}
    assert stage.ledger.faults["late", "answered_late"] == 1
    stage.tell(wire.Accepted(answers(notes)[0].aid, 1, wire.Progress(1, 1, 100), late=True))
    assert stage.robot.participant.kept[2].late is True
    await stage.over()


async def test_a_late_answer_leaves_at_the_end_too(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, Porter(JOINED), Part(late=frozenset({2})))
    notes = await stage.inside()
    stage.tell(opened(2), wire.EventFrame(3, 2, wire.PhaseEvent("ended")))
    assert [answer.question for answer in answers(notes)] == [2]
    await stage.over()


async def test_an_acknowledgement_is_thrown_away_once_and_its_answer_sent_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED), Part(lost=frozenset({2})))
    notes = await stage.inside()
    stage.tell(opened(2))
    await eventually(lambda: bool(answers(notes)))
    (first,) = answers(notes)
    progress = wire.Progress(1, 1, 100)
    stage.tell(wire.Accepted(first.aid, 1, progress), wire.Accepted(first.aid, 1, progress))
    assert notes.aborted
    assert not stage.robot.participant.kept
    again = await stage.connected(2)
    seen = wire.Seen(wire.Item(2, "open_text", 2, "?"), "open")
    mine = [wire.Mine(2, first.aid, 1, first.body)]
    state = wire.State("t", "live", [seen])
    stage.tell(wire.Welcome("e1", 2, mine, progress, 25_000, 0, LIMITS, state=state))
    assert answers(again) == [first]
    waits = stage.robot.is_quiet
    stage.tell(wire.Accepted(first.aid, 1, progress))
    assert (waits, stage.robot.is_quiet) == (False, True)
    steps = {key: n for (name, key), n in stage.ledger.faults.items() if name == "lost-ack"}
    assert steps == {"thrown_away": 1, "resent": 1, "same_answer": 1}
    assert (stage.ledger.accepted, stage.ledger.troubles) == (1, [])
    await stage.over()


async def test_an_answer_that_was_acknowledged_in_vain_must_be_in_the_next_welcome(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED), Part(lost=frozenset({2})))
    notes = await stage.inside()
    stage.tell(opened(2))
    await eventually(lambda: bool(answers(notes)))
    stage.tell(wire.Accepted(answers(notes)[0].aid, 1, wire.Progress(1, 1, 100)))
    again = await stage.connected(2)
    stage.tell(welcome(2, (wire.Seen(wire.Item(2, "open_text", 2, "?"), "open"),)))
    assert answers(again) == answers(notes)  # by the outbox, and not once more
    assert ["not in the next welcome" in what for what in stage.ledger.troubles] == [True]
    await stage.over()


async def test_who_doubles_sends_all_but_hello_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, Porter(JOINED, JOINED), Part(doubles=True))
    notes = await stage.inside()
    assert stage.ledger.faults["double", "joined_twice"] == 1
    stage.tell(opened(2))
    await eventually(lambda: bool(answers(notes)))
    first, second = answers(notes)
    assert first == second
    assert sum(isinstance(message, wire.Hello) for message in notes.sent) == 1
    progress = wire.Progress(1, 1, 100)
    stage.tell(wire.Accepted(first.aid, 1, progress), wire.Accepted(first.aid, 1, progress))
    assert (stage.ledger.accepted, stage.ledger.duplicates) == (1, [])
    stage.tell(wire.Accepted(first.aid, 2, progress))
    assert ["one answer as revision 1 and 2" in what for what in stage.ledger.duplicates] == [True]
    await stage.over()


async def test_a_cut_socket_is_resumed(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    notes = await stage.inside()
    stage.robot.cut()
    assert (notes.aborted, stage.robot.connected) == (True, False)
    stage.robot.cut()  # it is not there to be cut
    await stage.connected(2)
    steps = stage.ledger.faults
    before = steps["drop", "resumed"]
    stage.tell(welcome(2))
    assert (steps["drop", "cut"], before, steps["drop", "resumed"]) == (1, 0, 1)
    await stage.over()


@pytest.mark.parametrize(("code", "told"), [(4410, 1), (4409, 0)])
async def test_a_link_that_moves_goes_on_with_the_next_device(
    monkeypatch: pytest.MonkeyPatch, code: int, told: int
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    notes = await stage.inside()
    stage.tell(opened(2))
    await eventually(lambda: bool(answers(notes)))
    stage.robot.moving.begin()
    stage.tell(wire.Takeover(0, 5))
    assert stage.robot.moving.was_asked
    stage.robot.grant("CDFH")
    assert notes.sent[-1] == wire.Grant("CDFH")
    if code == 4410:
        stage.tell(wire.Bye(4410, "moved", reason="released"))
    notes.close(code)
    await eventually(lambda: stage.robot.moving.is_out)
    stage.robot.moving.end(Device())
    again = await stage.connected(2)
    stage.tell(wire.Challenge("n2", 0))
    (hello,) = again.sent
    assert isinstance(hello, wire.Hello)
    assert hello.resume == UNSET  # another device knows nothing
    assert list(stage.robot.participant.outbox) == []
    assert (stage.robot.moves, stage.ledger.faults["takeover", "told"]) == (1, told)
    assert stage.ledger.troubles == []
    await stage.over()


async def test_a_link_that_moved_to_nobody_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    notes = await stage.inside()
    stage.robot.moving.begin()
    notes.close(4410)
    await eventually(lambda: stage.robot.moving.is_out)
    stage.robot.moving.end(None)
    await stage.task
    assert "could not go on" in stage.robot.gone


async def test_who_left_comes_back_with_another_answerer(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    await stage.inside()
    await stage.over()
    stage.robot.come_back(lambda item: (wire.Body(text="later"), 0))
    stage.task = asyncio.create_task(stage.robot.run())
    again = await stage.connected(2)
    stage.tell(wire.Challenge("n2", 0))
    (hello,) = again.sent
    assert isinstance(hello, wire.Hello)
    assert hello.resume == wire.Resume("e1", 1)
    items = [wire.Seen(wire.Item(2, "open_text", 1, "?"), "open")]
    deltas = [wire.Delta(2, 1, wire.PhaseEvent("flex", items))]
    progress = wire.Progress(1, 0, 0)
    stage.tell(wire.Welcome("e1", 2, [], progress, 25_000, 0, LIMITS, deltas=deltas))
    await eventually(lambda: bool(answers(again)))
    assert answers(again)[0].body == wire.Body(text="later")
    assert stage.ledger.seen_after.tolist() == []
    await stage.over()
