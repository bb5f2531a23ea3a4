"""Scripts and styles: compressed for those who take it, and kept for as long as they like."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from starlette.applications import Starlette
from starlette.routing import Mount

from turnout.web.assets import FOR_EVER, Assets

SCRIPT = b"console.log('question');" * 40


@pytest.fixture
async def visitor(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Somebody who asks for files of a folder with one script that was compressed, and one not."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/page.js").write_bytes(SCRIPT)
    (tmp_path / "assets/page.js.gz").write_bytes(gzip.compress(SCRIPT))
    (tmp_path / "assets/plain.css").write_bytes(b"a{}")
    (tmp_path / "tally.svg").write_bytes(b"<svg/>")
    app = Starlette(routes=[Mount("/static", Assets(directory=tmp_path))])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://test/static/") as client:
        client.headers.pop("accept-encoding")
        yield client


@pytest.mark.parametrize("takes", ["gzip", "br, GZIP;q=0.8", "*", "x-gzip"])
async def test_who_takes_gzip_gets_it(visitor: httpx.AsyncClient, takes: str) -> None:
    answer = await visitor.get("assets/page.js", headers={"Accept-Encoding": takes})
    assert answer.headers["content-encoding"] == "gzip"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert int(answer.headers["content-length"]) == len(gzip.compress(SCRIPT)) < len(SCRIPT)
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.content == SCRIPT


@pytest.mark.parametrize("takes", ["", "br", "gzip;q=0", "gzip; q=0.000", "identity"])
async def test_who_does_not_gets_it_plain(visitor: httpx.AsyncClient, takes: str) -> None:
    answer = await visitor.get("assets/page.js", headers={"Accept-Encoding": takes})
    assert "content-encoding" not in answer.headers
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.content == SCRIPT


async def test_what_was_not_compressed_is_sent_as_it_is(visitor: httpx.AsyncClient) -> None:
    answer = await visitor.get("assets/plain.css", headers={"Accept-Encoding": "gzip"})
    assert "content-encoding" not in answer.headers
    assert answer.content == b"a{}"


async def test_a_name_that_carries_its_content_is_kept_for_ever(
    visitor: httpx.AsyncClient,
) -> None:
    for takes in ("gzip", ""):
        answer = await visitor.get("assets/page.js", headers={"Accept-Encoding": takes})
        assert answer.headers["cache-control"] == FOR_EVER
        again = await visitor.get(
            "assets/page.js",
            headers={"Accept-Encoding": takes, "If-None-Match": answer.headers["etag"]},
        )
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["cache-control"] == FOR_EVER
    assert "cache-control" not in (await visitor.get("tally.svg")).headers


async def test_a_missing_file_is_missing_and_nobody_keeps_that(
    visitor: httpx.AsyncClient,
) -> None:
    answer = await visitor.get("assets/old.js", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 404
    assert "cache-control" not in answer.headers
