"""What a participant's phone loads before the first screen stays small."""

from __future__ import annotations

import gzip
import re
from importlib.resources import files

LIMIT = 45 * 1000
"""Bytes, gzipped: the page, its styles and its programs."""


def test_the_participants_first_load_is_small() -> None:
    static = files("turnout.web") / "static"
    page = (static / "index.html").read_bytes()
    names = re.findall(r'(?:src|href)="\./([^"]+)"', page.decode())
    assets = [name for name in names if name.endswith((".js", ".css"))]
    assert any(name.endswith(".js") for name in assets)
    assert any(name.endswith(".css") for name in assets)
    contents = [page, *((static / name).read_bytes() for name in assets)]
    assert sum(len(gzip.compress(content)) for content in contents) <= LIMIT


def test_participants_load_nothing_of_the_console() -> None:
    page = (files("turnout.web") / "static" / "index.html").read_text("utf-8")
    assert "console" not in page
