"""One robot, with a connection that only takes notes."""

from __future__ import annotations

import httpx
import pytest
from msgspec import UNSET

from tests.rehearsal.examples import ITEMS, eventually
from tests.rehearsal.robot_stage import JOINED, Porter, Stage, answers, opened, welcome
from turnout import wire
from turnout.rehearsal.outgoing import MAX_A_SECOND


async def test_it_joins_when_the_lobby_says_live(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    notes = await stage.connected()
    stage.tell(wire.Challenge("n1", 0), wire.Lobby("published", 9.0, 1))
    assert stage.robot._joining is None
    stage.tell(wire.Lobby("live", None, 1), wire.Lobby("live", None, 2))
    await eventually(lambda: bool(notes.sent))
    (hello,) = notes.sent
    assert isinstance(hello, wire.Hello)
    assert (hello.link, hello.resume) == ("p1", UNSET)
    before = stage.robot.joined
    stage.tell(welcome(3))
    assert (before, stage.robot.joined) == (False, True)
    assert stage.robot.connected
    assert stage.ledger.joined == 1
    await stage.over()


async def test_a_join_without_any_answer_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    slow = wire.Refusal("slow_down", "busy", retry_ms=1)
    stage = Stage(monkeypatch, Porter(httpx.ReadError("gone"), slow, JOINED))
    await stage.inside()
    assert stage.ledger.troubled == 0
    await stage.over()


@pytest.mark.parametrize(
    ("answer", "words"),
    [(wire.Malformed("not JSON"), "cannot be read"), (wire.Refusal("full", "x"), "full")],
)
async def test_a_join_that_cannot_succeed_ends_it(
    monkeypatch: pytest.MonkeyPatch, answer: wire.Refusal | Exception, words: str
) -> None:
    stage = Stage(monkeypatch, Porter(answer))
    await stage.connected()
    stage.tell(wire.Lobby("live", None, 1))
    await stage.task
    assert words in stage.robot.gone
    assert words in stage.ledger.troubles[0]


async def test_who_comes_when_it_is_over_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    stage = Stage(monkeypatch, Porter())
    await stage.connected()
    stage.tell(wire.Lobby("ended", None, 1))
    await stage.task
    assert "over before it joined" in stage.robot.gone


async def test_it_comes_back_with_what_was_not_acknowledged(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    notes = await stage.inside()
    stage.tell(opened(2))
    await eventually(lambda: bool(answers(notes)))
    stage.failures = 2
    notes.close(1006)
    again = await stage.connected(2)
    assert stage.ledger.reconnects == 3
    assert not stage.robot.connected
    stage.tell(wire.Challenge("n2", 0))
    (hello,) = again.sent
    assert isinstance(hello, wire.Hello)
    assert hello.resume == wire.Resume("e1", 2)
    item = wire.Item(2, "open_text", 2, "?")
    stage.tell(welcome(2, (wire.Seen(item, "open"),)))
    assert answers(again) == answers(notes)
    await stage.over()


async def test_a_challenge_that_comes_with_the_handshake_is_answered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    notes = await stage.inside()
    stage.early = wire.Challenge("n2", 0)
    notes.close(1006)
    again = await stage.connected(2)
    await eventually(lambda: bool(again.sent))
    assert isinstance(again.sent[0], wire.Hello)
    await stage.over()


@pytest.mark.parametrize("code", [1000, 4404, 4411])
async def test_a_stopping_code_is_never_followed_by_another_connection(
    monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    notes = await stage.inside()
    stage.tell(wire.Bye(code, "so long"))
    notes.close(code)
    await stage.task
    assert len(stage.connections) == 1
    assert f"closed with {code} (so long)" in stage.robot.gone
    assert stage.ledger.troubled == 1


async def test_no_more_than_eight_answers_leave_in_a_second(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    notes = await stage.inside()
    stage.tell(*(opened(rev) for rev in range(2, 13)))
    await eventually(lambda: len(stage.robot.participant.outbox) == 11)
    assert len(answers(notes)) == MAX_A_SECOND
    assert "pump" in stage.robot._timers
    stage.clock.now = 1.0
    stage.robot._pump()
    assert len(answers(notes)) == 11
    await stage.over()


async def test_no_more_than_sixteen_answers_wait_for_their_acknowledgement(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    notes = await stage.inside()
    stage.tell(*(opened(rev) for rev in range(2, 22)))
    await eventually(lambda: len(stage.robot.participant.outbox) == 20)
    for second in (1, 2, 3):
        stage.clock.now = second * 1.5
        stage.robot._pump()
    assert len(answers(notes)) == 16
    first = answers(notes)[0].aid
    stage.tell(wire.Accepted(first, 1, wire.Progress(20, 1, 5)))
    assert len(answers(notes)) == 17
    await stage.over()


async def test_an_answer_that_has_to_wait_does_not_hold_up_the_next(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    notes = await stage.inside()
    stage.tell(opened(2))
    await eventually(lambda: len(answers(notes)) == 1)
    stage.tell(wire.Refused(answers(notes)[0].aid, "retry", "busy", retry_ms=30), opened(3))
    await eventually(lambda: len(answers(notes)) == 2)
    assert answers(notes)[1].question == 3
    stage.clock.now = 0.03
    await eventually(lambda: len(answers(notes)) == 3)
    assert answers(notes)[2] == answers(notes)[0]
    await stage.over()


async def test_a_gap_asks_for_a_resync_at_most_every_two_seconds(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    notes = await stage.inside()
    stage.clock.now = 10.0
    stage.tell(opened(5), opened(6), wire.Pulse(7, 0))
    assert [m for m in notes.sent if isinstance(m, wire.Resync)] == [wire.Resync("e1", 1)]
    stage.clock.now = 12.0
    stage.tell(wire.Pulse(7, 0), wire.Pulse(1, 0))
    assert sum(isinstance(m, wire.Resync) for m in notes.sent) == 2
    await stage.over()


async def test_it_beats_and_gives_a_silent_connection_up(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    notes = await stage.inside()
    stage.robot._timers["beat"].cancel()
    stage.robot._beat()
    assert notes.sent[-1] == wire.Beat(1)
    stage.clock.now = 40.1
    stage.robot._timers["beat"].cancel()
    stage.robot._beat()
    assert notes.aborted
    await stage.connected(2)
    await stage.over()


async def test_what_is_no_message_is_told_and_what_is_new_ignored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    await stage.inside()
    stage.tell(b'{"t": "novelty"}', wire.Degraded("away", 100))
    assert (stage.ledger.ignored, stage.ledger.troubled) == (2, 0)
    stage.tell(b'{"t": "beat", "rev": "x"}', b"{")
    assert ["no message" in stage.ledger.troubles[0], "no JSON" in stage.ledger.troubles[1]] == [
        True,
        True,
    ]
    await stage.over()


async def test_an_answer_from_another_device_is_taken_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stage = Stage(monkeypatch, Porter(JOINED))
    await stage.inside()
    body, progress = wire.Body(text="y"), wire.Progress(1, 1, 100)
    stage.tell(wire.MineFrame(ITEMS[2].id, "b1", 1, body, progress))
    assert stage.robot.participant.kept[ITEMS[2].id].aid == "b1"
    await stage.over()
