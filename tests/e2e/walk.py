"""What hands do on a way through the whole product: keys, taps, files that fall and files that come
back. A picture of every screen on the way is kept."""

from __future__ import annotations

import asyncio
import base64
import csv
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from playwright.async_api import Page, expect

from tests.e2e.camera import Camera

Seen = dict[str, tuple[str, ...]]
"""What a phone's last page says of each percentage: "100%", "6 of 6"."""


@dataclass(frozen=True)
class Walk:
    """One way through the server; a picture of every screen on it is kept."""

    desk: Page
    camera: Camera

    def begin(self) -> None:
        """Forget the pictures of an earlier walk."""
        for old in self._pictures():
            old.unlink()

    async def keep(self, page: Page, name: str) -> None:
        """The next picture; the first word of its name is whose screen it is."""
        number = len(self._pictures()) + 1
        await page.screenshot(path=self.camera.folder / f"path-{number:02}-{name}.png")

    async def keep_desk(self, heading: str, name: str) -> None:
        """Wait for the moderator's screen with this heading."""
        await expect(self.desk.get_by_role("heading", name=heading).first).to_be_visible()
        await self.keep(self.desk, f"desk-{name}")

    def _pictures(self) -> list[Path]:
        return list(self.camera.folder.glob("path-*.png"))


async def drop(page: Page, file: Path) -> None:
    """Let a file from outside fall onto the page's place for it."""
    content = base64.b64encode(file.read_bytes()).decode()
    dropped = await page.evaluate_handle(
        """([name, content]) => {
          const bytes = Uint8Array.from(atob(content), char => char.charCodeAt(0));
          const dropped = new DataTransfer();
          dropped.items.add(new File([bytes], name));
          return dropped;
        }""",
        [file.name, content],
    )
    await page.locator(".drop").dispatch_event("drop", {"dataTransfer": dropped})


async def send(desk: Page, text: str, *phones: Page) -> None:
    """The next question; these phones show it."""
    await press_next(desk)
    await expect(desk.locator(".open-card").get_by_role("heading", name=text)).to_be_visible()
    for phone in phones:
        await expect(phone.get_by_role("heading", name=text)).to_be_visible()


async def press_next(desk: Page) -> None:
    """By its key, as soon as what was pressed before is done."""
    ready = desk.get_by_role("button", name=re.compile("^Next "))
    await expect(ready).to_have_attribute("aria-busy", "false")
    await desk.keyboard.press("n")


async def pick(phone: Page, *options: str) -> None:
    for option in options:
        await phone.get_by_label(re.compile(f"^{option}")).check()


async def saved(phone: Page, why: str = "The next question appears here by itself.") -> None:
    """Send what is in the fields; the server has it."""
    await phone.get_by_role("button", name="Send answer").click()
    await expect(phone.get_by_role("status").filter(has_text="Saved")).to_contain_text(why)


async def downloaded(
    desk: Page, name: str, role: Literal["link", "button"] = "link"
) -> list[list[str]]:
    """The rows of a file that the browser saved."""
    async with desk.expect_download() as download:
        await desk.get_by_role(role, name=name).click()
    path = await (await download.value).path()
    text = await asyncio.to_thread(Path(path).read_text, "utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline="")))


async def thanked(phone: Page) -> Seen:
    """What the last page says."""
    await expect(phone.get_by_role("heading", name="You were counted.")).to_be_visible()
    seen = {}
    for words in ("of all questions", "while you were here"):
        tile = await phone.locator(".tile", has_text=words).inner_text()
        seen[words] = tuple(re.findall(r"\d+%|\d+ of \d+", tile))
    return seen
