"""A camera for the screens: nothing that axe-core finds fault with, no sideways scroll on the
smallest phone, a picture at every width, light and dark, for people to look at (SHOTS)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from playwright.async_api import Page, expect

AXE = Path(__file__).parents[2] / "client/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST = 320
TALL = 2_400
WIDTHS = {360: 780, 768: 1024, 1440: 900}
"""Of the pictures, with their heights."""
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")


@dataclass(frozen=True)
class Camera:
    """Looks at a page as people with other eyes and smaller screens do."""

    folder: Path

    async def look(self, page: Page, name: str, *widths: int) -> None:
        """Fail if something is wrong with what the page shows; keep its pictures, at these widths
        or at all. The page has its size again afterwards, and is light."""
        usual = page.viewport_size
        assert usual is not None
        pictures = widths or tuple(WIDTHS)
        for scheme in SCHEMES:
            await page.emulate_media(color_scheme=scheme)
            for width in pictures:
                await _resize(page, width)
                await page.screenshot(path=self.folder / f"{name}-{width}-{scheme}.png")
            await page.set_viewport_size(usual)
            await _is_faultless(page, f"{name}, {scheme}")
        await page.emulate_media(color_scheme="light")
        for width in (SMALLEST, *pictures):
            await _resize(page, width)
            wide = await page.evaluate("document.documentElement.scrollWidth")
            assert wide <= width, f"{name} scrolls sideways at {width}"
        if usual["width"] != pictures[0]:
            # Rules that look at sizes and at what is shown at all find the most on a phone.
            await _resize(page, pictures[0])
            await _is_faultless(page, f"{name}, {pictures[0]}")
        await page.set_viewport_size(usual)

    async def see(
        self, page: Page, heading: str | re.Pattern[str], name: str, *widths: int
    ) -> None:
        """Wait for the screen with this heading, and look at it."""
        await expect(page.get_by_role("heading", name=heading).first).to_be_visible()
        await self.look(page, name, *widths)


async def _resize(page: Page, width: int) -> None:
    await page.set_viewport_size({"width": width, "height": WIDTHS.get(width, 640)})


async def _is_faultless(page: Page, what: str) -> None:
    usual = page.viewport_size
    assert usual is not None
    # What lies half below a bar that stays would count as too small to be tapped.
    await page.set_viewport_size({"width": usual["width"], "height": TALL})
    if not await page.evaluate("'axe' in window"):
        await page.evaluate(AXE.read_text("utf-8"))
    found: dict[str, Any] = await page.evaluate(
        "rules => axe.run(document, { runOnly: rules, resultTypes: ['violations'] })", RULES
    )
    await page.set_viewport_size(usual)
    faults = [
        f"{fault['id']}: {fault['help']}: {node['html'][:200]}"
        for fault in found["violations"]
        for node in fault["nodes"]
    ]
    assert not faults, f"{what}:\n" + "\n".join(faults)
