"""From an empty form to a video that plays, as a person does it; and scripts that are not as one hopes."""

from __future__ import annotations

import re

from playwright.async_api import Page, expect

from tests import material
from tests.browser.doing import clip, finished, send, write_brief, write_product
from tests.browser.opening import Site
from tests.browser.playing import plays
from tests.client import Client

HOSTILE = 'Look at this: <img src=x onerror="window.taken=true"> and a < b > c, {\\b1}bold{\\b0} it is not.'
LONGEST = 5_000


async def test_from_upload_to_play(site: Site, page: Page):
    await write_brief(page, "A short walk by the sea. Nobody else was there.", clip())
    job = await send(page)
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    await finished(page)
    seen = await plays(page)
    async with site.processes.client().http as http:
        video = (await Client(http).job(job))["videos"][0]
    assert abs(seen["length"] - video["files"][0]["duration_s"]) < 0.1
    await page.goto("/library")
    await expect(page.get_by_role("main").get_by_role("link", name=re.compile("A short walk")).first).to_be_visible()


async def test_a_product_from_its_picture_to_play(site: Site, page: Page):
    await write_product(page, "Stoneware mug", "24,90", material.picture(size=(640, 640)))
    await page.get_by_role("radio", name="Sale").check(force=True)
    await page.get_by_role("textbox", name="Sale price").fill("19.90")
    job = await send(page)
    await finished(page)
    seen = await plays(page)
    async with site.processes.client().http as http:
        made = await Client(http).job(job)
    assert made["brief"]["products"][0]["sale_price"] == {"amount": "19.90", "currency": "EUR"}
    assert abs(seen["length"] - made["videos"][0]["files"][0]["duration_s"]) < 0.1
    await page.get_by_text("What was asked for").click()
    await expect(page.get_by_role("main")).to_contain_text("€19.90 instead of €24.90")
    await page.get_by_role("link", name="Make again with changes").click()
    await expect(page.get_by_role("radio", name="Sale")).to_be_checked()
    await expect(page.get_by_role("textbox", name="Name")).to_have_value("Stoneware mug")


async def test_a_picture_over_the_footage_at_its_words(site: Site, page: Page):
    mug = material.picture("mug.png", size=(600, 450))
    await write_brief(page, "A short walk by the sea. We took our new mug along.", clip())
    await page.get_by_text("Show pictures over it").click()
    await page.get_by_role("group", name="Pictures over it").locator("input[type=file]").set_input_files(mug)
    row = page.get_by_role("list", name="Pictures over the footage").get_by_role("listitem")
    await row.get_by_role("combobox", name="When mug.png is shown").click()
    await page.get_by_role("option", name="When these words are said").click()
    await page.get_by_role("button", name=re.compile("^Make")).click()
    await expect(row.get_by_role("alert")).to_have_text("At which words of the script?")
    await row.get_by_role("textbox").fill("our old mug")
    await page.get_by_role("button", name=re.compile("^Make")).click()
    await expect(row.get_by_role("alert")).to_contain_text("are not said in the script")
    await row.get_by_role("textbox").fill("our new mug")
    await row.get_by_role("combobox", name="Where mug.png stands").click()
    await page.get_by_role("option", name="Top right").click()
    job = await send(page)
    await finished(page)
    async with site.processes.client().http as http:
        (insert,) = (await Client(http).job(job))["brief"]["inserts"]
    assert (insert["when"], insert["place"], insert["mode"]) == ("our new mug", "top_right", "pip")
    await page.get_by_text("What was asked for").click()
    await page.get_by_role("link", name="Make again with changes").click()
    await expect(row.get_by_role("textbox")).to_have_value("our new mug")
    await row.get_by_role("button", name="Remove mug.png").click()
    await expect(row).to_have_count(0)


async def test_SEC_02_a_script_is_text_whatever_it_says(page: Page):
    await write_brief(page, HOSTILE, clip())
    await send(page)
    await finished(page)
    await expect(page.get_by_role("main")).to_contain_text("a < b > c")
    await expect(page.get_by_role("main")).to_contain_text("<img src=x")
    assert await page.locator("main img[src=x]").count() == 0
    assert await page.evaluate("window.taken") is None


async def test_five_thousand_characters_and_one_more(page: Page):
    longest = ("word " * (LONGEST // 5))[: LONGEST - 1] + "."
    await write_brief(page, longest + "x", clip())
    await expect(page.get_by_text(re.compile("5,001"))).to_be_visible()
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.url) if request.method == "POST" else None)
    await page.get_by_role("button", name=re.compile("^Make")).click()
    await expect(page.get_by_role("alert").first).to_be_visible()
    assert not [url for url in posted if url.endswith("/v1/jobs")]
    await page.get_by_role("textbox", name="Script").fill(longest)
    await send(page)
    await page.get_by_role("button", name=re.compile("Cancel")).first.click()
    await page.get_by_role("alertdialog").get_by_role("button", name=re.compile("Cancel")).click()
    await expect(page.get_by_role("main")).to_contain_text("ancelled")
