"""The small values of a guide file as people write them: yes and no, durations, numbers, names."""

from __future__ import annotations

import math
import re
import unicodedata

_YES = frozenset({"yes", "y", "true", "x", "1"})
_NO = frozenset({"", "no", "n", "false", "0"})
_DURATION = re.compile(
    r"(?:(?P<hours>[0-9]{1,4}):(?=[0-5][0-9]:))?(?P<minutes>[0-9]{1,4}):(?P<seconds>[0-5][0-9])"
)
_SHIFTED = re.compile(r"(?P<minutes>[0-9]{2,4}):(?P<seconds>[0-5][0-9]):00")
_WHOLE_MINUTES = re.compile(r"[0-9]{1,4}")
_NUMBER = re.compile(r"[-+]?[0-9]{1,20}(?:\.[0-9]{1,20})?(?:e[-+]?[0-9]{1,3})?")
_MAX_NAME = 200


def folded(text: str) -> str:
    """`text` without the differences of letter case, width and outer blanks."""
    return unicodedata.normalize("NFKC", text).strip().casefold()


def plain_name(text: str) -> str:
    """A header or a type for comparing: case, signs, runs of blanks and hints in parentheses are
    gone. "Item type (dropdown)" is "item type". Only the first 200 characters count."""
    words = re.sub(r"\([^()]*\)", " ", folded(text[:_MAX_NAME]))
    return " ".join(re.findall(r"[^\W_]+", words))


def yes_or_no(text: str) -> bool | None:
    """yes/y/true/x/1 is True, no/n/false/0 and an empty cell False, anything else None."""
    word = folded(text)
    return True if word in _YES else False if word in _NO else None


def seconds_of(text: str, *, minutes_alone: bool) -> int | None:
    """A duration in seconds: `mm:ss` or `h:mm:ss`; with `minutes_alone` also whole minutes ("2" is
    120). None if it is none of these."""
    text = folded(text)
    if minutes_alone and _WHOLE_MINUTES.fullmatch(text):
        return int(text) * 60
    match = _DURATION.fullmatch(text)
    if match is None:
        return None
    return (int(match["hours"] or 0) * 60 + int(match["minutes"])) * 60 + int(match["seconds"])


def seconds_of_shifted(text: str) -> int | None:
    """The seconds that were meant by a day or more without seconds: spreadsheet programs take
    `30:00` for hours and minutes, and from 24 hours on show it as `30:00:00`. None for anything
    else."""
    match = _SHIFTED.fullmatch(folded(text))
    if match is None or int(match["minutes"]) < 24:
        return None
    return int(match["minutes"]) * 60 + int(match["seconds"])


def duration_text(seconds: int) -> str:
    """Seconds as `m:ss`, from an hour on `h:mm:ss`; the reverse of `seconds_of`."""
    minutes, rest = divmod(seconds, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def whole_number(text: str) -> int | None:
    """A whole number such as 5 or -3; None if it is none."""
    number = number_of(text)
    return number if isinstance(number, int) else None


def number_of(text: str) -> int | float | None:
    """A finite number with a decimal point, such as 5, -3 or 0.25; None if it is none."""
    text = folded(text)
    if not _NUMBER.fullmatch(text):
        return None
    if text.lstrip("+-").isdigit():
        return int(text)
    return number if math.isfinite(number := float(text)) else None
