"""The line in one process: a script and footage in, a finished video out; nothing done twice."""

from __future__ import annotations

import asyncio
from typing import Any

import asyncpg
import orjson
import psutil

from edit_factory.embedded import Embedded
from kit.database import SCHEMA
from kit.service import connected
from services.projection.service import rebuild
from tests import material
from tests.client import Client, Json
from tests.flow.letters import until

STEPS = ["script", "tts", "footage", "render", "storage"]


async def clips(api: Client, count: int = 2) -> list[str]:
    ours = ("-metadata", "comment=line")  # other tests say things of their uploads
    made = [
        material.video(f"line-{place}.mp4", seconds=6 + place, size=(640, 360), fps=25 + 5 * (place % 2), options=ours)
        for place in range(count)
    ]
    return [(await api.upload(clip))["id"] for clip in made]


async def test_a_brief_becomes_a_finished_video(api: Client):
    brief = {"script": "The first line of all. And here is the second one.", "quality": "draft"}
    job = await api.made(brief | {"footage": await clips(api), "title": "Whole"})
    assert job["share"] == 1
    assert job["title"] == "Whole"
    (video,) = job["videos"]
    assert [step["step"] for step in video["steps"]] == STEPS
    assert {step["state"] for step in video["steps"]} == {"done"}
    (file,) = video["files"]
    assert (file["width"], file["height"]) == (360, 640)
    assert file["duration_s"] > 2


async def test_the_same_brief_again_is_made_of_what_is_kept(api: Client):
    brief = {"script": "Nothing is made twice here.", "quality": "draft", "footage": await clips(api)}
    first = await api.made(brief)
    second = await api.made(brief)
    assert first["id"] != second["id"]
    assert [step["reused"] for step in second["videos"][0]["steps"]] == [True] * 5
    assert second["videos"][0]["files"][0]["sha256"] == first["videos"][0]["files"][0]["sha256"]


async def test_another_subtitle_colour_keeps_the_voice(api: Client):
    brief: dict[str, Any] = {"script": "Colours do not change a voice.", "quality": "draft"}
    brief["footage"] = await clips(api)
    await api.made(brief)
    again = await api.made(brief | {"subtitles": {"highlight": "#00FF88"}})
    reused = {step["step"]: step["reused"] for step in again["videos"][0]["steps"]}
    assert reused == {"script": True, "tts": True, "footage": True, "render": False, "storage": False}


async def test_variants_and_presets_come_from_one_voice(api: Client):
    brief = {
        "script": "Two ways to show it. Two sizes to post it.",
        "quality": "draft",
        "footage": await clips(api, 3),
        "variants": 2,
        "presets": ["tiktok", "square"],
    }
    job = await api.made(brief)
    assert len(job["videos"]) == 2
    for video in job["videos"]:
        sizes = {file["preset"]: (file["width"], file["height"]) for file in video["files"]}
        assert sizes == {"tiktok": (360, 640), "square": (360, 360)}
    timelines = [(await api.http.get(video["timeline_url"])).json() for video in job["videos"]]
    assert timelines[0]["voice"] == timelines[1]["voice"]
    assert timelines[0]["clips"][0]["asset"] != timelines[1]["clips"][0]["asset"]


async def test_the_timeline_and_the_match_report_say_what_is_shown_and_why(api: Client):
    footage = await clips(api)
    job = await api.made({"script": "Why this one? Because it fits.", "quality": "draft", "footage": footage})
    video = job["videos"][0]
    timeline = (await api.http.get(video["timeline_url"])).json()
    report = (await api.http.get(video["match_report_url"])).json()
    assert sum(clip["frames"] for clip in timeline["clips"]) == timeline["frames"]
    assert [word["text"] for cue in timeline["cues"] for word in cue["words"]] == [
        "Why",
        "this",
        "one?",
        "Because",
        "it",
        "fits.",
    ]
    for match in report["matches"]:
        assert match["chosen"]["asset"] in footage
        assert match["reason"]
        assert match["chosen"]["parts"]


