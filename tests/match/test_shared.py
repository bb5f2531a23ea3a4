"""The cases that the console's Match page is held to as well (client/src/console/match): of the
same two files both make the same third."""

import base64
import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from turnout.exports.csv_file import render
from turnout.match import Matched, NotMatched, match

SHARED = json.loads(Path(__file__).with_name("shared.json").read_text("utf-8"))


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in SHARED["cases"]])
def test_the_page_and_the_command_make_the_same_of_it(case: dict[str, Any]) -> None:
    matched = match(
        _bytes(case["list"]),
        _bytes(case.get("data", SHARED["data"])),
        threshold=case.get("threshold", 80),
        id_column=case.get("column"),
    )
    if "refused" in case:
        assert isinstance(matched, NotMatched)
        assert {"row": matched.problems[0].row} == case["refused"]
        return
    assert isinstance(matched, Matched)
    assert asdict(matched.counts) == case["counts"]
    assert matched.id_column == case["id_column"]
    assert b"".join(render(matched.table, matched.dialect)).decode() == case["file"]


def _bytes(file: str | dict[str, str]) -> bytes:
    return file.encode() if isinstance(file, str) else base64.b64decode(file["base64"])
