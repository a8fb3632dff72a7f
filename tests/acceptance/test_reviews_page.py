"""docs/reviews.md is true: its commands run as they stand, one after another."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import orjson

from edit_factory.embedded import Embedded
from tests import material
from tests.acceptance.test_readme import shell
from tests.client import Client
from tests.integration.test_reviews import waiting

PAGE = (Path(__file__).parents[2] / "docs" / "reviews.md").read_text("utf-8")
Ask = Callable[[str], Awaitable[dict[str, Any]]]


def examples(name: str) -> list[str]:
    text = PAGE.split(f"<!-- {name}: ", 1)[1].split(f"<!-- /{name} -->", 1)[0]
    return re.findall(r"```bash\n(.*?)```", text, re.DOTALL)


async def test_the_examples_of_reviews_follow_one_another(api: Client, factory: Embedded, tmp_path: Path):
    asset = (await api.upload(material.video("page.mp4", seconds=6, size=(320, 180))))["id"]
    submit, review, approve, script, match, style = examples("examples")
    job = orjson.loads(await shell(submit, tmp_path, URL=factory.url, ASSET=asset))
    video = (await waiting(api, job["id"], "script"))["id"]
    known = {"URL": factory.url, "ASSET": asset, "VIDEO": video}

    async def ask(command: str) -> dict[str, Any]:
        return dict(orjson.loads(await shell(command, tmp_path, **known)))

    assert (await ask(review))["review"] == "script"
    assert (await ask(approve))["run"] == 2
    await waiting(api, job["id"], "plan")
    assert (await ask(script))["run"] == 3
    await waiting(api, job["id"], "plan")
    assert (await ask(match))["review"] == "plan"
    assert (await ask(style))["state"] == "running"
    ended = await api.finished(job["id"])
    assert (ended["state"], ended["videos"][0]["files_run"]) == ("completed", 5)
    seen = await ask(review)
    assert seen["script"]["text"].startswith("We found it at last.")
    assert seen["plan"]["timeline"]["clips"][0]["source_in_s"] == 0.5
    assert seen["plan"]["timeline"]["subtitles"]["colour"] == "#FFD60A"


async def test_the_examples_of_notes(api: Client, factory: Embedded, tmp_path: Path):
    asset = (await api.upload(material.video("page.mp4", seconds=6, size=(320, 180))))["id"]
    write, search = examples("notes")
    said = orjson.loads(await shell(write, tmp_path, URL=factory.url, ASSET=asset))
    assert said["marks"][1]["hidden"] is True
    for _ in range(20):  # the list may be a moment behind
        page = orjson.loads(await shell(search, tmp_path, URL=factory.url))
        if page["items"]:
            break
    assert asset in [each["id"] for each in page["items"]]
