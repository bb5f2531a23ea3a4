"""Waiting until something holds that messages and lost connections bring about."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class News:
    """`tell` after every change; any number may wait."""

    def __init__(self) -> None:
        self._changed = asyncio.Event()

    def tell(self) -> None:
        """Something has changed."""
        self._changed.set()

    async def until(self, condition: Callable[[], bool], patience: float) -> bool:
        """Wait until `condition` holds; False if it did not within so many seconds."""
        try:
            async with asyncio.timeout(patience):
                while not condition():
                    self._changed.clear()
                    await self._changed.wait()
        except TimeoutError:
            return False
        return True
