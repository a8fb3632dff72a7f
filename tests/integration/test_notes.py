"""What an owner says of their footage: kept by revision, searched by, and handed to the jobs that come after."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from contracts import subjects
from contracts.events import AssetDescribedV1, JobRequestedV1
from edit_factory.embedded import Embedded
from kit.service import connected
from tests import material
from tests.client import Client, Json

MARK = {"start_s": 0.5, "end_s": 2.0, "keywords": ["Splash"], "hidden": True, "transform": {"flip_x": True}}


def unlike_any_other() -> Path:
    return material.video(
        f"noted-{uuid4().hex[:8]}.mp4", seconds=4, size=(320, 180), options=("-metadata", f"comment={uuid4().hex}")
    )


@pytest.fixture
async def asset(api: Client) -> str:
    return str((await api.upload(unlike_any_other()))["id"])


async def put(api: Client, asset: str, notes: Json, **headers: str) -> httpx.Response:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return await api.http.put(f"/v1/assets/{asset}/notes", json=notes, headers=names)


async def found(api: Client, **asked: Any) -> set[str]:
    page = (await api.http.get("/v1/assets", params={"limit": 100, **asked})).json()
    return {each["id"] for each in page["items"]}


async def listed(api: Client, asset: str, **asked: Any) -> None:
    """The list may be a moment behind."""
    for _ in range(600):
        if asset in await found(api, **asked):
            return
        await asyncio.sleep(0.1)
    raise AssertionError(f"{asset} is not in the list of {asked}")


async def test_notes_are_kept_read_back_and_searched_by(api: Client, asset: str):
    empty = await api.http.get(f"/v1/assets/{asset}/notes")
    assert (empty.headers["etag"], empty.json()["keywords"]) == ('"0"', [])
    word = f"Sea-{uuid4().hex[:6]}"
    written = await put(api, asset, {"keywords": [word], "favourite": True, "marks": [MARK]})
    assert (written.status_code, written.headers["etag"]) == (200, '"1"'), written.text
    read = await api.http.get(f"/v1/assets/{asset}/notes")
    assert read.json() == written.json()
    assert read.json()["marks"][0]["transform"]["flip_x"] is True
    await listed(api, asset, keyword=word.lower(), favourite=True)
    await listed(api, asset, keyword="SPLASH")
    assert asset not in await found(api, keyword=word, favourite=False)
    assert asset not in await found(api, keyword="another")
    seen = (await api.http.get(f"/v1/assets/{asset}")).json()
    assert (seen["keywords"], seen["favourite"], seen["marks"]) == ([word], True, 1)


async def test_the_last_word_wins_and_a_late_one_is_told(api: Client, asset: str, factory: Embedded):
    first = await put(api, asset, {"notes": "first"}, If_Match='"0"')
    assert first.status_code == 200
    late = await put(api, asset, {"notes": "late"}, If_Match='"0"')
    assert (late.status_code, late.json()["code"]) == (412, "version_changed")
    same = await put(api, asset, {"notes": "first"})
    assert same.headers["etag"] == '"1"'
    answers = await asyncio.gather(*(put(api, asset, {"notes": f"word {number}"}) for number in range(4)))
    assert {answer.status_code for answer in answers} <= {200, 503}
    async with connected(factory.settings, "test") as bus:
        told = [
            heard.event
            async for heard in bus.history(subjects.facts_of(UUID(asset)))
            if isinstance(heard.event, AssetDescribedV1)
        ]
    assert [event.revision for event in told] == list(range(1, len(told) + 1))
    assert (await api.http.get(f"/v1/assets/{asset}/notes")).json()["notes"] == told[-1].notes.notes


@pytest.mark.parametrize(
    ("notes", "status", "where"),
    [
        ({"marks": [MARK, MARK | {"end_s": 9.0}]}, 422, "/marks/1/end_s"),
        ({"marks": [MARK | {"start_s": 3.0}]}, 422, "/marks/0"),
        ({"keyword": ["sea"]}, 400, "/keyword"),
        ({"marks": [MARK | {"transform": {"rotate": False}}]}, 400, "/marks/0/transform/rotate"),
        ({"keywords": ["x" * 61]}, 422, "/keywords/0"),
    ],
)
async def test_STAB_04_notes_that_fit_nothing_are_refused_with_their_place(
    api: Client, asset: str, notes: Json, status: int, where: str
):
    refused = await put(api, asset, notes)
    assert refused.status_code == status, refused.text
    assert refused.json()["errors"][0]["pointer"] == where
    assert (await api.http.get(f"/v1/assets/{asset}/notes")).headers["etag"] == '"0"'


async def test_notes_have_room_but_not_without_end(api: Client, asset: str):
    marks = [MARK | {"notes": "x" * 2000} for _ in range(9)]
    refused = await put(api, asset, {"marks": marks})
    assert (refused.status_code, refused.json()["code"]) == (422, "notes_too_large")


async def test_a_job_is_told_what_was_said_of_its_clips_until_then(api: Client, asset: str, factory: Embedded):
    silent = str((await api.upload(unlike_any_other()))["id"])
    await put(api, asset, {"keywords": ["tide"], "marks": [MARK]})
    job = await api.submit({"script": "What was said counts.", "quality": "draft", "footage": [silent, asset]})
    await api.http.post(f"/v1/jobs/{job['id']}/cancel")
    async with connected(factory.settings, "test") as bus:
        heard = await bus.last(JobRequestedV1, UUID(job["id"]))
    assert heard is not None
    assert isinstance(heard.event, JobRequestedV1)
    (described,) = heard.event.order.described
    assert (str(described.asset), described.notes.keywords) == (asset, ("tide",))
    assert described.notes.marks[0].hidden


async def test_notes_do_not_pass_for_the_look_through_an_upload(api: Client, factory: Embedded):
    """Who replays a look asks for the last fact of the upload itself."""
    asset = str((await api.upload(unlike_any_other()))["id"])
    await put(api, asset, {"notes": "said early"})
    async with connected(factory.settings, "test") as bus:
        outcome = await bus.last_raw(subjects.outcomes_of(AssetDescribedV1, UUID(asset)))
    assert outcome is not None
    assert not subjects.is_of(outcome.subject or "", AssetDescribedV1)
