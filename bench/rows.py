"""Two thousand participants by hand: a server's frames, made up, straight into the page."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import time

from playwright.async_api import Page, WebSocketRoute

PEOPLE = 2_000
SECONDS = 20
OPTIONS = [{"text": text} for text in ("Better", "Worse", "The same")]
ITEM = {"id": 1, "type": "single_choice", "number": 1, "text": "How is it?", "options": OPTIONS}


async def flood(page: Page, address: str) -> None:
    """Open a control room whose rows all change four times a second."""
    over = asyncio.Event()

    def route(line: WebSocketRoute) -> None:
        flow = asyncio.create_task(_flow(line, over))
        line.on_close(lambda *_: flow.cancel() and None)

    await page.route_web_socket(re.compile("/ws/console/"), route)
    await page.goto(f"{address}/console/made-up/live")
    await over.wait()


async def _flow(line: WebSocketRoute, over: asyncio.Event) -> None:
    line.send(json.dumps(_welcome()))
    begun = time.monotonic()
    for tick in itertools.count():
        line.send(json.dumps(_tally(tick)))
        await asyncio.sleep(0.25)
        if time.monotonic() - begun > SECONDS:
            over.set()
            return


def _welcome() -> dict[str, object]:
    at = int(time.time() * 1000)
    state = {
        "slug": "made-up", "title": "Made up", "phase": "live", "links": "unique",
        "max_participants": PEOPLE, "several_devices": False, "duration": 60, "grace": 60,
        "sent_rev": 3, "started_at": at,
        "items": [{"item": ITEM, "status": "open", "version": "1", "sent_at": at}],
    }  # fmt: skip
    return {
        "t": "welcome", "epoch": "e", "rev": 3, "state": state, "name": "Amara",
        "role": "owner", "heartbeat_ms": 25_000, "now": at,
    }  # fmt: skip


def _tally(tick: int) -> dict[str, object]:
    people = [
        {
            "number": n,
            "pid": f"p{n:016x}",
            "here": (n + tick) % 7 != 0,
            "answered": tick,
            "percent_answered": (n + tick) % 101,
            "percent_while_present": (n + 2 * tick) % 101,
        }
        for n in range(1, PEOPLE + 1)
    ]
    counts = {"1": tick, "2": 2 * tick, "3": 3 * tick}
    curve = [{"at": tick * 15_000, "here": tick % 50, "answers": tick % 30}]
    return {
        "t": "tally", "rev": 3, "aseq": tick, "joined": PEOPLE, "present": PEOPLE - tick,
        "waiting": tick, "asked": 1, "people": people, "curve": curve, "looking": ["Amara"],
        "questions": [{"question": 1, "answered": 6 * tick, "counts": counts}],
    }  # fmt: skip
