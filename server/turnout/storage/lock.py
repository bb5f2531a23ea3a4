"""One process a store: a file that is locked as long as the store is open.

The kernel holds the lock, so it is gone with the process, however that ended. What stands in the
file means nothing.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from turnout.ports import StoreInUse, StoreUnavailable

NAME = "turnout.lock"


class Lock:
    """Held from construction to `release`. StoreInUse if another store holds it."""

    def __init__(self, folder: Path) -> None:
        try:
            self._file = os.open(folder / NAME, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreUnavailable(f"The data folder {folder} can't be used: {error}.") from error
        try:
            _take(self._file)
        except (BlockingIOError, PermissionError) as error:
            os.close(self._file)
            raise StoreInUse(
                f"Another Turnout is using the data in {folder}. Stop it first, or give this one a "
                "data folder of its own."
            ) from error
        except OSError as error:
            os.close(self._file)
            raise StoreUnavailable(
                f"Files in {folder} can't be locked ({error}). Use a folder on a local disk."
            ) from error

    def release(self) -> None:
        """Let the next one in. Once."""
        os.close(self._file)


if sys.platform == "win32":
    import msvcrt

    def _take(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _take(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
