import asyncio
import sys
from pathlib import Path

import httpx
import pytest

from tests.rehearsal.fake_server import COMMAND, PROGRAM
from turnout.rehearsal import own_server
from turnout.rehearsal.faults import Blow
from turnout.rehearsal.ledger import Ledger
from turnout.rehearsal.own_server import OwnServer
from turnout.rehearsal.staff import RehearsalFailed
from turnout.rehearsal.striker import Striker


def program(text: str) -> tuple[str, ...]:
    return (sys.executable, "-c", text)


async def test_a_new_process_serves_the_same_address_after_a_kill(tmp_path: Path) -> None:
    server = OwnServer(tmp_path / "data", tmp_path / "log", COMMAND)
    try:
        await server.start()
        url, token = server.url, server.token
        assert token == "secret-token"
        server.kill()
        async with httpx.AsyncClient(trust_env=False) as client:
            waiting = asyncio.create_task(client.get(f"{url}/healthz", timeout=20))
            await server.restart()
            # Asked while nobody served: it waited in the backlog and is answered.
            assert (await waiting).status_code == 200
        assert server.url == url
        assert not server.died.done()
    finally:
        await server.stop()
    assert not server.died.done()


async def test_a_server_that_ends_is_told_with_its_last_words(tmp_path: Path) -> None:
    server = OwnServer(tmp_path / "data", tmp_path / "log", program("print('so long')"))
    with pytest.raises(RehearsalFailed, match=r"ended by itself \(0\).*\n?.*so long"):
        await server.start()
    with pytest.raises(RehearsalFailed, match="left no token"):
        _ = server.token
    await server.stop()


async def test_a_server_that_says_nothing_is_told_so(tmp_path: Path) -> None:
    server = OwnServer(tmp_path / "data", tmp_path / "log", program("raise SystemExit(3)"))
    with pytest.raises(RehearsalFailed, match=r"ended by itself \(3\)\. It wrote nothing"):
        await server.start()
    await server.stop()


async def test_a_server_that_never_answers_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(own_server, "READY_WITHIN", 0.2)
    monkeypatch.setattr(own_server, "STOP_WITHIN", 0.2)
    stubborn = "import signal, time; signal.signal(15, signal.SIG_IGN); time.sleep(60)"
    server = OwnServer(tmp_path / "data", tmp_path / "log", program(stubborn))
    with pytest.raises(RehearsalFailed, match="not ready within"):
        await server.start()
    await server.stop()  # it insists


async def test_a_blow_falls_when_its_share_of_answers_is_there(tmp_path: Path) -> None:
    server = OwnServer(tmp_path / "data", tmp_path / "log", COMMAND)
    ledger = Ledger(lambda: 0.0)
    striker = Striker(server, ledger, [Blow(2, 0.5), Blow(2, 0.6)], {1: 4, 2: 4})
    ledger.on_settled = striker.settled
    try:
        await server.start()
        ledger.answer_accepted(1, since=0)
        ledger.answer_accepted(2, since=0)
        assert striker.left == 2
        ledger.answer_accepted(2, since=0)
        assert striker.left == 1
        ledger.answer_accepted(2, since=0)  # due, but the server is down
        assert striker.left == 1
        await striker.done()
        assert striker.restarts == 1
        ledger.answer_accepted(3, since=0)  # overdue
        assert striker.left == 0
        await striker.done()
        assert striker.restarts == 2
        ledger.answer_accepted(3, since=0)
    finally:
        await server.stop()


async def test_a_server_that_does_not_come_back_is_given_up(tmp_path: Path) -> None:
    once = (
        "import pathlib, sys; ran = pathlib.Path(sys.argv[2]) / 'ran';"
        "ran.exists() and sys.exit('not again'); ran.parent.mkdir(); ran.touch();"
    )
    server = OwnServer(tmp_path / "data", tmp_path / "log", program(once + PROGRAM))
    ledger = Ledger(lambda: 0.0)
    striker = Striker(server, ledger, [Blow(1, 0.5)], {1: 1})
    ledger.on_settled = striker.settled
    try:
        await server.start()
        ledger.answer_accepted(1, since=0)
        await striker.done()
        assert "not again" in server.died.result()
        assert striker.restarts == 0
    finally:
        await server.stop()
