"""A real browser on a real system: how they are started, and what is held of every page that a test opens."""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from services.gateway.pages import FOLDER
from tests.processes import Processes

ADMIN_KEY = "an admin's key out of the environment"
DESKTOP = (1280, 860)
PHONE = (390, 844)
WAIT_MS = 30_000

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--autoplay-policy=no-user-gesture-required",
)


def installed() -> str | None:
    """The program of a browser of the Chromium family, if there is one."""
    named = os.environ.get("EDIT_FACTORY_TEST_BROWSER")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)


def built() -> bool:
    return (FOLDER / "index.html").is_file()


@dataclass
class Site:
    """The system and where it answers. ``guarded`` asks for a key, as another machine's gateway would."""

    processes: Processes
    url: str
    port: int
    guarded: str

    async def restart_gateway(self) -> None:
        await self.kill_gateway()
        await self.start_gateway()

    async def kill_gateway(self) -> None:
        await self.processes.kill("gateway")

    async def start_gateway(self) -> None:
        """Where it was before, or no page would find it."""
        await self.processes.start("gateway", port=str(self.port))


@asynccontextmanager
async def site(home: Path, **settings: str) -> AsyncIterator[Site]:
    """Every service a process of its own, so that each can be killed alone; with these settings each of them."""
    processes = Processes(home)
    await processes.servers()
    processes.environment |= {f"EDIT_FACTORY_{name.upper()}": value for name, value in settings.items()}
    try:
        await processes.start_all()
        guarded = await processes.start("gateway#2", login="required", admin_key=ADMIN_KEY)
        yield Site(processes, processes.url, urlsplit(processes.url).port or 0, guarded)
    finally:
        await processes.stop()


@asynccontextmanager
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        running = await playwright.chromium.launch(executable_path=installed(), args=list(_QUIET))
        yield running
        await running.close()


@dataclass
class Eye:
    """What must hold whatever a test does: no error thrown, nothing refused by the policy, no other host asked."""

    origin: str
    seen: list[str] = field(default_factory=list)

    def follow(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.seen.append(f"thrown: {error}"))
        page.on("console", lambda message: self._console(message.type, f"{message.text} ({message.location})"))
        page.on("request", lambda request: self._request(request.url))
        page.on("dialog", lambda dialog: self._request(f"dialog: {dialog.message}"))

    def _console(self, kind: str, text: str) -> None:
        if kind == "error" and "Failed to load resource" not in text:  # an answer with a fault is told by the page
            self.seen.append(f"console: {text[:200]}…{text[-400:]}")

    def _request(self, url: str) -> None:
        if not url.startswith((self.origin, "blob:", "data:")):
            self.seen.append(f"elsewhere: {url}")


@asynccontextmanager
async def visiting(
    browser: Browser, url: str, size: tuple[int, int] = DESKTOP, **options: Any
) -> AsyncIterator[BrowserContext]:
    """A user of the page: cookies and storage of their own. Fails if a page of theirs broke a rule."""
    width, height = size
    context = await browser.new_context(
        base_url=url,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
        has_touch=size == PHONE,
        **options,
    )
    context.set_default_timeout(WAIT_MS)
    eye = Eye(url)
    context.on("page", eye.follow)
    try:
        yield context
    finally:
        await context.close()
    assert eye.seen == [], eye.seen
