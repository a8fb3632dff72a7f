"""What holds of every page: it opens, nobody is locked out, it fits a phone, and it is light to load."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.opening import PHONE, Site, visiting

ROOT = Path(__file__).parents[2]
AXE = ROOT / "web/node_modules/axe-core/axe.min.js"
PAGES = ("/make", "/jobs", "/library", "/footage", "/voices", "/settings", "/pipeline")
SCRIPT_MAX_BYTES = 250_000  # gzipped, for the first page

_SIDEWAYS = "document.scrollingElement.scrollWidth - document.scrollingElement.clientWidth"
_AXE = "axe.run(document, {resultTypes: ['violations']}).then(r => r.violations)"


async def faults(page: Page) -> list[str]:
    """What axe finds serious or worse, once all is there that the page waits for."""
    if page.url.endswith("/make"):
        await expect(page.get_by_role("img", name="How the subtitles will look")).to_be_visible()
    await expect(page.locator("main [aria-busy=true]")).to_have_count(0)
    await page.evaluate(AXE.read_text("utf-8"))
    found: list[dict[str, Any]] = await page.evaluate(_AXE)
    return [
        f"{one['id']}: {node['html'][:200]}"
        for one in found
        if one["impact"] in {"serious", "critical"}
        for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
async def test_nobody_is_locked_out(site: Site, browser: Browser, path: str, scheme: Any):
    async with visiting(browser, site.url, color_scheme=scheme) as context:
        page = await context.new_page()
        await page.goto(path)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert await faults(page) == []


@pytest.mark.parametrize("path", PAGES)
async def test_it_fits_a_phone(site: Site, browser: Browser, path: str):
    async with visiting(browser, site.url, PHONE) as context:
        page = await context.new_page()
        await page.goto(path)
        await expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert await page.evaluate(_SIDEWAYS) == 0
        assert await faults(page) == []


async def test_the_first_page_is_light(page: Page):
    scripts: dict[str, int] = {}

    async def weigh(response: Any) -> None:
        if response.url.endswith(".js"):
            scripts[response.url] = len(gzip.compress(await response.body()))

    page.on("response", weigh)
    await page.goto("/")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await page.wait_for_timeout(500)
    assert 0 < sum(scripts.values()) <= SCRIPT_MAX_BYTES


async def test_a_path_that_leads_nowhere_leads_home(page: Page):
    await page.goto("/nothing/here")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await page.get_by_role("main").get_by_role("link").first.click()
    await expect(page).not_to_have_url("/nothing/here")
