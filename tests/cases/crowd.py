"""People who join a conversation, and the files that it leaves, as a strict reader sees them."""

from __future__ import annotations

import asyncio
import contextlib
import csv
import io
from collections.abc import AsyncIterator, Iterable

import httpx

from tests.web.browser import Browser
from tests.web.edge import Edge, Talk
from tests.web.line import Line


async def joined(edge: Edge, talk: Talk, place: int = 0) -> Browser:
    """Somebody who has tapped Join on the link of this place; any browser on the single link."""
    browser = Browser(edge, talk, talk.pids[place] if talk.pids else None)
    response = await browser.join()
    assert response.status_code == 200, response.text
    return browser


@contextlib.asynccontextmanager
async def room_of(browsers: Iterable[Browser], *, at_once: int = 50) -> AsyncIterator[list[Line]]:
    """A welcomed socket of each, in the same order."""
    async with contextlib.AsyncExitStack() as stack:
        gate = asyncio.Semaphore(at_once)

        async def arrive(browser: Browser) -> Line:
            async with gate:
                return await stack.enter_async_context(browser.arrived())

        yield list(await asyncio.gather(*(arrive(browser) for browser in browsers)))


async def download(edge: Edge, talk: Talk, file: str) -> httpx.Response:
    """A file that must be there; `file` with its options: "answers.csv?bom=no"."""
    response = await edge.staff_get(f"conversations/{talk.slug}/files/{file}")
    assert response.status_code == 200, response.text
    return response


def strictly(data: bytes, delimiter: str = ",") -> list[dict[str, str]]:
    """The rows of a CSV file by column; every row must be as wide as the header."""
    text = io.StringIO(data.decode("utf-8-sig"), newline="")
    header, *rows = csv.reader(text, delimiter=delimiter, strict=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


async def table(edge: Edge, talk: Talk, file: str) -> list[dict[str, str]]:
    """The rows of a file that must be there."""
    return strictly((await download(edge, talk, file)).content)
