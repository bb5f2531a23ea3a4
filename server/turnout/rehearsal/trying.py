"""Another device at the door of a link, as errands of a rehearsal knock there: again after every
answer that was lost."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import httpx

from turnout import wire

T = TypeVar("T")
PATIENCE = 30.0
"""Seconds that the server may be away, restarts included."""
AGAIN_AFTER = 0.1


async def answered(call: Callable[[], Awaitable[T | wire.Refusal]]) -> T | wire.Refusal:
    """The first answer that is one. TimeoutError if there is none for too long."""
    async with asyncio.timeout(PATIENCE):
        while True:
            try:
                answer = await call()
            except httpx.TransportError:
                await asyncio.sleep(AGAIN_AFTER)
                continue
            if not (isinstance(answer, wire.Refusal) and answer.code == "unavailable"):
                return answer
            await asyncio.sleep(AGAIN_AFTER)


def is_elsewhere(answer: object) -> bool:
    """Whether a device was told that the link is used on another one, and that it may ask."""
    return (
        isinstance(answer, wire.Refusal)
        and answer.code == "other_device"
        and answer.reason == "may_ask"
    )


def words(answer: object) -> str:
    """An answer as reports tell it."""
    if isinstance(answer, wire.Refusal):
        return f"refused as '{answer.code}'"
    return "let in" if isinstance(answer, wire.Joined) else "answered"
