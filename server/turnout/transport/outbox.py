"""What waits for a slow reader, where it can still be dropped. Only sockets that do not keep up
have one."""

from __future__ import annotations

from collections import deque

from turnout.transport.bounds import Bounds


class Outbox:
    """Frames in order. `since`: the tick at which the reader fell behind. `blocked`: the kernel
    takes no more now. `replacing`: while a session puts one state in the place of what was
    dropped."""

    __slots__ = ("_bytes", "_frames", "_largest", "blocked", "replacing", "since")

    def __init__(self, since: int) -> None:
        self._frames: deque[bytes] = deque()
        self._bytes = 0
        self._largest = 0
        self.since = since
        self.blocked = False
        self.replacing = False

    def __len__(self) -> int:
        """How many frames wait."""
        return len(self._frames)

    def add(self, frame: bytes) -> None:
        """Queue a frame."""
        self._frames.append(frame)
        self._bytes += len(frame)
        self._largest = max(self._largest, len(frame))

    def pop(self) -> bytes:
        """The frame whose turn it is."""
        frame = self._frames.popleft()
        self._bytes -= len(frame)
        return frame

    def clear(self) -> None:
        """Drop what waits."""
        self._frames.clear()
        self._bytes = self._largest = 0

    def is_over(self, bounds: Bounds) -> bool:
        """Whether too much waits. The largest frame is not counted: it is a state, which is let
        through whatever its size, and one only."""
        counted = self._bytes - self._largest
        return len(self._frames) > bounds.out_frames or counted > bounds.out_bytes