async def test_events_are_told_live_and_again_from_the_last_one_seen(api: Client):
    brief = {"script": "Tell me everything as it happens.", "quality": "draft", "footage": await clips(api)}
    job = await api.submit(brief)
    live = [event async for event in api.events(job["id"])]
    facts = [event for event in live if event.id]
    assert [event.event for event in facts] == [
        "job.requested",
        "script.ready",
        "speech.ready",
        "timeline.ready",
        "video.rendered",
        "video.stored",
    ]
    assert live[-1].event == "job.completed"
    assert live[-1].data["videos"][0]["files"]
    progress = [event.data for event in live if event.event == "progress"]
    assert {told["step"] for told in progress} >= {"tts", "render"}
    replayed = [event async for event in api.events(job["id"], last=facts[2].id)]
    assert [event.id for event in replayed if event.id] == [event.id for event in facts[3:]]
    assert replayed[-1].event == "job.completed"


async def test_progress_never_goes_back_within_a_step(api: Client):
    brief = {"script": "Forward, always forward, and never back again.", "quality": "draft"}
    job = await api.submit(brief | {"footage": await clips(api)})
    told: dict[str, list[float]] = {}
    async for event in api.events(job["id"]):
        if event.event == "progress":
            told.setdefault(event.data["step"], []).append(event.data["share"])
    assert told["render"][-1] == 1
    for shares in told.values():
        assert shares == sorted(shares)


async def test_lists_are_paged_newest_first(api: Client):
    brief = {"script": "One of many.", "quality": "draft", "footage": await clips(api, 1)}
    jobs = [await api.submit(brief) for _ in range(3)]
    for job in jobs:
        await api.finished(job["id"])
    found: list[str] = []
    cursor = None
    while len(found) < 3:
        page = (await api.http.get("/v1/jobs", params={"limit": 2} | ({"cursor": cursor} if cursor else {}))).json()
        assert len(page["items"]) <= 2
        found += [job["id"] for job in page["items"]]
        cursor = page["next_cursor"]
    assert found[:3] == [job["id"] for job in reversed(jobs)]

    async def completed() -> list[Json]:  # a list is the database's, which is a moment behind the events
        page = (await api.http.get("/v1/jobs", params={"state": "completed", "limit": 100})).json()["items"]
        assert {job["state"] for job in page} == {"completed"}
        return page if {job["id"] for job in jobs} <= {job["id"] for job in page} else []

    await until(completed)


async def test_an_upload_gets_a_picture(api: Client):
    asset = await api.upload(material.video("picture.mp4", seconds=3, size=(640, 360)))
    for _ in range(600):
        seen = (await api.http.get(f"/v1/assets/{asset['id']}")).json()
        if seen["state"] == "analysed":
            break
        await asyncio.sleep(0.1)
    assert seen["state"] == "analysed"
    assert 0 <= seen["usable_start_s"] < seen["usable_end_s"] <= 3.1
    picture = await api.http.get(seen["thumbnail_url"])
    assert picture.headers["content-type"] == "image/jpeg"
    assert picture.content.startswith(b"\xff\xd8")


async def test_cancel_stops_the_work_and_frees_the_slot(api: Client):
    words = " ".join(f"Sentence number {number} is spoken at some length." for number in range(60))
    footage = await clips(api)
    job = await api.submit({"script": words, "quality": "draft", "footage": footage})
    async for event in api.events(job["id"]):
        if event.event == "progress" and event.data["step"] == "tts":
            break
    answer = await api.http.post(f"/v1/jobs/{job['id']}/cancel")
    assert answer.status_code == 202
    assert answer.json()["state"] == "cancelled"
    assert (await api.finished(job["id"], 30))["state"] == "cancelled"
    # The slot is free: a short job behind it is not held up by the rest of the long one.
    await api.made({"script": "Next, please.", "quality": "draft", "footage": footage})
    assert (await api.job(job["id"]))["state"] == "cancelled"
    again = await api.http.post(f"/v1/jobs/{job['id']}/cancel")
    assert again.json()["state"] == "cancelled"


