"""One system and one browser for all tests of the page. Without a browser, or a page, they are skipped and say why."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest
from playwright.async_api import Browser, Page

from tests.browser import opening
from tests.browser.opening import Site, visiting


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    reason = ""
    if not opening.installed():
        reason = "no browser of the Chromium family is installed (Debian: apt-get install chromium)"
    elif not opening.built():
        reason = "the web page is not built (make web)"
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)
            if reason:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
async def site(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Site]:
    async with opening.site(tmp_path_factory.mktemp("site")) as running:
        yield running


@pytest.fixture(scope="session")
async def browser() -> AsyncIterator[Browser]:
    async with opening.browser() as running:
        yield running


@pytest.fixture
async def page(site: Site, browser: Browser) -> AsyncIterator[Page]:
    """A desktop's window; a new user as far as the browser knows."""
    async with visiting(browser, site.url) as context:
        yield await context.new_page()
