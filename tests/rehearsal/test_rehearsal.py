"""Whole rehearsals against a small server, honest and lying."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.rehearsal.examples import a_plan
from tests.rehearsal.fake_conversation import TOKEN, Fake
from tests.rehearsal.fake_server import COMMAND, serving
from turnout.rehearsal import Plan, RehearsalFailed, Remote, Report, Step, conductor, rehearse


async def rehearsed(
    tmp_path: Path, *lies: str, plan: Callable[[Remote], Plan] | None = None
) -> tuple[Report, Fake]:
    """A rehearsal against a server that tells these lies, without waits that serve people."""
    async with serving(tmp_path / "data", *lies) as fake:
        remote = Remote(fake.origin, TOKEN)
        planned = a_plan(remote=remote) if plan is None else plan(remote)
        return await rehearse(planned, lambda step: None), fake


async def test_an_honest_server_passes(tmp_path: Path) -> None:
    steps: list[Step] = []
    async with serving(tmp_path / "data") as fake:
        plan = a_plan(remote=Remote(fake.origin, TOKEN), out=tmp_path / "out")
        report = await rehearse(plan, steps.append)
        assert report.ok, report.details
        assert len(fake.keys) == len(fake.said_hello) == 4
    assert (report.joined, report.answers_sent, report.accepted, report.refused) == (4, 14, 14, 0)
    assert report.send_to_seen_ms.max is not None
    assert report.answer_to_accepted_ms.max is not None
    assert steps[-1].what == "files"
    assert Step("items", 6, 6) in steps


async def test_the_files_stay_in_the_folder(tmp_path: Path) -> None:
    out = tmp_path / "deep" / "out"
    await rehearsed(tmp_path, plan=lambda remote: a_plan(participants=3, remote=remote, out=out))
    with (out / "robots.csv").open(encoding="utf-8", newline="") as file:
        robots = list(csv.DictReader(file))
    assert [(row["row"], row["acknowledged"]) for row in robots] == [
        ("ann", "5"),
        ("bob", "4"),
        ("cid", "0"),
    ]
    for name in ("links.csv", "participant_data.csv", "answers.csv", "questions.csv"):
        assert robots[0]["participant_id"] in (out / name).read_text("utf-8") or "quest" in name
    assert json.loads((out / "report.json").read_text("utf-8"))["accepted"] == 9


@pytest.mark.parametrize(
    ("lie", "counts"),
    [
        ("lose", {"lost": 1}),
        ("change", {"lost": 1}),
        ("double", {"duplicated": 1}),
        ("wrong_percent", {"mismatches": 1}),
        ("miscount", {"mismatches": 1}),
    ],
)
async def test_a_lie_in_a_file_is_found(tmp_path: Path, lie: str, counts: dict[str, int]) -> None:
    report, _ = await rehearsed(tmp_path, lie)
    assert not report.ok
    found = {name: getattr(report, name) for name in ("lost", "duplicated", "mismatches")}
    assert found == {"lost": 0, "duplicated": 0, "mismatches": 0} | counts
    assert len(report.details) == 1


async def test_an_answer_that_is_acknowledged_and_forgotten_is_lost(tmp_path: Path) -> None:
    report, _ = await rehearsed(tmp_path, "forget")
    assert report.lost == 1
    assert report.mismatches > 0  # progress and counts do not add up either
    assert report.accepted == 14


async def test_wrong_progress_is_found(tmp_path: Path) -> None:
    report, _ = await rehearsed(tmp_path, "wrong_progress")
    assert report.mismatches == 14
    assert report.lost == 0


@pytest.mark.parametrize("mishap", ["retry", "drop", "skip_event", "slow_down"])
async def test_a_mishap_that_the_protocol_knows_is_made_good(tmp_path: Path, mishap: str) -> None:
    report, fake = await rehearsed(tmp_path, mishap)
    assert fake.told_lies == {mishap}
    assert report.ok, report.details
    assert report.accepted == 14


async def test_a_right_answer_that_is_refused_is_told(tmp_path: Path) -> None:
    report, _ = await rehearsed(tmp_path, "refuse")
    assert (report.refused, report.accepted, report.lost) == (1, 13, 0)
    assert report.mismatches == 1
    assert "refused as 'invalid'" in report.details[0]


async def test_a_robot_that_is_not_let_in_is_told(tmp_path: Path) -> None:
    report, _ = await rehearsed(tmp_path, "full")
    assert report.joined == 3
    assert any("could not join: full (No seat is left.)" in what for what in report.details)


async def test_a_robot_that_is_sent_away_is_told(tmp_path: Path) -> None:
    report, _ = await rehearsed(tmp_path, "expel")
    assert any("closed with 4410 (removed)" in what for what in report.details)
    assert not report.ok


async def test_a_second_moderator_is_noticed_and_the_guide_goes_on(tmp_path: Path) -> None:
    report, _ = await rehearsed(tmp_path, "moved_on")
    assert report.accepted == 14
    assert report.mismatches == 1
    assert "Next was refused with 'expect'" in report.details[0]


@pytest.mark.parametrize(
    ("lie", "words"),
    [("stuck", "Item 1 cannot be sent"), ("start", "'start' was refused: not now")],
)
async def test_where_it_cannot_go_on_it_says_so(tmp_path: Path, lie: str, words: str) -> None:
    with pytest.raises(RehearsalFailed, match=words):
        await rehearsed(tmp_path, lie)


async def test_answers_that_are_never_acknowledged_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conductor, "PATIENCE", 0.2)
    report, _ = await rehearsed(tmp_path, "deaf")
    assert (report.joined, report.answers_sent, report.accepted) == (4, 14, 0)
    told = "\n".join(report.details)
    assert "3 of 3 answers were not acknowledged within 0.2 s" in told
    assert "outboxes were still full" in told
    assert "5 answers were neither acknowledged nor refused" in told


async def test_robots_that_do_not_come_in_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(conductor, "PATIENCE", 0.2)
    report, _ = await rehearsed(tmp_path, "no_welcome")
    assert report.joined == 3
    assert "only 3 of 4 robots came in" in report.details


async def test_real_time_is_divided_by_the_speed(tmp_path: Path) -> None:
    report, _ = await rehearsed(tmp_path, plan=lambda remote: a_plan(remote=remote, speed=600))
    assert report.ok, report.details
    assert report.seconds >= 0.6  # six items, a minute each


async def test_a_server_that_refuses_the_token_is_told(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as fake:
        plan = a_plan(remote=Remote(fake.origin, "wrong"))
        with pytest.raises(RehearsalFailed, match="refused POST /: 401, Sign in first"):
            await rehearse(plan, lambda step: None)


async def test_a_server_that_is_not_there_is_told() -> None:
    plan = a_plan(remote=Remote("http://127.0.0.1:9", TOKEN))
    with pytest.raises(RehearsalFailed, match="does not answer"):
        await rehearse(plan, lambda step: None)


async def test_a_moderator_who_is_sent_away_ends_it(tmp_path: Path) -> None:
    with pytest.raises(RehearsalFailed, match="closed with 4403"):
        await rehearsed(tmp_path, "send_away")


async def test_a_server_of_its_own_is_killed_and_nothing_is_lost(tmp_path: Path) -> None:
    plan = a_plan(faults="kill=2", out=tmp_path / "out")
    report = await rehearse(plan, lambda step: None, COMMAND)
    assert report.ok, report.details
    assert (report.joined, report.accepted) == (4, 14)
    assert report.restarts == 2
    assert report.reconnects >= 4
    assert not (tmp_path / "out" / "server-data").exists()


async def test_where_something_went_wrong_the_servers_data_is_kept(tmp_path: Path) -> None:
    plan = a_plan(participants=1, out=tmp_path / "out")
    report = await rehearse(plan, lambda step: None, (*COMMAND, "--lie", "lose"))
    assert report.lost == 1
    assert (tmp_path / "out" / "server-data" / "token").exists()
    assert (tmp_path / "out" / "server.log").exists()


async def test_a_server_that_dies_by_itself_ends_it_with_its_last_words(tmp_path: Path) -> None:
    with pytest.raises(RehearsalFailed, match=r"ended by itself[^~]*no more disk"):
        await rehearse(a_plan(), lambda step: None, (*COMMAND, "--lie", "die"))
