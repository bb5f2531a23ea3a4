"""Links: how a participant's number (`pid`) is made, and kindly read.

A pid is `p` and 16 characters of lower-case Crockford base32 (80 random bits): unique ignoring
case, without look-alikes, never a number, date or formula to a spreadsheet.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from urllib.parse import unquote

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"
PID_BYTES = 10
MAX_RAW = 500
"""Characters of a raw pid that are looked at; a longer one is damaged."""

_PID = re.compile(f"p[{ALPHABET}]{{16}}")
_LOOK_ALIKES = str.maketrans({"o": "0", "i": "1", "l": "1"})
_PREFIX = re.compile(r"pid\s*=", re.IGNORECASE)
_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")


def make_pid(random: bytes) -> str:
    """The pid of these 10 random bytes. ValueError for any other length."""
    if len(random) != PID_BYTES:
        raise ValueError(f"a pid is made of {PID_BYTES} bytes")
    number = int.from_bytes(random, "big")
    return "p" + "".join(ALPHABET[(number >> shift) & 31] for shift in range(75, -5, -5))


def read_pid(raw: str) -> str | None:
    """The pid that was meant, or None if what is left of it cannot be one of ours (damaged).

    Forgives what mail programs, keyboards and chat clients do on the way: percent-encoding, blanks
    and invisible characters, punctuation around it, letter case, `PID=`, look-alikes, full-width
    forms.
    """
    if len(raw) > MAX_RAW:
        return None
    text = unicodedata.normalize("NFKC", unquote(unquote(raw)))
    text = "".join(char for char in text if unicodedata.category(char)[0] not in "CZ")
    text = _PREFIX.sub("", text)
    text = _trimmed(text).lower()
    text = text[:1] + text[1:].translate(_LOOK_ALIKES)
    return text if _PID.fullmatch(text) else None


def read_pids(raws: Sequence[str]) -> str | None:
    """The one pid of a link that carries it several times; None if they differ or one is
    damaged."""
    pids = {read_pid(raw) for raw in raws}
    return pids.pop() if len(pids) == 1 else None


def is_slug(text: str) -> bool:
    """Whether this may be a conversation's part of an address: 1 to 63 of a-z, 0-9 and inner
    `-`."""
    return _SLUG.fullmatch(text) is not None


def slug_of(title: str) -> str:
    """A slug made of a title's Latin letters and digits; may be empty for other scripts."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:40].strip("-")


def link(public: str, slug: str, pid: str | None) -> str:
    """The address a participant opens. `public`: the server's public address, without a slash."""
    return f"{public}/c/{slug}" + (f"?pid={pid}" if pid else "")


def _trimmed(text: str) -> str:
    """Without the punctuation and symbols that stuck to either end."""
    return re.sub(r"^[\W_]+|[\W_]+$", "", text)
