"""docs/operations.md lists every metric with its labels and their values, every line of the log,
and no other."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from prometheus_client import Metric

import turnout
from tests.docs.markdown import names, own_text, read, rows, section
from turnout.domain import refusals
from turnout.metrics import Metrics
from turnout.web import health

DOC = read("operations.md")
SOURCES = Path(turnout.__path__[0])


def described() -> dict[str, list[str]]:
    """The rows of the metrics' table by name."""
    table = rows(own_text(section(DOC, "Metrics")))
    return {names(cells[0])[0].removesuffix("_total"): cells[1:] for cells in table}


def ours() -> dict[str, Metric]:
    metrics = Metrics()
    for count in (metrics.hello, metrics.join, metrics.answer, metrics.unknown, metrics.close):
        count("x")
    metrics.watch_sockets("x", lambda: 0)
    metrics.watch_waiting("x", lambda: 0)
    found = {metric.name: metric for metric in metrics.registry.collect()}
    return {name: metric for name, metric in found.items() if name.startswith("turnout_")}


def labels(metric: Metric) -> set[str]:
    return {name for sample in metric.samples for name in sample.labels} - {"le"}


def test_every_metric_is_described_and_no_other() -> None:
    table = described()
    assert {name: (kind, set(names(label))) for name, (kind, label, _) in table.items()} == {
        name: (metric.type, labels(metric)) for name, metric in ours().items()
    }


@pytest.mark.parametrize(
    ("metric", "method"),
    [
        ("turnout_sockets", "watch_sockets"),
        ("turnout_waiting", "watch_waiting"),
        ("turnout_hellos", "hello"),
        ("turnout_joins", "join"),
        ("turnout_answers", "answer"),
        ("turnout_unknown_frames", "unknown"),
    ],
)
def test_every_value_of_a_label_that_the_code_gives_is_described(metric: str, method: str) -> None:
    given = {
        value
        for call in calls()
        if isinstance(call.func, ast.Attribute) and call.func.attr == method
        if ends_in_metrics(call.func.value)
        for value in texts(call.args[0])
    }
    assert given
    said = set(names(described()[metric][-1]))
    refused = {code for group in get_args(refusals.Code) for code in get_args(group)}
    assert given - refused <= said
    assert said - refused == given - refused


def calls() -> Iterator[ast.Call]:
    for path in SOURCES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                yield node


def ends_in_metrics(node: ast.expr) -> bool:
    return ast.unparse(node).rpartition(".")[2] in ("metrics", "_metrics")


def texts(node: ast.expr) -> Iterator[str]:
    """What this argument may be, as far as it stands there."""
    for part in ast.walk(node):
        if isinstance(part, ast.Constant) and isinstance(part.value, str):
            yield part.value


def test_every_refusal_of_an_answer_is_described() -> None:
    said = set(names(described()["turnout_answers"][-1]))
    assert set(get_args(refusals.AnswerCode)) <= said


def test_every_line_of_the_log_is_described_and_no_other() -> None:
    logged = {
        (level(call.func.attr), str(call.args[0].value))
        for call in calls()
        if isinstance(call.func, ast.Attribute)
        if ast.unparse(call.func.value) == "log" and isinstance(call.args[0], ast.Constant)
    }
    table = rows(own_text(section(DOC, "Logs")))
    assert {(cells[0], event) for cells in table for event in names(cells[1])} == logged


def level(method: str) -> str:
    return "error" if method == "exception" else method


def test_the_times_of_the_health_check_are_those_of_the_code() -> None:
    text = " ".join(own_text(section(DOC, "Health")).split())
    assert health.FRESH == 1_000
    assert "at most once a second" in text
    assert f"gives it {health.PATIENCE:g} seconds" in text
