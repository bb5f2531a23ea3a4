"""The results as a table in Markdown: medians, and the range of the runs."""

from __future__ import annotations

import statistics
from collections.abc import Iterator

from bench.speed.runs import Plan, Results, middle, ratio, summary

MEANINGS = {
    "fan_out_to_limit": "fan-out, in times of the bare loop's time",
    "fan_out_to_best_python_peer": "fan-out, in times of the fastest Python peer's",
    "kib_per_participant": "KiB resident for a joined idle participant",
    "burst_p99_to_plain_asgi": "all answer at once: p99, in times of plain ASGI's",
    "cpu_us_per_answer": "the same: CPU us an answer, its question's fan-out included",
    "joins_to_otree": "full joins a second, in times of oTree's",
    "export_to_csv_writer": "export, in times of the speed of csv.writer over a bare cursor",
}


def tables(results: Results, plan: Plan, failures: dict[str, str]) -> Iterator[str]:
    """Lines of Markdown."""
    yield "| summary | |"
    yield "|---|---:|"
    for name, value in summary(results, plan).items():
        said = "not measured" if value is None else f"{value:.3g}"
        yield f"| {MEANINGS[name]} (`{name}`) | {said} |"
    yield ""
    yield from _to_the_limit(results)
    kinds: dict[str, list[str]] = {}
    for what in results:
        kinds.setdefault(what.partition("/")[0], []).append(what)
    for kind, names in kinds.items():
        yield ""
        columns = list(results[names[0]][0])
        yield f"| {kind} | {' | '.join(columns)} | runs |"
        yield f"|---|{'---:|' * (len(columns) + 1)}"
        for what in sorted(names, key=_order):
            cells = [_cell(results, what, column) for column in columns]
            yield f"| {what.partition('/')[2]} | {' | '.join(cells)} | {len(results[what])} |"
    for what, why in failures.items():
        yield ""
        yield f"Not measured: {what}: {why}"


def _to_the_limit(results: Results) -> Iterator[str]:
    yield "| fan-out to the bare loop | time | server's CPU |"
    yield "|---|---:|---:|"
    for what in sorted((name for name in results if name.startswith("fan_out/")), key=_order):
        limit = f"{what.rpartition('/')[0]}/limit"
        if what == limit or limit not in results:
            continue
        times = [
            ratio(middle(results, what, number), middle(results, limit, number))
            for number in ("ms", "cpu_us")
        ]
        yield f"| {what.partition('/')[2]} | {times[0]} | {times[1]} |"


def _order(what: str) -> tuple[int, str]:
    size = what.split("/")[1].partition("x")[0]
    return int(size), what


def _cell(results: Results, what: str, column: str) -> str:
    found = [run[column] for run in results[what] if column in run]
    if not found:
        return ""
    text = f"{statistics.median(found):.4g}"
    return text if len(found) == 1 else f"{text} [{min(found):.4g}-{max(found):.4g}]"
