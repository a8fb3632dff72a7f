"""The page lives through what happens to the system: the gateway dies in mid-render, the line breaks in mid-upload."""

from __future__ import annotations

import asyncio
import re
from typing import Any
from uuid import uuid4

from playwright.async_api import Browser, Page, expect

from tests import material
from tests.browser.doing import clip, finished, send, write_brief
from tests.browser.opening import Site, visiting
from tests.browser.playing import plays
from tests.client import Client

LONG = " ".join(["This one takes a while to render, so that something can happen meanwhile."] * 6)
SLOWLY = 4_000_000  # bytes/s


async def test_a_gateway_that_dies_in_mid_render(site: Site, page: Page):
    await write_brief(page, LONG, clip(seconds=20))
    job = await send(page)
    await page.evaluate("window.notReloaded = true")
    await rendering(site, job)
    await site.kill_gateway()
    await expect(page.get_by_role("status").filter(has_text=re.compile("answer|reach"))).to_be_visible()
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await site.start_gateway()
    await finished(page)
    await plays(page)
    assert await page.evaluate("window.notReloaded") is True


async def rendering(site: Site, job: str) -> None:
    async with site.processes.client().http as http:
        api = Client(http)
        async with asyncio.timeout(120):
            while True:
                steps = {step["step"]: step for step in (await api.job(job))["videos"][0]["steps"]}
                if steps["render"]["state"] == "running":
                    return
                await asyncio.sleep(0.1)


async def test_an_upload_goes_on_after_a_cut(site: Site, page: Page):
    noise = ("-vf", "noise=alls=90:allf=t", "-metadata", f"comment={uuid4()}")
    big = material.video("noise.mp4", seconds=3, size=(1280, 720), options=noise)
    assert big.stat().st_size > 6 * SLOWLY  # parts of 8 MiB are kept, so that several are there when it is cut
    offsets: list[int] = []
    page.on("request", lambda request: offsets.append(int(request.headers.get("upload-offset", -1)))
            if request.method == "PATCH" else None)  # fmt: skip
    await page.goto("/footage")
    network = await page.context.new_cdp_session(page)
    limit: dict[str, Any] = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": SLOWLY}
    await network.send("Network.emulateNetworkConditions", limit)
    await page.locator("input[type=file]").first.set_input_files(big)
    bar = page.get_by_role("progressbar", name=re.compile("noise"))
    await expect(bar).to_have_attribute("aria-valuetext", re.compile("[5-8][0-9]"), timeout=60_000)
    await site.kill_gateway()
    await page.wait_for_timeout(1_500)
    await network.send("Network.emulateNetworkConditions", limit | {"uploadThroughput": -1})
    await site.start_gateway()
    await expect(page.get_by_role("main").get_by_text("noise.mp4").first).to_be_visible()
    await expect(bar).to_have_count(0, timeout=90_000)
    assert offsets[0] in {0, -1}
    assert offsets[-1] > 0, "it began anew"


async def test_two_tabs_see_the_same(site: Site, browser: Browser):
    async with visiting(browser, site.url) as context:
        one, two = await context.new_page(), await context.new_page()
        new = " ".join(f"Nobody has said {uuid4()} before." for _ in range(6))  # so that its voice is not at hand
        await write_brief(one, new, clip(seconds=20))
        job = await send(one)
        await two.goto("/jobs")
        await expect(two.get_by_role("main").locator(f"a[href='/jobs/{job}']").first).to_be_visible()
        await one.get_by_role("button", name=re.compile("Cancel")).first.click()
        await one.get_by_role("alertdialog").get_by_role("button", name=re.compile("Cancel")).click()
        row = two.get_by_role("listitem").filter(has=two.locator(f"a[href='/jobs/{job}']"))
        await expect(row.first).to_contain_text("ancelled")
