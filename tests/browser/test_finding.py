"""What was made and what was given is found again, named, told about, deleted and brought back."""

from __future__ import annotations

import re
from uuid import uuid4

from playwright.async_api import Browser, Page, expect

from tests.browser.doing import clip, finished, send, write_brief
from tests.browser.opening import ADMIN_KEY, Site, visiting


async def test_a_video_is_found_renamed_deleted_and_brought_back(page: Page):
    word = f"Quiet{uuid4().hex[:6]}"
    await write_brief(page, f"{word} beaches are the best.", clip())
    await send(page)
    await finished(page)
    await page.goto("/library")
    await page.get_by_role("searchbox", name="Search videos").fill(word)
    await expect(page).to_have_url(re.compile(f"q={word}"))
    await page.reload()  # what is looked for stands in the address
    cards = page.get_by_role("listitem").filter(has_text=word)
    await expect(cards).to_have_count(1)

    await page.get_by_role("button", name=re.compile(f"More on {word}")).click()
    await page.get_by_role("menuitem", name="Rename").click()
    renamed = f"{word} <b>at dawn</b>"
    await page.get_by_role("dialog").get_by_role("textbox", name="Name").fill(renamed)
    await page.get_by_role("dialog").get_by_role("button", name="Rename").click()
    await expect(page.get_by_text(renamed).first).to_be_visible()

    await page.get_by_role("checkbox", name=re.compile(f"Choose {word}")).check()
    await page.get_by_role("region", name="Chosen videos").get_by_role("button", name="Delete").click()
    await expect(page.get_by_role("heading", name="No video fits")).to_be_visible()
    await page.get_by_role("button", name="Deleted", exact=True).click()
    await expect(cards).to_contain_text(re.compile("deleted just now, kept until [0-9]+ [A-Z]"))
    await page.get_by_role("button", name="Undo").click()
    await expect(cards).to_have_count(0)
    await page.get_by_role("button", name="Deleted", exact=True).click()
    await expect(cards).to_have_count(1)


async def test_footage_is_looked_through_told_about_and_found(page: Page):
    file = clip()
    keyword = f"beach{uuid4().hex[:6]}"
    await page.goto("/footage")
    await page.locator("input[type=file]").first.set_input_files(file)
    await page.get_by_role("list", name="Files").get_by_role("link", name=file.name).click()
    await page.get_by_role("textbox", name="Keywords").fill(f"{keyword}, sea")
    await page.get_by_role("button", name="Save").click()
    await expect(page.get_by_text("Saved")).to_be_visible()
    await page.get_by_role("button", name="Make favourite").click()
    await expect(page.get_by_role("button", name="Favourite", exact=True)).to_be_visible()
    await expect(
        page.get_by_role("main").get_by_role("button", name=re.compile("^Play the moment")).first
    ).to_be_visible()

    await page.goto("/footage?favourite=true")
    await page.get_by_role("searchbox", name="Keyword").fill(keyword)
    await expect(page).to_have_url(re.compile(keyword))
    await expect(page.get_by_role("list", name="Files").get_by_role("listitem")).to_have_count(1)
    await page.get_by_role("searchbox", name="Keyword").fill("nothing at all")
    await page.get_by_role("button", name="Show all files").click()
    await expect(page.get_by_role("link", name=file.name)).to_be_visible()


async def test_voices_are_found_by_name_and_language(page: Page):
    await page.goto("/voices")
    voices = page.get_by_role("list", name="Voices").get_by_role("listitem")
    await expect(voices.first).to_be_visible()
    every = await voices.count()
    await page.get_by_role("searchbox", name="Search voices").fill("piper")
    await expect(page).to_have_url(re.compile("q=piper"))
    assert 0 < await voices.count() < every
    await page.get_by_role("searchbox", name="Search voices").fill("nobody")
    await page.get_by_role("button", name="Show all voices").click()
    await expect(voices).to_have_count(every)


async def test_an_admin_limits_somebody_and_is_told_what_does_not_fit(site: Site, browser: Browser):
    async with visiting(browser, site.guarded) as context:
        page = await context.new_page()
        await page.goto("/settings?tab=profiles")
        await page.get_by_role("textbox", name="Your key").fill(ADMIN_KEY)
        await page.get_by_role("button", name="Sign in").click()
        name = f"anna-{uuid4().hex[:6]}"
        await page.goto("/settings?tab=profiles")
        await page.get_by_role("textbox", name="A new profile").fill(name)
        await page.get_by_role("button", name="Make it").click()
        await page.get_by_role("button", name=f"Change {name}").click()
        dialog = page.get_by_role("dialog")
        await dialog.get_by_role("textbox", name="Uploads a minute").fill("many")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog.get_by_role("alert")).to_contain_text("whole number")
        await dialog.get_by_role("textbox", name="Uploads a minute").fill("0")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog.get_by_role("alert")).to_be_visible()  # the gateway's words, beside the field
        await dialog.get_by_role("textbox", name="Uploads a minute").fill("3")
        await dialog.get_by_role("button", name="Save").click()
        await expect(dialog).to_have_count(0)
        await page.get_by_role("button", name=f"Change {name}").click()
        await expect(dialog.get_by_role("textbox", name="Uploads a minute")).to_have_value("3")
