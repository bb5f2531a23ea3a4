"""The client's tests replay what this server computes today."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import client_fixtures


def test_the_committed_story_is_current() -> None:
    assert client_fixtures.main(["--check"]) == 0


def test_the_story_tells_every_kind_of_event() -> None:
    kinds = {
        step["delta"]["event"]["kind"]
        for step in client_fixtures.story()["steps"]
        if "delta" in step
    }
    assert kinds == {"opened", "message", "closed", "edited", "withdrawn", "phase"}


def test_a_stale_story_is_noticed_and_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(client_fixtures, "TARGET", tmp_path / "story.json")
    assert client_fixtures.main(["--check"]) == 1
    assert "story.json is stale" in capsys.readouterr().err
    assert client_fixtures.main([]) == 0
    assert client_fixtures.main(["--check"]) == 0
