"""Whatever staff are refused, the console says in both of its languages: the sentences are found in
the server's sources, so that a new one without words fails here."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

import pytest

from turnout.domain.refusals import JoinCode, Reason
from turnout.web.failures import STATUS

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "server/turnout"
CATALOGUE = ROOT / "client/src/console/catalogue"
FOR_STAFF = (
    *(SERVER / "domain").glob("*.py"),
    *(SERVER / "services").glob("*.py"),
    *(SERVER / "web").glob("*.py"),
    *(SERVER / "storage").glob("*.py"),
    *(SERVER / "exports").glob("*.py"),
)
FOR_PARTICIPANTS = {
    "domain/answers.py",
    "services/answering.py",
    "services/joining.py",
    "services/proofs.py",
    "services/visits.py",
    "storage/answers.py",
    "storage/arriving.py",
    "storage/joining.py",
    "web/participant_api.py",
}
MAKERS = {"Refused": 3, "Denied": 3, "NotCreated": 2, "refusal": 3}
"""What makes refusals -> where `reason` stands, counted from 0. The code is the first of all."""
PARTICIPANTS_ONLY = set(get_args(JoinCode)) - {"damaged", "unlisted", "slow_down"} | {"proof"}

SERVED = {
    "configuring.py configure invalid",
    "console_bodies.py instant invalid",
    "editing.py _faulty invalid",
    "files_api.py _file invalid",
    "files_api.py _pid invalid",
    "guide_changes.py adding invalid",
    "guide_changes.py editing invalid",
    "moderating.py _about_item invalid",
    "moderating.py _about_person invalid",
    "organising.py _faults invalid",
    "runs.py read_run invalid",
    "views.py _content invalid",
}
"""Sentences that stay the server's, by file, function and code: the console checks the same before
it asks, or never asks so."""


@dataclass(frozen=True, slots=True)
class Said:
    """A refusal as it stands in the sources."""

    where: str
    code: str
    reason: str | None


def refusals() -> Iterator[Said]:
    for path in FOR_STAFF:
        if path.relative_to(SERVER).as_posix() in FOR_PARTICIPANTS:
            continue
        yield from _in(ast.parse(path.read_text()), path.name)


def _in(node: ast.AST, place: str) -> Iterator[Said]:
    for child in ast.iter_child_nodes(node):
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef)
        named = f"{place.split()[0]} {child.name}" if inside else place  # type: ignore[attr-defined]
        if isinstance(child, ast.Call) and isinstance(child.func, ast.Name):
            said = _said(child, child.func.id, named)
            if said is not None:
                yield said
        yield from _in(child, named)


def _said(call: ast.Call, maker: str, place: str) -> Said | None:
    """None where no refusal is made, or one is only handed on."""
    if maker in ("wrong_phase", "_fixed"):
        return Said(place, "phase" if maker == "wrong_phase" else "invalid", _text(call.args[-1]))
    code = _text(call.args[0]) if maker in MAKERS and call.args else None
    if code is None:
        return None
    named = [word.value for word in call.keywords if word.arg == "reason"]
    given = [*named, *call.args[MAKERS[maker] : MAKERS[maker] + 1]]
    reason = _text(given[0]) if given else None
    return None if given and reason is None else Said(f"{place} {code}", code, reason)


def _text(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def keys(language: str, part: str) -> set[str]:
    """The names of what this part of the catalogue says."""
    text = (CATALOGUE / language / "refusals.ts").read_text()
    block = text.partition(f"      {part}: {{\n")[2].partition("\n      }")[0]
    return set(re.findall(r"^        (\w+):", block, re.MULTILINE))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_reason_has_words(language: str) -> None:
    assert keys(language, "reasons") == set(get_args(Reason))


def test_every_reason_is_given_somewhere() -> None:
    assert {said.reason for said in refusals()} - {None} == set(get_args(Reason))


@pytest.mark.parametrize("language", ["en", "ar"])
def test_every_refusal_of_staff_has_words(language: str) -> None:
    codes = keys(language, "codes")
    wordless = {
        said.where
        for said in refusals()
        if said.reason is None and said.code not in codes | PARTICIPANTS_ONLY
    }
    assert wordless == SERVED


def test_every_code_has_words_or_only_reasons() -> None:
    by_reason = {said.code for said in refusals() if said.reason is not None}
    assert set(STATUS) - PARTICIPANTS_ONLY <= keys("en", "codes") | by_reason
    assert keys("ar", "codes") == keys("en", "codes") <= set(STATUS)
