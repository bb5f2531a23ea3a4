"""Browser profiles that are watched all the time: what their pages say on the console, where they
send requests, and with what in them. A test that caused anything unexpected fails at its end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Literal

from playwright.async_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    WebSocket,
    expect,
)

PHONE = {"width": 360, "height": 780}
DESK = {"width": 1440, "height": 900}
PID = re.compile(r"\bp[0-9a-hjkmnp-tv-z]{16}\b", re.IGNORECASE)


@dataclass(frozen=True)
class Sent:
    """A request of a page, sockets included."""

    method: str
    url: str
    headers: dict[str, str]


@dataclass
class Browsing:
    """The profiles of one test. `origin`: the only place they may talk to. `expected`: a pattern of
    what the console may say in this test, such as a refusal's status."""

    browser: Browser
    origin: str
    cookies: dict[str, str]
    expected: str | None = None
    opened: set[str] = field(default_factory=set)
    """Addresses that a person typed or tapped: only these requests may carry a pid."""
    sent: list[Sent] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)
    _contexts: list[BrowserContext] = field(default_factory=list)

    async def phone(
        self,
        link: str,
        *,
        scheme: Literal["light", "dark"] = "light",
        width: int = 360,
        language: str = "en-GB",
    ) -> Page:
        """A new participant's phone, with this link open."""
        context = await self._context({**PHONE, "width": width}, scheme, language)
        return await self.visit(await context.new_page(), link)

    async def wait(self, link: str) -> Page:
        """A new phone whose owner has agreed to the terms and waits for the start."""
        phone = await self.phone(link)
        await phone.get_by_role("button", name="I agree").click()
        await expect(phone.get_by_role("heading", name="You're in the right place")).to_be_visible()
        return phone

    async def desk(
        self,
        path: str,
        *,
        signed_in: bool = True,
        language: str = "en-GB",
        cookies: dict[str, str] | None = None,
    ) -> Page:
        """A moderator's screen: the owner's, or of whom the cookies belong to."""
        context = await self._context(DESK, "light", language)
        if signed_in:
            await context.add_cookies(
                [
                    {"name": name, "value": value, "url": self.origin}
                    for name, value in (cookies or self.cookies).items()
                ]
            )
        return await self.visit(await context.new_page(), f"{self.origin}{path}")

    async def visit(self, page: Page, address: str) -> Page:
        """Open an address, as a person does."""
        self.opened.add(address)
        await page.goto(address)
        return page

    async def join(self, link: str) -> Page:
        """A new phone whose owner has tapped Join."""
        phone = await self.phone(link)
        await phone.get_by_role("button", name="Join").click()
        await expect(phone.get_by_role("button", name="Join")).to_have_count(0)
        return phone

    async def finish(self) -> None:
        """Close every profile; fail if a page did what no page may do."""
        for context in self._contexts:
            await context.close()
        wrong = self._wrong()
        assert not wrong, "\n".join(wrong)

    def _wrong(self) -> list[str]:
        wrong = list(self.trouble)
        for sent in self.sent:
            if not re.match(rf"(?:http|ws){re.escape(self.origin[4:])}/", sent.url):
                wrong.append(f"left the origin: {sent.url}")
            if sent.headers.get("referer"):
                wrong.append(f"told where it came from: {sent.url}")
            if sent.url not in self.opened and PID.search(sent.url):
                wrong.append(f"a pid in an address after load (I12): {sent.url}")
        return wrong

    async def _context(
        self, viewport: dict[str, int], scheme: Literal["light", "dark"], language: str
    ) -> BrowserContext:
        context = await self.browser.new_context(
            viewport={"width": viewport["width"], "height": viewport["height"]},
            color_scheme=scheme,
            locale=language,
            timezone_id="Europe/Berlin",
            reduced_motion="reduce",
        )
        self._contexts.append(context)
        context.set_default_timeout(10_000)
        context.on("page", self._watch)
        context.on("request", self._note)
        context.on("console", self._heard)
        context.on("weberror", lambda error: self.trouble.append(f"error: {error.error}"))
        return context

    def _watch(self, page: Page) -> None:
        page.on("websocket", self._note_socket)
        page.on("dialog", self._asked)

    def _note(self, request: Request) -> None:
        self.sent.append(Sent(request.method, request.url, request.headers))

    def _note_socket(self, line: WebSocket) -> None:
        self.sent.append(Sent("GET", line.url, {}))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type not in ("error", "warning"):
            return
        if self.expected is None or not re.search(self.expected, message.text):
            self.trouble.append(f"console: {message.text}")

    async def _asked(self, dialog: Dialog) -> None:
        self.trouble.append(f"dialog: {dialog.message}")
        await dialog.dismiss()


async def go_offline(page: Page) -> None:
    """The network goes. The page may have been told while what it asked then still got through, so
    it is told again when that would have been answered."""
    await page.context.set_offline(True)
    await page.wait_for_timeout(1_000)
    await page.evaluate("dispatchEvent(new Event('offline'))")


async def tab_to(page: Page, name: str) -> None:
    """Press Tab until this button has the focus; there are never many stops before it."""
    wanted = page.get_by_role("button", name=name)
    for _ in range(8):
        await page.keyboard.press("Tab")
        if await wanted.evaluate("element => element === document.activeElement"):
            return
    raise AssertionError(f"Tab does not reach {name}")
