"""One browser and one server process for all browser tests; each test has profiles and a
conversation of its own."""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright, expect

from tests.e2e.browsing import Browsing
from tests.e2e.camera import Camera
from tests.e2e.site import Site, running

NO_BROWSER = "The browser tests need CHROMIUM, the path of a browser. `make test` sets it."
QUIET = (
    "--no-sandbox",  # containers have no user namespaces; it opens only our own pages
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)

expect.set_options(timeout=10_000)


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    """The browser that CHROMIUM names."""
    path = os.environ.get("CHROMIUM")
    if not path:
        pytest.fail(NO_BROWSER, pytrace=False)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    """A server for many tests, with an owner. Nobody kills it."""
    async with running(tmp_path_factory.mktemp("site")) as site:
        yield site


@pytest.fixture(scope="session")
async def staff_cookies(site: Site) -> dict[str, str]:
    """The owner's session with the shared server."""
    return await site.sign_in()


@pytest.fixture
async def browsing(
    browser: Browser, site: Site, staff_cookies: dict[str, str]
) -> AsyncIterator[Browsing]:
    """Profiles that visit the shared server; whatever no page may do fails the test."""
    browsing = Browsing(browser, site.address, staff_cookies)
    yield browsing
    await browsing.finish()


@pytest.fixture
async def own_site(tmp_path: Path) -> AsyncIterator[Site]:
    """A server of this test's own, without an owner."""
    async with running(tmp_path) as site:
        yield site


@pytest.fixture
async def own_browsing(browser: Browser, own_site: Site) -> AsyncIterator[Browsing]:
    """Profiles that visit the test's own server."""
    browsing = Browsing(browser, own_site.address, {})
    yield browsing
    await browsing.finish()


@pytest.fixture(scope="session")
def shots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pictures of the screens go: SHOTS, or a folder that nobody keeps."""
    chosen = os.environ.get("SHOTS")
    folder = Path(chosen) if chosen else tmp_path_factory.mktemp("shots")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def camera(shots: Path) -> Camera:
    """Takes the pictures of a test."""
    return Camera(shots)
