"""docs/performance.md, written by the command that measured."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.speed.plots import Line, plot
from bench.speed.runs import Plan, Results, middle
from bench.speed.table import tables

DOCS = Path(__file__).parents[2] / "docs"
HOW = """# How fast it is

Measured by `{command}` on {day}; nothing here was written by hand. `make bench` does it again on
your machine, in a few minutes with `QUICK=1`.

{facts}

Server and load client have a core each. The client is a single thread of C; `client_idle` and
`idle` say which share of the time it waited for the server, so it is not what was measured.
Servers that are compared took turns. Times run from the moderator's command (its commit to disk
included) until the last participant has the whole frame of 600 bytes; the bare loop is a program of
C that sends a ready frame to every socket and does nothing else. CPU time is the server's, of all
its threads, and is the steadier number where the machine had other things to do
(`load_before` is its load average when the run began, without which it would be near 0).
"""


def write(command: str, day: str, kept: dict[str, Any], results: Results, plan: Plan) -> None:
    """The document and its pictures."""
    facts = {**kept["machine"], **kept["versions"]}
    lines = [HOW.format(command=command, day=day, facts=_said(facts))]
    pictures = _pictures(results)
    for name, (caption, drawing) in pictures.items():
        (DOCS / "pictures" / name).write_text(drawing, "utf-8")
        lines.append(f"![{caption}](pictures/{name})\n")
    lines += tables(results, plan, kept["failures"])
    (DOCS / "performance.md").write_text("\n".join(lines) + "\n", "utf-8")


def _said(facts: dict[str, Any]) -> str:
    return "; ".join(f"{name} {value}" for name, value in facts.items()) + "."


def _pictures(results: Results) -> dict[str, tuple[str, str]]:
    people = [
        Line("CPU us a message", _points(results, "fan_out", "/turnout", "cpu_us")),
        Line("bare loop, CPU us", _points(results, "fan_out", "/limit", "cpu_us")),
        Line("KiB a participant", _points(results, "memory", "/turnout", "kib")),
    ]
    joins = [Line("CPU us a join", _points(results, "joins", "/turnout", "cpu_us"))]
    rooms = [
        Line("KiB each", _points(results, "conversations", "", "kib")),
        Line("idle CPU, % of all", _points(results, "conversations", "", "idle_cpu_percent")),
    ]
    drawn = {
        "growth-participants.svg": ("What a participant costs", "participants", people),
        "growth-joins.svg": ("What a join costs", "participants", joins),
        "growth-conversations.svg": ("What an open conversation costs", "conversations", rooms),
    }
    return {
        name: (title, plot(title, across, [line for line in lines if line.points]))
        for name, (title, across, lines) in drawn.items()
        if any(line.points for line in lines)
    }


def _points(results: Results, kind: str, ending: str, number: str) -> list[tuple[float, float]]:
    found = []
    for what in results:
        if what.startswith(f"{kind}/") and what.endswith(ending):
            value = middle(results, what, number)
            if value is not None:
                found.append((float(what.split("/")[1]), value))
    return found


def as_json(kept: dict[str, Any]) -> str:
    """What is kept of a run."""
    return json.dumps(kept, indent=1, ensure_ascii=False) + "\n"
