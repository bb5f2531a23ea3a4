"""Whether a cell of an exported file holds what it should. Pure, and without a line of the
exports."""

from __future__ import annotations

import unicodedata

from msgspec import UNSET

from turnout import wire


def is_shown(cell: str, item: wire.Item, body: wire.Body) -> bool:
    """Whether the cell of an answers file holds this answer to this question."""
    if body.number is not UNSET:
        try:
            return float(cell) == body.number
        except ValueError:
            return False
    if body.text is not UNSET:
        return same_text(cell, body.text)
    numbers = [body.option] if body.option is not UNSET else []
    numbers += sorted(body.options) if body.options is not UNSET else []
    parts = [item.options[number - 1].text for number in numbers]
    if body.other is not UNSET:
        parts.append(body.other)
    if item.type == "multiple_choice":  # the separator inside a part is written as a broken bar
        parts = [part.replace("|", "\u00a6") for part in parts]
    return same_text(cell, "|".join(parts))


def same_text(cell: str, text: str) -> bool:
    """Whether the cell holds this text; one that a spreadsheet would run has an apostrophe before
    it."""
    return cell == text or (cell == f"'{text}" and _is_run_by_spreadsheets(text))


def _is_run_by_spreadsheets(text: str) -> bool:
    """Whether it begins with one of = + - @ in any width, blanks and signs that nobody sees aside,
    or has a tab or a carriage return among those blanks."""
    start = next((at for at, char in enumerate(text) if not _is_unseen(char)), len(text))
    first = unicodedata.normalize("NFKC", text[start : start + 1])
    return first.startswith(("=", "+", "-", "@")) or not {"\t", "\r"}.isdisjoint(text[:start])


def _is_unseen(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) in ("Cc", "Cf")
