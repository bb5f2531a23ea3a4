"""An event loop on the simulation's clock, for the server's coroutines. Nothing waits for real, and
what is ready runs in the order in which it became so. What goes wrong in it is raised by `run`."""

from __future__ import annotations

import asyncio
import heapq
from asyncio import events
from collections import deque
from collections.abc import Callable
from typing import Any, cast


class SimulatedLoop:
    """As much of `asyncio.AbstractEventLoop` as tasks, futures, sleeps and timeouts need. `now`:
    true milliseconds since the simulation began. A loop that was dropped runs nothing
    any more: its process was killed."""

    def __init__(self) -> None:
        self.now = 0
        self.dropped = False
        self.failed: BaseException | None = None
        self._ready: deque[asyncio.Handle] = deque()
        self._timers: list[tuple[float, int, asyncio.TimerHandle]] = []
        self._count = 0
        self._loop = cast(asyncio.AbstractEventLoop, self)

    # --- what asyncio asks for ----------------------------------------------------------------

    def time(self) -> float:
        return self.now / 1000

    def get_debug(self) -> bool:
        return False

    def is_running(self) -> bool:
        return True

    def is_closed(self) -> bool:
        return False

    def create_future(self) -> asyncio.Future[Any]:
        return asyncio.Future(loop=self._loop)

    def create_task(self, coro: Any, **options: Any) -> asyncio.Task[Any]:
        return asyncio.Task(coro, loop=self._loop, **options)

    def call_soon(
        self, callback: Callable[..., object], *args: Any, context: Any = None
    ) -> asyncio.Handle:
        handle = asyncio.Handle(callback, args, self._loop, context)
        if not self.dropped:
            self._ready.append(handle)
        return handle

    def call_later(
        self, delay: float, callback: Callable[..., object], *args: Any, context: Any = None
    ) -> asyncio.TimerHandle:
        return self.call_at(self.time() + delay, callback, *args, context=context)

    def call_at(
        self, when: float, callback: Callable[..., object], *args: Any, context: Any = None
    ) -> asyncio.TimerHandle:
        timer = asyncio.TimerHandle(when, callback, args, self._loop, context)
        if not self.dropped:
            self._count += 1
            heapq.heappush(self._timers, (round(when * 1000), self._count, timer))
        return timer

    def _timer_handle_cancelled(self, handle: asyncio.TimerHandle) -> None:
        """It is passed over when its time comes."""

    def call_exception_handler(self, context: dict[str, Any]) -> None:
        if not self.dropped:
            self.failed = context.get("exception") or RuntimeError(context["message"])

    # --- what the simulation does ---------------------------------------------------------------

    @property
    def next(self) -> float:
        """When the next timer is due; infinite if there is none."""
        while self._timers and self._timers[0][2].cancelled():
            heapq.heappop(self._timers)
        return self._timers[0][0] if self._timers else float("inf")

    def run(self, now: int) -> None:
        """Run all that is due at this moment, and what comes of it."""
        self.now = now
        events._set_running_loop(self._loop)
        try:
            while self.next <= now:
                self._ready.append(heapq.heappop(self._timers)[2])
            while self._ready:
                handle = self._ready.popleft()
                if not handle.cancelled():
                    handle._run()
        finally:
            events._set_running_loop(None)
        if self.failed is not None:
            raise self.failed

    def drop(self) -> None:
        """The process is gone, and with it what it was about to do."""
        self.dropped = True
        self._ready.clear()
        self._timers.clear()
