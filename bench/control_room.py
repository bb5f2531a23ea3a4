"""How a control room bears a crowd: `CHROMIUM=... python -m bench.control_room`.

Three runs with 600 robots that are asked a question every five seconds, with the control room open
in a browser all the time; then 2,000 rows that all change four times a second, sent by hand. It
prints the long tasks of the page (what kept it from answering a press) and whether its totals were
the export's.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, async_playwright

from bench.crowd import Script, exported, rehearse, script, shown
from bench.rows import flood
from tests.e2e.site import Site, running

WATCH = """
window.longTasks = [];
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.longTasks.push(Math.round(entry.duration));
}).observe({ type: 'longtask', buffered: true });
"""


TRIED = """() => new Promise(done => {
  const before = window.longTasks.length;
  setTimeout(() => {
    const until = performance.now() + 120;
    while (performance.now() < until);
    setTimeout(() => done(window.longTasks.length > before), 200);
  });
})"""
"""Whether a task that is long on purpose is noted."""


async def main() -> None:
    """Measure, and print as it goes."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--robots", type=int, default=600)
    options.add_argument("--runs", type=int, default=3)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        async with async_playwright() as playwright, running(folder) as site:
            browser = await playwright.chromium.launch(
                executable_path=os.environ["CHROMIUM"], args=["--no-sandbox", "--disable-gpu"]
            )
            played = script(folder, chosen.robots)
            worst = [
                await crowded(site, browser, played, chosen.robots, folder, run)
                for run in range(1, chosen.runs + 1)
            ]
            print(f"longest task, median of {chosen.runs}: {statistics.median(worst):g} ms")
            page = await watched(site, browser)
            await flood(page, site.address)
            await page.get_by_text("2,000 joined", exact=True).wait_for()
            await report("2,000 rows, all changed 4 times a second for 20 s", page)
            await browser.close()


async def crowded(
    site: Site, browser: Browser, played: Script, robots: int, folder: Path, run: int
) -> int:
    """One rehearsal; gives the longest task in ms."""
    out = folder / f"out{run}"
    page = await watched(site, browser)
    known = set(await slugs(site))
    robots_play = asyncio.create_task(rehearse(played, site.address, folder / "data", robots, out))
    slug = await new_slug(site, known, robots_play)
    await page.goto(f"{site.address}/console/{slug}/live")
    print((await robots_play).strip())
    await page.get_by_text("It is over").wait_for()
    await page.wait_for_timeout(1_000)  # the last tally
    worst = await report(f"run {run}, {robots} robots", page)
    same = await shown(page) == exported(out)
    print(f"  totals equal the export's: {'yes' if same else 'NO'}")
    await page.context.close()
    return worst


async def new_slug(site: Site, known: set[str], made_by: asyncio.Task[str]) -> str:
    """The conversation that is made now."""
    while not made_by.done():
        if new := set(await slugs(site)) - known:
            return new.pop()
        await asyncio.sleep(0.1)
    raise RuntimeError(await made_by)


async def slugs(site: Site) -> list[str]:
    """All conversations."""
    answer = await site.client.get("/api/console/conversations")
    return [one["slug"] for one in answer.json()["conversations"]]


async def watched(site: Site, browser: Browser) -> Page:
    """A desk of the owner's, whose long tasks are noted."""
    context = await browser.new_context(viewport={"width": 1440, "height": 900}, locale="en-GB")
    for name, value in (await site.sign_in()).items():
        await context.add_cookies([{"name": name, "value": value, "url": site.address}])
    page = await context.new_page()
    await page.add_init_script(WATCH)
    return page


async def report(what: str, page: Page) -> int:
    """Print the long tasks of the page so far; gives the longest."""
    tasks: list[int] = sorted(await page.evaluate("window.longTasks"), reverse=True)
    if not await page.evaluate(TRIED):
        raise RuntimeError("The browser notes no long tasks, so none were measured.")
    print(f"{what}: {len(tasks)} long tasks, the longest {tasks[:5] or 'none'} ms")
    return tasks[0] if tasks else 0


if __name__ == "__main__":
    asyncio.run(main())
