"""What a participant's phone loads before the first screen stays small."""

from __future__ import annotations

import gzip
import re
from importlib.resources import files

import pytest

LIMIT = 45 * 1000
"""Bytes, gzipped: the page, its styles, its programs and the texts of one language."""

STATIC = files("turnout.web") / "static"
PAGE = (STATIC / "index.html").read_text("utf-8")
LINKED = [
    name
    for name in re.findall(r'(?:src|href)="\./([^"]+)"', PAGE)
    if name.endswith((".js", ".css"))
]


@pytest.mark.parametrize("language", ["en", "ar"])
def test_the_participants_first_load_is_small(language: str) -> None:
    first = STATIC / next(name for name in LINKED if "/index-" in name and name.endswith(".js"))
    texts = re.findall(rf"\./({language}-[\w-]+\.js)", first.read_text("utf-8"))
    assert len(texts) == 1
    names = [*LINKED, f"assets/{texts[0]}"]
    assert {name.rpartition(".")[2] for name in names} == {"js", "css"}
    contents = [PAGE.encode(), *((STATIC / name).read_bytes() for name in names)]
    assert sum(len(gzip.compress(content)) for content in contents) <= LIMIT


def test_what_the_server_sends_was_compressed_when_it_was_built() -> None:
    for name in LINKED:
        compressed = (STATIC / f"{name}.gz").read_bytes()
        assert gzip.decompress(compressed) == (STATIC / name).read_bytes()


def test_participants_load_nothing_of_the_console() -> None:
    assert "console" not in PAGE
