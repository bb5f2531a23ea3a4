"""The sub-path of the public address, such as `/turnout`: doors are written without it. It comes
from the setting alone, and must never be taken from what a request says about itself."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send


class Below:
    """Goes around the routes. A proxy may pass the sub-path on or cut it off: no door begins with
    it (turnout.settings sees to that), so both are understood. One slash too many at the end, as
    mail programs put it there, changes nothing."""

    def __init__(self, app: ASGIApp, base: str) -> None:
        self._app = app
        self._base = base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app({**scope, "path": door(scope["path"], self._base)}, receive, send)


def door(path: str, base: str) -> str:
    """The path as routes know it."""
    if path == base or path.startswith(f"{base}/"):
        path = path.removeprefix(base)
    return path.rstrip("/") or "/"
