"""What files are called, and until when they are interim."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

from turnout.domain.conversation import Conversation
from turnout.exports.runs import run_names
from turnout.exports.snapshot import Snapshot

MAX_TITLE = 55
"""Characters of the title: in no script does a name then exceed the 255 bytes that it may have."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')


def final_at(conversation: Conversation) -> int | None:
    """The end and its grace, in milliseconds: nothing is taken later. None unless it is over."""
    return conversation.final_at


def is_interim(snapshot: Snapshot) -> bool:
    """Whether answers can still come after this snapshot."""
    final = final_at(snapshot.conversation)
    return final is None or snapshot.at <= final


def labelled(file: str, conversation: Conversation, run: int | None) -> str:
    """The file's name with that of its run (from 1), as "answers-flex.csv"; as it is without."""
    if run is None:
        return file
    stem, _, ending = file.rpartition(".")
    return f"{stem}-{run_names(conversation)[run - 1]}.{ending}"


def content_disposition(slug: str, title: str, file: str, *, interim: bool = False) -> str:
    """The header that names a download: `file` ("answers.csv") behind the slug for old clients, and
    behind the title, in whatever script, by RFC 5987 for all others."""
    stem, _, ending = file.rpartition(".")
    tail = f"{stem}-interim.{ending}" if interim else file
    name = f"{_title(title) or slug} - {tail}"
    return f"attachment; filename=\"{slug}-{tail}\"; filename*=UTF-8''{quote(name, safe='')}"


def _title(title: str) -> str:
    """Without what file systems refuse, and without controls that would turn the ending round."""
    visible = "".join(
        " " if char.isspace() else char
        for char in title
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    plain = re.sub(" +", " ", _FORBIDDEN.sub("-", visible))
    return plain.strip(" .-")[:MAX_TITLE].strip(" .-")
