"""The quality gate in the running system: every finished video gets one verdict, and only what passed may go out."""

from __future__ import annotations

import asyncio
from uuid import UUID, uuid4

import pytest

from contracts import subjects
from contracts.events import Event, VideoCheckedV1, VideoRenderedV1, VideoStoredV1, video_id
from contracts.faults import FaultReport
from contracts.letters import DeadLetter
from contracts.quality import CheckVerdict
from edit_factory.embedded import Embedded
from kit.bus import Guarded, now
from kit.letters import bury
from kit.service import connected
from tests import material
from tests.builders import line, requested
from tests.client import Client, Json
from tests.flow.letters import without

PATIENCE_S = 60


async def judged(api: Client, job: str) -> Json:
    """The job's first video, once the gate has said something of it."""
    async with asyncio.timeout(PATIENCE_S):
        while True:
            video: Json = (await api.job(job))["videos"][0]
            if video["check"] is not None and video["check"]["verdict"] != "pending":
                return video
            await asyncio.sleep(0.1)


async def verdicts(factory: Embedded, job: str | UUID) -> list[VideoCheckedV1]:
    async with connected(factory.settings, "test") as bus:
        history = bus.history(subjects.facts_of(UUID(str(job))))
        return [heard.event async for heard in history if isinstance(heard.event, VideoCheckedV1)]


async def test_a_good_video_passes_and_may_be_published(api: Client, factory: Embedded):
    clip = material.video("checked.mp4", seconds=6, size=(640, 360))
    job = await api.made(await api.brief(clip, presets=["tiktok", "square"]))
    video = await judged(api, job["id"])
    assert video["check"]["findings"] == []
    assert (video["check"]["verdict"], video["publishable"], video["state"]) == ("passed", True, "completed")
    (word,) = await verdicts(factory, job["id"])
    assert [file.preset.value for file in word.files] == ["tiktok", "square"]
    for said, file in zip(word.files, video["files"], strict=True):
        assert said.sha256 == file["sha256"]
        assert said.integrated_lufs == pytest.approx(file["integrated_lufs"], abs=0.2)
        assert said.video_s == pytest.approx(file["duration_s"], abs=0.01)
        assert said.audio_s == pytest.approx(file["duration_s"], abs=0.1)
    (card,) = [
        each for each in (await api.http.get("/v1/videos?limit=100")).json()["items"] if each["id"] == video["id"]
    ]
    assert (card["check"]["verdict"], card["publishable"]) == ("passed", True)


async def test_a_video_of_images_and_a_product_pass(api: Client):
    picture = (await api.upload(material.picture("checked.png"), kind="image"))["id"]
    product = {"name": "Stoneware mug", "pictures": [picture], "price": {"amount": 24, "currency": "EUR"}}
    job = await api.made({"kind": "product", "products": [product], "quality": "draft", "call": "Order now"})
    video = await judged(api, job["id"])
    assert video["check"]["findings"] == []
    assert video["publishable"]


async def test_a_black_video_is_there_and_does_not_go_out(api: Client):
    black = material.made("black.png", "-f", "lavfi", "-i", "color=c=black:s=640x640", "-frames:v", "1")
    product = {"name": "Black mug", "pictures": [(await api.upload(black, kind="image"))["id"]]}
    asked = {"kind": "product", "products": [product], "script": "Nothing is to be seen of it.", "quality": "draft"}
    job = await api.made(asked)
    video = await judged(api, job["id"])
    assert (video["state"], video["publishable"]) == ("completed", False)
    assert video["check"]["verdict"] == "failed"
    (found,) = video["check"]["findings"]
    assert (found["code"], found["preset"], found["limit"]) == ("black", "tiktok", 0.5)
    assert found["measured"] == pytest.approx(video["files"][0]["duration_s"], abs=0.3)
    assert (await api.http.get(video["files"][0]["url"])).status_code == 200


async def test_other_subtitles_are_checked_anew(api: Client, factory: Embedded):
    job = await api.made(await api.brief(material.video("checked.mp4", seconds=6, size=(640, 360))))
    video = await judged(api, job["id"])
    answer = await api.http.patch(f"/v1/videos/{video['id']}/style", json={"subtitles": {"size": 60}})
    assert answer.status_code in {200, 202}, answer.text
    assert (await api.finished(job["id"]))["state"] == "completed"
    again = await judged(api, job["id"])
    assert (again["run"], again["publishable"]) == (2, True)
    assert again["files"][0]["sha256"] != video["files"][0]["sha256"]
    assert [word.run for word in await verdicts(factory, job["id"])] == [1, 2]


async def stored(factory: Embedded, *, old: bool = False) -> UUID:
    """A finished job's facts without its files, put into the log together, so that no station of the line steps in."""
    job = uuid4()
    facts: list[Event] = [fact for fact in (requested(job), *line(job=job)) if not isinstance(fact, VideoRenderedV1)]
    if old:
        facts[-1] = facts[-1].model_copy(update={"expected": None})  # as it was written then
    async with connected(factory.settings, "test") as bus:
        assert await bus.announce_together([Guarded(fact) for fact in facts])
    return job


async def one_verdict(factory: Embedded, job: UUID) -> VideoCheckedV1:
    async with asyncio.timeout(PATIENCE_S):
        while not (found := await verdicts(factory, job)):
            await asyncio.sleep(0.1)
    await asyncio.sleep(0.3)
    assert len(found) == 1
    return found[0]


async def test_files_that_can_not_be_had_end_in_a_verdict_too(factory: Embedded):
    word = await one_verdict(factory, await stored(factory))
    assert (word.verdict, word.findings[0].code) == (CheckVerdict.UNKNOWN, "check_failed")


async def test_a_video_from_before_there_was_a_gate_is_said_to_be_one(factory: Embedded):
    word = await one_verdict(factory, await stored(factory, old=True))
    assert (word.verdict, word.findings[0].code) == (CheckVerdict.UNKNOWN, "made_before")


async def test_a_check_that_the_server_gave_up_ends_in_a_verdict_and_can_be_asked_for_again(
    factory: Embedded, api: Client
):
    async with without(factory, "quality"):
        job = await stored(factory)
        async with connected(factory.settings, "test") as bus:
            history = bus.history(subjects.facts_of(job))
            (message,) = [heard async for heard in history if isinstance(heard.event, VideoStoredV1)]
            fault = FaultReport(code="message_undelivered", message="delivered 9 times", technical=True, tries=9)
            await bury(
                bus,
                DeadLetter(
                    inbox="quality",
                    seq=message.seq,
                    subject=subjects.fact(message.event),
                    reason="undelivered",
                    fault=fault,
                    at=now(),
                    owner="local",
                    job=job,
                    video=video_id(job, 1),
                ),
            )
        word = await one_verdict(factory, job)
    assert word.verdict is CheckVerdict.UNKNOWN
    assert "was delivered too often" in word.findings[0].message
    await asyncio.sleep(1)  # the station is back, and comes too late
    assert len(await verdicts(factory, job)) == 1

    letters = (await api.http.get("/v1/dead-letters?inbox=quality")).json()["items"]
    (letter,) = [each for each in letters if each["job"] == str(job)]
    again = await api.http.post(f"/v1/dead-letters/{letter['id']}/replay")
    assert again.status_code in {200, 202}, again.text
    async with asyncio.timeout(PATIENCE_S):
        while len(found := await verdicts(factory, job)) < 2:
            await asyncio.sleep(0.1)
    assert [each.run for each in found] == [1, 2]
    assert (await api.job(str(job)))["state"] == "completed"
