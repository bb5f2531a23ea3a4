"""A connection that keeps what it was sent, and a clock that stands where a test puts it."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any


@dataclass(eq=False)
class Recorder:
    """A socket without a network. `code`: how it was closed, None while it is open."""

    frames: list[bytes] = field(default_factory=list)
    code: int | None = None

    def send(self, frame: bytes) -> None:
        """Keep the frame, unless it is closed."""
        if self.code is None:
            self.frames.append(frame)

    def close(self, code: int) -> None:
        """The first code counts."""
        if self.code is None:
            self.code = code

    @property
    def messages(self) -> list[dict[str, Any]]:
        """What was sent."""
        return [json.loads(frame) for frame in self.frames]

    def kinds(self) -> list[str]:
        """The types of what was sent."""
        return [message["t"] for message in self.messages]


@dataclass
class Clock:
    """Milliseconds; moves when it is told to."""

    now: int = 1_795_597_200_000

    def __call__(self) -> int:
        return self.now

    def advance(self, milliseconds: int) -> None:
        """Time passes."""
        self.now += milliseconds
