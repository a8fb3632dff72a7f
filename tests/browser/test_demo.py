"""The first start: the demo ends with an address, and the page there plays its video."""

from __future__ import annotations

import asyncio
import re
import sys
from pathlib import Path

from playwright.async_api import Page, expect

from tests.browser.opening import Site
from tests.browser.playing import plays


async def test_the_demo_ends_at_its_video(site: Site, page: Page, tmp_path: Path):
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "edit_factory", "--home", str(site.processes.home), "demo", "--url", site.url,
        "--out", str(tmp_path), stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    told, _ = await asyncio.wait_for(process.communicate(), 300)
    assert process.returncode == 0
    address = told.decode().strip().splitlines()[-1].strip()
    assert re.fullmatch(rf"{re.escape(site.url)}/videos/[0-9a-f-]+", address)
    await page.goto(address)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await plays(page)
