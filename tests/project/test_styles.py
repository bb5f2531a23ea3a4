"""Styles keep what they promise to people who want no motion."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).parents[2] / "client/src/styles"
FILES = sorted(STYLES.glob("*.css"))
RULE = r"[^{}]*\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}"
CALM = re.compile(rf"@media \(prefers-reduced-motion: no-preference\) \{{(?:{RULE})*[^{{}}]*\}}")
"""What holds only for those who did not ask for less."""
TIMED = re.compile(r"\d(?:ms|s)\b")


def rules(text: str) -> str:
    """Without comments, and without the blocks for those who like motion."""
    return CALM.sub("", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_nothing_moves_for_who_wants_no_motion(path: Path) -> None:
    text = rules(path.read_text("utf-8"))
    assert "animation" not in text
    moving = re.findall(r"transition:([^;]*);", text)
    assert not [one for one in moving if TIMED.search(one)], "a token is 0 where motion is reduced"
    assert "scroll-behavior" not in text


def test_blocks_for_who_likes_motion_are_told_from_others() -> None:
    block = "@media (prefers-reduced-motion: no-preference) { a { animation: b 1s; } "
    frames = "@keyframes b { to { top: 0; } } } c { animation: d; }"
    assert "animation: d" in rules(block + frames)
    assert "animation: b" not in rules(block + frames)
