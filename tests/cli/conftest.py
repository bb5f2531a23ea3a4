"""Guides on the disk."""

from pathlib import Path

import pytest

from tests.cli.running import GUIDE


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    """A guide without a fault."""
    path = tmp_path / "guide.yaml"
    path.write_text(GUIDE)
    return path


@pytest.fixture
def wrong_guide(tmp_path: Path) -> Path:
    """A guide with faults in rows 3 and 5."""
    path = tmp_path / "wrong.yaml"
    path.write_text("title: T\nitems:\n  - single_choice: ''\n  - open_text: Why?\n    colour: x\n")
    return path
