"""What holds of every page: it opens, nobody is locked out, it fits a phone, and it is light to load."""

from __future__ import annotations

import gzip
from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.looking import faults, settled, sideways
from tests.browser.opening import PHONE, Site, visiting

PAGES = ("/make", "/jobs", "/library", "/footage", "/voices", "/settings", "/pipeline")
SCRIPT_MAX_BYTES = 250_000  # gzipped, for the first page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
async def test_nobody_is_locked_out(site: Site, browser: Browser, path: str, scheme: Any):
    async with visiting(browser, site.url, color_scheme=scheme) as context:
        page = await context.new_page()
        await page.goto(path)
        await settled(page)
        assert await faults(page) == []


@pytest.mark.parametrize("path", PAGES)
async def test_it_fits_a_phone(site: Site, browser: Browser, path: str):
    async with visiting(browser, site.url, PHONE) as context:
        page = await context.new_page()
        await page.goto(path)
        await settled(page)
        assert await sideways(page) == 0
        assert await faults(page) == []


@pytest.mark.parametrize("way", ["Only footage", "Products"])
async def test_each_way_in_fits_a_phone(site: Site, browser: Browser, way: str):
    async with visiting(browser, site.url, PHONE) as context:
        page = await context.new_page()
        await page.goto("/make")
        await page.get_by_role("tab", name=way).click()
        await settled(page)
        assert await sideways(page) == 0
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
    weight = sum(scripts.values())
    print(f"script of the first page, gzipped: {weight:,} bytes")
    assert 0 < weight <= SCRIPT_MAX_BYTES


async def test_a_path_that_leads_nowhere_leads_home(page: Page):
    await page.goto("/nothing/here")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await page.get_by_role("main").get_by_role("link").first.click()
    await expect(page).not_to_have_url("/nothing/here")
