"""How long a cheap phone on a slow network waits: `CHROMIUM=... python -m bench.first_load`.

A phone of 360 x 780 px with a processor four times slower than this one, over 400 kbit/s with
a round trip of 400 ms and then of 2 s. Each run is a new browser profile: from the navigation to a
Join that can be tapped, from that tap to the first screen inside, and from a moderator's Next to
the question on the phone (the browser's brake does not work on frames of a socket). Prints medians
and ranges, and what was loaded; it fails if anything was asked of another server.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from tests.e2e.site import Site, running

KBIT = 400
SLOWER = 4
"""Times slower than this machine's processor."""
PATIENCE = 120_000
"""Milliseconds after which a run is given up."""
GUIDE = """\
items:
  - single_choice: How did you come here today?
    options: ["On foot", "By bicycle", "By bus", "By car"]
"""
JOIN = """() => {
  const join = document.querySelector('button.btn-go');
  if (join === null) return null;
  const box = join.getBoundingClientRect();
  const on = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2);
  return join === on ? performance.now() : null;
}"""
"""Milliseconds since the navigation, once a tap would hit Join."""
LOADED = """() => {
  const all = [
    ...performance.getEntriesByType('navigation'), ...performance.getEntriesByType('resource'),
  ];
  return all.map(one => [
    one.name.replace(/^.*\\/|-[\\w-]{8}(?=\\.)|[?#].*/g, '') || 'page',
    Math.round(one.startTime), Math.round(one.responseEnd), one.transferSize,
  ]);
}"""


@dataclass(frozen=True)
class Run:
    """What one phone's owner waited for, in seconds."""

    join: float
    inside: float
    question: float


async def main() -> None:
    """Measure, and print as it goes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--runs", type=int, default=5)
    options.add_argument("--language", default="en-GB")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        async with async_playwright() as playwright, running(Path(scratch)) as site:
            browser = await playwright.chromium.launch(
                executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
            )
            machine = f"{os.cpu_count()} cores, {platform.system()}, Python"
            print(f"{machine} {platform.python_version()}, Chromium {browser.version}")
            for round_trip in (400, 2_000):
                print(f"{KBIT} kbit/s, {round_trip} ms round trip, {SLOWER} times slower processor")
                runs = [
                    await measured(site, browser, round_trip, chosen.language, first=run == 0)
                    for run in range(chosen.runs)
                ]
                told("navigation to a Join that can be tapped", [run.join for run in runs])
                told("tap on Join to the first screen inside", [run.inside for run in runs])
                told("Next to the question on the phone", [run.question for run in runs])
            await browser.close()


def told(what: str, seconds: list[float]) -> None:
    """Print a median and a range."""
    middle, least, most = statistics.median(seconds), min(seconds), max(seconds)
    print(f"  {what}: {middle:.1f} s ({least:.1f} to {most:.1f}, {len(seconds)} runs)")


async def measured(
    site: Site, browser: Browser, round_trip: int, language: str, *, first: bool
) -> Run:
    """One phone's way into a conversation of its own. `first`: print what it loads."""
    talk = await site.talk(GUIDE, "publish", "start", people=1)
    context = await browser.new_context(
        viewport={"width": 360, "height": 780}, locale=language, is_mobile=True, has_touch=True
    )
    asked: list[str] = []
    context.on("request", lambda request: asked.append(request.url))
    page = await context.new_page()
    await slow(context, page, round_trip)
    await page.goto(talk.links[0], wait_until="commit", timeout=PATIENCE)
    handle = await page.wait_for_function(JOIN, timeout=PATIENCE)
    join = await handle.json_value() / 1_000
    if first:
        await list_loaded(page)
    inside = await until_shown(page, page.tap("button.btn-go"), ".prog")
    question = await until_shown(page, site.command(talk, "next"), "h1.q-text")
    others = [url for url in asked if not url.startswith(f"{site.origin}/")]
    await context.close()
    if others:
        raise RuntimeError(f"Asked of others: {others}")
    return Run(join, inside, question)


async def until_shown(page: Page, deed: Awaitable[None], what: str) -> float:
    """Seconds from the deed's beginning until this is on the screen."""
    began = time.perf_counter()
    await asyncio.gather(deed, page.wait_for_selector(what, timeout=PATIENCE))
    return time.perf_counter() - began


async def slow(context: BrowserContext, page: Page, round_trip: int) -> None:
    """Make the phone what it is to be."""
    tools = await context.new_cdp_session(page)
    await tools.send("Network.enable")
    await tools.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": round_trip,
            "downloadThroughput": KBIT * 1_000 / 8,
            "uploadThroughput": KBIT * 1_000 / 8,
        },
    )
    await tools.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})


async def list_loaded(page: Page) -> None:
    """Print each file: when it was asked for, when it had come, its bytes."""
    loaded: list[tuple[str, int, int, int]] = await page.evaluate(LOADED)
    for name, start, end, size in loaded:
        print(f"    {start:>6} to {end:>6} ms {size:>7} bytes  {name}")
    print(f"    {sum(size for *_, size in loaded):,} bytes with headers")


if __name__ == "__main__":
    asyncio.run(main())
