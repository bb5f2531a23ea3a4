"""The bytes of a guide file as text, or one sentence about what the file is instead."""

from __future__ import annotations

import re

from turnout.guides.problems import Problem

MAX_FILE_BYTES = 5 * 1024 * 1024

_SAVE_AS = "Save the guide as UTF-8 text; spreadsheet programs call that 'CSV UTF-8'."
_KINDS = (
    (b"PK\x03\x04", "a workbook (such as .xlsx or .ods) or a zip archive"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"\xd0\xcf\x11\xe0", "an old workbook (.xls)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"%PDF", "a PDF"),
    (b"\x1f\x8b", "a compressed file"),
    (b"\xff\xfe\0\0", "text in UTF-32"),
    (b"\0\0\xfe\xff", "text in UTF-32"),
)
_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LINE = re.compile("\r\n|\r|\n")


def text_of(data: bytes) -> str | Problem:
    """The text of a file of at most `MAX_FILE_BYTES`: UTF-8 with or without a byte order mark, or
    UTF-16 with one. Never raises; text that comes back holds no NUL and no lone surrogate."""
    if len(data) > MAX_FILE_BYTES:
        most = MAX_FILE_BYTES // 1024**2
        return Problem(0, "", f"The file has more than {most} MB. Take out what is no guide.")
    for beginning, kind in _KINDS:
        if data.startswith(beginning):
            return Problem(0, "", f"The file is {kind}. {_SAVE_AS}")
    mark, encoding = next((m for m in _MARKS if data.startswith(m[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding)
        line = len(_LINE.findall(before)) + 1
        return Problem(0, "", f"Line {line} of the file is not {_name(encoding)}. {_SAVE_AS}")
    if "\0" in text:
        return Problem(0, "", f"The file holds NUL characters: it is no text in UTF-8. {_SAVE_AS}")
    if not text.strip():
        return Problem(0, "", "The file is empty.")
    return text


def _name(encoding: str) -> str:
    return encoding[:-3].upper() if encoding.endswith("e") else encoding.upper()
