"""Robots answer through a bad network to a server that is killed, stopped and told to go: nothing
that was acknowledged is lost, nothing counts twice, everybody comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.nemesis import NETWORK, campaign, crowd
from tests.faults.proxy import proxy
from tests.faults.stage import Talk, on_stage


async def test_nothing_is_lost_whatever_happens(tmp_path: Path) -> None:
    async with (
        on_stage(tmp_path / "data") as stage,
        proxy(("127.0.0.1", stage.port), seed=1) as network,
    ):
        talk = Talk(stage)
        nemesis = await campaign(talk, network, people=5, rounds=8, seed=1)
        await talk.leave()
    assert not talk.history.violations
    assert set(nemesis.did.values()) == {1}
    fates = talk.history.fates()
    assert fates["accepted"] >= 5 * 8
    assert fates["unknown"] == 0


@pytest.mark.long
async def test_everybody_is_on_the_current_question_in_time(tmp_path: Path) -> None:
    async with (
        on_stage(tmp_path / "data") as stage,
        proxy(("127.0.0.1", stage.port), seed=1) as network,
    ):
        talk = Talk(stage)
        nemesis = await crowd(talk, network, people=12, seconds=12, seed=1)
        await talk.leave()
    assert not talk.history.violations
    assert set(nemesis.did) == NETWORK
