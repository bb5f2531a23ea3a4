"""The pages: static files, the same bytes for everybody, under strict headers. Their addresses
stand below the public address' path, and must never depend on a request."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

STATIC = Path(str(files("turnout.web") / "static"))

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}


class Pages:
    """`base`: the path of the public address, such as `/turnout`; empty without one."""

    def __init__(self, base: str) -> None:
        self._base = base

    async def participant(self, request: Request) -> Response:
        """`GET /c/SLUG`: the same bytes for a valid, used, wrong or missing pid; changes
        nothing."""
        return self._page("index.html")

    async def console(self, request: Request) -> Response:
        """`GET /console` and everything below it: the page finds its own way."""
        return self._page("console.html")

    async def front_door(self, request: Request) -> Response:
        """`GET /`: staff have the console; participants have links."""
        return RedirectResponse(f"{self._base}/console")

    def _page(self, name: str) -> Response:
        page = placed((STATIC / name).read_text("utf-8"), self._base)
        return HTMLResponse(page, headers={"Cache-Control": "no-cache"})


def placed(page: str, base: str) -> str:
    """A page as it was built, its files now below this path; it is told the path too. A `<base>`
    would do the first, but lead links within a page away from it."""
    page = page.replace('="./', f'="{base}/static/')
    return page.replace('data-base=""', f'data-base="{base}"')


class SecurityHeaders:
    """Puts the headers above on every response, also on what Starlette says when a door failed:
    it goes around the whole application."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        await self._app(scope, receive, send_with_headers)
