"""A rehearsal with very many robots on a running server, and what a control room in a browser shows
of it: its totals, as people would read them, beside the files."""

from __future__ import annotations

import asyncio
import csv
import json
import random
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.async_api import Page

EVERY = 5
"""Seconds from one question to the next."""
QUESTIONS = 12
KINDS = ("single_choice", "open_text", "multiple_choice", "scale")
OPTIONS = ("Better", "Worse", "The same", "I can't tell")
TEXTS = (
    "Because I see it every day",
    "Porque lo veo en mi calle",
    "لأنني أراه كل يوم",
    "なんとなく",
)
TITLE = "A crowded room"


@dataclass(frozen=True)
class Script:
    """The files of a rehearsal."""

    guide: Path
    answers: Path


def script(folder: Path, robots: int, seed: int = 1) -> Script:
    """A guide of a question every few seconds, and what each robot says: nothing to one in ten."""
    chance = random.Random(seed)
    kinds = [KINDS[n % len(KINDS)] for n in range(QUESTIONS)]
    items = [_item(n, kind) for n, kind in enumerate(kinds)]
    guide = folder / "guide.yaml"
    guide.write_text(json.dumps({"title": TITLE, "items": items}), "utf-8")  # JSON is YAML
    answers = folder / "answers.csv"
    with answers.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["participant", *(f"q{n}" for n in range(1, QUESTIONS + 1))])
        for robot in range(robots):
            rows.writerow([f"robot {robot}", *(_says(kind, chance) for kind in kinds)])
    return Script(guide, answers)


def _item(n: int, kind: str) -> dict[str, object]:
    text = f"Question {n + 1} of a crowded room?"
    item: dict[str, object] = {kind: text, "duration": f"0:{EVERY:02}"}
    if kind.endswith("choice"):
        item["options"] = list(OPTIONS)
    if kind == "scale":
        item.update(min=0, max=10)
    return item


def _says(kind: str, chance: random.Random) -> str:
    if chance.random() < 0.1:
        return ""
    if kind == "open_text":
        return chance.choice(TEXTS)
    if kind == "multiple_choice":
        return "|".join(chance.sample(OPTIONS, 2))
    return str(chance.randint(0, 10)) if kind == "scale" else chance.choice(OPTIONS)


async def rehearse(played: Script, server: str, data: Path, robots: int, out: Path) -> str:
    """Hold it, with the robots at the lowest priority; what the command said. RuntimeError where it
    found fault."""
    command = [
        *("nice", "-n", "19", sys.executable, "-m", "turnout.cli", "rehearse", str(played.guide)),
        *("--answers", str(played.answers), "--participants", str(robots), "--speed", "1"),
        *("--server", server, "--data", str(data), "--output", str(out)),
    ]
    process = await asyncio.create_subprocess_exec(
        *command, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT
    )
    said, _ = await process.communicate()
    if process.returncode != 0:
        raise RuntimeError(said.decode())
    return said.decode()


@dataclass(frozen=True)
class Totals:
    """`joined`; `answered`: by number of the question; `percents`: by the pid's beginning."""

    joined: int
    answered: dict[int, int]
    percents: dict[str, str]


def exported(out: Path) -> Totals:
    """As the files have them."""
    people = _rows(out / "participant_data.csv")
    questions = _rows(out / "questions.csv")
    return Totals(
        joined=len(people),
        answered={n: int(row["answered"]) for n, row in enumerate(questions, 1)},
        percents={_begin(p["participant_id"]): p["percent_answered"] for p in people},
    )


def _rows(path: Path) -> Sequence[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _begin(pid: str) -> str:
    return f"{pid[:5]}\N{NO-BREAK SPACE}{pid[5:9]}"


async def shown(room: Page) -> Totals:
    """As the control room shows them, once it is over: every question opened, every row scrolled
    into view."""
    joined = re.match(r"[\d,]+", await room.locator("#people-head + span").inner_text())
    assert joined is not None
    await room.get_by_role("button", name=re.compile("^Sent ")).click()
    answered: dict[int, int] = {}
    for row in await room.locator(".guide .item").all():
        await row.locator(".item-head").click()
        number = await row.locator(".item-head .n").inner_text()
        count = await row.locator(".item-body p.num").inner_text()
        answered[int(number)] = int(count.split()[0].replace(",", ""))
    return Totals(int(joined[0].replace(",", "")), answered, await _percents(room))


async def _percents(room: Page) -> dict[str, str]:
    found: dict[str, str] = {}
    while True:
        known = len(found)
        rows: list[list[str]] = await room.evaluate(
            """async () => {
              const box = document.querySelector('.rows-scroll');
              const rows = [...box.querySelectorAll('tr[aria-rowindex]')].map(row => [
                row.querySelector('.mono').textContent, row.querySelector('.pct').textContent]);
              box.scrollTop += box.clientHeight;
              await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
              return rows;
            }"""
        )
        found.update({pid.rstrip("…"): percent.rstrip("%") for pid, percent in rows})
        if len(found) == known:
            return found
