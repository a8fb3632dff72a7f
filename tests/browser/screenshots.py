"""Takes the pictures of the web page in docs/images, of a system that has made the sample video.

Run as ``python -m tests.browser.screenshots``.
"""

from __future__ import annotations

import asyncio
import io
import re
import sys
import tempfile
from pathlib import Path

from PIL import Image
from playwright.async_api import FilePayload, Page, expect

from tests.browser import opening, shopping
from tests.browser.opening import DESKTOP, PHONE, Site, visiting
from tests.client import Client
from tests.doubles.receiver import receiver

IMAGES = Path(__file__).parents[2] / "docs" / "images"
SCRIPT = "We found the quietest beach of the whole coast. Nobody else was awake. Just the sea, the wind, and us."


async def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        async with opening.site(Path(folder), outbound_allow="127.0.0.0/8") as site, opening.browser() as browser:
            await _demo(site, Path(folder))
            async with visiting(browser, site.url, DESKTOP, color_scheme="light") as context:
                await _desktop(site, await context.new_page())
            async with visiting(browser, site.url, PHONE, color_scheme="dark") as context:
                page = await context.new_page()
                await page.goto("/make")
                await page.get_by_role("textbox", name="Script").fill(SCRIPT)
                await _take(page, "phone")
            async with visiting(browser, site.url, DESKTOP, color_scheme="light") as context:
                await _shop(site, await context.new_page(), Path(folder))


async def _demo(site: Site, folder: Path) -> None:
    command = ["--home", str(site.processes.home), "demo", "--url", site.url, "--out", str(folder / "out")]
    process = await asyncio.create_subprocess_exec(sys.executable, "-m", "edit_factory", *command)
    if await process.wait() != 0:
        raise RuntimeError("the sample video could not be made")


async def _desktop(site: Site, page: Page) -> None:
    async with site.processes.client().http as http:
        (job,) = (await http.get("/v1/jobs")).json()["items"]
        whole = await Client(http).job(job["id"])
    await page.goto("/make")
    await page.get_by_role("textbox", name="Script").fill(SCRIPT)
    for box in (await page.get_by_role("list", name="Your clips").get_by_role("checkbox").all())[:3]:
        await box.check(force=True)
    await _take(page, "make")
    await _products(page)
    for name in ("jobs", "library", "footage", "voices", "settings", "pipeline"):
        await page.goto(f"/{name}" + ("?tab=limits" if name == "settings" else ""))
        await _take(page, name)
    await page.goto(f"/jobs/{job['id']}")
    await expect(page.locator("video")).to_be_visible()
    await _take(page, "job")
    await page.goto(f"/videos/{whole['videos'][0]['id']}")
    await page.get_by_text(re.compile("What else would fit")).first.click()
    await _take(page, "video")


async def _shop(site: Site, page: Page, folder: Path) -> None:
    async with site.processes.client().http as http, receiver() as server:
        api = Client(http)
        feed, batch = await shopping.feed(api, folder, server), await shopping.batch(api, folder)
        await page.goto(f"/feeds/{feed}")
        await _take(page, "feeds")
    await page.goto(f"/batches/{batch}")
    await _take(page, "batch")


async def _products(page: Page) -> None:
    """What is typed is a product of the docs; its picture is the one of the templates' pictures."""
    await page.goto("/make")
    await page.get_by_role("tab", name="Products").click()
    product = page.get_by_role("region", name="The product")
    written = {"Name": "Stoneware mug “Shore”, glazed by hand", "Sale price": "19.90", "Brand": "Atelier Heron"}
    for name, text in written.items():
        await product.get_by_role("textbox", name=name).fill(text)
    await product.get_by_role("textbox", name="Price", exact=True).fill("24.90")
    await product.locator("input[type=file]").set_input_files(_photograph())
    await expect(product.get_by_role("list", name="Chosen pictures").get_by_role("img")).to_be_visible()
    await page.get_by_role("radio", name="Sale").check(force=True)
    await page.get_by_role("button", name="Sale", exact=True).click()
    await page.get_by_role("textbox", name="Call to action").fill("Order now")
    await page.evaluate("document.activeElement.blur()")
    await page.set_viewport_size({"width": 1280, "height": 1180})
    await _take(page, "products")
    await page.set_viewport_size({"width": DESKTOP[0], "height": DESKTOP[1]})
    await product.get_by_role("textbox", name="Name").fill("")


def _photograph() -> FilePayload:
    """The cup of ``docs/images/product-templates.jpg``, out of its picture: the first, before the writing begins."""
    with Image.open(IMAGES / "product-templates.jpg") as templates:
        wide = templates.crop((1500, 60, 2086, 405))
    held = io.BytesIO()
    wide.save(held, "JPEG", quality=95)
    return FilePayload(name="mug.jpg", mimeType="image/jpeg", buffer=held.getvalue())


async def _take(page: Page, name: str) -> None:
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await page.evaluate("window.scrollTo(0, 0)")
    await page.wait_for_timeout(2_000)  # pictures come after the words
    await page.screenshot(path=IMAGES / f"page-{name}.jpg", type="jpeg", quality=80)


if __name__ == "__main__":
    asyncio.run(main())
