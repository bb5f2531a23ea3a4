"""The bytes of a guide file as text, or one sentence about what the file is instead."""

from __future__ import annotations

import re

from turnout.guides.problems import Problem

MAX_FILE_BYTES = 5 * 1024 * 1024

_SAVE_AS = "Save the {} as UTF-8 text; spreadsheet programs call that 'CSV UTF-8'."
_PROTECTED = "EncryptedPackage".encode("utf-16-le")
"""A workbook with a password is a stream of this name in the container of the old ones."""
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


def text_of(data: bytes, thing: str = "guide", most: int = MAX_FILE_BYTES) -> str | Problem:
    """The text of a file of at most so many bytes: UTF-8 with or without a byte order mark, or
    UTF-16 with one. `thing`: what the file is to people. Never raises; text that comes back holds
    no NUL and no lone surrogate."""
    save_as = _SAVE_AS.format(thing)
    if (problem := _too_large(data, thing, most) or _other_kind(data, save_as)) is not None:
        return problem
    mark, encoding = next((m for m in _MARKS if data.startswith(m[0])), (b"", "utf-8"))
    try:
        text = data[len(mark) :].decode(encoding)
    except UnicodeDecodeError as error:
        before = error.object[: error.start].decode(encoding)
        line = len(_LINE.findall(before)) + 1
        return Problem(0, "", f"Line {line} of the file is not {_name(encoding)}. {save_as}")
    if "\0" in text:
        return Problem(0, "", f"The file holds NUL characters: it is no text in UTF-8. {save_as}")
    if not text.strip():
        return Problem(0, "", "The file is empty.")
    return text


def _too_large(data: bytes, thing: str, most: int) -> Problem | None:
    if len(data) <= most:
        return None
    return Problem(
        0, "", f"The file has more than {most // 1024**2} MB. Take out what is no {thing}."
    )


def _other_kind(data: bytes, save_as: str) -> Problem | None:
    for beginning, kind in _KINDS:
        if data.startswith(beginning):
            if _PROTECTED in data:
                kind = "protected by a password. Take the password off"
                return Problem(0, "", f"The file is {kind} and save it again.")
            return Problem(0, "", f"The file is {kind}. {save_as}")
    return None


def _name(encoding: str) -> str:
    return encoding[:-3].upper() if encoding.endswith("e") else encoding.upper()
