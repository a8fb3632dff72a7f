"""A failed job goes on from the step that failed; what was finished is not made again."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from uuid import UUID, uuid4

from contracts import subjects
from contracts.events import JobRequestedV1, RetryRequestedV1, VideoEvent
from edit_factory.embedded import Embedded
from kit.service import connected
from tests import material
from tests.client import Client, Json


@contextmanager
def taken_away(factory: Embedded, sha256: str) -> Iterator[None]:
    """A blob that is not in the store for a while."""
    (path,) = Path(factory.settings.blobs).rglob(sha256)
    aside = path.with_suffix(".aside")
    path.rename(aside)
    try:
        yield
    finally:
        aside.rename(path)


def unlike_any_other(name: str) -> Path:
    shown = ("-metadata", f"comment={uuid4().hex}")
    return material.video(f"{name}-{uuid4().hex[:8]}.mp4", seconds=4, size=(320, 180), options=shown)


async def failed_at_render(api: Client, factory: Embedded, clip: Json, **changes: object) -> Json:
    brief = {"script": f"Take {uuid4().hex[:6]}, it will be there.", "quality": "draft", "footage": [clip["id"]]}
    while (await api.http.get(f"/v1/assets/{clip['id']}")).json()["state"] == "uploaded":
        await asyncio.sleep(0.1)  # it is being looked through
    with taken_away(factory, clip["sha256"]):
        job = await api.finished((await api.submit(brief | changes))["id"])
    assert job["state"] == "failed"
    assert job["fault"]["code"] == "blob_missing"
    return job


async def facts(factory: Embedded, job: str) -> list[tuple[int, str, int]]:
    """Number, type and run of each fact of a job's videos, in order."""
    async with connected(factory.settings, "test") as bus:
        return [
            (heard.event.number, heard.event.TYPE, heard.event.run)
            async for heard in bus.history(subjects.facts_of(UUID(job)))
            if isinstance(heard.event, VideoEvent | RetryRequestedV1)
        ]


async def test_a_failed_render_goes_on_at_the_render(api: Client, factory: Embedded):
    clip = await api.upload(unlike_any_other("render"))
    job = await failed_at_render(api, factory, clip, project=f"again-{uuid4().hex[:8]}")
    answer = await api.http.post(f"/v1/jobs/{job['id']}/retry")
    assert answer.status_code == 202, answer.text
    assert answer.json()["state"] == "running"
    assert answer.json()["fault"] is None
    ended = await api.finished(job["id"])
    assert ended["state"] == "completed"
    assert ended["videos"][0]["run"] == 2
    assert ended["videos"][0]["files"]
    assert await facts(factory, job["id"]) == [
        (1, "script.ready", 1),
        (1, "speech.ready", 1),
        (1, "timeline.ready", 1),
        (1, "video.failed", 1),
        (1, "retry.requested", 2),
        (1, "video.rendered", 2),
        (1, "video.stored", 2),
    ]


async def test_of_many_retries_at_once_one_counts(api: Client, factory: Embedded):
    clip = await api.upload(unlike_any_other("many"))
    job = await failed_at_render(api, factory, clip, variants=2)
    answers = await asyncio.gather(*(api.http.post(f"/v1/jobs/{job['id']}/retry") for _ in range(8)))
    codes = [answer.status_code for answer in answers]
    assert codes.count(202) == 1
    assert set(codes) == {202, 409}
    assert (await api.finished(job["id"]))["state"] == "completed"
    told = await facts(factory, job["id"])
    assert sorted(number for number, kind, _ in told if kind == "retry.requested") == [1, 2]
    assert [(kind, run) for number, kind, run in told if number == 1][-2:] == [
        ("video.rendered", 2),
        ("video.stored", 2),
    ]


async def test_what_fails_again_can_be_tried_again(api: Client, factory: Embedded):
    clip = await api.upload(unlike_any_other("again"))
    job = await failed_at_render(api, factory, clip)
    while (await api.http.get(f"/v1/assets/{clip['id']}")).json()["state"] == "uploaded":
        await asyncio.sleep(0.1)  # it is being looked through
    with taken_away(factory, clip["sha256"]):
        await api.http.post(f"/v1/jobs/{job['id']}/retry")
        second = await api.finished(job["id"])
    assert (second["state"], second["videos"][0]["run"]) == ("failed", 2)
    await api.http.post(f"/v1/jobs/{job['id']}/retry")
    third = await api.finished(job["id"])
    assert (third["state"], third["videos"][0]["run"]) == ("completed", 3)


async def test_a_failed_script_goes_on_at_the_script(api: Client, factory: Embedded):
    clip = await api.upload(unlike_any_other("script"))
    like = await api.made({"script": "Easily said.", "quality": "draft", "footage": [clip["id"]], "variants": 2})
    async with connected(factory.settings, "gateway") as bus:  # the gateway would not have taken it
        heard = await bus.last(JobRequestedV1, UUID(like["id"]))
        assert heard is not None
        assert isinstance(heard.event, JobRequestedV1)
        order = heard.event.order
        unshown = order.brief.model_copy(update={"script": "\N{EGYPTIAN HIEROGLYPH A001} stands here."})
        changed = {"job": uuid4(), "order": order.model_copy(update={"brief": unshown})}
        event = heard.event.model_copy(update=changed)
        await bus.announce(event)
    job = await api.finished(str(event.job))
    assert job["fault"]["code"] == "glyph_missing"
    assert (await api.http.post(f"/v1/jobs/{job['id']}/retry")).status_code == 202
    again = await api.finished(job["id"])
    assert again["state"] == "failed"
    assert [video["run"] for video in again["videos"]] == [2, 2]


async def test_only_a_failed_job_can_be_tried_again(api: Client):
    clip = await api.upload(unlike_any_other("fine"))
    job = await api.made({"script": "All is well.", "quality": "draft", "footage": [clip["id"]]})
    refused = await api.http.post(f"/v1/jobs/{job['id']}/retry")
    assert (refused.status_code, refused.json()["code"]) == (409, "job_not_failed")
    assert (await api.http.post(f"/v1/jobs/{uuid4()}/retry")).status_code == 404
