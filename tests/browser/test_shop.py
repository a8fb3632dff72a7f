"""A shop's way: from a feed's file to its products, and from a table to a batch of videos."""

from __future__ import annotations

import re
from uuid import uuid4

from playwright.async_api import FilePayload, Page, expect

from tests.browser.doing import ENDED_MS, clip
from tests.browser.looking import faults, settled, sideways
from tests.material.feeds import row, table

FEED = re.compile(r"/feeds/[0-9a-f-]{36}")
BATCH = re.compile(r"/batches/[0-9a-f-]{36}")


def file(data: bytes) -> FilePayload:
    """A table that nobody has uploaded before."""
    return FilePayload(name=f"shop-{uuid4().hex[:6]}.csv", mimeType="text/csv", buffer=data)


async def add_feed(page: Page, data: bytes) -> str:
    """A feed of a file, imported; its name."""
    name = f"Shop {uuid4().hex[:6]}"
    await page.goto("/feeds")
    await page.get_by_role("button", name=re.compile("^Add .*feed$")).click()
    dialog = page.get_by_role("dialog", name="Add a feed")
    await dialog.locator("input[type=file]").set_input_files(file(data))
    await expect(dialog.get_by_role("button", name=re.compile("^Take another file"))).to_be_visible()
    await dialog.get_by_role("textbox", name="Name", exact=True).first.fill(name)
    await dialog.get_by_role("button", name="Add and import").click()
    await page.wait_for_url(FEED)
    return name


async def test_from_a_feeds_file_to_its_products_and_what_changed(page: Page):
    broken = "9,,5.00 RON,https://shop.example/9.jpg,Lutul\n"
    name = await add_feed(page, table(range(1, 4), broken))
    products = page.get_by_role("list", name="Products")
    await expect(products.get_by_role("listitem")).to_have_count(3)
    await page.get_by_text(re.compile("row could not be used")).click()
    await expect(page.get_by_role("list", name="Rows that could not be used")).to_contain_text("Line 5")
    await page.get_by_role("button", name="Import a new file").click()
    dialog = page.get_by_role("dialog")
    await dialog.locator("input[type=file]").set_input_files(file(table([2, 3], row(1, price="7.50 RON"), row(4))))
    await expect(dialog).to_have_count(0)
    await page.get_by_role("button", name=re.compile("^Changed 1")).click()
    await expect(products.get_by_role("listitem")).to_have_count(1)
    await expect(products).to_contain_text("7.50")
    await page.reload()
    await expect(products.get_by_role("listitem")).to_have_count(1)
    await products.get_by_role("checkbox").check()
    await page.get_by_role("link", name="Make 1 video").click()
    await expect(page.get_by_role("radio", name=re.compile("1 product you chose"))).to_be_checked()
    await expect(page.get_by_role("list", name="What becomes of them")).to_contain_text("7.50")
    await expect(page.get_by_role("button", name="Make 1 video")).to_be_visible()
    await page.goto("/feeds")
    await expect(page.get_by_role("list", name="Feeds")).to_contain_text(name)


async def test_a_table_of_three_rows_one_of_them_bad_becomes_two_videos(page: Page):
    await page.goto("/batches/new")
    await page.get_by_role("button", name="A table", exact=True).click()
    rows = file(b"city,days\nNice,300\nOslo,\nFaro,310\n")
    await page.locator("input[type=file]").first.set_input_files(rows)
    await expect(page.get_by_role("button", name=re.compile("^Take another file"))).to_be_visible()
    await page.get_by_role("radio", name="Words for a script").check()
    footage = clip()
    await page.get_by_role("region", name="2. Show it").locator("input[type=file]").set_input_files(footage)
    await expect(page.get_by_role("checkbox", name=footage.name)).to_be_checked()
    await page.get_by_role("textbox", name="Script").fill("Come to {city}. Sun on ")
    await page.get_by_role("button", name="{days}").click()
    await expect(page.get_by_role("textbox", name="Script")).to_have_value("Come to {city}. Sun on {days}")
    first = page.get_by_role("list", name="What becomes of them")
    await expect(first).to_contain_text("Come to Nice. Sun on 300")
    await expect(first).to_contain_text("has no “days”")
    await page.get_by_role("switch", name="Draft").check()
    await page.get_by_role("button", name="Make a video of each row").click()
    await page.wait_for_url(BATCH)
    listed = page.get_by_role("list", name="Rows")
    await expect(listed.get_by_role("link", name="Watch", exact=False)).to_have_count(2, timeout=ENDED_MS)
    await expect(listed).to_contain_text("has no “days”")
    await expect(page.get_by_role("main")).to_contain_text("2 of 3 videos, 1 refused")
    await page.get_by_role("button", name=re.compile("^Refused")).click()
    await expect(listed.get_by_role("listitem")).to_have_count(1)
    async with page.expect_download() as zipped:
        await page.get_by_role("link", name="Videos as ZIP").click()
    assert (await (await zipped.value).path()).stat().st_size > 100_000
    await page.set_viewport_size({"width": 390, "height": 844})
    for path in (page.url, "/batches", "/feeds", "/batches/new"):
        await page.goto(path)
        await settled(page)
        assert (path, await sideways(page)) == (path, 0)
        assert (path, await faults(page)) == (path, [])