async def test_cancel_reaches_ffmpeg_at_once(api: Client):
    clip = material.video("encoded.mp4", seconds=9, size=(1280, 720))
    words = "A rather long sentence that takes its time on the screen, word by word, until somebody has seen enough."
    job = await api.submit(await api.brief(clip, script=words, quality="final"))
    async for event in api.events(job["id"]):
        if event.event == "progress" and event.data["step"] == "render" and event.data["share"] > 0:
            break
    encoders = [child for child in psutil.Process().children(recursive=True) if "ffmpeg" in child.name()]
    assert encoders
    assert (await api.http.post(f"/v1/jobs/{job['id']}/cancel")).json()["state"] == "cancelled"
    _, alive = await asyncio.to_thread(psutil.wait_procs, encoders, timeout=1)
    assert alive == []


async def test_a_finished_job_can_not_be_cancelled(api: Client):
    job = await api.made({"script": "Too late.", "quality": "draft", "footage": await clips(api, 1)})
    answer = await api.http.post(f"/v1/jobs/{job['id']}/cancel")
    assert answer.status_code == 409
    assert answer.json()["code"] == "job_finished"


async def test_an_unknown_voice_fails_with_its_reason(api: Client):
    brief = {"script": "Who speaks?", "quality": "draft", "footage": await clips(api, 1)}
    job = await api.submit(brief | {"voice": {"provider": "piper", "name": "nobody"}})
    ended = await api.finished(job["id"])
    assert ended["state"] == "failed"
    assert ended["fault"]["code"] == "voice_unknown"
    assert "nobody" in ended["fault"]["message"]
    failed = [step for step in ended["videos"][0]["steps"] if step["state"] == "failed"]
    assert [step["step"] for step in failed] == ["tts"]


async def test_a_romanian_script_is_spoken(api: Client):
    brief = {"script": "Bună dimineața! Știința și învățătura.", "language": "ro", "quality": "draft"}
    job = await api.made(brief | {"footage": await clips(api, 1)})
    timeline = (await api.http.get(job["videos"][0]["timeline_url"])).json()
    assert " ".join(word["text"] for cue in timeline["cues"] for word in cue["words"]) == brief["script"]


async def tables(dsn: str) -> dict[str, list[bytes]]:
    """Every row of the projection, but for what is told and not kept, and when it was written."""
    connection = await asyncpg.connect(dsn)
    try:
        found = {}
        for table in ("jobs", "videos", "steps", "timelines", "assets", "position"):
            rows = await connection.fetch(f"SELECT to_jsonb(t) - 'updated_at' AS row FROM {SCHEMA}.{table} t")
            found[table] = sorted(orjson.dumps(orjson.loads(row["row"]), option=orjson.OPT_SORT_KEYS) for row in rows)
        return found
    finally:
        await connection.close()


async def all_checked(dsn: str) -> bool:
    """Whether the quality gate has said its last word for now."""
    connection = await asyncpg.connect(dsn)
    try:
        waiting: int = await connection.fetchval(
            f'SELECT count(*) FROM "{SCHEMA}".videos WHERE unchecked_since IS NOT NULL'
        )
    finally:
        await connection.close()
    return waiting == 0


async def test_the_rebuilt_projection_is_the_same(api: Client, factory: Embedded):
    await api.made({"script": "Written down twice.", "quality": "draft", "footage": await clips(api, 1)})
    dsn = factory.settings.postgres_dsn
    await until(lambda: all_checked(dsn))
    await asyncio.sleep(0.5)
    before = await tables(dsn)
    async with connected(factory.settings, "rebuild") as bus:
        reached = await rebuild(bus, dsn)
        assert reached == (await bus.ping())["last_seq"]
    assert await tables(dsn) == before
    assert before["jobs"]
    # And the running projection goes on from there.
    job = await api.made({"script": "And on it goes.", "quality": "draft", "footage": await clips(api, 1)})
    assert job["state"] == "completed"
