"""Each page with nothing in it, while it loads, when that failed, and full."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.doing import clip
from tests.browser.looking import faults, settled, sideways
from tests.browser.opening import ADMIN_KEY, PHONE, Site, visiting
from tests.client import Client
from tests.guarded import calling, new_key, new_profile

LISTS = ("/jobs", "/library", "/footage", "/feeds", "/batches")
READING = (*LISTS, "/voices", "/settings", "/settings?tab=brand", "/pipeline", "/make", "/batches/new")


@pytest.fixture
async def newcomer(site: Site, browser: Browser) -> AsyncIterator[BrowserContext]:
    """Somebody who has just been given a key and signed in with it."""
    async with calling(site.guarded, ADMIN_KEY) as admin:
        key = (await new_key(admin, await new_profile(admin, "newcomer")))["key"]
    async with visiting(browser, site.guarded) as context:
        page = await context.new_page()
        await page.goto("/")
        await page.get_by_label("Your key").fill(key)
        await page.get_by_role("button", name="Sign in").click()
        await expect(page.get_by_role("navigation").first).to_be_visible()
        await page.close()
        yield context


@pytest.mark.parametrize("path", LISTS)
async def test_FE_04_an_empty_page_says_what_to_do_first(newcomer: BrowserContext, path: str):
    page = await newcomer.new_page()
    await page.goto(path)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    first = page.get_by_role("main")
    await expect(first.get_by_role("heading", level=2).first).to_be_visible()
    await expect(first.get_by_role("link").or_(first.get_by_role("button")).first).to_be_visible()
    await expect(page.get_by_role("alert")).to_have_count(0)


@pytest.mark.parametrize("path", READING)
async def test_a_page_that_loads_is_not_empty(page: Page, path: str):
    released = asyncio.Event()

    async def later(route: Route) -> None:
        await released.wait()
        await route.continue_()

    await page.route("**/v1/**", later)
    await page.goto(path, wait_until="commit")
    await page.wait_for_timeout(1_000)
    await expect(page.get_by_role("alert")).to_have_count(0)
    assert "yet" not in await page.get_by_role("main").inner_text() if await page.get_by_role("main").count() else True
    released.set()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()


async def test_FE_04_a_page_that_could_not_be_read_says_so_and_heals(site: Site, page: Page):
    await site.processes.stop_server("postgres")
    try:
        for path in LISTS:
            await page.goto(path)
            failed = page.get_by_role("alert").first
            await expect(failed).to_be_visible(timeout=20_000)
    finally:
        await site.processes.start_server("postgres")
    await expect(page.get_by_role("alert")).to_have_count(0, timeout=60_000)


@pytest.fixture(scope="session")
async def full(site: Site) -> dict[str, Any]:
    """A finished job of two variants; ``clip`` is what it was made of."""
    async with site.processes.client().http as http:
        api = Client(http)
        brief = await api.brief(clip(), script="Waves roll in. The beach is empty.", quality="draft", variants=2)
        return await api.made(brief) | {"clip": brief["footage"][0]}


@pytest.mark.parametrize("path", ["/jobs", "/library", "/footage"])
async def test_a_full_page_shows_what_there_is(page: Page, full: dict[str, Any], path: str):
    await page.goto(path)
    await expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()
    await expect(page.get_by_role("main").locator("img").first).to_be_visible()


async def test_a_job_and_a_video_show_all_there_is(page: Page, full: dict[str, Any]):
    await page.goto(f"/jobs/{full['id']}")
    await expect(page.locator("video").first).to_be_visible()
    await page.goto(f"/videos/{full['videos'][0]['id']}")
    await expect(page.locator("video").first).to_be_visible()
    await expect(page.get_by_role("main")).to_contain_text("The beach is empty")


async def test_full_pages_fit_a_phone(site: Site, browser: Browser, full: dict[str, Any]):
    video, seen = full["videos"][0]["id"], full["clip"]
    async with visiting(browser, site.url, PHONE) as context:
        page = await context.new_page()
        for path in ("/jobs", "/library", "/footage", f"/jobs/{full['id']}", f"/videos/{video}", f"/footage/{seen}"):
            await page.goto(path)
            await settled(page)
            await expect(page.get_by_role("main").locator("img").first).to_be_visible()
            assert (path, await sideways(page)) == (path, 0)
            assert (path, await faults(page)) == (path, [])


@pytest.mark.parametrize("path", ["/jobs/", "/videos/", "/footage/", "/feeds/", "/batches/"])
async def test_what_is_not_there_is_said_kindly(page: Page, path: str):
    await page.goto(path + "01890000-0000-7000-8000-000000000000")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await expect(page.get_by_role("main").get_by_role("link").first).to_be_visible()
