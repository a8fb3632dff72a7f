"""What a user does on the page, by what a user sees: labels, buttons, headings."""

from __future__ import annotations

import re
from pathlib import Path
from uuid import uuid4

from playwright.async_api import Page, expect

from tests import material

ENDED_MS = 150_000
JOB = re.compile(r"/jobs/[0-9a-f-]{36}")


def clip(seconds: float = 6, size: tuple[int, int] = (640, 360)) -> Path:
    """A clip that nobody has uploaded before."""
    comment = ("-metadata", f"comment={uuid4()}")
    return material.video(f"clip-{uuid4().hex[:6]}.mp4", seconds=seconds, size=size, options=comment)


async def write_brief(page: Page, script: str, footage: Path) -> None:
    """A draft, ready to be sent."""
    await page.goto("/make")
    await page.get_by_role("textbox", name="Script").fill(script)
    await page.locator("input[type=file]").first.set_input_files(footage)
    await expect(page.get_by_role("checkbox", name=footage.name)).to_be_checked()
    await page.get_by_role("switch", name="Draft").check()


async def write_product(page: Page, name: str, price: str, picture: Path) -> None:
    """A draft of a product's video, ready to be sent."""
    await page.goto("/make")
    await page.get_by_role("tab", name="Products").click()
    product = page.get_by_role("region", name="The product")
    await product.get_by_role("textbox", name="Name").fill(name)
    await product.get_by_role("textbox", name="Price", exact=True).fill(price)
    await product.locator("input[type=file]").set_input_files(picture)
    await expect(product.get_by_role("button", name=f"Remove {picture.name}")).to_be_visible()
    await page.get_by_role("switch", name="Draft").check()


async def send(page: Page) -> str:
    """Presses the big button; the job's id."""
    await page.get_by_role("button", name=re.compile("^Make")).click()
    await page.wait_for_url(JOB)
    return page.url.rsplit("/", 1)[1]


async def finished(page: Page) -> None:
    await expect(page.locator("video").first).to_be_visible(timeout=ENDED_MS)
