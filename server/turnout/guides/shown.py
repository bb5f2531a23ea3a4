"""Numbers of a spreadsheet as the text they were typed or are shown as.

A spreadsheet program keeps `1:30` as 0.0625 and the format `h:mm`, `50%` as 0.5 and the format
`0%`. Here they become text again. What cannot be told from a number and its format (a date may
once have been `1-2`) is read in the plainest way, and said so.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

Kind = Literal["general", "number", "time", "date", "other"]

BUILT_IN = {
    0: "General",
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    9: "0%",
    10: "0.00%",
    14: "yyyy-mm-dd",
    15: "d-mmm-yy",
    16: "d-mmm",
    17: "mmm-yy",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "yyyy-mm-dd hh:mm",
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    49: "@",
    **dict.fromkeys((27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm"),
}
"""The formats that files name by number alone; the numbers above 22 that are missing here are in
no file, and those of money and fractions are not read as shown."""
_UNKNOWN = "?"
_NOT_SHOWN = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!(?:h+|m+|s+)\])[^\]]*\]', re.IGNORECASE)
"""Literals, padding, colours and conditions."""
_PLAIN = re.compile(r"(?P<comma>#,#*)?[#0]*?0(?:\.(?P<places>0{1,15}))?(?P<percent>%)?")
_DAY = 86_400
_LAST_DAY = 2_958_466
"""1 January 10000."""


@dataclass(frozen=True, slots=True)
class Format:
    """How a number is shown. `places`: digits behind the point."""

    kind: Kind
    comma: bool = False
    places: int = 0
    percent: bool = False
    seconds: bool = False
    minutes_first: bool = False
    elapsed_minutes: bool = False
    padded: bool = False
    half_days: bool = False


@dataclass(frozen=True, slots=True)
class Shown:
    """A number as text. `as_typed` is False where the text may be another than people see."""

    text: str
    as_typed: bool = True


def format_of(number: int, codes: dict[int, str]) -> Format:
    """The format with this number; `codes` are those that the file itself describes."""
    code = codes.get(number) or BUILT_IN.get(number, _UNKNOWN)
    bare = _NOT_SHOWN.sub("", code.partition(";")[0]).strip().lower()
    if bare in ("general", "@", "standard"):
        return Format("general")
    if plain := _PLAIN.fullmatch(bare):
        places = len(plain["places"] or "")
        if bare != code.partition(";")[0].strip().lower():
            return Format("other")  # money and units
        return Format("number", bool(plain["comma"]), places, bool(plain["percent"]))
    if re.search("[yd]|mmm|[\u5e74\u6708\u65e5]", bare):
        return Format("date")
    if re.search("[hs]", bare) and not re.search("[0#?@]", bare.replace(".0", "")):
        return Format(
            "time",
            seconds="s" in bare,
            minutes_first=bare.lstrip("[").startswith("m"),
            elapsed_minutes=bare.startswith("[m"),
            padded=bare.lstrip("[").startswith(("hh", "mm")),
            half_days="am/pm" in bare or "a/p" in bare,
        )
    return Format("other")


def shown(value: float, format: Format, *, since_1904: bool) -> Shown:
    """A finite number in this format. `since_1904`: how the workbook counts days."""
    match format.kind:
        case "general":
            return Shown(_general(value))
        case "number":
            return Shown(_number(value, format))
        case "time" if 0 <= value < _LAST_DAY:
            return Shown(_time(value, format))
        case "date" if 0 <= value + 1462 * since_1904 < _LAST_DAY:
            return Shown(_date(value + 1462 * since_1904), as_typed=False)
        case _:
            return Shown(_general(value), as_typed=False)


def _general(value: float) -> str:
    """As many digits as spreadsheet programs keep."""
    if value == math.trunc(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.15g}"


def _number(value: float, format: Format) -> str:
    scaled = value * 100 if format.percent else value
    text = f"{scaled:{',' if format.comma else ''}.{format.places}f}"
    return f"{text}%" if format.percent else text


def _time(value: float, format: Format) -> str:
    """Whole seconds; hours and seconds that the format hides are shown, so that nothing is lost."""
    total = round(value * _DAY)
    minutes, seconds = divmod(total, 60)
    if format.minutes_first and (format.elapsed_minutes or minutes < 60):
        return f"{minutes:02}:{seconds:02}" if format.padded else f"{minutes}:{seconds:02}"
    hours, minutes = divmod(minutes, 60)
    ending = ""
    if format.half_days:
        ending = " AM" if hours % 24 < 12 else " PM"
        hours = hours % 12 or 12
    text = f"{hours:02}:{minutes:02}" if format.padded else f"{hours}:{minutes:02}"
    return text + (f":{seconds:02}" if format.seconds or seconds else "") + ending


def _date(value: float) -> str:
    """Days since the end of 1899, in which spreadsheet programs count a 29 February 1900."""
    moment = datetime(1899, 12, 30 if value >= 60 else 31) + timedelta(seconds=round(value * _DAY))
    text = moment.strftime("%Y-%m-%d")
    return f"{text} {moment.hour}:{moment.minute:02}" if value % 1 else text
