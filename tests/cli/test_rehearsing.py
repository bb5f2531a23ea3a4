"""`turnout rehearse`: the command around the rehearsal; the rehearsal itself is in
tests/rehearsal."""

import asyncio
import json
import signal
import socket
import sys
from pathlib import Path

import httpx
import pytest

from tests.cli.running import environment, server, turnout
from tests.rehearsal.examples import ANSWERS, GUIDE
from tests.web.front import front


@pytest.fixture
def talk(tmp_path: Path) -> tuple[Path, Path]:
    """A guide, and what four people answer."""
    guide, answers = tmp_path / "talk.yaml", tmp_path / "answers.csv"
    guide.write_bytes(GUIDE)
    answers.write_bytes(ANSWERS)
    return guide, answers


async def test_a_rehearsal_of_its_own_server_counts_in_words_and_keeps_the_files(
    tmp_path: Path, talk: tuple[Path, Path]
) -> None:
    guide, answers = talk
    kept = tmp_path / "kept"
    outcome = await turnout("rehearse", guide, "--answers", answers, "-o", kept, "--seed", "7")
    assert outcome.code == 0, outcome.err + outcome.out
    assert outcome.out.strip()
    assert (kept / "participant_data.csv").exists()


async def test_faults_are_told_in_words_and_as_counts(
    tmp_path: Path, talk: tuple[Path, Path]
) -> None:
    guide, answers = talk
    command = ("rehearse", guide, "--answers", answers, "--faults", "late=1,second-device=2")
    outcome = await turnout(*command)
    assert outcome.code == 0, outcome.err + outcome.out
    assert "late: 1 joined late, 1 let in" in outcome.out
    counted = (await turnout(*command, "--json")).json["faults"]
    assert list(counted) == ["late", "second-device"]
    assert set(counted["second-device"].values()) == {2}


async def test_a_rehearsal_on_a_running_server_takes_its_token_from_the_data_folder(
    tmp_path: Path, talk: tuple[Path, Path]
) -> None:
    guide, answers = talk
    async with server(tmp_path / "data") as running:
        where = ("--server", running.address, "--data", running.data)
        outcome = await turnout("rehearse", guide, "--answers", answers, *where, "--json")
        assert outcome.code == 0, outcome.err + outcome.out
        assert outcome.json["joined"] == 4
        refused = await turnout(
            "rehearse", guide, "--answers", answers, *where, TURNOUT_TOKEN="wrong"
        )
        assert refused.code == 3
        assert len(refused.err.splitlines()) == 1


async def test_a_rehearsal_that_cannot_be_planned_says_why(
    tmp_path: Path, talk: tuple[Path, Path]
) -> None:
    guide, answers = talk
    empty = tmp_path / "empty.csv"
    empty.write_bytes(b"")
    nowhere = ("--server", "http://127.0.0.1:9", "--data", tmp_path / "none")
    for arguments, word in (
        ((guide, "--answers", empty), ""),
        ((guide, "--answers", answers, "--faults", "flood"), "second-device"),
        ((guide, "--answers", answers, "--faults", "late=9"), "only 4 take part"),
        ((guide, "--answers", answers, *nowhere), "TURNOUT_TOKEN"),
        ((guide, "--answers", tmp_path / "missing.csv"), "can't be read"),
    ):
        outcome = await turnout("rehearse", *arguments)
        assert (outcome.code, outcome.out) == (1, "")
        assert outcome.err.strip()
        assert word in outcome.err


async def test_a_server_that_is_not_there_is_out_of_reach(
    tmp_path: Path, talk: tuple[Path, Path]
) -> None:
    guide, answers = talk
    where = ("--server", "http://127.0.0.1:9")
    outcome = await turnout("rehearse", guide, "--answers", answers, *where, TURNOUT_TOKEN="x")
    assert outcome.code == 3
    assert outcome.err.strip()


async def test_sigterm_takes_the_rehearsals_own_server_along(
    tmp_path: Path, talk: tuple[Path, Path]
) -> None:
    guide, answers = talk
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    words = ["rehearse", str(guide), "--answers", str(answers), "--speed", "1"]
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "turnout.cli",
        *words,
        env=environment(TMPDIR=str(scratch)),
        stderr=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    while not (found := list(scratch.glob("turnout-rehearsal-*/data/server.json"))):
        assert process.returncode is None
        await asyncio.sleep(0.05)
    url = json.loads(found[0].read_text())["url"]
    process.send_signal(signal.SIGTERM)
    _, told = await asyncio.wait_for(process.communicate(), 60)
    assert (process.returncode, told) == (3, b"The rehearsal was stopped before its end.\n")
    assert list(scratch.iterdir()) == []
    async with httpx.AsyncClient(trust_env=False) as client:
        with pytest.raises(httpx.ConnectError):
            await client.get(url)


@pytest.mark.parametrize("cut", [False, True], ids=["passed on", "cut off"])
async def test_a_rehearsal_is_held_below_a_path(
    tmp_path: Path, talk: tuple[Path, Path], cut: bool
) -> None:
    guide, answers = talk
    async with front("/our/town", cut=cut) as before:
        async with server(tmp_path / "data", "--public", before.address) as running:
            before.lead_to(running.address)
            assert f"{before.address}/console/first-run#" in await running.says("first time")
            where = ("--server", f"{before.address}/", "--data", running.data)
            outcome = await turnout("rehearse", guide, "--answers", answers, *where, "--json")
            assert outcome.code == 0, outcome.err + outcome.out
            assert outcome.json["joined"] == 4
        assert before.lost == []


async def test_a_server_of_its_own_has_no_other_servers_settings(
    tmp_path: Path, talk: tuple[Path, Path]
) -> None:
    guide, answers = talk
    with socket.create_server(("127.0.0.1", 0)) as taken:
        others = {
            "TURNOUT_PUBLIC": "http://localhost:9/nowhere",
            "TURNOUT_METRICS_PORT": str(taken.getsockname()[1]),
        }
        outcome = await turnout("rehearse", guide, "--answers", answers, "--json", **others)
    assert outcome.code == 0, outcome.err + outcome.out
    assert outcome.json["joined"] == 4
