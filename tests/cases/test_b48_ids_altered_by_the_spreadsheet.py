"""Elsewhere an id that looked like a number or a date was rewritten by the spreadsheet that the
list was opened in: the links no longer worked, and the cross-reference lost people."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest

from tests.cases.crowd import download, joined, table
from tests.cli.running import turnout
from tests.web.browser import Browser
from tests.web.edge import Edge

MANY = 10_000
MONTHS = "JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|MRZ|MAI|OKT|DEZ"
TAKEN_FOR = {
    "a number": r"[+-]?[0-9.,\s]+%?",
    "a power of ten": r"[+-]?[0-9.,]+E[+-]?[0-9]+",
    "a date": rf"[0-9]{{1,4}}[-/.][0-9]{{1,2}}([-/.][0-9]{{1,4}})?|({MONTHS})[A-Z]*[-/. ]?[0-9]+"
    rf"|[0-9]+[-/. ]?({MONTHS})[A-Z]*([-/. ]?[0-9]+)?",
    "a time": r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?|[0-9]{1,2}\s?[AP]M?",
    "yes or no": r"TRUE|FALSE|WAHR|FALSCH|VRAI|FAUX|YES|NO",
    "nothing": r"N/?A|NULL|NAN|NONE|INF(INITY)?",
    "hexadecimal": r"0X[0-9A-F]+|0[0-7]+",
    "an amount": r"[$€£¥]\s?[0-9.,]+|[0-9.,]+\s?[$€£¥]",
    "a formula": r"[=+\-@'\t].*",
    "a cell": r"[A-Z]{1,3}[0-9]{1,7}|R[0-9]+C[0-9]+",
}


async def test_of_ten_thousand_ids_none_looks_like_something_else(edge: Edge) -> None:
    talk = await edge.talk(most=MANY, do=())
    pids = [row["participant_id"] for row in await table(edge, talk, "links.csv")]
    assert len({pid.upper() for pid in pids}) == len(pids) == MANY
    for what, pattern in TAKEN_FOR.items():
        taken = [pid for pid in pids if re.fullmatch(pattern, pid, re.IGNORECASE)]
        assert taken == [], what
    for pid in pids:
        assert re.fullmatch("p[0-9a-hjkmnp-tv-z]{16}", pid)
        assert pid.strip() == pid


@pytest.mark.parametrize("text", ["00123", "1E5", "MAR1", "1-2", "TRUE", "=1", "7", "12:30", "A1"])
def test_this_test_knows_what_spreadsheets_rewrite(text: str) -> None:
    assert any(re.fullmatch(form, text, re.IGNORECASE) for form in TAKEN_FOR.values())


def saved_again(data: bytes, delimiter: str, *, upper: bool) -> bytes:
    """The list as programs write it: with another delimiter, from the last to the first, names in
    front; in upper case, all quoted and without a mark, or in UTF-16."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter, quoting=csv.QUOTE_ALL if upper else 0)
    writer.writerow(["Name", "participant_id", "link"])
    for number, row in reversed(list(enumerate(rows))):
        pid = row["participant_id"]
        link = row["link"].upper() if upper else row["link"]
        writer.writerow([f"Person {number}", pid.upper() if upper else pid, link])
    return text.getvalue().encode("utf-8" if upper else "utf-16")


@pytest.mark.parametrize(("delimiter", "upper"), [(",", True), (";", True), ("\t", False)])
async def test_the_cross_reference_loses_nobody(
    edge: Edge, tmp_path: Path, delimiter: str, upper: bool
) -> None:
    people, came = 40, 25
    talk = await edge.talk(most=people)
    for place in range(came):
        async with (await joined(edge, talk, place)).arrived() as line:
            if place % 5:
                await line.answer(2, {"option": 1})
    roster, data, matched = (tmp_path / name for name in ("list.csv", "data.csv", "out.csv"))
    links = (await download(edge, talk, "links.csv")).content
    roster.write_bytes(saved_again(links, delimiter, upper=upper))
    data.write_bytes((await download(edge, talk, "participant_data.csv?include=all")).content)
    outcome = await turnout("match", roster, data, "-o", matched, "--json")
    assert outcome.code == 0, outcome.err
    assert json.loads(outcome.out)["counts"] == {
        "rows_of_list": people,
        "came": 20,
        "came_under_threshold": 5,
        "turned_away": 0,
        "never_came": 15,
        "not_on_your_list": 0,
    }


async def test_an_id_that_was_opened_and_saved_still_lets_its_owner_in(edge: Edge) -> None:
    talk = await edge.talk(most=4)
    for number, pid in enumerate(talk.pids):
        said = (pid, pid.upper(), f" {pid}\u00a0", f"{pid}\u200b.")[number]
        assert (await Browser(edge, talk, said).join()).status_code == 200
