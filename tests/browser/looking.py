"""What is looked for on a page as it stands: all there, nobody locked out, nothing beyond the edge."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.async_api import Page, expect

_AXE_FILE = Path(__file__).parents[2] / "web/node_modules/axe-core/axe.min.js"
_AXE = "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"
_SIDEWAYS = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"


async def sideways(page: Page) -> int:
    """Pixels by which the page is wider than the window."""
    return int(await page.evaluate(_SIDEWAYS))


async def settled(page: Page) -> None:
    """All is there that the page waits for."""
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.get_by_role("status", name="Loading")).to_have_count(0)
    if page.url.endswith("/make"):
        await expect(page.get_by_role("img", name="How the subtitles will look")).to_be_visible()
    await expect(page.locator("main [aria-busy=true]")).to_have_count(0)


async def faults(page: Page) -> list[str]:
    """What axe finds serious or worse."""
    await page.evaluate(_AXE_FILE.read_text("utf-8"))
    found: list[dict[str, Any]] = await page.evaluate(_AXE)
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]
