"""Downloads are written to the disk first, so that their length is known before the first byte and
a broken one cannot look complete. The file has no name: it is gone when it is closed, however the
download ends."""

from __future__ import annotations

import errno
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

PIECE = 64 * 1024
_PLAIN_FILE = 0o100644 << 16
_UNIX = 3
Moment = tuple[int, int, int, int, int, int]
"""Year, month, day, hour, minute, second."""


class NoRoom(Exception):
    """The disk has no room for the file."""


def spooled(pieces: Iterable[bytes]) -> BinaryIO:
    """A file that holds these pieces, at its end. NoRoom if the disk is full."""
    with ExitStack() as unless_done:
        try:
            file = unless_done.enter_context(_unnamed())
            for piece in pieces:
                file.write(piece)
            file.flush()
        except OSError as error:
            raise _meaning(error) from error
        unless_done.pop_all()
    return file


def zipped(entries: Iterable[tuple[str, Iterable[bytes]]], dated: Moment) -> BinaryIO:
    """A zip file of these (name, pieces), all dated alike, at its end: the same bytes each time.
    NoRoom if the disk is full."""
    with ExitStack() as unless_done:
        try:
            file = unless_done.enter_context(_unnamed())
            with ZipFile(file, "w", ZIP_DEFLATED) as archive:
                for name, pieces in entries:
                    info = ZipInfo(name, dated)
                    info.compress_type = ZIP_DEFLATED
                    info.create_system = _UNIX
                    info.external_attr = _PLAIN_FILE
                    with archive.open(info, "w") as entry:
                        for piece in pieces:
                            entry.write(piece)
            file.seek(0, 2)
            file.flush()
        except OSError as error:
            raise _meaning(error) from error
        unless_done.pop_all()
    return file


def _unnamed() -> BinaryIO:
    try:
        return tempfile.TemporaryFile(prefix="turnout-")
    except FileNotFoundError as error:
        # What tempfile says where it could write to no folder at all.
        raise NoRoom from error


def _meaning(error: OSError) -> Exception:
    return NoRoom() if error.errno in (errno.ENOSPC, errno.EDQUOT) else error


def drained(file: BinaryIO) -> Iterator[bytes]:
    """The file from its beginning, in pieces; closed at the end."""
    with file:
        file.seek(0)
        while piece := file.read(PIECE):
            yield piece
