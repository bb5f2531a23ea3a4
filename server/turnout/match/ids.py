"""Participant ids as lists hold them: bare, in another case, or inside a whole link."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import unquote

from turnout.domain.links import read_pid, read_pids

_MAX_LINK = 4_000
"""Characters of a cell that are searched; mail filters make links long."""
_SHORTEST = 17
"""Characters of an id."""
_IN_LINK = re.compile(r"pid\s*=\s*([^\s&#?<>\"']*)", re.IGNORECASE)


def id_in(cell: str) -> str | None:
    """The id that a cell holds, as itself or as `pid=` inside an address; None if it holds none, a
    damaged one, or several that differ."""
    if len(cell) < _SHORTEST:
        return None
    if (pid := read_pid(cell)) is not None:
        return pid
    text = unicodedata.normalize("NFKC", unquote(unquote(cell[:_MAX_LINK])))
    return read_pids(_IN_LINK.findall(text))
